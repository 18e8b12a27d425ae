internal import SQLite
internal import Text

extension Tokenizer {
    /// ``SearchWords``, as the index knows them: every connection has it, or cannot read the index.
    static let mailroom = Tokenizer(name: Schema.tokenizer) { text, use, word in
        switch use {
        case .index: SearchWords.scan(text, for: .index, word: word)
        case .query: SearchWords.scan(text, for: .query, word: word)
        }
    }
}
