package import Files
package import Mail
internal import Mailroom
package import OAuth2
package import Secrets
package import Workers

/// The tokens of all mailboxes that log in by OAuth 2.0: kept, renewed in time, one renewal at a time.
///
/// | what happens | then |
/// |---|---|
/// | a token has lived four fifths of its life | a new one is fetched; the old one serves until it ends |
/// | a new refresh token came with it | it is on the disk before anybody gets the token |
/// | 429, 5xx, no connection | patience, as long as the server asks for; the login is as good as before |
/// | `invalid_grant` | the sign-in is over: nothing is asked again until a person has signed in |
/// | a mail server refuses a token that should be good | one new token; if that is refused, too, a person |
///
/// However many ask, one question goes to the token endpoint. It runs to its
/// end even if whoever asked goes away: its answer may hold the only refresh token that is still worth something.
package actor Logins: WorkerActor {
    package nonisolated let worker = Worker()

    private struct Held {
        var settings: LoginSettings
        var stored: StoredLogin?
        /// Counts sign-ins: the answer to a question from before a sign-in is not for this one.
        var generation = 0
        /// What could not be written yet.
        var isUnsaved = false
        var renewal: Task<Void, Never>?
        var failures = 0
        var trouble: LoginTrouble?
        /// Not before then.
        var nextTry: Timestamp?
        /// A mail server refused the very token that is held.
        var isRefused = false
        /// The token that is held was fetched because one was refused, and no server has taken it yet.
        var isOnProbation = false
    }

    private let data: Files.Directory
    private let post: TokenEndpoint.Post
    private let events: LoginEvents
    private let clock: @Sendable () -> Timestamp
    private var held: [String: Held] = [:]

    /// How long a mail server that refused a fresh token is left alone.
    private static let refusalPause = 900
    private static let largestFile = 1 << 18

    /// - Parameter data: `[storage] data`; the files are in `logins` below it.
    package init(
        data: Files.Directory, events: LoginEvents, clock: @escaping @Sendable () -> Timestamp,
        post: @escaping TokenEndpoint.Post
    ) {
        self.data = data
        self.events = events
        self.clock = clock
        self.post = post
    }

    /// Takes the mailboxes that log in so; what is known of those that stay the same stays.
    package func configure(_ all: [LoginSettings]) {
        var next: [String: Held] = [:]
        for settings in all {
            var entry = held[settings.name] ?? Held(settings: settings)
            let isSame =
                entry.settings.clientID == settings.clientID && entry.settings.tokenURL == settings.tokenURL
                && entry.settings.user == settings.user && entry.settings.flow == settings.flow
            if !isSame { entry = Held(settings: settings, generation: entry.generation + 1) }
            entry.settings = settings
            // A changed secret is worth another try at once.
            if entry.trouble?.kind == .settings { entry.nextTry = nil }
            next[settings.name] = entry
        }
        held = next
    }

    // MARK: - Tokens

    /// A token that is good now, or why there is none.
    package func token(for mailbox: String) async throws(LoginTrouble) -> Secret {
        guard try load(mailbox) != nil else {
            throw LoginTrouble(.settings, mailbox, "this mailbox does not log in by OAuth 2.0")
        }
        if let token = usable(mailbox) {
            if isDue(mailbox) { _ = startRenewal(mailbox) }
            return token
        }
        if let renewal = startRenewal(mailbox) { await renewal.value }
        if let token = usable(mailbox) { return token }
        throw trouble(of: mailbox) ?? LoginTrouble(.passing, mailbox, "the login was changed meanwhile")
    }

    /// Told by whoever logged in with a token: whether the server took it.
    ///
    /// - Returns: whether another token is there now, which is worth one try at once.
    package func answered(
        _ token: Secret, for mailbox: String, isAccepted: Bool
    ) async throws(LoginTrouble) -> Bool {
        guard let entry = try load(mailbox) else { return false }
        // Somebody else was quicker, and has a new token already.
        guard entry.stored?.access == token.revealed else { return !isAccepted }
        if isAccepted {
            held[mailbox]?.isOnProbation = false
            if entry.isOnProbation { held[mailbox]?.trouble = nil }
            return false
        }
        guard !entry.isOnProbation else {
            fail(
                mailbox, .signIn, "the mail server refuses this sign-in, though its token is new",
                seconds: Self.refusalPause)
            return false
        }
        events.refused(mailbox)
        held[mailbox]?.isRefused = true
        if let renewal = startRenewal(mailbox) { await renewal.value }
        if usable(mailbox) != nil { return true }
        if let trouble = trouble(of: mailbox) { throw trouble }
        return false
    }

    /// Why there is no token for a mailbox, as far as is known without asking anybody.
    package func trouble(of mailbox: String) -> LoginTrouble? {
        let loaded: Held?
        do throws(LoginTrouble) {
            loaded = try load(mailbox)
        } catch {
            return error
        }
        guard let entry = loaded else { return nil }
        if let trouble = entry.trouble {
            let wait = entry.nextTry.map { max(1, Int($0.seconds - clock().seconds)) }
            return wait.map { trouble.waiting($0) } ?? trouble
        }
        guard case .person = entry.settings.flow else { return nil }
        guard let stored = entry.stored else { return LoginTrouble(.signIn, mailbox, "") }
        return stored.lost.map { LoginTrouble(.signIn, mailbox, $0) }
    }

    /// Renews whatever is due, so that no login has to wait for it; for whoever runs all day.
    package func renewDue() {
        for mailbox in held.keys.sorted() {
            // What cannot be read is told to whoever asks for it.
            guard let entry = try? load(mailbox), entry.stored != nil, isDue(mailbox) || entry.isUnsaved
            else { continue }
            _ = startRenewal(mailbox)
        }
    }

    /// Keeps all tokens fresh until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            renewDue()
            try? await Task.sleep(for: .seconds(30))
        }
    }

    // MARK: - Signing in

    /// Fetches the tokens of a sign-in; they are kept only by ``keep(_:for:)``.
    package func redeem(_ grant: TokenGrant, for mailbox: String) async throws -> TokenSet {
        let endpoint = try endpoint(of: mailbox)
        let tokens = try await endpoint.token(for: grant, now: clock())
        guard tokens.refresh != nil else {
            throw OAuth2Error(
                .refused, doing: grant.name,
                words: "there is no refresh token in the answer, so the login would end within the hour: "
                    + "the scope must ask for one (offline_access)")
        }
        return tokens
    }

    /// Asks for a code that a person types on another device.
    package func authorizeDevice(for mailbox: String) async throws -> DeviceAuthorization {
        try await endpoint(of: mailbox).authorizeDevice(now: clock())
    }

    /// Keeps the tokens of a sign-in in place of all that was known; durable when it returns.
    package func keep(_ tokens: TokenSet, for mailbox: String) throws {
        guard let entry = held[mailbox] else {
            throw LoginTrouble(.settings, mailbox, "this mailbox does not log in by OAuth 2.0")
        }
        let stored = StoredLogin(tokens, for: entry.settings, now: clock())
        try write(stored, of: mailbox)
        var fresh = Held(settings: entry.settings, stored: stored)
        fresh.generation = entry.generation + 1
        held[mailbox] = fresh
        events.signedIn(mailbox)
    }

    private func endpoint(of mailbox: String) throws -> TokenEndpoint {
        guard let entry = held[mailbox] else {
            throw LoginTrouble(.settings, mailbox, "this mailbox does not log in by OAuth 2.0")
        }
        return TokenEndpoint(try entry.settings.client(), post: post)
    }

    // MARK: - Renewing

    /// The token that is held, if it is good.
    private func usable(_ mailbox: String) -> Secret? {
        guard let entry = held[mailbox], let stored = entry.stored, !entry.isUnsaved, !entry.isRefused,
            stored.lost == nil, stored.isValid(at: clock())
        else { return nil }
        // A server that refused a new token is not asked again before its time.
        if entry.trouble?.kind == .signIn, let next = entry.nextTry, clock() < next { return nil }
        return stored.accessToken
    }

    private func isDue(_ mailbox: String) -> Bool {
        guard let entry = held[mailbox], let stored = entry.stored else { return true }
        return stored.lost == nil && stored.isDue(at: clock())
    }

    /// The renewal under way, or a new one; nil while it is not the time for one.
    private func startRenewal(_ mailbox: String) -> Task<Void, Never>? {
        guard let entry = held[mailbox] else { return nil }
        if let renewal = entry.renewal { return renewal }
        if let next = entry.nextTry, clock() < next { return nil }
        if case .person = entry.settings.flow, entry.stored?.refresh == nil || entry.stored?.lost != nil {
            return nil
        }
        let renewal = Task { await renew(mailbox, entry.generation) }
        held[mailbox]?.renewal = renewal
        return renewal
    }

    private func renew(_ mailbox: String, _ generation: Int) async {
        guard let entry = held[mailbox], entry.generation == generation else { return }
        defer { if held[mailbox]?.generation == generation { held[mailbox]?.renewal = nil } }
        if entry.isUnsaved, let stored = entry.stored, stored.isValid(at: clock()), !entry.isRefused {
            take(stored, mailbox, isRotated: true)
            return
        }
        do {
            let client = try entry.settings.client()
            let tokens = try await TokenEndpoint(client, post: post).token(
                for: try grant(entry, client), now: clock())
            guard held[mailbox]?.generation == generation else { return }
            let isRotated = tokens.refresh.map { $0.revealed != entry.stored?.refresh } ?? false
            var stored = entry.stored ?? StoredLogin(tokens, for: entry.settings, now: clock())
            stored.take(tokens, now: clock())
            take(stored, mailbox, isRotated: isRotated)
        } catch {
            guard held[mailbox]?.generation == generation else { return }
            failed(mailbox, error)
        }
    }

    private func grant(_ entry: Held, _ client: OAuth2Client) throws -> TokenGrant {
        switch entry.settings.flow {
        case .person:
            guard let refresh = entry.stored?.refreshToken else {
                preconditionFailure("no renewal is begun without a refresh token")
            }
            return .refresh(refresh)
        case .clientCredentials: return .clientCredentials
        case .serviceAccount(let source):
            let key = try ServiceAccountKey(json: Array(try source.readDocument().revealed.utf8))
            return .assertion(
                try key.assertion(
                    audience: client.tokenURL, scope: client.scope, subject: entry.settings.user,
                    now: clock()))
        }
    }

    /// The new tokens are everybody's once they are on the disk, and not before.
    private func take(_ stored: StoredLogin, _ mailbox: String, isRotated: Bool) {
        let wasRefused = held[mailbox]?.isRefused ?? false
        held[mailbox]?.stored = stored
        do {
            if case .person = held[mailbox]?.settings.flow { try write(stored, of: mailbox) }
        } catch {
            held[mailbox]?.isUnsaved = true
            if wasRefused { held[mailbox]?.isRefused = false }
            if wasRefused { held[mailbox]?.isOnProbation = true }
            fail(mailbox, .passing, "the new token cannot be kept: \(error)", seconds: 10)
            return
        }
        held[mailbox]?.isUnsaved = false
        held[mailbox]?.failures = 0
        held[mailbox]?.nextTry = nil
        held[mailbox]?.trouble = nil
        if wasRefused {
            held[mailbox]?.isRefused = false
            held[mailbox]?.isOnProbation = true
        }
        events.renewed(mailbox, seconds: stored.lifetime, isRotated: isRotated)
    }

    private func failed(_ mailbox: String, _ error: any Error) {
        held[mailbox]?.failures += 1
        guard let entry = held[mailbox] else { return }
        let refusal = error as? OAuth2Error
        if refusal?.code == .invalidGrant, case .person = entry.settings.flow, var stored = entry.stored {
            stored.lost = refusal?.words
            held[mailbox]?.stored = stored
            // If it cannot be written, the next start asks once more and hears the same.
            _ = try? write(stored, of: mailbox)
            held[mailbox]?.trouble = nil
            held[mailbox]?.nextTry = nil
            events.trouble(LoginTrouble(.signIn, mailbox, refusal?.words ?? ""))
            return
        }
        let isPassing = refusal?.isTransient ?? (error as? SecretError)?.isTransient ?? false
        let failure: RetryPolicy.Failure =
            refusal?.retryAfter.map { .askedToWait(seconds: $0) }
            ?? (refusal?.code == .network ? .connection : .askedToWait(seconds: nil))
        let seconds = RetryPolicy.delay(
            after: failure, failures: entry.failures, jitter: Double.random(in: 0..<1))
        fail(mailbox, isPassing ? .passing : .settings, "\(error)", seconds: seconds)
    }

    private func fail(_ mailbox: String, _ kind: LoginTrouble.Kind, _ words: String, seconds: Int) {
        let trouble = LoginTrouble(kind, mailbox, words, retryAfter: seconds)
        held[mailbox]?.trouble = trouble
        held[mailbox]?.nextTry = Timestamp(milliseconds: clock().milliseconds + Int64(seconds) * 1000)
        events.trouble(trouble)
    }

    // MARK: - Files

    private static func file(_ mailbox: String) -> String { "\(mailbox).json" }

    /// What is held of a mailbox, read from its file the first time; nil when it logs in otherwise.
    private func load(_ mailbox: String) throws(LoginTrouble) -> Held? {
        guard let entry = held[mailbox] else { return nil }
        guard entry.stored == nil, case .person = entry.settings.flow else { return entry }
        do throws(FileError) {
            let path = "logins/\(Self.file(mailbox))"
            guard let octets = try data.contents(of: path, limit: Self.largestFile),
                let stored = StoredLogin(octets), entry.settings.isServed(by: stored)
            else { return entry }
            held[mailbox]?.stored = stored
            return held[mailbox]
        } catch {
            throw LoginTrouble(.passing, mailbox, "the login's file cannot be read: \(error)", retryAfter: 10)
        }
    }

    private func write(_ stored: StoredLogin, of mailbox: String) throws(FileError) {
        if try data.makeDirectory("logins", mode: 0o700) { try data.synchronize() }
        try data.directory("logins").replace(Self.file(mailbox), with: stored.octets, mode: 0o600)
    }
}
