import Mail
import Mailroom
import SQLite
import Testing
import Text

@testable import Store

@Suite("Whose an account is, and who hears of it")
struct AccountCareTests {
    private let firm: ConversationFirm

    init() async throws { firm = try await ConversationFirm() }

    private func assign(_ staff: StaffID?, to account: AccountID) async throws {
        try await firm.store.write {
            try $0.editAccount(
                account, name: nil, type: nil, language: nil, filing: nil, assigned: .some(staff), by: "jana",
                now: noon)
        }
    }

    private func assignee(_ message: MessageNumber) async throws -> StaffID? {
        try await firm.row(message, for: firm.jana).assigned
    }

    @Test("what is new in an account is its colleague's, and nobody takes it from who has it")
    func begun() async throws {
        let before = try await firm.add(.init(account: firm.hofmann, id: "a@x"))
        try await assign(firm.yuki, to: firm.hofmann)
        #expect(try await assignee(before) == nil, "it was there, and left to all of us")
        let new = try await firm.add(.init(subject: "Neues", account: firm.hofmann, minute: 1, id: "b@x"))
        #expect(try await assignee(new) == firm.yuki)
        let other = try await firm.add(.init(subject: "Neues", account: firm.kaiser, minute: 2))
        #expect(try await assignee(other) == nil)
        let (conversation, jana) = (try await firm.conversation(new), firm.jana)
        try await firm.store.write {
            _ = try $0.assign([conversation], to: jana, StaffAct(staff: jana, actor: "jana", now: noon))
        }
        let further = try await firm.add(
            .init(subject: "Re: Neues", account: firm.hofmann, minute: 3, answers: "b@x"))
        #expect(try await assignee(further) == firm.jana)
    }

    @Test("what begins anew after it was done goes to the colleague too; our own letters to nobody")
    func again() async throws {
        let sent = try await firm.add(
            .init(subject: "Frage", account: firm.hofmann, id: "q@x", direction: .outgoing))
        try await assign(firm.yuki, to: firm.hofmann)
        #expect(try await assignee(sent) == nil)
        let answer = try await firm.add(
            .init(subject: "Re: Frage", account: firm.hofmann, minute: 5, answers: "q@x"))
        #expect(try await assignee(answer) == firm.yuki)
    }

    @Test("nobody gets what they may not see, or what came after they left")
    func unseen() async throws {
        try await assign(firm.yuki, to: firm.hofmann)
        try await firm.store.write { [firm] in
            try $0.setViewers([firm.jana], of: firm.hofmann, by: "jana", now: noon)
        }
        let hidden = try await firm.add(.init(account: firm.hofmann))
        #expect(try await assignee(hidden) == nil)
        try await firm.store.write { [firm] in
            try $0.setViewers([], of: firm.hofmann, by: "jana", now: noon)
            try $0.setDisabled(true, firm.yuki, by: "jana", now: noon)
        }
        let late = try await firm.add(.init(subject: "Später", account: firm.hofmann, minute: 1))
        #expect(try await assignee(late) == nil)
    }

    @Test(
        "with another account a conversation goes from one's colleague to the other's; who took it keeps it")
    func moved() async throws {
        try await assign(firm.jana, to: firm.hofmann)
        try await assign(firm.yuki, to: firm.kaiser)
        let message = try await firm.add(.init(account: firm.hofmann))
        try await firm.judge(message, firm.kaiser)
        #expect(try await assignee(message) == firm.yuki)
        let unknown = try await firm.add(.init(from: "neu@x.example", subject: "Wer?", minute: 3))
        let (conversation, jana) = (try await firm.conversation(unknown), firm.jana)
        try await firm.store.write {
            _ = try $0.assign([conversation], to: jana, StaffAct(staff: jana, actor: "jana", now: noon))
        }
        try await firm.judge(unknown, firm.kaiser)
        #expect(try await assignee(unknown) == firm.jana)
    }

    /// Who has an address and wants to hear.
    private func reachable(_ staff: StaffID, hears: Bool = true) async throws {
        try await firm.store.write {
            try $0.editStaffMember(
                staff, email: .some("\(staff.rawValue)@firm.example"), by: "test", now: noon)
            try $0.setPreferences(StaffPreferences(hearsOfUploads: hears), of: staff)
        }
    }

    private func hearers(_ circle: UploadHearers) async throws -> [StaffID] {
        try await firm.store.read { [firm] in try $0.hearers(circle, of: firm.hofmann).map(\.id) }
    }

