package import Mail
package import Mailroom
internal import SQLite

/// An original of a message, and where it was first met.
package struct OriginalReading: Sendable, Equatable {
    package let digest: SHA256Digest
    package let octets: Int64
    package let place: OriginalPlace
    /// The source's name; empty where no placement is known any more.
    package let source: String
    package let isSent: Bool
}

/// What is recorded of whose mail a message is.
package struct StoredMatching: Sendable {
    package let matching: Matching
    package let because: String
    package let judgement: Judgement
}

extension StoreTransaction {
    /// Every original of a message, for reading it once more.
    package func readings(of message: MessageNumber) throws -> [OriginalReading] {
        try db.rows(
            """
            SELECT sha256, octets, segment, offset, length, coalesce(source.name, ''),
              coalesce(is_sent, 0) OR direction = 'out'
            FROM original JOIN message ON message.id = original.message
            LEFT JOIN mailbox ON mailbox.id = (SELECT mailbox FROM placement WHERE placement.original = original.id
              ORDER BY first_wanted, mailbox, uid LIMIT 1)
            LEFT JOIN source ON source.id = mailbox.source
            WHERE original.message = ? ORDER BY original.id
            """, message.rawValue
        ) { row in
            SHA256Digest(octets: row.blob(0)).map {
                OriginalReading(
                    digest: $0, octets: row.integer(1),
                    place: OriginalPlace(
                        segment: row.int(2), offset: row.integer(3), length: row.integer(4)),
                    source: row.text(5), isSent: row.bool(6))
            }
        }.compactMap { $0 }
    }

    /// Whether it came by a page of ours, and was written by us to say so: its From is no sender's to be judged.
    package func isNotice(_ message: MessageNumber) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM message WHERE id = ?1 AND direction = 'in'
              AND EXISTS (SELECT 1 FROM original WHERE message = ?1 AND verdict IS NULL)
              AND NOT EXISTS (SELECT 1 FROM placement WHERE message = ?1)
            """, message.rawValue)
    }

    /// Whose it was said to be, and how true its From was thought, when it was recorded or last judged.
    package func storedMatching(of message: MessageNumber) throws -> StoredMatching {
        let mentioned = try db.rows(
            "SELECT account FROM mention WHERE message = ? ORDER BY account", message.rawValue
        ) { AccountID($0.integer(0)) }
        let suggestions = try db.rows(
            "SELECT account, because FROM suggestion WHERE message = ? ORDER BY place", message.rawValue
        ) { Suggestion(AccountID($0.integer(0)), because: $0.text(1)) }
        let reason = try db.first(
            """
            SELECT original.verdict_reason FROM original JOIN message ON message.id = original.message
            WHERE message.id = ? AND original.verdict = message.verdict ORDER BY original.id LIMIT 1
            """, message.rawValue
        ) { $0.optionalText(0).flatMap(VerdictReason.init(rawValue:)) }
        let stored = try db.first(
            """
            SELECT match, account, contact, direction, nature, is_other, into_intake, match_reason, verdict,
              verdict_reason FROM message WHERE id = ?
            """, message.rawValue
        ) { row in
            var matching = Matching(
                MatchKind(rawValue: row.text(0)) ?? .unmatched,
                account: row.optionalInteger(1).map { AccountID($0) })
            matching.contact = row.optionalInteger(2).map { ContactID($0) }
            matching.direction = Direction(rawValue: row.text(3)) ?? .incoming
            matching.nature = MailNature(stored: row.text(4))
            matching.isOther = row.bool(5)
            matching.intoIntake = row.bool(6)
            matching.mentioned = mentioned
            matching.suggestions = suggestions
            return StoredMatching(
                matching: matching, because: row.text(7),
                judgement: Judgement(
                    verdict: Verdict(rawValue: row.text(8)) ?? .open, reason: (reason ?? nil) ?? .nothingSaid,
                    because: row.text(9)))
        }
        guard let stored else { throw StoreError(.notFound, "there is no message \(message)") }
        return stored
    }

    /// Messages of a domain's senders that nobody has been found for, oldest first.
    package func unmatchedMessages(fromDomain domain: String) throws -> [MessageNumber] {
        try db.rows(
            """
            SELECT id FROM message WHERE from_key LIKE '%@' || ? AND account IS NULL AND direction = 'in'
              AND match IN ('unmatched', 'suggested', 'ambiguous', 'domain') ORDER BY received
            """, domain
        ) { MessageNumber($0.integer(0)) }
    }

    /// The name and address a message came from, and the thread it belongs to.
    package func sender(
        of message: MessageNumber
    ) throws -> (name: String?, address: String?, thread: String?)? {
        try db.first(
            "SELECT from_name, from_address, coalesce(in_reply_to, message_id) FROM message WHERE id = ?",
            message.rawValue
        ) { ($0.optionalText(0), $0.optionalText(1), $0.optionalText(2)) }
    }
}

extension MailNature {
    /// As ``MailNature/text`` wrote it.
    fileprivate init(stored text: String) {
        switch text {
        case "bulk": self = .bulk
        default: self = AutomaticMail(rawValue: text).map { .automatic($0) } ?? .ordinary
        }
    }
}
