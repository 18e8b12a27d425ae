internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// What `?q=` finds among the conversations: the same language as the page of the search, in the inbox's list.
struct InboxSearch: Sendable {
    let rows: [ConversationRow]
    /// Where the next page begins.
    let rest: SearchCursor?
    private let text: String
    private let problems: [SearchProblem]
    private let cut: [String]

    init(
        _ text: String, behind: SearchCursor?, for staff: StaffID, _ zone: TimeZone, limit: Int,
        _ transaction: StoreTransaction
    ) throws {
        let query = SearchQuery(text)
        self.text = text
        problems = try transaction.problems(of: query, for: staff)
        guard problems.isEmpty else {
            (rows, rest, cut) = ([], nil, [])
            return
        }
        var bounds = SearchBounds(staff: staff, after: behind, limit: limit)
        let beginnings = try transaction.beginnings(of: query)
        (bounds.beginnings, cut) = (beginnings, beginnings.cut)
        (rows, rest) = try transaction.conversations(matching: query, bounds, zone: SearchZone(zone))
    }

    var isWrong: Bool { !problems.isEmpty }

    /// Below the field: what is wrong, and the way to files and accounts.
    func notes(_ visit: Visit) -> HTML {
        let elsewhere: HTML = """
            <p class="elsewhere"><a href="\(link: path("/search", text))">\(visit.say(.searchEverything))</a> · \
            <a href="/">\(visit.say(.endSearch))</a></p>
            """
        let notes = cut.map { "<p class=\"hint\">\(visit.say(.cutBeginning($0)))</p>" as HTML }
        return SearchProblemsView(visit, problems, page: "/").html + notes.joined() + elsewhere
    }

    private func path(_ page: String, _ text: String) -> String {
        page + "?" + FormItems([FormItems.Item("q", text)]).urlEncoded
    }
}
