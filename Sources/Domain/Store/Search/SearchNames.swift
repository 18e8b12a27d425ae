package import Mailroom
internal import SQLite
internal import Text

/// The names of a query, found in the store.
struct ResolvedNames {
    var accounts: [AccountID]?
    var sources: [Int64]?
    var colleague: Int64?
    var problems: [SearchProblem] = []
}

extension StoreTransaction {
    /// What is wrong with a query: what was typed wrong, and what nobody but the store can know.
    package func problems(of query: SearchQuery, for staff: StaffID?) throws -> [SearchProblem] {
        query.problems + (try resolve(query, for: staff)).problems
    }

    /// An account that one may not see is one that does not exist.
    func resolve(_ query: SearchQuery, for staff: StaffID?) throws -> ResolvedNames {
        var names = ResolvedNames()
        if !query.accounts.isEmpty {
            let known = try searchableAccounts(for: staff)
            names.accounts = []
            for value in query.accounts {
                let wanted = SearchPattern(value)
                let exact = known.filter { $0.number.caseFolded == value.caseFolded }
                let found =
                    exact.isEmpty ? known.filter { wanted.fits($0.number) || wanted.fits($0.name) } : exact
                if found.isEmpty { names.problems.append(.noSuchAccount(value)) }
                names.accounts? += found.map(\.id)
            }
        }
        if !query.mailboxes.isEmpty {
            let known = try db.rows(
                """
                SELECT id, name FROM source WHERE ?1 IS NULL
                  OR name NOT IN (SELECT source FROM hidden_source WHERE staff = ?1) ORDER BY name
                """, staff?.rawValue
            ) { (id: $0.integer(0), name: $0.text(1)) }
            names.sources = []
            for value in query.mailboxes {
                let found = known.filter { $0.name.caseFolded == value.caseFolded }
                if found.isEmpty { names.problems.append(.noSuchMailbox(value, known: known.map(\.name))) }
                names.sources? += found.map(\.id)
            }
        }
        if case .staff(let value) = query.assignee {
            let known = try db.rows("SELECT id, login, name FROM staff WHERE disabled IS NULL ORDER BY login")
            {
                (id: $0.integer(0), login: $0.text(1), name: $0.text(2))
            }
            let wanted = SearchPattern(value)
            names.colleague = (known.first { $0.login == value } ?? known.first { wanted.fits($0.name) })?.id
            if names.colleague == nil {
                names.problems.append(.noSuchColleague(value, known: known.map(\.login)))
            }
        }
        return names
    }

    func searchableAccounts(
        for staff: StaffID?
    ) throws -> [(id: AccountID, number: String, name: String, type: AccountType)] {
        try db.rows(
            """
            SELECT id, number, name, type FROM account WHERE ?1 IS NULL
              OR id NOT IN (SELECT account FROM hidden_account WHERE staff = ?1)
            ORDER BY length(number), number
            """, staff?.rawValue
        ) {
            (
                AccountID($0.integer(0)), $0.text(1), $0.text(2),
                AccountType(rawValue: $0.text(3)) ?? .client
            )
        }
    }
}

/// Words that a short text must have, each as the beginning of one of its own.
struct SearchPattern {
    private let words: [[UInt8]]

    init(_ text: String) { words = Self.words(text) }

    init(_ terms: [SearchQuery.Term]) { words = terms.flatMap { Self.words($0.text) } }

    /// A firm's accounts and contacts are looked through at each search: no word of theirs is kept.
    func fits(_ text: String) -> Bool {
        guard !words.isEmpty else { return false }
        var missing = words
        let octets = Array(text.utf8)
        SearchWords.scan(octets.span, for: .index) { folded, _, _ in
            var index = 0
            while index < missing.count {
                if Self.begins(folded, with: missing[index]) { missing.remove(at: index) } else { index += 1 }
            }
            return !missing.isEmpty
        }
        return missing.isEmpty
    }

    private static func begins(_ word: Span<UInt8>, with beginning: [UInt8]) -> Bool {
        guard word.count >= beginning.count else { return false }
        for index in beginning.indices where word[index] != beginning[index] { return false }
        return true
    }

    /// Each word in its first spelling.
    private static func words(_ text: String) -> [[UInt8]] {
        SearchWords.words(of: text, for: .query).filter { !$0.isAlternative }.map { Array($0.text.utf8) }
    }
}
