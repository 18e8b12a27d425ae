import Glibc
import Logins
import Mail
import OAuth2
import Secrets
import TestServers
import Testing

@Suite("Tokens are kept, and renewed in time, whatever the token endpoint does")
struct LoginsTests {
    @Test("a sign-in is kept in a file that nobody else may read, and serves until its time")
    func kept() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        #expect(await keeper.trouble()?.kind == .signIn)
        #expect("\(await keeper.trouble()!)" == "sign-in needed: mailroom mailbox login payroll")
        try await keeper.signIn()
        let token = try await keeper.token()
        #expect(keeper.authority.accessTokens.contains(token))
        var status = stat()
        #expect(stat(keeper.file, &status) == 0 && status.st_mode & 0o7777 == 0o600)
        #expect(stat(keeper.directory.file("logins"), &status) == 0 && status.st_mode & 0o7777 == 0o700)
        keeper.clock.advance(2000)
        #expect(try await keeper.token() == token)
        #expect(keeper.grants("refresh_token") == 0)
        // Another process reads it there.
        let next = try await Keeper(keeper.authority, in: keeper.directory, clock: keeper.clock)
        #expect(try await next.token() == token)
    }

    @Test("a token is renewed after four fifths of its life, and nobody waits for it")
    func ahead() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        let old = try await keeper.token()
        keeper.clock.advance(2881)
        let gate = AuthorizationServer.Gate()
        keeper.authority.fail([.slow(gate)])
        #expect(try await keeper.token() == old)
        #expect(try await until(5) { keeper.grants("refresh_token") == 1 })
        #expect(try await keeper.token() == old)
        gate.open()
        #expect(try await until(5) { try await keeper.token() != old })
        #expect(keeper.grants("refresh_token") == 1)
    }

    @Test("the keeper renews what is due without being asked")
    func unasked() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        await keeper.logins.renewDue()
        keeper.clock.advance(2881)
        await keeper.logins.renewDue()
        #expect(try await until(5) { keeper.grants("refresh_token") == 1 })
        #expect(try await until(5) { keeper.fileText.contains(keeper.authority.refreshTokens.first ?? "?") })
    }

    @Test("fifty ask at once, and the token endpoint hears one question")
    func single() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        keeper.clock.advance(3600)
        let gate = AuthorizationServer.Gate()
        keeper.authority.fail([.slow(gate)])
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await keeper.token() } }
            _ = try await until(5) { keeper.grants("refresh_token") == 1 }
            gate.open()
            var tokens: Set<String> = []
            for try await token in group { tokens.insert(token) }
            return tokens
        }
        #expect(tokens.count == 1)
        #expect(keeper.grants("refresh_token") == 1)
    }

    @Test("F19: refresh token rotated: on the disk before anybody gets the token that came with it")
    func rotated() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        let first = keeper.authority.refreshTokens
        var used: Set<String> = first
        for _ in 0..<5 {
            keeper.clock.advance(3600)
            _ = try await keeper.token()
            let now = keeper.authority.refreshTokens
            // The server knows one, a new one, and the file holds it: not what it replaced.
            #expect(now.count == 1 && used.isDisjoint(with: now))
            #expect(keeper.fileText.contains(now.first!))
            #expect(!used.contains { keeper.fileText.contains($0) })
            used.formUnion(now)
        }
        // Whoever is killed now goes on with the new one.
        let next = try await Keeper(keeper.authority, in: keeper.directory, clock: keeper.clock)
        keeper.clock.advance(3600)
        _ = try await next.token()
        #expect(await next.trouble() == nil)
    }

    @Test("F19: a refresh token that is not rotated stays")
    func unrotated() async throws {
        var options = AuthorizationServer.Options()
        options.rotates = false
        let keeper = try await Keeper(AuthorizationServer(options))
        try await keeper.signIn()
        for _ in 0..<3 {
            keeper.clock.advance(3600)
            _ = try await keeper.token()
        }
        #expect(keeper.grants("refresh_token") == 3)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let faults: [AuthorizationServer.Fault]
        /// Seconds until the next try, at least and at most.
        let wait: ClosedRange<Int>
        let says: String
    }

    static let passing = [
        Case(
            testDescription: "429 with Retry-After",
            faults: [.answer(status: 429, body: "slow down", retryAfter: "120")], wait: 118...181, says: "429"
        ),
        Case(
            testDescription: "503 with a date",
            faults: [
                .answer(status: 503, body: "", retryAfter: "Sun, 06 Nov 1994 08:49:37 GMT")
            ], wait: 8...15, says: "503"),
        Case(
            testDescription: "500 without a word", faults: [.answer(status: 500, body: "")], wait: 58...76,
            says: "500"),
        Case(
            testDescription: "temporarily_unavailable", faults: [.error("temporarily_unavailable")],
            wait: 58...76, says: "temporarily_unavailable"),
        Case(
            testDescription: "a proxy's page", faults: [.answer(status: 200, body: "<html>hello</html>")],
            wait: 58...76, says: "not what OAuth 2.0 wants"),
        Case(
            testDescription: "a firewall's page", faults: [.answer(status: 403, body: "<html>no</html>")],
            wait: 58...76, says: "403"),
        Case(
            testDescription: "invalid_grant in a 502 of a gateway",
            faults: [.error("invalid_grant", status: 502)],
            wait: 58...76, says: "502"),
    ]

    @Test(
        "F19: token endpoint 429/5xx: the login is as good as before, and there is patience",
        arguments: passing)
    func transient(_ test: Case) async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        keeper.clock.advance(3600)
        keeper.authority.fail(test.faults)
        let trouble = try #require(await keeper.trouble())
        #expect(trouble.kind == .passing)
        #expect(test.wait.contains(trouble.retryAfter ?? -1), "\(trouble.retryAfter ?? -1)")
        #expect("\(trouble)".contains(test.says), "\(trouble)")
        // However often it is asked meanwhile, the server hears nothing.
        for _ in 0..<20 { #expect(await keeper.trouble()?.kind == .passing) }
        #expect(keeper.grants("refresh_token") == 1)
        keeper.clock.advance(test.wait.upperBound + 1)
        _ = try await keeper.token()
        #expect(await keeper.logins.trouble(of: "payroll") == nil)
    }

    @Test("F19: token endpoint down: the token serves as long as it lives, then there is patience")
    func down() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        let token = try await keeper.token()
        keeper.authority.stop()
        keeper.clock.advance(3000)
        #expect(try await keeper.token() == token)
        _ = try await until(5) { await keeper.logins.trouble(of: "payroll") != nil }
        #expect(try await keeper.token() == token)
        keeper.clock.advance(600)
        var waits: [Int] = []
        for _ in 0..<8 {
            let trouble = try #require(await keeper.trouble())
            #expect(trouble.kind == .passing, "\(trouble)")
            waits.append(trouble.retryAfter ?? 0)
            keeper.clock.advance((trouble.retryAfter ?? 0) + 1)
        }
        #expect(waits.max()! <= 60 && waits.last! >= 40, "\(waits)")
        #expect(!keeper.fileText.contains("lost"))
    }

    @Test("F19: invalid_grant: a person must sign in, nobody is asked again, and a restart knows it")
    func lost() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        keeper.authority.revoke()
        keeper.clock.advance(3600)
        let trouble = try #require(await keeper.trouble())
        #expect(trouble.kind == .signIn && trouble.retryAfter == nil)
        #expect("\(trouble)".hasPrefix("sign-in needed: mailroom mailbox login payroll (invalid_grant"))
        for _ in 0..<10 {
            keeper.clock.advance(1000)
            #expect(await keeper.trouble() != nil)
        }
        let next = try await Keeper(keeper.authority, in: keeper.directory, clock: keeper.clock)
        #expect(await next.trouble()?.kind == .signIn)
        #expect(keeper.grants("refresh_token") == 1)
        try await next.signIn()
        _ = try await next.token()
        #expect(await next.logins.trouble(of: "payroll") == nil)
    }

    @Test("no error holds a token, not even one that the server quotes")
    func quoted() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        let refresh = keeper.authority.refreshTokens.first!
        let access = try await keeper.token()
        keeper.authority.revoke()
        keeper.clock.advance(3600)
        let trouble = try #require(await keeper.trouble())
        #expect("\(trouble)".contains("no such refresh token: •••"), "\(trouble)")
        var dumped = ""
        dump(trouble, to: &dumped)
        for text in ["\(trouble)", dumped, "\(keeper.client)"] {
            #expect(!text.contains(refresh) && !text.contains(access))
        }
    }

    @Test("a mail server refuses a token that should be good: one new one, then a person, and no hammering")
    func refused() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        let first = try await keeper.token()
        let another = try await keeper.logins.answered(Secret(first), for: "payroll", isAccepted: false)
        #expect(another)
        let second = try await keeper.token()
        #expect(second != first)
        // Whoever still had the old one is sent to the new one, without a question.
        #expect(try await keeper.logins.answered(Secret(first), for: "payroll", isAccepted: false))
        #expect(keeper.grants("refresh_token") == 1)
        #expect(try await !keeper.logins.answered(Secret(second), for: "payroll", isAccepted: false))
        let trouble = try #require(await keeper.trouble())
        #expect(trouble.kind == .signIn && trouble.retryAfter == 900)
        // After a quarter of an hour the same token is tried again: an administrator may have helped.
        keeper.clock.advance(901)
        #expect(try await keeper.token() == second)
        #expect(try await !keeper.logins.answered(Secret(second), for: "payroll", isAccepted: false))
        #expect(await keeper.trouble()?.kind == .signIn)
        keeper.clock.advance(901)
        #expect(try await keeper.token() == second)
        #expect(try await !keeper.logins.answered(Secret(second), for: "payroll", isAccepted: true))
        #expect(await keeper.logins.trouble(of: "payroll") == nil)
        #expect(keeper.grants("refresh_token") == 1)
    }

    @Test("a refused token while the token endpoint is away is no lost sign-in")
    func refusedWhileDown() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        let first = try await keeper.token()
        keeper.authority.fail([.answer(status: 503, body: "")])
        let trouble = await #expect(throws: LoginTrouble.self) {
            try await keeper.logins.answered(Secret(first), for: "payroll", isAccepted: false)
        }
        #expect(trouble?.kind == .passing)
        #expect(await keeper.trouble()?.kind == .passing)
        keeper.clock.advance(100)
        #expect(try await keeper.token() != first)
    }

    @Test("F19: what cannot be written is not used, and written as soon as there is room, without a question")
    func diskFull() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        keeper.clock.advance(3600)
        // A file where the directory belongs: nothing can be made in it.
        #expect(rename(keeper.directory.file("logins"), keeper.directory.file("aside")) == 0)
        keeper.directory.write("", to: "logins")
        let trouble = try #require(await keeper.trouble())
        #expect(trouble.kind == .passing && "\(trouble)".contains("cannot be kept"), "\(trouble)")
        #expect(unlink(keeper.directory.file("logins")) == 0)
        #expect(rename(keeper.directory.file("aside"), keeper.directory.file("logins")) == 0)
        keeper.clock.advance(20)
        _ = try await keeper.token()
        #expect(keeper.fileText.contains(keeper.authority.refreshTokens.first!))
        #expect(keeper.grants("refresh_token") == 1)
    }

    @Test("a sign-in while a refresh is under way: the old answer does not replace the new tokens")
    func overtaken() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        keeper.clock.advance(3600)
        let gate = AuthorizationServer.Gate()
        keeper.authority.fail([.slow(gate)])
        let waiting = Task { await keeper.trouble() }
        #expect(try await until(5) { keeper.grants("refresh_token") == 1 })
        try await keeper.signIn()
        let token = try await keeper.token()
        let text = keeper.fileText
        gate.open()
        _ = await waiting.value
        #expect(keeper.fileText == text)
        #expect(try await keeper.token() == token)
    }

    @Test("a login of another client is no login")
    func otherClient() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        let other = AuthorizationServer()
        let next = try await Keeper(other, in: keeper.directory, clock: keeper.clock)
        #expect(await next.trouble()?.kind == .signIn)
        #expect(other.grants.isEmpty)
    }

    @Test("a damaged file means signing in again, and harms nothing")
    func damaged() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        try await keeper.signIn()
        keeper.directory.write("{\"version\": 1, \"acc", to: "logins/payroll.json")
        let next = try await Keeper(keeper.authority, in: keeper.directory, clock: keeper.clock)
        #expect(await next.trouble()?.kind == .signIn)
        try await next.signIn()
        _ = try await next.token()
    }
}
