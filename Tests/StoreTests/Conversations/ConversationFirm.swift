import Crypto
import Mail
import Mailroom
import SQLite
import Testing
import Text

@testable import Store

/// A store with two clients and two colleagues, and mail written into it as intake does.
struct ConversationFirm {
    let store: Store
    let hofmann: AccountID
    let kaiser: AccountID
    let jana: StaffID
    let yuki: StaffID
    private let directory = ScratchDirectory()

    static let start = Timestamp(seconds: 1_760_000_000)

    init() async throws {
        store = try Store.open(path: directory.file("db"))
        (hofmann, kaiser, jana, yuki) = try await store.write { transaction in
            func account(_ number: String, _ name: String) throws -> AccountID {
                AccountID(
                    try transaction.db.insert(
                        """
                        INSERT INTO account (number, type, name, language, directory, created)
                        VALUES (?, 'client', ?, 'de', ?, 0)
                        """, number, name, "\(number) \(name)"))
            }
            func staff(_ login: String, _ name: String) throws -> StaffID {
                try transaction.addStaffMember(
                    login: StaffLogin(login)!, name: name, email: nil,
                    role: login == "jana" ? .owner : .member,
                    language: .de, by: "test", now: Timestamp(seconds: 1))
            }
            return (
                try account("10482", "Hofmann"), try account("10017", "Kaiser"),
                try staff("jana", "Jana Vogt"), try staff("yuki", "Yuki Mori")
            )
        }
    }

    /// A mail, minutes after the beginning.
    struct Mail: Sendable {
        var from = "sabine@hofmann.example"
        var to = "office@firm.example"
        var subject: String? = "Lohn November"
        var account: AccountID?
        var minute: Int64 = 0
        var id: String?
        var answers: String?
        var direction = Direction.incoming
        var isHistory = false
        var isOther = false
        var source = "office"
        var nature = MailNature.ordinary
    }

    static func at(_ minute: Int64) -> Timestamp { Timestamp(seconds: start.seconds + minute * 60) }

    static func add(_ mail: Mail, _ transaction: StoreTransaction) throws -> MessageNumber {
        var envelope = Envelope()
        envelope.from = [NamedAddress(name: nil, address: EmailAddress(mail.from)!)]
        envelope.to = [NamedAddress(name: nil, address: EmailAddress(mail.to)!)]
        envelope.subject = mail.subject
        envelope.messageID = mail.id.flatMap { MessageID($0) }
        envelope.inReplyTo = mail.answers.flatMap { MessageID($0) }.map { [$0] } ?? []
        var matching = Matching(mail.account == nil ? .unmatched : .address, account: mail.account)
        matching.direction = mail.direction
        matching.isOther = mail.isOther
        matching.nature = mail.nature
        let count = try transaction.db.first("SELECT count(*) FROM message") { $0.int(0) } ?? 0
        var new = NewMessage(
            identity: SHA256.digest(of: Array("\(count)".utf8)), envelope: envelope,
            received: at(mail.minute), isHistory: mail.isHistory, matching: matching, matchReason: "test",
            judgement: Judgement(verdict: .proven, reason: .ownLetter, because: "test"), problems: [],
            droppingDetail: false)
        new.source = mail.source
        new.snippet = "words \(count)"
        return try transaction.addMessage(new, now: at(mail.minute))
    }

    @discardableResult
    func add(_ mail: Mail) async throws -> MessageNumber {
        try await store.write { try Self.add(mail, $0) }
    }

    func judge(_ message: MessageNumber, _ account: AccountID?) async throws {
        try await store.write { transaction in
            var matching = try transaction.storedMatching(of: message).matching
            matching.account = account
            matching.kind = account == nil ? .unmatched : .staff
            try transaction.setMatching(
                matching, because: "test",
                judgement: Judgement(verdict: .proven, reason: .ownLetter, because: "test"), of: message)
        }
    }

    func conversation(_ message: MessageNumber) async throws -> ConversationID {
        try #require(try await store.read { try $0.conversation(of: message) })
    }

    func row(_ message: MessageNumber, for staff: StaffID) async throws -> ConversationRow {
        let id = try await conversation(message)
        return try #require(try await store.read { try $0.conversation(id, for: staff) })
    }

    func act(_ staff: StaffID, _ minute: Int64 = 100) -> StaffAct {
        StaffAct(staff: staff, actor: "\(staff)", now: Self.at(minute))
    }
}
