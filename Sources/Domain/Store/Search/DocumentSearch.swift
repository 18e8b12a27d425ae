internal import Mail
package import Mailroom
internal import SQLite

extension StoreTransaction {
    /// Documents that a query finds by their names or by what they say, the newest first; the trash apart.
    package func searchDocuments(
        _ query: SearchQuery, _ bounds: SearchBounds, zone: SearchZone
    ) throws -> [DocumentHit] {
        guard query.problems.isEmpty, !query.isOnlyForMail else { return [] }
        let names = try resolve(query, for: bounds.staff)
        guard names.problems.isEmpty else { return [] }
        var scopes: [[String]] = []
        if let accounts = names.accounts { scopes.append(accounts.map { SearchScope.account($0.rawValue) }) }
        if let account = bounds.account { scopes.append([SearchScope.account(account.rawValue)]) }
        let expression = SearchExpression(
            query, try bounds.beginnings ?? SearchBeginnings(query, db), scopes: scopes,
            columns: [.from: "sender", .file: "name"])
        let range = zone.entries(query, before: bounds.after)
        return try db.rows(
            """
            SELECT d.id, highlight(document_words, 0, char(1), char(2)),
              snippet(document_words, 2, char(1), char(2), '…', \(Self.snippetWords)),
              d.account, a.number, a.name, f.name, d.path, f.access, d.octets, d.filed, d.message, e.id
            FROM document_words CROSS JOIN document_entry e ON e.id = document_words.rowid
            CROSS JOIN document d ON d.id = e.document JOIN folder f ON f.id = d.folder
            JOIN account a ON a.id = d.account
            WHERE document_words MATCH ?1 AND document_words.rowid >= ?2 AND document_words.rowid < ?3
              AND d.trashed IS NULL
              AND (?4 IS NULL OR d.account NOT IN (SELECT account FROM hidden_account WHERE staff = ?4))
            ORDER BY document_words.rowid DESC LIMIT ?5
            """, expression.text, range.lowerBound, range.upperBound, bounds.staff?.rawValue, bounds.limit
        ) { row in
            let path = row.text(7)
            let snippet = MarkedText(fts5: row.text(2))
            return DocumentHit(
                document: DocumentID(row.integer(0)), name: MarkedText(fts5: row.text(1)),
                snippet: snippet.hasMarks ? snippet : MarkedText(runs: []),
                account: AccountID(row.integer(3)), accountNumber: row.text(4), accountName: row.text(5),
                folder: path.isEmpty ? row.text(6) : row.text(6) + "/" + path,
                access: Access(rawValue: row.text(8)) ?? .private, octets: row.integer(9),
                filed: Timestamp(milliseconds: row.integer(10)),
                message: row.optionalInteger(11).map { MessageNumber($0) },
                cursor: SearchCursor(row.integer(12)))
        }
    }
}
