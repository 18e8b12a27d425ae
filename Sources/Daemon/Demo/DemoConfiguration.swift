/// The configuration of the demo's daemon, as an administrator would have written it.
package enum DemoConfiguration {
    /// - Parameter passwordFile: a path with mode 0600; the password itself never stands in a configuration.
    package static func toml(
        port: UInt16, submissionPort: UInt16, webPort: UInt16, dataDirectory: String, passwordFile: String
    ) -> String {
        """
        # Mailroom's configuration for the demo: one mailbox, and a server that sends, both on loopback.
        # "man mailroom.toml" explains every setting.

        [firm]
        name      = \(quoted(DemoFirm.name))
        language  = "de"
        time_zone = "Europe/Berlin"
        domains   = [\(quoted(DemoFirm.domain))]
        phone     = "+49 30 5550 142"

        [web]
        listen = ["127.0.0.1:\(webPort)"]               # the staff's inbox, and the pages of links
        public_url = "http://127.0.0.1:\(webPort)"      # what the links in letters begin with

        [storage]
        data = \(quoted(dataDirectory))
        min_free = "20 MB"                              # it needs little

        [mailbox.office]
        host     = "127.0.0.1"
        port     = \(port)
        security = "plain"                              # loopback only
        user     = \(quoted(DemoFirm.mailbox))
        password = { file = \(quoted(passwordFile)) }
        sender_checks = [\(quoted(DemoFirm.border))]
        history  = "file"                               # what is there already is filed, too

        [smtp]
        host     = "127.0.0.1"
        port     = \(submissionPort)
        security = "plain"                              # loopback only
        from     = \(quoted("\(DemoFirm.name) <\(DemoFirm.mailbox)>"))
        copy_to  = "office"                             # what is sent lies in its Sent, too

        [requests]
        invite_reply = true                             # letters say that a reply will do, too

        [filing]
        folder = "{default}/{year}/{month} E-Mail"

        [[filing.rule]]
        name      = "Invoices and receipts"
        file_name = ["rechnung*", "*[ _-]rechnung*", "*invoice*", "*receipt*", "*請求書*", "*領収書*"]
        folder    = "{default}/{year}/Belege"

        """
    }

    /// A basic string of TOML 1.0.
    private static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
