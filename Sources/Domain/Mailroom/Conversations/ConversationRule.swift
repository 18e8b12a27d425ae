package import Mail
internal import Text

/// Decides which conversation a message belongs to.
///
/// Two clients' mail side by side is how one client's figures come into an
/// answer to the other. So nothing joins across accounts: no subject, and no
/// References either. Of nobody's mail, what a stranger writes joins only
/// what the same stranger wrote.
package enum ConversationRule {
    /// What a message says of where it belongs.
    package struct Entry: Sendable, Hashable {
        package var account: AccountID?
        /// The other side's address as compared: From of what came, the first To of what we sent.
        package var counterpart: String?
        package var subjectKey: String
        package var received: Timestamp

        package init(account: AccountID?, counterpart: String?, subjectKey: String, received: Timestamp) {
            self.account = account
            self.counterpart = counterpart
            self.subjectKey = subjectKey
            self.received = received
        }
    }

    /// A conversation that may be the one.
    package struct Candidate: Sendable, Hashable {
        package var id: ConversationID
        package var account: AccountID?
        package var counterpart: String?
        package var subjectKey: String
        package var first: Timestamp
        package var latest: Timestamp

        package init(
            id: ConversationID, account: AccountID?, counterpart: String?, subjectKey: String,
            first: Timestamp, latest: Timestamp
        ) {
            self.id = id
            self.account = account
            self.counterpart = counterpart
            self.subjectKey = subjectKey
            self.first = first
            self.latest = latest
        }
    }

    /// Subjects join within this time.
    package static let days: Int64 = 30

    /// What In-Reply-To and References name, the nearest first.
    package static func named(_ entry: Entry, _ candidates: [Candidate]) -> ConversationID? {
        candidates.first { isOpen(to: entry, $0) }?.id
    }

    /// What has the same subject: within one account and counterpart, and 30 days.
    package static func likeNamed(_ entry: Entry, _ candidates: [Candidate]) -> ConversationID? {
        guard !entry.subjectKey.isEmpty, entry.counterpart != nil else { return nil }
        let span = days * 86_400_000
        return candidates.filter { candidate in
            isOpen(to: entry, candidate) && candidate.counterpart == entry.counterpart
                && candidate.subjectKey == entry.subjectKey
                && entry.received.milliseconds <= candidate.latest.milliseconds + span
                && entry.received.milliseconds >= candidate.first.milliseconds - span
        }.max { ($0.latest, $0.id) < ($1.latest, $1.id) }?.id
    }

    /// Whether the two may stand in one conversation at all.
    private static func isOpen(to entry: Entry, _ candidate: Candidate) -> Bool {
        guard candidate.account == entry.account else { return false }
        return entry.account != nil || entry.counterpart != nil && candidate.counterpart == entry.counterpart
    }

    /// A subject as two are compared: without what answering and forwarding put before it.
    package static func subjectKey(_ subject: String?) -> String {
        var rest = Substring(subject ?? "").trimmed
        while let shorter = withoutPrefix(rest) { rest = shorter }
        return rest.split(whereSeparator: \.isWhitespace).joined(separator: " ").nameKey
    }

    /// `Re:`, `AW:`, `Fwd[2]:`, `返信：`, `[EXTERN]`.
    private static func withoutPrefix(_ text: Substring) -> Substring? {
        if text.first == "[", let end = text.prefix(16).firstIndex(of: "]") {
            let mark = text[text.index(after: text.startIndex)..<end].lowercased()
            guard marks.contains(mark) else { return nil }
            return text[text.index(after: end)...].trimmed
        }
        guard let colon = text.prefix(12).firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        var word = text[..<colon]
        if let bracket = word.firstIndex(where: { $0 == "[" || $0 == "(" }) { word = word[..<bracket] }
        guard prefixes.contains(word.trimmed.lowercased()) else { return nil }
        return text[text.index(after: colon)...].trimmed
    }

    private static let prefixes: Set<String> = [
        "re", "aw", "antw", "antwort", "fw", "fwd", "wg", "sv", "vs", "rv", "tr", "ref", "r", "i", "enc",
        "odp", "ynt", "rif", "doorst", "wtr", "返信", "転送", "回复", "答复", "转发", "回覆", "轉寄",
    ]
    private static let marks: Set<String> = ["extern", "external", "ext", "ext:", "extern:", "spam?"]
}

extension Substring {
    fileprivate var trimmed: Substring {
        let rest = drop(while: \.isWhitespace)
        guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return rest.prefix(0) }
        return rest[...last]
    }
}
