import Glibc
import Mail
import SQLite
import Synchronization
import TestServers
import Testing
import Workers

extension EndToEnd {
    @Suite(
        "How soon, and how much memory", .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"))
    struct FigureTests {
        @Test("mail that IDLE tells of is in the ledger within half a second of EXISTS")
        func latency() async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            let firm = Firm([Firm.Source(port: server.port)])
            try firm.addClients()
            let daemon = firm.serve()
            #expect(try await until(20) { firm.status()?.source("office")?.state == "idle" })
            guard let watcher = ExistsWatcher(server, user: "office") else { throw NoServer() }
            var figures: [Double] = []
            for number in 0..<Effort.deliveries {
                let letter = Letter.number(5 + 8 * number)
                let row = RowWatcher(firm.database, messageID: "\(letter.id)@letters.example")
                server.deliver(letter.octets, to: "office")
                let told = try #require(await watcher.next(within: 20), "no EXISTS for letter \(number)")
                let seen = try #require(await row.seen(within: 20), "letter \(number) is in no ledger")
                figures.append(Double((seen - told) / .microseconds(1)) / 1000)
            }
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0)
            figures.sort()
            let median = figures[figures.count / 2]
            print(
                "from EXISTS to the row: median \(median) ms, least \(figures[0]), most \(figures.last ?? 0) "
                    + "of \(figures.count)")
            #expect(median <= (Effort.isMeasured ? 150 : 500))
        }

        @Test("a message of 100 MB passes through little memory")
        func bigMessage() async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            let letter = BigLetter(megabytes: 100)
            server.deliver(letter.octets, to: "office")
            let firm = Firm([Firm.Source(port: server.port)])
            try firm.addClients()
            let daemon = firm.serve()
            #expect(
                try await until(120) { firm.status()?.source("office")?.messagesAccounted == 1 },
                "\(firm.logText)")
            let peak = try #require(daemon.figure("VmHWM"))
            print(
                "100 MB passed with a peak of \(peak / 1024) MB "
                    + "(resident now \((daemon.figure("VmRSS") ?? 0) / 1024))"
            )
            #expect(peak <= (Effort.isMeasured ? 80 : 150) * 1024)
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0)
            let database = try firm.openDatabase()
            let row = try #require(
                try database.first(
                    "SELECT hex(sha256), state FROM part WHERE section = '2'",
                    read: { ($0.text(0), $0.text(1)) }))
            #expect(row.0.lowercased() == letter.attachment.hex)
            #expect(row.1 == "filed")
        }
    }
}

/// Another client in IDLE on the same mailbox: the moment when EXISTS stands on the wire.
final class ExistsWatcher: Sendable {
    private let moments = Mutex<[ContinuousClock.Instant]>([])
    private let socket: TestSocket

    init?(_ server: DovecotServer, user: String) {
        guard let socket = TestSocket.connected(to: server.port), socket.readLine() != nil else { return nil }
        self.socket = socket
        socket.send(
            Array(
                "a LOGIN \(user) \"\(server.options.users[user] ?? "")\"\r\nb EXAMINE INBOX\r\nc IDLE\r\n"
                    .utf8))
        while let line = socket.readLine(), !line.hasPrefix("+") {}
        let started = Threads.start(name: "exists") { [self] in
            while let line = socket.readLine() {
                if line.hasSuffix(" EXISTS") { moments.withLock { $0.append(.now) } }
            }
        }
        precondition(started, "the system gives a thread to a test")
    }

    deinit { socket.shutdown() }

    func next(within seconds: Double) async throws -> ContinuousClock.Instant? {
        var found: ContinuousClock.Instant?
        _ = try await until(seconds) {
            found = moments.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            return found != nil
        }
        return found
    }
}

/// Another reader of the database, who asks for a row each millisecond.
final class RowWatcher: Sendable {
    private let moment = Mutex<ContinuousClock.Instant?>(nil)

    init(_ database: String, messageID: String) {
        let started = Threads.start(name: "row") { [self] in
            guard let connection = try? Connection(path: database, create: false) else { return }
            let deadline = ContinuousClock.now + .seconds(30)
            while ContinuousClock.now < deadline {
                if (try? connection.exists("SELECT 1 FROM message WHERE message_id = ?", messageID)) == true {
                    moment.withLock { $0 = .now }
                    return
                }
                Pause.milliseconds(1)
            }
        }
        precondition(started, "the system gives a thread to a test")
    }

    func seen(within seconds: Double) async throws -> ContinuousClock.Instant? {
        _ = try await until(seconds) { moment.withLock { $0 } != nil }
        return moment.withLock { $0 }
    }
}
