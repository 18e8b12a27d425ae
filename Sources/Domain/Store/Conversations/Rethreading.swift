internal import Mail
internal import Mailroom
internal import SQLite

// Whose a message is may be judged anew: then it leaves its conversation for one of the other account.

extension StoreTransaction {
    /// What a recorded message is to a conversation; nil where there is no such message.
    func storedEntry(
        of message: Int64, effect: ConversationEffect?, openSince: Int64 = .min
    ) throws -> (entry: ConversationEntry, recorded: Int64)? {
        try db.first(
            """
            SELECT m.account, m.direction, coalesce(CASE m.direction WHEN 'in' THEN m.from_key ELSE r.key END, m.from_key),
              coalesce(CASE m.direction WHEN 'in' THEN coalesce(m.from_name, m.from_address)
                ELSE coalesce(r.name, r.address) END, ''),
              coalesce(m.subject, ''), m.in_reply_to, m.received, m.nature, m.is_other, coalesce(m.snippet, ''),
              m.source, m.history, m.recorded
            FROM message m LEFT JOIN recipient r ON r.message = m.id AND r.role = 'to' AND r.place = 0 WHERE m.id = ?
            """, message
        ) { row in
            let direction = Direction(rawValue: row.text(1)) ?? .incoming
            let isLate = row.bool(11) || row.integer(6) < openSince
            let asks = ["ordinary", "bulk", AutomaticMail.deliveryReport.rawValue].contains(row.text(7))
            return (
                ConversationEntry(
                    account: row.optionalInteger(0), counterpart: row.optionalText(2), people: row.text(3),
                    subject: row.text(4), names: row.optionalText(5).map { [$0] } ?? [],
                    received: row.integer(6), direction: direction,
                    effect: effect
                        ?? (isLate || !asks ? .shows : direction == .incoming ? .asks : .answers),
                    isOther: row.bool(8), snippet: row.text(9), source: row.optionalText(10)),
                row.integer(12)
            )
        }
    }

    /// After a message was given to an account, or taken from one.
    func moveConversation(of message: MessageNumber, to account: AccountID?, isOther: Bool) throws {
        guard let id = try conversation(of: message), let old = try conversationRecord(id) else { return }
        changedParts.formUnion(["inbox", "conversation-\(id)"])
        guard old.account != account?.rawValue else {
            if old.isOther != isOther { try refresh(id) }
            return
        }
        for account in [old.account, account?.rawValue].compactMap({ $0 }) {
            changedParts.insert("account-\(account)")
        }
        guard let (entry, _) = try storedEntry(of: message.rawValue, effect: .shows) else { return }
        let isLast = try !db.exists(
            "SELECT 1 FROM message WHERE conversation = ? AND id <> ?", id.rawValue, message.rawValue)
        if let target = try conversation(for: entry, entry.ruled) {
            try move(message, from: old, to: target.id, isLast: isLast)
        } else if isLast {
            var moved = old
            moved.account = account?.rawValue
            moved.counterpart = entry.counterpart
            try reassign(&moved, from: old.account)
            try update(moved)
            try detachForeignEvents(of: id)
            try refresh(id)
        } else {
            try move(message, from: old, to: try split(old, entry), isLast: false)
        }
    }

    /// A conversation of its own for a message that leaves one: as unread, and as open, as that was.
    func split(_ old: ConversationRecord, _ entry: ConversationEntry) throws -> ConversationID {
        var record = ConversationRecord(entry, subjectKey: entry.ruled.subjectKey, now: 0)
        record.state = old.state
        record.until = old.until
        record.arrived = old.arrived
        try assign(&record)
        let id = try insert(record)
        record.id = id
        try update(record)
        try db.run(
            "INSERT INTO seen (conversation, staff, at) SELECT ?, staff, at FROM seen WHERE conversation = ?",
            id.rawValue, old.id.rawValue)
        return id
    }

    private func move(
        _ message: MessageNumber, from old: ConversationRecord, to target: ConversationID, isLast: Bool
    ) throws {
        changedParts.insert("conversation-\(target)")
        try db.run(
            "UPDATE message SET conversation = ? WHERE id = ?", target.rawValue, message.rawValue)
        try db.run(
            "UPDATE event SET conversation = ? WHERE conversation = ? AND message = ?", target.rawValue,
            old.id.rawValue, message.rawValue)
        if isLast, var record = try conversationRecord(target) {
            record.assigned = record.assigned ?? old.assigned
            if old.state == .open {
                record.state = .open
                record.until = nil
            }
            record.arrived = max(record.arrived, old.arrived)
            try update(record)
            try remove(old.id, for: target)
        } else {
            try refresh(old.id)
        }
        try detachForeignEvents(of: target)
        try refresh(target)
    }

    /// Ends a conversation that has no message any more; what was noted there goes on in another.
    private func remove(_ id: ConversationID, for target: ConversationID?) throws {
        if let target {
            try db.run(
                "UPDATE note SET conversation = ? WHERE conversation = ?", target.rawValue, id.rawValue)
        } else {
            try db.run("DELETE FROM note WHERE conversation = ?", id.rawValue)
        }
        try db.run(
            "UPDATE event SET conversation = ? WHERE conversation = ?", target?.rawValue, id.rawValue)
        try db.run("DELETE FROM conversation WHERE id = ?", id.rawValue)
    }

    /// An event of one account is not told in another's conversation.
    func detachForeignEvents(of id: ConversationID) throws {
        try db.run(
            """
            UPDATE event SET conversation = NULL WHERE conversation = ?1 AND account IS NOT NULL
              AND account IS NOT (SELECT account FROM conversation WHERE id = ?1)
            """, id.rawValue)
    }

