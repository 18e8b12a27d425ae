package import Secrets

/// What is shown to a token endpoint for a token.
package enum TokenGrant: Sendable {
    /// RFC 6749 section 4.1.3, RFC 7636 section 4.5.
    case code(String, verifier: String, redirect: String)
    /// RFC 6749 section 6.
    case refresh(Secret)
    /// RFC 8628 section 3.4.
    case device(Secret)
    /// RFC 6749 section 4.4.
    case clientCredentials
    /// A signed statement in place of everything else. RFC 7523 section 2.1.
    case assertion(String)

    /// The grant's name in the words of its RFC, for errors.
    package var name: String {
        switch self {
        case .code: "authorization_code grant"
        case .refresh: "refresh_token grant"
        case .device: "device_code grant"
        case .clientCredentials: "client_credentials grant"
        case .assertion: "jwt-bearer grant"
        }
    }

    /// The form to send, and the words in it that nobody may ever see in an error.
    package func form(for client: OAuth2Client) -> (fields: FormFields, secrets: [String]) {
        var fields: FormFields
        var secrets: [String]
        switch self {
        case .code(let code, let verifier, let redirect):
            fields = FormFields([
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
                ("code_verifier", verifier),
            ])
            secrets = [code, verifier]
        case .refresh(let token):
            // Without `scope`: the same as was granted. RFC 6749 section 6.
            fields = FormFields([("grant_type", "refresh_token"), ("refresh_token", token.revealed)])
            secrets = [token.revealed]
        case .device(let code):
            fields = FormFields([
                ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                ("device_code", code.revealed),
            ])
            secrets = [code.revealed]
        case .clientCredentials:
            fields = FormFields([("grant_type", "client_credentials"), ("scope", client.scope)])
            secrets = []
        case .assertion(let assertion):
            // The statement says who we are; there is no client besides. RFC 7521 section 4.1.
            let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
            return (FormFields([("grant_type", grant), ("assertion", assertion)]), [assertion])
        }
        fields.add("client_id", client.id)
        if let secret = client.secret {
            fields.add("client_secret", secret.revealed)
            secrets.append(secret.revealed)
        }
        return (fields, secrets)
    }
}
