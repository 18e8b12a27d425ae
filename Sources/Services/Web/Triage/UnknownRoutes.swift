internal import HTTP
internal import Mail
internal import Mailroom
internal import Store
internal import Text

extension StaffRoutes {
    /// Unknown senders, and whose they turn out to be.
    mutating func addUnknownPages() {
        get("/unknown") { visit in try await UnknownPage(visit).response() }
        get("/unknown/link") { visit in
            let query = visit.request.query
            let sender = try await UnknownDeeds(visit).sender(query["sender"])
            return try await LinkPage(visit: visit, sender: sender, words: query["q"] ?? "").response()
        }
        get("/unknown/account", may: .changeAccounts) { visit in
            let query = visit.request.query
            let sender = try await UnknownDeeds(visit).sender(query["sender"])
            return try await SenderAccountPage(visit: visit, sender: sender, form: query).response()
        }
        get("/unknown/earlier") { visit in
            try await UnknownDeeds(visit).earlier(TriageForm(visit, visit.request.query))
        }
        post("/unknown/link", may: .fileDocuments) { visit, form in
            try await UnknownDeeds(visit).refusing { try await $0.link(TriageForm(visit, form)) }
        }
        post("/unknown/account", may: .changeAccounts) { visit, form in
            try await UnknownDeeds(visit).addAccount(form)
        }
        post("/unknown/earlier", may: .fileDocuments) { visit, form in
            try await UnknownDeeds(visit).refusing { try await $0.fileEarlier(TriageForm(visit, form)) }
        }
        post("/unknown/ignore", may: .fileDocuments) { visit, form in
            try await UnknownDeeds(visit).ignore(form["sender"], isIgnored: true)
        }
        post("/unknown/attend", may: .fileDocuments) { visit, _ in
            try await UnknownDeeds(visit).ignore(visit.request.query["sender"], isIgnored: false)
        }
    }
}

/// What the answers on the page of unknown senders do.
struct UnknownDeeds: Sendable {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    private var deeds: TriageDeeds { visit.site.deeds.triage }

    func refusing(_ deed: @Sendable (UnknownDeeds) async throws -> Response) async throws -> Response {
        do {
            return try await deed(self)
        } catch let refusal as TriageRefusal {
            return try await UnknownPage(visit).response(problem: .refusal(refusal.reason))
        }
    }

    func sender(_ key: String?) async throws -> UnknownSender {
        let staff = visit.staff
        guard let key, let sender = try await visit.read({ try $0.unknownSender(key, for: staff) }) else {
            throw PageError.notFound
        }
        return sender
    }

    func link(_ form: TriageForm) async throws -> Response {
        let sender = try await sender(form.items["sender"])
        guard let account = try await form.account() else { throw TriageRefusal(.noAccount) }
        return try await link(sender, to: account, remembers: form.items["remember"] != nil)
    }

    /// Links the newest message; the earlier ones are asked for after.
    private func link(
        _ sender: UnknownSender, to account: AccountID, remembers: Bool
    ) async throws -> Response {
        let report = try await deeds.link(
            LinkOrder([sender.newest], to: account, remembers: remembers), visit.member)
        visit.site.changed(["triage", "inbox", "account-\(account.rawValue)"])
        let undo = TriageForm.undo(
            [sender.newest], report.documents, address: remembers ? sender.key : nil, account: account)
        guard remembers, sender.messages > 1 else {
            return visit.back(to: "/unknown", did: .mailLinked, undo: undo)
        }
        let query = FormItems([
            FormItems.Item("sender", sender.key), FormItems.Item("account", "\(account.rawValue)"),
        ])
        return visit.back(to: "/unknown/earlier?" + query.urlEncoded, did: .mailLinked, undo: undo)
    }

