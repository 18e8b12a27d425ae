package import Mail
package import Mailroom
internal import SQLite

/// What takes a deed back: `/undo/7`.
package struct UndoID: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
    package var description: String { "\(rawValue)" }
}

/// Who does it, and when.
package struct StaffAct: Sendable, Hashable {
    package let staff: StaffID
    /// As in the audit.
    package let actor: String
    package let now: Timestamp

    package init(staff: StaffID, actor: String, now: Timestamp) {
        self.staff = staff
        self.actor = actor
        self.now = now
    }
}

// What staff do with conversations: of one or of many alike, audited, and taken back in one click.

extension StoreTransaction {
    /// Whose turn it is, for everybody.
    @discardableResult
    package func setState(
        _ state: ConversationState, of ids: [ConversationID], until: Timestamp? = nil, _ act: StaffAct
    ) throws -> UndoID? {
        try change(ids, "conversation.\(state.rawValue)", act) { record in
            let until = state == .snoozed ? until?.milliseconds : nil
            guard record.state != state || record.until != until else { return false }
            record.state = state
            record.until = until
            return true
        }
    }

    /// Sleeps until then, or until the client writes.
    @discardableResult
    package func snooze(
        _ ids: [ConversationID], until: Timestamp?, _ act: StaffAct
    ) throws -> UndoID? {
        if let until, until <= act.now { throw StoreError(.invalid, "that time is over") }
        return try setState(.snoozed, of: ids, until: until, act)
    }

    /// Gives conversations to a colleague, who finds them unread, or to nobody.
    @discardableResult
    package func assign(
        _ ids: [ConversationID], to staff: StaffID?, _ act: StaffAct
    ) throws -> UndoID? {
        if let staff, try staffMember(staff).map(\.isDisabled) ?? true {
            throw StoreError(.notFound, "there is no such colleague")
        }
        return try change(ids, "conversation.assign", act, detail: staff.map { "\($0)" } ?? "nobody") {
            record in
            guard record.assigned != staff?.rawValue else { return false }
            record.assigned = staff?.rawValue
            // What one gives oneself is no news.
            if let staff, staff != act.staff { try markUnread(record.id, for: staff) }
            return true
        }
    }

    /// Changes those that this person may see; the undo holds how they were.
    private func change(
        _ ids: [ConversationID], _ action: String, _ act: StaffAct, detail: String = "",
        _ body: (inout ConversationRecord) throws -> Bool
    ) throws -> UndoID? {
        var undo: UndoID?
        for id in Set(ids) {
            guard try conversation(id, for: act.staff) != nil, var record = try conversationRecord(id) else {
                throw StoreError(.notFound, "there is no conversation \(id)")
            }
            let (old, seen) = (record, try seen(id, by: act.staff))
            guard try body(&record) else { continue }
            try update(record)
            let into = try undo ?? beginUndo(action, act)
            undo = into
            try remember(old, seen: seen, in: into)
            try audit(
                action, by: act.actor, account: record.account, subject: "\(id)", detail: detail, at: act.now)
            changedParts.formUnion(["inbox", "conversation-\(id)"])
        }
        return undo
    }

    // MARK: - Read and unread

    private func seen(_ id: ConversationID, by staff: StaffID) throws -> Int64? {
        try db.first(
            "SELECT at FROM seen WHERE conversation = ? AND staff = ?", id.rawValue, staff.rawValue
        ) { $0.integer(0) }
    }

    private func setSeen(_ id: ConversationID, by staff: StaffID, at: Int64?) throws {
        if let at {
            try db.run(
                "INSERT OR REPLACE INTO seen (conversation, staff, at) VALUES (?, ?, ?)", id.rawValue,
                staff.rawValue, at)
        } else {
            try db.run(
                "DELETE FROM seen WHERE conversation = ? AND staff = ?", id.rawValue, staff.rawValue)
        }
        changedParts.insert("inbox")
    }

    /// Somebody has to look at it, whatever came.
    func markUnread(_ id: ConversationID, for staff: StaffID) throws { try setSeen(id, by: staff, at: -1) }

    /// One's own mark: nobody else's list changes.
    package func markUnread(_ ids: [ConversationID], by staff: StaffID) throws {
        for id in ids where try conversation(id, for: staff) != nil { try markUnread(id, for: staff) }
    }

    /// - Parameter arrived: of the row that was shown: what came since is unread.
    package func markRead(_ id: ConversationID, by staff: StaffID, upTo arrived: Int64? = nil) throws {
        guard let row = try conversation(id, for: staff), row.isUnread else { return }
        try setSeen(id, by: staff, at: arrived ?? row.arrived)
    }

    /// Whether he said so himself, or somebody called him.
    package func isMarkedUnread(_ id: ConversationID, by staff: StaffID) throws -> Bool {
        try seen(id, by: staff) == -1
    }

    // MARK: - Time

    /// Opens what slept until now.
    ///
    /// - Returns: how many.
    @discardableResult
    package func wakeConversations(now: Timestamp) throws -> Int {
        let due = try db.rows(
            """
            SELECT \(ConversationRecord.columns) FROM conversation c
            WHERE state = 'snoozed' AND until <= ? LIMIT 1000
            """, now.milliseconds, read: ConversationRecord.read)
        for var record in due {
            record.latest = max(record.latest, record.until ?? 0)
            record.state = .open
            record.until = nil
            try update(record)
            if let assigned = record.assigned { try markUnread(record.id, for: StaffID(assigned)) }
            changedParts.formUnion(["inbox", "conversation-\(record.id)"])
        }
        return due.count
    }
}
