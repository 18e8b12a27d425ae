internal import Mail

/// An address in a line of a machine's text, and where it stands there.
struct TextAddress {
    let address: EmailAddress
    /// Of the line's UTF-8, with the brackets or quotes around it.
    let range: Range<Int>

    /// In order, at most 20 of a line.
    static func all(in line: [UInt8]) -> [TextAddress] {
        var found: [TextAddress] = []
        var end = 0
        for at in line.indices where line[at] == UInt8(ascii: "@") {
            guard at >= end, found.count < 20 else { continue }
            var first = at
            while first > end, isLocal(line[first - 1]) { first -= 1 }
            // What Exchange and others put before an address without a space.
            for prefix in ["smtp=", "t=", "to="] where starts(line[first..<at], with: prefix) {
                first += prefix.utf8.count
            }
            var last = at + 1
            while last < line.count, isDomain(line[last]) { last += 1 }
            while last > at + 1, [46, 45].contains(line[last - 1]) { last -= 1 }
            end = max(last, at + 1)
            while first < at, [39, 45, 42, 61].contains(line[first]) { first += 1 }
            let domain = line[(at + 1)..<last]
            guard
                let address = EmailAddress(
                    localPart: String(decoding: line[first..<at], as: UTF8.self),
                    domain: String(decoding: domain, as: UTF8.self))
            else { continue }
            var range = first..<last
            while let before = range.lowerBound > 0 ? line[range.lowerBound - 1] : nil,
                let after = range.upperBound < line.count ? line[range.upperBound] : nil,
                Self.pairs.contains(where: { $0 == before && $1 == after })
            {
                range = (range.lowerBound - 1)..<(range.upperBound + 1)
            }
            found.append(TextAddress(address: address, range: range))
        }
        return found
    }

    private static let pairs: [(UInt8, UInt8)] = [
        (60, 62), (34, 34), (39, 39), (40, 41), (91, 93),
    ]

    private static func starts(_ text: ArraySlice<UInt8>, with prefix: String) -> Bool {
        text.prefix(prefix.utf8.count).elementsEqual(prefix.utf8) { ($0 | 0x20) == ($1 | 0x20) }
    }

    private static func isLocal(_ octet: UInt8) -> Bool {
        switch octet {
        case 48...57, 65...90, 97...122: true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D...0x2F, 0x3D, 0x3F, 0x5E...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    private static func isDomain(_ octet: UInt8) -> Bool {
        switch octet {
        case 48...57, 65...90, 97...122, 45, 46, 95: true
        default: false
        }
    }
}
