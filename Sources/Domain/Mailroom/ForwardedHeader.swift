package import Mail

/// Finds the header that a mail program puts before text it forwards.
///
/// `Von:`/`Gesendet:`, `差出人:`/`送信日時:`, `From:`/`Sent:`: two lines of one
/// block, for a `From:` alone can be anything.
package enum ForwardedHeader {
    /// From of each such block, outermost first; at most 10, of the first 1,000 lines.
    package static func senders(in text: String) -> [EmailAddress] {
        let lines = text.prefix(100_000).split(
            maxSplits: 1000, omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).prefix(1000).map(label)
        var found: [EmailAddress] = []
        for (index, line) in lines.enumerated() {
            guard found.count < 10 else { break }
            guard let line, from.contains(line.label) else { continue }
            let near = lines[max(0, index - 6)..<min(lines.count, index + 7)]
            guard near.contains(where: { $0.map { others.contains($0.label) } ?? false }) else { continue }
            if let address = AddressScan.addresses(in: line.rest).last { found.append(address) }
        }
        return found
    }

    private static let from: Set<String> = ["von", "from", "差出人", "送信者", "absender", "de"]
    private static let others: Set<String> = [
        "gesendet", "datum", "sent", "date", "送信日時", "日時", "日付", "an", "to", "宛先", "betreff", "subject", "件名",
    ]

    /// Whether a line could begin such a block.
    static func isFrom(_ line: Substring) -> Bool { label(line).map { from.contains($0.label) } ?? false }

    /// Whether a line could stand in one.
    static func isOther(_ line: Substring) -> Bool { label(line).map { others.contains($0.label) } ?? false }

    /// What stands before the first colon, in lower case, without marks of quoting and bold.
    private static func label(_ line: Substring) -> (label: String, rest: Substring)? {
        let marks: Set<Character> = ["*", ">", " ", "\t", "|", "_", "\u{3000}", "\u{A0}"]
        let start = line.drop { marks.contains($0) }
        guard let colon = start.prefix(24).firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        let label = start[..<colon].filter { !marks.contains($0) }.lowercased()
        return (label, start[start.index(after: colon)...])
    }
}
