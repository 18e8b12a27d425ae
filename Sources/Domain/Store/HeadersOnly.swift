internal import SQLite

// Messages of nobody's in a source that keeps no more than their headers: `unmatched = "headers"`.

extension StoreTransaction {
    /// Wants the bodies of messages whose sender, or for our own mail a recipient, is somebody's by now.
    ///
    /// - Returns: how many.
    @discardableResult
    package func wantMatchedHeaders(source: Int64) throws -> Int {
        try db.run(
            """
            UPDATE placement SET state = 'wanted', next_try = NULL
            WHERE headers_only = 1 AND state = 'recorded' AND gone IS NULL
              AND mailbox IN (SELECT id FROM mailbox WHERE source = ? AND superseded IS NULL)
              AND message IN (
                SELECT message.id FROM message JOIN account_contact ON key = from_key
                WHERE sync = 1 AND direction = 'in'
                UNION SELECT recipient.message FROM recipient
                JOIN message ON message.id = recipient.message AND direction = 'out'
                JOIN account_contact ON account_contact.key = recipient.key WHERE sync = 1
                UNION SELECT message.id FROM message
                JOIN domain_rule ON domain = substr(from_key, instr(from_key, '@') + 1) WHERE direction = 'in')
            """, source)
    }

    /// Ends the row of a header for the message that it turned out to be.
    func replaceHeader(_ header: Int64, by message: MessageNumber) throws {
        try db.run(
            "UPDATE placement SET message = ? WHERE message = ? AND headers_only = 1 AND gone IS NOT NULL",
            message.rawValue, header)
        let conversation = try conversation(of: MessageNumber(header))
        try db.run(
            """
            DELETE FROM message WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM placement WHERE message = ?1)
              AND NOT EXISTS (SELECT 1 FROM part WHERE message = ?1)
              AND NOT EXISTS (SELECT 1 FROM original WHERE message = ?1)
            """, header)
        if let conversation { try leftConversation(conversation) }
    }
}
