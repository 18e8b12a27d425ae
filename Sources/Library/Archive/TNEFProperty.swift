/// One MAPI property in a TNEF attribute. [MS-OXTNEF] section 2.1.3.4.
struct TNEFProperty {
    /// The types whose values are looked at or have a length of their own. [MS-OXCDATA] section 2.11.1.
    enum ValueType: UInt16 {
        case object = 0x000D
        case string8 = 0x001E
        case unicode = 0x001F
        case binary = 0x0102
    }

    let identifier: UInt16
    /// Nil: of a fixed size, and none of ours.
    let type: ValueType?
    /// The first value, without its padding.
    let value: Range<Int>

    /// The value as text up to its first NUL; nil when it is none.
    func text(_ file: InputFile) throws(ArchiveError) -> (octets: [UInt8], isUTF8: Bool)? {
        switch type {
        case .string8:
            return (Array(try file.octets(value.prefix(Frame.nameOctets)).prefix { $0 != 0 }), false)
        case .unicode:
            var units: [UInt16] = []
            for position in stride(from: value.lowerBound, to: value.upperBound - 1, by: 2) {
                let unit = try file.number(position, UInt16.self)
                if unit == 0 || units.count == Frame.nameOctets { break }
                units.append(unit)
            }
            return (Array(String(decoding: units, as: UTF16.self).utf8), true)
        case .object, .binary, nil: return nil
        }
    }

    /// Reads the properties in `range`, one after another.
    ///
    /// A count says how many, but every value takes some octets: the loop
    /// ends with the range whatever a count says.
    static func forEach(
        _ file: InputFile, _ range: Range<Int>, _ body: (TNEFProperty) throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        var reader = Reader(file: file, range: range)
        for _ in 0..<(try reader.number()) {
            let head = try reader.number()
            let identifier = UInt16(head >> 16)
            try reader.skipName(identifier)
            try body(try reader.values(of: UInt16(truncatingIfNeeded: head), identifier))
        }
    }

    /// A place in the range, with everything aligned to four octets from its start.
    private struct Reader {
        let file: InputFile
        var range: Range<Int>

        mutating func number() throws(ArchiveError) -> UInt32 {
            try file.number(take(4).lowerBound, UInt32.self)
        }

        mutating func take(_ count: Int) throws(ArchiveError) -> Range<Int> {
            guard count <= range.count else { throw ArchiveError(.damaged, "a TNEF property is cut off") }
            let taken = range.lowerBound..<range.lowerBound + count
            range = taken.upperBound..<range.upperBound
            return taken
        }

        mutating func takePadded(_ count: Int) throws(ArchiveError) -> Range<Int> {
            let value = try take(count)
            // The last value of a stream has been seen without its padding.
            _ = try take(min((4 - count % 4) % 4, range.count))
            return value
        }

        /// From 0x8000 a property is named by a GUID and a number or a text.
        mutating func skipName(_ identifier: UInt16) throws(ArchiveError) {
            guard identifier >= 0x8000 else { return }
            _ = try take(16)
            switch try number() {
            case 0: _ = try number()
            default: _ = try takePadded(Int(try number()))
            }
        }

        mutating func values(of type: UInt16, _ identifier: UInt16) throws(ArchiveError) -> TNEFProperty {
            let base = type & 0x0FFF
            let hasLength = ValueType(rawValue: base)
            let isMultiple = type & 0x1000 != 0
            let count = isMultiple || hasLength != nil ? try number() : 1
            var first: Range<Int>?
            for _ in 0..<count {
                let value =
                    if hasLength != nil {
                        try takePadded(Int(try number()))
                    } else {
                        try take(try Self.width(base))
                    }
                first = first ?? value
            }
            let none = range.lowerBound..<range.lowerBound
            return TNEFProperty(identifier: identifier, type: hasLength, value: first ?? none)
        }

        /// Octets of a value of a fixed size, its padding included.
        private static func width(_ type: UInt16) throws(ArchiveError) -> Int {
            switch type {
            // Integer16, Integer32, Floating32, ErrorCode, Boolean.
            case 2, 3, 4, 0xA, 0xB: 4
            // Floating64, Currency, FloatingTime, Integer64, Time.
            case 5, 6, 7, 0x14, 0x40: 8
            case 0x48: 16
            default: throw ArchiveError(.damaged, "a TNEF property of an unknown type")
            }
        }
    }
}
