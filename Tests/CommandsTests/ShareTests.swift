import Daemon
import Intake
import Mail
import Mailroom
import Store
import Testing
import Text
import Web

@testable import Commands

/// A firm with documents to share.
struct Sharing {
    let asking: Asking

    init(asking: Asking) { self.asking = asking }

    init(_ more: String = Asking.sending) async throws { asking = try await Asking(more) }

    var bench: Bench { asking.bench }
    var store: Store { asking.store }

    /// Puts a document into a folder; its number.
    func put(
        _ name: String, account number: String = "10482", folder: String = "Auswertungen", path: String = ""
    ) async throws -> DocumentID {
        let (recorder, vault) = (bench.office.recorder, bench.office.data.vault)
        let desk = DocumentDesk(vault: vault, store: store) { try await recorder.placeDocuments() }
        let number = try #require(AccountNumber(number))
        let (account, place) = try await store.read { transaction in
            let account = try #require(try transaction.accountID(number))
            return (account, try #require(try transaction.folder(named: folder, of: account)))
        }
        let file = IncomingFile(vault: vault)
        try await file.write(Array("%PDF-1.4\n\(number) \(name)\n%%EOF\n".utf8))
        return try await desk.file(
            [(content: try await file.finish(), name: name)], into: FolderPlace(place, path: path),
            of: account, by: "jana", now: Office.now)[0].document
    }

    func add(_ words: String...) async -> (code: ExitCode, printed: Printed) {
        await bench.run(["share", "add"] + words)
    }

    func newest() async throws -> Share {
        try #require(try await store.read { try $0.shares() }.first)
    }

    func letters() async throws -> [QueuedLetter] {
        try await store.read { try $0.queuedLetters(all: true, limit: 100) }
    }

    func text(of letter: QueuedLetter) async throws -> String {
        let message = try #require(letter.message)
        return try await bench.lines("message", "save", "\(message)").joined(separator: "\n")
    }

    func audit() async throws -> [String] {
        try await store.read { try $0.auditEntries() }.filter { $0.action.hasPrefix("share.") }
            .map { "\($0.actor) \($0.action): \($0.detail)" }
    }
}

@Suite("Documents are shared by command and by desk")
struct ShareTests {
    private static let sabine = "buero@hofmann-brot.example"
    private static let bank = "kredit@bank.example"

    @Test("each recipient gets a letter of their own, with a link of their own, and no other's address")
    func separate() async throws {
        let sharing = try await Sharing()
        let document = try await sharing.put("Jahresabschluss.pdf")
        let (code, printed) = await sharing.add(
            "10482", "\(document.rawValue)", "--to", Self.sabine, "--to", Self.bank, "--message",
            "Bitte ansehen")
        #expect(code == .ok, "\(printed.complaints)")
        #expect(printed.lines.count == 3)
        let share = try await sharing.newest()
        let links = try ShareDesk(sharing.bench.office, actor: "jana").addresses(of: share)
        #expect(Set(links.values).count == 2)
        #expect(links.values.allSatisfy { $0.hasPrefix("https://post.bergmann-stb.example/s/") })
        let letters = try await sharing.letters()
        #expect(letters.count == 2)
        for letter in letters {
            #expect(letter.subject == "Dokumente für Sie: Jahresabschluss.pdf")
            let to = letter.submissions.map(\.address)
            #expect(to == [Self.sabine] || to == [Self.bank])
        }
        #expect(
            try await sharing.audit() == [
                "jana share.send: to \(Self.sabine), \(Self.bank)",
                "jana share.add: Jahresabschluss.pdf to \(Self.sabine), \(Self.bank)",
            ])
    }

    struct Refused: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let words: [String]
        let code: ExitCode
        let says: String

