internal import HTTP
internal import Mailroom
internal import Markup
internal import Text

/// The pages for clients where there is nothing, or nothing that they may do, or something went wrong: one each,
/// whatever was asked for.
///
/// They say nothing of whether a link is good: its language is asked of the browser alone.
struct ClientProblemPage {
    private let site: Site
    private let request: HTTP.Request

    init(_ site: Site, _ request: HTTP.Request) {
        self.site = site
        self.request = request
    }

    private var area: String { request.path.segments.first ?? "" }

    private var language: Language {
        area == "client"
            ? ClientGate.language(request, site)
            : LinkLanguage.of(request, asked: nil, firm: site.settings.language)
    }

    /// - Parameter status: 404 for what is not there for them, 403 for what they see and may not change.
    func response(_ status: Status) -> Response { response(status, number: "") }

    /// - Parameter number: by which the journal knows what broke.
    private func response(_ status: Status, number: String) -> Response {
        let language = language
        func say(_ phrase: Phrase) -> String { phrase[language] }
        let (title, text) = words(status, number)
        let kept: HTML = isSending ? "<p>\(say(ClientWords.whatCameStays))</p>" : .empty
        let home = ClientPage.home(request)
        let query = FormItems(LinkLanguage.kept(request)).urlEncoded
        let label = area == "client" ? ClientWords.toDocuments : LinkWords.backToLink
        let back: HTML =
            home.map { path in
                let address = path + (query.isEmpty ? "" : "?\(query)")
                return "<p><a class=\"btn primary\" href=\"\(link: address)\">\(say(label))</a></p>"
            } ?? .empty
        let phone: HTML =
            site.settings.clients.phone.map { "<p>\(say(LinkWords.orCallUs)) \(ClientPage.phone($0))</p>" }
            ?? .empty
        let main: HTML = """
            <main class="narrow" id="main"><h1>\(say(title))</h1><p>\(say(text))</p>\(kept)\(back)\(phone)</main>
            """
        return ClientPage(
            site: site, language: language, title: say(title), path: home ?? "/\(area)", main: main
        )
        .response(to: request, status)
    }

    /// Somebody sent something: part of it may have been received before the rest was refused.
    private var isSending: Bool {
        !request.method.isSafe && (area == "u" || request.path.segments.last == "upload")
    }

    private func words(_ status: Status, _ number: String) -> (Phrase, Phrase) {
        switch status {
        case .notFound, .methodNotAllowed: (ClientWords.notThereTitle, ClientWords.notThereText)
        case .forbidden where area == "client": (ClientWords.mayNotTitle, ClientWords.mayNotText)
        case .contentTooLarge: (ClientWords.tooMuchTitle, ClientWords.tooMuchText)
        case .tooManyRequests, .serviceUnavailable: (.busyTitle, .busyText)
        case _ where status.code < 500: (.refusedTitle, ClientWords.refusedText)
        default: (.brokenTitle, ClientWords.brokenText(number))
        }
    }

    /// Nil: it is no address of a client's page.
    ///
    /// - Parameter number: notes what broke, and says by which number.
    func ofTheirs(_ status: Status, number: () -> String) -> Response? {
        guard PacedPages.areas.contains(area) else { return nil }
        let number = status.code >= 500 && status != .serviceUnavailable ? number() : ""
        // A program that goes on after a cut reads no page.
        guard request.headers["tus-resumable"] == nil else { return TusReply.refused(status, "failed") }
        let isHidden = status == .methodNotAllowed && area == "client"
        return response(isHidden ? .notFound : status, number: number)
    }
}
