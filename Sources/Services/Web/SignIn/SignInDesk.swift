internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// Signs staff in: looks at passwords, digits and links, counts tries, begins sessions.
struct SignInDesk {
    let site: Site

    /// What became of a try.
    enum Outcome: Sendable {
        /// With the cookies that make it so.
        case signedIn([SetCookie])
        /// The password was right; the app's digits are missing.
        case needsCode(SetCookie)
        case wrong
        /// In seconds.
        case wait(Int64)
        /// Too many are being looked at.
        case busy
        /// A sign-in that was half done is too old.
        case tooLate
    }

    // MARK: - Passwords

    /// Whoever has no password, or is nobody, takes as long as whoever typed it wrongly.
    func password(_ typed: String, login: String, _ request: HTTP.Request) async throws -> Outcome {
        let login = String(login.lowercased().prefix(100))
        let now = site.now
        let device = token(.device, request)?.hash
        let isKnown =
            if let device { try await site.read { try $0.isKnownDevice(device, login: login) } } else {
                false
            }
        let buckets = buckets(login, isKnown ? device : nil, request)
        let wait = try await site.store.write { try $0.beginTry(buckets, now: now) }
        guard wait == 0 else { return .wait(wait) }
        let secrets = try await site.read { try $0.signInSecrets(login: login) }
        let hash = secrets?.passwordHash
        let plain = StaffPassword.typed(typed)
        guard let fits = await site.passwords.matches(plain, hash, isFriend: isKnown) else { return .busy }
        guard fits, let secrets, let hash else { return .wrong }
        try await site.store.write { try $0.endTry(buckets) }
        if PasswordHash.isDated(hash), let renewed = await site.passwords.make(plain) {
            try await site.store.write {
                try $0.renewPasswordHash(renewed, instead: hash, of: secrets.member.id)
            }
        }
        guard secrets.totpKey != nil else { return try await begin(secrets.member.id, .password, request) }
        let half = SecretToken.random()
        let start = start(half, request)
        let expires = Timestamp(seconds: now.seconds + Self.patience)
        _ = try await site.store.write {
            try $0.startSession(
                for: secrets.member.id, tokenHash: start.hash, csrfKey: start.key, now: now,
                expires: expires, isPending: true)
        }
        return .needsCode(cookie(.half, half, request, maxAge: Int(Self.patience)))
    }

    /// In seconds: how long one may look for the telephone.
    private static let patience: Int64 = 600

    // MARK: - The second factor

    /// The member who has proved a password, and not yet the telephone.
    func waiting(_ request: HTTP.Request) async throws -> StaffSession? {
        guard let hash = token(.half, request)?.hash else { return nil }
        let now = site.now
        return try await site.read { try $0.pendingSession(tokenHash: hash, now: now) }
    }

    /// Digits of the app, or one of the words for the day it is lost.
    func code(_ typed: String, _ request: HTTP.Request) async throws -> Outcome {
        guard let half = try await waiting(request) else { return .tooLate }
        let (id, now) = (half.member.id, site.now)
        let key = SHA256.digest(of: Array("code \(id)".utf8)).octets
        let bucket = [TryBucket(.secondFactor, key: key)]
        let wait = try await site.store.write { try $0.beginTry(bucket, now: now) }
        guard wait == 0 else { return .wait(wait) }
        guard try await isCode(typed, of: id) else { return .wrong }
        try await site.store.write {
            try $0.endTry(bucket)
            try $0.endSession(half.id)
        }
        return try await begin(id, .password, request)
    }

    /// Whether these are digits that were not used yet, or a word: then they are used now.
    func isCode(_ typed: String, of id: StaffID) async throws -> Bool {
        let now = site.now
        if let word = RecoveryCode(typed) {
            let hash = word.hash
            return try await site.store.write { try $0.useRecoveryCode(hash, of: id, now: now) }
        }
        guard let secrets = try await site.read({ try $0.signInSecrets(of: id) }), let key = secrets.totpKey,
            let step = TOTP(key: key).step(of: typed, at: now.seconds, after: secrets.totpStep)
        else { return false }
        return try await site.store.write { try $0.useTOTPStep(step, of: id) }
    }

    /// Whether somebody who is signed in knows their password; where there is none, there is nothing to know.
    enum Proof: Sendable {
        case yes, no
        /// In seconds.
        case wait(Int64)
    }