        init(_ sentence: String, _ words: [String], _ code: ExitCode, _ says: String) {
            (testDescription, self.words, self.code, self.says) = (sentence, words, code, says)
        }
    }

    /// Document 1 is in a folder that clients see, 2 in one that they don't, 3 another account's.
    static let refused = [
        Refused("to nobody", ["10482", "1"], .usage, "--to ADDRESS is missing"),
        Refused("nothing that is there", ["10482", "77", "--to", sabine], .noSuchThing, "77"),
        Refused(
            "another account's document", ["10482", "1", "3", "--to", sabine], .notAllowed,
            "not of that account"),
        Refused(
            "what the team alone sees, unless that is said", ["10482", "1", "2", "--to", sabine], .notAllowed,
            "Lohn.pdf (share it all the same: --private)"),
        Refused(
            "to a contact of another account alone", ["10482", "1", "--to", "bert@bolt.example"], .notAllowed,
            "bert@bolt.example is a contact of other accounts alone"),
        Refused(
            "to one of us", ["10482", "1", "--to", "jana@bergmann-stb.example"], .badData, "one of us"),
        Refused(
            "until a day that is over", ["10482", "1", "--to", sabine, "--expires", "2020-01-01"], .badData,
            "is over already"),
    ]

    @Test("nothing is shared", arguments: refused)
    func refusal(_ one: Refused) async throws {
        let sharing = try await Sharing()
        _ = try await sharing.put("Jahresabschluss.pdf")
        _ = try await sharing.put("Lohn.pdf", folder: "Intern")
        _ = try await sharing.put("Bolt.pdf", account: "20001")
        let (code, printed) = await sharing.bench.run(["share", "add"] + one.words)
        #expect(code == one.code)
        #expect(printed.complaints.joined().contains(one.says), "\(printed.complaints)")
        #expect(try await sharing.store.read { try $0.shares() }.isEmpty)
        #expect(try await sharing.letters().isEmpty)
    }

    @Test("what the team alone sees is shared by who says so")
    func hidden() async throws {
        let sharing = try await Sharing()
        let document = try await sharing.put("Lohn.pdf", folder: "Intern")
        let (code, _) = await sharing.add(
            "10482", "\(document.rawValue)", "--to", Self.sabine, "--private", "--no-mail")
        #expect(code == .ok)
        #expect(try await sharing.letters().isEmpty)
    }

    @Test("links are the same each time, new on demand, and none when revoked")
    func links() async throws {
        let sharing = try await Sharing()
        let document = try await sharing.put("Jahresabschluss.pdf")
        _ = await sharing.add(
            "10482", "\(document.rawValue)", "--to", Self.sabine, "--to", Self.bank, "--no-mail")
        let first = try await sharing.bench.lines("share", "link", "1")
        #expect(try await sharing.bench.lines("share", "link", "1") == first)
        let renewed = try await sharing.bench.lines("share", "link", "1", "--to", Self.bank, "--new")
        #expect(renewed.count == 1 && !first.contains(renewed[0]))
        #expect(try await sharing.bench.lines("share", "link", "1")[0] == first[0])
        _ = try await sharing.bench.lines("share", "revoke", "1", "--to", Self.bank)
        #expect(try await sharing.bench.lines("share", "link", "1") == [first[0]])
        #expect(await sharing.bench.run("share", "link", "1", "--to", Self.bank).code == .badData)
        #expect(try await sharing.bench.lines("share", "list").count == 3)
        _ = try await sharing.bench.lines("share", "revoke", "1")
        #expect(await sharing.bench.run("share", "link", "1").code == .badData)
        #expect(await sharing.bench.run("share", "revoke", "1").code == .badData)
        #expect(try await sharing.bench.lines("share", "list").joined().contains("There is none"))
        #expect(try await sharing.bench.lines("share", "list", "--all").joined().contains("revoked"))
    }

    @Test("a letter that waits is not sent once its link is void")
    func cancelled() async throws {
        let sharing = try await Sharing()
        let document = try await sharing.put("Jahresabschluss.pdf")
        _ = await sharing.add("10482", "\(document.rawValue)", "--to", Self.sabine, "--to", Self.bank)
        _ = try await sharing.bench.lines("share", "revoke", "1", "--to", Self.bank)
        let states = try await sharing.letters().flatMap(\.submissions).map {
            "\($0.address) \($0.state.rawValue)"
        }
        #expect(Set(states) == ["\(Self.sabine) queued", "\(Self.bank) cancelled"])
    }

    @Test("sent again, a link that has expired holds as if it were shared today")
    func again() async throws {
        let sharing = try await Sharing()
        let document = try await sharing.put("Jahresabschluss.pdf")
        _ = await sharing.add("10482", "\(document.rawValue)", "--to", Self.sabine)
        let recipient = try await sharing.newest().recipients[0]
        try await sharing.store.write {
            try $0.extendShare(
                recipient.id, until: Timestamp(seconds: Office.now.seconds - 1), by: "jana", now: Office.now)
        }
        #expect(try await sharing.newest().recipients[0].state(at: Office.now) == .expired)
        #expect(await sharing.bench.run("share", "link", "1").code == .badData)
        try await ShareDesk(sharing.bench.office, actor: "jana").send(ShareID(1))
        let lasting = try await sharing.newest().recipients[0]
        #expect(lasting.expires >= recipient.expires && lasting.generation == recipient.generation)
        #expect(try await sharing.letters().count == 2)
    }

    @Test("who wants a new link to what has expired is told of to staff, once a day")
    func wish() async throws {
        let sharing = try await Sharing()
        let document = try await sharing.put("Jahresabschluss.pdf")
        _ = await sharing.add("10482", "\(document.rawValue)", "--to", Self.sabine, "--no-mail")
        let recipient = try await sharing.newest().recipients[0].id
        let renew = try sharing.bench.office.linkDeeds().renew
        for _ in 0..<2 { await renew(.byStaff(.share(recipient))) }
        #expect(try await sharing.asking.events() == ["share.link_wanted"])
        let conversations = try await sharing.store.read { transaction in
            try transaction.conversations(
                of: try transaction.knownShare(ShareID(1)).account, for: StaffID(1), after: nil, limit: 10)
        }
        #expect(conversations.map(\.subject) == ["Jahresabschluss.pdf"])
    }

    @Test("a guest's files come by a link into the guest's own folder, and are shared with that guest again")
    func guests() async throws {
        let sharing = try await Sharing()
        _ = try await sharing.bench.lines("account", "add", "Bewerber", "--type", "guest", "--language", "de")
        let number = try await sharing.store.read { transaction in
            try #require(try transaction.guestAccount(named: "Bewerber"))
        }
        let folders = try await sharing.store.read { transaction in
            try transaction.folders(of: try #require(try transaction.accountID(number)))
        }
        #expect(folders.allSatisfy { $0.folder.access == .private })
        let folder = try #require(folders.map(\.folder).first { !$0.isIntake }).name
        for (name, browser) in [("Klara Neu", UInt8(1)), ("Otto Alt", 2)] {
            _ = try await sharing.bench.lines(
                "request", "send", number.text, "Unterlagen \(name)", "--folder", "\(folder)/\(name)",
                "--no-mail")
            let request = try await sharing.asking.newest()
            try await LinkTests.send(
                "Zeugnis.pdf", Array("%PDF-1.4\n\(name)\n%%EOF\n".utf8), by: browser, to: request,
                of: sharing.asking)
        }
        let documents = try await sharing.store.read { try $0.shelf(ShelfQuery()) }
        #expect(
            Set(documents.map { "\($0.accountNumber) \($0.folder)/\($0.place.path)/\($0.name)" }) == [
                "\(number) \(folder)/Klara Neu/Zeugnis.pdf", "\(number) \(folder)/Otto Alt/Zeugnis.pdf",
            ])
        let klaras = try #require(documents.first { $0.place.path == "Klara Neu" })
        let words = [number.text, "\(klaras.id.rawValue)", "--to", "klara@neu.example"]
        #expect(await sharing.bench.run(["share", "add"] + words).code == .notAllowed)
        #expect(await sharing.bench.run(["share", "add"] + words + ["--private"]).code == .ok)
        let share = try await sharing.newest()
        let files = try await sharing.store.read { try $0.sharedFiles(of: share.id) }
        #expect(files.map(\.sha256) == [klaras.sha256])
        // What the firm calls the account of its guests is none of theirs.
        let letter = try #require(try await sharing.letters().first)
        #expect(letter.submissions.map(\.address) == ["klara@neu.example"])
        #expect(!(try await sharing.text(of: letter)).contains("Bewerber"))
    }
}
