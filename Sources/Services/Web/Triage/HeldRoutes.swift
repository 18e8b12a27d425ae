internal import HTTP
internal import Mail
internal import Mailroom
internal import Store
internal import Text

extension StaffRoutes {
    /// Held files: what waits, and every answer to it.
    mutating func addHeldPages() {
        get("/held") { visit in try await HeldPage(visit).response() }
        get("/held/place") { visit in try await PlacePage(visit, visit.request.query).response() }
        post("/held/file", may: .fileDocuments) { visit, form in
            try await HeldDeeds(visit).refusing { try await $0.file(TriageForm(visit, form)) }
        }
        post("/held/open", may: .fileDocuments) { visit, form in
            try await OpeningDeeds(visit, form).held()
        }
        get("/m/:message/open/*section") { visit in
            try await OpeningDeeds(visit, visit.request.query).page(wrong: nil)
        }
        post("/m/:message/open/*section", may: .fileDocuments) { visit, form in
            try await OpeningDeeds(visit, form).part()
        }
        post("/m/:message/forget-passwords", may: .fileDocuments) { visit, form in
            try await OpeningDeeds(visit, form).forget()
        }
        post("/held/link", may: .fileDocuments) { visit, form in
            try await HeldDeeds(visit).refusing { try await $0.link(TriageForm(visit, form)) }
        }
        post("/held/leave", may: .fileDocuments) { visit, form in
            try await HeldDeeds(visit).leave(TriageForm(visit, form), isAside: true)
        }
        post("/held/wait", may: .fileDocuments) { visit, _ in
            try await HeldDeeds(visit).leave(TriageForm(visit, visit.request.query), isAside: false)
        }
        post("/held/confirm", may: .fileDocuments) { visit, form in
            try await HeldDeeds(visit).refusing { try await $0.confirm(form["sender"]) }
        }
        post("/held/undo", may: .fileDocuments) { visit, _ in
            try await HeldDeeds(visit).refusing { try await $0.takeBack(visit.request.query) }
        }
        post("/held/history", may: .releaseHistory) { visit, form in
            try await HeldDeeds(visit).refusing { try await $0.releaseHistory(TriageForm(visit, form)) }
        }
    }
}

/// What the answers on the page of held files do.
struct HeldDeeds: Sendable {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    private var deeds: TriageDeeds { visit.site.deeds.triage }

    /// A deed that was not done is told on the page that it was asked for on.
    func refusing(_ deed: @Sendable (HeldDeeds) async throws -> Response) async throws -> Response {
        do {
            return try await deed(self)
        } catch let refusal as TriageRefusal {
            return try await HeldPage(visit).response(problem: .refusal(refusal.reason))
        }
    }

    func file(_ form: TriageForm) async throws -> Response {
        let parts = try await form.parts()
        let account = try await form.account()
        let folder = try await form.folder(of: account)
        let order = FilingOrder(parts, account: account, folder: folder)
        let report = try await deeds.file(order, visit.member)
        guard report.filed + report.duplicates > 0 else { throw TriageRefusal(.failed) }
        tell(account)
        return visit.back(
            to: form.back("/held"), did: .partsFiled, undo: TriageForm.undo(order.messages, report.documents))
    }

    func link(_ form: TriageForm) async throws -> Response {
        let messages = Set(try await form.parts().map(\.message)).sorted()
        guard let account = try await form.account() else { throw TriageRefusal(.noAccount) }
        let report = try await deeds.link(
            LinkOrder(messages, to: account, remembers: form.items["remember"] != nil), visit.member)
        tell(account)
        return visit.back(
            to: form.back("/held"), did: .mailLinked, undo: TriageForm.undo(messages, report.documents))
    }

    func leave(_ form: TriageForm, isAside: Bool) async throws -> Response {
        let parts = try await form.parts()
        let (actor, now) = (visit.member.login, visit.now)
        try await visit.site.store.write { transaction in
            for part in parts {
                try transaction.setAside(part.section, of: part.message, isAside, by: actor, now: now)
            }
        }
        tell(nil)
        guard isAside else { return visit.back(to: "/held", did: .wordTakenBack) }
        let query = FormItems(
            parts.prefix(100).map { FormItems.Item("part", "\($0.message):\($0.section.text)") })
        return visit.back(
            to: form.back("/held"), did: .leftInMail, undo: "/held/wait?" + query.urlEncoded)
    }

    func confirm(_ key: String?) async throws -> Response {
        let staff = visit.staff
        let known = try await visit.read { try $0.unconfirmedSenders(for: staff) }
        guard let key, known.contains(where: { $0.key == key }), let sender = AddressKey(key) else {
            throw PageError.notFound
        }
        _ = try await deeds.confirm(sender, visit.member)
        tell(nil)
        return visit.back(to: "/held", did: .senderBelieved)
    }

    func takeBack(_ query: FormItems) async throws -> Response {
        let messages = query.all("message").compactMap { Int64($0).map { MessageNumber($0) } }
        let documents = query.all("document").compactMap { Int64($0).map { DocumentID($0) } }
        guard !messages.isEmpty else { throw PageError.badRequest }
        let form = TriageForm(visit, query)
        try await form.check(Set(messages))
        let known = try await visit.read { transaction in
            try documents.compactMap { try transaction.documentListing($0)?.message }
        }
        guard known.count == documents.count, known.allSatisfy({ messages.contains($0) }) else {
            throw PageError.notFound
        }
        _ = try await deeds.takeBack(
            TakingBackOrder(
                messages, documents: documents, address: query["sender"].flatMap { AddressKey($0) },
                account: try await form.account()), visit.member)
        tell(nil)
        return visit.back(to: query["sender"] == nil ? "/held" : "/unknown", did: .wordTakenBack)
    }

    func releaseHistory(_ form: TriageForm) async throws -> Response {
        guard let account = try await form.account() else { throw TriageRefusal(.noAccount) }
        _ = try await deeds.releaseHistory(account, visit.member)
        tell(account)
        return visit.back(to: "/held", did: .partsFiled)
    }

    private func tell(_ account: AccountID?) {
        visit.site.changed(["triage", "inbox"] + (account.map { ["account-\($0.rawValue)"] } ?? []))
    }
}
