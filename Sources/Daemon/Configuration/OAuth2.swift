package import Secrets

extension Configuration.Mailbox {
    /// How a mailbox gets the tokens it logs in with: `oauth2 = { … }`, with what its provider adds.
    package struct OAuth2: Hashable, Sendable {
        package enum Provider: String, Hashable, Sendable, CaseIterable {
            case microsoft, google, other
        }

        package enum Flow: String, Hashable, Sendable, CaseIterable {
            case code, device
            case clientCredentials = "client_credentials"
            case serviceAccount = "service_account"
        }

        package let provider: Provider
        package let flow: Flow
        /// Empty where a service account is its own client.
        package let clientID: String
        package let clientSecret: SecretSource?
        package let key: SecretSource?
        package let authorizationURL: String
        package let tokenURL: String
        package let deviceURL: String
        package let scope: String
        /// As configured; nil for loopback with a port of the system's choice.
        package let redirect: String?
        /// Who signs in, where that is another than the mailbox's user.
        package let person: String?

        init(_ settings: Instance) {
            func text(_ key: String) -> String? { settings.optionalText(key) }
            func secret(_ key: String) -> SecretSource? {
                guard case .secret(let source) = settings.value(key) else { return nil }
                return source
            }
            let provider: Provider = settings.word("provider")
            let flow: Flow = settings.word("flow")
            let known = Endpoints(provider, tenant: text("tenant"))
            self.provider = provider
            self.flow = flow
            clientID = text("client_id") ?? ""
            clientSecret = secret("client_secret")
            key = secret("key")
            authorizationURL = text("authorization_url") ?? known.authorization
            tokenURL = text("token_url") ?? known.token
            deviceURL = text("device_url") ?? known.device
            scope = text("scope") ?? Self.scope(provider, flow)
            redirect = text("redirect")
            person = text("user")
        }

        /// The host of a loopback redirect as the provider has it registered: Microsoft overlooks the
        /// port of `localhost` alone, Google wants the address. RFC 8252 section 7.3.
        package var loopback: String { provider == .microsoft ? "localhost" : "127.0.0.1" }

        /// What each provider calls the right to read and send mail.
        private static func scope(_ provider: Provider, _ flow: Flow) -> String {
            switch (provider, flow) {
            case (.microsoft, .clientCredentials): "https://outlook.office365.com/.default"
            case (.microsoft, _):
                "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send "
                    + "offline_access"
            case (.google, _): "https://mail.google.com/"
            case (.other, _): ""
            }
        }
    }

    /// Where a provider's authorization server is.
    private struct Endpoints {
        var authorization = ""
        var token = ""
        var device = ""

        init(_ provider: OAuth2.Provider, tenant: String?) {
            switch provider {
            case .microsoft:
                let base = "https://login.microsoftonline.com/\(tenant ?? "organizations")/oauth2/v2.0"
                authorization = "\(base)/authorize"
                token = "\(base)/token"
                device = "\(base)/devicecode"
            case .google:
                authorization = "https://accounts.google.com/o/oauth2/v2/auth"
                token = "https://oauth2.googleapis.com/token"
                device = "https://oauth2.googleapis.com/device/code"
            case .other: break
            }
        }
    }
}
