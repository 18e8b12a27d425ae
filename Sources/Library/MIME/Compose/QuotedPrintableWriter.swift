/// Writes text with CRLF line ends as quoted-printable, in lines of at most 76. RFC 2045 section 6.7.
///
/// A space at a line's end is encoded, for servers take such off; so is the
/// `F` of a line's first `From`, for some put a `>` before it, and a dot alone.
enum QuotedPrintableWriter {
    private static let longest = 76

    static func encode(_ text: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count + text.count / 4)
        var column = 0
        for (index, octet) in text.enumerated() {
            if octet == 13 || octet == 10 {
                output.append(octet)
                column = 0
                continue
            }
            let isLast = index + 1 == text.count || text[index + 1] == 13
            let isPlain =
                (33...126).contains(octet) && octet != UInt8(ascii: "=") || octet == 32 && !isLast
            let isMangled = column == 0 && (octet == UInt8(ascii: ".") && isLast || isFrom(text, index))
            let count = isPlain && !isMangled ? 1 : 3
            if column + count > (isLast ? longest : longest - 1) {
                output += [UInt8(ascii: "="), 13, 10]
                column = 0
            }
            output += count == 1 ? [octet] : Array("=\(octet.hex)".utf8)
            column += count
        }
        return output
    }

    private static func isFrom(_ text: [UInt8], _ index: Int) -> Bool {
        text[index...].starts(with: "From ".utf8)
    }
}
