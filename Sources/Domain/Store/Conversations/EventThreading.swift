internal import Mail
package import Mailroom
internal import SQLite
internal import Text

/// What an event is about, as far as its conversation depends on it.
struct EventSubject {
    let kind: String
    let account: AccountID?
    let request: RequestID?
    let message: MessageNumber?
    let letter: Int64?
    var share: ShareID?

    /// Something that staff are to look at, though no mail came: a letter that came back, an upload.
    var asks: Bool {
        kind.hasSuffix(".refused") || kind.hasSuffix(".undelivered") || kind.hasPrefix("upload.")
            || kind.hasSuffix(".link_wanted") || topic != nil
    }

    var topic: EventTopic? { account == nil ? nil : EventTopic(kind: kind) }
}

extension StoreTransaction {
    /// The conversation in which an event is told; one of a request without any letter begins with it.
    func enterConversation(
        _ about: EventSubject, words: String, now: Timestamp
    ) throws -> ConversationID? {
        changedParts.insert("inbox")
        if let account = about.account { changedParts.insert("account-\(account.rawValue)") }
        guard var record = try conversation(of: about) else { return try begin(about, words, now) }
        changedParts.insert("conversation-\(record.id)")
        if about.asks {
            record.state = .open
            record.until = nil
            record.latest = max(record.latest, now.milliseconds)
            record.arrived = max(record.arrived + 1, now.milliseconds)
            try update(record)
        }
        return record.id
    }

    private func conversation(of about: EventSubject) throws -> ConversationRecord? {
        let letter = try about.letter.flatMap { letter in
            try db.first(
                """
                SELECT conversation FROM letter JOIN message ON message.id = letter.message WHERE letter.id = ?
                """, letter
            ) { $0.optionalInteger(0).map { ConversationID($0) } } ?? nil
        }
        let found = [
            try about.message.flatMap { try conversation(of: $0) }, letter,
            try about.request.flatMap { try conversation(of: $0) },
            try about.share.flatMap { try conversation(of: $0) },
            try about.topic.flatMap { topic in
                try about.account.flatMap { try conversation(of: topic, account: $0) }
            },
        ]
        for id in found.compactMap({ $0 }) {
            guard let record = try conversationRecord(id) else { continue }
            if about.account == nil || record.account == about.account?.rawValue { return record }
        }
        return nil
    }

    /// Where a request's letters stand, or its events.
    package func conversation(of request: RequestID) throws -> ConversationID? {
        try db.first(
            """
            SELECT conversation FROM letter JOIN message ON message.id = letter.message
            WHERE letter.request = ?1 AND conversation IS NOT NULL
            UNION ALL SELECT conversation FROM event WHERE request = ?1 AND conversation IS NOT NULL LIMIT 1
            """, request.rawValue
        ) { ConversationID($0.integer(0)) }
    }

    /// Where the events of a share stand.
    private func conversation(of share: ShareID) throws -> ConversationID? {
        try db.first(
            "SELECT conversation FROM event WHERE share = ? AND conversation IS NOT NULL LIMIT 1",
            share.rawValue
        ) { ConversationID($0.integer(0)) }
    }

    private func conversation(of topic: EventTopic, account: AccountID) throws -> ConversationID? {
        try db.first(
            """
            SELECT conversation FROM event WHERE account = ? AND kind LIKE ? || '.%' AND conversation IS NOT NULL
            ORDER BY id DESC LIMIT 1
            """, account.rawValue, topic.rawValue
        ) { ConversationID($0.integer(0)) }
    }

    private func begin(_ about: EventSubject, _ words: String, _ now: Timestamp) throws -> ConversationID? {
        guard let account = about.account, let (people, title) = try names(about, account) else { return nil }
        let entry = ConversationEntry(
            account: account.rawValue, counterpart: nil, people: people, subject: title, names: [],
            received: now.milliseconds, direction: .incoming, effect: about.asks ? .asks : .shows,
            isOther: false, snippet: words, source: nil)
        return try insert(
            ConversationRecord(entry, subjectKey: entry.ruled.subjectKey, now: now.milliseconds))
    }

    /// What a conversation is called that begins with an event; nil: it begins none.
    private func names(_ about: EventSubject, _ account: AccountID) throws -> (people: String, title: String)?
    {
        if let topic = about.topic {
            return try db.first("SELECT name, language FROM account WHERE id = ?", account.rawValue) {
                (people: $0.text(0), title: topic.title(Language(rawValue: $0.text(1)) ?? .en))
            }
        }
        if let request = about.request {
            return try db.first(
                """
                SELECT account.name, request.title FROM request JOIN account ON account.id = request.account
                WHERE request.id = ? AND account.id = ?
                """, request.rawValue, account.rawValue
            ) { (people: $0.text(0), title: $0.text(1)) }
        }
        guard let share = about.share else { return nil }
        let title = try names(of: share)
        return try db.first(
            """
            SELECT account.name FROM share JOIN account ON account.id = share.account
            WHERE share.id = ? AND account.id = ?
            """, share.rawValue, account.rawValue
        ) { (people: $0.text(0), title: title) }
    }
}
