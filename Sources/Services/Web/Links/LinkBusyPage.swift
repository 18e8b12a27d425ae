internal import HTTP
internal import Mailroom
internal import Markup
internal import Text

/// The page for whoever asks for too much at once: what came is there, and when to go on.
struct LinkBusyPage {
    let site: Site
    let request: HTTP.Request
    let seconds: Int64

    var response: Response {
        let language = LinkLanguage.of(request, asked: nil, firm: site.settings.language)
        let path = ClientPage.home(request) ?? "/"
        let kept = FormItems(LinkLanguage.kept(request)).urlEncoded
        let back = path + (kept.isEmpty ? "" : "?\(kept)")
        let main: HTML = """
            <main class="narrow" id="main"><h1>\(Phrase.busyTitle[language])</h1>\
            <p>\(LinkWords.waitFor(seconds)[language])</p>\
            <p><a class="btn primary" href="\(link: back)">\(LinkWords.backToLink[language])</a></p></main>
            """
        return ClientPage(
            site: site, language: language, title: Phrase.busyTitle[language], path: path, main: main
        )
        .response(to: request, .tooManyRequests).retryAfter(seconds)
    }
}

extension Response {
    /// When whoever was refused may come again. RFC 9110 section 10.2.3.
    func retryAfter(_ seconds: Int64) -> Response {
        var response = self
        response.headers.set("retry-after", HeaderValue(seconds))
        return response
    }
}
