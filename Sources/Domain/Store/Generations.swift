package import Mail
internal import SQLite

/// What tells a message by its header alone, for mapping UIDs anew. INTERNALDATE belongs to it: copies differ there.
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

    /// Takes the message of that header; nil where there is none, or where several differ: then the octets decide.
    package mutating func claim(_ key: HeaderKey) -> Known? {
        guard let known = byKey[key], let first = known.first,
            known.allSatisfy({ $0.message == first.message })
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
            GROUP BY message.id, internal_date
            """, source, name.decoded, newest
        ) { row in
            (
                HeaderKey(
                    messageID: row.optionalText(0), from: row.optionalText(1), subject: row.optionalText(2),
                    date: row.optionalInteger(3).map { Timestamp(milliseconds: $0) },
                    internalDate: row.optionalInteger(4).map { Timestamp(milliseconds: $0) }),
                SupersededMessages.Known(original: row.integer(5), message: MessageNumber(row.integer(6)))
            )
        }
        return SupersededMessages(rows)
    }

    /// Whether a placement still waits for its octets.
    package func isOpen(_ uid: UID, in mailbox: Int64) throws -> Bool {
        try db.exists(
            "SELECT 1 FROM placement WHERE mailbox = ? AND uid = ? AND state IN ('wanted', 'absent')",
            mailbox,
            uid.rawValue)
    }
}
