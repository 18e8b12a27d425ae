import Mail
import SQLite
import TestServers
import Testing

@testable import Intake
@testable import Store

@Suite("The first sync of a mailbox, as staff see it")
struct FirstSyncTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// When the server received it; the first sync is on 2 March 2026, at eight.
        let received: String
        let state: String
    }

    static let cases = [
        Case(testDescription: "of this morning", received: "02-Mar-2026 07:59:00 +0000", state: "open"),
        Case(testDescription: "of two weeks ago", received: "16-Feb-2026 08:00:00 +0000", state: "open"),
        Case(testDescription: "a second older", received: "16-Feb-2026 07:59:59 +0000", state: "done"),
        Case(testDescription: "of the year before", received: "02-Mar-2025 08:00:00 +0000", state: "done"),
    ]

    @Test("mail of the last two weeks is still to be answered, what is older is done")
    func twoWeeks() async throws {
        let server = FakeMailServer()
        for (number, testCase) in Self.cases.enumerated() {
            server.deliver(letter(number).octets)
            server.change("INBOX") { $0.messages[number].internalDate = testCase.received }
        }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        // What comes once it runs is to be answered whenever it says it was sent.
        server.deliver(letter(Self.cases.count).octets)
        server.change("INBOX") { $0.messages[Self.cases.count].internalDate = "02-Mar-2026 08:30:00 +0000" }
        firm.clock.advance(days: 40)
        try await firm.sync(server)

        let states = try await firm.store.read { transaction in
            try transaction.db.rows("SELECT subject, state FROM conversation ORDER BY id") {
                "\($0.text(0)) \($0.text(1))"
            }
        }
        let expected = Self.cases.enumerated().map { "documents \($0) \($1.state)" }
        #expect(states == expected + ["documents \(Self.cases.count) open"])
    }

    /// Of somebody each, so that none continues another.
    private func letter(_ number: Int) -> Letter {
        var letter = Letter(number)
        letter.from = "Client \(number) <client\(number)@smith.example>"
        return letter
    }
}
