package import Secrets
package import Text

extension Configuration {
    /// One login whose mail is read: a *source* in the code's words.
    ///
    /// Two are equal when the same is read in the same way, wherever it is written: so a reload
    /// leaves the connections of unchanged mailboxes alone.
    package struct Mailbox: Hashable, Sendable {
        package enum Security: String, Hashable, Sendable, CaseIterable {
            case tls, starttls, plain
        }

        package enum Authentication: String, Hashable, Sendable, CaseIterable {
            /// The best of PLAIN and LOGIN that the server offers.
            case password
            case plain, login
            /// A token in place of a password.
            case oauth2
        }

        package enum SenderChecks: Hashable, Sendable {
            /// Patterns of the authserv-ids that are believed, `*` inside one label; none: nothing is.
            case servers([String])
            /// Microsoft writes no authserv-id.
            case microsoft365
        }

        package enum History: String, Hashable, Sendable, CaseIterable {
            case preview, file, skip
        }

        package let name: String
        package let host: String
        package let port: Int
        package let security: Security
        package let user: String
        /// Nil where the login is by a token.
        package let password: SecretSource?
        package let oauth2: OAuth2?
        package let authentication: Authentication
        package let caFile: String?
        package let senderChecks: SenderChecks
        package let folders: [MailboxPattern]
        package let history: History
        package let since: CivilDay?
        package let unmatched: Matching.Unmatched
        /// In seconds.
        package let poll: Int
        package let idle: Bool
        /// In octets; nil: no limit.
        package let dailyBytes: Int?
        /// The colleague whose own mailbox it is.
        package let owner: String?
        /// Messages for each FETCH.
        package let batch: Int
        /// By which replies from this mailbox leave; nil: by `[smtp]`.
        package let smtp: SMTP?
        /// Who writes them; nil: `user` where that is an address.
        package let from: Sender?

        init(_ settings: Instance, _ matching: Matching) {
            guard let name = settings.name else { preconditionFailure("a mailbox has a name") }
            self.name = name
            host = settings.text("host")
            port = settings.number("port")
            security = settings.word("security")
            user = settings.text("user")
            let authentication: Authentication = settings.word("auth")
            self.authentication = authentication
            password = authentication == .oauth2 ? nil : settings.secret("password")
            oauth2 = authentication == .oauth2 ? settings.table("oauth2").map(OAuth2.init) : nil
            caFile = settings.optionalText("ca_file")
            switch settings.value("sender_checks") {
            case .texts(let servers): senderChecks = .servers(servers)
            default: senderChecks = .microsoft365
            }
            folders = settings.texts("folders").compactMap(MailboxPattern.init)
            history = settings.word("history")
            since = settings.date("since")
            owner = settings.optionalText("owner")
            let forOwner: Matching.Unmatched = settings.isSet("owner") ? .ignore : matching.unmatched
            unmatched = settings.isSet("unmatched") ? settings.word("unmatched") : forOwner
            poll = settings.duration("poll")
            idle = settings.flag("idle")
            dailyBytes = settings.optionalSize("daily_bytes")
            batch = settings.number("batch")
            smtp = settings.table("smtp").map { SMTP($0, mailbox: settings) }
            from = settings.isSet("from") ? settings.sender("from") : nil
        }
    }
}
