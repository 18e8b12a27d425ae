package import Mail

/// One answer of the server's: all its lines, read as one. RFC 5321 section 4.2.1, RFC 2034.
package struct SMTPReply: Hashable, Sendable, CustomStringConvertible {
    package let code: ReplyCode
    package let status: EnhancedStatus?
    /// The server's own words, without codes and control characters, and at most ``longest`` octets.
    package let text: String

    /// Longer words are cut: a server may say what it likes, and it is kept for years.
    package static let longest = 1_000

    package init(_ code: ReplyCode, _ status: EnhancedStatus? = nil, _ text: String) {
        self.code = code
        self.status = status
        self.text = text
    }

    package var description: String {
        [code.description, status?.description, text].compactMap(\.self).filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}

/// Reads the lines of a server into its answers, one after the other.
///
/// What is an answer's last line is decided as libcurl 7.88 does it, or the
/// places of the answers would differ from its: three digits, and a space or
/// nothing. Any other line is skipped; an endless answer is cut.
struct SMTPReplyReader {
    private(set) var replies: [SMTPReply] = []
    /// The lines of each answer without their code: what EHLO says is one to a line.
    private(set) var lines: [[String]] = []
    /// An answer whose code is none of SMTP's: no place after it is to be trusted.
    private(set) var isBroken = false
    private var open: [String] = []
    private var octets = 0

    mutating func take(_ line: [UInt8]) {
        let isBare = line.count == 5
        var line = line[...]
        while line.last == 10 || line.last == 13 { line = line.dropLast() }
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (48...57).contains($0) }) else { return }
        let isLast = isBare || line.dropFirst(3).first == UInt8(ascii: " ")
        guard isLast || line.dropFirst(3).first == UInt8(ascii: "-") else { return }
        let rest = line.dropFirst(4)
        octets += rest.count
        if octets <= 65_536, open.count < 200 { open.append(Self.clean(rest)) }
        guard isLast else { return }
        defer {
            open = []
            octets = 0
        }
        guard let code = ReplyCode(digits.reduce(0) { $0 * 10 + Int($1 - 48) }) else {
            isBroken = true
            return
        }
        replies.append(Self.reply(code, open))
        lines.append(open)
    }

    private static func reply(_ code: ReplyCode, _ lines: [String]) -> SMTPReply {
        var status: EnhancedStatus?
        let words = lines.map { line in
            let word = line.prefix { $0 != " " }
            guard let found = EnhancedStatus(word) else { return line }
            status = status ?? found
            return String(line[word.endIndex...].drop { $0 == " " })
        }
        var text = words.filter { !$0.isEmpty }.joined(separator: " ")
        if text.utf8.count > SMTPReply.longest {
            text = String(decoding: text.utf8.prefix(SMTPReply.longest - 3), as: UTF8.self)
            while text.unicodeScalars.last == "\u{FFFD}" { text.unicodeScalars.removeLast() }
            text += "…"
        }
        return SMTPReply(code, status, text)
    }

    /// As text; control characters, and those that turn the direction of writing, are spaces.
    private static func clean(_ octets: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for scalar in String(decoding: Array(octets), as: UTF8.self).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse:
                text.append(" ")
            default: text.append(scalar)
            }
        }
        return String(text)
    }
}
