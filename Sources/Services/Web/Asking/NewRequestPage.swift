internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// A new request: whose, what, for whom; with the very letter beside it.
struct NewRequestPage {
    private let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    private var deeds: AskingDeeds { visit.site.deeds.asking }

    /// `?account=NUMBER&folder=PATH`, `?account=NUMBER&place=FOLDER/PATH` from a folder's menu, or
    /// `?message=N` for whoever wrote that.
    func page() async throws -> Response {
        let (query, staff) = (visit.request.query, visit.staff)
        let message = query["message"].flatMap { Int64($0) }.map { MessageNumber($0) }
        let found = try await visit.read { transaction -> (AccountID?, String?) in
            if let message, try transaction.maySee(message, staff) {
                let summary = try transaction.message(message)
                return (summary?.account, summary?.fromAddress)
            }
            guard let number = query["account"] else { return (nil, nil) }
            return (try transaction.accountChoice(number, for: staff)?.id, nil)
        }
        guard let id = found.0 else {
            guard query["account"] == nil else { throw PageError.notFound }
            return try await choosing()
        }
        let place = FolderPlace(form: query["place"])
        let (account, contacts, folder) = try await visit.read { transaction in
            (
                try transaction.account(id), try transaction.contactAddresses(account: id),
                try place.flatMap { place in
                    try transaction.folderTree(of: id).first { $0.place.folder == place.folder }
                }
            )
        }
        guard let account else { throw PageError.notFound }
        var sheet = RequestSheet()
        sheet.folder = query["folder"] ?? ""
        if let place, let folder {
            sheet.folder = place.path.isEmpty ? folder.name : "\(folder.name)/\(place.path)"
        }
        sheet.language = account.language
        sheet.proof = deeds.usualProof()
        let people = contacts.filter { $0.kind == .person }.map(\.address)
        if let from = found.1, people.contains(from) {
            sheet.contacts = [from]
        } else if people.count == 1 {
            sheet.contacts = people
        } else if let from = found.1 {
            sheet.others = from
        }
        return try await show(sheet, account)
    }

    /// Which account, where nobody said: what this person last worked on, or what is found; `?q=WORDS`.
    private func choosing() async throws -> Response {
        let (staff, member, words) = (visit.staff, visit.member, visit.request.query["q"] ?? "")
        let choices = try await visit.read { transaction in
            words.isEmpty
                ? try transaction.recentAccounts(of: [member.login, member.name], for: staff)
                : try transaction.accountChoices(words, for: staff, limit: 20)
        }
        let list = AccountChoiceList(choices) {
            "/requests/new?" + FormItems([FormItems.Item("account", $0.number)]).urlEncoded
        }
        let answer: HTML =
            choices.isEmpty
            ? words.isEmpty ? .empty : "<p class=\"hint\">\(visit.say(.noAccountFound))</p>"
            : list.html(under: words.isEmpty ? visit.say(.accountsRecent) : nil)
        return try await visit.page(
            .newRequest, current: .requests,
            """
            <main class="page" id="main"><div class="content narrow triage"><h1>\(visit.say(.newRequest))</h1>\
            <form method="get" action="/requests/new" class="form" role="search">\
            \(Field("q", visit.say(.findAccount), value: words, autocomplete: "off").input)\
            <p class="actions"><button class="btn">\(Icon("search").svg)\(visit.say(.findNow))</button></p></form>\
            <div id="account-choices" data-part="account-choices" class="answers card pad" tabindex="-1" \
            data-item>\(answer)</div></div></main>
            """, scripts: [Assets.triage])
    }

