internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// One request: what came of it, who was asked, and everything that can be done with it.
struct RequestPage {
    let visit: Visit
    let request: Mailroom.Request
    private let account: AccountChoice
    private let parts: [RequestPart]
    private let letters: [QueuedLetter]
    private let moments: [RequestMoment]
    /// Those that lie beside the question, wherever they are now.
    private let documents: [DocumentListing]

    static func open(_ visit: Visit) async throws -> RequestPage {
        let (id, staff) = (RequestID(try visit.number("id")), visit.staff)
        let found = try await visit.read { transaction -> RequestPage? in
            guard let request = try transaction.request(id, for: staff),
                let account = try transaction.accountChoice(request.account, for: staff)
            else { return nil }
            return RequestPage(
                visit: visit, request: request, account: account, parts: try transaction.parts(of: id),
                letters: try transaction.letters(of: id),
                moments: try transaction.moments(of: id, account: request.account),
                documents: try request.documents.compactMap { try transaction.documentListing($0) }
                    .filter { $0.account == request.account })
        }
        guard let found else { throw PageError.notFound }
        return found
    }

    private func may(_ deed: RequestDeed) -> Bool { deed.refusal(in: request.state) == nil }

    /// - Parameters:
    ///   - problem: why a deed was refused.
    ///   - number: of the item that it is about.
    func page(problem: Phrase? = nil, item number: Int? = nil) async throws -> Response {
        let links = visit.site.deeds.asking.links(request, visit.now)
        let today = visit.site.deeds.asking.terms().zone.day(visit.now)
        let general: HTML =
            problem.map {
                """
                <p class="problem" role="alert">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>
                """
            } ?? .empty
        let facts = [
            visit.say(Asking.askedBy(request.author, visit.when.short(request.created))),
            request.due.map { visit.say(Asking.due(visit.when.day($0))) }, "\(request.folder)",
        ].compactMap { $0 }
        return try await visit.page(
            request.title, current: .requests,
            """
            <main class="page" id="main"><div class="page-head"><nav class="crumbs" aria-label="\(visit.say(.back))">\
            <a href="/requests">\(visit.say(.requests))</a>\(Icon("right").svg)\
            <a href="\(link: "/accounts/\(account.number)/requests")">\(account.name)</a></nav>\
            <div class="title" id="request-head" data-part="requests"><div><h1 lang="\(request.language.rawValue)">\(request.title)</h1>\
            <p class="facts">\(RequestBadge.html(request, today, visit))\(facts.map { "<span>\($0)</span>" })</p></div>\
            <div class="actions">\(headActions)</div></div><p class="headend"></p></div>\
            <div class="content requestpage"><div class="reqmain" id="request-main" data-part="requests">\(general)\
            \(RequestItemsView(visit: visit, request: request, parts: parts, wrong: number).html)\(words)\(attached)\(history)</div>\
            <aside class="reqside" id="request-side" data-part="requests" aria-label="\(visit.say(Asking.recipients))">\
            \(RequestLinksView(visit: visit, request: request, links: links).html)\
            \(may(.send) ? LetterFrame.section(visit, request) : .empty)\(people)\(letterList)</aside></div></main>
            """, scripts: [Assets.asking], status: problem == nil ? .ok : .unprocessableContent)
    }

    // MARK: - At the top

    private var headActions: HTML {
        var actions: [HTML] = []
        if may(.send), !request.recipients.isEmpty {
            let words = request.state == .draft ? Asking.sendNow : Asking.sendAgain
            actions.append(button("send", "send", words, isPrimary: request.state == .draft))
        }
        if may(.remind), request.recipients.contains(where: \.state.mayBeReminded) {
            actions.append(button("remind", "clock", Asking.remind))
        }
        if may(.edit) {
            actions.append(
                """
                <a class="btn" href="\(link: "\(path)/edit")">\(Icon("pen").svg)\(visit.say(Asking.edit))</a>
                """)
        }
        if may(.extend) { actions.append(extending) }
        if may(.revoke) {
            actions.append(
                """
                <a class="btn quiet danger" href="\(link: "\(path)/revoke")">\(visit.say(Asking.revoke))</a>
                """)
        }
        return actions.joined()
    }

    private var path: String { "/requests/\(request.id)" }

    private func button(_ verb: String, _ icon: Icon, _ words: Phrase, isPrimary: Bool = false) -> HTML {
        """
        <form method="post" action="\(link: "\(path)/\(verb)")">\(visit.token)\
        <button class="\(isPrimary ? "btn primary" : "btn")">\(icon.svg)\(visit.say(words))</button></form>
        """
    }

