internal import Mail
package import Mailroom
internal import SQLite

extension StoreTransaction {
    /// Messages that a query finds, the newest first.
    ///
    /// Words and accounts are looked up in the index; what may be seen, and
    /// whatever changes by a click, is asked of the tables for each hit.
    package func searchMail(_ query: SearchQuery, _ bounds: SearchBounds, zone: SearchZone) throws
        -> SearchFindings<MailHit>
    {
        guard let asked = try MailQuestion(query, bounds, zone, self) else { return SearchFindings() }
        let hits = try db.rows(
            """
            SELECT e.message, highlight(mail_words, 0, char(1), char(2)),
              snippet(mail_words, 4, char(1), char(2), '…', \(Self.snippetWords)), m.from_name, m.from_address,
              m.direction, m.received, m.account, a.number, a.name,
              CASE WHEN e.files <> '' THEN highlight(mail_words, 3, char(1), char(2)) END, e.id, m.conversation,
              CASE WHEN t.attached <> '' THEN snippet(mail_words, 5, char(1), char(2), '…', \(Self.snippetWords)) END
            FROM \(MailQuestion.tables) CROSS JOIN mail_text t ON t.entry = e.id
            LEFT JOIN account a ON a.id = m.account WHERE \(asked.condition)
            ORDER BY mail_words.rowid DESC LIMIT ?5
            """, asked.words, asked.entries.lowerBound, asked.entries.upperBound, bounds.staff?.rawValue,
            bounds.limit, asked.colleague
        ) { row in
            let text = MarkedText(fts5: row.text(2))
            let attached = MarkedText(fts5: row.text(13))
            return MailHit(
                message: MessageNumber(row.integer(0)), subject: MarkedText(fts5: row.text(1)),
                snippet: attached.hasMarks && !text.hasMarks ? attached : text,
                fromName: row.optionalText(3), fromAddress: row.optionalText(4),
                isOutgoing: row.text(5) == "out", received: Timestamp(milliseconds: row.integer(6)),
                account: row.optionalInteger(7).map { AccountID($0) }, accountNumber: row.optionalText(8),
                accountName: row.optionalText(9), files: MarkedText(fts5: row.text(10)),
                conversation: row.optionalInteger(12).map { ConversationID($0) },
                cursor: SearchCursor(row.integer(11)))
        }
        return SearchFindings(hits: hits, rest: hits.count < bounds.limit ? asked.rest : nil)
    }

    static let snippetWords = 28
}

/// What is asked of the index of mail, and of the tables beside it.
struct MailQuestion {
    /// For FTS5: `?1`.
    let words: String
    /// `?2` and `?3`.
    let entries: Range<Int64>
    /// The colleague that a query names: `?6`; `?4` is who looks.
    let colleague: Int64?
    let condition: String
    /// Behind the messages that were looked through, where not all were.
    let rest: SearchCursor?

    static let tables = """
        mail_words CROSS JOIN mail_entry e ON e.id = mail_words.rowid
        CROSS JOIN message m ON m.id = e.message LEFT JOIN conversation c ON c.id = m.conversation
        """

    /// What is looked through for something that the index does not know; a walk without an end would make the
    /// page wait.
    private static let lookedThrough = 2000

    /// Nil where something is wrong with the query.
    init?(_ query: SearchQuery, _ bounds: SearchBounds, _ zone: SearchZone, _ transaction: StoreTransaction)
        throws
    {
        guard query.problems.isEmpty else { return nil }
        let names = try transaction.resolve(query, for: bounds.staff)
        guard names.problems.isEmpty else { return nil }
        var scopes: [[String]] = []
        if let accounts = names.accounts { scopes.append(accounts.map { SearchScope.account($0.rawValue) }) }
        if let account = bounds.account { scopes.append([SearchScope.account(account.rawValue)]) }
        if let sources = names.sources { scopes.append(sources.map(SearchScope.source)) }
        if query.hasFile { scopes.append([SearchScope.file]) }
        let db = transaction.db
        let words = SearchExpression(
            query, try bounds.beginnings ?? SearchBeginnings(query, db), scopes: scopes,
            columns: [.from: "sender", .to: "recipients", .file: "files"]
        ).text
        let filter = ConversationFilter(query, names)
        let seen = try Self.visible(to: bounds.staff, db)
        var entries = zone.entries(query, before: bounds.after)
        var rest: SearchCursor?
        if !filter.condition.isEmpty || !seen.isEmpty {
            let oldest = try filter.oldest(in: db)
            entries = max(entries.lowerBound, min(entries.upperBound, oldest))..<entries.upperBound
            let (count, last) =
                try db.first(
                    """
                    SELECT count(*), min(id) FROM (SELECT rowid AS id FROM mail_words WHERE mail_words MATCH ?
                      AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT \(Self.lookedThrough))
                    """, words, entries.lowerBound, entries.upperBound
                ) { ($0.int(0), $0.integer(1)) } ?? (0, 0)
            if count == Self.lookedThrough {
                entries = last..<entries.upperBound
                rest = SearchCursor(last)
            }
        }
        self.words = words
        self.entries = entries
        self.rest = rest
        colleague = names.colleague
        condition = """
            mail_words MATCH ?1 AND mail_words.rowid >= ?2 AND mail_words.rowid < ?3
              AND ?4 IS ?4 AND ?6 IS ?6\(seen)\(filter.condition)
            """
    }

    /// Of no account that is hidden, and somewhere that is not; where nothing is hidden nothing is asked.
    private static func visible(to staff: StaffID?, _ db: Connection) throws(SQLiteError) -> String {
        guard let staff else { return "" }
        var words = ""
        if try db.exists("SELECT 1 FROM hidden_account WHERE staff = ?", staff.rawValue) {
            words = """
                 AND (m.account IS NULL
                  OR m.account NOT IN (SELECT account FROM hidden_account WHERE staff = ?4))
                """
        }
        if try db.exists("SELECT 1 FROM hidden_source WHERE staff = ?", staff.rawValue) {
            words += """
                 AND (NOT EXISTS (SELECT 1 FROM placement p WHERE p.message = m.id)
                  OR EXISTS (SELECT 1 FROM placement p JOIN mailbox b ON b.id = p.mailbox
                    JOIN source s ON s.id = b.source WHERE p.message = m.id
                    AND s.name NOT IN (SELECT source FROM hidden_source WHERE staff = ?4)))
                """
        }
        return words
    }
}
