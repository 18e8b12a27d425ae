internal import Mail

/// Addresses and status codes as a report's fields write them.
enum ReportAddress {
    /// `rfc822; kate@bolt.example`, with or without type and brackets. RFC 3464 section 2.1.2, RFC 6533
    /// section 3.
    static func address(_ value: String) -> EmailAddress? {
        var text = value[...]
        if let semicolon = text.firstIndex(of: ";") { text = text[text.index(after: semicolon)...] }
        var plain = unescaped(String(text).filter { !$0.isWhitespace })
        if plain.hasPrefix("<") { plain.removeFirst() }
        if let close = plain.firstIndex(of: ">") { plain = String(plain[..<close]) }
        // A source route: @relay:kate@bolt.example. RFC 5321 appendix F.2.
        if plain.hasPrefix("@"), let colon = plain.firstIndex(of: ":") {
            plain = String(plain[plain.index(after: colon)...])
        }
        if plain.contains(where: { "\",:()[]".contains($0) }) {
            return TextAddress.all(in: Array(plain.utf8)).first?.address
        }
        return EmailAddress(plain)
    }

    /// The code at the beginning; comments may follow.
    static func status(_ value: String) -> EnhancedStatus? {
        let word = value.prefix { $0.isNumber || $0 == "." }
        return EnhancedStatus(word)
    }

    /// `+2B` of RFC 3461 section 4 and `\x{2B}` of RFC 6533 section 3.
    private static func unescaped(_ text: String) -> String {
        let octets = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < octets.count {
            if octets[index] == UInt8(ascii: "\\"), index + 3 < octets.count, octets[index + 1] == 0x78,
                octets[index + 2] == 0x7B, let close = octets[index...].prefix(12).firstIndex(of: 0x7D),
                let value = UInt32(String(decoding: octets[(index + 3)..<close], as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(value)
            {
                result += Array(String(Character(scalar)).utf8)
                index = close + 1
            } else {
                result.append(octets[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
