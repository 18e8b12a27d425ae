internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// A new account that begins with a stranger's mail; what was typed stays when something is wrong.
struct SenderAccountPage: Sendable {
    let visit: Visit
    let sender: UnknownSender
    let form: FormItems
    var errors: [String: Phrase] = [:]

    private var isGuest: Bool { form["type"] == "guest" }

    func response() async throws -> Response {
        let title: Phrase = isGuest ? .guestAccount : .strangersAccount
        let fields: HTML = isGuest ? "<p class=\"hint\"><span>\(visit.say(.guestWhy))</span></p>" : client
        return try await visit.page(
            title, current: .unknown,
            """
            <main class="page" id="main"><div class="content triage"><h1>\(visit.say(title))</h1>\
            \(TriageSender(visit, name: sender.name, address: sender.address).html)\
            <form method="post" action="/unknown/account" class="form card pad">\(visit.token)\
            <input type="hidden" name="sender" value="\(sender.key)">\
            <input type="hidden" name="type" value="\(isGuest ? "guest" : "client")">\
            \(field("name", .newAccountName, form["name"] ?? sender.name, isRequired: true).input)\(fields)\
            \(field("language", .newAccountLanguage, language).select(languages))\
            <p class="actions"><button class="btn primary">\(visit.say(.makeAndLink))</button>\
            <a class="btn quiet" href="/unknown">\(visit.say(.cancel))</a></p></form></div></main>
            """, status: errors.isEmpty ? .ok : .unprocessableContent)
    }

    private var client: HTML {
        var number = field("number", .newAccountNumber, form["number"] ?? "", isRequired: true)
        number.hint = visit.say(.newAccountNumberHint)
        return number.input + field("contact", .newContactName, form["contact"] ?? sender.name).input
    }

    private var language: String { form["language"] ?? visit.site.settings.language.rawValue }

    private var languages: [(value: String, words: String)] {
        [("de", "Deutsch"), ("en", "English"), ("ja", "日本語")]
    }

    private func field(_ name: String, _ label: Phrase, _ value: String, isRequired: Bool = false) -> Field {
        Field(
            name, visit.say(label), value: value, error: errors[name].map { visit.say($0) },
            isRequired: isRequired, autocomplete: "off")
    }
}
