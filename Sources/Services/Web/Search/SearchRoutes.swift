internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

extension StaffRoutes {
    /// Looking for mail, files and accounts: one field, three answers.
    mutating func addSearchPages() {
        get("/search") { visit in
            let text = visit.request.query["q"] ?? ""
            let asked = SearchAsked(visit.request.query)
            let found = try await SearchFound.find(text, asked, for: visit)
            let page = SearchPage(visit, text, asked, found)
            return try await visit.page(
                page.title, current: .search, page.main, scripts: [Assets.search])
        }
    }
}

/// Of which of the answers the next page is wanted; nothing: the first of all of them.
struct SearchAsked: Hashable, Sendable {
    enum Section: String, Hashable, Sendable {
        case mail, files
    }

    let section: Section?
    let after: SearchCursor?

    init(_ query: FormItems) {
        section = query["only"].flatMap { Section(rawValue: $0) }
        after = section == nil ? nil : query["after"].flatMap { Int64($0) }.map { SearchCursor($0) }
    }
}

/// What a query finds for one person.
struct SearchFound: Sendable {
    var query = SearchQuery()
    var problems: [SearchProblem] = []
    var accounts: [AccountHit] = []
    var mail: [MailHit] = []
    var files: [DocumentHit] = []
    /// Where looking on for mail begins, where not all was looked through.
    var rest: SearchCursor?
    /// What begins so many words that only the most usual are looked for.
    var cut: [String] = []
    /// What is still on its way into the index.
    var waiting = 0

    /// Of each answer on the page of all of them, and of one alone.
    static let few = (accounts: 6, mail: 20, files: 12)
    static let many = 50

    var isEmpty: Bool { accounts.isEmpty && mail.isEmpty && files.isEmpty }

    static func find(_ text: String, _ asked: SearchAsked, for visit: Visit) async throws -> SearchFound {
        let query = SearchQuery(text)
        let zone = SearchZone(visit.site.zone)
        let staff = visit.staff
        return try await visit.read { transaction in
            var found = SearchFound(query: query)
            if query.isEmpty { return found }
            found.problems = try transaction.problems(of: query, for: staff)
            guard found.problems.isEmpty else { return found }
            var bounds = SearchBounds(staff: staff)
            bounds.after = asked.after
            let beginnings = try transaction.beginnings(of: query)
            bounds.beginnings = beginnings
            found.cut = beginnings.cut
            // One more than is shown tells whether there are more.
            if asked.section != .files {
                bounds.limit = (asked.section == nil ? few.mail : many) + 1
                let mail = try transaction.searchMail(query, bounds, zone: zone)
                (found.mail, found.rest) = (mail.hits, mail.rest)
            }
            if asked.section != .mail {
                bounds.limit = (asked.section == nil ? few.files : many) + 1
                found.files = try transaction.searchDocuments(query, bounds, zone: zone)
            }
            if asked.section == nil {
                found.accounts = try transaction.searchAccounts(query, for: staff, limit: few.accounts)
            }
            let backlog = try transaction.indexingBacklog()
            found.waiting = backlog.messages + backlog.documents + backlog.texts
            return found
        }
    }
}
