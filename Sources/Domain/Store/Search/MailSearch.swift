internal import Mail
package import Mailroom
internal import SQLite

extension StoreTransaction {
    /// Messages that a query finds, the newest first.
    ///
    /// Words and accounts are looked up in the index; what may be seen, and
    /// whatever changes by a click, is asked of the tables for each hit.
    package func searchMail(_ query: SearchQuery, _ bounds: SearchBounds, zone: SearchZone) throws
        -> [MailHit]
    {
        guard query.problems.isEmpty else { return [] }
        let names = try resolve(query, for: bounds.staff)
        guard names.problems.isEmpty else { return [] }
        var scopes: [[String]] = []
        if let accounts = names.accounts { scopes.append(accounts.map { SearchScope.account($0.rawValue) }) }
        if let account = bounds.account { scopes.append([SearchScope.account(account.rawValue)]) }
        if let sources = names.sources { scopes.append(sources.map(SearchScope.source)) }
        if query.hasFile { scopes.append([SearchScope.file]) }
        let expression = SearchExpression(
            query, scopes: scopes, columns: [.from: "sender", .to: "recipients", .file: "files"])
        let range = zone.entries(query, before: bounds.after)
        let filter = ConversationFilter(query, names)
        return try db.rows(
            """
            SELECT e.message, highlight(mail_words, 0, char(1), char(2)),
              snippet(mail_words, 4, char(1), char(2), '…', \(Self.snippetWords)), m.from_name, m.from_address,
              m.direction, m.received, m.account, a.number, a.name,
              CASE WHEN e.files <> '' THEN highlight(mail_words, 3, char(1), char(2)) END, e.id,
              m.conversation
            FROM mail_words CROSS JOIN mail_entry e ON e.id = mail_words.rowid
            CROSS JOIN message m ON m.id = e.message LEFT JOIN account a ON a.id = m.account
            LEFT JOIN conversation c ON c.id = m.conversation
            WHERE mail_words MATCH ?1 AND mail_words.rowid >= ?2 AND mail_words.rowid < ?3
              AND (?4 IS NULL OR \(Self.mayBeSeen)) AND ?6 IS ?6\(filter.condition)
            ORDER BY mail_words.rowid DESC LIMIT ?5
            """, expression.text, range.lowerBound, range.upperBound, bounds.staff?.rawValue, bounds.limit,
            filter.colleague
        ) { row in
            MailHit(
                message: MessageNumber(row.integer(0)), subject: MarkedText(fts5: row.text(1)),
                snippet: MarkedText(fts5: row.text(2)), fromName: row.optionalText(3),
                fromAddress: row.optionalText(4), isOutgoing: row.text(5) == "out",
                received: Timestamp(milliseconds: row.integer(6)),
                account: row.optionalInteger(7).map { AccountID($0) }, accountNumber: row.optionalText(8),
                accountName: row.optionalText(9), files: MarkedText(fts5: row.text(10)),
                conversation: row.optionalInteger(12).map { ConversationID($0) },
                cursor: SearchCursor(row.integer(11)))
        }
    }

    static let snippetWords = 28

    /// Of no account that is hidden, and somewhere that is not.
    private static let mayBeSeen = """
        (m.account IS NULL OR m.account NOT IN (SELECT account FROM hidden_account WHERE staff = ?4))
        AND (NOT EXISTS (SELECT 1 FROM hidden_source WHERE staff = ?4)
          OR NOT EXISTS (SELECT 1 FROM placement p WHERE p.message = m.id)
          OR EXISTS (SELECT 1 FROM placement p JOIN mailbox b ON b.id = p.mailbox JOIN source s ON s.id = b.source
            WHERE p.message = m.id AND s.name NOT IN (SELECT source FROM hidden_source WHERE staff = ?4)))
        """
}
