package import Secrets

/// Who Mailroom is to an authorization server, and where that server is. RFC 6749 section 2.
package struct OAuth2Client: Sendable {
    package let id: String
    /// None for a program that can keep no secret: then PKCE alone protects the code. RFC 8252 section 8.5.
    package let secret: Secret?
    package let authorizationURL: String
    package let tokenURL: String
    package let deviceURL: String
    /// Words separated by spaces; empty for the server's own choice.
    package let scope: String
    /// What this provider wants besides at its authorization endpoint: Google gives a refresh token
    /// only for `access_type=offline`.
    package let authorizationExtras: [FormFields.Field]

    package init(
        id: String, secret: Secret?, authorizationURL: String, tokenURL: String, deviceURL: String,
        scope: String, authorizationExtras: [(String, String)] = []
    ) {
        self.id = id
        self.secret = secret
        self.authorizationURL = authorizationURL
        self.tokenURL = tokenURL
        self.deviceURL = deviceURL
        self.scope = scope
        self.authorizationExtras = FormFields(authorizationExtras).fields
    }
}
