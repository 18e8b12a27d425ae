import Glibc
import IMAP
import Mail
import TestServers
import Testing
import Workers

@Suite("Waiting for news")
struct IdleTests {
    private let server = FakeMailServer()

    @Test("news before the continuation is news")
    func early() async throws {
        server.fail { $0.beforeIdling = ["* 7 EXISTS", "* 2 EXPUNGE", "* 1 FETCH (FLAGS (\\Seen))"] }
        let session = try await open(server.port, user: server.user, secret: server.secret)
        _ = try await session.examine(.inbox)
        guard case .changed(let changes) = try await session.idle(seconds: 30) else {
            Issue.record("the news before the continuation was lost")
            return
        }
        #expect(changes.exists == 7 && changes.hasVanished && changes.hasFlags)
        try await session.noop()
    }

    @Test("news in one segment with the continuation is not waited for")
    func sameSegment() async throws {
        let scripted = ScriptedIMAPServer { connection in
            try connection.logIn(capabilities: "IMAP4rev1 IDLE")
            try connection.examine()
            let idle = try connection.expect("IDLE")
            try connection.send("+ idling\r\n* 2 EXISTS\r\n")
            _ = try connection.read()
            try connection.line("\(idle.tag) OK done")
            let noop = try connection.expect("NOOP")
            try connection.line("\(noop.tag) OK done")
        }
        let session = try await open(scripted)
        _ = try await session.examine(.inbox)
        let began = ContinuousClock.now
        let outcome = try await session.idle(seconds: 60)
        #expect(outcome != .timeout)
        #expect(began.duration(to: .now) < .seconds(10))
        try await session.noop()
    }

    @Test("a sign of life is no news")
    func stillHere() async throws {
        let scripted = ScriptedIMAPServer { connection in
            try connection.logIn(capabilities: "IMAP4rev1 IDLE")
            try connection.examine()
            let idle = try connection.expect("IDLE")
            try connection.send("+ idling\r\n* OK Still here\r\n")
            #expect(try connection.read() == "DONE")
            try connection.line("\(idle.tag) OK done")
        }
        let session = try await open(scripted)
        _ = try await session.examine(.inbox)
        #expect(try await session.idle(seconds: 1) == .timeout)
    }

    @Test("a server that will not idle is a NO, and one that hangs up is a BYE", arguments: ["NO", "BYE"])
    func refused(_ answer: String) async throws {
        let scripted = ScriptedIMAPServer { connection in
            try connection.logIn(capabilities: "IMAP4rev1 IDLE")
            try connection.examine()
            let idle = try connection.expect("IDLE")
            if answer == "NO" {
                try connection.line("\(idle.tag) NO not here")
                try connection.stall()
            }
            try connection.send("+ idling\r\n")
            try connection.line("* BYE Autologout; idle for too long")
        }
        let session = try await open(scripted)
        _ = try await session.examine(.inbox)
        let error = await #expect(throws: IMAPError.self) { try await session.idle(seconds: 60) }
        #expect(error?.code == (answer == "NO" ? .no : .bye))
    }

    @Test("two hundred sessions idle on eight threads, beyond the descriptors that select() knows")
    func many() async throws {
        raiseDescriptors()
        // 1,100 descriptors that are open already: the session's own are above 1,024.
        let idle = (0..<1100).map { _ in open("/dev/null", O_RDONLY | O_CLOEXEC) }
        defer { idle.forEach { close($0) } }
        try #require(idle.allSatisfy { $0 >= 0 })
        let pool = WorkerPool(name: "test-idle", limit: 8)
        let endpoint = IMAPEndpoint(host: "127.0.0.1", port: server.port, security: .plain)
        let login = IMAPLogin(user: server.user, secret: server.secret)
        let server = server
        let outcomes = try await withThrowingTaskGroup(of: IdleOutcome.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    let session = try await IMAPSession.open(endpoint, login, pool: pool)
                    _ = try await session.examine(.inbox)
                    return try await session.idle(seconds: 60)
                }
            }
            while server.idlers < 200 { await Task.yield() }
            server.deliver(message(1))
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count == 200)
        #expect(outcomes.allSatisfy { $0 != .timeout })
    }

    private func raiseDescriptors() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, 8192))
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
