package import Mail
package import Mailroom
internal import SQLite

/// A message as lists show it.
package struct MessageSummary: Sendable, Equatable {
    package let number: MessageNumber
    package let messageID: String?
    package let subject: String?
    package let fromName: String?
    package let fromAddress: String?
    package let date: Timestamp?
    package let received: Timestamp
    package let account: AccountID?
    package let accountNumber: String?
    package let match: String
    package let matchReason: String
    package let verdict: Verdict
    package let verdictReason: String
    package let direction: String
    package let parts: Int
}

/// Where a message lies on a server.
package struct PlacementRow: Sendable, Equatable {
    package let source: String
    package let mailbox: String
    package let uidValidity: Int
    package let uid: UID
    package let flags: [String]
    package let gone: Timestamp?
}

/// A part with what became of it.
package struct PartRow: Sendable, Equatable {
    package let message: MessageNumber
    package let section: Section
    package let unwrappedFrom: Section?
    package let mediaType: String
    package let disposition: String?
    package let name: String?
    package let charset: String?
    package let contentID: String?
    package let octets: Int64
    package let sha256: SHA256Digest
    /// One whose leaves all came out.
    package let isContainer: Bool
    package let state: LedgerState
    package let reason: String?
    package let because: String
    package let place: String?
    /// Account number, folder with what is below it, and name.
    package let document: (account: String, folder: String, name: String)?
    package let documentID: DocumentID?

    package static func == (left: PartRow, right: PartRow) -> Bool {
        left.message == right.message && left.section == right.section
    }
}

extension StoreTransaction {
    private static let summaryColumns = """
        message.id, message_id, subject, from_name, from_address, date, received, account.number, match, match_reason,
        verdict, verdict_reason, direction, (SELECT count(*) FROM part WHERE part.message = message.id), account.id
        FROM message LEFT JOIN account ON account.id = message.account
        """

    private static func summary(_ row: Row) -> MessageSummary {
        MessageSummary(
            number: MessageNumber(row.integer(0)), messageID: row.optionalText(1),
            subject: row.optionalText(2),
            fromName: row.optionalText(3), fromAddress: row.optionalText(4),
            date: row.optionalInteger(5).map { Timestamp(milliseconds: $0) },
            received: Timestamp(milliseconds: row.integer(6)),
            account: row.optionalInteger(14).map { AccountID($0) }, accountNumber: row.optionalText(7),
            match: row.text(8), matchReason: row.text(9), verdict: Verdict(rawValue: row.text(10)) ?? .open,
            verdictReason: row.text(11), direction: row.text(12), parts: row.int(13))
    }

    /// Newest first; of one account those that are its, or name it in To or Cc.
    ///
    /// - Parameter last: the last one of the page before.
    package func messages(
        account: AccountID? = nil, since: Timestamp? = nil, after last: MessageSummary? = nil, limit: Int
    ) throws -> [MessageSummary] {
        let rest = """
            (?2 IS NULL OR received >= ?2) AND (?3 IS NULL OR received < ?3 OR received = ?3 AND message.id < ?4)
            """
        // Its own are a walk along the index of accounts; among all mail those of a quiet account are far apart.
        let itsOwn = """
            message.id IN (
              SELECT id FROM (SELECT id FROM message WHERE account = ?1 AND \(rest)
                ORDER BY received DESC, id DESC LIMIT ?5)
              UNION SELECT message FROM mention WHERE account = ?1)
            """
        return try db.rows(
            """
            SELECT \(Self.summaryColumns) WHERE \(account == nil ? "?1 IS NULL" : itsOwn) AND \(rest)
            ORDER BY received DESC, message.id DESC LIMIT ?5
            """, account?.rawValue, since?.milliseconds, last?.received.milliseconds, last?.number.rawValue,
            limit, read: Self.summary)
    }

    package func message(_ number: MessageNumber) throws -> MessageSummary? {
        try db.first(
            "SELECT \(Self.summaryColumns) WHERE message.id = ?", number.rawValue, read: Self.summary)
    }

    /// Messages of a sender that nobody has been found for, oldest first: what linking an address would file.
    package func unmatchedMessages(from key: String) throws -> [MessageNumber] {
        try db.rows(
            """
            SELECT id FROM message WHERE from_key = ? AND account IS NULL AND direction = 'in'
              AND match IN ('unmatched', 'suggested', 'ambiguous', 'domain') ORDER BY received
            """, key
        ) { MessageNumber($0.integer(0)) }
    }

    /// The address a message came from, as compared.
    package func senderKey(of message: MessageNumber) throws -> String? {
        try db.first("SELECT from_key FROM message WHERE id = ?", message.rawValue) { $0.optionalText(0) }
            ?? nil
    }

