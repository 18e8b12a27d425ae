package import Mail
package import Mailroom
internal import SQLite

/// Something that happened with a request, as its page tells it.
package struct RequestMoment: Hashable, Sendable {
    package let at: Timestamp
    /// Of the audit, `request.send`; or of an event, `request.answered`.
    package let action: String
    /// Who did it, by name; nil: nobody did it, it came about.
    package let actor: String?
    package let detail: String?
}

extension StoreTransaction {
    /// Letters of a request, the newest first.
    package func letters(of request: RequestID) throws -> [QueuedLetter] {
        try db.rows("SELECT id FROM letter WHERE request = ? ORDER BY id DESC", request.rawValue) {
            LetterID($0.integer(0))
        }.compactMap { try queuedLetter($0) }
    }

    /// What was asked in a conversation by a letter, or is told of there; the newest first, revoked ones apart.
    package func requests(in conversation: ConversationID, for staff: StaffID, limit: Int) throws -> [Request]
    {
        let ids = try db.rows(
            """
            SELECT request FROM letter JOIN message ON message.id = letter.message
            WHERE message.conversation = ?1 AND request IS NOT NULL
            UNION SELECT request FROM event WHERE conversation = ?1 AND request IS NOT NULL ORDER BY 1 DESC
            """, conversation.rawValue
        ) { RequestID($0.integer(0)) }
        let found = try ids.compactMap { try request($0, for: staff) }
        return Array(found.filter { $0.state != .revoked }.prefix(limit))
    }

    /// Deeds and events of a request, the newest first.
    package func moments(of request: RequestID, account: AccountID, limit: Int = 100) throws
        -> [RequestMoment]
    {
        try db.rows(
            """
            SELECT at, action, \(Self.name(ofActor: "actor")), detail FROM audit
            WHERE account = ?1 AND subject = CAST(?2 AS TEXT) AND action LIKE 'request.%'
            UNION ALL SELECT at, kind, NULL, who FROM event WHERE request = ?2
              AND kind IN ('request.answered', 'request.partly_answered', 'request.undelivered', 'link.opened',
                'link.guessed', 'upload.done', 'upload.link_wanted')
            ORDER BY at DESC LIMIT ?3
            """, account.rawValue, request.rawValue, limit
        ) { row in
            RequestMoment(
                at: Timestamp(milliseconds: row.integer(0)), action: row.text(1),
                actor: row.optionalText(2), detail: row.optionalText(3))
        }
    }

    /// An account that this person may see.
    package func accountChoice(_ number: String, for staff: StaffID) throws -> AccountChoice? {
        try accountChoices(for: staff, where: "number = ?2", number).first
    }

    package func accountChoice(_ id: AccountID, for staff: StaffID) throws -> AccountChoice? {
        try accountChoices(for: staff, where: "id = ?2", id.rawValue).first
    }

    /// Every account that this person may see, by name.
    package func accountChoices(for staff: StaffID) throws -> [AccountChoice] {
        try accountChoices(for: staff, where: "id <> ?2", Int64(0))
    }

    private func accountChoices(
        for staff: StaffID, where condition: String, _ value: any SQLiteBindable
    ) throws -> [AccountChoice] {
        try db.rows(
            """
            SELECT id, number, name FROM account
            WHERE id NOT IN (SELECT account FROM hidden_account WHERE staff = ?1) AND (\(condition))
            ORDER BY name LIMIT 5000
            """, staff.rawValue, value
        ) { AccountChoice(id: AccountID($0.integer(0)), number: $0.text(1), name: $0.text(2)) }
    }

    /// Whether this person may see a message: neither its account nor every mailbox it lies in is hidden.
    package func maySee(_ message: MessageNumber, _ staff: StaffID) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM message WHERE id = ?1
              AND (account IS NULL OR account NOT IN (SELECT account FROM hidden_account WHERE staff = ?2))
              AND (NOT EXISTS (SELECT 1 FROM placement WHERE message = ?1) OR EXISTS (
                SELECT 1 FROM placement JOIN mailbox ON mailbox.id = placement.mailbox
                JOIN source ON source.id = mailbox.source WHERE placement.message = ?1
                  AND source.name NOT IN (SELECT source FROM hidden_source WHERE staff = ?2)))
            """, message.rawValue, staff.rawValue)
    }
}
