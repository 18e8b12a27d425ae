internal import FoundationEssentials
internal import Mail
package import Secrets

/// What a token endpoint gave. RFC 6749 section 5.1.
package struct TokenSet: Sendable {
    package let access: Secret
    /// In place of the old one, which may be worthless from now on; nil: the old one stays.
    package let refresh: Secret?
    /// In seconds.
    package let lifetime: Int

    package init(access: Secret, refresh: Secret?, lifetime: Int) {
        self.access = access
        self.refresh = refresh
        self.lifetime = lifetime
    }
}

/// Reads what a token endpoint says, good or bad.
///
/// | status | `error` | means |
/// |---|---|---|
/// | 429, 5xx, 408, 425 | any | ``OAuth2Error/Code/unavailable``, with Retry-After |
/// | any | `temporarily_unavailable`, `server_error` | the same |
/// | 200 | | a token; without one: malformed |
/// | 4xx | `invalid_grant`, `interaction_required` and its like | the sign-in is over |
/// | 4xx | `invalid_client`, `unauthorized_client` | Mailroom itself is not known there |
/// | 4xx | another | refused, in the server's words |
/// | other | none | malformed: who speaks there is no authorization server |
package enum TokenAnswer {
    private struct Body: Decodable {
        let accessToken: String?
        let refreshToken: String?
        let tokenType: String?
        let expiresIn: Count?
        let error: String?
        let errorDescription: String?
    }

    /// A number, also one that is written as a text: Microsoft's first version does so.
    struct Count: Decodable {
        let value: Int

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                value = Int(max(0, min(number, 1e9)))
            } else {
                value = Int(try container.decode(String.self)) ?? 0
            }
        }
    }

    /// For names as the RFCs have them: `access_token`.
    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    /// RFC 6749 section 5.1 leaves the lifetime out as it likes.
    private static let usualLifetime = 3600
    private static let longestToken = 16_384

    static func read(
        _ answer: EndpointAnswer, doing: String, hiding secrets: [String], now: Timestamp
    ) throws(OAuth2Error) -> TokenSet {
        let body = try json(answer, as: Body.self, doing: doing, hiding: secrets, now: now)
        guard let access = body.accessToken, isToken(access) else {
            throw OAuth2Error(.malformed, doing: doing, words: "the answer holds no access token")
        }
        if let type = body.tokenType, type.lowercased() != "bearer" {
            throw OAuth2Error(
                .refused, doing: doing, words: "the token is of a kind that no mail server takes")
        }
        let lifetime = body.expiresIn.map(\.value) ?? usualLifetime
        let refresh = body.refreshToken.flatMap { isToken($0) ? Secret($0) : nil }
        return TokenSet(access: Secret(access), refresh: refresh, lifetime: max(lifetime, 1))
    }

    /// The body of a good answer; a bad one is thrown.
    static func json<Value: Decodable>(
        _ answer: EndpointAnswer, as type: Value.Type, doing: String, hiding secrets: [String], now: Timestamp
    ) throws(OAuth2Error) -> Value {
        let wait = answer.retryAfter.flatMap { RetryAfter.seconds($0, now: now) }
        let error = try? decoder.decode(Body.self, from: Data(answer.body))
        let isBusy = answer.status >= 500 || [408, 425, 429].contains(answer.status)
        if isBusy {
            let words = [error?.error, error?.errorDescription].compactMap { $0 }.joined(separator: ": ")
            throw OAuth2Error(
                .unavailable, doing: doing,
                words: "the server answers \(answer.status)"
                    + (words.isEmpty ? "" : " (\(shown(words, hiding: secrets)))"),
                retryAfter: wait)
        }
        if let code = error?.error {
            throw refusal(
                code, error?.errorDescription, doing: doing, hiding: secrets, retryAfter: wait)
        }
        guard (200...299).contains(answer.status) else {
            throw OAuth2Error(
                answer.status == 404 || answer.status == 405 ? .refused : .malformed, doing: doing,
                words: "the server answers \(answer.status), and not in the words of OAuth 2.0",
                retryAfter: wait)
        }
        do {
            return try decoder.decode(type, from: Data(answer.body))
        } catch {
            throw OAuth2Error(.malformed, doing: doing, words: "the answer is not what OAuth 2.0 wants")
        }
    }

    /// What an `error` of RFC 6749 sections 4.1.2.1 and 5.2, RFC 8628 section 3.5 or OpenID Connect means.
    static func refusal(
        _ error: String, _ description: String?, doing: String, hiding secrets: [String] = [],
        retryAfter: Int? = nil
    ) -> OAuth2Error {
        let code: OAuth2Error.Code =
            switch error {
            case "invalid_grant", "interaction_required", "login_required", "consent_required",
                "account_selection_required":
                .invalidGrant
            case "invalid_client", "unauthorized_client": .invalidClient
            case "access_denied", "authorization_declined": .denied
            case "authorization_pending": .authorizationPending
            case "slow_down": .slowDown
            case "expired_token", "code_expired": .expired
            case "temporarily_unavailable", "server_error": .unavailable
            default: .refused
            }
        let words = [error, description].compactMap { $0 }.joined(separator: ": ")
        return OAuth2Error(code, doing: doing, words: shown(words, hiding: secrets), retryAfter: retryAfter)
    }

    /// A stranger's words: one line, at most 400 characters, and nothing we sent in confidence.
    static func shown(_ words: String, hiding secrets: [String]) -> String {
        var words = String(words.prefix(4096))
        for secret in secrets where secret.utf8.count >= 6 { words.replace(secret, with: Secret.mask) }
        let scalars = words.unicodeScalars.map { scalar -> Unicode.Scalar in
            scalar.value < 32 || (0x7f...0x9f).contains(scalar.value) ? " " : scalar
        }
        let line = String(String.UnicodeScalarView(scalars)).split(separator: " ").joined(separator: " ")
        return line.count > 400 ? String(line.prefix(399)) + "…" : line
    }

    /// The characters of RFC 6750 section 2.1, and any other visible one: never one that ends a line.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= longestToken
            && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }
}
