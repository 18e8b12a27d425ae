import Crypto
import Glibc
import Mail
import SQLite
import TestServers
import Testing

extension EndToEnd {
    @Suite(
        "serve: ready, reloaded, stopped", .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed")
    )
    struct ServeTests {
        @Test("READY within five seconds, a status line, and SIGTERM ends it within two, idle")
        func idle() async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            server.deliver(Letter.number(2).octets, to: "office")
            let firm = Firm([Firm.Source(port: server.port)])
            try firm.addClients()
            let notices = NotifySocket(in: firm.directory)
            let began = ContinuousClock.now
            let daemon = firm.serve(["NOTIFY_SOCKET": notices.path, "WATCHDOG_USEC": "2000000"])
            #expect(try await notices.next("READY=1", within: 5) != nil)
            print("ready after \(ContinuousClock.now - began)")
            #expect(try await notices.next("WATCHDOG=1", within: 5) != nil)
            #expect(try await notices.next("STATUS=", within: 5)?.contains("1 mailbox") == true)
            #expect(try await until(20) { firm.status()?.source("office")?.state == "idle" })
            let asked = ContinuousClock.now
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0, "\(firm.logText)")
            print("stopped after \(ContinuousClock.now - asked)")
            #expect(try await notices.next("STOPPING=1", within: 1) != nil)
        }

        @Test("SIGTERM ends it within two seconds in the middle of a sync, and nothing is lost")
        func midSync() async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            let letters = (0..<400).map { Letter.number($0) }
            for letter in letters { server.deliver(letter.octets, to: "office") }
            let source = Firm.Source(port: server.port, lines: "batch = 5")
            let firm = Firm([source])
            try firm.addClients()
            let daemon = firm.serve()
            let database = try firm.openDatabase()
            func recorded() throws -> Int {
                try database.first("SELECT count(*) FROM message", read: { $0.int(0) }) ?? 0
            }
            #expect(try await until(30) { try recorded() > 0 })
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0, "\(firm.logText.suffix(2000))")
            let count = try recorded()
            #expect(
                count > 0 && count < letters.count, "\(count) of \(letters.count): it was not in the middle")
            #expect(firm.run("sync", "--once", "--json").status == 0)
            let report = try Oracle(firm: firm, sources: [source], letters: letters).report()
            #expect(report.damages.isEmpty, "\(report.damages.prefix(20))")
        }

        @Test("SIGHUP puts a good configuration into force and leaves the old one where it is bad")
        func reload() async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            let office = Firm.Source(port: server.port)
            let kate = Firm.Source(name: "kate", port: server.port, user: "kate", secret: "naïve pässword")
            let firm = Firm([office])
            let notices = NotifySocket(in: firm.directory)
            let daemon = firm.serve(["NOTIFY_SOCKET": notices.path])
            #expect(try await notices.next("READY=1", within: 5) != nil)
            #expect(try await until(20) { firm.status()?.source("office")?.state == "idle" })

            firm.configure([office, kate])
            daemon.signal(SIGHUP)
            #expect(try await until(20) { firm.status()?.source("kate")?.state == "idle" })

            let good = TestDirectory.read(firm.configuration) ?? []
            firm.directory.write(Array("nonsense = [\n".utf8), to: "bad.toml")
            firm.directory.write(Array("[mailbox.office]\nhots = 3\n".utf8), to: "mailroom.toml")
            daemon.signal(SIGHUP)
            #expect(try await until(10) { firm.logText.contains("hots") }, "\(firm.logText)")
            firm.directory.write(good, to: "mailroom.toml")
            let status = try #require(firm.status())
            #expect(status.sources.map(\.name).sorted() == ["kate", "office"])
            #expect(status.sources.allSatisfy { $0.state == "idle" })

            // The old configuration is at work, and not only remembered.
            server.deliver(Letter.number(0).octets, to: "kate")
            #expect(try await until(20) { firm.status()?.source("kate")?.messagesAccounted == 1 })
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0)
        }

        @Test("a second daemon on the same data ends with 75 and a sentence, and the first goes on")
        func second() async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            let firm = Firm([Firm.Source(port: server.port)])
            let daemon = firm.serve()
            #expect(try await until(20) { firm.status()?.source("office")?.state == "idle" })
            let other = firm.run("serve")
            #expect(other.status == 75)
            #expect(other.text.contains("\(daemon.process)"), "\(other.text)")
            #expect(firm.status()?.source("office")?.state == "idle")
            #expect(firm.run("sync").status == 0)
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0)
        }
    }

    @Suite("serve: what it refuses")
    struct RefusalTests {
        @Test("a broken configuration: every mistake at once, and 78")
        func broken() {
            let firm = Firm([Firm.Source(port: 1)], lines: "[filing]\nlargest = \"many\"\nfolders = 3")
            let answer = firm.run("serve")
            #expect(answer.status == 78)
            #expect(answer.text.contains("largest") && answer.text.contains("folders"), "\(answer.text)")
            #expect(Disk.names(in: firm.data).isEmpty)
        }

        enum Spoiling: String, CaseIterable, CustomTestStringConvertible {
            case damaged, truncated, newer, foreign
            var testDescription: String { "a database that is \(rawValue)" }
        }

        @Test(
            "a database it must not touch: 65, a sentence, and not an octet changed",
            arguments: Spoiling.allCases)
        func refused(_ spoiling: Spoiling) async throws {
            let firm = Firm([Firm.Source(port: 1)])
            try firm.addClients(
                (1...200).map {
                    Firm.Client(number: "\($0)", name: "Client \($0)", address: "c\($0)@client.example")
                })
            do {
                let database = try firm.openDatabase()
                try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                switch spoiling {
                case .newer: try database.execute("PRAGMA user_version = 1000")
                case .foreign: try database.execute("PRAGMA application_id = 7")
                case .damaged, .truncated: break
                }
                try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                try database.execute("PRAGMA journal_mode = DELETE")
            }
            var octets = try #require(TestDirectory.read(firm.database))
            switch spoiling {
            case .damaged: for place in 5_000..<octets.count - 5_000 { octets[place] ^= 0x55 }
            case .truncated: octets.removeLast(octets.count / 2)
            case .newer, .foreign: break
            }
            TestDirectory.write(octets, to: firm.database)
            let before = SHA256.digest(of: octets)
            let answer = firm.run("serve")
            #expect(answer.status == 65, "\(answer.text)")
            #expect(answer.text.contains("nothing in it was changed"), "\(answer.text)")
            #expect(Disk.digest(of: firm.database) == before)
        }
    }
}
