internal import HTTP
internal import Mail
internal import Mailroom
internal import QR
internal import Store
internal import Text

extension StaffRoutes {
    /// What clients are asked for.
    mutating func addRequestPages() {
        get("/requests") { visit in try await RequestListPage(visit).page() }
        get("/requests/new", may: .makeRequests) { visit in try await NewRequestPage(visit).page() }
        post("/requests/new", may: .makeRequests) { visit, form in
            try await NewRequestPage(visit).take(form)
        }
        post("/requests/preview", may: .makeRequests) { visit, form in
            try await NewRequestPage(visit).preview(form)
        }
        get("/requests/:id") { visit in try await RequestPage.open(visit).page() }
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
        post("/requests/:id/send", may: .makeRequests) { visit, _ in
            try await RequestDeeds(visit).done(.requestSent, .send(.mail, to: nil))
        }
        post("/requests/:id/remind", may: .makeRequests) { visit, _ in
            try await RequestDeeds(visit).done(.reminded, .remind(to: nil))
        }
        post("/requests/:id/renew", may: .makeRequests) { visit, _ in
            try await RequestDeeds(visit).done(.linksRenewed, .renewLinks)
        }
        post("/requests/:id/revoke", may: .makeRequests) { visit, _ in
            try await RequestDeeds(visit).done(.requestRevoked, .revoke)
        }
        post("/requests/:id/extend", may: .makeRequests) { visit, form in
            guard let day = CivilDay(form["until"] ?? "") else {
                return try await RequestPage.open(visit).page(problem: RequestWords.notADay)
            }
            return try await RequestDeeds(visit).done(.requestExtended, .extend(until: day, due: nil))
        }
        post("/requests/:id/accept", may: .makeRequests) { visit, form in
            let items = form["item"].flatMap { Int($0) }.map { [$0] } ?? []
            return try await RequestDeeds(visit).done(
                .itemsAccepted, .accept(items, isUnavailable: false))
        }
        post("/requests/:id/unavailable", may: .makeRequests) { visit, form in
            let number = try RequestDeeds.item(form)
            return try await RequestDeeds(visit).done(.itemChanged, .accept([number], isUnavailable: true))
        }
        post("/requests/:id/reject", may: .makeRequests) { visit, form in
            let number = try RequestDeeds.item(form)
            let note = (form["note"] ?? "").oneLine.trimmed
            return try await RequestDeeds(visit).done(
                .itemRejected, .reject(number, note: note, byMail: true), item: number)
        }
        post("/requests/:id/tick", may: .makeRequests) { visit, form in
            let number = try RequestDeeds.item(form)
            let part = form["part"].flatMap { Int64($0) }
            return try await RequestDeeds(visit).done(.itemChanged, .tick(number, part: part))
        }
        post("/requests/:id/untick", may: .makeRequests) { visit, form in
            let number = try RequestDeeds.item(form)
            return try await RequestDeeds(visit).done(.itemChanged, .untick(number))
        }
    }
}

/// What the buttons of a request's page do.
struct RequestDeeds {
    private let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    static func item(_ form: FormItems) throws -> Int {
        guard let number = form["item"].flatMap({ Int($0) }) else { throw PageError.badRequest }
        return number
    }

    /// Does it, and goes back to the request; where it can't be done, its page says why.
    func done(_ note: DoneNote, _ action: RequestAction, item: Int? = nil) async throws -> Response {
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
        return visit.back(to: "/requests/\(id)", did: note)
    }

    /// A link as a picture for a telephone's camera.
    func code() async throws -> Response {
        let request = try await RequestPage.open(visit).request
        let links: RequestAddresses
        do {
            links = try await visit.site.deeds.asking.links(request.id, visit.member.login)
        } catch is DeskRefusal {
            throw PageError.notFound
        }
        let recipient = visit.request.query["to"].flatMap { Int64($0) }.map { RequestRecipientID($0) }
        guard let link = recipient.map({ links.own[$0] }) ?? links.open, let code = QRCode(link) else {
            throw PageError.notFound
        }
        let side = code.width + 8
        let drawing = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 \(side) \(side)" shape-rendering="crispEdges">\
            <path fill="#fff" d="M-4-4h\(side)v\(side)h-\(side)z"/><path d="\(code.path)"/></svg>
            """
        return Response(type: "image/svg+xml", Array(drawing.utf8)).under(.download)
    }
}
