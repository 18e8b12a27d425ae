import Mail
import Testing
import Text

@testable import Mailroom

@Suite("What to fetch, and when to try again")
struct FetchTests {
    static func mailbox(_ name: String, _ uses: MailboxUse..., selectable: Bool = true) -> ListedMailbox {
        ListedMailbox(name: MailboxName(name)!, uses: Set(uses), isSelectable: selectable)
    }

    static let modern = [
        mailbox("Archive", .archive), mailbox("INBOX"), mailbox("Gesendet", .sent),
        mailbox("Papierkorb", .trash),
        mailbox("Entwürfe", .drafts), mailbox("Spam", .junk), mailbox("Mandanten"), mailbox("Mandanten/Bolt"),
        mailbox("Ordner", selectable: false), mailbox("Virtual/All", .all), mailbox("Markiert", .flagged),
    ]
    static let old = [
        mailbox("INBOX"), mailbox("INBOX/Gesendete Objekte"), mailbox("INBOX/Gelöschte Objekte"),
        mailbox("INBOX/Entwürfe"),
        mailbox("INBOX/迷惑メール"), mailbox("INBOX/2026"),
    ]
    static let gmail = [
        mailbox("INBOX"), mailbox("[Gmail]", selectable: false), mailbox("[Gmail]/Alle Nachrichten", .all),
        mailbox("[Gmail]/Gesendet", .sent), mailbox("Label"),
    ]

    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let patterns: [String]?
        let listed: [ListedMailbox]
        var isGmail = false
        let names: [String]

