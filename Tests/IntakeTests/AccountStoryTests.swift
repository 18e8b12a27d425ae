import Mail
import Mailroom
import TestServers
import Testing
import Text

@testable import Intake
@testable import Store

@Suite("Failure stories of people and messages: whose it is, and whether we know it")
struct AccountStoryTests {
    @Test("F11: the same mail in three mailboxes of two sources is one message, and filed once")
    func f11_threeTimes() async throws {
        let servers = [FakeMailServer(), FakeMailServer()]
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        func copy(_ trace: String) -> [UInt8] {
            var letter = Letter(1, .pdf(octets: 40_000))
            letter.trace = ["Delivered-To: \(trace)@firm.example", "Received: by \(trace); \(letter.date!)"]
            return letter.octets
        }
        servers[0].deliver(copy("office"))
        servers[0].deliver(copy("office-archive"), to: "Archive")
        servers[1].deliver(copy("kurt"))
        try await firm.sync(firm.source(servers[0], "office"))
        try await firm.sync(firm.source(servers[1], "kurt"))
        try await firm.check(
            servers[0].everything(in: "INBOX", "Archive") + servers[1].everything(in: "INBOX", of: "kurt"))
        #expect(try await firm.messages() == 1)
        #expect(try await firm.placements().filter { $0.message != nil }.count == 3)
        #expect(try await firm.count("SELECT count(*) FROM original") == 3)
        #expect(try await firm.documents() == ["10482/Client uploads/statement.pdf"])
    }

