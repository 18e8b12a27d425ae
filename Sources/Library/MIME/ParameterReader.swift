/// Reads a structured field value from left to right. RFC 2045 section 5.1, RFC 5322 section 3.2.
struct ParameterReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ octets: ArraySlice<UInt8>) {
        rest = octets.prefix(ParserLimits().valueOctets)
    }

    /// The token before the first parameter: a media type, a disposition.
    mutating func head() -> String {
        skipSpace()
        var token: [UInt8] = []
        while let octet = rest.first, octet != 59, octet != 40, !octet.isFoldingSpace {
            rest = rest.dropFirst()
            if octet != 34 { token.append(octet) }
        }
        skipSpace()
        return String(decoding: token, as: UTF8.self)
    }

    /// The next parameter's name, lower case, its `=` taken; nil when there is none any more.
    mutating func name() -> String? {
        while !rest.isEmpty {
            skipSpace()
            var name: [UInt8] = []
            while let octet = rest.first, octet != 61, octet != 59, !octet.isFoldingSpace {
                name.append(octet.lowercasedASCII)
                rest = rest.dropFirst()
            }
            skipSpace()
            if rest.first == 61, !name.isEmpty {
                rest = rest.dropFirst()
                return String(decoding: name, as: UTF8.self)
            }
            if let octet = rest.first, octet == 59 || octet == 61 { rest = rest.dropFirst() }
        }
        return nil
    }

    /// The value after the `=`: quoted, or up to the next semicolon or (a word) space.
    mutating func value(isWord: Bool) -> [UInt8]? {
        skipSpace(comments: false)
        guard rest.first == 34 else {
            var value = rest.prefix { $0 != 59 && !(isWord && $0.isFoldingSpace) }
            rest = rest[value.endIndex...]
            while let last = value.last, last.isFoldingSpace { value = value.dropLast() }
            return value.filter { $0 != 13 && $0 != 10 }
        }
        var value: [UInt8] = []
        while rest.first == 34 {
            value += quoted()
            skipSpace(comments: false)
        }
        return value
    }

    /// A quoted string's content. RFC 5322 section 3.2.4.
    ///
    /// Japanese senders put raw octets there whose second halves look like
    /// quotes and backslashes: within ISO-2022-JP's escapes nothing is
    /// special, and after a lead octet of Shift_JIS a backslash is none.
    private mutating func quoted() -> [UInt8] {
        rest = rest.dropFirst()
        var value: [UInt8] = []
        var isDoubleByte = false
        while let octet = rest.popFirst() {
            if octet == 27 { isDoubleByte = rest.first == 36 }
            if octet == 34, !isDoubleByte { return value }
            if octet == 92, !isDoubleByte, let next = rest.first {
                let follows =
                    value.last.map { (0x81...0x9f).contains($0) || (0xe0...0xfc).contains($0) } ?? false
                if !follows || next == 34 {
                    value.append(next)
                    rest = rest.dropFirst()
                    continue
                }
            }
            if octet != 13, octet != 10 { value.append(octet) }
        }
        return value
    }

    /// Passes over folding white space, and comments however deep.
    private mutating func skipSpace(comments: Bool = true) {
        while let octet = rest.first {
            if octet.isFoldingSpace {
                rest = rest.dropFirst()
            } else if comments, octet == 40 {
                skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() {
        var depth = 0
        while let octet = rest.popFirst() {
            if octet == 92 { _ = rest.popFirst() }
            if octet == 40 { depth += 1 }
            if octet == 41 { depth -= 1 }
            if depth == 0 { return }
        }
    }
}
