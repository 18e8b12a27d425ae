extension Configuration.Mailbox {
    /// `oauth2 = { … }`: what stands between its braces.
    static let oauth2 = Setting(
        "oauth2", .table(oauth2Section),
        example: "{ provider = \"microsoft\", tenant = \"bergmann-stb.example\", client_id = \"3f0c6a1e\" }",
        """
        How the login goes with `auth = "oauth2"`: whose tokens they are, and how they are come by. Where a \
        person has to sign in, that is done once, by `mailroom mailbox login NAME`. The tokens are kept in \
        `logins` below the data and renewed by themselves; mail is sent with the same ones. It may also be \
        written as a section of its own, `[mailbox.NAME.oauth2]`.
        """)

    static let oauth2Section = Section(
        name: "oauth2", shape: .single, title: "", text: "table with the keys below",
        settings: oauth2Settings)

    private static let oauth2Settings = [
        Setting(
            "provider", .choice(OAuth2.Provider.self), example: "\"microsoft\"", isRequired: true,
            """
            Whose authorization server it is; `"microsoft"` is Microsoft 365, `"google"` is Google Workspace. \
            With `"other"` its addresses are to be given.
            """),
        Setting(
            "tenant", .line, example: "\"bergmann-stb.example\"",
            """
            The firm's directory at Microsoft: one of its domains, or its number. Without this key any work \
            account can sign in.
            """),
        Setting(
            "client_id", .line, example: "\"3f0c6a1e-4b7d-4e0a-9c55-0d6f1b2a7e11\"",
            """
            The number under which Mailroom is registered with the provider. It must be set, but for a service \
            account.
            """),
        Setting(
            "client_secret", .secret, example: "{ credential = \"payroll-client\" }",
            """
            Where the secret of that registration is kept, if it has one. For `flow = "client_credentials"` it \
            must be set.
            """),
        Setting(
            "flow", .choice(OAuth2.Flow.self), or: .text("code"),
            """
            How the tokens are come by. With `"code"` a person signs in with a browser, on this machine or any \
            other. With `"device"` a person types a short code on another device, where the provider allows it. \
            With `"client_credentials"` nobody signs in: Microsoft's administrator lets the registration read the \
            mailbox. With `"service_account"` nobody signs in either: Google's administrator lets the account act for \
            the domain.
            """),
        Setting(
            "key", .secret, example: "{ file = \"/etc/mailroom/secrets/google.json\" }",
            "The JSON file with the key of the service account, as Google gives it, and where it is kept."),
        Setting(
            "user", .line, example: "\"jana@bergmann-stb.example\"",
            """
            Who signs in, for a shared mailbox: the mailbox is the `user` beside `oauth2`, and this is a \
            colleague with full access to it. Without this key they are the same.
            """),
        Setting(
            "authorization_url", .url, example: "\"https://login.example.net/authorize\"",
            "The address a person opens, for `provider = \"other\"`."),
        Setting(
            "token_url", .url, example: "\"https://login.example.net/token\"",
            "The address that gives tokens, for `provider = \"other\"`."),
        Setting(
            "device_url", .url, example: "\"https://login.example.net/device\"",
            "The address that gives codes for `flow = \"device\"`, for `provider = \"other\"`."),
        Setting(
            "scope", .line, example: "\"https://mail.google.com/\"",
            """
            What is asked for, words separated by spaces. Without this key it is what the provider calls reading and \
            sending mail.
            """),
        Setting(
            "redirect", .url, example: "\"http://localhost:8400/\"",
            """
            Where the browser is sent back to, as it is registered with the provider. Without this key it is this \
            machine's own loopback, with a port that is free.
            """),
    ]
}
