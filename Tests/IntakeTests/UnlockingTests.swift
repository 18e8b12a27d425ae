import Archive
import Crypto
import Mail
import Mailroom
import SQLite
import TestServers
import Testing

@testable import Intake
@testable import Store

@Suite("Files that ask for a password, and staff who have it")
struct UnlockingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let file: String
        let type: String
        /// What came out of it, by name.
        let members: [String]

        init(_ sentence: String, _ file: String, type: String = "application/zip", gives members: [String]) {
            testDescription = sentence
            self.file = file
            self.type = type
            self.members = members
        }
    }

    static let cases = [
        Case("a PDF", "user-password.pdf", type: "application/pdf", gives: ["user-password.pdf"]),
        Case(
            "a PDF whose encryption is told in a stream", "user-password-in-a-stream.pdf",
            type: "application/pdf", gives: ["user-password-in-a-stream.pdf"]),
        Case("a zip by AES", "aes-encrypted.zip", gives: ["secret.txt"]),
        Case(
            "a zip of which one member is locked", "one-member-encrypted.zip",
            gives: ["open.txt", "secret.txt"]),
    ]

    /// A firm with a mail of a client's in which something is locked.
    private func firm(_ file: String, _ type: String) async throws -> (Firm, Clerk) {
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        let server = FakeMailServer()
        server.deliver(Letter(1, .container(file, type: type)).octets)
        try await firm.sync(server)
        let clerk = Clerk(
            recorder: firm.recorder, store: firm.store, sources: [firm.source(server)], actor: "jana",
            now: firm.clock.now)
        return (firm, clerk)
    }

    private func locked(_ firm: Firm) async throws -> LockedPart? {
        try await firm.store.read { try $0.lockedParts(of: MessageNumber(1)).first }
    }

    private func password(_ text: String) throws -> Password { try #require(Password(text)) }

    @Test("the copy that opens is filed, and the original stays as it was", arguments: cases)
    func opened(testCase: Case) async throws {
        let (firm, clerk) = try await firm(testCase.file, testCase.type)
        #expect(try await firm.outcomes() == ["needs_filing:encrypted"])
        let part = try #require(try await locked(firm))
        let unlocker = Unlocker(vault: firm.data.vault, child: TestChild.tool)
        let before = try firm.data.vault.contents.piece(of: part.sha256, at: 0, count: 1 << 20)

        let wrong = try await clerk.unlock(
            part, with: [password("falsch"), password("Geheim")], by: unlocker)
        #expect(wrong == .wrongPassword)
        #expect(try await firm.outcomes() == ["needs_filing:encrypted"])

        let ending = try await clerk.unlock(
            part, with: [password("falsch"), password("geheim")], by: unlocker)
        guard case .opened(1, let report) = ending else {
            Issue.record("the second password opens it: \(ending)")
            return
        }
        #expect(report.filed == testCase.members.count)
        let ledger = try await firm.ledger()
        let outer = try #require(ledger.first { $0.section == part.section.text })
        #expect(outer.state == "unwrapped")
        let inner = ledger.filter { $0.section.hasPrefix(part.section.text + "/") }
        #expect(inner.map(\.state) == testCase.members.map { _ in "filed" })
        #expect(inner.compactMap(\.name).sorted() == testCase.members.sorted())
        let kept = try firm.data.vault.contents.piece(of: part.sha256, at: 0, count: 1 << 20)
        #expect(kept == before)

        let again = try await clerk.unlock(part, with: [password("geheim")], by: unlocker)
        #expect(again == .gone, "somebody was faster")
        #expect(try await firm.ledger() == ledger)
    }

    @Test("the deed is in the audit, and the password nowhere")
    func audited() async throws {
        let (firm, clerk) = try await firm("user-password.pdf", "application/pdf")
        let part = try #require(try await locked(firm))
        let unlocker = Unlocker(vault: firm.data.vault, child: TestChild.tool)
        _ = try await clerk.unlock(part, with: [password("geheim")], by: unlocker)
        let audit = try await firm.store.read { try $0.auditEntries() }
        let entry = try #require(audit.first { $0.action == "file.open" })
        #expect(entry.actor == "jana")
        #expect(entry.subject == "1:\(part.section)")
        #expect(!audit.contains { "\($0)".contains("geheim") })
        #expect(!firm.journal.contains("geheim"))
        #expect(try "\(password("geheim"))" == "a password")
    }

    @Test("what is inside is judged as what comes by itself")
    func judged() async throws {
        let (firm, clerk) = try await firm("program-encrypted.zip", "application/zip")
        let part = try #require(try await locked(firm))
        let unlocker = Unlocker(vault: firm.data.vault, child: TestChild.tool)
        guard
            case .opened(_, let report) = try await clerk.unlock(
                part, with: [password("geheim")], by: unlocker)
        else {
            Issue.record("it opens")
            return
        }
        #expect(report.filed == 0)
        #expect(report.reasons == [.suspicious: 1])
    }

    @Test("a remembered password is sealed, and opens the files of its own account alone")
    func remembered() async throws {
        let firm = try await Firm()
        let (own, other) = (try await firm.account("1"), try await firm.account("2"))
        let key = try firm.data.linkKey().filePasswords
        let now = firm.clock.now
        let sealed = key.seal(Array("geheim".utf8), about: StoreTransaction.filePasswordSubject(own))
        for number in 1...14 {
            try await firm.store.write { transaction in
                try transaction.addFilePassword(
                    number == 14 ? sealed : [UInt8(number)], of: own, by: "jana", now: now)
            }
        }
        let kept = try await firm.store.read { try $0.filePasswords(of: own) }
        #expect(kept.count == 12 && kept.first?.sealed == sealed)
        #expect(key.open(sealed, about: StoreTransaction.filePasswordSubject(own)) == Array("geheim".utf8))
        #expect(key.open(sealed, about: StoreTransaction.filePasswordSubject(other)) == nil)
        #expect(try await firm.store.read { try $0.filePasswords(of: other) } == [])
        try await firm.store.write { try $0.forgetFilePasswords(of: own, by: "jana", now: now) }
        #expect(try await firm.store.read { try $0.filePasswords(of: own) } == [])
        let actions = try await firm.store.read { try $0.auditEntries(account: own.rawValue) }.map(\.action)
        #expect(actions.contains("password.remember") && actions.contains("password.forget"))
    }
}
