package import OAuth2
package import Secrets

/// How one mailbox gets its tokens: what `[mailbox.NAME] oauth2` says.
package struct LoginSettings: Sendable {
    package enum Flow: Hashable, Sendable {
        /// A person signs in once; from then on a refresh token stands for them.
        case person
        /// The client acts for itself. RFC 6749 section 4.4.
        case clientCredentials
        /// The key of a service account, which acts for the mailbox. RFC 7523.
        case serviceAccount(key: SecretSource)
    }

    /// The mailbox's name in the configuration.
    package let name: String
    /// Whose mail it is.
    package let user: String
    package let flow: Flow
    /// Identity and endpoints; the client's secret is read anew each time.
    package let client: @Sendable () throws(SecretError) -> OAuth2Client
    /// Client and token endpoint: a refresh token is good for these alone.
    package let clientID: String
    package let tokenURL: String

    package init(
        name: String, user: String, flow: Flow, clientID: String, tokenURL: String,
        client: @escaping @Sendable () throws(SecretError) -> OAuth2Client
    ) {
        self.name = name
        self.user = user
        self.flow = flow
        self.clientID = clientID
        self.tokenURL = tokenURL
        self.client = client
    }

    /// Whether the same stored token serves both.
    func isServed(by stored: StoredLogin) -> Bool {
        stored.clientID == clientID && stored.tokenURL == tokenURL && stored.user == user
    }
}
