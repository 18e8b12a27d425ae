/// A text as a body part: normal lines, seven bits, no line over 78. RFC 2045, RFC 2046 section 4.1.
///
/// ASCII in short lines goes as it is; anything else by quoted-printable or
/// base64, whichever is shorter: German comes out readable, Japanese small.
enum TextPart {
    private static let longestPlain = 78

    static func plain(_ text: String) -> [UInt8] {
        let (flowed, deletesSpace) = FlowedTextWriter.write(lines(of: text))
        return part(flowed, "plain", deletesSpace ? ["format=flowed", "delsp=yes"] : ["format=flowed"])
    }

    static func html(_ text: String) -> [UInt8] {
        part(lines(of: text).joined(separator: "\r\n") + "\r\n", "html", [])
    }

    /// Without control characters, and without spaces at the ends of lines but in a signature's mark.
    private static func lines(of text: String) -> [String] {
        var lines = [""]
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            defer { isAfterReturn = scalar == "\r" }
            if scalar == "\n", isAfterReturn { continue }
            if scalar == "\n" || scalar == "\r" || scalar.value == 0x2028 || scalar.value == 0x2029 {
                lines.append("")
            } else if scalar == "\t" || !scalar.breaksHeader, scalar.value != 0xFEFF {
                lines[lines.count - 1].unicodeScalars.append(scalar)
            }
        }
        while lines.count > 1, lines.last?.allSatisfy({ $0 == " " }) == true { lines.removeLast() }
        return lines.map { line in
            guard line != "-- ", line.hasSuffix(" ") else { return line }
            var scalars = line.unicodeScalars
            while scalars.last == " " { scalars.removeLast() }
            return String(scalars)
        }
    }

    private static func part(_ text: String, _ subtype: String, _ parameters: [String]) -> [UInt8] {
        let octets = Array(text.utf8)
        let isASCII = octets.allSatisfy { $0 < 128 }
        let encoding: String
        let body: [UInt8]
        if isASCII, isPlain(octets) {
            (encoding, body) = ("7bit", octets)
        } else {
            let quoted = QuotedPrintableWriter.encode(octets)
            if quoted.count <= Base64Writer.encodedCount(octets.count) {
                (encoding, body) = ("quoted-printable", quoted)
            } else {
                (encoding, body) = ("base64", Base64Writer.encode(octets))
            }
        }
        let type = ["text/\(subtype)", "charset=utf-8"] + parameters
        let head =
            "Content-Type: \(type.joined(separator: "; "))\r\nContent-Transfer-Encoding: \(encoding)\r\n\r\n"
        return Array(head.utf8) + body
    }

    /// Nothing that is changed on the way, and nothing that looks like a boundary of ours.
    private static func isPlain(_ octets: [UInt8]) -> Bool {
        let lines = octets.split(separator: 10, omittingEmptySubsequences: false)
        return lines.allSatisfy { line in
            let line = line.last == 13 ? line.dropLast() : line
            return line.count <= longestPlain && line.last != 32 && line.last != 9
                && !line.starts(with: "From ".utf8) && !line.starts(with: ".".utf8)
                && !line.starts(with: "--=_".utf8)
        }
    }
}
