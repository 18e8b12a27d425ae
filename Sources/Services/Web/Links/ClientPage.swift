internal import HTTP
internal import Mailroom
internal import Markup
internal import Text

/// What is around every page for clients: the firm, the languages, who runs it.
struct ClientPage {
    let site: Site
    let language: Language
    let title: String
    /// Without its query: the switch of languages leads there.
    let path: String
    let main: HTML
    var skip: Phrase?
    var scripts: [Asset] = []
    /// What of its query another language has, too.
    var query: [FormItems.Item] = []

    private func say(_ phrase: Phrase) -> String { phrase[language] }
    private var settings: SiteSettings { site.settings }

    func response(to request: HTTP.Request, _ status: Status = .ok) -> Response {
        let skipping: HTML = skip.map { "<a class=\"skip\" href=\"#up\">\(say($0))</a>" } ?? .empty
        let body: HTML = """
            <div class="client">\(skipping)<header class="firmhead"><div class="in">\
            <span class="mark" aria-hidden="true">\(mark)</span><b>\(settings.firm)</b>\(languages)</div></header>\
            \(main)\(foot)</div>
            """
        let html = Shell.document(
            language: language, preferences: StaffPreferences(), title: "\(title) · \(settings.firm)",
            body: body,
            scripts: scripts, style: AccentStyle(accent: settings.clients.accent).asset)
        return Response.html(html.markup, status).under(.page).packed(for: request)
    }

    /// `B&P`, `BP` or `B`: as much of the name as goes on a sign.
    private var mark: String {
        let words = settings.firm.split { !($0.isLetter || $0.isNumber) }.compactMap(\.first)
        guard let first = words.first, words.count > 1, first.isASCII else {
            return words.first.map(String.init) ?? "M"
        }
        return settings.firm.contains("&") ? "\(first)&\(words[1])" : "\(first)\(words[1])"
    }

    private var languages: HTML {
        let links = [("de", "Deutsch"), ("ja", "日本語"), ("en", "English")].map { code, name -> HTML in
            let address = path + "?" + FormItems(query + [FormItems.Item("language", code)]).urlEncoded
            return """
                <a href="\(link: address)" lang="\(code)"\
                \(attribute: "aria-current", code == language.rawValue ? "true" : nil)>\(name)</a>
                """
        }
        return "<nav class=\"lang\" aria-label=\"\(say(.languageOfPage))\">\(links)</nav>"
    }

    private var foot: HTML {
        let host = settings.publicURL.map { ": " + $0.drop { $0 != "/" }.drop { $0 == "/" } } ?? ""
        let pages = [
            (LinkWords.privacyPage, settings.clients.privacy),
            (LinkWords.imprintPage, settings.clients.imprint),
        ]
        let links = pages.compactMap { words, address in
            address.map { "<a href=\"\(link: $0)\" rel=\"noopener\">\(say(words))</a>" as HTML }
        }
        return """
            <footer class="foot"><div class="in"><span class="grow">\(say(LinkWords.pageOf(settings.firm)))\(host)</span>\(links)</div></footer>
            """
    }

    /// Where the page is that somebody came from: `/u/TOKEN`, `/client`. Of what a path may have, and no more.
    ///
    /// Nil: the address is of none.
    static func home(_ request: HTTP.Request) -> String? {
        let kept = request.path.segments.prefix(2).map { segment in
            segment.prefix(64).filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        }
        if kept.first == "client" { return "/client" }
        return kept.count == 2 && !kept.contains("") ? "/" + kept.joined(separator: "/") : nil
    }

    /// A number that a phone dials.
    static func phone(_ number: String) -> HTML {
        let digits = number.filter { $0 == "+" || $0.isASCII && $0.isNumber }
        return "<a class=\"nowrap\" href=\"\(link: "tel:\(digits)")\">\(number)</a>"
    }
}