    @Test("F12: without a Message-ID, or with one used twice, other content is another message")
    func f12_messageIDs() async throws {
        let server = FakeMailServer()
        for number in 1...3 {
            var letter = Letter(7, .pdf("scan.pdf", number))
            letter.subject = "scan"
            letter.messageID = number == 3 ? nil : "<same@scanner.example>"
            server.deliver(letter.octets)
        }
        var empty = Letter(7, .pdf("scan.pdf", 4))
        empty.messageID = ""
        server.deliver(empty.octets)
        server.deliver(empty.octets)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.messages() == 4)
        #expect(try await firm.documents().count == 4)
        // Told apart by their headers, too, they are not.
        let old = server.mailbox("INBOX")!.messages
        server.recreate("INBOX", uidValidity: 9)
        for message in old.reversed() { server.deliver(message.octets) }
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents().count == 4)
    }

    @Test("F12: what is attached as a message belongs to what makes two messages the same")
    func f12_attachedMessages() async throws {
        let server = FakeMailServer()
        for number in 1...2 {
            var letter = Letter(7, .message(Letter(10 + number, .pdf("\(number).pdf", number))))
            letter.subject = "fwd"
            letter.messageID = nil
            letter.date = nil
            server.deliver(letter.octets)
        }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents().count == 2)
    }

    @Test("F32: a contact of two accounts, a client in Cc, two clients on one mail: staff decide")
    func f32_several() async throws {
        let server = FakeMailServer()
        let firm = try await Firm()
        try await firm.account("1", "kate@smith.example")
        try await firm.account("2", "kate@smith.example")
        try await firm.account("3", "eve@bolt.example")
        server.deliver(Letter(1, .pdf("1.pdf", 1)).octets)
        var copied = Letter(2, .pdf("2.pdf", 2))
        copied.from = "stranger@nowhere.example"
        copied.cc = "kate@smith.example, eve@bolt.example"
        server.deliver(copied.octets)
        var two = Letter(3, .pdf("3.pdf", 3))
        two.from = "eve@bolt.example, kate@smith.example"
        server.deliver(two.octets)
        try await firm.sync(server)
        #expect(try await firm.documents().isEmpty)
        let outcomes = try await firm.outcomes()
        #expect(outcomes[0] == "needs_filing:ambiguous")
        #expect(outcomes.allSatisfy { $0.hasPrefix("needs_filing") })
        let mentions = try await firm.count("SELECT count(*) FROM mention WHERE message = 2")
        #expect(mentions == 3)
        try await firm.check(server.everything(in: "INBOX"))
    }

    @Test("F33: a domain of everybody's says nothing, an account's own one what its rule says")
    func f33_domains() async throws {
        let server = FakeMailServer()
        let firm = try await Firm()
        let account = try await firm.account("1", "kate@gmail.com", "boss@bolt.example")
        try await firm.store.write { transaction in
            for (domain, matches) in [("gmail.com", true), ("bolt.example", true), ("asks.example", false)] {
                try transaction.setDomainRule(DomainName(domain)!, account: account, matches: matches)
            }
        }
        for (number, from) in ["other@gmail.com", "eve@bolt.example", "eve@asks.example"].enumerated() {
            var letter = Letter(number, .pdf("\(number).pdf", number))
            letter.from = from
            server.deliver(letter.octets)
        }
        try await firm.sync(server)
        #expect(
            try await firm.outcomes() == ["needs_filing:unmatched", "filed", "needs_filing:suggested"])
    }

    struct Spelling: Sendable, CustomTestStringConvertible {
        let contact: String
        let from: String
        let isSame: Bool
        var testDescription: String { "\(from) and \(contact)" }
    }

    @Test(
        "F34: two spellings of one address, and two addresses that only look alike",
        arguments: [
            Spelling(contact: "kate@smith.example", from: "KATE@Smith.Example", isSame: true),
            Spelling(contact: "kate@straße.example", from: "kate@xn--strae-oqa.example", isSame: true),
            Spelling(contact: "kate@straße.example", from: "kate@strasse.example", isSame: false),
            Spelling(contact: "kate@smith.example", from: "kate+tax@smith.example", isSame: false),
            Spelling(contact: "k.ate@gmail.com", from: "kate@gmail.com", isSame: false),
            Spelling(contact: "a..b@docomo.ne.jp", from: "\"a..b\"@docomo.ne.jp", isSame: true),
        ])
    func f34_spellings(_ spelling: Spelling) async throws {
        let server = FakeMailServer()
        var letter = Letter(1, .pdf())
        letter.from = spelling.from
        server.deliver(letter.octets)
        let firm = try await Firm()
        try await firm.account("10482", spelling.contact)
        try await firm.sync(server)
        #expect(try await firm.documents().count == (spelling.isSame ? 1 : 0))
    }

    @Test("a better copy judges what waited anew", arguments: [true, false])
    func provenLater(hasLink: Bool) async throws {
        let server = FakeMailServer()
        let firm = try await Firm(authentication: .standard)
        try await firm.account("10482", "kate@smith.example")
        var source = firm.source(server)
        source.senderChecks = .servers([AuthservPattern("mx.firm.example")!])
        func deliver(_ results: String, to mailbox: String) {
            var letter = Letter(1, .pdf("1.pdf", 1), .pdf("2.pdf", 2), .pdf("again.pdf", 1))
            if hasLink { letter.text = "the rest is at https://we.tl/t-AbCdEfGhIj\r\n" }
            letter.trace = [
                "Authentication-Results: mx.firm.example; \(results) header.from=smith.example",
                "Received: from mail.smith.example (mail.smith.example [192.0.2.1]) by mx.firm.example; \(letter.date!)",
            ]
            server.deliver(letter.octets, to: mailbox)
            server.change(mailbox) { $0.messages[0].internalDate = "02-Mar-2026 09:00:00 +0000" }
        }
        deliver("dmarc=fail (p=reject)", to: "INBOX")
        try await firm.sync(source)
        #expect(try await firm.documents().isEmpty)
        deliver("dmarc=pass", to: "Archive")
        try await firm.sync(source)
        #expect(try await firm.documents() == ["10482/Client uploads/1.pdf", "10482/Client uploads/2.pdf"])
        #expect(
            try await firm.outcomes() == (hasLink ? ["needs_filing:file_link"] : []) + [
                "filed", "filed", "duplicate",
            ])
        try await firm.check(server.everything(in: "INBOX", "Archive"))
    }

    @Test("a better copy changes nothing of what staff have said")
    func provenAfterStaff() async throws {
        let server = FakeMailServer()
        let firm = try await Firm(authentication: .standard)
        let account = try await firm.account("10482", "kate@smith.example")
        try await firm.account("2", "eve@bolt.example")
        var source = firm.source(server)
        source.senderChecks = .servers([AuthservPattern("mx.firm.example")!])
        func deliver(_ results: String, to mailbox: String) {
            var letter = Letter(1, .pdf())
            letter.from = "nobody@nowhere.example"
            letter.trace = [
                "Authentication-Results: mx.firm.example; \(results) header.from=nowhere.example",
                "Received: from mail.nowhere.example (mail.nowhere.example [192.0.2.1]) by mx.firm.example; \(letter.date!)",
            ]
            server.deliver(letter.octets, to: mailbox)
        }
        deliver("dmarc=none", to: "INBOX")
        try await firm.sync(source)
        #expect(try await firm.outcomes() == ["needs_filing:unmatched"])
        try await firm.store.write { transaction in
            try transaction.setMatching(
                Matching(.staff, account: account), because: "staff said so",
                judgement: Judgement(verdict: .open, reason: .nothingSaid, because: "nothing for it"),
                of: .init(1))
        }
        deliver("dmarc=pass", to: "Archive")
        try await firm.sync(source)
        let matched = try await firm.count("SELECT account FROM message")
        #expect(matched == Int(account.rawValue))
        try await firm.check(server.everything(in: "INBOX", "Archive"))
    }

    @Test("mail that we sent is its recipients', and nothing of it is filed")
    func sent() async throws {
        guard let server = DovecotServer() else { return print("skipped: Sent without Dovecot") }
        server.create("office", "Sent")
        var letter = Letter(1, .pdf())
        letter.from = "office@firm.example"
        letter.to = "kate@smith.example"
        server.deliver(letter.octets, to: "office", MailboxName("Sent")!)
        let firm = try await Firm()
        let account = try await firm.account("10482", "kate@smith.example")
        try await firm.sync(firm.source(server))
        try await firm.check(server.truth(of: "office"))
        #expect(try await firm.outcomes() == ["shown:inline"])
        #expect(
            try await firm.count("SELECT account FROM message WHERE direction = 'out'")
                == Int(account.rawValue))
    }
}
