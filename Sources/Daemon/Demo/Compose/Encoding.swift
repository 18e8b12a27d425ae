/// Content-Transfer-Encoding: what keeps octets whole on their way. RFC 2045 section 6.
enum Encoding: String {
    case sevenBit = "7bit"
    case eightBit = "8bit"
    case quotedPrintable = "quoted-printable"
    case base64

    func encode(_ octets: [UInt8]) -> [UInt8] {
        switch self {
        case .sevenBit, .eightBit: octets
        case .quotedPrintable: Self.quotedPrintable(octets)
        case .base64: Self.base64Lines(octets)
        }
    }

    /// RFC 4648 section 4, without line ends.
    static func base64(_ octets: [UInt8]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((octets.count + 2) / 3 * 4)
        var index = 0
        while index < octets.count {
            let rest = octets.count - index
            let first = UInt32(octets[index]) << 16
            let second = rest > 1 ? UInt32(octets[index + 1]) << 8 : 0
            let group = first | second | (rest > 2 ? UInt32(octets[index + 2]) : 0)
            text.append(alphabet[Int(group >> 18)])
            text.append(alphabet[Int(group >> 12 & 63)])
            text.append(rest > 1 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            text.append(rest > 2 ? alphabet[Int(group & 63)] : UInt8(ascii: "="))
            index += 3
        }
        return text
    }

    /// Lines of 76.
    private static func base64Lines(_ octets: [UInt8]) -> [UInt8] {
        let text = base64(octets)
        var lines: [UInt8] = []
        lines.reserveCapacity(text.count + text.count / 38 + 2)
        for start in stride(from: 0, to: text.count, by: 76) {
            lines += text[start..<min(start + 76, text.count)]
            lines += [13, 10]
        }
        return lines
    }

    /// Soft breaks before column 76; the text's own line ends are CRLF already. RFC 2045 section 6.7.
    private static func quotedPrintable(_ octets: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        var column = 0
        for (index, octet) in octets.enumerated() {
            if octet == 13 || octet == 10 {
                text.append(octet)
                column = 0
                continue
            }
            let atEnd = index + 1 == octets.count || octets[index + 1] == 13
            let plain = (33...126).contains(octet) && octet != UInt8(ascii: "=") || octet == 32 && !atEnd
            let word =
                plain ? [octet] : [UInt8(ascii: "="), digits[Int(octet >> 4)], digits[Int(octet & 15)]]
            if column + word.count > 75 {
                text += [UInt8(ascii: "="), 13, 10]
                column = 0
            }
            text += word
            column += word.count
        }
        return text
    }
}
