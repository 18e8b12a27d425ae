import Daemon
import Mailroom
import Store
import Testing

@testable import Commands

@Suite("contact add, list, edit, move, remove")
struct ContactTests {
    private func bench() async throws -> Bench {
        let bench = try await Bench()
        _ = try await bench.lines("account", "add", "Familie Smith", "--number", "1")
        _ = try await bench.lines("account", "add", "Smith GmbH", "--number", "2")
        return bench
    }

    @Test("a dry run counts what would become of earlier mail, by reason, and leaves all as it was")
    func dryRun() async throws {
        let bench = try await bench()
        let kate = "Kate <kate@smith.example>"
        try await bench.receive(Letter(from: kate).with("a.pdf", Letter.pdf("a")))
        try await bench.receive(
            Letter(from: kate, id: "2@x").with("a.pdf", Letter.pdf("a")).with(
                "x.dwg", Array("AC1027\u{0}\u{1}".utf8), type: "application/acad"))
        let preview = try await bench.lines(
            "contact", "add", "1", "kate@smith.example", "--retroactive", "--dry-run")
        #expect(
            preview == [
                "kate@smith.example would speak for 1 Familie Smith; 2 earlier messages would belong to it",
                "1 document filed, 1 known already, 1 part waits for staff (1 type)",
                "Nothing was written: this was a dry run.",
            ])
        #expect(bench.files == [])
        #expect(try await bench.audit().map(\.action) == ["account.add", "account.add"])
        #expect(try await bench.lines("contact", "list").first?.hasPrefix("There is no contact yet") == true)
        let done = try await bench.lines(
            "contact", "add", "1", "kate@smith.example", "--retroactive", "--json")
        #expect(
            done == [
                "{\"account\": \"1\", \"address\": \"kate@smith.example\", \"dry_run\": false, \"waiting\": 2, "
                    + "\"retroactive\": {\"messages\": 2, \"belonging\": 2, \"filed\": 1, \"duplicate\": 1, "
                    + "\"needs_filing\": {\"type\": 1}}}"
            ])
        #expect(bench.files == ["1 Familie Smith/Mandantenunterlagen/2026/a.pdf"])
        #expect(try await bench.audit().map(\.action).prefix(2) == ["message.rejudge", "contact.add"])
    }

    @Test("a look-alike stops being one when it becomes a contact")
    func lookAlike() async throws {
        let bench = try await bench()
        _ = try await bench.lines("contact", "add", "1", "kate@smith.example")
        // A Cyrillic i.
        let message = try await bench.receive(
            Letter(from: "kate@smіth.example".asASCII).with("a.pdf", Letter.pdf))
        let before = try await bench.lines("message", "show", "\(message)", "--json")
        #expect(before[0].contains("\"verdict\": \"against\""))
        _ = try await bench.lines(
            "contact", "add", "2", "kate@smіth.example".asASCII, "--retroactive")
        let after = try await bench.lines("message", "show", "\(message)", "--json")
        #expect(after[0].contains("\"verdict\": \"proven\""))
        #expect(bench.files == ["2 Smith GmbH/Mandantenunterlagen/2026/a.pdf"])
    }

    @Test("a contact of two accounts is ambiguous until one is primary")
    func primary() async throws {
        let bench = try await bench()
        _ = try await bench.lines("contact", "add", "1", "kate@smith.example", "--name", "Kate")
        _ = try await bench.lines("contact", "add", "2", "kate@smith.example", "--name", "Kate")
        let explained = try await bench.lines("explain", "kate@smith.example", "--json")
        #expect(explained[0].contains("\"account\": null"))
        _ = try await bench.lines("contact", "edit", "kate@smith.example", "--account", "2", "--primary")
        let primary = try await bench.lines("explain", "kate@smith.example", "--json")
        #expect(primary[0].contains("\"account\": \"2\""))
        let which = await bench.run("contact", "edit", "kate@smith.example", "--switches", "sync")
        #expect(which.code == .usage)
        #expect(
            which.printed.complaints == [
                "kate@smith.example speaks for 1, 2: say for which, with --account N"
            ])
    }

    @Test("another name for a known address is refused with whose it is")
    func otherName() async throws {
        let bench = try await bench()
        _ = try await bench.lines("contact", "add", "1", "kate@smith.example", "--name", "Kate")
        let eve = await bench.run("contact", "add", "2", "kate@smith.example", "--name", "Eve")
        #expect(eve.code == .badData)
        #expect(eve.printed.complaints[0].hasPrefix("kate@smith.example belongs to “Kate” already"))
    }

    @Test("--no-sync knows the address and leaves its mail to staff")
    func noSync() async throws {
        let bench = try await bench()
        _ = try await bench.lines("contact", "add", "1", "kate@smith.example", "--no-sync")
        try await bench.receive(Letter(from: "kate@smith.example").with("a.pdf", Letter.pdf))
        #expect(bench.files == [])
        _ = try await bench.lines("contact", "edit", "kate@smith.example", "--switches", "sync notify sign")
        try await bench.receive(Letter(from: "kate@smith.example", id: "2@x").with("b.pdf", Letter.pdf("b")))
        #expect(bench.files.count == 1)
    }

    @Test("moving and removing change whose mail it is from now on, and nothing that was filed")
    func moveAndRemove() async throws {
        let bench = try await bench()
        _ = try await bench.lines("contact", "add", "1", "kate@smith.example", "--name", "Kate")
        try await bench.receive(Letter(from: "kate@smith.example").with("a.pdf", Letter.pdf))
        _ = try await bench.lines("contact", "move", "kate@smith.example", "--from", "1", "--to", "2")
        try await bench.receive(Letter(from: "kate@smith.example", id: "2@x").with("b.pdf", Letter.pdf("b")))
        let both = [
            "1 Familie Smith/Mandantenunterlagen/2026/a.pdf", "2 Smith GmbH/Mandantenunterlagen/2026/b.pdf",
        ]
        #expect(bench.files == both)
        #expect(
            try await bench.lines("contact", "remove", "kate@smith.example") == [
                "kate@smith.example no longer speaks for 2; what was filed stays"
            ])
        try await bench.receive(Letter(from: "kate@smith.example", id: "3@x").with("c.pdf", Letter.pdf("c")))
        #expect(bench.files == both)
        #expect(
            try await bench.audit().map(\.action).prefix(3) == [
                "contact.remove", "contact.move", "contact.add",
            ])
        let gone = await bench.run("contact", "remove", "kate@smith.example")
        #expect(gone.code == .noSuchThing)
    }
}

extension String {
    /// The domain as A-labels: what a header can carry.
    fileprivate var asASCII: String {
        let halves = split(separator: "@")
        return "\(halves[0])@\(halves[1] == "smіth.example" ? "xn--smth-m9d.example" : halves[1])"
    }
}
