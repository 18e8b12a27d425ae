import Daemon
import Mail
import Mailroom
import Store
import Testing
import Text
import Web

@testable import Commands

@Suite("Files that come over links")
struct LinkTests {
    /// A client at their link.
    private struct Client {
        let asking: Asking
        let request: Request
        let deeds: LinkDeeds
        let sitting: SittingID

        /// - Parameter isOpen: by the link that anybody may have.
        init(_ asking: Asking, _ request: Request, isOpen: Bool = false, browser: UInt8 = 1) async throws {
            self.asking = asking
            self.request = request
            deeds = try asking.bench.office.linkDeeds()
            let target: LinkTarget = isOpen ? .request(request.id) : .recipient(request.recipients[0].id)
            sitting = try await asking.store.write { transaction in
                guard let linked = try transaction.linked(target) else { throw LinkClosed() }
                return try transaction.sit(
                    tokenHash: [browser], at: linked, name: isOpen ? "Klara Neu" : nil,
                    address: isOpen ? EmailAddress("klara@neu.example") : nil, language: .de, now: Office.now)
            }
        }

        func send(_ name: String, _ octets: [UInt8], as item: String? = nil) async throws {
            let file = IncomingFile(vault: asking.bench.office.data.vault)
            try await file.write(octets)
            try await deeds.receive(
                ArrivalOrder(
                    files: [ArrivedFile(content: try await file.finish(), name: name)], sitting: sitting,
                    item: request.items.first { $0.name == item }?.id, largest: 200 << 20))
        }

        func states() async throws -> [ItemState] {
            try await asking.store.read { try $0.items(of: request.id) }.map(\.state)
        }

        /// Names by account and folder.
        func filed() async throws -> [String] {
            try await asking.store.read { transaction in
                try transaction.shelf(ShelfQuery()).map {
                    "\($0.accountNumber)/\($0.folder)\($0.place.path.isEmpty ? "" : "/" + $0.place.path)/\($0.name)"
                }
            }.sorted()
        }

        func notices() async throws -> [MessageSummary] {
            try await asking.store.read { try $0.messages(limit: 100) }.filter { $0.direction == "in" }
        }
    }

    /// A stranger's file, by the link that anybody may have.
    static func send(
        _ name: String, _ octets: [UInt8], by browser: UInt8, to request: Request, of asking: Asking
    ) async throws {
        try await Client(asking, request, isOpen: true, browser: browser).send(name, octets)
    }

    private static func pdf(_ mark: String) -> [UInt8] { Array("%PDF-1.4\n\(mark)\n%%EOF\n".utf8) }

