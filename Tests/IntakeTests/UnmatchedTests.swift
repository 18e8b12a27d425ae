import Mail
import Mailroom
import SQLite
import TestServers
import Testing
import Text

@testable import Intake
@testable import Store

@Suite("What is not to be read: mail older than since, and mail of nobody's")
struct UnmatchedTests {
    @Test("mail older than “since” is not read, also when its mailbox is renumbered")
    func since() async throws {
        let server = FakeMailServer()
        for number in 1...4 { server.deliver(Letter(number, .pdf("\(number).pdf", number)).octets) }
        server.change("INBOX") { mailbox in
            mailbox.messages[2].internalDate = "01-Jan-2026 00:00:00 +0000"
            mailbox.messages[3].internalDate = "31-Dec-2025 23:59:59 +0000"
        }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        var source = firm.source(server)
        source.since = Timestamp(year: 2026, month: 1, day: 1)
        try await firm.sync(source)
        #expect(try await firm.documents() == ["10482/Client uploads/3.pdf"])
        #expect(try await firm.placements().map(\.state) == ["excluded", "excluded", "recorded", "excluded"])
        try await firm.check(server.everything(in: "INBOX"), except: [1, 2, 4])
        let old = server.mailbox("INBOX")!.messages
        let before = server.commands.count
        server.recreate("INBOX", uidValidity: 3)
        for (index, message) in old.enumerated() {
            server.deliver(message.octets)
            server.change("INBOX") { $0.messages[index].internalDate = message.internalDate }
        }
        try await firm.sync(source)
        #expect(!server.commands.dropFirst(before).contains { $0.contains("BODY.PEEK[])") })
        let placements = try await firm.placements().filter(\.isInForce)
        #expect(placements.map(\.state) == ["excluded", "excluded", "recorded", "excluded"])
        #expect(firm.health.health(of: "office")?.messagesAccounted == 4)
    }

    /// Two of a client, two of strangers.
    private func mixed() -> FakeMailServer {
        let server = FakeMailServer()
        for number in 1...4 {
            var letter = Letter(number, .pdf("\(number).pdf", number, octets: 50_000))
            if number % 2 == 0 {
                letter.from = "Aunt Mary <mary@family.example>"
                letter.subject = "birthday"
                letter.text = "something very private\r\n"
            }
            server.deliver(letter.octets)
        }
        return server
    }

    private func holds(_ firm: Firm, _ word: String) -> Bool {
        Tree.files(below: firm.data.path).contains { file in
            TestDirectory.read("\(firm.data.path)/\(file.path)")?.firstRange(of: Array(word.utf8)) != nil
        }
    }

    @Test("F36: of a colleague's own mailbox nothing is kept that is no client's")
    func f36_ignore() async throws {
        let server = mixed()
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        var source = firm.source(server)
        source.unmatched = .ignore
        source.owner = "kurt"
        for _ in 1...2 { try await firm.sync(source) }
        #expect(try await firm.documents() == ["10482/Client uploads/1.pdf", "10482/Client uploads/3.pdf"])
        #expect(try await firm.messages() == 2)
        let placements = try await firm.placements()
        #expect(placements.map(\.state) == ["recorded", "excluded", "recorded", "excluded"])
        #expect(placements[1].reason == "unmatched")
        #expect(!server.commands.contains { $0.contains("UID FETCH 2") && $0.contains("BODY.PEEK[])") })
        #expect(!server.commands.contains { $0.contains("1:") && $0.contains("BODY.PEEK[])") })
        #expect(!holds(firm, "birthday") && !holds(firm, "mary@family") && !holds(firm, "very private"))
        try await firm.check(server.everything(in: "INBOX"), except: [2, 4])
        #expect(firm.health.health(of: "office")?.messagesAccounted == 4)
    }

    @Test("F36: only the header of what is nobody's is kept, and the rest comes when it becomes somebody's")
    func f36_headers() async throws {
        let server = mixed()
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        var source = firm.source(server)
        source.unmatched = .headers
        try await firm.sync(source)
        #expect(try await firm.documents().count == 2)
        #expect(try await firm.messages() == 4)
        let headersOnly = try await firm.count("SELECT count(*) FROM placement WHERE headers_only = 1")
        #expect(headersOnly == 2)
        let kept = try await firm.store.read { transaction in
            try transaction.db.rows(
                """
                SELECT subject, from_address, match FROM message JOIN placement ON placement.message = message.id
                WHERE headers_only = 1
                """
            ) { [$0.text(0), $0.text(1), $0.text(2)] }
        }
        #expect(
            kept == [
                ["birthday", "mary@family.example", "unmatched"],
                ["birthday", "mary@family.example", "unmatched"],
            ])
        #expect(!holds(firm, "very private"))
        try await firm.check(server.everything(in: "INBOX"), except: [2, 4])
        // Nothing is asked for twice.
        let before = server.commands.count
        try await firm.sync(source)
        #expect(!server.commands.dropFirst(before).contains { $0.hasPrefix("UID FETCH") })
        // Aunt Mary becomes a client.
        try await firm.account("20000", "mary@family.example")
        try await firm.sync(source)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.messages() == 4)
        #expect(try await firm.documents().contains("20000/Client uploads/2.pdf"))
        #expect(try await firm.documents().count == 4)
        #expect(try await firm.count("SELECT count(*) FROM placement WHERE headers_only = 1") == 0)
    }

    @Test(
        "F36: a cut line, a renumbered mailbox, a header that is not given: nothing of nobody's is kept",
        arguments: [UnmatchedPolicy.ignore, .headers])
    func f36_trouble(policy: UnmatchedPolicy) async throws {
        let server = mixed()
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        var source = firm.source(server)
        source.unmatched = policy
        source.batch = 1
        for octets in [800, 1200, 1600, 2500, 60_000] {
            server.fail { $0.cutAfter = octets }
            try? await firm.sync(source)
        }
        server.fail { $0.cutAfter = nil }
        try await firm.persist(source)
        #expect(!holds(firm, "very private"))
        server.fail { $0.withheld = [6] }
        server.deliver(server.mailbox("INBOX")!.messages[0].octets)
        server.deliver(server.mailbox("INBOX")!.messages[1].octets)
        try await firm.sync(source)
        server.fail { $0.withheld = [] }
        firm.clock.advance(minutes: 5)
        try await firm.sync(source)
        #expect(!holds(firm, "very private"))
        #expect(try await firm.documents().count == 2)
        let old = server.mailbox("INBOX")!.messages
        server.recreate("INBOX", uidValidity: 3)
        for message in old.reversed() { server.deliver(message.octets) }
        try await firm.sync(source)
        #expect(!holds(firm, "very private"))
        try await firm.check(server.everything(in: "INBOX"), except: [1, 3, 5])
        #expect(try await firm.documents().count == 2)
    }
}
