import Mail
import Mailroom
import SQLite
import Testing
import Text

@testable import Store

@Suite("Conversations: kept right by whatever records or moves a message")
struct ThreadingTests {
    @Test("an answer joins what it answers, whoever of the account writes it and whatever its subject")
    func answers() async throws {
        let firm = try await ConversationFirm()
        let first = try await firm.add(.init(account: firm.hofmann, id: "a@x"))
        let second = try await firm.add(
            .init(
                from: "tom@hofmann.example", subject: "Anders", account: firm.hofmann, minute: 1,
                answers: "a@x"))
        #expect(try await firm.conversation(first) == firm.conversation(second))
        let row = try await firm.row(first, for: firm.jana)
        #expect(row.subject == "Anders" && row.people == "tom@hofmann.example" && row.snippet == "words 1")
        let foreign = try await firm.add(.init(account: firm.kaiser, minute: 2, answers: "a@x"))
        #expect(try await firm.conversation(foreign) != firm.conversation(first))
    }

    @Test("a stranger's mail joins only the same stranger's")
    func strangers() async throws {
        let firm = try await ConversationFirm()
        let first = try await firm.add(.init(from: "a@x.example", id: "a@x"))
        let same = try await firm.add(.init(from: "a@x.example", subject: "AW: Lohn November", minute: 1))
        let other = try await firm.add(.init(from: "b@x.example", minute: 2, answers: "a@x"))
        #expect(try await firm.conversation(first) == firm.conversation(same))
        #expect(try await firm.conversation(other) != firm.conversation(first))
    }

    @Test("linking a stranger takes the conversation along, with its notes, its colleague and what is unread")
    func linking() async throws {
        let firm = try await ConversationFirm()
        let numbers = try await firm.store.write { (transaction: StoreTransaction) throws in
            try (0..<3).map { try ConversationFirm.add(.init(minute: $0), transaction) }
        }
        let old = try await firm.conversation(numbers[0])
        try await firm.store.write { (transaction: StoreTransaction) throws in
            try transaction.addNote("who is this?", to: old, firm.act(firm.jana))
            try transaction.assign([old], to: firm.yuki, firm.act(firm.jana))
            try transaction.markRead(old, by: firm.jana)
        }
        for number in numbers { try await firm.judge(number, firm.hofmann) }
        let rows = try await firm.store.read { try $0.conversations(.open, for: firm.yuki) }
        let row = try #require(rows.first)
        #expect(rows.count == 1 && row.account == firm.hofmann && row.assigned == firm.yuki && row.isUnread)
        #expect(try await firm.row(numbers[2], for: firm.jana).isUnread == false)
        #expect(try await firm.store.read { try $0.notes(of: row.id).map(\.text) } == ["who is this?"])
    }

    @Test("what happens in an account's folders by no mail is told in one conversation of each kind")
    func topics() async throws {
        let firm = try await ConversationFirm()
        try await firm.store.write { transaction in
            for kind in ["client.rename", "disk.gone", "client.trash", "disk.gone"] {
                try transaction.addEvent(kind, account: firm.hofmann, words: "a.pdf", at: noon)
            }
            try transaction.addEvent("disk.gone", account: firm.kaiser, words: "b.pdf", at: noon)
            // Of nobody's directory there is nobody to have it.
            try transaction.addEvent("disk.gone", words: "c.pdf", at: noon)
        }
        let rows = try await firm.store.read { try $0.conversations(.open, for: firm.jana) }
        #expect(rows.count == 3 && rows.allSatisfy(\.isUnread))
        let told = try await firm.store.read { transaction in
            try rows.map { row in
                "\(row.account == firm.hofmann) \(try transaction.events(in: row.id).count)"
            }
        }
        #expect(told.sorted() == ["false 1", "true 2", "true 2"])
    }

    @Test("one message judged anew leaves the rest behind")
    func splitting() async throws {
        let firm = try await ConversationFirm()
        let numbers = try await firm.store.write { (transaction: StoreTransaction) throws in
            try (0..<3).map {
                try ConversationFirm.add(.init(account: firm.hofmann, minute: $0), transaction)
            }
        }
        try await firm.judge(numbers[2], firm.kaiser)
        let (stays, goes) = (
            try await firm.row(numbers[0], for: firm.jana), try await firm.row(numbers[2], for: firm.jana)
        )
        #expect(stays.id != goes.id && stays.account == firm.hofmann && goes.account == firm.kaiser)
        #expect(stays.snippet == "words 1" && goes.snippet == "words 2" && goes.state == .open)
        try await firm.judge(numbers[2], firm.hofmann)
        #expect(try await firm.conversation(numbers[2]) == stays.id)
        let gone = try await firm.store.read { try $0.conversation(goes.id, for: nil) }
        #expect(gone == nil)
    }

