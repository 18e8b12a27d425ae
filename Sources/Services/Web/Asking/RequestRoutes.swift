internal import HTTP
internal import Mail
internal import Mailroom
internal import Store
internal import Text

extension StaffRoutes {
    /// What clients are asked for.
    mutating func addRequestPages() {
        get("/requests") { visit in try await RequestListPage(visit).page() }
        get("/requests/new", may: .makeRequests) { visit in try await NewRequestPage(visit).page() }
        post("/requests/new", may: .makeRequests, isOnce: true) { visit, form in
            try await NewRequestPage(visit).take(form)
        }
        post("/requests/preview", may: .makeRequests) { visit, form in
            try await NewRequestPage(visit).preview(form)
        }
        get("/requests/:id") { visit in try await RequestPage.open(visit).page() }
        get("/requests/:id/letter") { visit in
            let request = try await RequestPage.open(visit).request
            let language = visit.request.query["language"].flatMap { Language(rawValue: $0) }
            return try await LetterFrame.letter(visit) {
                try await visit.site.deeds.asking.letter(
                    request, language ?? request.language, visit.member.login)
            }
        }
        get("/requests/:id/qr.svg") { visit in try await RequestDeeds(visit).code() }
        get("/requests/:id/edit", may: .makeRequests) { visit in
            try await RequestEditPage.open(visit).page()
        }
        post("/requests/:id/edit", may: .makeRequests) { visit, form in
            try await RequestEditPage.open(visit).take(form)
        }
        get("/requests/:id/revoke", may: .makeRequests) { visit in
            try await RequestEditPage.open(visit).revoking()
        }
        addRequestDeeds()
    }

    private mutating func addRequestDeeds() {
        post("/requests/:id/send", may: .makeRequests, isOnce: true) { visit, form in
            try await RequestDeeds(visit, form).done(.requestSent, .send(.mail, to: nil))
        }
        post("/requests/:id/remind", may: .makeRequests, isOnce: true) { visit, form in
            try await RequestDeeds(visit, form).done(.reminded, .remind(to: nil))
        }
        post("/requests/:id/renew", may: .makeRequests) { visit, form in
            try await RequestDeeds(visit, form).done(.linksRenewed, .renewLinks)
        }
        post("/requests/:id/revoke", may: .makeRequests) { visit, form in
            try await RequestDeeds(visit, form).done(.requestRevoked, .revoke)
        }
        post("/requests/:id/extend", may: .makeRequests) { visit, form in
            let answers = visit.answers(form)
            guard let day = CivilDay(answers["until"] ?? "") else {
                return try await RequestPage.open(visit).page(problem: RequestWords.notADay)
            }
            let due = answers["due"].map { CivilDay($0) }
            return try await RequestDeeds(visit, form).done(.requestExtended, .extend(until: day, due: due))
        }
        addItemDeeds()
    }

    private mutating func addItemDeeds() {
        post("/requests/:id/accept", may: .makeRequests) { visit, form in
            let items = form["item"].flatMap { Int($0) }.map { [$0] } ?? []
            return try await RequestDeeds(visit, form).done(
                .itemsAccepted, .accept(items, isUnavailable: false))
        }
        post("/requests/:id/reconsider", may: .makeRequests) { visit, form in
            let items = visit.answers(form).all("item").compactMap { Int($0) }
            return try await RequestDeeds(visit, form).done(.itemChanged, .reconsider(items))
        }
        post("/requests/:id/unavailable", may: .makeRequests) { visit, form in
            let number = try RequestDeeds.item(visit.answers(form))
            return try await RequestDeeds(visit, form).done(
                .itemChanged, .accept([number], isUnavailable: true))
        }
        post("/requests/:id/reject", may: .makeRequests, isOnce: true) { visit, form in
            let number = try RequestDeeds.item(form)
            let note = (form["note"] ?? "").oneLine.trimmed
            return try await RequestDeeds(visit, form).done(
                .itemRejected, .reject(number, note: note, byMail: true), item: number)
        }
        post("/requests/:id/tick", may: .makeRequests) { visit, form in
            let number = try RequestDeeds.item(visit.answers(form))
            let part = form["part"].flatMap { Int64($0) }
            return try await RequestDeeds(visit, form).done(.itemChanged, .tick(number, part: part))
        }
        post("/requests/:id/untick", may: .makeRequests) { visit, form in
            let number = try RequestDeeds.item(visit.answers(form))
            return try await RequestDeeds(visit, form).done(.itemChanged, .untick(number))
        }
        post("/requests/:id/rename-item", may: .makeRequests) { visit, form in
            let answers = visit.answers(form)
            let (number, name) = (
                try RequestDeeds.item(answers), (answers["name"] ?? "").oneLine.trimmed
            )
            return try await RequestDeeds(visit, form).done(
                .itemChanged, .renameItem(number, name), item: number)
        }
        post("/requests/:id/withdraw-item", may: .makeRequests) { visit, form in
            let number = try RequestDeeds.item(form)
            return try await RequestDeeds(visit, form).done(.itemChanged, .withdrawItem(number), item: number)
        }
    }
}

