package import Mail
package import Mailroom
internal import SQLite
package import Text

/// Whose a message was before staff gave it to another account.
package struct FormerOwner: Sendable, Equatable {
    package let message: MessageNumber
    /// Nil: nobody's.
    package let account: AccountID?
    package let kind: MatchKind
    package let because: String
    package let contact: ContactID?
    package let intoIntake: Bool
    /// The sender's address, where that speaks for the other account since.
    package let remembered: AddressKey?
}

extension StoreTransaction {
    /// What of a conversation another account can be given, oldest first: the letters of a request, and what came
    /// by its links, are that request's, and so its account's.
    package func givableMessages(of id: ConversationID) throws -> [MessageNumber] {
        try db.rows(
            """
            SELECT id FROM message WHERE conversation = ? AND NOT EXISTS
              (SELECT 1 FROM letter WHERE letter.message = message.id AND request IS NOT NULL)
              AND NOT EXISTS (SELECT 1 FROM part JOIN upload ON upload.part = part.id WHERE part.message = message.id)
            ORDER BY received, id
            """, id.rawValue
        ) { MessageNumber($0.integer(0)) }
    }

    /// What the other side wrote in a conversation.
    package func incomingMessages(of id: ConversationID) throws -> [MessageNumber] {
        try db.rows(
            "SELECT id FROM message WHERE conversation = ? AND direction = 'in' ORDER BY received, id",
            id.rawValue
        ) { MessageNumber($0.integer(0)) }
    }

    /// Begins what takes a change of accounts back.
    package func beginAccountChange(_ act: StaffAct, isWhole: Bool) throws -> UndoID {
        try beginUndo(isWhole ? Self.accountChange : Self.messageAccountChange, act)
    }

    package static let accountChange = "conversation.account"
    /// Of one message, which left its conversation.
    package static let messageAccountChange = "message.account"

    /// Whether an undo is one of these, and of whole conversations; nil: it is another.
    package func isWholeAccountChange(_ undo: UndoID, of staff: StaffID) throws -> Bool? {
        switch try undoAction(undo, of: staff) {
        case Self.accountChange: true
        case Self.messageAccountChange: false
        case _: nil
        }
    }

    /// Notes whose a message is, and where its documents lie, before that changes.
    package func rememberOwner(
        of message: MessageNumber, remembered: AddressKey?, in undo: UndoID
    ) throws {
        try db.run(
            """
            INSERT INTO undo_message (undo, message, account, match, match_reason, contact, into_intake, remembered)
            SELECT ?1, id, account, match, match_reason, contact, into_intake, ?3 FROM message WHERE id = ?2
            """, undo.rawValue, message.rawValue, remembered?.description)
        try db.run(
            """
            INSERT OR IGNORE INTO undo_document (undo, document, folder)
            SELECT ?1, document.id, folder.name || CASE path WHEN '' THEN '' ELSE '/' || path END
            FROM part JOIN document ON document.id = part.document JOIN folder ON folder.id = document.folder
            WHERE part.message = ?2 AND trashed IS NULL
            """, undo.rawValue, message.rawValue)
    }

    /// What an undo of that person's takes back, as long as it can.
    package func undoAction(_ undo: UndoID, of staff: StaffID) throws -> String? {
        try db.first(
            "SELECT action FROM undo WHERE id = ? AND staff = ? AND used IS NULL", undo.rawValue,
            staff.rawValue
        ) { $0.text(0) }
    }

    /// Whose messages were, by their conversations of today; with that the undo is used.
    package func takeFormerOwners(
        _ undo: UndoID, _ act: StaffAct
    ) throws -> [(conversation: ConversationID, owners: [FormerOwner])] {
        guard try isWholeAccountChange(undo, of: act.staff) != nil else {
            throw StoreError(.notFound, "there is nothing to take back")
        }
        try db.run("UPDATE undo SET used = ? WHERE id = ?", act.now.milliseconds, undo.rawValue)
        let rows = try db.rows(
            """
            SELECT message.conversation, undo_message.message, undo_message.account, undo_message.match,
              undo_message.match_reason, undo_message.contact, undo_message.into_intake, remembered
            FROM undo_message JOIN message ON message.id = undo_message.message
            WHERE undo = ? AND message.conversation IS NOT NULL ORDER BY message.received, message.id
            """, undo.rawValue
        ) { row in
            (
                conversation: ConversationID(row.integer(0)),
                owner: FormerOwner(
                    message: MessageNumber(row.integer(1)),
                    account: row.optionalInteger(2).map { AccountID($0) },
                    kind: MatchKind(rawValue: row.text(3)) ?? .staff, because: row.text(4),
                    contact: row.optionalInteger(5).map { ContactID($0) }, intoIntake: row.bool(6),
                    remembered: row.optionalText(7).flatMap { AddressKey($0) })
            )
        }
        var order: [ConversationID] = []
        for row in rows where !order.contains(row.conversation) { order.append(row.conversation) }
        let byConversation = Dictionary(grouping: rows, by: \.conversation)
        return order.map { id in (id, (byConversation[id] ?? []).map(\.owner)) }
    }

    /// The folders in which documents lay before an account was changed.
    package func formerFolders(_ undo: UndoID) throws -> [DocumentID: FolderPath] {
        let rows = try db.rows("SELECT document, folder FROM undo_document WHERE undo = ?", undo.rawValue) {
            (DocumentID($0.integer(0)), FolderPath($0.text(1).split(separator: "/").map(String.init)))
        }
        return rows.reduce(into: [:]) { folders, row in folders[row.0] = row.1 }
    }

    /// Parts that have their place are to be given one anew.
    package func waitAgain(_ sections: [Section], of message: MessageNumber) throws {
        for section in sections {
            try db.run(
                """
                UPDATE part SET state = 'needs_filing', reason = 'unmatched', document = NULL, place = NULL, unfiled = 0
                WHERE message = ? AND section = ?
                """, message.rawValue, section.text)
        }
    }

    /// A document came by another message, too, and goes on as that one's.
    package func leaveDocument(
        _ id: DocumentID, to origin: (message: MessageNumber, section: Section)
    ) throws {
        try db.run(
            "UPDATE document SET message = ?, section = ? WHERE id = ?", origin.message.rawValue,
            origin.section.text, id.rawValue)
        try db.run(
            """
            UPDATE part SET state = 'filed', because = 'the message that it came by first is another account’s'
            WHERE message = ? AND section = ? AND state = 'duplicate'
            """, origin.message.rawValue, origin.section.text)
    }
}
