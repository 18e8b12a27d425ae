internal import Mailroom

/// A query as FTS5 wants it. sqlite.org/fts5.html section 3.
///
/// Words find what begins with them: see ``SearchBeginnings``. What stands in
/// quotation marks is whole words; so is what is left out.
struct SearchExpression {
    private(set) var text: String

    /// - Parameters:
    ///   - scopes: of each list one word must be there: see ``SearchScope``.
    ///   - columns: what the table calls the fields it has; without one, a term of that field finds nothing.
    init(
        _ query: SearchQuery, _ beginnings: SearchBeginnings, scopes: [[String]],
        columns: [SearchQuery.Field: String]
    ) {
        var wanted = scopes.map { "(" + $0.map { "\"\($0)\"" }.joined(separator: " OR ") + ")" }
        var excluded: [String] = []
        for term in query.terms {
            let column = columns[term.field]
            guard column != nil || term.field == .anywhere else { continue }
            let phrases =
                term.isExcluded ? [SearchBeginnings.quoted(term.text)] : beginnings.phrases(of: term)
            let words = (column.map { "\($0) : " } ?? "") + "(" + phrases.joined(separator: " OR ") + ")"
            if term.isExcluded { excluded.append(words) } else { wanted.append(words) }
        }
        if wanted.isEmpty { wanted = ["\"\(SearchScope.everything)\""] }
        text = "(" + wanted.joined(separator: " AND ") + ")"
        if !excluded.isEmpty { text += " NOT (" + excluded.joined(separator: " OR ") + ")" }
    }
}
