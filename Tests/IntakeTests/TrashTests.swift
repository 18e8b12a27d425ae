import Mail
import Mailroom
import TestServers
import Testing

@testable import Intake
@testable import Store

@Suite("The trash lets go of what lay there long enough")
struct TrashTests {
    private static let home = "10482 Account 10482"

    @Test(
        "after 120 days the trash lets go of a file, with an audit row, and its octets stay; what came back stays"
    )
    func emptied() async throws {
        let office = try await DocumentOffice(Firm())
        let (account, now, desk) = (office.account, office.firm.clock.now, office.desk)
        let gone = try await office.upload("a.pdf", "one", to: "Internal", path: "2026").document
        let digest = try #require(try await office.firm.store.read { try $0.shelved(gone, for: nil) }).sha256
        let back = try await office.upload("b.pdf", "two", to: "Internal").document
        for document in [gone, back] {
            try await desk.change { try $0.trashDocument(document, by: "Jana Vogt", now: now) }
        }
        try await desk.change { try $0.restoreDocument(back, by: "Yuki", now: now) }
        func trash() -> [String] {
            let path = office.firm.directory.file("data/documents/.trash")
            return ChildProcess.run(["find", path, "-type", "f", "-printf", "%f\n"]).text.split(
                separator: "\n"
            )
            .map(String.init)
        }
        for (days, count) in [(0, 0), (120, 0), (121, 1), (122, 0)] as [(Int64, Int)] {
            let later = Timestamp(milliseconds: now.milliseconds + days * 86_400_000)
            #expect(trash() == (days < 122 ? ["\(gone.rawValue)"] : []), "before day \(days)")
            let end = StoreTransaction.trashStart(later)
            #expect(
                try await desk.emptyTrash(before: end, by: "mailroom", now: later) == count, "day \(days)")
        }
        #expect(office.disk == ["\(Self.home)/Internal/b.pdf=two"])
        #expect(try await office.audit().first == "mailroom file.purge: Internal/2026/a.pdf")
        let shown = try await office.firm.store.read { try $0.shelved(gone, for: nil) }
        #expect(shown == nil)
        await #expect(throws: StoreError.self) {
            try await desk.change { try $0.restoreDocument(gone, by: "Yuki", now: now) }
        }
        #expect(try office.firm.data.vault.contents.verify(digest))
        // The same octets are a document again, not a duplicate of what nobody sees.
        let again = try await office.upload("a.pdf", "one", to: "Internal")
        #expect(!again.isDuplicate && again.document != gone)
        #expect(try await office.firm.store.read { try $0.trashCount(of: account, now: now) } == 0)
    }

    @Test("an account's trash is emptied by whoever wants that, and no other account's")
    func emptiedByHand() async throws {
        let office = try await DocumentOffice(Firm())
        let other = try await DocumentOffice(office.firm, try await office.firm.account("20077"))
        let (account, now, desk) = (office.account, office.firm.clock.now, office.desk)
        for one in [office, other] {
            let document = try await one.upload("a.pdf", "one", to: "Internal").document
            try await desk.change { try $0.trashDocument(document, by: "Jana Vogt", now: now) }
        }
        let end = Timestamp(milliseconds: now.milliseconds + 1)
        #expect(try await desk.emptyTrash(before: end, of: account, by: "Yuki", now: now) == 1)
        #expect(try await office.audit().first == "Yuki file.purge: Internal/a.pdf")
        #expect(try await office.firm.store.read { try $0.trashCount(of: account, now: now) } == 0)
        let its = other.account
        #expect(try await office.firm.store.read { try $0.trashCount(of: its, now: now) } == 1)
    }
}