    /// What a stranger sent before, as far as the person may see it.
    private func earlierMessages(_ form: TriageForm) async throws -> (String, [MessageNumber]) {
        let staff = visit.staff
        guard let key = form.items["sender"] else { throw PageError.badRequest }
        let messages = try await visit.read { transaction in
            try transaction.unmatchedMessages(from: key).filter {
                try transaction.heldMessage($0, for: staff) != nil
            }
        }
        return (key, messages)
    }

    func earlier(_ form: TriageForm) async throws -> Response {
        let (key, messages) = try await earlierMessages(form)
        guard let id = try await form.account() else { throw PageError.badRequest }
        let staff = visit.staff
        guard let account = try await visit.read({ try $0.accountChoice(id, for: staff) }) else {
            throw PageError.notFound
        }
        guard !messages.isEmpty else { return .seeOther("/unknown") }
        let report = try await deeds.rejudge(messages, true, visit.member)
        return try await EarlierPage(visit: visit, sender: key, account: account, report: report).response()
    }

    func fileEarlier(_ form: TriageForm) async throws -> Response {
        let (_, messages) = try await earlierMessages(form)
        _ = try await deeds.rejudge(messages, false, visit.member)
        visit.site.changed(["triage", "inbox"])
        return visit.back(to: "/unknown", did: .partsFiled)
    }

    func addAccount(_ form: FormItems) async throws -> Response {
        let sender = try await sender(form["sender"])
        let isGuest = form["type"] == "guest"
        let name = Self.line(form["name"])
        guard let name else {
            return try await SenderAccountPage(
                visit: visit, sender: sender, form: form, errors: ["name": .accountNameMissing]
            ).response()
        }
        let order = AccountOrder(
            name: name, number: isGuest ? nil : form["number"] ?? "", type: isGuest ? .guest : .client,
            language: form["language"].flatMap(Language.init(rawValue:)) ?? visit.site.settings.language,
            address: isGuest ? nil : sender.address, contact: Self.line(form["contact"]))
        do {
            let account = try await deeds.addAccount(order, visit.member)
            // The account is its contact's already: nothing is left to be remembered.
            _ = try await deeds.link(LinkOrder([sender.newest], to: account, remembers: false), visit.member)
            visit.site.changed(["triage", "inbox", "accounts"])
            guard !isGuest, sender.messages > 1 else { return visit.back(to: "/unknown", did: .mailLinked) }
            let query = FormItems([
                FormItems.Item("sender", sender.key), FormItems.Item("account", "\(account.rawValue)"),
            ])
            return visit.back(to: "/unknown/earlier?" + query.urlEncoded, did: .mailLinked)
        } catch let refusal as TriageRefusal {
            let field = [.numberTaken, .badNumber].contains(refusal.reason) ? "number" : "name"
            return try await SenderAccountPage(
                visit: visit, sender: sender, form: form, errors: [field: .refusal(refusal.reason)]
            ).response()
        }
    }

    /// One line of something; nil for nothing.
    private static func line(_ text: String?) -> String? {
        guard let words = text?.split(whereSeparator: \.isWhitespace).joined(separator: " "), !words.isEmpty,
            words.count <= 200
        else { return nil }
        return words
    }

    func ignore(_ key: String?, isIgnored: Bool) async throws -> Response {
        guard let key, let sender = AddressKey(key) else { throw PageError.badRequest }
        if isIgnored { _ = try await self.sender(key) }
        let (actor, now) = (visit.member.login, visit.now)
        try await visit.site.store.write { transaction in
            if isIgnored {
                try transaction.ignoreSender(sender, by: actor, now: now)
            } else {
                try transaction.attendSender(sender, by: actor, now: now)
            }
        }
        visit.site.changed(["triage", "inbox"])
        guard isIgnored else { return visit.back(to: "/unknown", did: .wordTakenBack) }
        return visit.back(
            to: "/unknown", did: .senderIgnored,
            undo: "/unknown/attend?" + FormItems([FormItems.Item("sender", key)]).urlEncoded)
    }
}
