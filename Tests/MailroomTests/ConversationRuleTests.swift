import Mail
import Mailroom
import Testing
import Text

@Suite("Which conversation a message belongs to")
struct ConversationRuleTests {
    private static let day: Int64 = 86_400_000

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let subject: String
        let key: String
        init(_ description: String, _ subject: String, _ key: String) {
            (testDescription, self.subject, self.key) = (description, subject, key)
        }
    }

    @Test(
        "a subject is compared without what answering puts before it",
        arguments: [
            Case("English", "Re: Payroll November", "payroll november"),
            Case("German, many times", "AW: WG: AW:  Lohn   November", "lohn november"),
            Case("counted", "Re[2]: RE(3): Lohn", "lohn"),
            Case("Japanese, a wide colon", "返信：転送: 請求書", "請求書"),
            Case("marked by a gateway", "[EXTERN] AW: Belege", "belege"),
            Case("a colon that is none of these", "Steuer: Frage", "steuer: frage"),
            Case("a mark that is the subject's own", "[2025] Belege", "[2025] belege"),
            Case("nothing left", "Re:", ""),
            Case("a word that begins like one", "Rechnung: 5", "rechnung: 5"),
        ])
    func subjects(_ test: Case) { #expect(ConversationRule.subjectKey(test.subject) == test.key) }

    private func candidate(
        _ id: Int64, account: Int64?, from: String?, _ subject: String = "lohn", days: Int64 = 0
    ) -> ConversationRule.Candidate {
        ConversationRule.Candidate(
            id: ConversationID(id), account: account.map { AccountID($0) }, counterpart: from,
            subjectKey: subject, first: Timestamp(milliseconds: days * Self.day),
            latest: Timestamp(milliseconds: days * Self.day))
    }

    private func entry(account: Int64?, from: String?, days: Int64 = 0) -> ConversationRule.Entry {
        ConversationRule.Entry(
            account: account.map { AccountID($0) }, counterpart: from, subjectKey: "lohn",
            received: Timestamp(milliseconds: days * Self.day))
    }

    @Test("References join anybody within one account, and across none")
    func named() {
        let entry = entry(account: 1, from: "kate@a.example")
        let others = [
            candidate(7, account: 2, from: "kate@a.example"), candidate(8, account: nil, from: nil),
        ]
        #expect(ConversationRule.named(entry, others) == nil)
        let own = candidate(9, account: 1, from: "tom@a.example")
        #expect(ConversationRule.named(entry, others + [own]) == ConversationID(9))
    }

    @Test("nobody's mail joins only the same sender's, whatever it refers to")
    func strangers() {
        let entry = entry(account: nil, from: "a@x.example")
        #expect(ConversationRule.named(entry, [candidate(1, account: nil, from: "b@x.example")]) == nil)
        #expect(ConversationRule.named(entry, [candidate(2, account: nil, from: "a@x.example")]) != nil)
        let nameless = self.entry(account: nil, from: nil)
        #expect(ConversationRule.named(nameless, [candidate(3, account: nil, from: nil)]) == nil)
    }

    @Test("subjects join within 30 days, one account and one counterpart")
    func alike() {
        func joins(_ candidate: ConversationRule.Candidate) -> Bool {
            ConversationRule.likeNamed(entry(account: 1, from: "k@a.example", days: 40), [candidate]) != nil
        }
        #expect(joins(candidate(1, account: 1, from: "k@a.example", days: 10)))
        #expect(joins(candidate(1, account: 1, from: "k@a.example", days: 70)))
        #expect(!joins(candidate(1, account: 1, from: "k@a.example", days: 9)))
        #expect(!joins(candidate(1, account: 1, from: "k@a.example", days: 71)))
        #expect(!joins(candidate(1, account: 1, from: "other@a.example", days: 40)))
        #expect(!joins(candidate(1, account: 2, from: "k@a.example", days: 40)))
        #expect(!joins(candidate(1, account: 1, from: "k@a.example", "urlaub", days: 40)))
    }

    @Test("whose turn it is after an entry")
    func effects() {
        for state in ConversationState.allCases {
            #expect(ConversationEffect.asks.state(after: state) == .open)
            #expect(ConversationEffect.shows.state(after: state) == state)
        }
        #expect(ConversationEffect.answers.state(after: .open) == .waiting)
        #expect(ConversationEffect.answers.state(after: .done) == .done)
        #expect(ConversationEffect.answers.state(after: nil) == .done)
        #expect(ConversationEffect.asksClient.state(after: nil) == .waiting)
        #expect(ConversationEffect.asksClient.state(after: .snoozed) == .snoozed)
    }

    @Test("a note calls whom it names, in any script, and nobody by half a name")
    func mentions() {
        func member(_ id: Int64, _ login: String, _ name: String) -> StaffMember {
            StaffMember(id: StaffID(id), login: login, name: name, role: .member, language: .de)
        }
        let mentions = NoteMentions([
            member(1, "jana", "Jana Vogt"), member(2, "yuki", "森 由紀"), member(3, "tom.a", "Tom Adler"),
            member(4, "tom.b", "Tom Berg"),
        ])
        #expect(mentions.named(in: "Please @Jana look, and @jana Vogt too") == [StaffID(1)])
        #expect(mentions.named(in: "@森さん、確認をお願いします") == [StaffID(2)])
        #expect(mentions.named(in: "@Tom and a@jana.example, @Janas") == [])
        #expect(mentions.named(in: "@Tom Berg!") == [StaffID(4)])
        #expect(
            mentions.pieces(of: "ask @yuki.")
                == [.text("ask "), .mention("@yuki", StaffID(2)), .text(".")])
    }

    @Test("a snippet is one line of what was written, not of what was quoted")
    func snippets() {
        #expect(
            Snippet.of("\nGuten Tag,\n\n> alt\nanbei  die Liste.\n-- \nSabine")
                == "Guten Tag, anbei die Liste.")
        #expect(Snippet.of("-----\nHallo") == "Hallo")
        #expect(Snippet.of(String(repeating: "wort ", count: 100)).count <= Snippet.limit)
    }
}
