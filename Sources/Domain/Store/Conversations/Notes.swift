package import Mail
package import Mailroom
internal import SQLite

/// What a colleague wrote into a conversation for the others.
package struct ConversationNote: Sendable, Hashable {
    package let id: Int64
    package let author: StaffID
    package let authorName: String
    package let at: Timestamp
    package let text: String
}

extension StoreTransaction {
    /// Writes a note; whom it names with @ finds the conversation unread.
    ///
    /// - Returns: who was named.
    @discardableResult
    package func addNote(_ text: String, to id: ConversationID, _ act: StaffAct) throws -> [StaffID] {
        guard let row = try conversation(id, for: act.staff) else {
            throw StoreError(.notFound, "there is no conversation \(id)")
        }
        guard text.contains(where: { !$0.isWhitespace }), text.utf8.count <= 64 << 10 else {
            throw StoreError(.invalid, "a note has words")
        }
        try db.run(
            "INSERT INTO note (conversation, author, at, text) VALUES (?, ?, ?, ?)", id.rawValue,
            act.staff.rawValue, act.now.milliseconds, text)
        let mentions = NoteMentions(try staffMembers().filter { !$0.isDisabled })
        // Nobody is called to what he may not see.
        let named = try mentions.named(in: text).filter { staff in
            try staff != act.staff && conversation(id, for: staff) != nil
        }
        for staff in named { try markUnread(id, for: staff) }
        try audit(
            "conversation.note", by: act.actor, account: row.account?.rawValue, subject: "\(id)", at: act.now)
        changedParts.formUnion(["inbox", "conversation-\(id)"])
        return named
    }

    package func notes(of id: ConversationID) throws -> [ConversationNote] {
        try db.rows(
            """
            SELECT note.id, author, staff.name, at, text FROM note JOIN staff ON staff.id = author
            WHERE conversation = ? ORDER BY at, note.id
            """, id.rawValue
        ) { row in
            ConversationNote(
                id: row.integer(0), author: StaffID(row.integer(1)), authorName: row.text(2),
                at: Timestamp(milliseconds: row.integer(3)), text: row.text(4))
        }
    }
}
