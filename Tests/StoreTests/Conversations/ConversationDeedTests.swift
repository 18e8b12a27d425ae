import Mail
import Mailroom
import SQLite
import Testing
import Text

@testable import Store

@Suite("Conversations: what staff do with them")
struct ConversationDeedTests {
    @Test("done is for all, unread for oneself; new mail opens it again, for all unread")
    func doneAndUnread() async throws {
        let firm = try await ConversationFirm()
        let mail = try await firm.add(.init(account: firm.hofmann))
        let id = try await firm.conversation(mail)
        try await firm.store.write { (transaction: StoreTransaction) throws in
            try transaction.markRead(id, by: firm.jana)
            try transaction.setState(.done, of: [id], firm.act(firm.jana))
        }
        #expect(try await firm.row(mail, for: firm.yuki).state == .done)
        #expect(try await firm.row(mail, for: firm.yuki).isUnread)
        #expect(try await firm.row(mail, for: firm.jana).isUnread == false)
        try await firm.add(.init(account: firm.hofmann, minute: 10))
        #expect(try await firm.row(mail, for: firm.jana).state == .open)
        #expect(try await firm.row(mail, for: firm.jana).isUnread)
    }

    @Test("our answer has it wait for the client; an older one, an automatic one and a bulk letter do not")
    func answering() async throws {
        let firm = try await ConversationFirm()
        let mail = try await firm.add(.init(account: firm.hofmann, minute: 10, id: "a@x"))
        var answer = ConversationFirm.Mail(from: "office@firm.example", to: "sabine@hofmann.example")
        (answer.account, answer.direction, answer.answers) = (firm.hofmann, .outgoing, "a@x")
        answer.minute = 5
        try await firm.add(answer)
        #expect(try await firm.row(mail, for: firm.jana).state == .open)
        answer.minute = 11
        try await firm.add(answer)
        #expect(try await firm.row(mail, for: firm.jana).state == .waiting)
        try await firm.add(
            .init(account: firm.hofmann, minute: 12, answers: "a@x", nature: .automatic(.reply)))
        #expect(try await firm.row(mail, for: firm.jana).state == .waiting)
        try await firm.add(.init(account: firm.hofmann, minute: 13, answers: "a@x"))
        #expect(try await firm.row(mail, for: firm.jana).state == .open)
    }

