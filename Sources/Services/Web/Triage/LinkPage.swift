internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// Whose is this stranger? A search over the accounts, each answer a button.
struct LinkPage: Sendable {
    let visit: Visit
    let sender: UnknownSender
    let words: String

    func response() async throws -> Response {
        let (staff, words) = (visit.staff, words)
        let found =
            words.isEmpty
            ? sender.choices : try await visit.read { try $0.accountChoices(words, for: staff, limit: 20) }
        let none: HTML =
            found.isEmpty && !words.isEmpty
            ? "<p class=\"hint\">\(visit.say(.noAccountFound))</p>" : .empty
        return try await visit.page(
            .linkTo, current: .unknown,
            """
            <main class="page" id="main"><div class="content triage"><h1>\(visit.say(.linkTo))</h1>\
            \(TriageSender(visit, name: sender.name, address: sender.address).html)\
            <form method="get" action="/unknown/link" class="form" role="search">\
            <input type="hidden" name="sender" value="\(sender.key)">\
            \(Field("q", visit.say(.findAccount), value: words, autocomplete: "off").input)\
            <p class="actions"><button class="btn">\(Icon("search").svg)\(visit.say(.findNow))</button></p></form>\(none)\
            <form method="post" action="/unknown/link" class="answers card pad" tabindex="-1" data-item>\(visit.token)\
            <input type="hidden" name="sender" value="\(sender.key)">\
            <label class="check"><input type="checkbox" name="remember" value="yes" checked>\
            <span>\(visit.say(.remembersAddress))</span></label>\
            \(AccountChoiceList(found).html())\
            <p class="actions"><a class="btn quiet" href="/unknown">\(visit.say(.cancel))</a></p></form></div></main>
            """, scripts: [Assets.triage])
    }
}

/// "File the earlier ones too?", with what would become of them.
struct EarlierPage: Sendable {
    let visit: Visit
    let sender: String
    let account: AccountChoice
    let report: FilingReport

    func response() async throws -> Response {
        let words: Phrase = report.filed > 0 ? .fileEarlier(report.filed) : .linkEarlier
        let waiting: HTML =
            report.waiting > 0 ? "<p class=\"muted\">\(visit.say(.earlierWait(report.waiting)))</p>" : .empty
        return try await visit.page(
            .earlierTitle, current: .unknown,
            """
            <main class="page" id="main"><div class="content triage"><h1>\(visit.say(.earlierTitle))</h1>\
            <form method="post" action="/unknown/earlier" class="card pad" tabindex="-1" data-item>\(visit.token)\
            <input type="hidden" name="sender" value="\(sender)">\
            <input type="hidden" name="account" value="\(account.id.rawValue)">\
            <p>\(visit.say(.earlier(report.belonging, report.filed, account.name)))</p>\(waiting)\
            <p class="actions"><button class="btn primary" data-key="1"><kbd>1</kbd>\(visit.say(words))</button>\
            <a class="btn" href="/unknown" data-key="2"><kbd>2</kbd>\(visit.say(.notNow))</a></p></form></div></main>
            """, scripts: [Assets.triage])
    }
}
