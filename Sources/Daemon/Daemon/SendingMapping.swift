package import Configuration
internal import IMAP
internal import Intake
package import Logins
internal import Mail
package import Outbox
internal import SMTP
internal import Secrets
internal import Text

// How letters leave, as the outbox wants it.

extension Configuration {
    /// Every server by which letters leave; without the logins, tokens are not to be had.
    package func routes(_ logins: Logins?) -> [RouteSettings] {
        let firm = sending.map { sending in
            route(nil, sending.server, sending.from, copyTo: sending.copyTo, logins)
        }
        let own = mailboxes.compactMap { mailbox in
            mailbox.smtp.map { route(mailbox.name, $0, sender(of: mailbox), copyTo: mailbox.name, logins) }
        }
        return [firm].compactMap { $0 } + own
    }

    /// Every source: a copy may belong into the Sent of any of them.
    package func sentPlaces(_ logins: Logins?) -> [SentSettings] {
        zip(mailboxes, sources(logins)).map { mailbox, source in
            SentSettings(
                source: mailbox.name, endpoint: source.endpoint,
                loginPlace: "\(mailbox.user) \(mailbox.loginPlace) \(mailbox.authentication)",
                login: {
                    do { return try await source.login() } catch let error as SecretError {
                        throw LoginUnavailable("\(error)", isTransient: false)
                    } catch let error as NoLogin {
                        throw LoginUnavailable("\(error)", isTransient: !error.needsPerson)
                    }
                })
        }
    }

    /// Who writes from a mailbox: its `from`, or its user where that is an address; else as `[smtp]` says.
    package func sender(of mailbox: Mailbox) -> Sender? {
        mailbox.from ?? Sender("\(firm.name) <\(mailbox.user)>") ?? sending?.from
    }

    private func route(
        _ name: String?, _ server: SMTP, _ sender: Sender?, copyTo: String?, _ logins: Logins?
    ) -> RouteSettings {
        let security: SMTPEndpoint.Security =
            switch server.security {
            case .tls: .tls
            case .starttls: .startTLS
            case .plain: .plain
            }
        var settings = RouteSettings(
            name: name,
            endpoint: SMTPEndpoint(
                host: server.host, port: UInt16(server.port), security: security,
                ehloName: sender.flatMap { DomainName($0.address.domain)?.aLabels } ?? "localhost",
                caFile: server.caFile),
            loginPlace: "\(server.user ?? "") \(server.password.map { "\($0)" } ?? server.tokensOf ?? "")",
            login: login(server, logins), refused: refused(server, logins),
            perHour: server.perHour, largest: server.largest, copyTo: copyTo)
        settings.namesInLog = !log.isPrivate
        return settings
    }

    /// No login, a password read anew, or the token of a mailbox.
    private func login(_ server: SMTP, _ logins: Logins?) -> @Sendable () async throws -> SMTPLogin {
        if let mailbox = server.tokensOf {
            let user = server.user ?? self[mailbox: mailbox]?.user ?? ""
            return {
                guard let logins else {
                    throw LoginUnavailable("the tokens are with the data", isTransient: false)
                }
                do throws(LoginTrouble) {
                    return .bearer(user: user, token: try await logins.token(for: mailbox).revealed)
                } catch {
                    throw LoginUnavailable("\(error)", isTransient: error.kind == .passing)
                }
            }
        }
        return {
            guard let user = server.user, let password = server.password else { return .none }
            do {
                return .password(user: user, secret: try password.read().revealed)
            } catch {
                throw LoginUnavailable("\(error)", isTransient: false)
            }
        }
    }
}

extension Configuration {
    /// A token that a server would not have is renewed once, whatever its time; a password is not.
    private func refused(_ server: SMTP, _ logins: Logins?) -> @Sendable (SMTPLogin) async throws -> Bool {
        guard let mailbox = server.tokensOf, let logins else { return { _ in false } }
        return { login in
            guard case .bearer(_, let token) = login else { return false }
            do throws(LoginTrouble) {
                return try await logins.answered(Secret(token), for: mailbox, isAccepted: false)
            } catch {
                throw LoginUnavailable("\(error)", isTransient: error.kind == .passing)
            }
        }
    }
}

extension Configuration.Mailbox {
    /// Where its secret is from, for comparing; never the secret.
    fileprivate var loginPlace: String {
        password.map { "\($0)" } ?? oauth2.map { "\($0.clientID) \($0.tokenURL) \($0.flow)" } ?? ""
    }
}
