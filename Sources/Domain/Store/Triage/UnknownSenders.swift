package import Mail
package import Mailroom
internal import SQLite

/// Somebody who wrote and whom nobody has been found for.
package struct UnknownSender: Sendable, Hashable {
    /// As compared.
    package let key: String
    package let name: String
    package let address: String
    package let messages: Int
    package let files: Int
    package let newest: MessageNumber
    package let subject: String?
    package let received: Timestamp
    package let verdict: Verdict
    package let verdictReason: String
    package let choices: [AccountChoice]
}

/// A message of a stranger's, in the list of what he sent.
package struct UnknownMessage: Sendable, Hashable {
    package let number: MessageNumber
    package let subject: String?
    package let received: Timestamp
    package let files: [String]
}

extension StoreTransaction {
    /// Mail of strangers who are people: bulk mail and machines apart, ignored ones too.
    private static let unknown = """
        message.match IN ('unmatched', 'suggested') AND message.account IS NULL AND direction = 'in'
        AND is_other = 0 AND nature = 'ordinary' AND from_key IS NOT NULL
        AND from_key NOT IN (SELECT key FROM ignored_sender)
        """

    /// Mail from before the first start waits in the history, unless its mailbox is set to file that.
    private static let isNews = """
        (history = 0 OR message.id IN (SELECT part.message FROM part
          WHERE part.state = 'needs_filing' AND part.reason IN ('unmatched', 'suggested')))
        """

    /// Senders that nobody has been found for, the newest first; those of before the first start have their
    /// place in the history.
    package func unknownSenders(for staff: StaffID?, limit: Int) throws -> [UnknownSender] {
        try db.rows(
            """
            SELECT from_key FROM message INDEXED BY message_stranger WHERE \(Self.unknown) AND \(Self.isNews) AND \(Self.visibleMessage)
            GROUP BY from_key ORDER BY max(received) DESC LIMIT ?2
            """, staff?.rawValue, limit
        ) { $0.text(0) }.compactMap { try unknownSender($0, for: staff) }
    }

    package func unknownSenderCount(for staff: StaffID?) throws -> Int {
        try db.first(
            """
            SELECT count(DISTINCT from_key) FROM message INDEXED BY message_stranger
            WHERE \(Self.unknown) AND \(Self.isNews) AND \(Self.visibleMessage)
            """, staff?.rawValue
        ) { $0.int(0) } ?? 0
    }

    /// Nil where nothing of that address waits that the person may see.
    package func unknownSender(_ key: String, for staff: StaffID?) throws -> UnknownSender? {
        let newest = try db.first(
            """
            SELECT message.id, coalesce(nullif(from_name, ''), from_address, ''), coalesce(from_address, ''), subject,
              received, verdict, verdict_reason
            FROM message INDEXED BY message_stranger WHERE \(Self.unknown) AND from_key = ?2 AND \(Self.visibleMessage)
            ORDER BY received DESC, message.id DESC LIMIT 1
            """, staff?.rawValue, key
        ) { row in
            (
                number: MessageNumber(row.integer(0)), name: row.text(1), address: row.text(2),
                subject: row.optionalText(3), received: Timestamp(milliseconds: row.integer(4)),
                verdict: Verdict(rawValue: row.text(5)) ?? .open, reason: row.text(6)
            )
        }
        guard let newest else { return nil }
        let counts =
            try db.first(
                """
                SELECT count(DISTINCT message.id), count(part.id) FROM message INDEXED BY message_stranger
                LEFT JOIN part ON part.message = message.id AND part.state = 'needs_filing'
                WHERE \(Self.unknown) AND from_key = ?2 AND \(Self.visibleMessage)
                """, staff?.rawValue, key
            ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
        let choices = try db.rows(
            """
            SELECT account.id, account.number, account.name, because FROM suggestion
            JOIN account ON account.id = suggestion.account
            WHERE suggestion.message = ?2
              AND (?1 IS NULL OR account.id NOT IN (SELECT account FROM hidden_account WHERE staff = ?1))
            ORDER BY place LIMIT 9
            """, staff?.rawValue, newest.number.rawValue
        ) {
            AccountChoice(
                id: AccountID($0.integer(0)), number: $0.text(1), name: $0.text(2), because: $0.text(3))
        }
        return UnknownSender(
            key: key, name: newest.name, address: newest.address, messages: counts.0, files: counts.1,
            newest: newest.number, subject: newest.subject, received: newest.received,
            verdict: newest.verdict, verdictReason: newest.reason, choices: choices)
    }

    /// What a stranger sent, the newest first, with the names of what waits.
    package func unknownMessages(
        from key: String, for staff: StaffID?, limit: Int
    ) throws -> [UnknownMessage] {
        try db.rows(
            """
            SELECT message.id, subject, received FROM message INDEXED BY message_stranger
            WHERE \(Self.unknown) AND from_key = ?2 AND \(Self.visibleMessage)
            ORDER BY received DESC, message.id DESC LIMIT ?3
            """, staff?.rawValue, key, limit
        ) { (MessageNumber($0.integer(0)), $0.optionalText(1), Timestamp(milliseconds: $0.integer(2))) }
        .map { number, subject, received in
            UnknownMessage(
                number: number, subject: subject, received: received,
                files: try db.rows(
                    "SELECT coalesce(name, media_type) FROM part WHERE message = ? AND state = 'needs_filing' ORDER BY id",
                    number.rawValue
                ) { $0.text(0) })
        }
    }

    /// Accounts that a word of theirs, or their number, names; the shortest name first.
    package func accountChoices(
        _ words: String, for staff: StaffID?, limit: Int
    ) throws -> [AccountChoice] {
        let wanted = words.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        let hidden = try hiddenAccounts(from: staff)
        let all = try db.rows(
            "SELECT id, number, name FROM account ORDER BY length(name), name, number"
        ) {
            AccountChoice(id: AccountID($0.integer(0)), number: $0.text(1), name: $0.text(2))
        }
        let found = all.lazy.filter { choice in
            let text = "\(choice.number) \(choice.name)".lowercased()
            return !hidden.contains(choice.id) && wanted.allSatisfy { text.contains($0) }
        }
        return Array(found.prefix(limit))
    }

    /// An account, where the person may see it.
    package func accountChoice(_ id: AccountID, for staff: StaffID?) throws -> AccountChoice? {
        guard try !hiddenAccounts(from: staff).contains(id) else { return nil }
        return try db.first("SELECT number, name FROM account WHERE id = ?", id.rawValue) {
            AccountChoice(id: id, number: $0.text(0), name: $0.text(1))
        }
    }
}