    private func show(
        _ sheet: RequestSheet, _ account: AccountSummary, _ status: Status = .ok
    ) async throws -> Response {
        let view = try await RequestSheetView.of(visit, account.id, sheet)
        return try await visit.page(
            .newRequest, current: .requests,
            """
            <main class="page" id="main"><div class="page-head"><nav class="crumbs" aria-label="\(visit.say(.back))">\
            <a href="/requests">\(visit.say(.requests))</a>\(Icon("right").svg)\
            <a href="\(link: "/accounts/\(account.number)")">\(account.name)</a></nav>\
            <div class="title">\(Avatar(account.name, "lg").html)<div><h1>\(visit.say(.newRequest))</h1>\
            <p class="facts"><span>\(account.name)</span><span>\(account.number.text)</span></p></div></div><p class="headend"></p></div>\
            <div class="content requestpage new"><form class="reqmain card pad" id="asking" method="post" action="/requests/new" data-request>\
            \(visit.token)<input type="hidden" name="account" value="\(account.id.rawValue)">\
            <button class="sr" name="action" value="more" tabindex="-1">\(visit.say(RequestWords.moreItems))</button>\
            \(view.general)\(view.titleField)\(view.recipientFields(RequestWords.recipients))\
            \(view.itemFields(RequestWords.items))\(view.textField)\
            <div class="two">\(view.dueField)\(view.languageField)</div>\(view.folderField)\(view.remindersField)\
            \(view.proofField)\(view.documentFields)<div class="actions"><button class="btn primary" name="action" value="mail">\
            \(Icon("send").svg)\(visit.say(RequestWords.send))</button>\
            <button class="btn" name="action" value="link">\(Icon("link").svg)\(visit.say(RequestWords.linkOnly))</button>\
            <button class="btn quiet" name="action" value="draft">\(visit.say(RequestWords.keep))</button>\
            <button class="btn" name="action" value="preview" formaction="/requests/preview" formtarget="letter" data-preview>\
            \(Icon("eye").svg)\(visit.say(RequestWords.showPreview))</button></div></form>\
            <section class="reqside card box" aria-label="\(visit.say(RequestWords.preview))"><h2>\(visit.say(RequestWords.preview))</h2>\
            <p class="muted">\(visit.say(RequestWords.previewHint))</p>\(LetterFrame.languages(visit, form: "asking"))\
            <iframe class="letter" name="letter" title="\(visit.say(RequestWords.preview))" sandbox=""></iframe></section></div></main>
            """, scripts: [Assets.asking], status: status)
    }

    // MARK: - What a button does

    func take(_ form: FormItems) async throws -> Response {
        let account = try await account(form)
        var sheet = RequestSheet(form)
        guard let way = form["action"].flatMap({ RequestOrder.Way(rawValue: $0) }) else {
            return try await show(sheet, account)
        }
        guard var order = sheet.order(account.id, person: visit.member.name) else {
            return try await show(sheet, account, .unprocessableContent)
        }
        // As the firm has it: an open link needs none, and who can't sign in is asked for a code.
        if order.proof == deeds.usualProof() { order.proof = nil }
        do {
            let id = try await deeds.ask(order, way, visit.member.login)
            visit.site.changed(["requests", "inbox", "account-\(account.id.rawValue)"])
            let done: DoneNote =
                switch way {
                case .mail: .requestSent
                case .link: .requestOpen
                case .draft: .requestKept
                }
            return visit.back(to: "/requests/\(id)", did: done)
        } catch let refusal as DeskRefusal {
            sheet.take(refusal)
            return try await show(sheet, account, .unprocessableContent)
        }
    }

    /// The very letter, for the frame beside the sheet.
    func preview(_ form: FormItems) async throws -> Response {
        let account = try await account(form)
        var sheet = RequestSheet(form)
        if sheet.title.isEmpty { sheet.title = "…" }
        if let language = visit.request.query["language"].flatMap({ Language(rawValue: $0) }) {
            sheet.language = language
        }
        sheet.proof = nil
        guard let order = sheet.order(account.id, person: visit.member.name) else {
            return LetterFrame.words(
                sheet.errors.values.map(visit.say).sorted().joined(separator: " "), visit)
        }
        return try await LetterFrame.letter(visit) { try await deeds.preview(order, visit.member.login) }
    }

    private func account(_ form: FormItems) async throws -> AccountSummary {
        guard let id = form["account"].flatMap({ Int64($0) }).map({ AccountID($0) }) else {
            throw PageError.badRequest
        }
        let staff = visit.staff
        let account = try await visit.read { transaction in
            try transaction.isHidden(id, from: staff) ? nil : try transaction.account(id)
        }
        guard let account else { throw PageError.notFound }
        return account
    }
}
