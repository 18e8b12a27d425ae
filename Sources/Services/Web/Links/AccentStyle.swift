internal import HTTP
internal import Mailroom

/// The firm's own colour on its clients' pages. Staff's pages keep the house's: there, colour has a meaning.
struct AccentStyle {
    let accent: AccentColor

    /// Nil: the house's own colour, which the style has already.
    var asset: Asset? {
        guard accent != .ledgerGreen else { return nil }
        let colours = [
            ("accent", accent, accent.onDark), ("accent-strong", accent.strong, accent.strongOnDark),
            ("accent-weak", accent.tint, accent.tintOnDark),
            ("on-accent", AccentColor.onAccent, AccentColor.onDarkAccent),
        ]
        let rules = colours.map { name, light, dark in "--\(name): light-dark(\(light), \(dark));" }
        return Asset(style: "firm", ".client { \(rules.joined(separator: " ")) }\n")
    }

    func answer(_ request: HTTP.Request) -> Response? {
        guard let asset, asset.path == request.path.description else { return nil }
        return asset.response(to: request)
    }
}
