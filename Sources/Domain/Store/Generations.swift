package import Mail
internal import SQLite

/// What tells a message by its header alone, for mapping UIDs anew. INTERNALDATE belongs to it: copies differ
/// there.
package struct HeaderKey: Hashable, Sendable {
    let messageID: String?
    let from: String?
    let subject: String?
    let date: Timestamp?
    let internalDate: Timestamp?

    package init(
        messageID: String?, from: String?, subject: String?, date: Timestamp?, internalDate: Timestamp?
    ) {
        self.messageID = messageID
        self.from = from
        self.subject = subject
        self.date = date
        self.internalDate = internalDate
    }
}

/// Messages of a mailbox's earlier generations that may be met again under new UIDs, each claimed once.
package struct SupersededMessages: Sendable {
    package struct Known: Sendable, Equatable {
        package let original: Int64
        package let message: MessageNumber
    }

    private var byKey: [HeaderKey: [Known]]

    init(_ rows: [(HeaderKey, Known)]) {
        byKey = Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    /// Takes the original of that header; nil where there is none, or where several differ: then the octets
    /// decide.
    package mutating func claim(_ key: HeaderKey) -> Known? {
        guard let known = byKey[key], let first = known.first,
            known.allSatisfy({ $0 == first })
        else { return nil }
        byKey[key] = Array(known.dropFirst())
        return first
    }
}

extension StoreTransaction {
    /// What the generations of a mailbox before this one held.
    package func superseded(
        _ name: MailboxName, source: Int64, since newest: Int64
    ) throws -> SupersededMessages {
        let rows = try db.rows(
            """
            SELECT message.message_id, from_address, subject, date, internal_date, placement.original, message.id
            FROM placement JOIN mailbox ON mailbox.id = placement.mailbox JOIN message ON message.id = placement.message
            WHERE mailbox.source = ? AND mailbox.name = ? AND mailbox.id <> ? AND placement.state = 'recorded'
              AND headers_only = 0
            GROUP BY placement.original, internal_date
            """, source, name.decoded, newest
        ) { row in
            (
                Self.headerKey(row, from: 0),
                SupersededMessages.Known(original: row.integer(5), message: MessageNumber(row.integer(6)))
            )
        }
        return SupersededMessages(rows)
    }

    /// Whether there were generations of a mailbox, in force or not.
    package func hasGenerations(_ name: MailboxName, source: Int64) throws -> Bool {
        try db.exists("SELECT 1 FROM mailbox WHERE source = ? AND name = ?", source, name.decoded)
    }

    /// Takes what is known of a generation that has come back into force for the headers' word alone.
    ///
    /// What a UID was is no proof of what it is: a mailbox restored from a
    /// backup counts its UIDs anew under its old UIDVALIDITY.
    package func doubtPlacements(
        of mailbox: Int64, except same: (UID, HeaderKey) -> Bool
    ) throws {
        let known = try db.rows(
            """
            SELECT uid, message.message_id, from_address, subject, date, internal_date
            FROM placement LEFT JOIN message ON message.id = placement.message AND headers_only = 0
            WHERE mailbox = ?
            """, mailbox
        ) { (uid: UID(UInt32($0.int(0))), key: Self.headerKey($0, from: 1)) }
        for (uid, key) in known {
            guard let uid, !same(uid, key) else { continue }
            try db.run("DELETE FROM placement WHERE mailbox = ? AND uid = ?", mailbox, uid.rawValue)
        }
        try db.run("UPDATE mailbox SET listed_to = 0, mod_seq = 0 WHERE id = ?", mailbox)
    }

    private static func headerKey(_ row: Row, from column: Int) -> HeaderKey {
        HeaderKey(
            messageID: row.optionalText(column), from: row.optionalText(column + 1),
            subject: row.optionalText(column + 2),
            date: row.optionalInteger(column + 3).map { Timestamp(milliseconds: $0) },
            internalDate: row.optionalInteger(column + 4).map { Timestamp(milliseconds: $0) })
    }

    /// Whether a placement still waits for its octets.
    package func isOpen(_ uid: UID, in mailbox: Int64) throws -> Bool {
        try db.exists(
            "SELECT 1 FROM placement WHERE mailbox = ? AND uid = ? AND state IN ('wanted', 'absent')",
            mailbox,
            uid.rawValue)
    }
}
