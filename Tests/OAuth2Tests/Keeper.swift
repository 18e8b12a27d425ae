import Files
import Glibc
import Logins
import Mail
import OAuth2
import Secrets
import Synchronization
import Systemd
import TestServers

/// A clock that a test turns.
final class Clock: Sendable {
    private let time: Mutex<Timestamp>

    init() { time = Mutex(Timestamp(seconds: Int64(Glibc.time(nil)))) }

    var now: Timestamp { time.withLock { $0 } }
    func advance(_ seconds: Int) {
        time.withLock { $0 = Timestamp(milliseconds: $0.milliseconds + Int64(seconds) * 1000) }
    }
}

/// The logins of one mailbox, with a data directory, a clock and an authorization server of their own.
struct Keeper: Sendable {
    let authority: AuthorizationServer
    let directory: TestDirectory
    let clock: Clock
    let logins: Logins
    let client: OAuth2Client

    /// - Parameter directory: of another keeper, as after a restart.
    init(
        _ authority: AuthorizationServer, in directory: TestDirectory = TestDirectory(),
        clock: Clock = Clock(),
        flow: LoginSettings.Flow = .person, secret: String? = nil
    ) async throws {
        self.authority = authority
        self.directory = directory
        self.clock = clock
        client = Self.client(authority, secret: secret)
        let client = client
        logins = Logins(
            data: try Directory.open(path: directory.path),
            events: LoginEvents(Log(identifier: "test", least: .emergency)), clock: { clock.now },
            post: TokenEndpoint.https())
        await logins.configure([
            LoginSettings(
                name: "payroll", user: "office", flow: flow, clientID: client.id, tokenURL: client.tokenURL,
                client: { client })
        ])
    }

    static func client(_ authority: AuthorizationServer, secret: String? = nil) -> OAuth2Client {
        OAuth2Client(
            id: "mailroom-test", secret: secret.map { Secret($0) },
            authorizationURL: authority.authorizationURL, tokenURL: authority.tokenURL,
            deviceURL: authority.deviceURL, scope: "mail offline_access")
    }

    /// A person signs in, and the tokens are kept.
    func signIn() async throws {
        let request = AuthorizationRequest(client, redirect: "http://127.0.0.1:1/", loginHint: nil)
        guard let answer = authority.signIn(at: request.address) else { throw Refused() }
        let code = try request.code(in: answer)
        let tokens = try await logins.redeem(
            .code(code, verifier: request.verifier, redirect: request.redirect), for: "payroll")
        try await logins.keep(tokens, for: "payroll")
    }

    struct Refused: Error {}

    func token() async throws(LoginTrouble) -> String { try await logins.token(for: "payroll").revealed }

    /// What went wrong when a token was asked for; nil if there was one.
    func trouble() async -> LoginTrouble? {
        do throws(LoginTrouble) {
            _ = try await logins.token(for: "payroll")
            return nil
        } catch { return error }
    }

    var file: String { directory.file("logins/payroll.json") }
    var fileText: String { String(decoding: TestDirectory.read(file) ?? [], as: UTF8.self) }

    /// The grants of one kind that the server was asked for.
    func grants(_ type: String) -> Int { authority.grants.count { $0["grant_type"] == type } }
}
