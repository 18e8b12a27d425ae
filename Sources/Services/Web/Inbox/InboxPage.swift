internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// The staff's inbox: the list, and beside it the conversation that is open.
struct InboxPage: Sendable {
    let visit: Visit
    let query: InboxQuery
    let open: ConversationID?
    /// What was typed and not taken, with what is wrong.
    var note: (text: String, wrong: Phrase)?
    var wrongDay = false

    private static let count = 50

    init(_ visit: Visit, open: ConversationID? = nil) {
        self.visit = visit
        self.open = open
        query = InboxQuery(visit.request.query)
    }

    private struct Lists: Sendable {
        let rows: [ConversationRow]
        let search: InboxSearch?
        let counts: ConversationCounts
        let tabs: (unread: Int, files: Int)
        let staff: [StaffMember]
    }

    func response() async throws -> Response {
        let (query, staff, zone) = (query, visit.staff, visit.site.zone)
        let lists = try await visit.read { transaction in
            let search = try query.text.map {
                try InboxSearch($0, behind: query.behind, for: staff, zone, limit: Self.count, transaction)
            }
            return Lists(
                rows: try search?.rows
                    ?? transaction.conversations(
                        query.view, query.tab, for: staff, after: query.after, limit: Self.count + 1),
                search: search,
                counts: try transaction.conversationCounts(for: staff),
                tabs: try transaction.tabCounts(query.view, for: staff),
                staff: try transaction.staffMembers().filter { !$0.isDisabled })
        }
        let rows = Array(lists.rows.prefix(Self.count))
        let list = ConversationRows(
            visit: visit, query: query, rows: rows, open: open,
            next: lists.rows.count > rows.count ? rows.last?.cursor : nil, rest: lists.search?.rest)
        var right: HTML = """
            <section class="conv idle" aria-label="\(visit.say(.conversation))"><div class="empty">\
            \(Icon("inbox").svg)<p>\(visit.say(.chooseOne))</p></div></section>
            """
        var title = visit.say(query.words)
        if let open {
            let view = try await ConversationPane.load(
                visit, query, open, lists.staff, note, wrongDay: wrongDay)
            right = try await view.html()
            title = view.row.subject.isEmpty ? visit.say(.noSubject) : view.row.subject
        }
        return try await visit.page(
            title, current: query.place,
            """
            <main class="inbox \(open == nil ? "" : "reading")" id="main">\
            <section class="list" id="list" aria-label="\(visit.say(query.words))">\
            \(open == nil ? "<h1 class=\"sr\">\(visit.say(query.words))</h1>" : .empty)\(head(lists))\(list.html)\
            \(BulkBar(visit: visit, query: query, staff: lists.staff).html)</section>\(right)</main>\
            \(KeyHelp(visit: visit).html)
            """, scripts: [Assets.inbox], status: note == nil && !wrongDay ? .ok : .unprocessableContent)
    }

    private func head(_ lists: Lists) -> HTML {
        """
        <div class="list-head"><div class="row-flex"><form class="search grow" role="search" action="/">\
        \(Icon("search").svg)<label class="sr" for="q">\(visit.say(.search))</label>\
        <input id="q" name="q" type="search" placeholder="\(visit.say(.searchHint))"\(attribute: "value", query.text)\
        \(attribute: "aria-invalid", lists.search?.isWrong == true ? "true" : nil)\
        \(attribute: "aria-describedby", lists.search?.isWrong == true ? "wrong" : nil)><kbd class="nophone">/</kbd></form>\
        <button type="button" class="btn quiet onlyphone" id="selecting" aria-pressed="false" hidden>\(visit.say(.select))</button></div>\(lists.search?.notes(visit) ?? .empty)\
        <nav class="tabs" id="tabs" data-part="inbox" aria-label="\(visit.say(.filterTabs))">\(tabs(lists))</nav></div>
        """
    }

    private func tabs(_ lists: Lists) -> HTML {
        let first = query.view == .all ? ConversationView.open : query.view
        let name: Phrase = first == .open ? .viewOpen : query.words
        let count: Int? =
            switch first {
            case .open, .all: lists.counts.open
            case .mine: lists.counts.mine
            case .unassigned: lists.counts.unassigned
            case .waiting: lists.counts.waiting
            case .snoozed: lists.counts.snoozed
            case .other: lists.counts.other
            case .done: nil
            }
        return [
            tab(InboxQuery(first), name, count),
            tab(InboxQuery(first, .unread), .tabUnread, lists.tabs.unread),
            tab(InboxQuery(first, .files), .tabFiles, lists.tabs.files),
            tab(InboxQuery(.all), .viewAll, nil),
        ].joined()
    }

    private func tab(_ target: InboxQuery, _ words: Phrase, _ count: Int?) -> HTML {
        let isHere = target.view == query.view && target.tab == query.tab && query.text == nil
        let number: HTML =
            if let count, count > 0 { "<span class=\"n\">\(ConversationCounts.words(count))</span>" } else {
                .empty
            }
        return """
            <a href="\(link: target.path())"\(attribute: "aria-current", isHere ? "true" : nil)>\
            \(visit.say(words))\(number)</a>
            """
    }
}