    private var extending: HTML {
        let terms = visit.site.deeds.asking.terms()
        let last = terms.lastDay(before: request.expires)
        let next = max(last, terms.lastDay(today: terms.zone.day(visit.now), due: request.due))
        return """
            <details class="menu-of"><summary class="btn">\(Icon("calendar").svg)\(visit.say(Asking.extend))</summary>\
            <form class="menu formmenu" method="post" action="\(link: "\(path)/extend")">\(visit.token)\
            \(Field("until", visit.say(Asking.lastDay), value: "\(next)", type: "date").input)\
            <button class="btn primary">\(visit.say(Asking.extend))</button></form></details>
            """
    }

    // MARK: - The message, and what happened

    private var words: HTML {
        guard !request.text.isEmpty else { return .empty }
        return """
            <section class="card pad"><h2>\(visit.say(RequestWords.text))</h2>\
            <p class="asis" lang="\(request.language.rawValue)">\(request.text)</p></section>
            """
    }

    private var attached: HTML {
        guard !documents.isEmpty else { return .empty }
        let rows = documents.map { document -> HTML in
            let name: HTML =
                document.isTrashed
                ? "<s>\(document.name)</s> <small class=\"muted\">\(visit.say(RequestWords.attachedTrashed))</small>"
                : """
                <a href="\(link: "/d/\(document.id.rawValue)")">\(document.name)</a> \
                <small class="muted">\(document.folder)</small> \(visit.badge(document.access))
                """
            return "<li>\(FileEnding(document.name).html)<span>\(name)</span></li>"
        }
        return """
            <section class="card pad" id="attached"><h2>\(visit.say(RequestWords.attached))</h2>\
            <ul class="attached">\(rows)</ul></section>
            """
    }

    private var history: HTML {
        let rows = moments.compactMap { moment -> HTML? in
            guard let words = Asking.moment(moment.action) else { return nil }
            let who: HTML = moment.actor.map { "<b>\($0)</b> " } ?? .empty
            let detail: HTML =
                moment.detail.flatMap { $0.isEmpty ? nil : visit.say(MomentWords.detail($0)) }
                .map { "<small class=\"muted\">\($0)</small>" } ?? .empty
            return "<li>\(visit.when.html(moment.at)) <span>\(who)\(visit.say(words)) \(detail)</span></li>"
        }
        guard !rows.isEmpty else { return .empty }
        return """
            <section class="card pad"><h2>\(visit.say(Asking.history))</h2><ul class="moments">\(rows)</ul></section>
            """
    }

    // MARK: - At the side

    private var people: HTML {
        let rows = request.recipients.map { recipient -> HTML in
            let isBad = recipient.state == .undelivered
            let reason: HTML = recipient.reason.map { "<small class=\"muted\">\($0)</small>" } ?? .empty
            return """
                <li>\(Avatar(recipient.name ?? recipient.address.description, "sm").html)<span class="grow">\
                <b>\(recipient.name ?? recipient.address.localPart)</b>\
                <small class="muted cut">\(recipient.address.description)</small>\(reason)\(ProofChoice.badge(recipient.proof, visit))</span>\
                <span class="\(isBad ? "badge bad" : "badge plain")">\(visit.say(Asking.state(recipient.state)))</span></li>
                """
        }
        let none: HTML = "<p class=\"muted\">\(visit.say(Asking.noRecipients))</p>"
        return """
            <section class="card box"><h2>\(visit.say(Asking.recipients))</h2>\
            \(rows.isEmpty ? none : "<ul class=\"people\">\(rows)</ul>")</section>
            """
    }

    private var letterList: HTML {
        guard !letters.isEmpty else { return .empty }
        let rows = letters.map { letter -> HTML in
            let states = Set(letter.submissions.map(\.state)).map { visit.say(Asking.submission($0)) }
                .sorted()
            let to = letter.submissions.map(\.address).joined(separator: ", ")
            let name: HTML = "\(visit.say(Asking.letter(letter.kind)))"
            let title: HTML =
                letter.message.map { "<a href=\"\(link: "/m/\($0)")\">\(name)</a>" } ?? name
            return """
                <li><span class="grow">\(title)<small class="muted cut">\(to)</small></span>\
                <small class="muted nowrap">\(states.joined(separator: ", ")) · \(visit.when.short(letter.queued))</small></li>
                """
        }
        return """
            <section class="card box"><h2>\(visit.say(Asking.letters))</h2><ul class="people">\(rows)</ul></section>
            """
    }
}
