import Daemon
import Glibc
import Mail
import Store
import TestServers
import Testing

@testable import Commands

@Suite("Files: released, moved, taken out, and where they are then")
struct FilingTests {
    private func bench() async throws -> Bench {
        let bench = try await Bench()
        _ = try await bench.lines(
            "account", "add", "Bäckerei Hofmann GmbH", "--number", "10482", "--address",
            "buero@hofmann-brot.example", "--contact", "Sabine Hofmann")
        return bench
    }

    @Test("a proven client's PDF is filed, listed, and on the disk")
    func filed() async throws {
        let bench = try await bench()
        let message = try await bench.receive(Letter().with("Stunden.pdf", Letter.pdf))
        #expect(bench.files == ["10482 Bäckerei Hofmann GmbH/Mandantenunterlagen/2026/Stunden.pdf"])
        let line = try await bench.lines("file", "list", "--json")
        #expect(
            line == [
                "{\"id\": 1, \"account\": \"10482\", \"folder\": \"Mandantenunterlagen/2026\", \"access\": \"edit\", "
                    + "\"name\": \"Stunden.pdf\", \"bytes\": \(Letter.pdf.count), "
                    + "\"sha256\": \"\(Self.pdfHash)\", \"origin\": {\"message\": \(message), \"section\": \"2\", "
                    + "\"by\": \"mail\"}, "
                    + "\"filed\": \"\(try await filedTime(bench))\", \"sightings\": 1}"
            ])
    }

    private static let pdfHash = ChildProcess.run(["sha256sum"], input: Letter.pdf).text.prefix(64)

    private func filedTime(_ bench: Bench) async throws -> String {
        try await bench.office.data.store.read { try $0.documents(limit: 1)[0].filed.rfc3339 }
    }

    @Test("a moved document is at its new place alone, with that folder's access")
    func moved() async throws {
        let bench = try await bench()
        try await bench.receive(Letter().with("Stunden.pdf", Letter.pdf))
        let line = try await bench.lines("file", "move", "1", "--folder", "auswertungen/2026")
        #expect(line == ["Stunden.pdf → 10482 Auswertungen/2026   client can view"])
        #expect(bench.files == ["10482 Bäckerei Hofmann GmbH/Auswertungen/2026/Stunden.pdf"])
        #expect(try await bench.audit().first?.action == "file.move")
        #expect(try await bench.audit().first?.actor == "jana")
        let again = await bench.run("file", "move", "1", "--folder", "Auswertungen/2026")
        #expect(again.code == .badData)
    }

    @Test("a name that is taken in the new folder gets a number")
    func movedOntoAnother() async throws {
        let bench = try await bench()
        try await bench.receive(Letter().with("a.pdf", Letter.pdf("one")))
        try await bench.receive(Letter(id: "2@x").with("b.pdf", Letter.pdf("two")))
        _ = try await bench.lines("file", "move", "1", "--folder", "Intern")
        try await bench.receive(Letter(id: "3@x").with("a.pdf", Letter.pdf("three")))
        let line = try await bench.lines("file", "move", "3", "--folder", "Intern")
        #expect(line == ["a (2).pdf → 10482 Intern   team only"])
        let top = "10482 Bäckerei Hofmann GmbH"
        #expect(
            bench.files == [
                "\(top)/Intern/a (2).pdf", "\(top)/Intern/a.pdf", "\(top)/Mandantenunterlagen/2026/b.pdf",
            ])
    }

    @Test("what is taken out waits again, and only staff's word files it once more")
    func unfiled() async throws {
        let bench = try await bench()
        let message = try await bench.receive(Letter().with("Stunden.pdf", Letter.pdf))
        _ = try await bench.lines("file", "unfile", "1")
        #expect(bench.files == [])
        let waiting = try await bench.lines("file", "list", "--state", "needs_filing", "--json")
        #expect(waiting.count == 1)
        #expect(waiting[0].contains("\"reason\": \"suggested\""))
        let gone = await bench.run("file", "unfile", "1")
        #expect(gone.code == .noSuchThing)
        _ = try await bench.lines("file", "release", "\(message):2")
        #expect(bench.files == ["10482 Bäckerei Hofmann GmbH/Mandantenunterlagen/2026/Stunden.pdf"])
        #expect(try await bench.audit().map(\.action).prefix(2) == ["file.release", "file.unfile"])
    }

    @Test("an open sender's mail is in Intake until he is confirmed, then where the rules say")
    func confirmed() async throws {
        let bench = try await bench()
        let message = try await bench.receive(Letter(dmarc: nil).with("Rechnung 7.pdf", Letter.pdf))
        try await bench.receive(Letter(id: "2@x", dmarc: nil).with("Rechnung 8.pdf", Letter.pdf("8")))
        let top = "10482 Bäckerei Hofmann GmbH"
        #expect(bench.files == ["\(top)/Posteingang/Rechnung 7.pdf", "\(top)/Posteingang/Rechnung 8.pdf"])
        _ = try await bench.lines("file", "release", "\(message)", "--sender")
        let receipts = "\(top)/Mandantenunterlagen/Belege"
        #expect(bench.files == ["\(receipts)/Rechnung 7.pdf", "\(receipts)/Rechnung 8.pdf"])
        try await bench.receive(Letter(id: "3@x", dmarc: nil).with("Rechnung 9.pdf", Letter.pdf("9")))
        #expect(bench.files.last == "\(receipts)/Rechnung 9.pdf")
        // A forged one is no more believed than before.
        try await bench.receive(Letter(id: "4@x", dmarc: "fail").with("Rechnung 10.pdf", Letter.pdf("10")))
        #expect(bench.files.count == 3)
        let waiting = try await bench.lines("file", "list", "--state", "needs_filing", "--json")
        #expect(waiting.count == 1 && waiting[0].contains("\"reason\": \"against\""))
    }

    @Test("one message of an open sender can be released by itself")
    func oneOpenMessage() async throws {
        let bench = try await bench()
        let message = try await bench.receive(Letter(dmarc: nil).with("a.pdf", Letter.pdf))
        try await bench.receive(Letter(id: "2@x", dmarc: nil).with("b.pdf", Letter.pdf("8")))
        _ = try await bench.lines("file", "release", "\(message)", "--folder", "Intern/Neu")
        let top = "10482 Bäckerei Hofmann GmbH"
        #expect(bench.files == ["\(top)/Intern/Neu/a.pdf", "\(top)/Posteingang/b.pdf"])
    }

    @Test("staff release what would not be filed unasked, into the account they name")
    func released() async throws {
        let bench = try await bench()
        let letter = Letter(from: "x@stranger.example").with(
            "setup.dwg", Array("AC1027 drawing".utf8), type: "application/acad")
        let message = try await bench.receive(letter)
        let without = await bench.run("file", "release", "\(message)")
        #expect(without.code == .usage)
        #expect(without.printed.complaints[0].contains("--account N"))
        let line = try await bench.lines("file", "release", "\(message)", "--account", "10482")
        #expect(line == ["setup.dwg → 10482 Mandantenunterlagen/2026   client can view and edit"])
        let shown = try await bench.lines("message", "list", "--account", "10482", "--json")
        #expect(shown[0].contains("\"match\": \"staff\""))
        let other = await bench.run("file", "release", "\(message):9")
        #expect(other.code == .noSuchThing)
    }

    @Test("a document can go to another account, but not twice")
    func toAnotherAccount() async throws {
        let bench = try await bench()
        _ = try await bench.lines("account", "add", "Weingut Müller KG", "--number", "10588")
        try await bench.receive(Letter().with("Stunden.pdf", Letter.pdf))
        _ = try await bench.lines(
            "file", "move", "1", "--account", "10588", "--folder", "Mandantenunterlagen")
        #expect(bench.files == ["10588 Weingut Müller KG/Mandantenunterlagen/Stunden.pdf"])
        let message = try await bench.receive(Letter(id: "2@x").with("Stunden.pdf", Letter.pdf))
        #expect(bench.files.count == 2)
        _ = message
        let again = await bench.run(
            "file", "move", "2", "--account", "10588", "--folder", "Mandantenunterlagen")
        #expect(again.code == .badData)
    }

    @Test("a folder that isn't there is named with those that are")
    func wrongFolder() async throws {
        let bench = try await bench()
        try await bench.receive(Letter().with("Stunden.pdf", Letter.pdf))
        let wrong = await bench.run("file", "move", "1", "--folder", "Inten")
        #expect(wrong.code == .noSuchThing)
        #expect(
            wrong.printed.complaints == [
                "account 10482 has no folder “Inten” (did you mean “Intern”?); "
                    + "it has Mandantenunterlagen, Auswertungen, Intern, Posteingang"
            ])
    }
}
