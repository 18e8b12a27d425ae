internal import HTTP
internal import Mailroom
internal import Markup
internal import Text

/// The one page for a link that is wrong, over or taken back: it says nothing of which.
///
/// No address, no date, no name but the firm's; the language is the browser's,
/// for the request's would tell that there is one.
struct LinkOverPage {
    let site: Site
    let request: HTTP.Request
    /// As the address says it.
    var purpose = LinkToken.Purpose.upload

    var response: Response {
        let language = LinkLanguage.of(request, asked: nil, firm: site.settings.language)
        func say(_ phrase: Phrase) -> String { phrase[language] }
        let phone: HTML =
            site.settings.clients.phone.map { "<p>\(say(LinkWords.orCallUs)) \(ClientPage.phone($0))</p>" }
            ?? .empty
        let kept = FormItems(LinkLanguage.kept(request)).urlEncoded
        let path = LinkAddress.path(request, purpose)
        let action = "\(path)/renew" + (kept.isEmpty ? "" : "?\(kept)")
        let isAsked = request.query["did"] == LinkNote.asked.rawValue
        let asking: HTML =
            isAsked
            ? "<p class=\"note\" role=\"status\">\(Icon("send").svg)<span>\(say(LinkWords.newLinkAsked))</span></p>\(phone)"
            : """
            <p>\(say(help))</p><form class="finish" method="post" action="\(link: action)">\
            <button class="btn primary">\(Icon("send").svg)\(say(LinkWords.newLink))</button>\(phone)</form>
            """
        let main: HTML =
            "<main class=\"narrow\" id=\"main\"><h1>\(say(LinkWords.clientLinkOver))</h1>\(asking)</main>"
        return ClientPage(
            site: site, language: language, title: say(LinkWords.clientLinkOver), path: path, main: main
        )
        .response(to: request, .gone)
    }

    private var help: Phrase {
        switch purpose {
        case .upload: LinkWords.linkOverHelp
        case .share: ShareWords.linkOver
        }
    }
}
