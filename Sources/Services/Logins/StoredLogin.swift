internal import FoundationEssentials
internal import Mail
internal import OAuth2
internal import Secrets

/// What is kept of one sign-in: `<data>/logins/NAME.json`, which nobody but Mailroom may read.
///
/// A refresh token is a key to the mailbox until somebody revokes it. It is
/// not in the database, so that a copy of that for a colleague's eyes holds no key.
struct StoredLogin: Codable, Sendable {
    let version: Int
    let clientID: String
    let tokenURL: String
    let user: String
    private(set) var access: String
    private(set) var refresh: String?
    /// In milliseconds since 1970.
    private(set) var obtained: Int64
    /// In seconds.
    private(set) var lifetime: Int
    /// The authorization server's words when it declared the sign-in over.
    var lost: String?

    private enum CodingKeys: String, CodingKey {
        case version
        case clientID = "client_id"
        case tokenURL = "token_url"
        case user
        case access = "access_token"
        case refresh = "refresh_token"
        case obtained, lifetime, lost
    }

    init(_ tokens: TokenSet, for settings: LoginSettings, now: Timestamp) {
        version = 1
        clientID = settings.clientID
        tokenURL = settings.tokenURL
        user = settings.user
        access = tokens.access.revealed
        refresh = tokens.refresh?.revealed
        obtained = now.milliseconds
        lifetime = tokens.lifetime
    }

    /// Nil for what is no such file, or one of a later version.
    init?(_ octets: [UInt8]) {
        guard let stored = try? JSONDecoder().decode(StoredLogin.self, from: Data(octets)),
            stored.version == 1
        else { return nil }
        self = stored
    }

    var octets: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        guard let data = try? encoder.encode(self) else {
            preconditionFailure("texts and numbers have a form in JSON")
        }
        return Array(data) + [10]
    }

    /// The tokens of a refresh; the old refresh token stays where there is no new one. RFC 6749 section 6.
    mutating func take(_ tokens: TokenSet, now: Timestamp) {
        access = tokens.access.revealed
        refresh = tokens.refresh?.revealed ?? refresh
        obtained = now.milliseconds
        lifetime = tokens.lifetime
        lost = nil
    }

    var accessToken: Secret { Secret(access) }
    var refreshToken: Secret? { refresh.map { Secret($0) } }

    /// Whether a server that looks at it in a moment will still take it.
    func isValid(at now: Timestamp) -> Bool {
        let margin = min(60, Int64(lifetime) / 10)
        return now.milliseconds < obtained + (Int64(lifetime) - margin) * 1000 && !isFromTheFuture(now)
    }

    /// After four fifths of its life: early enough to survive an hour's token with a server that is away.
    func isDue(at now: Timestamp) -> Bool {
        now.milliseconds >= obtained + Int64(lifetime) * 800 || isFromTheFuture(now)
    }

    /// The clock was set back: nothing is known of its life.
    private func isFromTheFuture(_ now: Timestamp) -> Bool { now.milliseconds + 300_000 < obtained }
}
