import Daemon
import Glibc
import Mail
import Mailroom
import Store
import TestServers
import Testing

@testable import Commands

@Suite("message list, show, save, link")
struct MessageTests {
    private func bench() async throws -> Bench {
        let bench = try await Bench()
        _ = try await bench.lines(
            "account", "add", "Hofmann", "--number", "10482", "--address", "buero@hofmann-brot.example")
        return bench
    }

    @Test("a line of message list, to the octet")
    func list() async throws {
        let bench = try await bench()
        let message = try await bench.receive(Letter().with("a.pdf", Letter.pdf))
        #expect(
            try await bench.lines("message", "list", "--json") == [
                "{\"id\": \(message), \"message_id\": \"1@hofmann-brot.example\", \"subject\": \"Unterlagen\", "
                    + "\"from\": {\"name\": \"Sabine Hofmann\", \"address\": \"buero@hofmann-brot.example\"}, "
                    + "\"date\": \"2026-11-21T08:00:00Z\", \"received\": \"2026-11-21T08:00:00Z\", "
                    + "\"account\": \"10482\", \"match\": \"address\", \"verdict\": \"proven\", \"direction\": \"in\", "
                    + "\"placements\": [{\"source\": \"office\", \"mailbox\": \"INBOX\", \"uid_validity\": 7, "
                    + "\"uid\": 1, \"flags\": [], \"gone\": null}], \"parts\": 2}"
            ])
        let shown = try await bench.lines("message", "show", "\(message)", "--json")
        let hash = ChildProcess.run(["sha256sum"], input: Letter.pdf).text.prefix(64)
        #expect(
            shown[0].hasSuffix(
                "{\"section\": \"2\", \"media_type\": \"application/pdf\", \"disposition\": \"attachment\", "
                    + "\"name\": \"a.pdf\", \"charset\": null, \"bytes\": \(Letter.pdf.count), "
                    + "\"sha256\": \"\(hash)\", \"content_id\": null, \"container\": false, "
                    + "\"unwrapped_from\": null, \"state\": \"filed\", \"reason\": null, "
                    + "\"document\": {\"account\": \"10482\", \"folder\": \"Mandantenunterlagen/2026\", "
                    + "\"name\": \"a.pdf\"}}]}"))
    }

    @Test("by account, by time, and no more than asked for; newest first")
    func filters() async throws {
        let bench = try await bench()
        for day in 1...5 {
            let from = day % 2 == 0 ? "x@stranger.example" : "buero@hofmann-brot.example"
            try await bench.receive(
                Letter(from: from, subject: "Tag \(day)", id: "\(day)@x"),
                at: Timestamp(year: 2026, month: 11, day: day, hour: 12)!)
        }
        func subjects(_ words: String...) async throws -> [String] {
            let (_, printed) = await bench.run(["message", "list", "--json"] + words)
            return printed.lines.map { line in String(line.firstMatch(of: /Tag \d/)!.output) }
        }
        #expect(try await subjects() == ["Tag 5", "Tag 4", "Tag 3", "Tag 2", "Tag 1"])
        #expect(try await subjects("--account", "10482") == ["Tag 5", "Tag 3", "Tag 1"])
        #expect(try await subjects("--since", "2026-11-04") == ["Tag 5", "Tag 4"])
        #expect(try await subjects("--since", "2026-11-04T12:00:01Z") == ["Tag 5"])
        #expect(try await subjects("--limit", "2") == ["Tag 5", "Tag 4"])
        let wrong = await bench.run("message", "list", "--since", "yesterday")
        #expect(wrong.code == .usage)
    }

    @Test("pages join without a gap")
    func pages() async throws {
        let bench = try await bench()
        for number in 1...7 { try await bench.receive(Letter(subject: "\(number)", id: "\(number)@x")) }
        let store = bench.office.data.store
        var seen: [MessageNumber] = []
        var last: MessageSummary?
        repeat {
            let after = last
            let page = try await store.read { try $0.messages(after: after, limit: 3) }
            seen += page.map(\.number)
            last = page.last
        } while last != nil
        #expect(seen == seen.sorted(by: >) && seen.count == 7)
    }

    @Test("what a stranger writes can't move the cursor")
    func controls() async throws {
        let bench = try await bench()
        try await bench.receive(
            Letter(from: "\u{202E}x <x@y.example>", subject: "a\u{1b}[31mb\u{7}").with(
                "a\u{202E}fdp.exe", Letter.pdf))
        for words in [
            ["message", "list"], ["message", "show", "1"], ["explain", "1"],
            ["file", "list", "--state", "needs_filing"],
        ] {
            let (code, printed) = await bench.run(words)
            #expect(code == .ok)
            #expect(
                !printed.text.unicodeScalars.contains { "\u{1b}\u{7}\u{202E}".unicodeScalars.contains($0) })
        }
    }

    @Test("saved as it was received, to the octet, into a file or to whoever reads")
    func save() async throws {
        let bench = try await bench()
        var letter = Letter()
        letter.attach(
            "big.pdf", Letter.pdf + (0..<900_000).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 >> 9) })
        let message = try await bench.receive(letter)
        let (code, printed) = await bench.run("message", "save", "\(message)")
        #expect(code == .ok)
        #expect(printed.octets == letter.octets)
        let none = await bench.run("message", "save", "99")
        #expect(none.code == .noSuchThing)
    }

    @Test("a file has its name only when all of it is there")
    func outputFile() throws {
        let directory = TestDirectory()
        let printed = Printed()
        let path = directory.file("a.eml")
        do {
            let file = try OutputFile(path: path, complaints: printed)
            file.write([1, 2, 3])
            #expect(access(path, F_OK) != 0)
        }
        #expect(ChildProcess.run(["ls", "-A", directory.path]).text == "")
        let file = try OutputFile(path: path, complaints: printed)
        file.write([1, 2])
        file.write([3])
        try file.finish()
        #expect(TestDirectory.read(path) == [1, 2, 3])
        mkdir(directory.file("folder"), 0o755)
        #expect(throws: CommandFailure.self) {
            try OutputFile(path: directory.file("folder"), complaints: printed)
        }
    }

    @Test("a link files what waited, remembers the sender, and tells of the others")
    func link() async throws {
        let bench = try await bench()
        let stranger = "Kate <kate@smith.example>"
        let message = try await bench.receive(Letter(from: stranger).with("a.pdf", Letter.pdf("a")))
        try await bench.receive(Letter(from: stranger, id: "2@x").with("b.pdf", Letter.pdf("b")))
        let lines = try await bench.lines(
            "message", "link", "\(message)", "--account", "10482", "--remember")
        #expect(
            lines == [
                "message \(message) belongs to 10482 Hofmann", "1 document filed",
                "kate@smith.example speaks for 10482 from now on",
                "1 other message of kate@smith.example waits; see what becomes of them: "
                    + "mailroom contact add 10482 kate@smith.example --retroactive --dry-run",
            ])
        try await bench.receive(Letter(from: stranger, id: "3@x").with("c.pdf", Letter.pdf("c")))
        #expect(
            bench.files == [
                "10482 Hofmann/Mandantenunterlagen/2026/a.pdf",
                "10482 Hofmann/Mandantenunterlagen/2026/c.pdf",
            ])
        #expect(try await bench.audit().map(\.action).prefix(2) == ["message.link", "contact.add"])
        #expect(
            try await bench.lines("contact", "list", "--account", "10482", "--json").last?.contains(
                "\"name\": \"Kate\"") == true)
    }

    @Test("a link says whose it is, not that From is true")
    func linkOfUnproven() async throws {
        let bench = try await bench()
        let open = try await bench.receive(
            Letter(from: "a@x.example", dmarc: nil).with("a.pdf", Letter.pdf("a")))
        let forged = try await bench.receive(
            Letter(from: "b@y.example", id: "2@x", dmarc: "fail").with("b.pdf", Letter.pdf("b")))
        _ = try await bench.lines("message", "link", "\(open)", "--account", "10482")
        #expect(bench.files == ["10482 Hofmann/Posteingang/a.pdf"])
        let line = try await bench.lines("message", "link", "\(forged)", "--account", "10482")
        #expect(line[1] == "0 documents filed, 1 part waits for staff (1 against)")
        #expect(bench.files.count == 1)
    }

    @Test("an answer in a thread of a contact of two accounts is remembered by the thread")
    func remembersThread() async throws {
        let bench = try await bench()
        _ = try await bench.lines("account", "add", "Zweite", "--number", "2")
        _ = try await bench.lines("contact", "add", "2", "buero@hofmann-brot.example")
        let message = try await bench.receive(Letter().with("a.pdf", Letter.pdf("a")))
        #expect(bench.files == [])
        let lines = try await bench.lines("message", "link", "\(message)", "--account", "2", "--remember")
        #expect(lines.last == "what answers it in this thread is 2’s from now on")
        #expect(bench.files == ["2 Zweite/Mandantenunterlagen/2026/a.pdf"])
    }

    @Test("an empty store says so in a sentence")
    func empty() async throws {
        let bench = try await Bench()
        #expect(
            try await bench.lines("message", "list") == [
                "There is no message yet: mailroom sync looks for some"
            ])
        #expect(try await bench.lines("file", "list") == ["No document is filed yet."])
        #expect(
            try await bench.lines("file", "list", "--state", "needs_filing") == ["Nothing waits for staff."])
        #expect(try await bench.lines("message", "list", "--quarantined") == ["Every message could be read."])
        #expect(try await bench.lines("message", "list", "--json") == [])
    }
}
