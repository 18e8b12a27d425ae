import Mail
import SQLite
import TestServers
import Testing

@testable import Intake
@testable import Store

@Suite("An initial sync that is cut anywhere goes on where it was")
struct InterruptionTests {
    /// What is the same however often it was interrupted.
    private struct Outcome: Equatable {
        var ledger: [LedgerLine]
        var documents: [String]
        var messages: [String]
    }

    private func outcome(_ firm: Firm) async throws -> Outcome {
        Outcome(
            ledger: try await firm.ledger(), documents: try await firm.documents(),
            messages: try await firm.store.read { transaction in
                try transaction.db.rows("SELECT subject FROM message ORDER BY id") { $0.text(0) }
            })
    }

    private func filled() -> FakeMailServer {
        let server = FakeMailServer()
        for number in 1...12 {
            let size = number % 4 == 0 ? 40_000 : 1000
            server.deliver(Letter(number, .pdf("\(number).pdf", number, octets: size)).octets)
        }
        server.deliver(Letter(30, .pdf("30.pdf", 30)).octets, to: "Other")
        return server
    }

    private func source(_ firm: Firm, _ server: FakeMailServer) -> SourceSettings {
        var source = firm.source(server)
        source.batch = 4
        return source
    }

    @Test(
        "the server drops the line at octet N",
        arguments: [900, 1500, 2000, 3000, 5000, 9000, 20_000, 40_000, 60_000, 90_000])
    func dropped(octets: Int) async throws {
        let server = filled()
        let calm = try await Firm()
        try await calm.account("10482", "kate@smith.example")
        try await calm.sync(source(calm, server))
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        server.fail { $0.cutAfter = octets }
        for _ in 1...3 { try? await firm.sync(source(firm, server)) }
        server.fail { $0.cutAfter = nil }
        try await firm.persist(source(firm, server))
        try await firm.check(server.everything(in: "INBOX", "Other"))
        #expect(try await firm.count("SELECT count(*) FROM placement WHERE state <> 'recorded'") == 0)
        let (first, second) = (try await outcome(calm), try await outcome(firm))
        #expect(first.documents == second.documents)
        #expect(Set(first.ledger) == Set(second.ledger))
        #expect(first.messages.sorted() == second.messages.sorted())
    }

    @Test("the task is cancelled after each batch in turn, and the data opened anew")
    func cancelled() async throws {
        let server = filled()
        let directory = TestDirectory()
        for round in 1...4 {
            let firm = try await Firm(in: directory)
            if round == 1 { try await firm.account("10482", "kate@smith.example") }
            let before = server.commands.count
            let service = firm.service(source(firm, server))
            let running = Task { try? await service.syncOnce() }
            await server.reached { commands in
                let new = commands.dropFirst(before)
                return new.contains { $0.contains("BODY.PEEK[])") } || new.contains("LOGOUT")
            }
            running.cancel()
            _ = await running.value
        }
        let firm = try await Firm(in: directory)
        try await firm.sync(source(firm, server))
        try await firm.check(server.everything(in: "INBOX", "Other"))
        #expect(try await firm.documents().count == 13)
        #expect(try await firm.count("SELECT count(*) FROM placement WHERE attempts > 1") == 0)
    }

    @Test("each transaction of a sync fails in turn: nothing is lost, nothing is there twice")
    func transactions() async throws {
        for table in [
            "placement", "original", "message", "part", "document", "content", "mailbox", "traffic",
        ] {
            for verb in ["INSERT", "UPDATE"] {
                let server = filled()
                let firm = try await Firm()
                try await firm.account("10482", "kate@smith.example")
                try await firm.store.write { transaction in
                    try transaction.db.execute(
                        """
                        CREATE TEMP TRIGGER fault BEFORE \(verb) ON main.\(table)
                        BEGIN SELECT raise(ABORT, 'ordered') WHERE (SELECT count(*) FROM main.message) IN (0, 8); END
                        """)
                }
                for _ in 1...2 { try? await firm.sync(source(firm, server)) }
                try await firm.store.write { try $0.db.execute("DROP TRIGGER temp.fault") }
                // Whatever was set aside for it, or nearly, is retried as by command.
                try await firm.store.write {
                    try $0.db.execute(
                        """
                        UPDATE placement SET state = 'wanted', attempts = 0, tries = 0
                        WHERE state <> 'recorded' OR original IS NULL
                        """)
                }
                try await firm.persist(source(firm, server))
                try await firm.recorder.placeDocuments()
                try await firm.check(server.everything(in: "INBOX", "Other"))
                #expect(try await firm.documents().count == 13, "\(verb) \(table)")
            }
        }
    }
}
