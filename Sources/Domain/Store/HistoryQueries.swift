package import Mail
package import Mailroom
internal import SQLite

/// What waits of the mail that was there before the first start, by how sure it is whose.
package struct HistoryCount: Sendable, Equatable {
    /// Nil for what nobody was found for.
    package let account: AccountID?
    package let messages: Int
    /// Parts that wait for the owner's word alone.
    package let parts: Int
}

extension StoreTransaction {
    private static let historyParts = """
        FROM part JOIN message ON message.id = part.message
        WHERE message.history = 1 AND part.state = 'needs_filing' AND part.unfiled = 0
        """

    /// Parts of messages whose account is certain and whose From isn't disbelieved, by account.
    package func sureHistory(account: AccountID? = nil) throws -> [HistoryCount] {
        try db.rows(
            """
            SELECT account, count(DISTINCT message.id), count(*) \(Self.historyParts)
              AND account IS NOT NULL AND verdict <> 'against' AND part.reason = 'history'
              AND (?1 IS NULL OR account = ?1)
            GROUP BY account ORDER BY count(*) DESC, account
            """, account?.rawValue
        ) {
            HistoryCount(
                account: AccountID($0.integer(0)), messages: $0.int(1), parts: $0.int(2))
        }
    }

    /// Parts that stay for staff whatever the owner says: several accounts, or a From not to be believed.
    package func unsureHistory() throws -> (ambiguous: Int, against: Int, unknown: Int) {
        try db.first(
            """
            SELECT coalesce(sum(account IS NULL AND verdict <> 'against' AND match IN ('ambiguous', 'suggested')), 0),
              coalesce(sum(verdict = 'against'), 0),
              coalesce(sum(account IS NULL AND verdict <> 'against' AND match NOT IN ('ambiguous', 'suggested')), 0)
            \(Self.historyParts)
            """
        ) { ($0.int(0), $0.int(1), $0.int(2)) } ?? (0, 0, 0)
    }

    /// Whose attachments are most of those that nobody was found for.
    package func unknownHistorySenders(limit: Int) throws -> [(address: String, parts: Int)] {
        try db.rows(
            """
            SELECT coalesce(from_key, ''), count(*) \(Self.historyParts)
              AND account IS NULL AND verdict <> 'against' AND match NOT IN ('ambiguous', 'suggested')
            GROUP BY from_key ORDER BY count(*) DESC, from_key LIMIT ?
            """, limit
        ) { ($0.text(0), $0.int(1)) }
    }

    /// Messages of an account with parts that waited for the owner's word, oldest first.
    package func historyMessages(of account: AccountID, after last: MessageNumber?, limit: Int) throws
        -> [MessageNumber]
    {
        try db.rows(
            """
            SELECT DISTINCT message.id \(Self.historyParts) AND account = ? AND part.reason = 'history'
              AND message.id > ? ORDER BY message.id LIMIT ?
            """, account.rawValue, last?.rawValue ?? 0, limit
        ) { MessageNumber($0.integer(0)) }
    }

    /// The owner's word: mail of the account from before the first start is filed like any other.
    package func releaseHistory(of account: AccountID, by actor: String, detail: String, now: Timestamp)
        throws
    {
        try db.run("UPDATE account SET history = 1 WHERE id = ?", account.rawValue)
        try audit(
            "file.history", by: actor, account: account.rawValue, subject: try accountNumber(account),
            detail: detail, at: now)
    }
}
