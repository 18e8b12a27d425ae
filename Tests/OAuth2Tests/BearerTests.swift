import IMAP
import Logins
import Mail
import OAuth2
import Secrets
import Synchronization
import TestServers
import Testing

@Suite("A token in place of a password, at a real Dovecot")
struct BearerTests {
    private func endpoint(_ port: UInt16) -> IMAPEndpoint {
        IMAPEndpoint(host: "127.0.0.1", port: port, security: .plain, connectSeconds: 10, commandSeconds: 10)
    }

    @Test(
        "a token lets its user in, by either mechanism; a wrong one, or another's, does not",
        .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"),
        arguments: [IMAPLogin.Mechanism.bearer, .oauthBearer, .xoauth2])
    func dovecot(_ mechanism: IMAPLogin.Mechanism) async throws {
        let keeper = try await Keeper(AuthorizationServer())
        let server = try #require(DovecotServer.taking(keeper.authority))
        defer { server.stop() }
        try await keeper.signIn()
        let token = try await keeper.token()
        let session = try await IMAPSession.open(
            endpoint(server.port), IMAPLogin(user: "office", secret: token, mechanism: mechanism))
        #expect(try await session.status(.inbox).messages == 0)
        await session.logout()
        for (user, secret) in [("office", "access-0-wrong"), ("kate", token)] {
            let error = await #expect(throws: IMAPError.self) {
                try await IMAPSession.open(
                    endpoint(server.port), IMAPLogin(user: user, secret: secret, mechanism: mechanism))
            }
            #expect(error?.code == .authenticationFailed, "\(String(describing: error))")
            #expect(error.map { !"\($0)".contains(secret) } == true)
        }
    }

    @Test(
        "F19: refresh token rotated: when a mail server sees the new token, the disk has what came with it",
        .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"))
    func durableBeforeUse() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        let server = try #require(DovecotServer.taking(keeper.authority))
        defer { server.stop() }
        try await keeper.signIn()
        let seen = Mutex<[Bool]>([])
        keeper.authority.onIntrospection { token in
            let isThere =
                keeper.fileText.contains(token)
                && keeper.authority.refreshTokens.allSatisfy { keeper.fileText.contains($0) }
            seen.withLock { $0.append(isThere) }
        }
        for _ in 0..<3 {
            let token = try await keeper.token()
            let session = try await IMAPSession.open(
                endpoint(server.port), IMAPLogin(user: "office", secret: token, mechanism: .bearer))
            await session.logout()
            keeper.clock.advance(3600)
        }
        #expect(seen.withLock { $0.count >= 3 && $0.allSatisfy { $0 } })
        #expect(keeper.grants("refresh_token") == 2)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let offers: String
        let mechanism: IMAPLogin.Mechanism
        /// What the server must hear; empty: nothing of the login.
        let hears: [String]
    }

    static let cases = [
        Case(
            testDescription: "both offered: the standard one, in one line",
            offers: "AUTH=XOAUTH2 AUTH=OAUTHBEARER SASL-IR", mechanism: .bearer,
            hears: [
                "AUTHENTICATE OAUTHBEARER "
                    + "bixhPWthdGU9MkNzbWl0aD0zREBzbWl0aC5leGFtcGxlLAFob3N0PTEyNy4wLjAuMQFwb3J0PVBPUlQB"
            ]),
        Case(
            testDescription: "without SASL-IR it waits for its turn", offers: "AUTH=XOAUTH2",
            mechanism: .bearer,
            hears: [
                "AUTHENTICATE XOAUTH2",
                "dXNlcj1rYXRlLHNtaXRoPUBzbWl0aC5leGFtcGxlAWF1dGg9QmVhcmVyIHRva2VuLTEyMwEB",
            ]),
        Case(
            testDescription: "neither offered: nothing is sent", offers: "AUTH=PLAIN SASL-IR",
            mechanism: .bearer, hears: []),
        Case(
            testDescription: "the one wanted is not offered", offers: "AUTH=OAUTHBEARER SASL-IR",
            mechanism: .xoauth2, hears: []),
    ]

    @Test("what is said at the login", arguments: cases)
    func said(_ test: Case) async throws {
        let heard = Mutex<[String]>([])
        let server = ScriptedIMAPServer { connection in
            try connection.line("* OK ready")
            while true {
                let line = try connection.command()
                if line.verb == "CAPABILITY" { try connection.line("* CAPABILITY IMAP4rev1 \(test.offers)") }
                if line.verb == "AUTHENTICATE" {
                    heard.withLock { $0.append("AUTHENTICATE \(line.arguments)") }
                    if !line.arguments.contains(" ") {
                        try connection.line("+ ")
                        let next = try connection.read()
                        heard.withLock { $0.append(next) }
                    }
                }
                try connection.line("\(line.tag) OK done")
            }
        }
        let login = IMAPLogin(
            user: "kate,smith=@smith.example", secret: "token-123", mechanism: test.mechanism)
        do {
            _ = try await IMAPSession.open(endpoint(server.port), login)
            #expect(!test.hears.isEmpty)
        } catch {
            #expect(error.code == .unsupported && test.hears.isEmpty, "\(error)")
        }
        let all = heard.withLock { $0 }
        #expect(all.count == test.hears.count)
        // Up to the port, which is another each time, the octets are known.
        for (said, wanted) in zip(all, test.hears) { #expect(said.hasPrefix(wanted.prefix(96)), "\(said)") }
    }

    @Test(
        "a challenge with the reason is answered, and told without the token",
        arguments: ["XOAUTH2", "OAUTHBEARER"])
    func challenge(_ mechanism: String) async throws {
        let heard = Mutex<[String]>([])
        let server = ScriptedIMAPServer { connection in
            try connection.line("* OK ready")
            while true {
                let line = try connection.command()
                guard line.verb == "AUTHENTICATE" else {
                    try connection.line("* CAPABILITY IMAP4rev1 SASL-IR AUTH=\(mechanism)")
                    try connection.line("\(line.tag) OK done")
                    continue
                }
                // {"status":"401","schemes":"bearer"}
                try connection.line("+ eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=")
                let next = try connection.read()
                heard.withLock { $0.append(next) }
                try connection.line("\(line.tag) NO [AUTHENTICATIONFAILED] Invalid credentials")
            }
        }
        let login = IMAPLogin(user: "office", secret: "token-123", mechanism: .bearer)
        let error = await #expect(throws: IMAPError.self) {
            try await IMAPSession.open(endpoint(server.port), login)
        }
        #expect(error?.code == .authenticationFailed && error?.isTransient == false)
        #expect(error?.words.contains("Invalid credentials") == true)
        #expect(
            error?.words.contains(#"{"status":"401","schemes":"bearer"}"#) == true, "\(error?.words ?? "")")
        #expect(heard.withLock { $0 } == [mechanism == "XOAUTH2" ? "" : "AQ=="])
    }

    @Test("a server that challenges for ever is left")
    func endless() async throws {
        let server = ScriptedIMAPServer { connection in
            try connection.line("* OK ready")
            let line = try connection.command()
            try connection.line("* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2")
            try connection.line("\(line.tag) OK done")
            _ = try connection.command()
            while true {
                try connection.line("+ e30=")
                _ = try connection.read()
            }
        }
        let login = IMAPLogin(user: "office", secret: "token-123", mechanism: .bearer)
        let error = await #expect(throws: IMAPError.self) {
            try await IMAPSession.open(endpoint(server.port), login)
        }
        #expect(error?.code == .protocolViolation)
    }
}
