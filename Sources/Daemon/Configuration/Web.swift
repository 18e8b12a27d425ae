extension Configuration {
    /// The firm's pages, as far as letters lead to them.
    package struct Web: Hashable, Sendable {
        /// Without a slash at its end; nil: letters have no links.
        package let publicURL: String?

        init(_ settings: Instance) {
            publicURL = settings.optionalText("public_url").map { url in
                url.hasSuffix("/") ? String(url.dropLast()) : url
            }
        }

        static let section = Section(
            name: "web", shape: .single, title: "Pages for clients, without a login",
            text: "Where clients find the firm's pages.",
            settings: [
                Setting(
                    "public_url", .webAddress, example: "\"https://post.bergmann-stb.example\"",
                    """
                    What the links in letters begin with: `https://` and the name by which clients reach \
                    this machine. Without it a request can be answered by mail alone.
                    """)
            ])
    }
}
