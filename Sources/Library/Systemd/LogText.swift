/// Text that may stand in a log: one line that says what it seems to say.
///
/// Mail is written by strangers. A line end would forge a line, an escape
/// sequence would paint over others on a terminal, a bidirectional override
/// would turn words around. They are shown as what they are, and what is
/// endless is cut.
enum LogText {
    /// Longest text in octets, before it is cut.
    static let limit = 2048

    static func escaped(_ text: some StringProtocol) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            if line.utf8.count >= limit { return line + "…" }
            switch scalar {
            case "\n": line += "\\n"
            case "\r": line += "\\r"
            case "\t": line += "\\t"
            case "\\": line += "\\\\"
            default:
                if isHidden(scalar) {
                    line += "\\u{\(String(scalar.value, radix: 16))}"
                } else {
                    line.unicodeScalars.append(scalar)
                }
            }
        }
        return line
    }

    /// A value in `key=value`: in quotes where it would not end where it ends.
    static func value(_ text: some StringProtocol) -> String {
        let escaped = escaped(text)
        let isPlain =
            !escaped.isEmpty && escaped.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != UInt8(ascii: "=") }
        return isPlain
            ? escaped
            : "\""
                + escaped.split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\\\"") + "\""
    }

    /// Controls, separators of lines, marks of direction and other characters without a shape.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
            true
        default: false
        }
    }
}
