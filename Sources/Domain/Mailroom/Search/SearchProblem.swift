internal import Text

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

    /// The whole query as it was probably meant.
    package var corrected: String? {
        switch self {
        case .unknownOperator(_, _, let corrected), .unknownValue(_, _, _, let corrected): corrected
        case .noValue, .noDay, .notExcludable, .tooLong, .tooManyWords, .noSuchAccount, .noSuchMailbox,
            .noSuchColleague:
            nil
        }
    }

    /// In English: for the command line, and the pages of whoever reads that.
    package var sentence: String {
        switch self {
        case .unknownOperator(let name, _, _): "There is no operator “\(name):”."
        case .unknownValue(let known, let value, _, _):
            "\(known.rawValue): does not know “\(value)”, only \(Self.list(known.values(.en)))."
        case .noValue(let known): "Something is missing after \(known.rawValue):"
        case .noDay(let known, let value):
            "\(known.rawValue): “\(value)” is no day. Write 2025-11-21, 21.11.2025, 2025-11 or 2025."
        case .notExcludable(let known): "\(known.rawValue): cannot be excluded with -."
        case .tooLong(let characters): "A search may be \(characters) characters long at most."
        case .tooManyWords(let words): "A search may have \(words) words at most."
        case .noSuchAccount(let value): "No account has the name or number “\(value)”."
        case .noSuchMailbox(let value, let known):
            "There is no mailbox “\(value)”, only \(Self.list(known))."
        case .noSuchColleague(let value, let known):
            "Nobody on the team signs in as “\(value)”; there are me, nobody, \(Self.list(known))."
        }
    }

    package static func list(_ words: [String]) -> String {
        words.isEmpty ? "–" : words.joined(separator: ", ")
    }
}
