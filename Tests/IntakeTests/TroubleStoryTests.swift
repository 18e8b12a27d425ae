import Glibc
import IMAP
import Mail
import SQLite
import Sandbox
import TestServers
import Testing

@testable import Intake
@testable import Store

@Suite("Failure stories of machines: crashes, full disks, messages that are not given")
struct TroubleStoryTests {
    @Test("F6: a message whose parse never ended twice is set aside with its octets, and the others flow")
    func f6_poison() async throws {
        let server = FakeMailServer()
        for number in 1...3 { server.deliver(Letter(number, .pdf("\(number).pdf", number)).octets) }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        let now = firm.clock.now
        try await firm.store.write { transaction in
            let source = try transaction.source("office", now: now)
            let mailbox = try transaction.beginMailbox(
                .inbox, source: source.id, uidValidity: UIDValidity(1)!, isSent: false)
            try transaction.want(UIDSet(parsing: "1:3")!, in: mailbox.id, listedTo: UID(3), now: now)
            try transaction.countAttempt([UID(1)!], in: mailbox.id)
            try transaction.countAttempt([UID(1)!], in: mailbox.id)
            try transaction.countAttempt([UID(2)!], in: mailbox.id)
        }
        try await firm.sync(server)
        let placements = try await firm.placements()
        #expect(placements.map(\.state) == ["quarantined", "recorded", "recorded"])
        #expect(placements[0].reason == "unreadable" && placements[0].message == nil)
        #expect(try await firm.documents() == ["10482/Client uploads/2.pdf", "10482/Client uploads/3.pdf"])
        let size = try await firm.count("SELECT octets FROM original WHERE message IS NULL")
        #expect(size == server.mailbox("INBOX")!.messages[0].octets.count)
        try await firm.check(server.everything(in: "INBOX"), except: [1])
        #expect(firm.journal.contains("quarantined"))
        let before = server.commands.count
        try await firm.sync(server)
        #expect(!server.commands.dropFirst(before).contains { $0.hasPrefix("UID FETCH") })
    }

