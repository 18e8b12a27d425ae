import Mail
import TestServers
import Testing

@testable import Intake
@testable import Store

@Suite("What a sync costs")
struct EfficiencyTests {
    private func small(_ number: Int) -> [UInt8] {
        Array(
            "From: kate@smith.example\r\nSubject: \(number)\r\nMessage-ID: <\(number)@smith.example>\r\n\r\nhello \(number)\r\n"
                .utf8)
    }

    @Test("where nothing is new a mailbox of 5,000 is not even opened, and without CONDSTORE never listed")
    func nothingNew() async throws {
        let server = FakeMailServer()
        for number in 1...5000 { server.deliver(small(number)) }
        server.change("Empty") { $0.uidNext = 40 }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        #expect(try await firm.messages() == 5000)
        #expect(firm.health.health(of: "office")?.messagesAccounted == 5000)
        var before = server.commands.count
        try await firm.sync(server)
        let words = server.commands.dropFirst(before).map { $0.split(separator: " ")[0] }
        #expect(!words.contains("EXAMINE") && !words.contains("UID"), "\(words)")
        // One that is new costs one SEARCH from there on, and one FETCH.
        server.deliver(small(5001))
        before = server.commands.count
        try await firm.sync(server)
        let uids = server.commands.dropFirst(before).filter { $0.hasPrefix("UID") }
        #expect(uids.count == 2 && uids[0] == "UID SEARCH UID 5001:*", "\(uids)")
        // The last of a mailbox is expunged: its UIDNEXT is known all the same.
        server.expunge(5001)
        try await firm.sync(server)
        before = server.commands.count
        try await firm.sync(server)
        #expect(!server.commands.dropFirst(before).contains { $0.hasPrefix("EXAMINE") })
        server.fail { $0.capabilities = "IMAP4rev1 SASL-IR AUTH=PLAIN IDLE" }
        before = server.commands.count
        try await firm.sync(server)
        #expect(!server.commands.dropFirst(before).contains { $0.hasPrefix("UID") })
    }

    @Test("twenty mailboxes in which nothing is new are asked about once, where the server can LIST-STATUS")
    func oneQuestion() async throws {
        let server = FakeMailServer()
        server.fail { $0.capabilities += " LIST-EXTENDED LIST-STATUS" }
        for number in 1...20 { server.deliver(small(number), to: number == 1 ? "INBOX" : "Box \(number)") }
        server.fail { $0.forbidden = ["Box 7"] }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        #expect(try await firm.messages() == 19)
        #expect(firm.health.health(of: "office")?.alarms.first?.hasPrefix("Box 7 cannot be opened") == true)
        server.fail { $0.forbidden = [] }
        try await firm.sync(server)
        #expect(try await firm.messages() == 20)
        var before = server.commands.count
        try await firm.sync(server)
        var commands = server.commands.dropFirst(before)
        #expect(commands.filter { $0.hasPrefix("LIST") }.count == 2, "\(commands)")
        #expect(!commands.contains { $0.hasPrefix("STATUS") || $0.hasPrefix("EXAMINE") }, "\(commands)")
        // After one that has news, whatever was told before is asked anew.
        server.deliver(small(21), to: "Box 18")
        before = server.commands.count
        try await firm.sync(server)
        commands = server.commands.dropFirst(before)
        #expect(commands.filter { $0.hasPrefix("EXAMINE") }.count == 1, "\(commands)")
        #expect(commands.filter { $0.hasPrefix("STATUS") }.count < 20, "\(commands)")
        #expect(try await firm.messages() == 21)
        // A server that has it and refuses it is asked for each.
        server.fail { $0.refusesListStatus = true }
        server.deliver(small(22), to: "Box 19")
        try await firm.sync(server)
        #expect(try await firm.messages() == 22)
    }

    @Test("a message costs as much in the thousandth place as in the first")
    func bounded() async throws {
        let server = FakeMailServer()
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        var times: [Duration] = []
        for round in 0..<10 {
            for number in 1...100 {
                server.deliver(Letter(round * 100 + number, .pdf("scan.pdf", round * 100 + number)).octets)
            }
            times.append(try await ContinuousClock().measure { try await firm.sync(server) })
        }
        // A machine that is busy elsewhere is forgiven.
        let early = times[1...3].min()!
        let late = times[7...9].min()!
        #expect(late < early * 4, "\(times)")
        print("100 messages with a PDF each: \(early) at first, \(late) after 900 others")
        try await firm.check(server.everything(in: "INBOX"))
    }
}
