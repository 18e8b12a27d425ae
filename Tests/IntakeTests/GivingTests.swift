import Mail
import Mailroom
import SQLite
import TestServers
import Testing
import Text

@testable import Intake
@testable import Store

@Suite("Conversations that staff give to another account")
struct GivingTests {
    private static func clerk(_ firm: Firm, _ source: SourceSettings) -> Clerk {
        Clerk(
            recorder: firm.recorder, store: firm.store, sources: [source], actor: "jana", now: firm.clock.now)
    }

    /// Two accounts, a colleague, and three mails of Kate's: two in one thread, one by itself with a file that the
    /// thread has, too.
    private struct Desk {
        let firm: Firm
        let source: SourceSettings
        let smith: AccountID
        let bolt: AccountID
        let jana: StaffID
        let clerk: Clerk

        init(mails: Int = 2, _ change: (inout Letter, Int) -> Void = { _, _ in }) async throws {
            let server = FakeMailServer()
            for number in 1...mails {
                var letter = Letter(number, .pdf("\(number).pdf", number))
                if number == 2 {
                    letter.fields = ["In-Reply-To: <1@smith.example>"]
                    letter.parts.append(.pdf("1-again.pdf", 1))
                }
                change(&letter, number)
                server.deliver(letter.octets)
            }
            firm = try await Firm()
            smith = try await firm.account("10482", "kate@smith.example")
            bolt = try await firm.account("20001")
            jana = try await firm.store.write { transaction in
                try transaction.addStaffMember(
                    login: StaffLogin("jana")!, name: "Jana", email: nil, role: .owner, language: .en,
                    by: "test", now: Timestamp(seconds: 1))
            }
            source = firm.source(server)
            try await firm.sync(source)
            clerk = GivingTests.clerk(firm, source)
        }

        var act: StaffAct { StaffAct(staff: jana, actor: "jana", now: firm.clock.now) }

        func conversation(_ number: Int64) async throws -> ConversationID {
            try #require(try await firm.store.read { try $0.conversation(of: MessageNumber(number)) })
        }

        func owner(_ number: Int64) async throws -> AccountID? {
            try await firm.store.read { try $0.storedMatching(of: MessageNumber(number)).matching.account }
        }

        /// No conversation spans two accounts, and no message has a document of another account but by hand.
        func isWhole() async throws -> Bool {
            try await firm.store.read { transaction in
                try !transaction.db.exists(
                    """
                    SELECT 1 FROM message JOIN conversation ON conversation.id = message.conversation
                    WHERE message.account IS NOT conversation.account
                    UNION ALL SELECT 1 FROM part JOIN document ON document.id = part.document
                    JOIN message ON message.id = part.message
                    WHERE document.account IS NOT message.account AND trashed IS NULL
                    """)
            }
        }
    }

    @Test("the mail and its documents go along under the same address, and come back where they were")
    func thereAndBack() async throws {
        let desk = try await Desk()
        let id = try await desk.conversation(1)
        #expect(try await desk.conversation(2) == id)
        _ = try await desk.firm.store.write { try $0.assign([id], to: desk.jana, desk.act) }
        let before = try await desk.firm.ledger()
        let why = try await desk.firm.store.read { try $0.storedMatching(of: MessageNumber(1)).because }
        let report = try await desk.clerk.give(GivingOrder([id], to: desk.bolt, desk.act))
        #expect(report.messages == 2 && report.moved == 2)
        #expect(
            try await desk.firm.documents() == [
                "20001/Client uploads/1.pdf", "20001/Client uploads/2.pdf",
            ])
        #expect(try await desk.isWhole())
        let row = try await desk.firm.store.read { try $0.conversation(id, for: desk.jana) }
        #expect(row?.account == desk.bolt && row?.assigned == desk.jana)

