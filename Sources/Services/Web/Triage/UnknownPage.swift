internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// Senders that nobody has been found for, with what each of them sent.
struct UnknownPage: Sendable {
    let visit: Visit
    private static let most = 100

    init(_ visit: Visit) { self.visit = visit }

    func response(problem: Phrase? = nil) async throws -> Response {
        let staff = visit.staff
        let senders = try await visit.read { transaction in
            try transaction.unknownSenders(for: staff, limit: Self.most).map { sender in
                (sender, try transaction.unknownMessages(from: sender.key, for: staff, limit: 20))
            }
        }
        let trouble: HTML =
            problem.map {
                "<p class=\"problem\" role=\"alert\">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>"
            } ?? .empty
        let content: HTML =
            senders.isEmpty
            ? """
            <div class="empty">\(Icon("checkc").svg)<b>\(visit.say(.nobodyUnknown))</b>\
            <p>\(visit.say(.nothingWaitsWords))</p><a class="btn" href="/">\(visit.say(.toTheInbox))</a></div>
            """
            : """
            <p class="muted">\(visit.say(.unknownWhy))</p><p class="muted keyhint">\(visit.say(.triageKeys))</p>\
            <ul class="held-list">\(senders.map { UnknownRow(visit, $0.0, $0.1).html })</ul>
            """
        return try await visit.page(
            .unknownSenders, current: .unknown,
            """
            <main class="page" id="main"><div class="content triage"><h1>\(visit.say(.unknownSenders))</h1>\(trouble)\
            <div id="unknown" data-part="triage" class="groups">\(content)</div></div></main>
            """, scripts: [Assets.triage], status: problem == nil ? .ok : .conflict)
    }
}

/// One stranger: what he sent, whose he could be, and the four answers.
struct UnknownRow {
    let visit: Visit
    let sender: UnknownSender
    let messages: [UnknownMessage]

    init(_ visit: Visit, _ sender: UnknownSender, _ messages: [UnknownMessage]) {
        self.visit = visit
        self.sender = sender
        self.messages = messages
    }

    var html: HTML {
        """
        <li class="card held" id="stranger-\(messages.last?.number.rawValue ?? 0)" tabindex="-1" data-item>\
        \(TriageSender(visit, name: sender.name, address: sender.address).html)\
        \(messages.first.map(mail))\(others)\(answers)</li>
        """
    }

    private func mail(_ message: UnknownMessage) -> HTML {
        """
        <div class="held-mails"><p class="subject"><a href="\(link: "/m/\(message.number)")" data-open>\
        \(message.subject ?? visit.say(.mailWithoutSubject))</a> \(visit.when.html(message.received))</p>\
        <ul class="held-files">\(message.files.map { file($0) })</ul></div>
        """
    }

    private func file(_ name: String) -> HTML { "<li>\(Icon("clip").svg)<span>\(name)</span></li>" }

    private var others: HTML {
        guard messages.count > 1 else { return .empty }
        return """
            <details class="others"><summary>\(visit.say(.alsoSent)): \(visit.say(.mailCount(sender.messages - 1)))</summary>\
            \(messages.dropFirst().map(mail))</details>
            """
    }

    private var answers: HTML {
        let query = "?" + FormItems([FormItems.Item("sender", sender.key)]).urlEncoded
        let choices = sender.choices.enumerated().map { index, choice -> HTML in
            """
            <button class="btn choice" name="account" value="\(choice.id.rawValue)" data-key="\(index + 1)">\
            <kbd>\(index + 1)</kbd><span><b>\(choice.name)</b> <small>\(choice.number)</small> \
            <small>\(visit.reason(choice.because))</small></span></button>
            """
        }
        return """
            <form method="post" action="/unknown/link" class="answers">\(visit.token)\
            <input type="hidden" name="sender" value="\(sender.key)"><input type="hidden" name="remember" value="yes">\
            <div class="choices">\(choices)</div><div class="actions">\
            <a class="btn\(sender.choices.isEmpty ? " primary" : "")" href="\(link: "/unknown/link" + query)" data-link>\
            \(Icon("search").svg)\(visit.say(.linkTo))</a>\
            <a class="btn" href="\(link: "/unknown/account" + query)">\(Icon("plus").svg)\(visit.say(.strangersAccount))</a>\
            <a class="btn quiet" href="\(link: "/unknown/account" + query + "&type=guest")">\(visit.say(.guestAccount))</a>\
            <button class="btn quiet" formaction="/unknown/ignore">\(visit.say(.ignoreSender))</button></div></form>
            """
    }
}
