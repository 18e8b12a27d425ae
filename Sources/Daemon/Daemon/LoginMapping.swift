package import Configuration
internal import IMAP
internal import Intake
package import Logins
package import OAuth2
package import Secrets

extension Configuration {
    /// The mailboxes that log in by OAuth 2.0.
    package var logins: [LoginSettings] { mailboxes.compactMap(\.loginSettings) }
}

extension Configuration.Mailbox {
    fileprivate var loginSettings: LoginSettings? {
        guard let oauth2 else { return nil }
        let flow: LoginSettings.Flow =
            switch oauth2.flow {
            case .code, .device: .person
            case .clientCredentials: .clientCredentials
            case .serviceAccount: .serviceAccount(key: oauth2.key ?? .file("/"))
            }
        return LoginSettings(
            name: name, user: user, flow: flow, clientID: oauth2.clientID, tokenURL: oauth2.tokenURL,
            client: { () throws(SecretError) -> OAuth2Client in try oauth2.client(withSecret: true) })
    }

    /// The login for IMAP: a password read anew, or a token that is fresh.
    func login(_ logins: Logins?, _ mechanism: IMAPLogin.Mechanism) -> @Sendable () async throws -> IMAPLogin
    {
        guard oauth2 != nil else {
            guard let password else { preconditionFailure("a mailbox without a password has oauth2") }
            return { [user] in
                IMAPLogin(user: user, secret: try password.read().revealed, mechanism: mechanism)
            }
        }
        guard let logins else {
            return { [name] in
                throw NoLogin(
                    "the tokens are with the data: mailroom mailbox test \(name)", needsPerson: true,
                    retryAfter: nil)
            }
        }
        return { [user, name] in
            do throws(LoginTrouble) {
                let token = try await logins.token(for: name)
                return IMAPLogin(user: user, secret: token.revealed, mechanism: .bearer)
            } catch {
                throw NoLogin(error)
            }
        }
    }

    /// Tells the logins what a mail server made of a token.
    func answered(_ logins: Logins?) -> @Sendable (IMAPLogin, Bool) async throws -> Bool {
        guard oauth2 != nil, let logins else { return { _, _ in false } }
        return { [name] login, isAccepted in
            do throws(LoginTrouble) {
                let token = Secret(login.secret)
                if try await logins.answered(token, for: name, isAccepted: isAccepted) { return true }
            } catch {
                throw NoLogin(error)
            }
            guard !isAccepted, let trouble = await logins.trouble(of: name) else { return false }
            throw NoLogin(trouble)
        }
    }
}

extension Configuration.Mailbox.OAuth2 {
    /// - Parameter withSecret: the client's secret is for the token endpoint alone; a person's browser needs none.
    package func client(withSecret isWanted: Bool) throws(SecretError) -> OAuth2Client {
        let extras: [(String, String)] =
            switch provider {
            case .microsoft: [("prompt", "select_account")]
            // Without both, Google gives a refresh token only the first time.
            case .google: [("access_type", "offline"), ("prompt", "consent")]
            case .other: []
            }
        return OAuth2Client(
            id: clientID, secret: isWanted ? try clientSecret?.read() : nil,
            authorizationURL: authorizationURL, tokenURL: tokenURL, deviceURL: deviceURL, scope: scope,
            authorizationExtras: extras)
    }
}

extension NoLogin {
    init(_ trouble: LoginTrouble) {
        self.init("\(trouble)", needsPerson: trouble.kind != .passing, retryAfter: trouble.retryAfter)
    }
}