/// What the buttons of a request's page do.
struct RequestDeeds {
    private let visit: Visit
    /// Where a form wants to come back to; nil: to the request.
    private let back: String?

    init(_ visit: Visit, _ form: FormItems? = nil) {
        self.visit = visit
        back = ReturnPath.local(form?["back"])
    }

    static func item(_ form: FormItems) throws -> Int {
        guard let number = form["item"].flatMap({ Int($0) }) else { throw PageError.badRequest }
        return number
    }

    /// Does it, and goes back to the request; where it can't be done, its page says why.
    func done(
        _ note: DoneNote, _ action: RequestAction, item: Int? = nil
    ) async throws -> Response {
        let page = try await RequestPage.open(visit)
        let id = page.request.id
        if case .tick(_, let part?) = action {
            let parts = try await visit.read { try $0.parts(of: id) }
            guard parts.contains(where: { $0.id == part }) else { throw PageError.notFound }
        }
        do {
            try await visit.site.deeds.asking.perform(action, id, visit.member.login)
        } catch let refusal as DeskRefusal {
            return try await page.page(problem: .refusal(refusal), item: item)
        } catch let error as StoreError where error.code == .conflict {
            let late = DeskRefusal(.tooLate, error.words)
            return try await RequestPage.open(visit).page(problem: .refusal(late), item: item)
        }
        visit.site.changed(["requests", "inbox", "account-\(page.request.account.rawValue)"])
        return visit.back(to: back ?? "/requests/\(id)", did: note, undo: undo(action, page.request))
    }

    /// The way back from a deed; nil where what was done can't be undone, or no longer.
    ///
    /// A letter is gone, and a revoked link is void for ever.
    private func undo(_ action: RequestAction, _ before: Mailroom.Request) -> String? {
        func deed(_ verb: String, _ items: [Int]) -> String? {
            guard !items.isEmpty else { return nil }
            let query = FormItems(items.map { FormItems.Item("item", "\($0)") })
            return "/requests/\(before.id)/\(verb)?" + query.urlEncoded
        }
        func numbers(_ state: ItemState, among chosen: [Int]) -> [Int] {
            before.items.filter { $0.state == state && (chosen.isEmpty || chosen.contains($0.number)) }
                .map(\.number)
        }
        switch action {
        case .accept(let chosen, isUnavailable: false):
            return deed("reconsider", numbers(.received, among: chosen))
        case .accept(let chosen, isUnavailable: true): return deed("untick", numbers(.open, among: chosen))
        case .tick(let number, _): return deed("untick", numbers(.open, among: [number]))
        case .untick(let number):
            return deed("tick", numbers(.received, among: [number]))
                ?? deed("unavailable", numbers(.unavailable, among: [number]))
        case .extend:
            let terms = visit.site.deeds.asking.terms()
            let last = terms.lastDay(before: before.expires)
            guard before.state == .open || before.state == .draft, last >= terms.zone.day(visit.now) else {
                return nil
            }
            return "/requests/\(before.id)/extend?until=\(last)"
        case .renameItem(let number, _):
            guard let item = before.items.first(where: { $0.number == number }) else { return nil }
            return deed("rename-item", [number]).map {
                $0 + "&" + FormItems([FormItems.Item("name", item.name)]).urlEncoded
            }
        case .send, .remind, .edit, .add, .renewLinks, .revoke, .reject, .reconsider, .withdrawItem:
            return nil
        }
    }

    /// A link as a picture for a telephone's camera.
    func code() async throws -> Response {
        let request = try await RequestPage.open(visit).request
        guard let links = visit.site.deeds.asking.links(request, visit.now) else { throw PageError.notFound }
        let recipient = visit.request.query["to"].flatMap { Int64($0) }.map { RequestRecipientID($0) }
        guard let link = recipient.map({ links.own[$0] }) ?? links.open,
            let picture = CodePicture(of: link)
        else { throw PageError.notFound }
        return picture.response
    }
}
