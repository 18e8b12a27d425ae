extension Configuration.Mailbox {
    static let section = Section(
        name: "mailbox", shape: .named, title: "Mailboxes that are read",
        text: """
            A mailbox that is read: one login at an IMAP server. NAME is yours: letters, digits, `-` and \
            `_`; staff see it, and rules refer to it. Mailroom changes nothing on the server. A mailbox that \
            fails never stops the others.
            """,
        settings: server + reading + sending)

    /// How to get in.
    private static let server = [
        Setting(
            "host", .host, example: "\"imap.example.net\"", isRequired: true,
            "The IMAP server. Its certificate must be valid for this name."),
        Setting(
            "port", .number(1...65_535), or: .number(993),
            except: { $0.value("security") == .text(Security.tls.rawValue) ? nil : .number(143) },
            "The server's port. Without this key it is 993, or 143 when `security` is not `\"tls\"`."),
        Setting(
            "security", .choice(Security.self), or: .text("tls"),
            """
            With `"tls"` the connection is protected from its first octet, with `"starttls"` before the \
            login, or not used at all. With `"plain"` it is never protected: only for a server on this \
            machine, or with `allow_plain_text`.
            """),
        Setting(
            "allow_plain_text", .flag, or: .flag(false),
            """
            Lets `security = "plain"` send the password and all mail unprotected to another machine. Only \
            for a network that nobody else is in.
            """),
        Setting(
            "user", .line, example: "\"office@bergmann-stb.example\"", isRequired: true,
            "The name to log in with, often the address."),
        Setting(
            "password", .secret, example: "{ credential = \"office-imap\" }",
            """
            Where the password is kept; in clear text it is refused. `{ credential = "office-imap" }` is \
            systemd's credential of that name, or else the file `/etc/mailroom/secrets/office-imap`. `{ file \
            = "/path" }` is a file that nobody else may read. `{ command = ["pass", "office"] }` is a \
            program whose first line of output it is; a single text is run by the shell. See \
            mailroom-secrets(7). It must be set, but with `auth = "oauth2"`.
            """),
        Setting(
            "auth", .choice(Authentication.self), or: .text("password"),
            """
            How Mailroom proves who it is. With `"password"` the server's offer decides how the password is \
            shown; `"plain"` and `"login"` insist on the SASL mechanism of that name. With `"oauth2"` there is \
            no password but a token: see `oauth2`.
            """),
        oauth2,
        Setting(
            "ca_file", .path, example: "\"/etc/mailroom/office-ca.pem\"",
            """
            A file of certificates (PEM) that are trusted for this server in place of the system's, for a \
            server with a certificate of the firm's own.
            """),
    ]

    /// How replies leave.
    private static let sending = [
        Setting(
            "smtp", .table(Configuration.SMTP.inline), example: "{ host = \"smtp.example.net\" }",

            """
            The server by which replies from this mailbox leave, with the keys of `[smtp]` up to `size`; \
            `user` and `password` are the mailbox's own where they are not given. A copy goes into this \
            mailbox's Sent folder. Without this key replies leave by `[smtp]`, and their copy goes into this \
            mailbox's Sent folder all the same.
            """),
        Setting(
            "from", .sender, example: "\"Lohnbüro <lohn@bergmann-stb.example>\"",
            """
            Who writes replies from this mailbox: a name and an address. Without this key it is `user`, \
            where that is an address, under the firm's name.
            """),
    ]

    /// What is read, and how.
    private static let reading = [
        Setting(
            "sender_checks", .senderChecks, or: .texts([]),
            """
            Whose `Authentication-Results` are believed: the name that this mailbox's own server writes at \
            their beginning, with `*` inside one label. For Microsoft 365, which writes no name, the word \
            `"microsoft365"`. With `[]` none is believed, and attachments of most senders wait for staff in \
            the Intake folder.
            """),
        Setting(
            "folders", .list(.mailboxPattern), or: .texts(["\\Inbox", "\\Sent", "*"]),
            """
            Which folders of the server are read: names and patterns (`*` is anything, `%` anything within \
            one level), and special uses such as `\\Inbox`, `\\Sent` or `\\Archive`. Junk, Trash and Drafts \
            are read only when named by their use or full name. A `!` before a pattern leaves out what it \
            fits. On Gmail the default reads All Mail alone.
            """),
        Setting(
            "history", .choice(History.self), or: .text("preview"),
            """
            What becomes of mail from before this mailbox's first start. With `"preview"` it is read and \
            matched, and its attachments are filed only when you say so. With `"file"` it is filed like new \
            mail, and clients may see it at once. With `"skip"` it is not read.
            """),
        Setting(
            "since", .date, example: "2025-01-01",
            """
            Mail that reached the server before this day is not read at all. Without this key all of it is.
            """),
        Setting(
            "unmatched", .choice(Configuration.Matching.Unmatched.self), example: "\"headers\"",
            """
            As `unmatched` in `[matching]`, for this mailbox alone. Without this key that one holds, or \
            `"ignore"` where there is an `owner`.
            """),
        Setting(
            "poll", .duration(30...86_400), or: .duration(300),
            """
            How often to ask for new mail where the server does not tell of it, and as a safety net where it \
            does. From 30 seconds to 1 day.
            """),
        Setting(
            "idle", .flag, or: .flag(true),
            """
            Whether the server is asked to tell of new mail at once (IDLE). With `false` new mail is found \
            every `poll`.
            """),
        Setting(
            "daily_bytes", .size(1 << 20...1 << 50), example: "\"2 GB\"",
            """
            How much is downloaded in a day (of the firm's time zone) at most; the rest waits for the next. \
            Some providers lock a mailbox that downloads more: Gmail allows about 2,500 MB. Without this key \
            there is no limit.
            """),
        Setting(
            "owner", .line, example: "\"jana\"",
            """
            The colleague whose own mailbox this is. Then mail that matches no account is not kept, unless \
            `unmatched` says otherwise.
            """),
        Setting(
            "batch", .number(1...1_000), or: .number(100),
            """
            How many messages are asked for at once. Fewer are kinder to a slow server, more are faster with \
            a distant one.
            """),
    ]
}