    /// Derives anew what a conversation's row says of its messages; ends it where there are none.
    func refresh(_ id: ConversationID) throws {
        guard var record = try conversationRecord(id) else { return }
        guard try db.exists("SELECT 1 FROM message WHERE conversation = ?", id.rawValue) else {
            return try remove(id, for: nil)
        }
        let span = try db.first(
            """
            SELECT min(received), max(received), max(CASE direction WHEN 'in' THEN received END), min(is_other)
            FROM message WHERE conversation = ? AND NOT \(Self.wasTakenBack)
            """, id.rawValue
        ) { ($0.optionalInteger(0), $0.optionalInteger(1), $0.optionalInteger(2), $0.bool(3)) }
        // All that was ever written in it was taken back: there is nothing to do.
        guard let span, let first = span.0, let latest = span.1 else {
            record.state = .done
            return try update(record)
        }
        (record.first, record.latest, record.heard, record.isOther) = (first, latest, span.2, span.3)
        let last = try db.first(
            """
            SELECT subject, snippet, direction FROM message WHERE conversation = ? AND NOT \(Self.wasTakenBack)
            ORDER BY received / 1000 DESC, id DESC LIMIT 1
            """, id.rawValue
        ) { ($0.optionalText(0) ?? "", $0.optionalText(1) ?? "", $0.text(2)) }
        if let last { (record.subject, record.snippet, record.direction) = last }
        let people = try db.first(
            """
            SELECT coalesce(from_name, from_address) FROM message WHERE conversation = ? AND direction = 'in'
            ORDER BY received DESC, id DESC LIMIT 1
            """, id.rawValue
        ) { $0.optionalText(0) }
        if let people = people ?? nil { record.people = people }
        record.files =
            try db.first(
                """
                SELECT count(*) FROM part JOIN message ON message.id = part.message
                WHERE message.conversation = ? AND state IN ('filed', 'duplicate', 'needs_filing', 'failed')
                """, id.rawValue
            ) { $0.int(0) } ?? 0
        record.source = try commonSource(of: id)
        try update(record)
    }

    /// The source that all of it came by; of several, one that only some may see.
    private func commonSource(of id: ConversationID) throws -> String? {
        let sources = try db.rows(
            """
            SELECT DISTINCT source, source IN (SELECT source FROM source_viewer) FROM message
            WHERE conversation = ? AND (source IS NOT NULL OR direction = 'in')
            """, id.rawValue
        ) { (name: $0.optionalText(0), isRestricted: !$0.isNull(1) && $0.bool(1)) }
        if let restricted = sources.first(where: \.isRestricted) { return restricted.name }
        return sources.count == 1 ? sources[0].name : nil
    }

    /// The same message in another source: then it is seen by whoever sees either.
    func noteSource(of message: MessageNumber, mailbox: Int64) throws {
        guard !recordedMessages.contains(message) else { return }
        let changed = try db.run(
            """
            UPDATE message SET source = NULL WHERE id = ? AND source IS NOT NULL AND source <>
              (SELECT source.name FROM mailbox JOIN source ON source.id = mailbox.source WHERE mailbox.id = ?)
            """, message.rawValue, mailbox)
        if changed > 0, let id = try conversation(of: message) { try refresh(id) }
    }

    /// After a letter was taken back: where it closed its conversation, that is to be answered still.
    func letterTakenBack(_ letter: LetterID) throws {
        let message = try db.first("SELECT message FROM letter WHERE id = ?", letter.rawValue) {
            $0.optionalInteger(0)
        }
        guard let number = message ?? nil, let id = try conversation(of: MessageNumber(number)) else {
            return
        }
        try refresh(id)
        if var record = try conversationRecord(id), record.state == .waiting, record.direction == "in" {
            record.state = .open
            try update(record)
        }
        changedParts.formUnion(["inbox", "conversation-\(id)"])
    }

    /// After a message's row is gone.
    func leftConversation(_ id: ConversationID) throws {
        changedParts.formUnion(["inbox", "conversation-\(id)"])
        try refresh(id)
    }

    // MARK: - Databases from before there were conversations

    /// Mail of the last days of such a database is still to be answered; the rest is done with.
    private static let openDays: Int64 = 14

    /// - Returns: how many messages got a conversation; 0: all have one.
    func threadOldMail(limit: Int) throws -> Int {
        let messages = try db.rows(
            "SELECT id FROM message WHERE conversation IS NULL ORDER BY id LIMIT ?", limit
        ) { $0.integer(0) }
        guard !messages.isEmpty else { return 0 }
        let last = try db.first("SELECT max(received) FROM message") { $0.integer(0) } ?? 0
        for message in messages {
            try db.run(
                """
                UPDATE message SET source = (SELECT CASE count(DISTINCT source.id) WHEN 1 THEN min(source.name) END
                  FROM placement JOIN mailbox ON mailbox.id = placement.mailbox
                  JOIN source ON source.id = mailbox.source WHERE placement.message = ?1) WHERE id = ?1
                """, message)
            guard
                let (entry, recorded) = try storedEntry(
                    of: message, effect: nil, openSince: last - Self.openDays * 86_400_000)
            else { continue }
            let id = try enterConversation(entry, now: Timestamp(milliseconds: recorded))
            try db.run("UPDATE message SET conversation = ? WHERE id = ?", id.rawValue, message)
            try db.run(
                """
                UPDATE conversation SET files = files + (SELECT count(*) FROM part WHERE message = ?
                  AND state IN ('filed', 'duplicate', 'needs_filing', 'failed')) WHERE id = ?
                """, message, id.rawValue)
        }
        return messages.count
    }
}
