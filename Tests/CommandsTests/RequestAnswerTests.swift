import Daemon
import Mail
import Mailroom
import Store
import Testing
import Text

@testable import Commands

@Suite("Requests: what comes in answer, and what it ticks")
struct RequestAnswerTests {
    @Test("a reply with two of three items: two ticked, the third open, all in the request's folder")
    func partly() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let reply = try await asking.reply(to: request)
            .with("Stundenzettel_November.pdf", Letter.pdf("a")).with("Kontoauszug.pdf", Letter.pdf("b"))
        let message = try await asking.bench.receive(reply)
        #expect(try await asking.states(request) == [.received, .received, .open])
        #expect(
            asking.bench.files == [
                "10482 Bäckerei Hofmann GmbH/Intern/Lohn/Kontoauszug.pdf",
                "10482 Bäckerei Hofmann GmbH/Intern/Lohn/Stundenzettel_November.pdf",
            ])
        #expect(try await asking.request(request).isPartlyAnswered)
        #expect(try await asking.request(request).recipients[0].state == .opened)
        #expect(try await asking.events() == ["request.partly_answered"])
        let shown = try await asking.bench.lines("message", "show", "\(message)", "--json")[0]
        #expect(shown.contains("\"match\": \"request\""))
        let steps = try await asking.bench.lines("explain", "\(message)", "--json")[0]
        #expect(
            steps.contains(
                "{\"rule\": \"matching.request\", \"outcome\": \"account 10482\", \"decided\": true"))
        // The rest comes later, and answers it.
        let rest = try await asking.reply(to: request, id: "r2@x").with("Reisekosten.pdf", Letter.pdf("c"))
        try await asking.bench.receive(rest)
        #expect(try await asking.states(request) == [.received, .received, .received])
        #expect(try await asking.request(request).state == .answered)
        #expect(try await asking.request(request).recipients[0].state == .done)
        #expect(try await asking.events().first == "request.answered")
    }

    @Test("what fits no item waits beside them, and staff tick it by hand")
    func besides() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let message = try await asking.bench.receive(
            try await asking.reply(to: request).with("scan0001.pdf", Letter.pdf))
        #expect(try await asking.states(request) == [.open, .open, .open])
        let shown = try await asking.bench.lines("request", "show", "1")
        #expect(shown.contains { $0.contains("\(message):2") && $0.contains("no open item") })
        _ = try await asking.bench.lines("request", "tick", "1", "2", "\(message):2")
        #expect(try await asking.states(request) == [.open, .received, .open])
        _ = try await asking.bench.lines("request", "untick", "1", "2")
        #expect(try await asking.states(request) == [.open, .open, .open])
        #expect(try await asking.bench.audit().prefix(2).map(\.action) == ["request.untick", "request.tick"])
    }

    @Test("a request without items is answered by the first document; a mail without one is no answer")
    func withoutItems() async throws {
        let asking = try await Asking()
        let request = try await asking.ask(items: [])
        try await asking.bench.receive(try await asking.reply(to: request))
        #expect(try await asking.request(request).state == .open)
        try await asking.bench.receive(
            try await asking.reply(to: request, id: "r2@x").with("irgendwas.pdf", Letter.pdf))
        #expect(try await asking.request(request).state == .answered)
    }

    @Test("F30: a stranger in the thread is a suggestion that names the request; linked, it answers")
    func stranger() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let message = try await asking.bench.receive(
            try await asking.reply(to: request, from: "eve@evil.example").with(
                "Stundenzettel.pdf", Letter.pdf))
        #expect(try await asking.states(request) == [.open, .open, .open])
        #expect(asking.bench.files == [])
        let explained = try await asking.bench.lines("explain", "\(message)")
        #expect(explained.contains { $0.contains("request 1 “Lohnunterlagen”") })
        _ = try await asking.bench.lines("message", "link", "\(message)", "--account", "10482")
        #expect(asking.bench.files == ["10482 Bäckerei Hofmann GmbH/Intern/Lohn/Stundenzettel.pdf"])
        #expect(try await asking.states(request) == [.received, .open, .open])
    }

    @Test("F30: a contact of another account with our References is that other account's")
    func anotherContact() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        try await asking.bench.receive(
            try await asking.reply(to: request, from: "bert@bolt.example").with(
                "Stundenzettel.pdf", Letter.pdf))
        #expect(asking.bench.files == ["20001 Bolt AG/Mandantenunterlagen/2026/Stundenzettel.pdf"])
        #expect(try await asking.states(request) == [.open, .open, .open])
    }

    @Test("nothing says that From is true: a reply to the secret name is proven all the same")
    func secretName() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let message = try await asking.bench.receive(
            try await asking.reply(to: request, dmarc: nil).with("Stundenzettel.pdf", Letter.pdf))
        #expect(asking.bench.files == ["10482 Bäckerei Hofmann GmbH/Intern/Lohn/Stundenzettel.pdf"])
        let shown = try await asking.bench.lines("message", "show", "\(message)", "--json")[0]
        #expect(shown.contains("\"verdict\": \"proven\""))
    }

    @Test("by the sub-address alone: a program that drops the thread")
    func subAddress() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let token = try await asking.letters(request)[0].messageID.prefix { $0 != "@" }
        var letter = Letter(id: "s1@x").with("Stundenzettel.pdf", Letter.pdf)
        letter.to = "office+\(token.uppercased())@bergmann-stb.example"
        try await asking.bench.receive(letter)
        #expect(try await asking.states(request) == [.received, .open, .open])
    }

    @Test("a machine's answer ticks nothing, and is no sign of life")
    func automatic() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        var reply = try await asking.reply(to: request).with("Stundenzettel.pdf", Letter.pdf)
        reply.fields.append("Auto-Submitted: auto-replied")
        try await asking.bench.receive(reply)
        #expect(try await asking.states(request) == [.open, .open, .open])
        #expect(try await asking.request(request).recipients[0].state == .queued)
        #expect(asking.bench.files == [])
    }

    @Test("a document that waits ticks nothing until it is filed")
    func waiting() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let message = try await asking.bench.receive(
            try await asking.reply(to: request).with("Stundenzettel.exe", Array("MZ program".utf8)))
        #expect(try await asking.states(request) == [.open, .open, .open])
        _ = try await asking.bench.lines("file", "release", "\(message)")
        #expect(try await asking.states(request) == [.received, .open, .open])
    }

    @Test("the same file sent again answers too")
    func duplicate() async throws {
        let asking = try await Asking()
        try await asking.bench.receive(Letter().with("Stundenzettel.pdf", Letter.pdf))
        let request = try await asking.ask()
        try await asking.bench.receive(
            try await asking.reply(to: request).with("Stundenzettel.pdf", Letter.pdf))
        #expect(try await asking.states(request) == [.received, .open, .open])
        #expect(asking.bench.files.count == 1)
    }

    @Test("a closed request decides the account, never the folder")
    func closed() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let reply = try await asking.reply(to: request, from: "new@elsewhere.example")
        _ = try await asking.bench.lines("contact", "add", "10482", "new@elsewhere.example")
        _ = try await asking.bench.lines("request", "revoke", "1")
        try await asking.bench.receive(reply.with("Stundenzettel.pdf", Letter.pdf))
        #expect(
            asking.bench.files == ["10482 Bäckerei Hofmann GmbH/Mandantenunterlagen/2026/Stundenzettel.pdf"])
        #expect(try await asking.states(request) == [.open, .open, .open])
    }

    @Test("an expired one still takes replies for a while; extended it is open again")
    func expired() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let store = asking.store
        #expect(try await store.write { try $0.expireRequests(now: request.expires) } == [request.id])
        #expect(try await asking.request(request).state == .expired)
        try await asking.bench.receive(
            try await asking.reply(to: request).with("Kontoauszug.pdf", Letter.pdf))
        #expect(try await asking.states(request) == [.open, .received, .open])
        let refused = await asking.bench.run("request", "remind", "1")
        #expect(refused.code == .badData)
        #expect(refused.printed.complaints == ["request 1 is expired: extend it first"])
        _ = try await asking.bench.lines("request", "extend", "1")
        #expect(try await asking.request(request).state == .open)
        #expect(try await asking.events().contains("request.expired"))
    }
}