        let undo = try #require(report.undo)
        #expect(try await desk.clerk.takeBackGiving(undo, desk.act).isEmpty)
        #expect(try await desk.firm.ledger().map(\.document) == before.map(\.document))
        #expect(try await desk.firm.ledger().map(\.state) == before.map(\.state))
        #expect(try await desk.isWhole())
        let stored = try await desk.firm.store.read { try $0.storedMatching(of: MessageNumber(1)) }
        #expect(stored.because == why && stored.matching.kind == .address && stored.matching.contact != nil)
        await #expect(throws: StoreError.self) { try await desk.clerk.takeBackGiving(undo, desk.act) }
        let audit = try await desk.firm.store.read { try $0.auditEntries(account: desk.smith.rawValue) }
        #expect(audit.contains { $0.action == "conversation.account" && $0.actor == "jana" })
    }

    @Test("a document that came by other mail, too, stays, and the other account gets one of its own")
    func shared() async throws {
        let desk = try await Desk(mails: 3) { letter, number in
            if number == 3 {
                letter.subject = "something else"
                letter.parts = [.pdf("1.pdf", 1)]
            }
        }
        let id = try await desk.conversation(1)
        #expect(try await desk.conversation(3) != id)
        let report = try await desk.clerk.give(GivingOrder([id], to: desk.bolt, desk.act))
        #expect(
            try await Set(desk.firm.documents()) == [
                "10482/Client uploads/1.pdf", "20001/Client uploads/1.pdf", "20001/Client uploads/2.pdf",
            ])
        #expect(try await desk.owner(3) == desk.smith)
        #expect(try await desk.isWhole())
        _ = try await desk.clerk.takeBackGiving(try #require(report.undo), desk.act)
        #expect(try await desk.isWhole())
        #expect(
            try await Set(desk.firm.documents()) == [
                "10482/Client uploads/1.pdf", "10482/Client uploads/2.pdf",
            ])
    }

    @Test("what the other account has already is a duplicate there, and nothing of it is left behind")
    func known() async throws {
        let desk = try await Desk(mails: 3) { letter, number in
            if number == 3 {
                letter.from = "Bob <bob@bolt.example>"
                letter.messageID = "<3@bolt.example>"
                letter.parts = [.pdf("bobs.pdf", 1)]
            }
        }
        let third = try await desk.conversation(3)
        _ = try await desk.clerk.give(GivingOrder([third], to: desk.bolt, desk.act))
        _ = try await desk.clerk.give(GivingOrder([try await desk.conversation(1)], to: desk.bolt, desk.act))
        #expect(
            try await Set(desk.firm.documents()) == [
                "20001/Client uploads/2.pdf", "20001/Client uploads/bobs.pdf",
            ])
        #expect(try await desk.isWhole())
    }

    @Test("a stranger's conversation is linked whole, remembers the address, and is a stranger's again")
    func strangers() async throws {
        let desk = try await Desk { letter, _ in letter.from = "Otto <otto@neu.example>" }
        let id = try await desk.conversation(1)
        let address = NewAddress(
            address: EmailAddress("otto@neu.example")!, key: AddressKey("otto@neu.example")!, contact: nil,
            fallbackName: "Otto")
        let report = try await desk.clerk.give(
            GivingOrder([id], to: desk.bolt, remembered: [address], desk.act))
        #expect(report.filed == 2 && report.moved == 0)
        #expect(try await desk.firm.documents().count == 2)
        #expect(try await desk.firm.store.read { try $0.contact(at: address.key) } != nil)
        let strangers = try await desk.clerk.takeBackGiving(try #require(report.undo), desk.act)
        let stranger = try #require(strangers.first)
        #expect(stranger.remembered == address.key && stranger.documents.count == 2)
        _ = try await desk.clerk.takeBack(
            stranger.messages, documents: stranger.documents, forgetting: (address.key, desk.bolt))
        #expect(try await desk.firm.documents().isEmpty)
        #expect(try await desk.owner(1) == nil)
        for number: Int64 in [1, 2] { #expect(try await desk.conversation(number) == id) }
        #expect(try await desk.isWhole())
    }

    @Test("a sender whom nobody confirmed goes to the other account's Intake, whoever let him in before")
    func unconfirmed() async throws {
        let desk = try await Desk(mails: 1)
        let id = try await desk.conversation(1)
        try await desk.firm.store.write { transaction in
            try transaction.db.run("UPDATE message SET verdict = 'open'")
            try transaction.db.run("UPDATE original SET verdict = 'open'")
        }
        _ = try await desk.clerk.give(GivingOrder([id], to: desk.bolt, desk.act))
        #expect(try await desk.firm.documents() == ["20001/Intake/1.pdf"])
    }

    @Test("one message leaves its conversation with what came by it, and finds back to it")
    func oneMessage() async throws {
        let desk = try await Desk { letter, number in
            if number == 2 { letter.parts = [.pdf("2.pdf", 2)] }
        }
        let id = try await desk.conversation(1)
        let report = try await desk.clerk.give(
            GivingOrder([id], only: [MessageNumber(2)], to: desk.bolt, desk.act))
        #expect(report.messages == 1 && report.moved == 1)
        #expect(
            try await Set(desk.firm.documents()) == [
                "10482/Client uploads/1.pdf", "20001/Client uploads/2.pdf",
            ])
        #expect(try await desk.conversation(1) == id)
        #expect(try await desk.conversation(2) != id)
        #expect(try await desk.isWhole())
        _ = try await desk.clerk.takeBackGiving(try #require(report.undo), desk.act)
        #expect(try await desk.owner(2) == desk.smith)
        #expect(try await desk.conversation(2) == id, "it answers what is there")
        #expect(try await desk.isWhole())
    }

    @Test("what nobody may see is not there, and an account that it has already changes nothing")
    func refused() async throws {
        let desk = try await Desk(mails: 1)
        let id = try await desk.conversation(1)
        let same = try await desk.clerk.give(GivingOrder([id], to: desk.smith, desk.act))
        #expect(same.undo == nil && same.messages == 0)
        let yuki = try await desk.firm.store.write { transaction in
            let yuki = try transaction.addStaffMember(
                login: StaffLogin("yuki")!, name: "Yuki", email: nil, role: .member, language: .ja,
                by: "test",
                now: Timestamp(seconds: 1))
            try transaction.setViewers([desk.jana], of: desk.smith, by: "test", now: desk.firm.clock.now)
            return yuki
        }
        let act = StaffAct(staff: yuki, actor: "yuki", now: desk.firm.clock.now)
        await #expect(throws: StoreError.self) {
            try await desk.clerk.give(GivingOrder([id], to: desk.bolt, act))
        }
        #expect(try await desk.owner(1) == desk.smith)
    }
}
