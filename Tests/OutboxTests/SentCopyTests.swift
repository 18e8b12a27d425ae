import Mail
import TestServers
import Testing

@testable import Outbox
@testable import Store

@Suite("A copy in Sent, exactly once", .enabled(if: DovecotServer.isInstalled, "dovecot is not installed"))
struct SentCopyTests {
    private func sentMail(_ dovecot: DovecotServer, _ user: String = "office") -> [TinyIMAP.Message] {
        dovecot.everything(of: user).filter { $0.mailbox.decoded == "Sent" }
    }

    @Test("octet for octet as it was sent, and read")
    func appended() async throws {
        let dovecot = try #require(DovecotServer())
        dovecot.create("office", "Sent")
        let room = try await PostRoom()
        let server = ScriptedSMTPServer()
        let file = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 40_503 >> 5) }
        try await room.outbox.apply(
            [room.route(to: server, copyTo: "office")], [room.sent("office", at: dovecot)])
        for number in 1...3 { try await room.queue("Brief \(number)", attached: file) }
        #expect(try await until(30) { sentMail(dovecot).count == 3 })
        #expect(try await until(15) { try await room.letter(LetterID(3)).copy == "there" })
        #expect(Set(sentMail(dovecot).map(\.octets)) == Set(server.deliveries.map(\.octets)))
        let unread = dovecot.doveadm("search", "-u", "office", "mailbox", "Sent", "UNSEEN")
        #expect(unread.isEmpty)
        await room.outbox.stop()
    }

    @Test("a copy that the server filed itself is found, also under another Message-ID")
    func filedByServer() async throws {
        let dovecot = try #require(DovecotServer())
        dovecot.create("office", "Sent")
        let room = try await PostRoom(times: OutboxTimes(filing: 60))
        let server = ScriptedSMTPServer()
        try await room.outbox.apply(
            [room.route(to: server, copyTo: "office")], [room.sent("office", at: dovecot)])
        let (same, token) = try await room.queue("gleich")
        let (replaced, other) = try await room.queue("ersetzt")
        #expect(try await room.becomes([.sent], replaced))
        for delivery in server.deliveries {
            let text = String(decoding: delivery.octets, as: UTF8.self)
                .replacing("<\(other)@firm.example>", with: "<A1@prod.example>")
            dovecot.deliver(Array(text.utf8), to: "office", MailboxName("Sent")!)
        }
        #expect(!token.isEmpty)
        room.clock.advance(minutes: 2)
        room.outbox.wake()
        for id in [same, replaced] {
            #expect(try await until(15) { try await room.letter(id).copy == "there" })
        }
        #expect(sentMail(dovecot).count == 2)
        await room.outbox.stop()
    }

    @Test("a crash between the copy and its row leads to a search, not to a second copy")
    func crashed() async throws {
        let dovecot = try #require(DovecotServer())
        dovecot.create("office", "Sent")
        let room = try await PostRoom()
        let server = ScriptedSMTPServer()
        try await room.outbox.apply([room.route(to: server, copyTo: "office")], [])
        let (there, _) = try await room.queue("da")
        let (missing, _) = try await room.queue("fehlt")
        #expect(try await room.becomes([.sent], missing))
        // As the crash left it: both intended, one of them there.
        try await room.store.write {
            try $0.intendCopy(of: there)
            try $0.intendCopy(of: missing)
        }
        dovecot.deliver(server.deliveries[0].octets, to: "office", MailboxName("Sent")!)
        try await room.outbox.apply(
            [room.route(to: server, copyTo: "office")], [room.sent("office", at: dovecot)])
        for id in [there, missing] {
            #expect(try await until(15) { try await room.letter(id).copy == "there" })
        }
        #expect(sentMail(dovecot).count == 2)
        await room.outbox.stop()
    }

    @Test("a reply leaves a copy in the Sent of its own mailbox, whatever the route has")
    func ownMailbox() async throws {
        let dovecot = try #require(DovecotServer())
        dovecot.create("office", "Sent")
        let room = try await PostRoom()
        let server = ScriptedSMTPServer()
        try await room.outbox.apply([room.route(to: server)], [room.sent("office", at: dovecot)])
        let (without, _) = try await room.queue("ohne")
        let (with, _) = try await room.queue("mit", copyTo: "office")
        #expect(try await until(15) { try await room.letter(with).copy == "there" })
        #expect(try await room.letter(without).copy == nil)
        #expect(sentMail(dovecot).count == 1)
        await room.outbox.stop()
    }
}
