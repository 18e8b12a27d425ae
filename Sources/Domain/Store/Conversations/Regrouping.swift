internal import Mail
package import Mailroom
internal import SQLite

// A conversation whose rule of who it is, or of who may see it, changes: what no longer belongs together parts.

extension StoreTransaction {
    /// Gives a conversation to another account with its notes, its colleague and what is unread; what of it
    /// can't be given goes on by itself.
    ///
    /// - Parameter messages: the ones that are given; each is judged by ``setMatching(_:because:judgement:of:)``
    ///   besides.
    package func giveConversation(
        _ id: ConversationID, _ messages: [MessageNumber], to account: AccountID?
    ) throws {
        guard var record = try conversationRecord(id) else {
            throw StoreError(.notFound, "there is no conversation \(id)")
        }
        let given = Set(messages.map(\.rawValue))
        let all = try db.rows(
            "SELECT id FROM message WHERE conversation = ? ORDER BY received, id", id.rawValue
        ) {
            $0.integer(0)
        }
        try part(record, from: all.filter { !given.contains($0) })
        let old = record.account
        record.account = account?.rawValue
        try update(record)
        for message in given {
            try db.run("UPDATE message SET account = ? WHERE id = ?", account?.rawValue, message)
            try db.run(
                """
                UPDATE event SET account = ?1 WHERE conversation = ?2 AND request IS NULL AND (message = ?3
                  OR letter IN (SELECT id FROM letter WHERE message = ?3))
                """, account?.rawValue, id.rawValue, message)
            try db.run(
                "UPDATE letter SET account = ? WHERE message = ? AND request IS NULL", account?.rawValue,
                message)
        }
        try detachForeignEvents(of: id)
        try refresh(id)
        changedParts.formUnion(["inbox", "conversation-\(id)"])
        for account in [old, account?.rawValue].compactMap({ $0 }) {
            changedParts.insert("account-\(account)")
        }
    }

    /// Has some messages go on in a conversation of their own, with what happened about them.
    ///
    /// - Returns: nil where there are none.
    @discardableResult
    private func part(_ old: ConversationRecord, from messages: [Int64]) throws -> ConversationID? {
        guard let last = messages.last, let entry = try storedEntry(of: last, effect: .shows)?.entry else {
            return nil
        }
        let id = try split(old, entry)
        for message in messages {
            try db.run("UPDATE message SET conversation = ? WHERE id = ?", id.rawValue, message)
            try db.run(
                """
                UPDATE event SET conversation = ?1 WHERE conversation = ?2 AND (message = ?3
                  OR letter IN (SELECT id FROM letter WHERE message = ?3)
                  OR request IN (SELECT request FROM letter WHERE message = ?3))
                """, id.rawValue, old.id.rawValue, message)
        }
        try refresh(id)
        changedParts.formUnion(["inbox", "conversation-\(id)", "conversation-\(old.id)"])
        return id
    }

    /// What only some may see from now on stands in no conversation that others see.
    ///
    /// Our answers go with what they answer, for they quote it; so do notes from
    /// then on, for they may speak of it.
    func partConversations(ofRestricted source: String) throws {
        let mixed = try db.rows(
            """
            SELECT DISTINCT hidden.conversation FROM message AS hidden JOIN message AS other
              ON other.conversation = hidden.conversation
            WHERE hidden.source = ?1 AND other.source IS NOT ?1 AND (other.source IS NOT NULL OR other.direction = 'in')
            """, source
        ) { ConversationID($0.integer(0)) }
        for id in mixed {
            guard let record = try conversationRecord(id) else { continue }
            let hidden = try messages(of: id, source: source)
            guard let new = try part(record, from: hidden.messages) else { continue }
            if var parted = try conversationRecord(new) {
                parted.assigned = record.assigned
                try update(parted)
            }
            try db.run(
                "UPDATE note SET conversation = ? WHERE conversation = ? AND at >= ?", new.rawValue,
                id.rawValue, hidden.since)
            try refresh(id)
        }
        // A conversation of that source alone knows so already; one of several sources is of none.
        for id in try db.rows(
            """
            SELECT DISTINCT conversation FROM message JOIN conversation ON conversation.id = message.conversation
            WHERE message.source = ?1 AND conversation.source IS NOT ?1
            """, source, read: { ConversationID($0.integer(0)) })
        { try refresh(id) }
    }

    /// What of a conversation came by a source, with our answers to that and theirs in turn.
    private func messages(
        of id: ConversationID, source: String
    ) throws -> (messages: [Int64], since: Int64) {
        let all = try db.rows(
            """
            SELECT id, source, direction, message_id, in_reply_to, received FROM message
            WHERE conversation = ? ORDER BY received, id
            """, id.rawValue
        ) { row in
            (
                id: row.integer(0), source: row.optionalText(1), isOurs: row.text(2) == "out",
                name: row.optionalText(3), answers: row.optionalText(4), received: row.integer(5)
            )
        }
        var names: Set<String> = []
        var messages: [Int64] = []
        var since = Int64.max
        for message in all {
            let isAnswer = message.isOurs && message.answers.map(names.contains) ?? false
            guard message.source == source || isAnswer else { continue }
            messages.append(message.id)
            since = min(since, message.received)
            if let name = message.name { names.insert(name) }
        }
        return (messages, since)
    }
}
