import Mail
import Mailroom
import SQLite
import Testing
import Text

@testable import Store

@Suite("Conversations that part: restricted mailboxes, letters that were taken back")
struct RegroupingTests {
    /// Mail of one account by two mailboxes, in one conversation, with an answer of ours to the second.
    private static func mixed(_ firm: ConversationFirm) async throws -> [MessageNumber] {
        try await firm.store.write { (transaction: StoreTransaction) throws in
            try [
                .init(account: firm.hofmann, id: "a@x"),
                .init(account: firm.hofmann, minute: 10, id: "b@x", answers: "a@x", source: "payroll"),
                .init(
                    from: "office@firm.example", to: "sabine@hofmann.example", account: firm.hofmann,
                    minute: 20,
                    id: "c@x", answers: "b@x", direction: .outgoing, source: "office"),
                .init(account: firm.hofmann, minute: 30, id: "d@x", answers: "a@x"),
            ].map { (mail: ConversationFirm.Mail) in try ConversationFirm.add(mail, transaction) }
        }
    }

    @Test("a mailbox that is restricted later takes its mail, our answers to it and the notes since along")
    func restricting() async throws {
        let firm = try await ConversationFirm()
        let numbers = try await Self.mixed(firm)
        let id = try await firm.conversation(numbers[0])
        #expect(try await firm.conversation(numbers[1]) == id, "two mailboxes, one conversation")
        try await firm.store.write { (transaction: StoreTransaction) throws in
            try transaction.addNote("before", to: id, firm.act(firm.jana, 5))
            try transaction.addNote("about her wages", to: id, firm.act(firm.jana, 40))
            try transaction.assign([id], to: firm.jana, firm.act(firm.jana))
            try transaction.setViewers(
                [firm.jana], ofSource: "payroll", by: "jana", now: ConversationFirm.at(50))
        }
        let hidden = try await firm.conversation(numbers[1])
        #expect(hidden != id)
        #expect(try await firm.conversation(numbers[2]) == hidden)
        #expect(try await firm.conversation(numbers[3]) == id)
        for (staff, count) in [(firm.jana, 2), (firm.yuki, 1)] {
            let rows = try await firm.store.read { try $0.conversations(.all, for: staff) }
            #expect(rows.count == count)
        }
        let seen = try await firm.store.read { try $0.messages(in: id, for: firm.yuki).map(\.summary.number) }
        #expect(seen == [numbers[0], numbers[3]])
        let row = try await firm.row(numbers[1], for: firm.jana)
        #expect(row.account == firm.hofmann && row.assigned == firm.jana)
        #expect(try await firm.store.read { try $0.notes(of: id).map(\.text) } == ["before"])
        #expect(try await firm.store.read { try $0.notes(of: hidden).map(\.text) } == ["about her wages"])
        let next = try await firm.add(.init(account: firm.hofmann, minute: 60, answers: "a@x"))
        #expect(try await firm.conversation(next) == id)
    }

    @Test("whatever is restricted and when, nobody's conversation holds a message hidden from him")
    func property() async throws {
        for seed in 0..<8 {
            let firm = try await ConversationFirm()
            var random = ConversationDice(seed: UInt64(seed))
            for minute in 0..<40 {
                let mail = ConversationFirm.Mail(
                    account: firm.hofmann, minute: Int64(minute), id: "m\(minute)@x",
                    answers: minute == 0 ? nil : "m\(random.roll(minute))@x",
                    source: ["office", "payroll", "partner"][random.roll(3)])
                try await firm.add(mail)
                guard minute % 13 == 12 else { continue }
                let source = ["payroll", "partner"][random.roll(2)]
                try await firm.store.write {
                    try $0.setViewers([firm.jana], ofSource: source, by: "t", now: ConversationFirm.at(99))
                }
            }
            let mixed = try await firm.store.read { transaction in
                try transaction.db.rows(
                    """
                    SELECT conversation FROM message GROUP BY conversation
                    HAVING count(DISTINCT source) > 1 AND max(source IN (SELECT source FROM source_viewer))
                    """
                ) { $0.integer(0) }
            }
            #expect(mixed.isEmpty, "seed \(seed)")
        }
    }

    @Test("a conversation that is given away keeps its number; a request's letters stay where the request is")
    func giving() async throws {
        let firm = try await ConversationFirm()
        let numbers = try await Self.mixed(firm)
        let id = try await firm.conversation(numbers[0])
        try await firm.store.write {
            try $0.giveConversation(id, [numbers[0], numbers[1], numbers[3]], to: firm.kaiser)
        }
        #expect(try await firm.conversation(numbers[3]) == id)
        #expect(try await firm.row(numbers[0], for: firm.jana).account == firm.kaiser)
        let stays = try await firm.row(numbers[2], for: firm.jana)
        #expect(stays.id != id && stays.account == firm.hofmann)
    }
}
