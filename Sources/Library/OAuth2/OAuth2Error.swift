/// Why there is no token, and who can do something about it.
///
/// A token endpoint that is down, or busy, says nothing about a login:
/// only ``Code/invalidGrant`` means that a person has to sign in again.
package struct OAuth2Error: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The sign-in is over: expired, revoked, or the person's password was changed. RFC 6749 section 5.2.
        case invalidGrant
        /// Identity or secret of the client, that is of Mailroom itself, are not taken.
        case invalidClient
        /// The person, or the firm's administrator, said no.
        case denied
        /// Nobody has typed the device's code yet. RFC 8628 section 3.5.
        case authorizationPending
        /// As ``authorizationPending``, and asked too often.
        case slowDown
        /// The device's code was typed too late, or never.
        case expired
        /// 429, 5xx, `temporarily_unavailable`, `server_error`.
        case unavailable
        /// No connection, no name, no time.
        case network
        /// The endpoint is not proven to be who we asked for.
        case certificate
        /// The answer is none of OAuth 2.0: a proxy's page, for one.
        case malformed
        /// Any other refusal: a scope, a flow, a parameter.
        case refused
        /// What a browser brought back does not belong to this sign-in. RFC 6749 section 10.12.
        case foreignRedirect
        /// A key, an address or a file of ours that cannot be used.
        case unusable
    }

    package let code: Code
    /// What we were doing, in the words of the RFC: `refresh_token grant`.
    package let doing: String
    /// The peer's own words, bounded, and never a token.
    package let words: String
    /// The seconds the server has asked us to wait. RFC 9110 section 10.2.3.
    package let retryAfter: Int?

    package init(_ code: Code, doing: String, words: String, retryAfter: Int? = nil) {
        self.code = code
        self.doing = doing
        self.words = words
        self.retryAfter = retryAfter
    }

    /// Whether the same may succeed later without anyone doing anything.
    package var isTransient: Bool {
        switch code {
        case .unavailable, .network, .malformed, .authorizationPending, .slowDown: true
        case .invalidGrant, .invalidClient, .denied, .expired, .certificate, .refused, .foreignRedirect,
            .unusable:
            false
        }
    }

    package var description: String { "\(doing): \(words)" }
}
