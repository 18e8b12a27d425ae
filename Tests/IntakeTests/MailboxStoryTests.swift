import Mail
import Synchronization
import TestServers
import Testing

@testable import Intake

@Suite("Failure stories of mailboxes: renumbered, moved, read by others")
struct MailboxStoryTests {
    private func fill(_ server: FakeMailServer, _ numbers: ClosedRange<Int>) {
        for number in numbers { server.deliver(Letter(number, .pdf("\(number).pdf", number)).octets) }
    }

    /// How many bodies were asked for since.
    private func bodies(_ server: FakeMailServer, since count: Int) -> [String] {
        server.commands.dropFirst(count).filter { $0.contains("BODY.PEEK[])") }
    }

    @Test("F1: a mailbox deleted and made again is known by its headers", arguments: [false, true])
    func f1_recreated(seenMissing: Bool) async throws {
        let server = FakeMailServer()
        fill(server, 1...5)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents().count == 5)
        let old = server.mailbox("INBOX")!.messages
        if seenMissing {
            server.delete("INBOX")
            server.change("Other") { _ in }
            try await firm.sync(server)
            #expect(try await firm.placements().allSatisfy { $0.isGone })
        }
        // Restored in another order, one lost, and a new one in between.
        server.recreate("INBOX", uidValidity: 77)
        for message in [old[4], old[2], old[0]] { server.deliver(message.octets) }
        let new = server.deliver(Letter(9, .pdf("9.pdf", 9)).octets)
        server.deliver(old[1].octets)
        let before = server.commands.count
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents().count == 6)
        #expect(try await firm.messages() == 6)
        #expect(bodies(server, since: before).count == 1)
        #expect(bodies(server, since: before).allSatisfy { $0.hasPrefix("UID FETCH \(new) ") })
    }

    @Test("F1: a UIDVALIDITY that comes back finds other messages under the old UIDs")
    func f1_comesBack() async throws {
        let server = FakeMailServer()
        fill(server, 1...3)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        server.recreate("INBOX", uidValidity: 2)
        fill(server, 11...13)
        try await firm.sync(server)
        server.recreate("INBOX", uidValidity: 1)
        fill(server, 21...23)
        firm.clock.advance(days: 2)
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents().count == 9)
    }

    @Test(
        "F1: a mailbox made again under its old UIDVALIDITY, as it must not, is noticed when it goes back in time"
    )
    func f1_sameUIDValidity() async throws {
        let server = FakeMailServer()
        fill(server, 1...5)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        let kept = server.mailbox("INBOX")!.messages[0]
        server.recreate("INBOX", uidValidity: 1)
        server.deliver(kept.octets)
        fill(server, 12...14)
        let before = server.commands.count
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents().count == 8)
        #expect(bodies(server, since: before).allSatisfy { $0.hasPrefix("UID FETCH 2:4 ") })
    }

    @Test("F1: a real Dovecot that numbers a mailbox anew gives no body twice")
    func f1_dovecot() async throws {
        guard let server = DovecotServer() else { return print("skipped: F1 without Dovecot") }
        for number in 1...3 {
            server.deliver(Letter(number, .pdf("\(number).pdf", number, octets: 50_000)).octets, to: "office")
        }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(firm.source(server))
        let octets = firm.health.health(of: "office")?.octets ?? 0
        server.doveadm("mailbox", "update", "-u", "office", "--uid-validity", "4711", "INBOX")
        server.deliver(Letter(4, .pdf("4.pdf", 4, octets: 100)).octets, to: "office")
        try await firm.sync(firm.source(server))
        try await firm.check(server.truth(of: "office"))
        #expect(try await firm.documents().count == 4)
        #expect((firm.health.health(of: "office")?.octets ?? 0) - octets < 10_000)
        #expect(firm.journal.contains("to 4711"))
    }

    @Test("F2: a UIDVALIDITY that is new at each EXAMINE is capped, with an alarm")
    func f2_growing() async throws {
        let server = FakeMailServer()
        fill(server, 1...20)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        server.fail { $0.uidValidityGrows = true }
        for _ in 1...10 {
            // So that it has to be opened.
            server.flag(1, ["\\Seen"])
            try await firm.sync(server)
            firm.clock.advance(minutes: 5)
        }
        #expect(bodies(server, since: 0).count == 1, "each body is fetched once")
        let headers = server.commands.filter { $0.contains("BODY.PEEK[HEADER]") }
        #expect(headers.count <= 4)
        #expect(firm.health.health(of: "office")?.alarms.count == 1)
        #expect(try await firm.messages() == 20)
        #expect(try await firm.documents().count == 20)
        // What arrives is not missed, only later.
        server.deliver(Letter(21, .pdf("21.pdf", 21)).octets)
        firm.clock.advance(hours: 2)
        try await firm.sync(server)
        #expect(try await firm.documents().count == 21)
        // A day without a change, and the alarm is over.
        server.fail { $0.uidValidityGrows = false }
        for _ in 1...2 {
            firm.clock.advance(days: 2)
            server.flag(1, [])
            try await firm.sync(server)
        }
        #expect(firm.health.health(of: "office")?.alarms == [])
        try await firm.check(server.everything(in: "INBOX"))
    }

    @Test("F3: without a UIDVALIDITY nothing is read anew, and nothing by a push either")
    func f3_noUIDValidity() async throws {
        let server = FakeMailServer()
        fill(server, 1...4)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        let before = server.commands.count
        server.change("INBOX") { $0.uidValidity = 0 }
        server.deliver(Letter(5, .pdf("5.pdf", 5)).octets)
        try await firm.sync(server)
        try await firm.sync(server)
        let fetches = server.commands.dropFirst(before).filter { $0.hasPrefix("UID") }
        #expect(fetches.isEmpty, "\(fetches)")
        #expect(firm.health.health(of: "office")?.alarms.first?.contains("UIDVALIDITY") == true)
        server.change("INBOX") { $0.uidValidity = 1 }
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents().count == 5)
        #expect(firm.health.health(of: "office")?.alarms == [])
    }

    @Test("F3: a service that stays connected fetches nothing by the UIDs of a mailbox without UIDVALIDITY")
    func f3_pushed() async throws {
        let server = FakeMailServer()
        fill(server, 1...2)
        let firm = try await Firm()
        try await firm.sync(server)
        let before = server.commands.count
        // The same UID, another message: as after a restore.
        server.recreate("INBOX", uidValidity: 0)
        fill(server, 11...13)
        var source = firm.source(server)
        source.poll = 1
        let service = firm.service(source)
        let running = Task { await service.run() }
        await server.reached { $0.dropFirst(before).filter { $0.hasPrefix("EXAMINE") }.count >= 2 }
        running.cancel()
        await running.value
        #expect(try await firm.messages() == 2)
        #expect(!server.commands.dropFirst(before).contains { $0.hasPrefix("UID FETCH") })
    }

    @Test("F4: a message that a client has read before us is read by us too, and stays as it was")
    func f4_seen() async throws {
        guard let server = DovecotServer() else { return print("skipped: F4 without Dovecot") }
        server.deliver(Letter(1, .pdf()).octets, to: "office")
        let client = TinyIMAP(port: server.port, user: "office", secret: server.options.users["office"]!)!
        client.command("SELECT INBOX")
        client.command("UID STORE 1 +FLAGS (\\Seen)")
        server.deliver(Letter(2, .pdf("other.pdf", 2)).octets, to: "office")
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(firm.source(server))
        #expect(try await firm.documents().count == 2)
        client.command("NOOP")
        let flags = client.command("UID FETCH 1:* (FLAGS)").filter { $0.contains("FETCH") }
        #expect(flags.filter { $0.contains("\\Seen") }.count == 1)
    }

    @Test("F5: after a week's outage everything that came is read, whatever its dates")
    func f5_outage() async throws {
        let server = FakeMailServer()
        fill(server, 1...3)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        server.fail {
            $0.answers["LOGIN"] = "NO [UNAVAILABLE] later";
            $0.answers["AUTHENTICATE"] = "NO [UNAVAILABLE] later"
        }
        for _ in 1...7 {
            await #expect(throws: (any Error).self) { try await firm.sync(server) }
            firm.clock.advance(days: 1)
        }
        fill(server, 4...6)
        server.change("INBOX") { $0.messages[4].internalDate = "17-Jul-1989 02:44:25 -0700" }
        server.fail { $0.answers = [:] }
        let before = server.commands.count
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents().count == 6)
        #expect(bodies(server, since: before).allSatisfy { $0.hasPrefix("UID FETCH 4:6 ") })
    }

    @Test("F14: a message moved to another mailbox is the same message")
    func f14_moved() async throws {
        guard let server = DovecotServer() else { return print("skipped: F14 without Dovecot") }
        server.create("office", "Done")
        server.deliver(Letter(1, .pdf(octets: 60_000)).octets, to: "office")
        server.deliver(Letter(2, .pdf("2.pdf", 2)).octets, to: "office")
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(firm.source(server))
        server.move("office", 1, from: "INBOX", to: "Done")
        try await firm.sync(firm.source(server))
        try await firm.check(server.truth(of: "office"))
        #expect(try await firm.messages() == 2)
        #expect(try await firm.documents().count == 2)
        #expect(try await firm.placements().filter { $0.isGone }.map(\.mailbox) == ["INBOX"])
    }

    @Test("F15: of Gmail only All Mail is read, and its labels say what is Sent and what a draft")
    func f15_gmail() async throws {
        let server = FakeMailServer()
        server.fail { $0.capabilities = "IMAP4rev1 SASL-IR AUTH=PLAIN IDLE CONDSTORE SPECIAL-USE X-GM-EXT-1" }
        server.change("[Gmail]/All Mail") { $0.attributes = "\\HasNoChildren \\All" }
        server.change("[Gmail]/Sent Mail") { $0.attributes = "\\HasNoChildren \\Sent" }
        server.change("Label") { _ in }
        let first = Letter(1, .pdf()).octets
        var ours = Letter(2, .pdf("ours.pdf", 2))
        ours.from = "staff@firm.example"
        ours.to = "kate@smith.example"
        let all = "[Gmail]/All Mail"
        for name in [all, "INBOX", "Label"] { server.deliver(first, to: name) }
        for name in [all, "[Gmail]/Sent Mail"] { server.deliver(ours.octets, to: name) }
        server.deliver(Letter(3, .pdf("draft.pdf", 3)).octets, to: all)
        server.change(all) { mailbox in
            mailbox.messages[1].labels = #""\\Sent""#
            mailbox.messages[2].labels = #""\\Draft""#
        }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        #expect(server.commands.filter { $0.hasPrefix("EXAMINE") }.allSatisfy { $0.contains("All Mail") })
        try await firm.check(server.everything(in: all), except: [3])
        #expect(try await firm.documents() == ["10482/Client uploads/statement.pdf"])
        #expect(try await firm.outcomes() == ["filed", "shown:inline"])
        #expect(try await firm.placements().map(\.state) == ["recorded", "recorded", "excluded"])
    }

    @Test("F16: what QRESYNC says has vanished, and has not, stays")
    func f16_lies() async throws {
        let server = FakeMailServer()
        fill(server, 1...4)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        server.fail { $0.vanishedLies = [1, 2, 3] }
        server.flag(4, ["\\Seen"])
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        server.expunge(2)
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.placements().filter { $0.isGone }.map(\.uid) == [2])
        #expect(try await firm.documents().count == 4, "no document goes because a mail went")
        let flags = try await firm.count("SELECT count(*) FROM placement WHERE flags = '\\Seen'")
        #expect(flags == 1)
    }

    @Test("a server that gives another message under a known UID after a list that was empty for a moment")
    func emptyForAMoment() async throws {
        let server = FakeMailServer()
        fill(server, 1...3)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        server.fail { $0.answersOnce["LIST"] = "OK nothing for the moment" }
        try await firm.sync(server)
        let before = server.commands.count
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(bodies(server, since: before).isEmpty)
    }
}

extension FakeMailServer {
    /// Returns when the commands so far fit.
    func reached(seconds: Int = 30, _ condition: @Sendable ([String]) -> Bool) async {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while !condition(commands) {
            guard ContinuousClock.now < deadline else {
                Issue.record("the server never saw it: \(commands.suffix(5))")
                return
            }
            await Task.yield()
        }
    }
}

extension DovecotServer {
    func truth(of user: String, as source: String = "office") -> [ServerMessage] {
        everything(of: user).map {
            ServerMessage(
                source: source, mailbox: $0.mailbox.decoded, uidValidity: $0.uidValidity, uid: $0.uid,
                octets: $0.octets)
        }
    }
}
