import IMAP
import Mail
import TestServers
import Testing

@Suite("A line that is cut")
struct CutTests {
    private static let bodies = [message(1), message(2, octets: 200), message(3)]

    private func start() -> FakeMailServer {
        let server = FakeMailServer()
        server.fail { $0.capabilities += " LIST-EXTENDED LIST-STATUS NOTIFY" }
        for octets in Self.bodies { server.deliver(octets) }
        return server
    }

    /// A whole small session; how many octets the server has sent by its end.
    @discardableResult
    private func session(with server: FakeMailServer, into collector: Collector) async throws(IMAPError)
        -> UInt64
    {
        let session = try await open(server.port, user: server.user, secret: server.secret)
        _ = try await session.list()
        _ = try await session.status(.inbox)
        _ = try await session.statuses(of: [.inbox, MailboxName("Sent")!])
        try await session.notify(of: [MailboxName("Sent")!])
        _ = try await session.status(.inbox)
        _ = try await session.examine(.inbox)
        let all = try await session.uids()
        _ = try await session.metadata(of: all)
        _ = try await session.fetchBodies(all, into: collector)
        try await session.noop()
        return session.bytesReceived
    }

    @Test("at every octet of a session: an error, never a wait, never half a message")
    func everyOctet() async throws {
        let whole = start()
        let complete = Collector()
        let length = try await session(with: whole, into: complete)
        #expect(complete.bodies.count == 3 && length > 1000)
        let began = ContinuousClock.now
        let server = start()
        for octets in 1..<Int(length) {
            server.fail { $0.cutAfter = octets }
            let collector = Collector()
            let error = await #expect(throws: IMAPError.self) {
                try await session(with: server, into: collector)
            }
            #expect(
                error?.code == .closed, "cut after \(octets) octets: \(error.map { "\($0)" } ?? "no error")")
            #expect(error?.isTransient == true)
            #expect(collector.isConsistent, "cut after \(octets) octets")
            for (uid, body) in collector.bodies {
                #expect(body == Self.bodies[Int(uid.rawValue) - 1], "cut after \(octets) octets")
            }
        }
        // Not one of them waited for a deadline.
        #expect(began.duration(to: .now) < .seconds(60))
    }

    @Test("one octet at a time a session is as good as any")
    func octetByOctet() async throws {
        let server = ScriptedIMAPServer { connection in
            func slowly(_ text: String) throws {
                for octet in text.utf8 { try connection.send(octets: [octet]) }
            }
            try connection.logIn()
            let examine = try connection.expect("EXAMINE")
            try slowly("* 1 EXISTS\r\n* OK [UIDVALIDITY 7] fine\r\n\(examine.tag) OK done\r\n")
            let fetch = try connection.expect("UID FETCH")
            try slowly("* 1 FETCH (BODY[] {5}\r\nhello FLAGS (\\Seen) UID 5)\r\n\(fetch.tag) OK done\r\n")
        }
        let session = try await open(server)
        _ = try await session.examine(.inbox)
        let collector = Collector()
        #expect(try await session.fetchBodies(uids(5), into: collector) == uids(5))
        #expect(collector.bodies[uid(5)] == Array("hello".utf8))
        #expect(collector.messages.first?.flags == [.seen])
    }
}

@Suite("A server that takes its time")
struct SlowTests {
    @Test("silence ends in a timeout", arguments: ["greeting", "login", "fetch"])
    func silence(_ place: String) async throws {
        let server = ScriptedIMAPServer { connection in
            if place == "greeting" { try connection.stall() }
            if place == "login" {
                try connection.line("* OK ready")
                try connection.stall()
            }
            try connection.logIn()
            try connection.examine()
            try connection.stall()
        }
        let began = ContinuousClock.now
        let error = await #expect(throws: IMAPError.self) {
            let session = try await open(server.port, user: "a", secret: "b", seconds: 1)
            _ = try await session.examine(.inbox)
            _ = try await session.fetchBodies(uids(1), into: Collector())
        }
        #expect(error?.code == .timeout && error?.isTransient == true)
        // The silence has no end, and other suites may hold the threads for a while.
        #expect(began.duration(to: .now) < .seconds(50))
    }

    @Test("an octet now and then does not hold a session open")
    func trickle() async throws {
        let server = ScriptedIMAPServer { connection in
            try connection.logIn()
            try connection.examine()
            let fetch = try connection.expect("UID FETCH")
            try connection.send("* 1 FETCH (UID 1 BODY[] {500}\r\n")
            try connection.trickle(String(repeating: "x", count: 500), milliseconds: 100)
            try connection.line(")\r\n\(fetch.tag) OK done")
        }
        let session = try await open(server.port, user: "a", secret: "b", seconds: 2)
        _ = try await session.examine(.inbox)
        let collector = Collector()
        let began = ContinuousClock.now
        let error = await #expect(throws: IMAPError.self) {
            try await session.fetchBodies(uids(1), into: collector)
        }
        #expect(error?.code == .timeout)
        #expect(began.duration(to: .now) < .seconds(10))
        #expect(collector.isConsistent && collector.bodies.isEmpty)
    }

    @Test("a steady stream may last longer than any one command")
    func steady() async throws {
        let server = ScriptedIMAPServer { connection in
            try connection.logIn()
            try connection.examine()
            let fetch = try connection.expect("UID FETCH")
            try connection.send("* 1 FETCH (UID 1 BODY[] {60000}\r\n")
            for _ in 0..<30 {
                try connection.send(String(repeating: "x", count: 2000))
                _ = connection.waits(milliseconds: 60)
            }
            try connection.send(")\r\n\(fetch.tag) OK done\r\n")
        }
        let session = try await open(server.port, user: "a", secret: "b", seconds: 1)
        _ = try await session.examine(.inbox)
        #expect(try await session.fetchBodies(uids(1), into: Collector()) == uids(1))
    }

    enum Place: String, CaseIterable, Sendable { case greeting, fetch, idle }

    @Test("cancelling ends it at once", arguments: Place.allCases)
    func cancel(_ place: Place) async throws {
        let (reached, signal) = AsyncStream.makeStream(of: Void.self)
        let server = ScriptedIMAPServer { connection in
            if place == .greeting {
                signal.yield()
                try connection.stall()
            }
            try connection.logIn()
            try connection.examine()
            let command = try connection.command()
            if command.verb == "IDLE" { try connection.line("+ idling") }
            signal.yield()
            try connection.stall()
        }
        let task = Task {
            let session = try await open(server.port, user: "a", secret: "b", seconds: 60)
            try await withTaskCancellationHandler {
                _ = try await session.examine(.inbox)
                if place == .idle { _ = try await session.idle(seconds: 60) }
                _ = try await session.fetchBodies(uids(1), into: Collector())
            } onCancel: {
                session.cancel()
            }
        }
        for await _ in reached { break }
        let began = ContinuousClock.now
        task.cancel()
        let error = await #expect(throws: IMAPError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        // The deadlines are a minute away.
        #expect(began.duration(to: .now) < .seconds(30))
    }

    @Test("cancelling a session from outside wakes its IDLE")
    func cancelIdle() async throws {
        let server = FakeMailServer()
        let session = try await open(server.port, user: server.user, secret: server.secret, seconds: 60)
        _ = try await session.examine(.inbox)
        let task = Task { try await session.idle(seconds: 60) }
        while !server.commands.contains("IDLE") { await Task.yield() }
        let began = ContinuousClock.now
        session.cancel()
        let error = await #expect(throws: IMAPError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        // The deadlines are a minute away.
        #expect(began.duration(to: .now) < .seconds(30))
    }
}
