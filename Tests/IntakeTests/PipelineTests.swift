import SQLite
import TestServers
import Testing

@testable import Intake
@testable import Store

@Suite("Two batches at once, one behind the other")
struct PipelineTests {
    private static let batch = 4

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// The message that the database refuses.
        let refused: Int
        /// Those that are in the ledger all the same.
        let recorded: ClosedRange<Int>?
        /// Those of the batch that is to blame: each is tried alone next.
        let blamed: ClosedRange<Int>
    }

    static let cases = [
        Case(testDescription: "the first batch", refused: 2, recorded: nil, blamed: 1...4),
        Case(testDescription: "the one behind", refused: 7, recorded: 1...4, blamed: 5...8),
        Case(testDescription: "the last one", refused: 12, recorded: 1...8, blamed: 9...12),
    ]

    @Test("where one can't be recorded, those behind it are not either, and are forgiven", arguments: cases)
    func forgiven(testCase: Case) async throws {
        let server = FakeMailServer()
        for number in 1...12 { server.deliver(Letter(number, .pdf("\(number).pdf", number)).octets) }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        var source = firm.source(server)
        source.batch = Self.batch
        try await firm.store.write { transaction in
            try transaction.db.execute(
                """
                CREATE TEMP TRIGGER fault BEFORE INSERT ON main.message WHEN NEW.subject = \
                'documents \(testCase.refused)' BEGIN SELECT raise(ABORT, 'ordered'); END
                """)
        }
        await #expect(throws: (any Error).self) { try await firm.sync(source) }

        let placements = try await firm.placements()
        #expect(placements.count == 12)
        for placement in placements {
            let isRecorded = testCase.recorded?.contains(placement.uid) ?? false
            #expect(placement.state == (isRecorded ? "recorded" : "wanted"), "\(placement)")
            #expect((placement.message != nil) == isRecorded, "\(placement)")
            let attempts = testCase.blamed.contains(placement.uid) ? 1 : 0
            #expect(isRecorded || placement.attempts == attempts, "\(placement): \(placement.attempts)")
        }
        let behind = testCase.blamed.upperBound + 1
        if behind <= 12 {
            #expect(
                server.commands.contains { $0.contains("UID FETCH \(behind):\(behind + 3)") },
                "it was on its way: \(server.commands.filter { $0.contains("FETCH") })")
        }

        try await firm.store.write { try $0.db.execute("DROP TRIGGER temp.fault") }
        try await firm.persist(source)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents().count == 12)
        #expect(try await firm.count("SELECT count(*) FROM placement WHERE state <> 'recorded'") == 0)
    }
}
