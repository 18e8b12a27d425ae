import Daemon
import Mail
import Mailroom
import Store
import Testing

@testable import Commands

@Suite("file history: what was there before the first start is filed when the owner says so")
struct HistoryTests {
    private static let before = Timestamp(year: 2026, month: 10, day: 1, hour: 8)!

    private func bench() async throws -> Bench {
        let bench = try await Bench()
        _ = try await bench.lines(
            "account", "add", "Hofmann", "--number", "1", "--address", "buero@hofmann-brot.example")
        _ = try await bench.lines(
            "account", "add", "Smith", "--number", "2", "--address", "kate@smith.example")
        try await bench.receive(
            Letter().with("a.pdf", Letter.pdf("a")).with("b.pdf", Letter.pdf("b")), at: Self.before)
        try await bench.receive(
            Letter(from: "kate@smith.example", id: "2@x").with("c.pdf", Letter.pdf("c")), at: Self.before)
        try await bench.receive(
            Letter(from: "x@stranger.example", id: "3@x").with("d.pdf", Letter.pdf("d")), at: Self.before)
        try await bench.receive(
            Letter(id: "4@x", dmarc: "fail").with("e.pdf", Letter.pdf("e")), at: Self.before)
        return bench
    }

    @Test("nothing is filed before; the preview counts by account, and names who is unknown")
    func preview() async throws {
        let bench = try await bench()
        #expect(bench.files == [])
        #expect(
            try await bench.lines("file", "history", "--all") == [
                "5 attachments from before the first start: 3 sure", "ACCOUNT  MESSAGES  ATTACHMENTS  NAME",
                "1        1         2            Hofmann", "2        1         1            Smith",
                "1 from senders not to be believed", "1 of unknown senders, most from:",
                "  x@stranger.example  1", "mailroom file history --all --yes files what is sure.",
            ])
        #expect(
            try await bench.lines("file", "history", "--account", "2", "--json") == [
                "{\"attachments\": 1, \"sure\": 1, \"accounts\": [{\"account\": \"2\", \"messages\": 1, \"attachments\": 1}], "
                    + "\"ambiguous\": null, \"against\": null, \"unknown\": null, \"unknown_senders\": null}"
            ])
    }

    @Test("one account is released, the other waits on")
    func oneAccount() async throws {
        let bench = try await bench()
        #expect(
            try await bench.lines("file", "history", "--account", "1", "--yes") == [
                "1 Hofmann: 2 documents filed, 1 part waits for staff (1 against)", "2 documents filed.",
            ])
        #expect(
            bench.files == [
                "1 Hofmann/Mandantenunterlagen/2026/a.pdf", "1 Hofmann/Mandantenunterlagen/2026/b.pdf",
            ])
        #expect(try await bench.audit()[0].action == "file.history")
        // What comes to be read of that time later is filed like any other.
        try await bench.receive(Letter(id: "9@x").with("z.pdf", Letter.pdf("z")), at: Self.before)
        #expect(bench.files.count == 3)
        _ = try await bench.lines("file", "history", "--all", "--yes")
        #expect(bench.files.count == 4)
        #expect(
            try await bench.lines("file", "history", "--account", "1") == [
                "Nothing of 1 waits from before the first start."
            ])
    }

    @Test("of which must be said, and looking is not doing")
    func usage() async throws {
        let bench = try await bench()
        for words in [[], ["--all", "--account", "1"], ["--all", "--dry-run", "--yes"]] {
            let (code, _) = await bench.run(["file", "history"] + words)
            #expect(code == .usage)
        }
        _ = try await bench.lines("file", "history", "--all", "--dry-run")
        #expect(bench.files == [])
    }
}