        var testDescription: String { sentence }
    }

    @Test(
        "which mailboxes are read",
        arguments: [
            Case(
                sentence: "all but Junk, Trash and Drafts, INBOX first", patterns: nil, listed: modern,
                names: ["INBOX", "Archive", "Gesendet", "Mandanten", "Mandanten/Bolt"]),
            Case(
                sentence: "by their names where the server doesn't say", patterns: nil, listed: old,
                names: ["INBOX", "INBOX/Gesendete Objekte", "INBOX/2026"]),
            Case(
                sentence: "F15: on Gmail All Mail only", patterns: nil, listed: gmail, isGmail: true,
                names: ["[Gmail]/Alle Nachrichten"]),
            Case(
                sentence: "on Gmail without All Mail, all there is", patterns: nil,
                listed: [mailbox("INBOX"), mailbox("Label")],
                isGmail: true, names: ["INBOX", "Label"]),
            Case(
                sentence: "on Gmail what the configuration says", patterns: ["\\Inbox", "Label"],
                listed: gmail, isGmail: true,
                names: ["INBOX", "Label"]),
            Case(
                sentence: "on Gmail the default, written out", patterns: ["\\Inbox", "\\Sent", "*"],
                listed: gmail, isGmail: true, names: ["[Gmail]/Alle Nachrichten"]),
            Case(
                sentence: "by use", patterns: ["\\Inbox", "\\Sent"], listed: modern,
                names: ["INBOX", "Gesendet"]),
            Case(
                sentence: "by pattern", patterns: ["mandanten*"], listed: modern,
                names: ["Mandanten", "Mandanten/Bolt"]),
            Case(
                sentence: "all but some", patterns: ["*", "!Mandanten/*"], listed: modern,
                names: ["INBOX", "Archive", "Gesendet", "Mandanten"]),
            Case(
                sentence: "the last that names it decides", patterns: ["*", "!Mandanten*", "Mandanten/Bolt"],
                listed: modern,
                names: ["INBOX", "Archive", "Gesendet", "Mandanten/Bolt"]),
            Case(
                sentence: "Junk if asked for", patterns: ["\\Inbox", "\\Junk"], listed: modern,
                names: ["INBOX", "Spam"]),
            Case(
                sentence: "a use taken away", patterns: ["*", "!\\Sent"], listed: old,
                names: ["INBOX", "INBOX/2026"]),
        ])
    func mailboxes(_ case: Case) throws {
        let choice = try `case`.patterns.map { try MailboxChoice($0) } ?? .standard
        #expect(
            choice.chosen(from: `case`.listed, isGmail: `case`.isGmail).map(\.name.decoded) == `case`.names)
    }

    @Test("Sent is known as such")
    func sent() {
        #expect(
            MailboxChoice.standard.chosen(from: Self.modern).first { $0.name.decoded == "Gesendet" }?.use
                == .sent)
        #expect(
            MailboxChoice.standard.chosen(from: Self.old).first { $0.name.decoded.contains("Gesendete") }?.use
                == .sent)
    }

    @Test("a pattern that is none is named", arguments: ["\\Inbxo", "[", "", "!"])
    func mistakes(_ pattern: String) {
        #expect(throws: MailboxChoice.Mistake(pattern: pattern)) { try MailboxChoice(["*", pattern]) }
    }

    @Test("F13: what the server doesn't give is asked for again, from a minute to a day, for 14 days")
    func f13_gaveNothing() throws {
        let first = Timestamp(seconds: 1_000_000)
        var now = first
        var tries = 1
        var delays: [Int64] = []
        while let next = RetryPolicy.nextFetch(tries: tries, first: first, now: now) {
            delays.append(next.seconds - now.seconds)
            now = next
            tries += 1
        }
        #expect(delays.prefix(5) == [60, 120, 240, 480, 960])
        #expect(delays.max() == 86_400)
        #expect(now.seconds - first.seconds <= 14 * 86_400)
        #expect(now.seconds - first.seconds > 12 * 86_400)
    }

    @Test("F17: a source backs off, and comes back within a minute of the server")
    func f17_backoff() {
        func delay(_ failure: RetryPolicy.Failure, _ failures: Int, _ jitter: Double = 0) -> Int {
            RetryPolicy.delay(after: failure, failures: failures, jitter: jitter)
        }
        #expect((1...8).map { delay(.connection, $0) } == [2, 4, 8, 16, 32, 60, 60, 60])
        #expect(delay(.connection, 1000) == 60)
        #expect(delay(.connection, 1000, 1) == 45)
        #expect((1...6).map { delay(.login, $0) } == [60, 120, 240, 480, 900, 900])
        #expect((1...100).allSatisfy { delay(.login, $0, 0.5) >= 60 })
        #expect(delay(.askedToWait(seconds: 297), 1) == 297)
        #expect(delay(.askedToWait(seconds: 0), 1) == 10)
        #expect(delay(.askedToWait(seconds: 10_000_000), 1) == 86_400)
        #expect(delay(.askedToWait(seconds: nil), 1) == 60)
    }

    @Test(
        "F17: the server's own words are honoured",
        arguments: [
            ("NO Server Busy. Suggested Backoff Time: 297 seconds", 297),
            ("Suggested Backoff Time: 29728 milliseconds", 30),
            ("[THROTTLED] backoff 5", 5), ("NO try later", nil), ("Backoff soon", nil),
        ] as [(String, Int?)])
    func f17_words(_ text: String, _ seconds: Int?) {
        #expect(RetryPolicy.suggestedBackoff(in: text) == seconds)
    }

    @Test("F6: a message is set aside after two attempts without an end")
    func f6_quarantine() {
        #expect((0...3).map { Quarantine.isDue(unfinishedAttempts: $0) } == [false, false, true, true])
        #expect((0...4).map { Quarantine.isDue(sessionsBroken: $0) } == [false, false, false, true, true])
    }

    static func identity(
        _ id: String? = "a@b", from: String = "kate@smith.example", date: Int64? = 100,
        contents: [UInt8] = [1, 2]
    ) -> [UInt8] {
        MessageIdentity(
            messageID: id.flatMap { MessageID($0) }, from: [EmailAddress(from)!],
            date: date.map { Timestamp(seconds: $0) },
            contents: contents.map { SHA256Digest(octets: Array(repeating: $0, count: 32))! }
        ).canonical
    }

    @Test("F11, F12: the same message is the same whatever carried it, and another never is")
    func f12_identity() {
        #expect(Self.identity() == Self.identity(from: "kate@SMITH.example"))
        let others = [
            Self.identity("c@d"), Self.identity(nil), Self.identity(from: "bert@bolt.example"),
            Self.identity(date: 101),
            Self.identity(date: nil), Self.identity(contents: [1]), Self.identity(contents: [2, 1]),
            Self.identity(contents: []),
        ]
        #expect(!others.contains(Self.identity()))
        #expect(Set(others).count == others.count)
    }
}