    @Test("whatever is recorded and judged, no conversation spans two accounts, and each row says the truth")
    func property() async throws {
        for seed in 0..<12 {
            let firm = try await ConversationFirm()
            var random = ConversationDice(seed: UInt64(seed))
            var numbers: [MessageNumber] = []
            for step in 0..<120 {
                let account = [nil, firm.hofmann, firm.kaiser][random.roll(3)]
                if random.roll(3) > 0 || numbers.isEmpty {
                    var mail = ConversationFirm.Mail(minute: Int64(random.roll(200_000)))
                    mail.from = ["a@x.example", "b@x.example", "c@y.example"][random.roll(3)]
                    mail.subject = ["Lohn", "Re: Lohn", "Steuer", nil][random.roll(4)]
                    mail.account = account
                    mail.id = "\(step)@x"
                    mail.answers = random.roll(2) == 0 ? nil : "\(random.roll(step + 1))@x"
                    mail.isHistory = random.roll(5) == 0
                    if random.roll(4) == 0 {
                        (mail.direction, mail.to) = (.outgoing, mail.from)
                        mail.from = "office@firm.example"
                    }
                    numbers.append(try await firm.add(mail))
                } else {
                    try await firm.judge(numbers[random.roll(numbers.count)], account)
                }
            }
            try await firm.store.write { try Self.check($0, seed) }
        }
    }

    private static func check(_ transaction: StoreTransaction, _ seed: Int) throws {
        let db = transaction.db
        func count(_ sql: String) throws -> Int { try db.first(sql) { $0.int(0) } ?? -1 }
        #expect(
            try count(
                """
                SELECT count(*) FROM message JOIN conversation ON conversation.id = message.conversation
                WHERE message.account IS NOT conversation.account
                """) == 0, "seed \(seed)")
        #expect(try count("SELECT count(*) FROM message WHERE conversation IS NULL") == 0)
        #expect(
            try count(
                """
                SELECT count(*) FROM (SELECT 1 FROM message m LEFT JOIN recipient ON message = m.id AND role = 'to'
                WHERE account IS NULL GROUP BY conversation
                HAVING count(DISTINCT CASE direction WHEN 'in' THEN from_key ELSE recipient.key END) > 1)
                """) == 0, "nobody's mail of two people, seed \(seed)")
        #expect(
            try count(
                """
                SELECT count(*) FROM conversation c WHERE NOT EXISTS (SELECT 1 FROM message WHERE conversation = c.id)
                  OR latest <> (SELECT max(received) FROM message WHERE conversation = c.id)
                  OR first <> (SELECT min(received) FROM message WHERE conversation = c.id)
                """) == 0, "seed \(seed)")
    }

    @Test("mail from before there were conversations gets its own: the old done, the last days open")
    func upgrading() async throws {
        let directory = ScratchDirectory()
        let path = directory.file("db")
        let store = try Store.open(path: path)
        let count = 3000
        try await store.write { (transaction: StoreTransaction) throws in
            for index in 0..<count {
                var mail = ConversationFirm.Mail(minute: Int64(index) * 30)
                mail.from = "p\(index % 100)@x.example"
                mail.subject = "\(index < 1000 ? "Alt" : "Lohn") \(index % 500)"
                _ = try ConversationFirm.add(mail, transaction)
            }
            try transaction.db.execute(
                "UPDATE message SET conversation = NULL, source = NULL; DELETE FROM conversation;")
            // An earlier start got this far.
            #expect(try transaction.threadOldMail(limit: 700) == 700)
        }
        let again = try Store.open(path: path)
        try await again.read { (transaction: StoreTransaction) throws in
            try Self.check(transaction, 0)
            let states = try transaction.db.rows(
                "SELECT state, count(*) FROM conversation GROUP BY state ORDER BY state"
            ) {
                "\($0.text(0)) \($0.int(1))"
            }
            // The last mail of 500 subjects is six weeks old, that of 500 others of the last days.
            #expect(states == ["done 500", "open 500"])
        }
    }

    @Test("old history begins as done and read, that of the last days as open; mail after it opens")
    func history() async throws {
        let firm = try await ConversationFirm()
        let old = try await firm.add(
            .init(account: firm.hofmann, minute: -15 * 24 * 60, recorded: 0, id: "old@x", isHistory: true))
        let recent = try await firm.add(
            .init(subject: "Recent", account: firm.hofmann, minute: -24 * 60, recorded: 0, isHistory: true))
        #expect(try await firm.row(recent, for: firm.jana).state == .open)
        #expect(try await firm.row(old, for: firm.jana).state == .done)
        #expect(try await firm.row(old, for: firm.jana).isUnread == false)
        try await firm.add(.init(account: firm.hofmann, minute: 5, answers: "old@x"))
        #expect(try await firm.row(old, for: firm.jana).state == .open)
        #expect(try await firm.row(old, for: firm.jana).isUnread)
    }

    @Test("what only some may see stands in no conversation of the others")
    func restricted() async throws {
        let firm = try await ConversationFirm()
        _ = try await firm.store.write { (transaction: StoreTransaction) throws in
            try transaction.db.run(
                "INSERT INTO source_viewer (source, staff) VALUES ('partner', ?)", firm.jana.rawValue)
        }
        let ours = try await firm.add(.init(account: firm.hofmann, id: "a@x"))
        let secret = try await firm.add(
            .init(account: firm.hofmann, minute: 1, answers: "a@x", source: "partner"))
        #expect(try await firm.conversation(ours) != firm.conversation(secret))
        let yuki = try await firm.store.read { try $0.conversations(.open, for: firm.yuki).map(\.id) }
        #expect(yuki == [try await firm.conversation(ours)])
        let jana = try await firm.store.read { try $0.conversations(.open, for: firm.jana).count }
        #expect(jana == 2)
    }
}

/// Numbers that look random and are the same each time.
struct ConversationDice {
    private var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func roll(_ sides: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(sides))
    }
}