    package func recipients(of message: MessageNumber, role: String) throws -> [(
        name: String?, address: String
    )] {
        try db.rows(
            "SELECT name, address FROM recipient WHERE message = ? AND role = ? ORDER BY place",
            message.rawValue, role
        ) { ($0.optionalText(0), $0.text(1)) }
    }

    package func placements(of message: MessageNumber) throws -> [PlacementRow] {
        try db.rows(
            """
            SELECT source.name, mailbox.name, uid_validity, uid, flags, gone FROM placement
            JOIN mailbox ON mailbox.id = placement.mailbox JOIN source ON source.id = mailbox.source
            WHERE message = ? ORDER BY source.name, mailbox.name, uid_validity, uid
            """, message.rawValue
        ) { row in
            UID(UInt32(row.int(3))).map {
                PlacementRow(
                    source: row.text(0), mailbox: row.text(1), uidValidity: row.int(2), uid: $0,
                    flags: row.text(4).split(separator: " ").map(String.init),
                    gone: row.optionalInteger(5).map { Timestamp(milliseconds: $0) })
            }
        }.compactMap { $0 }
    }

    private static let partColumns = """
        part.message, part.section, unwrapped_from, media_type, disposition, part.name, charset, content_id, part.octets,
        part.sha256, coalesce(unwrapping = 'complete', 0), state, reason, because, place, document.id, account.number, folder.name, document.path,
        document.name
        FROM part LEFT JOIN document ON document.id = part.document LEFT JOIN folder ON folder.id = document.folder
        LEFT JOIN account ON account.id = document.account
        """

    private static func part(_ row: Row) -> PartRow? {
        guard let sha256 = SHA256Digest(octets: row.blob(9)) else { return nil }
        let document = row.optionalText(16).map { account in
            let path = row.text(18)
            return (
                account: account, folder: path.isEmpty ? row.text(17) : row.text(17) + "/" + path,
                name: row.text(19)
            )
        }
        return PartRow(
            message: MessageNumber(row.integer(0)), section: Section(row.text(1)),
            unwrappedFrom: row.optionalText(2).map { Section($0) }, mediaType: row.text(3),
            disposition: row.optionalText(4), name: row.optionalText(5), charset: row.optionalText(6),
            contentID: row.optionalText(7), octets: row.integer(8), sha256: sha256, isContainer: row.bool(10),
            state: LedgerState(rawValue: row.text(11)) ?? .failed, reason: row.optionalText(12),
            because: row.text(13),
            place: row.optionalText(14), document: document,
            documentID: row.optionalInteger(15).map { DocumentID($0) })
    }

    package func parts(of message: MessageNumber) throws -> [PartRow] {
        try db.rows(
            "SELECT \(Self.partColumns) WHERE part.message = ? ORDER BY part.id", message.rawValue,
            read: Self.part
        ).compactMap { $0 }
    }

    /// Parts in a state, newest message first: what waits for staff.
    package func parts(state: LedgerState, account: AccountID? = nil, limit: Int) throws -> [PartRow] {
        try db.rows(
            """
            SELECT \(Self.partColumns) JOIN message ON message.id = part.message
            WHERE state = ?1 AND (?2 IS NULL OR message.account = ?2
              OR EXISTS (SELECT 1 FROM suggestion WHERE suggestion.message = message.id AND suggestion.account = ?2))
            ORDER BY part.message DESC, part.id LIMIT ?3
            """, state.rawValue, account?.rawValue, limit, read: Self.part
        ).compactMap { $0 }
    }

    package func suggestions(of message: MessageNumber) throws -> [String] {
        try db.rows(
            "SELECT number FROM suggestion JOIN account ON account.id = account WHERE message = ? ORDER BY place",
            message.rawValue
        ) { $0.text(0) }
    }

    /// Every original of a message: where its octets lie.
    package func originals(of message: MessageNumber) throws -> [(
        digest: SHA256Digest, octets: Int64, place: OriginalPlace
    )] {
        try db.rows(
            "SELECT sha256, octets, segment, offset, length FROM original WHERE message = ? ORDER BY id",
            message.rawValue,
            read: Self.original
        ).compactMap { $0 }
    }

    static func original(_ row: Row) -> (digest: SHA256Digest, octets: Int64, place: OriginalPlace)? {
        SHA256Digest(octets: row.blob(0)).map {
            (
                $0, row.integer(1),
                OriginalPlace(segment: row.int(2), offset: row.integer(3), length: row.integer(4))
            )
        }
    }
}
