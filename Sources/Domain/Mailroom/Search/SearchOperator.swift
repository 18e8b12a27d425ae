/// What can stand before a colon in a search.
///
/// | operator | what |
/// |---|---|
/// | `from:` `to:` | a word or address of who wrote, or to whom |
/// | `account:` | its number, or how its name begins |
/// | `mailbox:` | `[mailbox.NAME]` |
/// | `has:file` | anything attached |
/// | `file:` | a word of a file's name, `pdf` among them |
/// | `is:` | `unread`, `read` |
/// | `assigned:` | `me`, `nobody`, or a colleague |
/// | `in:` | `open`, `waiting`, `snoozed`, `done` |
/// | `before:` `after:` | `2025-11-21`, `2025-11`, `2025`, 21.11.2025, 2025/11/21 |
package enum SearchOperator: String, Hashable, Sendable, CaseIterable {
    case from, to, account, mailbox, has, file, `is`, assigned, `in`, before, after

    /// The values it knows; nothing where any will do.
    package var values: [String] {
        switch self {
        case .has: ["file"]
        case .is: ["unread", "read"]
        case .in: SearchQuery.State.allCases.map(\.rawValue)
        case .from, .to, .account, .mailbox, .file, .assigned, .before, .after: []
        }
    }
}

/// What is wrong with a search, for the page to put into words.
package enum SearchProblem: Hashable, Sendable {
    /// There is no such operator; `corrected` is the whole query as it was probably meant.
    case unknownOperator(String, meant: SearchOperator?, corrected: String?)
    case unknownValue(SearchOperator, String, meant: String?, corrected: String?)
    case noValue(SearchOperator)
    case noDay(SearchOperator, String)
    /// A `-` before an operator that knows no opposite.
    case notExcludable(SearchOperator)
    case tooLong(characters: Int)
    case tooManyWords(Int)
    /// What nobody but the store can know.
    case noSuchAccount(String)
    case noSuchMailbox(String, known: [String])
    case noSuchColleague(String, known: [String])
}