    @Test("a file goes into the request's folder of its account and ticks what its sender says it is")
    func filing() async throws {
        let asking = try await Asking()
        let client = try await Client(asking, asking.ask())
        try await client.send("scan.pdf", Self.pdf("1"), as: "Kontoauszug")
        try await client.send("Stundenzettel Mai.pdf", Self.pdf("2"))
        #expect(
            try await client.filed() == [
                "10482/Intern/Lohn/Stundenzettel Mai.pdf", "10482/Intern/Lohn/scan.pdf",
            ])
        #expect(try await client.states() == [.received, .received, .open])
        #expect(try await client.notices().count == 1)
    }

    @Test("what came by a link is its request's: no other account is given it")
    func staysWithRequest() async throws {
        let asking = try await Asking()
        let client = try await Client(asking, asking.ask())
        try await client.send("scan.pdf", Self.pdf("1"), as: "Kontoauszug")
        let notice = try #require(try await client.notices().first)
        let givable = try await asking.store.read { transaction -> [MessageNumber] in
            let conversation = try #require(try transaction.conversation(of: notice.number))
            return try transaction.givableMessages(of: conversation)
        }
        #expect(!givable.contains(notice.number))
    }

    @Test("the same name becomes another, the same octets are there once")
    func twice() async throws {
        let asking = try await Asking()
        let client = try await Client(asking, asking.ask())
        try await client.send("scan.pdf", Self.pdf("1"))
        try await client.send("scan.pdf", Self.pdf("2"))
        try await client.send("noch einmal.pdf", Self.pdf("1"), as: "Reisekosten")
        #expect(try await client.filed() == ["10482/Intern/Lohn/scan (2).pdf", "10482/Intern/Lohn/scan.pdf"])
        #expect(try await client.states() == [.open, .open, .received])
        #expect(try await asking.store.read { try $0.uploads(of: client.sitting) }.count == 3)
    }

    @Test("a name that is a way elsewhere leads nowhere")
    func names() async throws {
        let asking = try await Asking()
        let client = try await Client(asking, asking.ask())
        for name in [
            "../../etc/passwd", "/etc/shadow", "..", "a\u{0}b.pdf", "CON.pdf",
            String(repeating: "ä", count: 400),
        ] {
            try await client.send(name, Self.pdf(name))
        }
        let filed = try await client.filed()
        #expect(filed.count == 6)
        #expect(
            filed.allSatisfy { $0.hasPrefix("10482/Intern/Lohn/") && $0.split(separator: "/").count == 4 })
    }

    @Test("a program and an empty file are taken, wait for staff, and tick nothing")
    func held() async throws {
        let asking = try await Asking()
        let client = try await Client(asking, asking.ask())
        try await client.send(
            "setup.exe", Array("MZ".utf8) + [UInt8](repeating: 0, count: 5000), as: "Kontoauszug")
        try await client.send("leer.pdf", [], as: "Reisekosten")
        #expect(try await client.filed() == [])
        #expect(try await client.states() == [.open, .open, .open])
        let waiting = try await asking.bench.lines("file", "list", "--state", "needs_filing", "--json")
        #expect(waiting.count == 2)
        let uploads = try await asking.store.read { try $0.uploads(of: client.sitting) }
        #expect(uploads.map(\.name) == ["setup.exe", "leer.pdf"])
    }

    @Test("what was revoked while it came is not kept anywhere")
    func revoked() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let client = try await Client(asking, request)
        _ = try await asking.bench.lines("request", "revoke", "\(request.id)")
        await #expect(throws: LinkClosed.self) { try await client.send("spät.pdf", Self.pdf("1")) }
        #expect(try await client.filed() == [])
        #expect(try await client.notices().isEmpty)
    }

    @Test("links that staff made void take nothing, even from a browser that was there before")
    func renewed() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let client = try await Client(asking, request)
        try await client.send("früh.pdf", Self.pdf("1"))
        _ = try await asking.bench.lines("request", "link", "\(request.id)", "--new")
        await #expect(throws: LinkClosed.self) { try await client.send("spät.pdf", Self.pdf("2")) }
        #expect(try await client.filed() == ["10482/Intern/Lohn/früh.pdf"])
    }

    @Test("two clients who send at once never meet, and two browsers are two notices")
    func apart() async throws {
        let asking = try await Asking()
        let one = try await Client(asking, asking.ask())
        _ = try await asking.bench.lines(
            "request", "send", "20001", "Vertrag", "--to", "bert@bolt.example", "--item", "Vertrag")
        let two = try await Client(asking, asking.newest(), browser: 2)
        let three = try await Client(asking, one.request, isOpen: true, browser: 3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, client) in [one, two, three].enumerated() {
                for number in 0..<8 {
                    group.addTask {
                        try await client.send("f\(index)-\(number).pdf", Self.pdf("\(index) \(number)"))
                    }
                }
            }
            try await group.waitForAll()
        }
        let filed = try await one.filed()
        #expect(filed.count == 24)
        for name in filed {
            let isBolt = name.hasPrefix("20001/")
            #expect(isBolt == name.contains("/f1-"), "\(name)")
        }
        let notices = try await one.notices()
        #expect(notices.count == 3)
        #expect(
            Set(notices.map { $0.fromAddress ?? "" }) == [
                "buero@hofmann-brot.example", "bert@bolt.example", "klara@neu.example",
            ])
    }

    @Test("a receipt lists each file once, however often somebody says that this was all")
    func receipts() async throws {
        let asking = try await Asking()
        let client = try await Client(asking, asking.ask())
        try await client.send("a.pdf", Self.pdf("a"))
        _ = try await client.deeds.receipt(client.sitting)
        _ = try await client.deeds.receipt(client.sitting)
        try await client.send("b.pdf", Self.pdf("b"))
        _ = try await client.deeds.receipt(client.sitting)
        let letters = try await asking.store.read { try $0.letters(of: client.request.id) }
        #expect(letters.filter { $0.kind == .receipt }.count == 2)
    }

    @Test("a new link goes to the old address, once; the request holds again, by new links alone")
    func newLink() async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let client = try await Client(asking, request)
        _ = try await asking.store.write { transaction in
            try transaction.expireRequests(now: request.expires)
        }
        let renewal = LinkRenewal.byMail(request.recipients[0].id)
        await client.deeds.renew(renewal)
        await client.deeds.renew(renewal)
        let letters = try await asking.store.read { try $0.letters(of: request.id) }
        #expect(letters.filter { $0.kind == .request }.count == 2)
        let renewed = try await asking.store.read { try $0.knownRequest(request.id) }
        #expect(renewed.state == .open)
        // Whoever has the old link need not have the mailbox.
        let facts = try #require(
            try await asking.store.read { try $0.linkFacts(.recipient(request.recipients[0].id)) })
        #expect(facts.generation == request.generation + 1 && facts.lapsed == request.generation)
    }
}
