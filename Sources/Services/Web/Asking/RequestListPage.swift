internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// Which requests a list shows: their states, and what is derived of open ones.
enum RequestView: String, CaseIterable {
    case open, overdue, partly, undelivered, answered, draft, closed

    func contains(_ request: Mailroom.Request, today: CivilDay) -> Bool {
        switch self {
        case .open: request.state == .open
        case .overdue: request.isOverdue(today: today)
        case .partly: request.isPartlyAnswered
        case .undelivered: request.state == .open && request.isUndelivered
        case .answered: request.state == .answered
        case .draft: request.state == .draft
        case .closed: request.state == .revoked || request.state == .expired
        }
    }

    var words: Phrase {
        switch self {
        case .open: Asking.open
        case .overdue: Asking.overdue
        case .partly: Asking.partly
        case .undelivered: Asking.undelivered
        case .answered: Asking.answered
        case .draft: Asking.drafts
        case .closed: Asking.closed
        }
    }

    /// Whether its number is worth a look: what is over only grows.
    var isCounted: Bool { self != .answered && self != .closed }
    /// Shown while there is any.
    var isRare: Bool { self == .undelivered }
}

/// Every request, by how it stands.
struct RequestListPage {
    private let visit: Visit

    /// Of what is open: it is sorted by how it stands, which no index knows.
    private static let most = 2000
    private static let perPage = 50

    init(_ visit: Visit) { self.visit = visit }

    func page() async throws -> Response {
        let view = visit.request.query["view"].flatMap { RequestView(rawValue: $0) } ?? .open
        let before = visit.request.query["before"].flatMap { Int64($0) }.map { RequestID($0) }
        let today = visit.site.deeds.asking.terms().zone.day(visit.now)
        let staff = visit.staff
        let (current, over, accounts) = try await visit.read { transaction in
            let current = try transaction.requests(
                states: [.open, .draft], for: staff, limit: Self.most)
            let states: Set<RequestState> = view == .answered ? [.answered] : [.revoked, .expired]
            let over =
                view.isCounted
                ? []
                : try transaction.requests(
                    states: states, for: staff, before: before, limit: Self.perPage + 1)
            let names = try transaction.accountChoices(for: staff).map { ($0.id, $0) }
            return (current, over, Dictionary(uniqueKeysWithValues: names))
        }
        let found = (view.isCounted ? current : over).filter { request in
            view.contains(request, today: today) && before.map { request.id < $0 } ?? true
        }
        let shown = found.prefix(Self.perPage)
        let rows = shown.map { RequestRow(visit: visit, request: $0, account: accounts[$0.account]).html }
        let tabs = RequestView.allCases.compactMap { tab($0, view, current, today) }
        let more: HTML =
            found.count > Self.perPage
            ? """
            <p><a class="btn" href="\(link: "/requests?view=\(view.rawValue)&before=\(shown.last?.id.rawValue ?? 0)")">\
            \(visit.say(.nextPage))</a></p>
            """ : .empty
        let list: HTML =
            rows.isEmpty
            ? "<div class=\"empty\">\(Icon("task").svg)<b>\(visit.say(Asking.noRequests))</b></div>"
            : "<ul class=\"card askedlist\">\(rows)</ul>"
        return try await visit.page(
            .requests, current: .requests,
            """
            <main class="page" id="main"><div class="page-head"><div class="title"><h1>\(visit.say(.requests))</h1>\
            <div class="actions"><a class="btn primary" href="/requests/new">\(Icon("plus").svg)\
            \(visit.say(.newRequest))</a></div></div>\
            <nav class="tabs" id="request-tabs" data-part="requests" aria-label="\(visit.say(.requests))">\(tabs)</nav></div>\
            <div class="content" id="request-list" data-part="requests">\(list)\(more)</div></main>
            """)
    }

    private func tab(
        _ one: RequestView, _ current: RequestView, _ requests: [Mailroom.Request], _ today: CivilDay
    ) -> HTML? {
        let count = requests.count { one.contains($0, today: today) }
        guard !one.isRare || count > 0 || one == current else { return nil }
        let number: HTML = one.isCounted ? "<span class=\"n\">\(count)</span>" : .empty
        return """
            <a href="\(link: "/requests?view=\(one.rawValue)")"\
            \(attribute: "aria-current", one == current ? "page" : nil)>\(visit.say(one.words)) \(number)</a>
            """
    }
}

/// A request in a list: whose, from whom, how much is there, and how it stands.
struct RequestRow {
    let visit: Visit
    let request: Mailroom.Request
    /// Nil: the list is of one account.
    var account: AccountChoice?

    var html: HTML {
        let today = visit.site.deeds.asking.terms().zone.day(visit.now)
        let people = request.recipients.map { $0.name ?? $0.address.description }.joined(separator: ", ")
        let below = [account.map { "\($0.name) · \($0.number)" }, people.isEmpty ? nil : people]
        let due: HTML =
            request.due.map { "<span class=\"nowrap\">\(visit.say(Asking.due(visit.when.day($0))))</span>" }
            ?? visit.when.html(request.created)
        let progress: HTML =
            request.items.isEmpty ? .empty : RequestProgress(visit, request).html
        return """
            <li class="asked" data-key="\(request.id.rawValue)"><div class="grow">\
            <a class="askedtitle" href="\(link: "/requests/\(request.id)")"><b lang="\(request.language.rawValue)">\
            \(request.title)</b></a>\
            <small class="muted cut">\(below.compactMap { $0 }.joined(separator: " · "))</small></div>\(progress)\
            <div class="askedend"><span class="row-flex">\(RequestBadge.html(request, today, visit))</span>\
            <small class="muted">\(due)</small></div></li>
            """
    }
}

/// How much of a request is there.
struct RequestProgress {
    private let visit: Visit
    private let request: Mailroom.Request

    init(_ visit: Visit, _ request: Mailroom.Request) {
        self.visit = visit
        self.request = request
    }

    var html: HTML {
        let all = request.items.count
        let there = all - request.askedFor.count
        let words = visit.say(Asking.received(there, of: all))
        return """
            <div class="progress"><small>\(words)</small><meter class="meter" min="0" max="\(all)" value="\(there)" \
            aria-label="\(words)">\(words)</meter></div>
            """
    }
}

/// How a request stands, in a word or two.
enum RequestBadge {
    static func html(_ request: Mailroom.Request, _ today: CivilDay, _ visit: Visit) -> HTML {
        var badges: [HTML] = []
        func badge(_ kind: String, _ icon: Icon, _ words: Phrase) {
            badges.append("<span class=\"badge \(kind)\">\(icon.svg)\(visit.say(words))</span>")
        }
        switch request.state {
        case .draft: badge("private", "pen", Asking.draft)
        case .open where request.isOverdue(today: today): badge("bad", "clock", Asking.overdue)
        case .open where request.isPartlyAnswered: badge("warn", "clock", Asking.partly)
        case .open: badge("warn", "clock", Asking.open)
        case .answered: badge("good", "checkc", Asking.answered)
        case .revoked: badge("private", "ban", Asking.revoked)
        case .expired: badge("private", "clock", Asking.expired)
        }
        if request.state == .open, request.isUndelivered { badge("bad", "alert", Asking.undelivered) }
        return badges.joined()
    }
}
