package import Text

/// What somebody looks for, as they typed it and as it was understood.
///
/// Every word has to be there; see ``SearchOperator`` for the rest. A query
/// with problems is not run: results for a query that was half understood
/// would be taken for the answer.
package struct SearchQuery: Hashable, Sendable {
    /// Where a word has to stand.
    package enum Field: Hashable, Sendable, CaseIterable {
        case anywhere, from, to, file
    }

    /// One word, or some in a row.
    package struct Term: Hashable, Sendable {
        package let text: String
        package let field: Field
        /// Typed in quotation marks: whole words, in this order.
        package let isPhrase: Bool
        package let isExcluded: Bool
    }

    package enum State: String, Hashable, Sendable, CaseIterable {
        case open, waiting, snoozed, done
    }

    package enum Assignee: Hashable, Sendable {
        case me
        case nobody
        /// A colleague, by what they sign in with.
        case staff(String)
    }

    package var terms: [Term] = []
    /// Numbers or beginnings of names of accounts: any of them.
    package var accounts: [String] = []
    /// Names of sources: any of them.
    package var mailboxes: [String] = []
    package var hasFile = false
    /// By who looks: see the staff's own unread.
    package var isUnread: Bool?
    package var assignee: Assignee?
    package var state: State?
    /// The first day, itself included.
    package var after: CivilDay?
    /// The day behind the last.
    package var before: CivilDay?
    package var problems: [SearchProblem] = []

    package init() {}

    /// Nothing was asked, and nothing was wrong either.
    package var isEmpty: Bool { self == SearchQuery() }

    /// Whether anything was asked that only mail can answer.
    package var isOnlyForMail: Bool {
        isUnread != nil || assignee != nil || state != nil || !mailboxes.isEmpty
            || terms.contains { $0.field == .to && !$0.isExcluded }
    }

    /// The words that what is found has to show: for marking them.
    package var shown: [Term] { terms.filter { !$0.isExcluded } }
}
