package import Mail
package import Mailroom
internal import SQLite

/// A document that goes along when the mail it came by is given to another account.
package struct GoingDocument: Sendable, Hashable {
    package let name: String
    /// With what is below it.
    package let folder: String
    package let access: Access
    package let filed: Timestamp
    package let account: AccountChoice
}

/// What staff are shown before they give conversations to another account.
package struct AccountChangeOutlook: Sendable, Hashable {
    package let conversations: [ConversationRow]
    /// Whose mail it could be, by what is known of it.
    package let offered: [AccountChoice]
    /// What this person last worked on.
    package let recent: [AccountChoice]
    package let documents: [GoingDocument]
    /// Requests whose letters stay with their account.
    package let requests: [String]
}

extension StoreTransaction {
    /// - Parameters:
    ///   - message: the one of a conversation's that is somebody else's; nil: all are.
    ///   - actors: as the audit calls this person.
    /// - Returns: nil where there is one that this person may not see.
    package func accountChangeOutlook(
        _ ids: [ConversationID], only message: MessageNumber? = nil, for staff: StaffID, actors: [String]
    ) throws -> AccountChangeOutlook? {
        let rows = try ids.compactMap { try conversation($0, for: staff) }
        guard rows.count == ids.count else { return nil }
        let current = Set(rows.map(\.account))
        func others(_ choices: [AccountID]) throws -> [AccountChoice] {
            var known: [AccountID] = []
            for id in choices where !known.contains(id) && current != [id] { known.append(id) }
            return try known.compactMap { try accountChoice($0, for: .some(staff)) }
        }
        let offered = try others(try rows.prefix(20).flatMap { try possibleAccounts(of: $0.id) })
        let recent = try others(try recentAccounts(actors))
        return AccountChangeOutlook(
            conversations: rows, offered: Array(offered.prefix(6)),
            recent: Array(recent.filter { !offered.contains($0) }.prefix(6)),
            documents: try rows.flatMap { try goingDocuments(of: $0.id, only: message) },
            requests: message == nil ? try rows.flatMap { try requestsWritten(in: $0.id) } : [])
    }

    /// What was suggested for its mail, and whom its senders speak for.
    private func possibleAccounts(of id: ConversationID) throws -> [AccountID] {
        try db.rows(
            """
            SELECT suggestion.account FROM message JOIN suggestion ON suggestion.message = message.id
            WHERE conversation = ?1
            UNION ALL SELECT account_contact.account FROM message JOIN account_contact ON account_contact.key = from_key
            WHERE conversation = ?1 AND direction = 'in' LIMIT 100
            """, id.rawValue
        ) { AccountID($0.integer(0)) }
    }

    /// What a person last worked on, and may see.
    ///
    /// - Parameter actors: as the audit calls this person.
    package func recentAccounts(of actors: [String], for staff: StaffID) throws -> [AccountChoice] {
        try recentAccounts(actors).compactMap { try accountChoice($0, for: .some(staff)) }
    }

    private func recentAccounts(_ actors: [String]) throws -> [AccountID] {
        let rows = try db.rows(
            "SELECT actor, account FROM audit WHERE account IS NOT NULL ORDER BY id DESC LIMIT 2000"
        ) { (actor: $0.text(0), account: AccountID($0.integer(1))) }
        var recent: [AccountID] = []
        for row in rows where actors.contains(row.actor) && !recent.contains(row.account) {
            recent.append(row.account)
        }
        // Whoever did nothing yet is offered those that wrote last.
        let last = try db.rows(
            """
            SELECT account FROM conversation WHERE is_other = 0 AND state = 'open' AND account IS NOT NULL
            ORDER BY latest DESC LIMIT 60
            """
        ) { AccountID($0.integer(0)) }
        for account in last where recent.count < 12 && !recent.contains(account) { recent.append(account) }
        return Array(recent.prefix(12))
    }

    private func goingDocuments(
        of id: ConversationID, only message: MessageNumber?
    ) throws -> [GoingDocument] {
        try db.rows(
            """
            SELECT DISTINCT document.id, document.name, folder.name, document.path, folder.access, document.filed,
              account.id, account.number, account.name
            FROM message CROSS JOIN part ON part.message = message.id
            JOIN document ON document.id = part.document AND document.account = message.account
            JOIN folder ON folder.id = document.folder JOIN account ON account.id = document.account
            WHERE conversation = ?1 AND (?2 IS NULL OR message.id = ?2) AND trashed IS NULL AND NOT EXISTS
              (SELECT 1 FROM letter WHERE letter.message = message.id AND request IS NOT NULL)
              AND NOT EXISTS (SELECT 1 FROM upload JOIN part AS sent ON sent.id = upload.part WHERE sent.message = message.id)
              AND NOT EXISTS (SELECT 1 FROM part AS other JOIN message AS elsewhere ON elsewhere.id = other.message
                WHERE other.document = document.id
                  AND (elsewhere.conversation IS NOT ?1 OR ?2 IS NOT NULL AND elsewhere.id <> ?2))
            ORDER BY document.id
            """, id.rawValue, message?.rawValue
        ) { row in
            GoingDocument(
                name: row.text(1),
                folder: row.text(3).isEmpty ? row.text(2) : "\(row.text(2))/\(row.text(3))",
                access: Access(rawValue: row.text(4)) ?? .private,
                filed: Timestamp(milliseconds: row.integer(5)),
                account: AccountChoice(
                    id: AccountID(row.integer(6)), number: row.text(7), name: row.text(8)))
        }
    }

    private func requestsWritten(in id: ConversationID) throws -> [String] {
        try db.rows(
            """
            SELECT DISTINCT request.id, request.title FROM message JOIN letter ON letter.message = message.id
            JOIN request ON request.id = letter.request WHERE conversation = ? ORDER BY request.id
            """, id.rawValue
        ) { $0.text(1) }
    }
}
