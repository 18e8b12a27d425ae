package import Mail
internal import SQLite

/// A mailbox in force, with how many of its messages are where.
package struct MailboxSummary: Sendable, Equatable {
    package let name: String
    package let uidValidity: Int
    package let isSent: Bool
    /// That the server has, as far as we know.
    package let messages: Int
    package let recorded: Int
    /// Still to be fetched: wanted, or given nothing of so far.
    package let waiting: Int
    package let quarantined: Int
    /// Not read, by the configuration's word.
    package let excluded: Int
    /// INTERNALDATE of the newest.
    package let newest: Timestamp?
}

extension StoreTransaction {
    /// The id of a source that was ever started.
    package func sourceID(_ name: String) throws -> Int64? {
        try db.first("SELECT id FROM source WHERE name = ?", name) { $0.integer(0) }
    }

    package func mailboxSummaries(source: Int64) throws -> [MailboxSummary] {
        try db.rows(
            """
            SELECT mailbox.name, uid_validity, is_sent, count(uid), sum(state = 'recorded'),
              sum(state IN ('wanted', 'absent')), sum(state = 'quarantined'), sum(state = 'excluded'),
              max(internal_date)
            FROM mailbox LEFT JOIN placement ON placement.mailbox = mailbox.id AND gone IS NULL
            WHERE source = ? AND superseded IS NULL GROUP BY mailbox.id ORDER BY mailbox.name
            """, source
        ) { row in
            MailboxSummary(
                name: row.text(0), uidValidity: row.int(1), isSent: row.bool(2), messages: row.int(3),
                recorded: row.int(4), waiting: row.int(5), quarantined: row.int(6), excluded: row.int(7),
                newest: row.optionalInteger(8).map { Timestamp(milliseconds: $0) })
        }
    }

    /// Forgets how far a source's mailboxes were read, so that the next sync lists all of them anew.
    ///
    /// Every UID that is listed keeps the row it has: nothing is recorded or
    /// filed twice. What gave nothing is asked for again at once.
    /// - Returns: how many mailboxes.
    package func forgetListing(source: Int64) throws -> Int {
        try db.run(
            """
            UPDATE placement SET next_try = NULL WHERE state = 'absent' AND gone IS NULL
              AND mailbox IN (SELECT id FROM mailbox WHERE source = ? AND superseded IS NULL)
            """, source)
        return try db.run(
            "UPDATE mailbox SET mod_seq = 0, listed_to = 0 WHERE source = ? AND superseded IS NULL", source)
    }
}
