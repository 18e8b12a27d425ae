internal import Mailroom
internal import Markup
internal import Text

/// What is around every page.
enum Shell {
    static func document(
        language: Language, preferences: StaffPreferences, title: String, body: HTML, scripts: [Asset],
        isStill: Bool = false, changes: Int? = nil, style: Asset? = nil
    ) -> HTML {
        let theme = preferences.theme == .system ? nil : preferences.theme.rawValue
        let density = preferences.density == .comfortable ? nil : preferences.density.rawValue
        let keys = preferences.hasShortcuts ? nil : "off"
        return """
            <!doctype html>
            <html lang="\(language.rawValue)"\(attribute: "data-theme", theme)\(attribute: "data-density", density)\
            \(attribute: "data-keys", keys)\(flag: "data-still", isStill)><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">\
            <title>\(title)</title><link rel="stylesheet" href="\(link: Assets.style.path)">\
            \(style.map { "<link rel=\"stylesheet\" href=\"\(link: $0.path)\">" as HTML } ?? .empty)\
            <link rel="icon" href="\(link: Assets.icons.path)" type="image/svg+xml">\
            \(scripts.map { script($0) })</head>
            <body\(attribute: "data-changes", changes.map { "\($0)" })>\(body)</body></html>
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
