import Daemon
import Mail
import Mailroom
import Store
import Testing
import Text

@testable import Commands

@Suite("Requests: what looks like an answer and is none, and answers that are taken back")
struct RequestTrapTests {
    @Test("a ticked document that staff take out unticks its item; filed again it ticks it again")
    func unfiled() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let message = try await asking.bench.receive(
            try await asking.reply(to: request).with("Stundenzettel.pdf", Letter.pdf("a")))
        #expect(try await asking.states(request) == [.received, .open, .open])
        _ = try await asking.bench.lines("file", "unfile", "1")
        #expect(try await asking.states(request) == [.open, .open, .open])
        #expect(try await asking.bench.audit().prefix(2).map(\.action) == ["file.unfile", "request.untick"])
        _ = try await asking.bench.lines("file", "release", "\(message)")
        #expect(try await asking.states(request) == [.received, .open, .open])
    }

    @Test("the document that answered a request goes: it is open again", arguments: [["Stundenzettel"], []])
    func reopened(items: [String]) async throws {
        let asking = try await Asking()
        let request = try await asking.ask(items: items)
        try await asking.bench.receive(
            try await asking.reply(to: request).with("Stundenzettel.pdf", Letter.pdf("a")))
        #expect(try await asking.request(request).state == .answered)
        _ = try await asking.bench.lines(
            "file", "move", "1", "--account", "20001", "--folder", "Mandantenunterlagen")
        #expect(try await asking.request(request).state == .open)
        #expect(try await asking.request(request).recipients[0].state == .opened)
        #expect(try await asking.states(request) == items.map { _ in .open })
    }

    @Test("what staff have accepted stays accepted when its document goes")
    func accepted() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        try await asking.bench.receive(
            try await asking.reply(to: request).with("Stundenzettel.pdf", Letter.pdf("a")))
        _ = try await asking.bench.lines("request", "accept", "1", "1")
        _ = try await asking.bench.lines("file", "unfile", "1")
        #expect(try await asking.states(request) == [.accepted, .open, .open])
    }

    @Test("a document in another account's folder ticks nothing when its message is looked at again")
    func elsewhere() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let message = try await asking.bench.receive(
            try await asking.reply(to: request).with("Stundenzettel.pdf", Letter.pdf("a"))
                .with("program.exe", Array("MZ program".utf8)))
        _ = try await asking.bench.lines(
            "file", "move", "1", "--account", "20001", "--folder", "Mandantenunterlagen")
        _ = try await asking.bench.lines("file", "release", "\(message):3")
        #expect(try await asking.states(request) == [.open, .open, .open])
    }

    @Test("octets that were one item are no other, and what staff rejected is not received by coming again")
    func again() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        try await asking.bench.receive(
            try await asking.reply(to: request).with("Stundenzettel.pdf", Letter.pdf("a")))
        try await asking.bench.receive(
            try await asking.reply(to: request, id: "r2@x").with("Kontoauszug.pdf", Letter.pdf("a")))
        #expect(try await asking.states(request) == [.received, .open, .open])
        _ = try await asking.bench.lines("request", "reject", "1", "1", "--note", "Seite 2 fehlt")
        try await asking.bench.receive(
            try await asking.reply(to: request, id: "r3@x").with("Stundenzettel.pdf", Letter.pdf("a")))
        #expect(try await asking.states(request) == [.rejected, .open, .open])
        try await asking.bench.receive(
            try await asking.reply(to: request, id: "r4@x").with("Stundenzettel.pdf", Letter.pdf("a"))
                .with("Stundenzettel neu.pdf", Letter.pdf("b")))
        #expect(try await asking.states(request) == [.received, .open, .open])
    }

    @Test("our own form comes back as it was: that answers nothing", arguments: [["Vollmacht"], []])
    func ownForm(items: [String]) async throws {
        let asking = try await Asking()
        try await asking.bench.receive(Letter().with("Vollmacht.pdf", Letter.pdf("form")))
        let request = try await asking.ask("--document", "1", items: items)
        try await asking.bench.receive(
            try await asking.reply(to: request).with("Vollmacht.pdf", Letter.pdf("form")))
        #expect(try await asking.states(request) == items.map { _ in .open })
        #expect(try await asking.request(request).state == .open)
        try await asking.bench.receive(
            try await asking.reply(to: request, id: "r2@x").with(
                "Vollmacht unterschrieben.pdf", Letter.pdf("signed")))
        #expect(try await asking.request(request).state == .answered)
    }

    @Test("a Message-ID that a server gave is no secret: who names it is not proven by that")
    func serversName() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let letter = try await asking.letters(request)[0]
        let name = try #require(MessageID("queue-1001@relay.example"))
        try await asking.store.write { try $0.addName(name, of: letter.id) }
        try await asking.bench.receive(
            Letter(
                from: "buero@hofmann-brot.example", id: "f1@x", dmarc: nil,
                fields: ["In-Reply-To: <\(name)>"]
            ).with("Stundenzettel.pdf", Letter.pdf("a")))
        #expect(asking.bench.files == ["10482 Bäckerei Hofmann GmbH/Posteingang/Stundenzettel.pdf"])
        #expect(try await asking.states(request) == [.open, .open, .open])
        // With our own name beside it, it is.
        try await asking.bench.receive(
            Letter(
                from: "buero@hofmann-brot.example", id: "f2@x", dmarc: nil,
                fields: ["In-Reply-To: <\(name)>", "References: <\(letter.messageID)> <\(name)>"]
            ).with("Kontoauszug.pdf", Letter.pdf("b")))
        #expect(try await asking.states(request) == [.open, .received, .open])
    }

    @Test("what staff gave to another account is beside no item, and ticks none by hand")
    func givenAway() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let message = try await asking.bench.receive(
            try await asking.reply(to: request, from: "eve@evil.example").with("scan.pdf", Letter.pdf))
        #expect(try await asking.bench.lines("request", "show", "1").contains { $0.contains("scan.pdf") })
        _ = try await asking.bench.lines("message", "link", "\(message)", "--account", "20001")
        #expect(asking.bench.files == ["20001 Bolt AG/Mandantenunterlagen/2026/scan.pdf"])
        #expect(try await !asking.bench.lines("request", "show", "1").contains { $0.contains("scan.pdf") })
        let (code, _) = await asking.bench.run("request", "tick", "1", "1", "\(message):2")
        #expect(code == .noSuchThing)
        #expect(try await asking.states(request) == [.open, .open, .open])
    }

    @Test("a letter came back: the reminder that waits to go there is taken back, and the other's is not")
    func undelivered() async throws {
        let asking = try await Asking()
        let request = try await asking.ask("--to", "chef@hofmann-brot.example")
        try await asking.store.write { transaction in
            for recipient in request.recipients {
                try transaction.setRecipient(recipient.id, after: .take, now: Bench.now)
            }
        }
        let first = try #require(
            try await asking.letters(request).first {
                $0.submissions[0].address == "buero@hofmann-brot.example"
            })
        _ = try await asking.bench.lines("request", "remind", "1")
        try await asking.bench.receive(
            Letter(
                from: "MAILER-DAEMON@mx.example.net", subject: "Undelivered Mail Returned to Sender",
                id: "b@x",
                dmarc: nil,
                fields: [
                    "X-Failed-Recipients: buero@hofmann-brot.example", "In-Reply-To: <\(first.messageID)>",
                ]))
        #expect(try await asking.request(request).recipients.map(\.state) == [.undelivered, .sent])
        let reminders = try await asking.letters(request).filter { $0.kind == .reminder }
        #expect(
            Dictionary(
                uniqueKeysWithValues: reminders.map { ($0.submissions[0].address, $0.submissions[0].state) })
                == ["buero@hofmann-brot.example": .cancelled, "chef@hofmann-brot.example": .queued])
        #expect(
            reminders.allSatisfy { ($0.cancelled != nil) == ($0.submissions[0].state == .cancelled) })
    }

    @Test("an answer tells nobody the secret name of a letter that went to somebody else")
    func copies() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let message = try await asking.bench.receive(try await asking.reply(to: request))
        let asked = try await asking.letters(request)[0].messageID
        for (more, isNamed) in [
            ([], true), (["--cc", "jana@bergmann-stb.example"], true), (["--cc", "eve@evil.example"], false),
        ] {
            let (code, printed) = await asking.bench.run(
                ["message", "reply", "\(message)", "--text", "Danke."] + more)
            try #require(code == .ok, "\(printed.complaints)")
            let letter = try await asking.store.read { try $0.queuedLetters(all: true, limit: 1)[0] }
            let (_, saved) = await asking.bench.run("message", "save", "\(letter.message!)")
            let text = String(decoding: saved.octets, as: UTF8.self)
            #expect(text.contains(asked) == isNamed, "\(more)")
            #expect(text.contains("In-Reply-To: <r1@x>"), "\(more)")
        }
    }

    @Test("the address that a mailbox logs in with stands for no account")
    func mailboxAddress() async throws {
        let asking = try await Asking(
            Asking.sending + """


                [mailbox.info]
                host = "127.0.0.1"
                user = "info@bergmann-stb.example"
                password = { command = ["echo", "x"] }
                """)
        let (code, printed) = await asking.bench.run(
            "account", "edit", "20001", "--drop-address", "info@bergmann-stb.example")
        #expect(code == .badData)
        #expect(printed.complaints.count == 1)
    }
}
