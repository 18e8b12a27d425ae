internal import Mail

/// Finds in a server's own words for whom they were, and what it had to say of each.
///
/// Which addresses are the recipients is told by where they stand. Of these
/// signs the first that is there counts, and what it marks is all:
///
/// | sign | as in |
/// |---|---|
/// | a line begins with the address | `<kate@bolt.example>:` (qmail, Postfix, Exim) |
/// | the line speaks of a recipient | `550 <kate@bolt.example>... User unknown` (sendmail) |
/// | there is an address, and nobody says it is another's | |
struct BounceWords {
    struct Found {
        let address: EmailAddress
        /// Where in the notice.
        let line: Int
        var original: EmailAddress?
    }

    let text: BounceText

    init(_ text: BounceText) { self.text = text }

    /// What the words say, one report for each recipient; none where they name nobody.
    func reports(failed: [EmailAddress]) -> [MachineReport] {
        var recipients = recipients()
        if recipients.isEmpty {
            recipients = failed.map { Found(address: $0, line: 0) }
        }
        let whole = ServerWords(text.notice)
        let isDelay = whole.isDelay
        if whole.isSuccess {
            return recipients.map { MachineReport(recipient: $0.address, action: .delivered, words: words) }
        }
        return recipients.enumerated().map { index, found in
            let end = recipients.dropFirst(index + 1).first { $0.line > found.line }?.line
            let own = paragraph(from: found.line, to: end ?? text.notice.count)
            let status = ServerWords(own).status ?? (recipients.count == 1 ? whole.status : nil)
            return MachineReport(
                recipient: found.address, original: found.original, action: isDelay ? .delayed : .failed,
                status: status ?? ServerWords.status(isDelay: isDelay),
                words: words(own, address: found.address))
        }
    }

    /// What a report says where its recipients are known from elsewhere.
    var words: String { words(text.notice.filter { !$0.text.isEmpty }, address: nil) }

    // MARK: - Whom it was for

    private func recipients() -> [Found] {
        var leading: [Found] = []
        var spoken: [Found] = []
        var other: [Found] = []
        for (index, line) in text.notice.enumerated() where !line.text.isEmpty {
            let addresses = TextAddress.all(in: line.octets)
            guard let first = addresses.first else { continue }
            if let whom = Self.generatedFrom(line) {
                if leading.isEmpty {
                    leading.append(Found(address: whom, line: index))
                } else if leading[leading.count - 1].original == nil {
                    leading[leading.count - 1].original = whom
                }
                continue
            }
            let before = previous(to: index)
            if Self.isOthers(before: before) { continue }
            if Self.isLeading(first, in: line) {
                leading.append(Found(address: first.address, line: index))
            } else if Self.others.contains(where: line.lower.contains) {
                continue
            } else if Self.speaks(line.lower, before: before) {
                spoken += addresses.map { Found(address: $0.address, line: index) }
            } else {
                other += addresses.filter { !Self.isOffice($0.address) }
                    .map { Found(address: $0.address, line: index) }
            }
        }
        for found in [leading, spoken, other] where !found.isEmpty {
            var seen: Set<String> = []
            return Array(
                found.filter { seen.insert($0.address.description.lowercased()).inserted }.prefix(100))
        }
        return []
    }

    private func previous(to index: Int) -> String {
        text.notice[..<index].last { !$0.text.isEmpty }?.lower ?? ""
    }

    /// `(ultimately generated from kate@bolt.example)`, `(expanded from: …)`
    private static func generatedFrom(_ line: BounceText.Line) -> EmailAddress? {
        guard
            ["generated from ", "expanded from", "originally addressed to", "original recipient"]
                .contains(where: line.lower.contains)
        else { return nil }
        return TextAddress.all(in: line.octets).first?.address
    }

    /// Only quotes, brackets and list marks stand before it, and it is no name's beginning.
    private static func isLeading(_ found: TextAddress, in line: BounceText.Line) -> Bool {
        let before = line.octets[..<found.range.lowerBound]
        guard before.allSatisfy({ " \t<>\"'*-[(".utf8.contains($0) }) else {
            // "Kate Bolt" <kate@bolt.example>, alone in its line.
            let rest = line.octets[found.range.upperBound...]
            return line.octets[line.octets.startIndex..<found.range.lowerBound].contains(34)
                && line.text.hasPrefix("\"") && rest.isEmpty
        }
        guard found.range.upperBound < line.octets.count else { return true }
        return " \t:;,.<([>\"'".utf8.contains(line.octets[found.range.upperBound])
    }

    /// The line before announces the sender, or somebody to ask.
    private static func isOthers(before: String) -> Bool {
        ["a message sent by", "contact", "from:", "sender:"].contains(where: before.hasSuffix)
            || before.hasPrefix(">>> mail from:")
    }

    /// Words of a line whose address is no recipient's.
    private static let others = [
        "contact", "mail from", "sent by", "sender", "envelope-from", "http://", "https://", "for help",
        "questions", "abuse", "from:", "dear ", "hello ",
    ]

    private static func speaks(_ line: String, before: String) -> Bool {
        marks.contains(where: line.contains)
            || ["could not be delivered to", "addressed to", "recipient(s)", "recipients:"]
                .contains(where: before.hasSuffix)
    }

    private static let marks = [
        "recipient", "rcpt to", "deliver", "undeliverable", "unknown user", "user unknown", "no such user",
        "mailbox", "mail box", "userid", "error-for", "did not reach", "message to ", "mail to ", "addressee",
        "addressed to", "address:", "quota", "full", "failed", "... ", "not listed", "unreachable",
        "smtp=", "smtp:", "unknown", "宛", "配信", "送信",
    ]

    private static func isOffice(_ address: EmailAddress) -> Bool {
        ["postmaster", "mailer-daemon", "abuse", "support", "hostmaster", "webmaster", "noreply", "no-reply"]
            .contains(address.localPart.lowercased())
    }

    // MARK: - What it says

    /// From a recipient's line to the next recipient's, but no further than two empty lines.
    private func paragraph(from start: Int, to end: Int) -> [BounceText.Line] {
        var lines: [BounceText.Line] = []
        var empty = 0
        for line in text.notice[start..<max(start, min(end, start + 30))] {
            if line.text.isEmpty { empty += 1 } else { lines.append(line) }
            if empty > 2 { break }
        }
        return lines
    }

    /// One line of at most 500 characters.
    private func words(_ lines: [BounceText.Line], address: EmailAddress?) -> String {
        var parts: [String] = []
        for (index, line) in lines.prefix(12).enumerated() {
            var text = line.text[...]
            if index == 0, let address {
                let bare = text.filter { !"<>\"':;,* -".contains($0) }
                if bare.lowercased() == address.description.lowercased() { continue }
            }
            while let first = text.first, first == " " { text.removeFirst() }
            parts.append(String(text))
        }
        if parts.isEmpty {
            parts = text.notice.map(\.text).filter { !$0.isEmpty && !$0.hasPrefix("Hi. This is") }.prefix(4)
                .map { $0 }
        }
        return String(parts.joined(separator: " ").prefix(500))
    }
}
