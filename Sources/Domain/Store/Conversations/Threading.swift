internal import Mail
package import Mailroom
internal import SQLite

// Every message stands in one conversation, from the transaction that records it on. Finding it takes one
// statement for what it answers, or one for what has its subject; a second one changes or begins it.

extension StoreTransaction {
    /// Puts a message that is about to be recorded where it belongs.
    func enterConversation(_ entry: ConversationEntry, now: Timestamp) throws -> ConversationID {
        let ruled = entry.ruled
        changedParts.insert("inbox")
        if let account = entry.account { changedParts.insert("account-\(account)") }
        guard var record = try conversation(for: entry, ruled) else {
            var begun = ConversationRecord(entry, subjectKey: ruled.subjectKey, now: now.milliseconds)
            try assign(&begun)
            return try insert(begun)
        }
        precondition(record.account == entry.account, "a conversation never spans two accounts")
        let wasOpen = record.state == .open
        record.add(entry, now: now.milliseconds)
        // What somebody left to all of us while it was open stays with all of us.
        if !wasOpen { try assign(&record) }
        try update(record)
        changedParts.insert("conversation-\(record.id)")
        return record.id
    }

    func conversation(
        for entry: ConversationEntry, _ ruled: ConversationRule.Entry
    ) throws -> ConversationRecord? {
        let named = try conversations(naming: entry.names).filter { try mayMix($0.source, entry.source) }
        if let id = ConversationRule.named(ruled, named.map(\.candidate)) {
            return named.first { $0.id == id }
        }
        guard let counterpart = ruled.counterpart, !ruled.subjectKey.isEmpty else { return nil }
        let alike = try conversations(alike: ruled, counterpart).filter {
            try mayMix($0.source, entry.source)
        }
        let id = ConversationRule.likeNamed(ruled, alike.map(\.candidate))
        return alike.first { $0.id == id }
    }

    /// What only some may see stands in no conversation that others see.
    private func mayMix(_ one: String?, _ other: String?) throws -> Bool {
        guard one != other else { return true }
        return try !db.exists("SELECT 1 FROM source_viewer WHERE source IN (?, ?)", one, other)
    }

    private func conversations(naming names: [String]) throws -> [ConversationRecord] {
        guard !names.isEmpty else { return [] }
        func name(_ index: Int) -> String? { index < names.count ? names[index] : nil }
        let found = try db.rows(
            """
            SELECT \(ConversationRecord.columns) FROM conversation c WHERE c.id IN (
              SELECT conversation FROM message WHERE message_id IN (?1, ?2, ?3, ?4, ?5, ?6)
              UNION SELECT message.conversation FROM letter_name JOIN letter ON letter.id = letter
              JOIN message ON message.id = letter.message
              WHERE letter_name.message_id IN (?1, ?2, ?3, ?4, ?5, ?6))
            """, name(0), name(1), name(2), name(3), name(4), name(5), read: ConversationRecord.read)
        // Where the thread was split, the one that goes on.
        return found.sorted { $0.latest > $1.latest }
    }

    private func conversations(
        alike entry: ConversationRule.Entry, _ counterpart: String
    ) throws -> [ConversationRecord] {
        let span = ConversationRule.days * 86_400_000
        return try db.rows(
            """
            SELECT \(ConversationRecord.columns) FROM conversation c
            WHERE counterpart = ?1 AND subject_key = ?2 AND account IS ?3 AND latest >= ?4 AND first <= ?5
            ORDER BY latest DESC LIMIT 4
            """, counterpart, entry.subjectKey, entry.account?.rawValue,
            entry.received.milliseconds - span, entry.received.milliseconds + span,
            read: ConversationRecord.read)
    }

    func conversationRecord(_ id: ConversationID) throws -> ConversationRecord? {
        try db.first(
            "SELECT \(ConversationRecord.columns) FROM conversation c WHERE id = ?", id.rawValue,
            read: ConversationRecord.read)
    }

    func insert(_ record: ConversationRecord) throws -> ConversationID {
        ConversationID(
            try db.insert(
                """
                INSERT INTO conversation (account, counterpart, source, subject, subject_key, state, assigned, first, latest, heard,
                  arrived, people, snippet, direction, files, is_other)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, record.account, record.counterpart, record.source, record.subject, record.subjectKey,
                record.state.rawValue, record.assigned, record.first, record.latest, record.heard,
                record.arrived, record.people, record.snippet, record.direction, record.files, record.isOther)
        )
    }

    func update(_ record: ConversationRecord) throws {
        try db.run(
            """
            UPDATE conversation SET account = ?2, counterpart = ?3, source = ?4, subject = ?5, state = ?6, until = ?7,
              assigned = ?8, first = ?9, latest = ?10, heard = ?11, arrived = ?12, people = ?13, snippet = ?14,
              direction = ?15, files = ?16, is_other = ?17 WHERE id = ?1
            """, record.id.rawValue, record.account, record.counterpart, record.source, record.subject,
            record.state.rawValue, record.until, record.assigned, record.first, record.latest, record.heard,
            record.arrived, record.people, record.snippet, record.direction, record.files, record.isOther)
    }

    /// One more attachment of a message.
    func countFile(of message: MessageNumber) throws {
        try db.run(
            """
            UPDATE conversation SET files = files + 1
            WHERE id = (SELECT conversation FROM message WHERE id = ?)
            """, message.rawValue)
    }

    /// The conversation that a message stands in.
    package func conversation(of message: MessageNumber) throws -> ConversationID? {
        try db.first("SELECT conversation FROM message WHERE id = ?", message.rawValue) {
            $0.optionalInteger(0).map { ConversationID($0) }
        } ?? nil
    }
}

extension NewMessage {
    /// - Parameter key: of an address, as this message's are compared.
    func entry(now: Timestamp, key: (EmailAddress) -> String?) -> ConversationEntry {
        let direction = matching.direction
        let other = direction == .incoming ? envelope.from.first : envelope.to.first ?? envelope.cc.first
        var names: [String] = []
        for id in envelope.inReplyTo + envelope.references.reversed()
        where names.count < 6 && !names.contains(id.rawValue) {
            names.append(id.rawValue)
        }
        return ConversationEntry(
            account: matching.account?.rawValue,
            counterpart: other.map { key($0.address) ?? $0.address.description },
            people: other.map { $0.name ?? $0.address.description } ?? "", subject: envelope.subject ?? "",
            names: names, received: received.milliseconds, direction: direction, effect: effect(now),
            isOther: matching.isOther, snippet: snippet, source: source)
    }

    /// Of the mail before the first start, that of the last two weeks is still to be answered.
    private func effect(_ now: Timestamp) -> ConversationEffect {
        if isHistory, now.seconds - received.seconds > 14 * 86_400 { return .shows }
        if let letterEffect { return letterEffect }
        switch matching.nature {
        case .automatic(.deliveryReport): return .asks
        case .automatic: return .shows
        case .ordinary, .bulk: return matching.direction == .incoming ? .asks : .answers
        }
    }
}
