package import Mail
package import Secrets

extension Configuration {
    /// A server by which letters leave.
    package struct SMTP: Hashable, Sendable {
        package typealias Security = Mailbox.Security

        package enum Authentication: String, Hashable, Sendable, CaseIterable {
            /// The best of PLAIN and LOGIN that the server offers.
            case password
            /// The token of a mailbox.
            case oauth2
        }

        package let host: String
        package let port: Int
        package let security: Security
        /// Nil: the server wants no login.
        package let user: String?
        package let password: SecretSource?
        package let authentication: Authentication
        /// The mailbox whose tokens it is shown; nil for a password, or none.
        package let tokensOf: String?
        package let caFile: String?
        /// Recipients within an hour.
        package let perHour: Int
        /// Octets of a letter; nil: as the server says.
        package let largest: Int?

        /// - Parameter mailbox: whose login is used where there is no other.
        init(_ settings: Instance, mailbox: Instance? = nil) {
            host = settings.text("host")
            port = settings.number("port")
            security = settings.word("security")
            let own = settings.optionalText("user")
            user = own ?? mailbox?.text("user")
            authentication = settings.word("auth")
            let isMailboxes = mailbox?.optionalText("auth") == Authentication.oauth2.rawValue
            guard !(authentication == .oauth2 || (isMailboxes && !settings.isSet("password"))) else {
                // Of `[smtp]` the mailbox that keeps the copies: it is the one that writes.
                tokensOf = mailbox?.name ?? settings.optionalText("copy_to")
                password = nil
                caFile = settings.optionalText("ca_file")
                perHour = settings.number("per_hour")
                largest = settings.optionalSize("size")
                return
            }
            tokensOf = nil
            if case .secret(let source) = settings.value("password") {
                password = source
            } else {
                password = own == nil ? mailbox?.secret("password") : nil
            }
            caFile = settings.optionalText("ca_file")
            perHour = settings.number("per_hour")
            largest = settings.optionalSize("size")
        }
    }

    /// How letters leave, and who writes them.
    package struct Sending: Hashable, Sendable {
        package let server: SMTP
        package let from: Sender
        /// The mailbox in whose Sent a copy belongs; nil: none is kept there.
        package let copyTo: String?
        /// Whether the server delivers `local+detail` as it does `local`.
        package let subAddress: Bool

        init(_ settings: Instance) {
            server = SMTP(settings)
            from = settings.sender("from")
            copyTo = settings.optionalText("copy_to")
            subAddress = settings.flag("sub_address")
        }
    }

    /// A name and an address, as a letter's From shows them.
    package struct Sender: Hashable, Sendable {
        package let name: String?
        package let address: EmailAddress

        /// Reads `Bergmann & Partner <office@firm.example>`, or the address alone.
        package init?(_ text: String) {
            guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
                guard let address = EmailAddress(text), TextRules.isMailAddress(text) else { return nil }
                self.address = address
                name = nil
                return
            }
            let inside = String(text[text.index(after: open)...].dropLast())
            guard let address = EmailAddress(inside), TextRules.isMailAddress(inside) else { return nil }
            var name = text[..<open].drop { $0 == " " }
            while name.last == " " { name.removeLast() }
            if name.count > 1, name.first == "\"", name.last == "\"" { name = name.dropFirst().dropLast() }
            guard !name.contains("<"), !name.contains(">") else { return nil }
            self.address = address
            self.name = name.isEmpty ? nil : String(name)
        }
    }
}

extension Configuration.Sending {
    static let section = Section(
        name: "smtp", shape: .single, title: "Mail that is sent",
        text: """
            The server by which letters leave: requests, reminders, receipts, and what staff write. Without \
            this section nothing is sent but replies from a mailbox that has an `smtp` of its own.
            """,
        settings: Configuration.SMTP.settings + [
            Setting(
                "from", .sender, example: "\"Bergmann & Partner <office@bergmann-stb.example>\"",
                isRequired: true,
                """
                Who writes letters that belong to no mailbox: a name and an address, or an address alone. \
                Replies and bounces come to this address, so it must be that of a mailbox that is read.
                """),
            Setting(
                "copy_to", .source, example: "\"office\"",
                """
                The mailbox in whose Sent folder a copy of each letter is kept, by its name in this file. \
                A copy that the server puts there by itself is found and not doubled. Without this key no \
                copy is kept there. A reply from another mailbox goes into that one's Sent.
                """),
            Setting(
                "sub_address", .flag, or: .flag(false),
                """
                With `true` the replies to a letter are asked to an address of its own, \
                `office+TOKEN@bergmann-stb.example`: then a reply is known even from a program that drops \
                everything else. Only where the server delivers such addresses to the mailbox of `from`.
                """),
        ])
}

extension Configuration.SMTP {
    /// What `smtp` of a mailbox knows, too.
    static let settings = [
        Setting(
            "host", .host, example: "\"smtp.example.net\"", isRequired: true,
            "The SMTP server. Its certificate must be valid for this name."),
        Setting(
            "port", .number(1...65_535), or: .number(465),
            except: { $0.value("security") == .text(Security.tls.rawValue) ? nil : .number(587) },
            "The server's port. Without this key it is 465, or 587 when `security` is not `\"tls\"`."),
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
            Lets `security = "plain"` send the password and all letters unprotected to another machine. \
            Only for a network that nobody else is in.
            """),
        Setting(
            "user", .line, example: "\"office@bergmann-stb.example\"",
            "The name to log in with, often the address. Without this key the server is asked for no login."),
        Setting(
            "password", .secret, example: "{ credential = \"office-smtp\" }",
            "Where the password is kept, as for a mailbox; in clear text it is refused."),
        Setting(
            "auth", .choice(Authentication.self), or: .text("password"),
            """
            How Mailroom proves who it is. With `"password"` it is shown by PLAIN, or LOGIN, as the server \
            offers. With `"oauth2"` it is a token of the mailbox that `copy_to` names; of a mailbox with \
            `auth = "oauth2"` its own `smtp` uses that one's without being told.
            """),
        Setting(
            "ca_file", .path, example: "\"/etc/mailroom/office-ca.pem\"",
            """
            A file of certificates (PEM) that are trusted for this server in place of the system's, for a \
            server with a certificate of the firm's own.
            """),
        Setting(
            "per_hour", .number(1...1_000_000), or: .number(300),
            """
            To how many recipients letters leave within any hour; the others wait. Many providers lock an \
            account that sends more than they allow.
            """),
        Setting(
            "size", .size(1 << 16...1 << 31), example: "\"35 MB\"",
            """
            How large a letter may be, attachments encoded; a larger one is refused with that reason. \
            Without this key it is what the server says (SIZE).
            """),
    ]

    /// `smtp` of a mailbox: the same keys, in braces.
    static let inline = Section(
        name: "smtp", shape: .single, title: "", text: "", settings: settings)
}
