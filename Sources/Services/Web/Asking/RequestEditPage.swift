internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// A request that is changed, or that more is asked for with.
struct RequestEditPage {
    private let visit: Visit
    private let request: Mailroom.Request

    static func open(_ visit: Visit) async throws -> RequestEditPage {
        let (id, staff) = (RequestID(try visit.number("id")), visit.staff)
        guard let request = try await visit.read({ try $0.request(id, for: staff) }) else {
            throw PageError.notFound
        }
        return RequestEditPage(visit: visit, request: request)
    }

    private init(visit: Visit, request: Mailroom.Request) {
        self.visit = visit
        self.request = request
    }

    func page() async throws -> Response {
        var sheet = RequestSheet()
        (sheet.title, sheet.text, sheet.folder) = (request.title, request.text, "\(request.folder)")
        sheet.language = request.language
        sheet.due = request.due.map { "\($0)" } ?? ""
        sheet.reminders = request.reminders?.map(String.init).joined(separator: ",") ?? ""
        sheet.proof = proof
        sheet.rows = 2
        return try await show(sheet)
    }

    private func show(_ sheet: RequestSheet, _ status: Status = .ok) async throws -> Response {
        let view = try await RequestSheetView.of(
            visit, request.account, sheet, without: request.documents)
        return try await visit.page(
            Asking.edit, current: .requests,
            """
            <main class="page" id="main"><div class="content narrow"><nav class="crumbs" aria-label="\(visit.say(.back))">\
            <a href="/requests">\(visit.say(.requests))</a>\(Icon("right").svg)\
            <a href="\(link: "/requests/\(request.id)")" lang="\(request.language.rawValue)">\(request.title)</a></nav>\
            <h1>\(visit.say(Asking.edit))</h1><form class="card pad" method="post" \
            action="\(link: "/requests/\(request.id)/edit")" data-request>\(visit.token)\
            <button class="sr" name="action" value="more" tabindex="-1">\(visit.say(RequestWords.moreItems))</button>\
            \(view.general)\(view.titleField)\(view.textField)\
            <div class="two">\(view.dueField)\(view.languageField)</div>\(view.folderField)\(view.remindersField)\
            \(request.recipients.isEmpty ? .empty : view.proofField)\
            <h2>\(visit.say(RequestWords.moreHeading))</h2>\(view.itemFields(RequestWords.items))\
            \(view.recipientFields(RequestWords.moreRecipients))\(view.documentFields)<div class="actions">\
            <button class="btn primary" name="action" value="save">\(visit.say(RequestWords.save))</button>\
            <a class="btn" href="\(link: "/requests/\(request.id)")">\(visit.say(.cancel))</a></div></form></div></main>
            """, scripts: [Assets.asking], status: status)
    }

    func take(_ form: FormItems) async throws -> Response {
        var sheet = RequestSheet(form)
        guard form["action"] == "save" else { return try await show(sheet) }
        guard let order = sheet.order(request.account, person: visit.member.name) else {
            return try await show(sheet, .unprocessableContent)
        }
        let (deeds, actor, id) = (visit.site.deeds.asking, visit.member.login, request.id)
        do {
            let edit = edit(to: order)
            if !edit.isEmpty { try await deeds.perform(.edit(edit), id, actor) }
            if !order.items.isEmpty || !order.recipients.isEmpty || !order.documents.isEmpty {
                try await deeds.perform(
                    .add(
                        items: order.items, documents: order.documents, recipients: order.recipients,
                        byMail: true, knowsPrivate: order.knowsPrivate), id, actor)
            }
        } catch let refusal as DeskRefusal {
            sheet.take(refusal)
            return try await show(sheet, .unprocessableContent)
        }
        visit.site.changed(["requests"])
        return visit.back(to: "/requests/\(id)", did: .saved)
    }

    /// What its links ask; nil: it goes to nobody yet.
    private var proof: LinkProof? { LinkProof.strictest(request.recipients.map(\.proof)) }

    /// What is another than it was.
    private func edit(to order: RequestOrder) -> RequestEdit {
        var edit = RequestEdit()
        if order.title != request.title { edit.title = order.title }
        if order.text != request.text { edit.text = order.text }
        if let language = order.language, language != request.language { edit.language = language }
        if let folder = order.folder, folder != "\(request.folder)" { edit.folder = folder }
        if order.due != request.due { edit.due = .some(order.due) }
        if let asked = order.proof, asked != proof { edit.proof = asked }
        if order.reminders != request.reminders { edit.reminders = .some(order.reminders) }
        return edit
    }

    func revoking() async throws -> Response {
        let back = ReturnPath.local(visit.request.query["back"]) ?? "/requests/\(request.id)"
        return try await visit.page(
            Asking.revoke, current: .requests,
            """
            <main class="page" id="main"><div class="content narrow"><h1>\(visit.say(Asking.revokeQuestion))</h1>\
            <form class="card pad" method="post" action="\(link: "/requests/\(request.id)/revoke")">\(visit.token)\
            <input type="hidden" name="back" value="\(back)"><p><b lang="\(request.language.rawValue)">\(request.title)</b></p>\
            <p class="hint">\(Icon("alert").svg)<span>\(visit.say(Asking.revokeWarning))</span></p><div class="actions">\
            <button class="btn danger">\(Icon("ban").svg)\(visit.say(Asking.revoke))</button>\
            <a class="btn" href="\(link: back)">\(visit.say(.cancel))</a></div></form></div></main>
            """)
    }
}