    @Test("F7: a hundred levels and ten thousand parts are recorded, flagged, and in nobody's way")
    func f7_limits() async throws {
        let server = FakeMailServer()
        var deep = Letter(1, .pdf("deep.pdf", 1))
        deep.text = nil
        for level in 1...40 {
            var outer = Letter(100 + level, .message(deep))
            outer.text = nil
            deep = outer
        }
        server.deliver(Self.nest(300))
        server.deliver(Self.parts(12_000))
        server.deliver(deep.octets)
        server.deliver(Letter(2, .pdf("after.pdf", 2)).octets)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents().contains("10482/Client uploads/after.pdf"))
        let flagged = try await firm.count("SELECT count(*) FROM message WHERE problems IS NOT NULL")
        #expect(flagged >= 2)
    }

    /// Multiparts within multiparts.
    private static func nest(_ levels: Int) -> [UInt8] {
        var text = "From: kate@smith.example\r\nMessage-ID: <deep@smith.example>\r\nMIME-Version: 1.0\r\n"
        for level in 1...levels {
            text += "Content-Type: multipart/mixed; boundary=b\(level)\r\n\r\n--b\(level)\r\n"
        }
        return Array((text + "Content-Type: text/plain\r\n\r\nthe end\r\n").utf8)
    }

    private static func parts(_ count: Int) -> [UInt8] {
        let head =
            "From: kate@smith.example\r\nMessage-ID: <wide@smith.example>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        let part = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
        return Array((head + String(repeating: part, count: count) + "--b--\r\n").utf8)
    }

    @Test("a mail whose container takes long keeps its own source waiting, and no other")
    func slowContainer() async throws {
        let directory = TestDirectory()
        // The first of them says that it began, and then waits for the other end of a pipe.
        let script = """
            #!/bin/sh
            cd \(directory.path)
            [ -e begun ] || { : >begun; read -r word <gate; }
            exec \(TestChild.program) "$@"

            """
        let (gate, slow) = (directory.file("gate"), directory.file("slow"))
        #expect(mkfifo(gate, 0o600) == 0)
        directory.write(script, to: "slow")
        chmod(slow, 0o700)
        let firm = try await Firm(in: directory, child: ChildTool(program: slow))
        try await firm.account("10482", "kate@smith.example")
        let (held, free) = (FakeMailServer(), FakeMailServer())
        held.deliver(
            Letter(1, .container("plain.zip", type: "application/zip", as: "documents.zip")).octets)
        free.deliver(Letter(2, .pdf("2.pdf", 2)).octets)
        async let waiting: Void = firm.sync(firm.source(held, "held"))
        #expect(try await until(20) { access(directory.file("begun"), F_OK) == 0 })
        try await firm.sync(firm.source(free, "free"))
        #expect(try await firm.documents() == ["10482/Client uploads/2.pdf"])
        // Open for both, it waits for nobody: a child that was given up on does not keep the test for ever.
        let door = open(gate, O_RDWR)
        defer { close(door) }
        #expect(write(door, "on\n", 3) == 3)
        try await waiting
        #expect(try await firm.documents().count > 1)
    }

    @Test("F9: killed between the documents' names and the commit, in the order that would lose one")
    func f9_beforeCommit() async throws {
        let server = FakeMailServer()
        let directory = TestDirectory()
        for number in 1...6 {
            server.deliver(Letter(number, .pdf("\(number).pdf", number, octets: 40_000)).octets)
        }
        do {
            let firm = try await Firm(in: directory)
            try await firm.account("10482", "kate@smith.example")
            // The commit fails after everything is published: as if it never came to it.
            try await firm.store.write { transaction in
                try transaction.db.execute(
                    "CREATE TRIGGER fault BEFORE INSERT ON message BEGIN SELECT raise(ABORT, 'ordered'); END")
            }
            await #expect(throws: (any Error).self) { try await firm.sync(server) }
            #expect(!Tree.files(below: "\(firm.data.path)/content").isEmpty)
            #expect(try await firm.documents().isEmpty)
            try await firm.store.write { try $0.db.execute("DROP TRIGGER fault") }
        }
        let firm = try await Firm(in: directory)
        #expect(Tree.files(below: "\(firm.data.path)/content").isEmpty, "what no row knows is swept")
        try await firm.persist(firm.source(server))
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents().count == 6)
    }

    @Test("F9: killed between the commit and the documents' files")
    func f9_afterCommit() async throws {
        let server = FakeMailServer()
        let directory = TestDirectory()
        for number in 1...6 { server.deliver(Letter(number, .pdf("\(number).pdf", number)).octets) }
        do {
            let firm = try await Firm(in: directory)
            try await firm.account("10482", "kate@smith.example")
            try await firm.sync(server)
            // Half of them placed and not recorded as such, half of them not placed at all.
            for number in 1...3 {
                unlink("\(firm.data.path)/documents/10482 Account 10482/Client uploads/\(number).pdf")
            }
            try await firm.store.write { try $0.db.execute("UPDATE document SET placed = NULL") }
        }
        let firm = try await Firm(in: directory)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents().count == 6)
    }

    @Test("F10: a second process finds the data locked")
    func f10_lock() async throws {
        let firm = try await Firm()
        let error = await #expect(throws: StoreError.self) {
            try await DataDirectory.open(path: firm.data.path)
        }
        #expect(error?.code == .locked)
        #expect(error?.words.contains("\(getpid())") == true)
    }

    @Test("two sources at once place documents of the same content in two accounts: never one inode")
    func twoSources() async throws {
        let servers = [FakeMailServer(), FakeMailServer()]
        let firm = try await Firm()
        try await firm.account("1", "kate@smith.example")
        try await firm.account("2", "eve@bolt.example")
        for number in 1...40 {
            let content = Letter.Part.pdf("\(number).pdf", number)
            servers[0].deliver(Letter(number, content).octets)
            var other = Letter(number, content)
            other.from = "eve@bolt.example"
            servers[1].deliver(other.octets)
        }
        try await withThrowingTaskGroup { group in
            for (index, server) in servers.enumerated() {
                var source = firm.source(server, "source\(index)")
                source.batch = 2
                group.addTask { [source] in try await firm.sync(source) }
            }
            try await group.waitForAll()
        }
        try await firm.check(
            servers[0].everything(in: "INBOX", of: "source0")
                + servers[1].everything(in: "INBOX", of: "source1"))
        #expect(try await firm.documents().count == 80)
    }

    @Test("F13: what a batch leaves out is asked for alone at once")
    func f13_fewer() async throws {
        let server = FakeMailServer()
        for number in 1...6 { server.deliver(Letter(number, .pdf("\(number).pdf", number)).octets) }
        server.fail { $0.withheldFromBatches = [2, 5] }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        let fetches = server.commands.filter { $0.contains("BODY.PEEK[])") }.compactMap {
            $0.split(separator: " ").dropFirst(2).first
        }
        #expect(fetches == ["1:6", "2", "5"])
    }

    enum NotGiven: CaseIterable { case withheld, empty, absent, refused }

    @Test(
        "F13: what is never given is tried for 14 days, and is in nobody's way", arguments: NotGiven.allCases)
    func f13_never(how: NotGiven) async throws {
        let server = FakeMailServer()
        for number in 1...5 { server.deliver(Letter(number, .pdf("\(number).pdf", number)).octets) }
        server.fail { faults in
            switch how {
            case .withheld: faults.withheld = [2]
            case .empty: faults.empty = [2]
            case .absent: faults.absent = [2]
            case .refused: faults.refused = [2]
            }
        }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        #expect(try await firm.documents().count == 4)
        let missing = try await firm.placements()[1]
        #expect(missing.state == "absent" && missing.reason == "gave_nothing")
        #expect(firm.health.health(of: "office")?.messagesAccounted == 5)
        // A later message is not held up.
        server.deliver(Letter(6, .pdf("6.pdf", 6)).octets)
        try await firm.sync(server)
        #expect(try await firm.documents().count == 5)
        // For two weeks it is asked for, ever more rarely, and then it waits for a command.
        let before = server.commands.count
        for _ in 1...16 {
            firm.clock.advance(days: 1)
            try await firm.sync(server)
        }
        let tries = server.commands.dropFirst(before).filter { $0.hasPrefix("UID FETCH 2 ") }.count
        #expect((10...16).contains(tries))
        #expect(try await firm.placements()[1].state == "quarantined")
        // Given at last, after somebody said so.
        server.fail { $0 = FakeMailServer.Faults() }
        try await firm.store.write { transaction in
            try transaction.setPlacement(
                UID(2)!, in: 1, state: .wanted, tries: 0, nextTry: nil, reason: nil)
        }
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents().count == 6)
    }

    @Test("a message whose FETCH breaks every session is set aside after three, and the others flow")
    func breaksSessions() async throws {
        let server = FakeMailServer()
        for number in 1...6 { server.deliver(Letter(number, .pdf("\(number).pdf", number)).octets) }
        server.fail { $0.breaking = [3] }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        let tries = try await firm.persist(firm.source(server))
        #expect(tries == 5, "once in the batch, three times alone, and then it is over")
        #expect(try await firm.placements()[2].state == "quarantined")
        try await firm.check(server.everything(in: "INBOX"), except: [3])
        #expect(try await firm.documents().count == 5)
    }

    @Test("F41: a message larger than is read at all is set aside with the reason, and the others flow")
    func f41_tooLarge() async throws {
        let server = FakeMailServer()
        for number in 1...4 {
            let octets = number == 2 ? 900_000 : 1000
            server.deliver(Letter(number, .pdf("\(number).pdf", number, octets: octets)).octets)
        }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        var source = firm.source(server)
        source.endpoint.largestMessage = 500_000
        try await firm.persist(source)
        let large = try await firm.placements()[1]
        #expect(large.state == "quarantined")
        #expect(large.reason?.isEmpty == false)
        try await firm.check(server.everything(in: "INBOX"), except: [2])
        #expect(try await firm.documents().count == 3)
    }

    @Test("a mailbox that the server lists and will not open holds up no other")
    func refusedMailbox() async throws {
        let server = FakeMailServer()
        for name in ["Archive", "INBOX", "No entry", "Zoo"] {
            server.deliver(Letter(name.count, .pdf("\(name).pdf", name.count)).octets, to: name)
        }
        server.fail { $0.forbidden = ["No entry"] }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        #expect(try await firm.documents().count == 3)
        #expect(
            firm.health.health(of: "office")?.alarms.first?.hasPrefix("No entry cannot be opened") == true)
        server.fail { $0.forbidden = [] }
        try await firm.sync(server)
        try await firm.check(server.everything(in: "Archive", "INBOX", "No entry", "Zoo"))
        #expect(try await firm.documents().count == 4)
        #expect(firm.health.health(of: "office")?.alarms == [])
    }

    @Test("a message that cannot be recorded holds up no other")
    func unrecordable() async throws {
        let server = FakeMailServer()
        for number in 1...5 { server.deliver(Letter(number, .pdf("\(number).pdf", number)).octets) }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.store.write { transaction in
            try transaction.db.execute(
                """
                CREATE TRIGGER fault BEFORE INSERT ON message WHEN new.subject = 'documents 2'
                BEGIN SELECT raise(ABORT, 'ordered'); END
                """)
        }
        try await firm.persist(firm.source(server), tries: 8)
        #expect(try await firm.documents().count == 4)
        #expect(try await firm.placements()[1].state == "quarantined")
        try await firm.check(server.everything(in: "INBOX"), except: [2])
    }
}
