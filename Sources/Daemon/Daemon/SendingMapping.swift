package import Configuration
internal import IMAP
internal import Intake
internal import Mail
package import Outbox
internal import SMTP
internal import Secrets
internal import Text

// How letters leave, as the outbox wants it.

extension Configuration {
    /// Every server by which letters leave.
    package var routes: [RouteSettings] {
        let firm = sending.map { sending in
            route(nil, sending.server, sending.from, copyTo: sending.copyTo)
        }
        let own = mailboxes.compactMap { mailbox in
            mailbox.smtp.map { route(mailbox.name, $0, sender(of: mailbox), copyTo: mailbox.name) }
        }
        return [firm].compactMap { $0 } + own
    }

    /// Every source: a copy may belong into the Sent of any of them.
    package var sentPlaces: [SentSettings] {
        zip(mailboxes, sources).map { mailbox, source in
            SentSettings(
                source: mailbox.name, endpoint: source.endpoint,
                loginPlace: "\(mailbox.user) \(mailbox.password) \(mailbox.authentication)",
                login: {
                    do { return try source.login() } catch let error as SecretError {
                        throw LoginUnavailable("\(error)", isTransient: false)
                    }
                })
        }
    }

    /// Who writes from a mailbox: its `from`, or its user where that is an address; else as `[smtp]` says.
    package func sender(of mailbox: Mailbox) -> Sender? {
        mailbox.from ?? Sender("\(firm.name) <\(mailbox.user)>") ?? sending?.from
    }

    private func route(_ name: String?, _ server: SMTP, _ sender: Sender?, copyTo: String?) -> RouteSettings {
        let security: SMTPEndpoint.Security =
            switch server.security {
            case .tls: .tls
            case .starttls: .startTLS
            case .plain: .plain
            }
        return RouteSettings(
            name: name,
            endpoint: SMTPEndpoint(
                host: server.host, port: UInt16(server.port), security: security,
                ehloName: sender.flatMap { DomainName($0.address.domain)?.aLabels } ?? "localhost",
                caFile: server.caFile),
            loginPlace: "\(server.user ?? "") \(server.password.map { "\($0)" } ?? "")",
            login: {
                guard let user = server.user, let password = server.password else { return .none }
                do {
                    return .password(user: user, secret: try password.read().revealed)
                } catch {
                    throw LoginUnavailable("\(error)", isTransient: false)
                }
            },
            perHour: server.perHour, largest: server.largest, copyTo: copyTo)
    }
}