    @Test("who hears of an upload: by the firm's rule, who may see it, has an address, and wants to")
    func heard() async throws {
        try await assign(firm.jana, to: firm.hofmann)
        try await firm.store.write { [firm] in
            try $0.setFollowers([firm.yuki], of: firm.hofmann, by: "jana", now: noon)
        }
        #expect(try await hearers(.all).isEmpty, "nobody has an address")
        try await reachable(firm.jana)
        try await reachable(firm.yuki)
        #expect(try await hearers(.nobody).isEmpty)
        #expect(try await hearers(.assignee) == [firm.jana])
        #expect(try await hearers(.followers) == [firm.jana, firm.yuki])
        #expect(try await hearers(.all) == [firm.jana, firm.yuki])
        try await reachable(firm.jana, hears: false)
        #expect(try await hearers(.assignee).isEmpty)
        #expect(try await hearers(.all) == [firm.yuki])
        try await firm.store.write { [firm] in
            try $0.setViewers([firm.jana], of: firm.hofmann, by: "jana", now: noon)
        }
        for circle in UploadHearers.allCases {
            #expect(
                try await hearers(circle).isEmpty, "\(circle): Yuki may not see it, Jana does not want it")
        }
    }

    @Test("a letter that came back is told of once, and again when it came back again")
    func undelivered() async throws {
        try await reachable(firm.jana)
        let (hofmann, jana) = (firm.hofmann, firm.jana)
        try await firm.store.write { transaction in
            for (id, kind, author, state) in [
                (1, "request", "jana", "undelivered"), (2, "notice", "mailroom", "undelivered"),
                (3, "receipt", "mailroom", "undelivered"), (4, "free", "jana", "sent"),
                (5, "reminder", "mailroom", "refused"),
            ] {
                try transaction.db.run(
                    """
                    INSERT INTO original (id, sha256, octets, segment, offset, length)
                    VALUES (?1, randomblob(32), 1, 1, ?1, 1)
                    """, id)
                try transaction.db.run(
                    """
                    INSERT INTO letter (id, kind, reverse_path, message_id, token, subject, sha256, octets, original,
                      smtp_utf8, eight_bit, account, author, queued)
                    VALUES (?1, ?2, '', ?1, ?1, 'S', x'00', 1, ?1, 0, 0, ?3, ?4, 1)
                    """, id, kind, hofmann.rawValue, author)
                try transaction.db.run(
                    """
                    INSERT INTO submission (letter, place, address, key, state, reply, changed)
                    VALUES (?, 0, 'x@y.example', 'x@y.example', ?, '550 no', ?)
                    """, id, state, noon.milliseconds)
            }
        }
        let found = try await firm.store.read { try $0.untoldUndelivered(since: noon, limit: 9) }
        #expect(found.map(\.letter.rawValue) == [1, 5])
        #expect(found.allSatisfy { $0.words == "550 no" && $0.accountName == "Hofmann" })
        let hearers = try await firm.store.read { transaction in
            try found.map { try transaction.hearer(of: $0)?.id }
        }
        #expect(hearers == [jana, nil], "of a reminder's the account's colleague hears, and there is none")
        try await firm.store.write { try $0.setTold(found, now: noon) }
        #expect(try await firm.store.read { try $0.untoldUndelivered(since: noon, limit: 9) }.isEmpty)
        try await firm.store.write {
            _ = try $0.db.run("UPDATE submission SET changed = changed + 5000 WHERE letter = 1")
        }
        #expect(
            try await firm.store.read { try $0.untoldUndelivered(since: noon, limit: 9) }.map(
                \.letter.rawValue)
                == [1])
    }

    @Test("of an older database's words, a colleague's name becomes the colleague, and others a note")
    func brought() throws {
        let directory = ScratchDirectory()
        do {
            let old = try Connection(path: directory.file("old.db"))
            try old.add(.mailroom)
            try old.execute("PRAGMA application_id = \(Schema.applicationID)")
            for step in Schema.steps[..<6] { try old.execute(step) }
            try old.execute(
                """
                INSERT INTO staff (id, login, name, role, language, created) VALUES
                  (1, 'jana', 'Jana Vogt', 'owner', 'de', 1), (2, 'yuki', 'Yuki Mori', 'member', 'de', 1);
                INSERT INTO account (number, type, name, language, assigned, directory, created, notes) VALUES
                  ('1', 'client', 'A', 'de', 'Jana', 'a', 0, ''), ('2', 'client', 'B', 'de', 'Yuki Mori', 'b', 0, ''),
                  ('3', 'client', 'C', 'de', 'Herr Kurz', 'c', 0, 'zahlt spät'), ('4', 'client', 'D', 'de', NULL, 'd', 0, '');
                PRAGMA user_version = 6
                """)
        }
        _ = try Store.open(path: directory.file("old.db"))
        let new = try Connection(path: directory.file("old.db"))
        let rows = try new.rows("SELECT coalesce(assignee, 0) || ': ' || notes FROM account ORDER BY number")
        {
            $0.text(0)
        }
        #expect(rows == ["1: ", "2: ", "0: zahlt spät\nHerr Kurz", "0: "])
    }
}
