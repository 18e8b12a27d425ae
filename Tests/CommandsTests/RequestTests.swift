import Daemon
import Glibc
import MIME
import Mail
import Mailroom
import Store
import TestServers
import Testing
import Text

@testable import Commands

@Suite("Requests: asked, answered, asked again")
struct RequestTests {
    @Test("a request is sent: its number, its letter in the queue, its link and until when")
    func sent() async throws {
        let asking = try await Asking()
        let due = asking.bench.office.configuration.requestTerms.zone.day(Office.now) + 20
        let lines = try await asking.bench.lines(
            "request", "send", "10482", "Lohnunterlagen November", "--folder", "Mandantenunterlagen/Lohn",
            "--item", "Stundenzettel", "--to", "buero@hofmann-brot.example", "--due", "\(due)", "--by",
            "Jana Bergmann")
        #expect(lines.count == 2)
        #expect(lines[0] == "request 1 sent to buero@hofmann-brot.example (queued 1)")
        #expect(lines[1].hasPrefix("https://post.bergmann-stb.example/u/"))
        #expect(lines[1].hasSuffix("   valid until \(due + 70)"))
        let request = try await asking.newest()
        #expect(request.state == .open)
        #expect(request.author == "Jana Bergmann")
        #expect(request.recipients.map(\.state) == [.queued])
        #expect(request.recipients[0].name == "Sabine Hofmann")
        let link = lines[1].prefix { $0 != " " }
        let key = try asking.bench.office.data.linkKey()
        let token = link.dropFirst("https://post.bergmann-stb.example/u/".count)
        #expect(LinkToken.target(of: token) == .recipient(request.recipients[0].id))
        #expect(LinkToken.isGenuine(token, purpose: .upload, generation: 0, key: key))
        #expect(try await asking.bench.lines("request", "link", "1") == [lines[1]])
        #expect(try await asking.bench.audit().prefix(2).map(\.action) == ["request.send", "request.add"])
    }

