import Mail
import Mailroom
import SQLite
import Testing

@testable import Store

@Suite("An account's conversations")
struct AccountConversationTests {
    private static func mention(_ account: AccountID, in message: MessageNumber, _ firm: ConversationFirm)
        async throws
    {
        try await firm.store.write { transaction in
            _ = try transaction.db.run(
                "INSERT INTO mention (message, account) VALUES (?, ?)", message.rawValue, account.rawValue)
        }
    }

    @Test("those are among them in which it got a copy, in one order, each once, page after page")
    func copies() async throws {
        let firm = try await ConversationFirm()
        var expected: [ConversationID] = []
        for index in 0..<30 {
            var mail = ConversationFirm.Mail(minute: Int64(index / 3))
            mail.account = index % 3 == 0 ? firm.kaiser : firm.hofmann
            mail.subject = "Sache \(index)"
            let message = try await firm.add(mail)
            // Its own, another's with a copy to it, and its own with a copy to it; what is another's alone is not its.
            if index % 2 == 0 { try await Self.mention(firm.hofmann, in: message, firm) }
            if index % 3 != 0 || index % 2 == 0 { expected.append(try await firm.conversation(message)) }
        }
        var seen: [ConversationRow] = []
        var cursor: ConversationCursor?
        while true {
            let from = cursor
            let page = try await firm.store.read {
                try $0.conversations(of: firm.hofmann, for: firm.jana, after: from, limit: 7)
            }
            if page.isEmpty { break }
            seen += page
            cursor = page.last?.cursor
        }
        #expect(seen.map(\.id) == expected.sorted(by: >))
        #expect(Set(seen.compactMap(\.account)) == [firm.hofmann, firm.kaiser])
    }

    @Test("a copy shows nobody the conversation of an account that he may not see")
    func hidden() async throws {
        let firm = try await ConversationFirm()
        let message = try await firm.add(.init(account: firm.kaiser))
        try await Self.mention(firm.hofmann, in: message, firm)
        try await firm.store.write { transaction in
            _ = try transaction.db.run(
                "INSERT INTO account_viewer (account, staff) VALUES (?, ?)", firm.kaiser.rawValue,
                firm.jana.rawValue)
        }
        for (staff, count) in [(firm.jana, 1), (firm.yuki, 0)] {
            let rows = try await firm.store.read { try $0.conversations(of: firm.hofmann, for: staff) }
            #expect(rows.count == count)
        }
    }
}