    @Test("what is snoozed wakes at its time, or with the next mail")
    func snoozing() async throws {
        let firm = try await ConversationFirm()
        let one = try await firm.add(.init(account: firm.hofmann))
        let other = try await firm.add(.init(account: firm.kaiser))
        let (first, second) = (try await firm.conversation(one), try await firm.conversation(other))
        _ = try await firm.store.write { (transaction: StoreTransaction) throws in
            try transaction.snooze([first, second], until: ConversationFirm.at(500), firm.act(firm.jana))
        }
        try await firm.add(.init(account: firm.kaiser, minute: 200))
        #expect(try await firm.row(other, for: firm.jana).state == .open)
        #expect(try await firm.store.write { try $0.wakeConversations(now: ConversationFirm.at(499)) } == 0)
        #expect(try await firm.store.write { try $0.wakeConversations(now: ConversationFirm.at(500)) } == 1)
        let row = try await firm.row(one, for: firm.jana)
        #expect(row.state == .open && row.until == nil && row.latest == ConversationFirm.at(500))
        await #expect(throws: StoreError.self) {
            try await firm.store.write {
                try $0.snooze([first], until: ConversationFirm.at(1), firm.act(firm.jana))
            }
        }
    }

    @Test("being assigned and being named make unread; giving oneself something does not")
    func calling() async throws {
        let firm = try await ConversationFirm()
        let mail = try await firm.add(.init(account: firm.hofmann))
        let id = try await firm.conversation(mail)
        func readByAll() async throws {
            try await firm.store.write { (transaction: StoreTransaction) throws in
                for staff in [firm.jana, firm.yuki] { try transaction.markRead(id, by: staff) }
            }
        }
        func unread() async throws -> [Bool] {
            [
                try await firm.row(mail, for: firm.jana).isUnread,
                try await firm.row(mail, for: firm.yuki).isUnread,
            ]
        }
        try await readByAll()
        _ = try await firm.store.write { try $0.assign([id], to: firm.yuki, firm.act(firm.jana)) }
        #expect(try await unread() == [false, true])
        try await readByAll()
        _ = try await firm.store.write { try $0.assign([id], to: firm.jana, firm.act(firm.jana)) }
        #expect(try await unread() == [false, false])
        let named = try await firm.store.write {
            try $0.addNote("@Yuki kannst du?", to: id, firm.act(firm.jana))
        }
        #expect(named == [firm.yuki])
        #expect(try await unread() == [false, true])
    }

    @Test("many at once, and all of it taken back; by oneself alone, and once")
    func bulkAndUndo() async throws {
        let firm = try await ConversationFirm()
        let numbers = [
            try await firm.add(.init(account: firm.hofmann)), try await firm.add(.init(account: firm.kaiser)),
            try await firm.add(.init(from: "x@y.example")),
        ]
        var ids: [ConversationID] = []
        for number in numbers { ids.append(try await firm.conversation(number)) }
        let all = ids
        let undo = try #require(
            try await firm.store.write { try $0.setState(.done, of: all, firm.act(firm.jana)) })
        #expect(try await firm.store.read { try $0.conversationCounts(for: firm.jana).open } == 0)
        await #expect(throws: StoreError.self) {
            try await firm.store.write { try $0.undo(undo, firm.act(firm.yuki)) }
        }
        // What was opened again meanwhile stays as it is.
        try await firm.store.write { _ = try $0.setState(.waiting, of: [all[2]], firm.act(firm.yuki)) }
        try await firm.store.write { try $0.undo(undo, firm.act(firm.jana)) }
        let counts = try await firm.store.read { try $0.conversationCounts(for: firm.jana) }
        #expect(counts.open == 2 && counts.waiting == 1)
        await #expect(throws: StoreError.self) {
            try await firm.store.write { try $0.undo(undo, firm.act(firm.jana)) }
        }
        let audited = try await firm.store.read { try $0.auditEntries(limit: 100).map(\.action) }
        #expect(audited.filter { $0 == "conversation.done" }.count == 3)
        #expect(audited.filter { $0 == "conversation.undo" }.count == 3)
    }

    @Test("what one may not see can't be listed, counted, read or changed")
    func hidden() async throws {
        let firm = try await ConversationFirm()
        let mail = try await firm.add(.init(account: firm.hofmann))
        let id = try await firm.conversation(mail)
        _ = try await firm.store.write { (transaction: StoreTransaction) throws in
            try transaction.db.run(
                "INSERT INTO account_viewer (account, staff) VALUES (?, ?)", firm.hofmann.rawValue,
                firm.jana.rawValue)
        }
        try await firm.store.read { (transaction: StoreTransaction) throws in
            #expect(try transaction.conversations(.all, for: firm.yuki).isEmpty)
            #expect(try transaction.conversationCounts(for: firm.yuki).open == 0)
            #expect(try transaction.tabCounts(.open, for: firm.yuki).unread == 0)
            #expect(try transaction.conversation(id, for: firm.yuki) == nil)
            #expect(try transaction.conversations(.all, for: firm.jana).count == 1)
        }
        await #expect(throws: StoreError.self) {
            try await firm.store.write { try $0.setState(.done, of: [id], firm.act(firm.yuki)) }
        }
        await #expect(throws: StoreError.self) {
            try await firm.store.write { try $0.addNote("hm", to: id, firm.act(firm.yuki)) }
        }
        // Nor is he called to it.
        let named = try await firm.store.write { try $0.addNote("@yuki", to: id, firm.act(firm.jana)) }
        #expect(named.isEmpty)
    }

    @Test("bulk mail of strangers is in Other alone, and never unread")
    func other() async throws {
        let firm = try await ConversationFirm()
        try await firm.add(.init(from: "news@shop.example", isOther: true))
        let counts = try await firm.store.read { try $0.conversationCounts(for: firm.jana) }
        #expect(counts.open == 0 && counts.other == 1)
        let rows = try await firm.store.read { try $0.conversations(.other, for: firm.jana) }
        #expect(rows.map(\.isUnread) == [false])
    }

    @Test("a list goes on where its page ended, without a gap and without a repetition")
    func paging() async throws {
        let firm = try await ConversationFirm()
        try await firm.store.write { (transaction: StoreTransaction) throws in
            for index in 0..<130 {
                var mail = ConversationFirm.Mail(account: firm.hofmann, minute: Int64(index / 7))
                mail.subject = "Sache \(index)"
                _ = try ConversationFirm.add(mail, transaction)
            }
        }
        var seen: [ConversationID] = []
        var cursor: ConversationCursor?
        while true {
            let (from, page) = (cursor, 40)
            let rows = try await firm.store.read {
                try $0.conversations(.all, for: firm.jana, after: from, limit: page)
            }
            if rows.isEmpty { break }
            seen += rows.map(\.id)
            cursor = ConversationCursor("\(rows[rows.count - 1].cursor)")
        }
        #expect(seen.count == 130 && Set(seen).count == 130)
    }

    @Test("whoever listens is told after the commit what of the pages is no longer true")
    func feed() async throws {
        let firm = try await ConversationFirm()
        let (stream, told) = AsyncStream.makeStream(of: Set<String>.self)
        await firm.store.onChanges { told.yield($0) }
        let mail = try await firm.add(.init(account: firm.hofmann))
        let id = try await firm.conversation(mail)
        try await firm.store.write { _ = try $0.setState(.done, of: [id], firm.act(firm.jana)) }
        told.finish()
        var all: [Set<String>] = []
        for await names in stream { all.append(names) }
        #expect(all.count == 2)
        #expect(all[0].isSuperset(of: ["inbox", "account-\(firm.hofmann.rawValue)"]))
        #expect(all[1] == ["inbox", "conversation-\(id)"])
    }
}
