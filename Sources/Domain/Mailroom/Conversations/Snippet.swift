/// The first words of a text, as a list shows them beside the subject.
package enum Snippet {
    package static let limit = 160

    /// One line: without what is quoted, and without the line that leads to the quote.
    package static func of(_ text: String) -> String {
        var result = ""
        var count = 0
        for line in text.prefix(4000).split(whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first else { continue }
            if first.hasPrefix(">") { continue }
            if isRule(first) || isSignature(line) {
                if result.isEmpty { continue }
                break
            }
            for word in words {
                if !result.isEmpty { result.append(" ") }
                result += word.prefix(limit)
                count += word.count + 1
                if count >= limit { return String(result.prefix(limit)) }
            }
        }
        return result
    }

    private static func isRule(_ word: Substring) -> Bool {
        word.count >= 5 && word.allSatisfy { $0 == "-" || $0 == "_" || $0 == "=" }
    }

    /// RFC 3676 section 4.3.
    private static func isSignature(_ line: Substring) -> Bool { line == "-- " || line == "--" }
}
