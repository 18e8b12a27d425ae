import Daemon
import Mail
import Mailroom
import Store
import Testing

@testable import Commands

@Suite("explain: whose it is and where its parts go, rule by rule")
struct ExplainTests {
    private func bench(_ more: String = "") async throws -> Bench {
        let bench = try await Bench(more)
        _ = try await bench.lines(
            "account", "add", "Bäckerei Hofmann GmbH", "--number", "10482", "--address",
            "buero@hofmann-brot.example")
        return bench
    }

    @Test("a message: each step with what it says, and the line of the configuration behind it")
    func message() async throws {
        let bench = try await bench()
        let message = try await bench.receive(
            Letter().with("Rechnung 7.pdf", Letter.pdf("7")).with("b.pdf", Letter.pdf("b")))
        let line = try await bench.lines("explain", "\(message)", "--json")[0]
        #expect(line.hasPrefix("{\"message\": {\"id\": \(message), "))
        #expect(
            line.contains(
                "{\"rule\": \"matching.address\", \"outcome\": \"account 10482\", \"decided\": true, "
                    + "\"because\": \"buero@hofmann-brot.example is a contact's address\", \"where\": null}"))
        #expect(line.contains("\"rule\": \"sender.dmarc\", \"outcome\": \"proven\", \"decided\": true"))
        #expect(line.contains("\"where\": \"mailroom.toml:17\""))
        #expect(
            line.contains(
                "{\"section\": \"2\", \"name\": \"Rechnung 7.pdf\", \"state\": \"filed\", \"reason\": null, "
                    + "\"folder\": \"Mandantenunterlagen/Belege\", \"because\": \"filing rule \\\"Invoices\\\"\", "
                    + "\"where\": \"mailroom.toml:23\"}"))
        let text = try await bench.lines("explain", "\(message)")
        #expect(
            text[0]
                == "“Unterlagen” from Sabine Hofmann <buero@hofmann-brot.example>, \(text[0].split(separator: ", ")[1]), office/INBOX 1"
        )
        #expect(text.contains("account  10482 Bäckerei Hofmann GmbH"))
        #expect(text.contains { $0.hasPrefix("sender   genuine: ") })
        #expect(
            text.contains(
                "  Rechnung 7.pdf  → 10482 Mandantenunterlagen/Belege/Rechnung 7.pdf   client can view and edit"
            ))
    }

    @Test("a file is judged as if it came now, and nothing of it is recorded")
    func file() async throws {
        let bench = try await bench()
        let letter = Letter().with("Rechnung 7.pdf", Letter.pdf)
        let (code, printed) = await bench.run("explain", "a.eml", "--json", file: letter.octets)
        #expect(code == .ok)
        #expect(
            printed.text.hasPrefix("{\"message\": {\"id\": null, \"message_id\": \"1@hofmann-brot.example\""))
        #expect(
            printed.text.contains("\"account\": \"10482\", \"match\": \"address\", \"verdict\": \"proven\""))
        #expect(
            printed.text.contains(
                "\"state\": \"filed\", \"reason\": null, \"folder\": \"Mandantenunterlagen/Belege\""))
        #expect(bench.files == [])
        #expect(try await bench.lines("message", "list", "--json") == [])
        #expect(try await bench.lines("mailbox", "list", "--json")[0].hasSuffix("\"mailboxes\": []}"))
    }

    @Test("a file of a message that is recorded explains that one")
    func knownFile() async throws {
        let bench = try await bench()
        let letter = Letter().with("a.pdf", Letter.pdf)
        let message = try await bench.receive(letter)
        let (_, printed) = await bench.run("explain", "a.eml", "--json", file: letter.octets)
        #expect(printed.text.hasPrefix("{\"message\": {\"id\": \(message), "))
    }

    @Test("a file that is no mail ends with 65")
    func noMail() async throws {
        let bench = try await bench()
        let (code, printed) = await bench.run("explain", "a.eml", file: Letter.pdf)
        #expect(code == .badData)
        #expect(printed.complaints[0].hasPrefix("a.eml is no mail"))
    }

    @Test("what was recorded and what today's rules would say are told apart")
    func today() async throws {
        let bench = try await bench()
        let message = try await bench.receive(
            Letter(from: "kate@smith.example").with("a.pdf", Letter.pdf))
        _ = try await bench.lines("contact", "add", "10482", "kate@smith.example")
        let text = try await bench.lines("explain", "\(message)")
        #expect(text.contains("account  10482 Bäckerei Hofmann GmbH"))
        #expect(
            text.contains("  recorded as nobody’s by unmatched: nobody here knows kate@smith.example"))
    }

    @Test("an address: whose it is and why")
    func address() async throws {
        let bench = try await bench()
        try await bench.receive(Letter(from: "kate@smith.example").with("a.pdf", Letter.pdf))
        #expect(
            try await bench.lines("explain", "kate@smith.example").last
                == "1 message of this sender waits for somebody to say whose it is.")
        let line = try await bench.lines("explain", "buero@hofmann-brot.example", "--json")[0]
        #expect(
            line.hasPrefix(
                "{\"message\": null, \"address\": \"buero@hofmann-brot.example\", \"account\": \"10482\", \"steps\": [{"
            ))
    }

    @Test(
        "what names a file and what a message or an address",
        arguments: [
            ("4812", false), ("a@b.example", false), ("mail.eml", true), ("./4812", true), ("a@b.EML", true),
            ("mail", true),
        ])
    func names(_ operand: String, _ isFile: Bool) {
        #expect(ExplainCommand.namesFile(operand) == isFile)
    }
}
