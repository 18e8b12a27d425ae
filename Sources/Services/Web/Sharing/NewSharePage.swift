internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// A new share: which documents, for whom, until when; with the very letter beside it.
struct NewSharePage {
    private let frame: AccountFrame
    private var visit: Visit { frame.visit }
    private var deeds: ShareDeeds { visit.site.deeds.sharing }

    init(_ frame: AccountFrame) { self.frame = frame }

    /// `?document=1&document=2`: those that were chosen on a page of documents.
    func page() async throws -> Response {
        var sheet = ShareSheet()
        sheet.documents = ShareSheet.documents(visit.request.query)
        sheet.language = frame.head.language
        sheet.proof = deeds.usualProof()
        let terms = deeds.terms()
        sheet.until = "\(terms.lastDay(today: terms.zone.day(visit.now), due: nil))"
        let people = frame.contacts.filter { $0.kind == .person }
        if people.count == 1 { sheet.contacts = people.map(\.address) }
        return try await show(sheet)
    }

    private func show(_ sheet: ShareSheet, _ status: Status = .ok) async throws -> Response {
        let (account, now) = (frame.head.id, visit.now)
        let view = try await visit.read { transaction in
            ShareSheetView(
                frame: frame, sheet: sheet,
                documents: try transaction.documents(
                    account: account, limit: ComposerView.largestDocumentList),
                hasClients: try transaction.hasClients(account, now: now))
        }
        let path = frame.path(.shares)
        return try await visit.page(
            Sharing.newShare, current: .accounts,
            """
            <main class="page" id="main"><div class="page-head"><nav class="crumbs" aria-label="\(visit.say(.path))">\
            <a href="/accounts">\(visit.say(.accounts))</a>\(Icon("right").svg)\
            <a href="\(link: path)">\(frame.head.name)</a></nav>\
            <div class="title">\(Avatar(frame.head.name, "lg square").html)<div><h1>\(visit.say(Sharing.newShare))</h1>\
            <p class="facts"><span>\(frame.head.name)</span><span>\(frame.head.number.text)</span></p></div></div><p class="headend"></p></div>\
            <div class="content requestpage new"><form class="reqmain card pad" id="sharing" method="post" action="\(link: "\(path)/new")" data-request>\
            \(visit.token)\(view.html)<div class="actions"><button class="btn primary" name="action" value="mail">\
            \(Icon("send").svg)\(visit.say(Sharing.shareByMail))</button>\
            <button class="btn" name="action" value="link">\(Icon("link").svg)\(visit.say(RequestWords.linkOnly))</button>\
            <button class="btn" name="action" value="preview" formaction="\(link: "\(path)/preview")" formtarget="letter" data-preview>\
            \(Icon("eye").svg)\(visit.say(RequestWords.showPreview))</button></div></form>\
            <section class="reqside card box" aria-label="\(visit.say(RequestWords.preview))"><h2>\(visit.say(RequestWords.preview))</h2>\
            <p class="muted">\(visit.say(RequestWords.previewHint))</p>\
            \(LetterFrame.languages(visit, form: "sharing", action: "\(path)/preview"))\
            <iframe class="letter" name="letter" title="\(visit.say(RequestWords.preview))" sandbox=""></iframe></section></div></main>
            """, scripts: [Assets.asking], status: status)
    }

    func take(_ form: FormItems) async throws -> Response {
        var sheet = ShareSheet(form)
        guard let way = form["action"], way == "mail" || way == "link" else { return try await show(sheet) }
        guard var order = sheet.order(frame.head.id, person: visit.member.name) else {
            return try await show(sheet, .unprocessableContent)
        }
        // As the firm has it: who can't sign in is asked for a code.
        if order.proof == deeds.usualProof() { order.proof = nil }
        do {
            _ = try await deeds.share(order, way == "mail", visit.member.login)
            frame.changed("shares", "inbox")
            return visit.back(to: frame.path(.shares), did: way == "mail" ? .shareSent : .shareOpen)
        } catch let refusal as DeskRefusal {
            sheet.take(refusal)
            return try await show(sheet, .unprocessableContent)
        }
    }

    /// The very letter, for the frame beside the sheet.
    func preview(_ form: FormItems) async throws -> Response {
        var sheet = ShareSheet(form)
        if let language = visit.request.query["language"].flatMap({ Language(rawValue: $0) }) {
            sheet.language = language
        }
        sheet.proof = .nothing
        guard let order = sheet.order(frame.head.id, person: visit.member.name) else {
            return LetterFrame.words(
                sheet.errors.values.map(visit.say).sorted().joined(separator: " "), visit)
        }
        do {
            let letter = try await deeds.preview(order, visit.member.login)
            return Response.html(letter.html).under(.mailFrame(remotePictures: false))
        } catch let refusal as DeskRefusal {
            sheet.take(refusal)
            return LetterFrame.words(
                sheet.errors.values.map(visit.say).sorted().joined(separator: " "), visit)
        }
    }
}
