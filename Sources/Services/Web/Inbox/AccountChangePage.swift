internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// Whose are these conversations? A search over the accounts, each answer a button; above it what happens to the
/// documents that came by them.
struct AccountChangePage: Sendable {
    let visit: Visit
    let ids: [ConversationID]
    /// Of one that is open: as part of its address; of many: as they were selected.
    let isBulk: Bool
    /// The one of a conversation's messages that is somebody else's.
    let message: MessageNumber?

    init(_ visit: Visit, _ ids: [ConversationID], isBulk: Bool, message: MessageNumber? = nil) {
        self.visit = visit
        self.ids = ids
        self.isBulk = isBulk
        self.message = message
    }

    /// Of one message, as the address names it.
    static func one(_ visit: Visit) async throws -> AccountChangePage {
        let number = MessageNumber(try visit.number("message"))
        let staff = visit.staff
        let id = try await visit.read { transaction -> ConversationID? in
            guard try transaction.maySee(number, staff) else { return nil }
            return try transaction.conversation(of: number)
        }
        guard let id else { throw PageError.notFound }
        return AccountChangePage(visit, [id], isBulk: false, message: number)
    }

    private var path: String {
        message.map { "/m/\($0)/account" } ?? (isBulk ? "/conversations/account" : "/c/\(ids[0])/account")
    }

    private struct Found: Sendable {
        let outlook: AccountChangeOutlook
        let choices: [AccountChoice]?
    }

    /// Of many, as the address names them.
    static func many(_ visit: Visit) throws -> AccountChangePage {
        let ids = Set(visit.request.query.all("id").compactMap { Int64($0) }).sorted()
        guard !ids.isEmpty, ids.count <= most else { throw PageError.badRequest }
        return AccountChangePage(visit, ids.map { ConversationID($0) }, isBulk: true)
    }

    /// More would be no address any more.
    static let most = 200

    private var words: String { visit.request.query["q"] ?? "" }

    private func find() async throws -> Found {
        let (ids, staff, words, member, message) = (ids, visit.staff, words, visit.member, message)
        let found = try await visit.read { transaction -> Found? in
            guard
                let outlook = try transaction.accountChangeOutlook(
                    ids, only: message, for: staff, actors: [member.login, member.name])
            else { return nil }
            return Found(
                outlook: outlook,
                choices: words.isEmpty ? nil : try transaction.accountChoices(words, for: staff, limit: 20))
        }
        guard let found else { throw PageError.notFound }
        return found
    }

    /// - Parameter problem: why the deed that was asked for was not done.
    func response(problem: Phrase? = nil) async throws -> Response {
        let found = try await find()
        let wrong: HTML =
            problem.map {
                "<p class=\"wrong\" role=\"alert\">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>"
            }
            ?? .empty
        return try await visit.page(
            .changeAccount, current: .inbox,
            """
            <main class="page" id="main"><div class="content triage"><h1>\(visit.say(.changeAccount))</h1>\(wrong)\
            \(AccountChangeView(visit: visit, outlook: found.outlook).html)\
            <form method="get" action="\(link: path)" class="form" \
            role="search">\(fields(inAddress: true))\
            \(Field("q", visit.say(.findAccount), value: words, autocomplete: "off").input)\
            <p class="actions"><button class="btn">\(Icon("search").svg)\(visit.say(.findNow))</button></p></form>\
            <form method="post" action="\(link: path)" \
            class="answers card pad" tabindex="-1" data-item>\(visit.token)\(fields(inAddress: false))\
            <label class="check"><input type="checkbox" name="remember" value="yes"\(flag: "checked", isStranger(found))>\
            <span>\(visit.say(.remembersAddress))</span></label>\
            <div id="account-choices" data-part="account-choices" class="answers">\(choices(found))</div>\
            <p class="actions"><a class="btn quiet" data-cancel href="\(link: back)">\(visit.say(.cancel))</a></p></form>\
            </div></main>
            """, scripts: [Assets.triage], status: problem == nil ? .ok : .unprocessableContent)
    }

    /// An address that nobody knows is to be known; one that speaks for an account goes on doing so.
    private func isStranger(_ found: Found) -> Bool {
        found.outlook.conversations.allSatisfy { $0.account == nil }
    }

    private func fields(inAddress: Bool) -> HTML {
        let many = isBulk ? ids : []
        let query = InboxQuery(visit.request.query)
        let list: [(String, String)] =
            inAddress
            ? [
                query.view == .open ? nil : ("view", query.view.rawValue),
                query.tab == .every ? nil : ("tab", query.tab.rawValue),
            ].compactMap { $0 } : [("back", back)]
        return many.map { "<input type=\"hidden\" name=\"id\" value=\"\($0.rawValue)\">" as HTML }.joined()
            + list.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML }.joined()
    }

    private var back: String { InboxQuery(visit.request.query).path(isBulk ? nil : ids[0]) }

    private func choices(_ found: Found) -> HTML {
        guard let searched = found.choices else {
            let (offered, recent) = (found.outlook.offered, found.outlook.recent)
            return group(.accountsOffered, offered, from: 1)
                + group(.accountsRecent, recent, from: offered.count + 1)
        }
        let current = Set(found.outlook.conversations.map(\.account))
        let others = searched.filter { current != [$0.id] }
        guard !others.isEmpty else { return "<p class=\"hint\">\(visit.say(.noAccountFound))</p>" }
        return group(nil, others, from: 1)
    }

    private func group(_ title: Phrase?, _ choices: [AccountChoice], from first: Int) -> HTML {
        AccountChoiceList(choices, from: first).html(under: title.map(visit.say))
    }

    func take(_ form: FormItems) async throws -> Response {
        var back = ReturnPath.local(form["back"]) ?? (isBulk ? "/" : "/c/\(ids[0])")
        guard let account = try await TriageForm(visit, form).account() else {
            return try await response(problem: .chooseAccountFirst)
        }
        do {
            let undo = try await visit.site.deeds.accountChanges.give(
                AccountChangeOrder(
                    ids, only: message, to: account, remembers: form["remember"] != nil), visit.member)
            // The only message of a conversation took that along, into another one maybe.
            if message != nil, let here = try await here() { back = here }
            return visit.back(to: back, did: .accountChanged, undo: undo.map { InboxDeeds.undoing($0, back) })
        } catch let refusal as TriageRefusal {
            guard refusal.reason != .gone else { throw PageError.notFound }
            return try await response(
                problem: refusal.reason == .filedElsewhere ? .onlyRequest : .refusal(refusal.reason))
        }
    }

    /// Where one is after one message has left: at what it was part of, or where it is now.
    private func here() async throws -> String? {
        let (ids, message, staff) = (ids, message, visit.staff)
        let id = try await visit.site.store.read { transaction -> ConversationID? in
            if try transaction.conversation(ids[0], for: staff) != nil { return nil }
            return try message.flatMap { try transaction.conversation(of: $0) }
        }
        return id.map { "/c/\($0)" }
    }
}
