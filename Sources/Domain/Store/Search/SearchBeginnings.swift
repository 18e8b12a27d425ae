package import Mailroom
internal import SQLite
internal import Text

/// What begins with the words of a query: the words of the index itself, the most usual first.
///
/// German writes Lohnabrechnung, and who looks for it types Lohn. FTS5 would
/// gather all that begins so before it gives the first hit; asked for the
/// words one by one, it walks from the newest end and stops.
package struct SearchBeginnings: Sendable {
    private var words: [SearchQuery.Term: [String]] = [:]
    /// What begins more words than are looked for.
    package private(set) var cut: [String] = []

    /// Words that one query may stand for.
    private static let most = 144
    /// Of each of its own, even where it has many.
    private static let least = 24
    /// Words that are looked through for the most usual: a firm's whole vocabulary begins with a few letters.
    private static let lookedThrough = 4000

    init(_ query: SearchQuery, _ db: Connection) throws(SQLiteError) {
        let terms = query.terms.filter { !$0.isExcluded && !Self.beginnings(of: $0).isEmpty }
        let limit = max(Self.least, Self.most / max(1, terms.count))
        for term in terms {
            var found: [String] = []
            for beginning in Self.beginnings(of: term) {
                found += try db.rows(
                    """
                    SELECT word FROM (SELECT word, entries FROM search_word
                      WHERE word > ?1 AND word < ?1 || char(0x10FFFF) LIMIT \(Self.lookedThrough))
                    ORDER BY entries DESC LIMIT ?2
                    """, beginning, limit + 1
                ) { $0.text(0) }
            }
            if found.count > limit { cut.append(term.text) }
            words[term] = Array(found.prefix(limit))
        }
    }

    /// The term as it is, and with each word that its last one begins: as FTS5 wants them.
    func phrases(of term: SearchQuery.Term) -> [String] {
        let head = Self.lastWord(of: term).map {
            String(decoding: Array(term.text.utf8)[..<$0.start], as: UTF8.self)
        }
        return [Self.quoted(term.text)] + (words[term] ?? []).map { Self.quoted("\(head ?? "") \($0)") }
    }

    /// Nothing that was typed reaches FTS5 but between quotation marks.
    static func quoted(_ text: String) -> String {
        "\"" + String(text.map { $0 == "\"" || $0 == "\0" ? " " : $0 }) + "\""
    }

    /// Spellings of the last word, where it may begin others: pairs of ideographs are whole whatever follows.
    private static func beginnings(of term: SearchQuery.Term) -> [String] {
        guard !term.isPhrase, let last = lastWord(of: term) else { return [] }
        return last.spellings.filter { $0.utf8.count > 1 && $0.utf8.first.map { $0 < 0xE3 } == true }
    }

    private static func lastWord(of term: SearchQuery.Term) -> (start: Int, spellings: [String])? {
        let words = SearchWords.words(of: term.text, for: .query)
        guard let last = words.last(where: { !$0.isAlternative }) else { return nil }
        return (last.range.lowerBound, words.filter { $0.range == last.range }.map(\.text))
    }
}

extension StoreTransaction {
    /// For several searches of one query: see ``SearchBounds/beginnings``.
    package func beginnings(of query: SearchQuery) throws -> SearchBeginnings {
        try SearchBeginnings(query, db)
    }

    /// Counts each word of some texts once, more or less by one entry.
    func countWords(of texts: [String], by change: Int64) throws {
        var words: Set<String> = []
        for text in texts {
            let octets = Array(text.utf8)
            SearchWords.scan(octets.span, for: .index) { folded, _, _ in
                // Pairs of ideographs have six octets, and begin nothing.
                if folded.count > 2, folded[0] < 0xE3 {
                    var letters: [UInt8] = []
                    letters.reserveCapacity(folded.count)
                    for index in folded.indices { letters.append(folded[index]) }
                    words.insert(String(decoding: letters, as: UTF8.self))
                }
                return true
            }
        }
        for word in words {
            if change > 0 {
                try db.run(
                    """
                    INSERT INTO search_word VALUES (?, 1) ON CONFLICT (word) DO UPDATE SET entries = entries + 1
                    """, word)
            } else {
                try db.run("UPDATE search_word SET entries = entries - 1 WHERE word = ?", word)
                try db.run("DELETE FROM search_word WHERE word = ? AND entries <= 0", word)
            }
        }
    }
}
