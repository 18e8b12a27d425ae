package import Mailroom
internal import SQLite

extension StoreTransaction {
    /// Conversations with a message that a query finds, by the newest of those: the inbox's own search.
    package func conversations(
        matching query: SearchQuery, _ bounds: SearchBounds, zone: SearchZone
    ) throws -> (rows: [ConversationRow], rest: SearchCursor?) {
        guard let asked = try MailQuestion(query, bounds, zone, self) else { return ([], nil) }
        let messages = bounds.limit * Self.messagesPerConversation
        let found = try db.rows(
            """
            SELECT m.conversation, e.id FROM \(MailQuestion.tables) WHERE \(asked.condition)
            ORDER BY mail_words.rowid DESC LIMIT ?5
            """, asked.words, asked.entries.lowerBound, asked.entries.upperBound, bounds.staff?.rawValue,
            messages, asked.colleague
        ) { (conversation: $0.optionalInteger(0), entry: $0.integer(1)) }
        var rows: [ConversationRow] = []
        var known: Set<Int64> = []
        for (index, one) in found.enumerated() {
            guard let id = one.conversation, known.insert(id).inserted else { continue }
            if rows.count == bounds.limit { return (rows, SearchCursor(found[index - 1].entry)) }
            if let row = try conversation(ConversationID(id), for: bounds.staff) { rows.append(row) }
        }
        return (rows, found.count == messages ? found.last.map { SearchCursor($0.entry) } : asked.rest)
    }

    /// Of a long one all messages may be found.
    private static let messagesPerConversation = 6
}
