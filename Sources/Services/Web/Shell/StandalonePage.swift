package import HTTP
internal import Mailroom
package import Markup
package import Text

/// A page without the rail: for who is not signed in, and for what went wrong.
package struct StandalonePage: Sendable {
    let site: Site
    let language: Language
    let title: String
    let main: HTML
    var scripts: [Asset] = []

    package init(site: Site, language: Language, title: String, main: HTML, scripts: [Asset] = []) {
        self.site = site
        self.language = language
        self.title = title
        self.main = main
        self.scripts = scripts
    }

    package func response(to request: HTTP.Request, _ status: Status = .ok) -> Response {
        let body: HTML = """
            <div class="alone"><main>\(Shell.brand(site.settings.firm))\(main)</main></div>
            """
        let html = Shell.document(
            language: language, preferences: StaffPreferences(), title: "\(title) · \(site.settings.firm)",
            body: body,
            scripts: scripts)
        return Response.html(html.markup, status).under(.page).packed(for: request)
    }
}
