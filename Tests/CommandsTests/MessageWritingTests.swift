import Mail
import Store
import Testing

@testable import Commands

@Suite("Letters in staff's own words: what goes with them, and to whom")
struct MessageWritingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let sentence: String
        let recipients: [String]
        let code: ExitCode

        init(_ sentence: String, _ recipients: [String], _ code: ExitCode) {
            self.sentence = sentence
            self.recipients = recipients
            self.code = code
        }

        var testDescription: String { sentence }
    }

    @Test(
        "a document goes to whose it is or to nobody's address, never to another client",
        arguments: [
            Case("to its client", ["--to", "buero@hofmann-brot.example"], .ok),
            Case("to a tax office", ["--to", "poststelle@finanzamt.example"], .ok),
            Case("to another client", ["--to", "bert@bolt.example"], .notAllowed),
            Case(
                "to both", ["--to", "buero@hofmann-brot.example", "--to", "bert@bolt.example"], .notAllowed),
            Case(
                "with a copy", ["--to", "poststelle@finanzamt.example", "--cc", "bert@bolt.example"],
                .notAllowed),
        ])
    func document(_ known: Case) async throws {
        let asking = try await Asking()
        let message = try await asking.bench.receive(Letter().with("Bescheid.pdf", Letter.pdf))
        #expect(asking.bench.files.count == 1)
        let words = ["--text", "anbei", "--document", "1"]
        let (code, printed) = await asking.bench.run(
            ["message", "send", "--subject", "Bescheid"] + known.recipients + words)
        #expect(code == known.code, "\(printed.complaints)")
        let queued = try await asking.store.read { try $0.queuedLetters(all: true, limit: 9) }
        #expect(queued.count == (known.code == .ok ? 1 : 0))
        guard known.code == .notAllowed else { return }
        #expect(printed.complaints.joined().contains("document 1 is account 10482’s"))
        // An answer to its own client has a copy as well.
        let (again, _) = await asking.bench.run(
            ["message", "reply", "\(message)", "--cc", "bert@bolt.example"] + words)
        #expect(again == .notAllowed)
    }
}
