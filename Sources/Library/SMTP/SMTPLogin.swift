/// How to log in to a submission server. Its secrets are never printed.
package enum SMTPLogin: Sendable {
    /// The server knows us by our address, or is on loopback.
    case none
    /// PLAIN where offered, else LOGIN. RFC 4616.
    case password(user: String, secret: String)
    /// An OAuth 2.0 access token: OAUTHBEARER where offered, else XOAUTH2. RFC 7628.
    case bearer(user: String, token: String)

    /// Whether a connection with this login serves for the other, too: a token that was renewed changes nothing.
    func isSame(as other: SMTPLogin) -> Bool {
        switch (self, other) {
        case (.none, .none): true
        case (.password(let user, let secret), .password(let otherUser, let otherSecret)):
            user == otherUser && secret == otherSecret
        case (.bearer(let user, _), .bearer(let otherUser, _)): user == otherUser
        case (.none, _), (.password, _), (.bearer, _): false
        }
    }
}

extension SMTPLogin: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "a login" }
    package var debugDescription: String { description }
    /// So that no dump of a larger value shows the secret.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
