package import HTTP
internal import Markup
internal import Text

/// Day, night, or as the person's system has it.
package enum Theme: String, Hashable, Sendable, CaseIterable {
    case system, light, dark

    /// A cookie of its own: it is the browser's choice, not the person's, and sign-in has it too.
    package static func of(_ request: HTTP.Request) -> Theme {
        let cookie = request.cookies[SetCookie.name("theme", isSecure: request.isSecure)]
        return cookie.flatMap { Theme(rawValue: $0) } ?? .system
    }
}

/// What is around every page.
enum Shell {
    static func document(
        language: Language, theme: Theme, title: String, body: HTML, scripts: [Asset]
    ) -> HTML {
        let chosen: String? = theme == .system ? nil : theme.rawValue
        return """
            <!doctype html>
            <html lang="\(language.rawValue)"\(attribute: "data-theme", chosen)><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">\
            <title>\(title)</title><link rel="stylesheet" href="\(link: Assets.style.path)">\
            <link rel="icon" href="\(link: Assets.icons.path)" type="image/svg+xml">\
            \(scripts.map { script($0) })</head>
            <body>\(body)</body></html>
            """
    }

    private static func script(_ asset: Asset) -> HTML {
        HTML(trusted: "<script type=\"module\" src=\"\(asset.path)\"></script>")
    }

    static func brand(_ firm: String) -> HTML {
        """
        <a class="brand" href="/"><svg viewBox="0 0 28 28" aria-hidden="true">\
        <rect class="mark" width="28" height="28" rx="7"></rect>\
        <path class="line" d="M6 10.5h16V21a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 6 21z"></path>\
        <path class="line" d="M6 13.5l8 5 8-5"></path></svg>\
        <span><b>Mailroom</b><small>\(firm)</small></span></a>
        """
    }
}