    func proves(_ typed: String, _ id: StaffID) async throws -> Proof {
        guard let hash = try await site.read({ try $0.signInSecrets(of: id)?.passwordHash }) else {
            return .yes
        }
        let now = site.now
        let key = SHA256.digest(of: Array("proof \(id)".utf8)).octets
        let bucket = [TryBucket(.secondFactor, key: key)]
        let wait = try await site.store.write { try $0.beginTry(bucket, now: now) }
        guard wait == 0 else { return .wait(wait) }
        let plain = StaffPassword.typed(typed)
        guard await site.passwords.matches(plain, hash, isFriend: true) == true else { return .no }
        try await site.store.write { try $0.endTry(bucket) }
        return .yes
    }

    // MARK: - Links and the web server in front

    /// Signs in whoever has the link, once. The second factor is not asked for: the link is one.
    func link(_ hash: [UInt8], _ request: HTTP.Request) async throws -> Outcome {
        let now = site.now
        guard case .member(let member) = try await site.store.write({ try $0.useLoginLink(hash, now: now) })
        else { return .tooLate }
        return try await begin(member.id, .link, request)
    }

    /// Signs in whom the web server in front names.
    func proxy(_ request: HTTP.Request) async throws -> Outcome? {
        guard let login = site.settings.proxy?.login(request),
            let secrets = try await site.read({ try $0.signInSecrets(login: login) })
        else { return nil }
        return try await begin(secrets.member.id, .proxy, request)
    }

    /// A session under a token that nobody had before: none that was planted can become one.
    func begin(_ id: StaffID, _ way: SignInWay, _ request: HTTP.Request) async throws -> Outcome {
        let (token, now, seconds) = (SecretToken.random(), site.now, site.settings.staffSessionSeconds)
        let start = start(token, request)
        let expires = Timestamp(seconds: now.seconds + Int64(seconds))
        let device = self.token(.device, request) ?? SecretToken.random()
        let deviceHash = device.hash
        try await site.store.write {
            try $0.startSession(
                for: id, tokenHash: start.hash, csrfKey: start.key, now: now, expires: expires, way: way,
                device: start.device, network: start.network)
            try $0.addKnownDevice(deviceHash, of: id, now: now)
        }
        // A day or less: until the browser is closed.
        let maxAge = seconds > 86_400 ? seconds : nil
        return .signedIn([
            cookie(.session, token, request, maxAge: maxAge),
            cookie(.device, device, request, maxAge: 365 * 86_400),
            cookie(.half, nil, request, maxAge: 0),
        ])
    }

    // MARK: - Cookies and counts

    enum Cookie: String {
        case session, device
        /// Of a sign-in that waits for its second factor.
        case half
    }

    private func token(_ cookie: Cookie, _ request: HTTP.Request) -> SecretToken? {
        request.cookies[SetCookie.name(cookie.rawValue, isSecure: request.isSecure)]
            .flatMap { SecretToken($0) }
    }

    private func cookie(
        _ cookie: Cookie, _ token: SecretToken?, _ request: HTTP.Request, maxAge: Int?
    ) -> SetCookie {
        SetCookie(
            cookie.rawValue, value: token?.text ?? "", isSecure: request.isSecure, maxAge: maxAge)
    }

    /// What takes the session's cookie away.
    func signedOut(_ request: HTTP.Request) -> SetCookie { cookie(.session, nil, request, maxAge: 0) }

    private struct Start: Sendable {
        let hash: [UInt8]
        let key: [UInt8]
        let device: String
        let network: String
    }

    private func start(_ token: SecretToken, _ request: HTTP.Request) -> Start {
        Start(
            hash: token.hash, key: RandomOctets.secret(count: 32),
            device: BrowserName.of(request.headers["user-agent"] ?? ""),
            network: request.client.map { "\($0)" } ?? "")
    }

    /// Of a known browser its own count and no other; else the login's from there, and all from there.
    private func buckets(_ login: String, _ device: [UInt8]?, _ request: HTTP.Request) -> [TryBucket] {
        if let device {
            return [TryBucket(.device, key: SHA256.digest(of: Array("device".utf8) + device).octets)]
        }
        let network = request.client?.neighbourhood ?? []
        return [
            TryBucket(
                .loginOfNetwork, key: SHA256.digest(of: Array("login ".utf8) + network + login.utf8).octets),
            TryBucket(.network, key: SHA256.digest(of: Array("network ".utf8) + network).octets),
        ]
    }
}
