/// A header's fields in order, as octets. RFC 5322 section 2.2.
package struct MessageHeader: Sendable {
    /// One field: what is before the colon, and all after it.
    package struct Field: Sendable {
        package let name: String
        /// Without the last line end; folds are still in it.
        package let rawValue: [UInt8]
    }

    struct Entry: Sendable {
        var name: Range<Int>
        var value: Range<Int>
    }

    /// The whole block, as far as it is kept.
    var octets: [UInt8] = []
    var entries: [Entry] = []

    package var isEmpty: Bool { entries.isEmpty }

    package var fields: [Field] {
        entries.map { entry in
            Field(
                name: String(decoding: octets[entry.name], as: UTF8.self),
                rawValue: Array(octets[entry.value]))
        }
    }

    /// The octets after the colon of every field of this name, in order. Case doesn't count.
    package func rawValues(of name: String) -> [[UInt8]] {
        let wanted = Array(name.lowercased().utf8)
        return entries.filter { isNamed($0, wanted) }.map { Array(octets[$0.value]) }
    }

    /// The same, unfolded and decoded as leniently as can be.
    package func values(of name: String) -> [String] {
        rawValues(of: name).map { EncodedWords.decode($0[...]) }
    }

    private func isNamed(_ entry: Entry, _ wanted: [UInt8]) -> Bool {
        guard entry.name.count == wanted.count else { return false }
        for (offset, octet) in wanted.enumerated()
        where octets[entry.name.lowerBound + offset].lowercasedASCII != octet { return false }
        return true
    }
}

extension UInt8 {
    /// ASCII letters in lower case, all else as it is.
    var lowercasedASCII: UInt8 { self &- 65 < 26 ? self | 0x20 : self }

    var isBlank: Bool { self == 32 || self == 9 }

    /// Space, tab, CR and LF: what may stand between the words of a folded field.
    var isFoldingSpace: Bool { self == 32 || self == 9 || self == 13 || self == 10 }

    /// The value of a hexadecimal digit.
    var hexValue: UInt8? {
        switch self {
        case 48...57: self - 48
        case 65...70: self - 55
        case 97...102: self - 87
        default: nil
        }
    }
}