    @Test("the letter names firm, account and who asks, has the link, and is answered by its token")
    func letter() async throws {
        let asking = try await Asking()
        let request = try await asking.ask("--message", "Guten Tag, bitte bis Freitag.")
        let link = try await asking.bench.lines("request", "link", "1")[0].prefix { $0 != " " }
        let queued = try await asking.letters(request)[0]
        let (code, printed) = await asking.bench.run("message", "save", "\(queued.message!)")
        #expect(code == .ok)
        let (parsed, text) = Self.parse(printed.octets)
        #expect(parsed.envelope.from.map(\.address.description) == ["office@bergmann-stb.example"])
        #expect(parsed.envelope.to.map(\.address.description) == ["buero@hofmann-brot.example"])
        for words in [
            "Bergmann", "Bäckerei Hofmann GmbH", "Stundenzettel", "bitte bis Freitag", String(link),
        ] {
            #expect(text.contains(words), "\(words)")
        }
        let token = queued.messageID.prefix { $0 != "@" }
        #expect(token.utf8.count == 26)
        #expect(parsed.envelope.references.map(\.rawValue) == ["\(token).r@bergmann-stb.example"])
        #expect(
            parsed.envelope.replyTo.map(\.address.description) == ["office+\(token)@bergmann-stb.example"])
    }

    private static func parse(_ octets: [UInt8]) -> (ParsedMessage, String) {
        var parser = MessageParser()
        var receiver = Texts()
        try! parser.feed(octets.span, into: &receiver)
        return (try! parser.finish(into: &receiver), String(decoding: receiver.octets, as: UTF8.self))
    }

    private struct Texts: MessageReceiver {
        var octets: [UInt8] = []
        mutating func partBegan(_ part: PartHead) {}
        mutating func partOctets(_ part: Int, _ octets: Span<UInt8>) {
            for index in octets.indices { self.octets.append(octets[index]) }
        }
        mutating func partEnded(_ part: Int, _ end: PartEnd) {}
        mutating func original(_ octets: Span<UInt8>) {}
        mutating func original(_ run: EncodedRun) {}
    }

    @Test("revoked: its links are void, what waited is not sent, and nothing can be done any more")
    func revoked() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let link = try await asking.bench.lines("request", "link", "1")[0].prefix { $0 != " " }.suffix(30)
        _ = try await asking.bench.lines("request", "revoke", "1")
        let letter = try await asking.letters(request)[0]
        #expect(letter.cancelled != nil)
        #expect(letter.submissions.map(\.state) == [.cancelled])
        let generation = try await asking.request(request).generation
        let key = try asking.bench.office.data.linkKey()
        #expect(!LinkToken.isGenuine(link, purpose: .upload, generation: generation, key: key))
        for words in [["link", "1"], ["remind", "1"], ["send", "1"], ["extend", "1"], ["revoke", "1"]] {
            let (code, printed) = await asking.bench.run(["request"] + words)
            #expect(code == .badData, "\(words)")
            #expect(printed.complaints[0].hasPrefix("request 1 is revoked"), "\(words)")
        }
    }

    @Test("new links void the old ones")
    func renewed() async throws {
        let asking = try await Asking()
        _ = try await asking.ask()
        let old = try await asking.bench.lines("request", "link", "1")
        let new = try await asking.bench.lines("request", "link", "1", "--new")
        #expect(old != new)
        #expect(try await asking.bench.lines("request", "link", "1") == new)
    }

    @Test("a letter that was written before its links were made void is not queued")
    func overtaken() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let post = try RequestPost(asking.bench.office, actor: "jana")
        _ = try await asking.bench.lines("request", "link", "1", "--new")
        await #expect(throws: StoreError.self) {
            try await post.queue({ _ in .request }, of: request, to: request.recipients) { _ in }
        }
        #expect(try await asking.letters(request).count == 1)
    }

    @Test("a rejected item is asked for again by a letter that says why; the request is open again")
    func rejected() async throws {
        let asking = try await Asking()
        let request = try await asking.ask(items: ["Stundenzettel"])
        try await asking.bench.receive(
            try await asking.reply(to: request).with("Stundenzettel.pdf", Letter.pdf))
        #expect(try await asking.request(request).state == .answered)
        _ = try await asking.bench.lines("request", "reject", "1", "1", "--note", "Die zweite Seite fehlt")
        let again = try await asking.request(request)
        #expect(again.state == .open)
        #expect(again.items[0].state == .rejected)
        #expect(again.items[0].note == "Die zweite Seite fehlt")
        #expect(again.recipients[0].state == .opened)
        let letters = try await asking.letters(request)
        #expect(letters.map(\.kind) == [.rejection, .request])
        let saved = await asking.bench.run("message", "save", "\(letters[0].message!)").printed.octets
        #expect(Self.parse(saved).1.contains("Die zweite Seite fehlt"))
        // What comes now is ticked again, and accepted.
        try await asking.bench.receive(
            try await asking.reply(to: request, id: "r2@x").with("Stundenzettel.pdf", Letter.pdf("whole")))
        #expect(try await asking.states(request) == [.received])
        _ = try await asking.bench.lines("request", "accept", "1")
        #expect(try await asking.states(request) == [.accepted])
        #expect(try await asking.request(request).state == .answered)
    }

    @Test("items, documents and people are added to a request that is out")
    func added() async throws {
        let asking = try await Asking()
        let request = try await asking.ask(items: ["Stundenzettel"])
        try await asking.bench.receive(
            try await asking.reply(to: request).with("Stundenzettel.pdf", Letter.pdf))
        _ = try await asking.bench.lines("request", "add", "1", "--item", "Kontoauszug")
        #expect(try await asking.request(request).state == .open)
        _ = try await asking.bench.lines(
            "request", "add", "1", "--to", "chef@hofmann-brot.example", "--document", "1", "--private")
        let now = try await asking.request(request)
        #expect(now.items.map(\.name) == ["Stundenzettel", "Kontoauszug"])
        #expect(now.recipients.map(\.state) == [.opened, .queued])
        #expect(now.documents.map(\.rawValue) == [1])
        #expect(try await asking.letters(request).count == 2)
    }

    @Test("a reminder by hand goes to who has the letter, and to nobody else")
    func reminded() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        #expect(await asking.bench.run("request", "remind", "1").code == .badData)
        let store = asking.store
        try await store.write { try $0.setRecipient(request.recipients[0].id, after: .take, now: Office.now) }
        _ = try await asking.bench.lines("request", "remind", "1")
        #expect(try await asking.letters(request).map(\.kind) == [.reminder, .request])
        // An answer takes back what was not sent yet.
        try await asking.bench.receive(
            try await asking.reply(to: request).with("Stundenzettel.pdf", Letter.pdf("a"))
                .with("Kontoauszug.pdf", Letter.pdf("b")).with("Reisekosten.pdf", Letter.pdf("c")))
        #expect(try await asking.letters(request)[0].submissions.map(\.state) == [.cancelled])
        #expect(
            await asking.bench.run("request", "remind", "1").printed.complaints == ["request 1 is answered"])
    }

    @Test("who is named twice gets one letter", arguments: ["remind", "send"])
    func namedTwice(_ verb: String) async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let now = asking.bench.desk.now
        try await asking.store.write { transaction in
            try transaction.setRecipient(request.recipients[0].id, after: .take, now: now)
        }
        let before = try await asking.letters(request).count
        _ = try await asking.bench.lines(
            "request", verb, "1", "--to", "buero@hofmann-brot.example", "--to", "Buero@Hofmann-Brot.example")
        #expect(try await asking.letters(request).count == before + 1)
    }

    @Test("a draft is nobody's yet; sent by number it goes out")
    func draft() async throws {
        let asking = try await Asking()
        let request = try await asking.ask("--draft")
        #expect(request.state == .draft)
        #expect(try await asking.letters(request).isEmpty)
        #expect(await asking.bench.run("request", "link", "1").code == .badData)
        _ = try await asking.bench.lines("request", "edit", "1", "--title", "Lohn", "--due", "none")
        _ = try await asking.bench.lines("request", "send", "1")
        #expect(try await asking.newest().state == .open)
        #expect(try await asking.letters(request).count == 1)
    }

    @Test("without mail the link is there to be handed over, by anybody or each person")
    func byLink() async throws {
        let asking = try await Asking()
        let open = try await asking.bench.lines("request", "send", "10482", "Belege", "--no-mail")
        #expect(open[0] == "request 1 is open")
        let key = try asking.bench.office.data.linkKey()
        let token = open[1].prefix { $0 != " " }.suffix(30)
        #expect(LinkToken.target(of: token) == .request(RequestID(1)))
        #expect(LinkToken.isGenuine(token, purpose: .upload, generation: 0, key: key))
        #expect(await asking.bench.run("queue", "list", "--all", "--json").printed.lines == [])
    }

    @Test(
        "an address that can’t be one is refused with the reason",
        arguments: [
            ("kate@smith.example\r\nBcc: eve@evil.example", "it has a line break"),
            ("kate\n@smith.example", "it has a line break"), ("kate", "it has no domain"),
            ("kate@", "it has no domain"), ("@smith.example", "nobody stands before the @"),
            ("kate\u{0}@smith.example", "it has a control character"),
        ])
    func addresses(_ address: String, _ reason: String) async throws {
        let asking = try await Asking()
        let (code, printed) = await asking.bench.run("request", "send", "10482", "Belege", "--to", address)
        #expect(code == .badData)
        #expect(printed.complaints[0].hasSuffix(reason))
        #expect(try await asking.store.read { try $0.requests() }.isEmpty)
    }

    @Test("mistakes end in a sentence, and nothing is begun")
    func mistakes() async throws {
        let asking = try await Asking()
        let cases: [([String], ExitCode, String)] = [
            (["10482", "Belege"], .usage, "--to ADDRESS is missing"),
            (["10482", "Be\nlege", "--to", "a@b.example"], .badData, "is not a title"),
            (["10482", "Belege", "--to", "a@b.example", "--due", "2020-01-01"], .badData, "is over already"),
            (["10482", "Belege", "--to", "a@b.example", "--due", "soon"], .usage, "wants a day"),
            (
                ["10482", "Belege", "--to", "a@b.example", "--folder", "Interm"], .noSuchThing,
                "did you mean “Intern”"
            ),
            (["10482", "Belege", "--to", "jana@bergmann-stb.example"], .badData, "is one of us"),
            (["10483", "Belege", "--to", "a@b.example"], .noSuchThing, "there is no account 10483"),
            (["7"], .noSuchThing, "there is no request 7"),
            (["10482", "Belege", "--to", "a@b.example", "--document", "9"], .noSuchThing, "9"),
        ]
        for (words, code, complaint) in cases {
            let (exit, printed) = await asking.bench.run(["request", "send"] + words)
            #expect(exit == code, "\(words)")
            #expect(printed.complaints.joined().contains(complaint), "\(words): \(printed.complaints)")
        }
        #expect(try await asking.store.read { try $0.requests() }.isEmpty)
        let mute = try await Asking("")
        let (code, printed) = await mute.bench.run(
            "request", "send", "10482", "Belege", "--to", "a@b.example")
        #expect(code == .configuration)
        #expect(printed.complaints[0].contains("there is no [smtp]"))
        #expect(try await mute.store.read { try $0.requests() }.isEmpty)
    }

    @Test("for programs: exact")
    func json() async throws {
        let asking = try await Asking()
        _ = try await asking.ask(items: ["Stundenzettel"])
        let line = try await asking.bench.lines("request", "list", "--json")[0]
        #expect(
            line.hasPrefix(
                "{\"id\": 1, \"account\": \"10482\", \"title\": \"Lohnunterlagen\", \"state\": \"open\", "
                    + "\"partly_answered\": false, \"overdue\": false, \"folder\": \"Intern/Lohn\", \"language\": \"de\", "
                    + "\"due\": null, \"expires\": \""))
        #expect(
            line.contains(
                "\"items\": [{\"number\": 1, \"name\": \"Stundenzettel\", \"state\": \"open\", \"note\": null}]"
            ))
        #expect(
            line.contains(
                "\"recipients\": [{\"name\": \"Sabine Hofmann\", \"address\": \"buero@hofmann-brot.example\", "
                    + "\"state\": \"queued\", \"reason\": null, \"sent\": null, \"proof\": \"none\"}], \"documents\": []}"
            ))
        #expect(!line.contains("/u/"))
        let shown = try await asking.bench.lines("request", "show", "1", "--json")[0]
        #expect(shown.hasSuffix("\"text\": \"\", \"parts\": []}"))
    }
}
