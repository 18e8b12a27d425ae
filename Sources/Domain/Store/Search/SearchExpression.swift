internal import Mailroom
internal import Text

/// A query as FTS5 wants it. sqlite.org/fts5.html section 3.
///
/// Words find what begins with them, for German writes Lohnabrechnung and
/// who looks for it types Lohn; what stands in quotation marks is whole
/// words. A single letter is itself and no beginning. Nothing that was typed
/// reaches FTS5 but between quotation marks.
struct SearchExpression {
    private(set) var text: String

    /// - Parameters:
    ///   - scopes: of each list one word must be there: see ``SearchScope``.
    ///   - columns: what the table calls the fields it has; without one, a term of that field finds nothing.
    init(_ query: SearchQuery, scopes: [[String]], columns: [SearchQuery.Field: String]) {
        var wanted = scopes.map { "(" + $0.map { "\"\($0)\"" }.joined(separator: " OR ") + ")" }
        var excluded: [String] = []
        for term in query.terms {
            let column = columns[term.field]
            guard column != nil || term.field == .anywhere else { continue }
            let words = (column.map { "\($0) : " } ?? "") + Self.words(term)
            if term.isExcluded { excluded.append(words) } else { wanted.append(words) }
        }
        if wanted.isEmpty { wanted = ["\"\(SearchScope.everything)\""] }
        text = "(" + wanted.joined(separator: " AND ") + ")"
        if !excluded.isEmpty { text += " NOT (" + excluded.joined(separator: " OR ") + ")" }
    }

    private static func words(_ term: SearchQuery.Term) -> String {
        let quoted = "\"" + String(term.text.map { $0 == "\"" || $0 == "\0" ? " " : $0 }) + "\""
        let last = SearchWords.words(of: term.text, for: .query).last { !$0.isAlternative }?.text ?? ""
        // One ideograph stands at the beginning of a pair, or alone at the end of a run.
        let isIdeograph = last.unicodeScalars.count == 1 && last.utf8.count >= 3
        let isLong = last.utf8.count > 1
        return quoted + (isIdeograph || isLong && !term.isPhrase ? " *" : "")
    }
}
