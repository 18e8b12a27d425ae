internal import HTTP
internal import Mailroom
internal import Markup
internal import Text

/// The pages for clients where there is nothing, or nothing that they may do: one each, whatever was asked for.
struct ClientProblemPage {
    private let site: Site
    private let request: HTTP.Request

    init(_ site: Site, _ request: HTTP.Request) {
        self.site = site
        self.request = request
    }

    /// - Parameter status: 404 for what is not there for them, 403 for what they see and may not change.
    func response(_ status: Status) -> Response {
        let language = ClientGate.language(request, site)
        let isThere = status == .forbidden
        let title = (isThere ? ClientWords.mayNotTitle : ClientWords.notThereTitle)[language]
        let text = (isThere ? ClientWords.mayNotText : ClientWords.notThereText)[language]
        let main: HTML = """
            <main class="narrow" id="main"><h1>\(title)</h1><p>\(text)</p>\
            <p><a class="btn primary" href="/client">\(ClientWords.toDocuments[language])</a></p></main>
            """
        return ClientPage(site: site, language: language, title: title, path: "/client", main: main)
            .response(to: request, status)
    }

    /// Nil: it is no address of a client's page, or something else is wrong.
    func ofTheirs(_ status: Status) -> Response? {
        guard request.path.segments.first == "client" else { return nil }
        switch status {
        case .notFound, .methodNotAllowed: return response(.notFound)
        case .forbidden: return response(.forbidden)
        default: return nil
        }
    }
}
