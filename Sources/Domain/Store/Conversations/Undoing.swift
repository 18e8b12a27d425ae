internal import Mail
internal import Mailroom
internal import SQLite

extension StoreTransaction {
    func beginUndo(_ action: String, _ act: StaffAct) throws -> UndoID {
        // What nobody took back within a day nobody does.
        let old = act.now.milliseconds - 86_400_000
        for table in ["undo_conversation", "undo_message", "undo_document"] {
            try db.run("DELETE FROM \(table) WHERE undo IN (SELECT id FROM undo WHERE at < ?)", old)
        }
        try db.run("DELETE FROM undo WHERE at < ?", old)
        return UndoID(
            try db.insert(
                "INSERT INTO undo (staff, at, action) VALUES (?, ?, ?)", act.staff.rawValue,
                act.now.milliseconds, action))
    }

    func remember(_ record: ConversationRecord, seen: Int64?, in undo: UndoID) throws {
        try db.run(
            """
            INSERT INTO undo_conversation (undo, conversation, state, until, assigned, seen) VALUES (?, ?, ?, ?, ?, ?)
            """, undo.rawValue, record.id.rawValue, record.state.rawValue, record.until, record.assigned, seen
        )
    }

    /// Takes back what oneself did, once; what the client wrote since stays.
    package func undo(_ undo: UndoID, _ act: StaffAct) throws {
        let action = try db.first(
            "SELECT action FROM undo WHERE id = ? AND staff = ? AND used IS NULL", undo.rawValue,
            act.staff.rawValue
        ) { $0.text(0) }
        guard let action else { throw StoreError(.notFound, "there is nothing to take back") }
        let before = try db.rows(
            "SELECT conversation, state, until, assigned FROM undo_conversation WHERE undo = ?", undo.rawValue
        ) { row in
            (
                id: ConversationID(row.integer(0)), state: ConversationState(rawValue: row.text(1)) ?? .open,
                until: row.optionalInteger(2), assigned: row.optionalInteger(3)
            )
        }
        for old in before {
            guard var record = try conversationRecord(old.id) else { continue }
            if action == "conversation.assign" {
                record.assigned = old.assigned
            } else if "conversation.\(record.state.rawValue)" == action {
                (record.state, record.until) = (old.state, old.until)
            }
            try update(record)
            try audit(
                "conversation.undo", by: act.actor, account: record.account, subject: "\(old.id)",
                detail: action, at: act.now)
            changedParts.formUnion(["inbox", "conversation-\(old.id)"])
        }
        try db.run("UPDATE undo SET used = ? WHERE id = ?", act.now.milliseconds, undo.rawValue)
    }
}
