import Mail
import Testing
import Text

@testable import Mailroom

@Suite("1. Whose mail is it? A reply to a letter of ours")
struct AnswerMatchTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let facts: MessageFacts
        let kind: MatchKind
        let account: Account?
        let request: Int64?
        let suggestions: [Account]

        var testDescription: String { sentence }

        init(
            _ sentence: String, from: String, _ answered: [AnsweredLetter], _ kind: MatchKind,
            _ account: Account? = nil, request: Int64? = nil, suggestions: [Account] = []
        ) {
            self.sentence = sentence
            var facts = Town.facts(from: [from])
            facts.answered = answered
            self.facts = facts
            self.kind = kind
            self.account = account
            self.request = request
            self.suggestions = suggestions
        }
    }

    static func letter(
        _ account: Account, to: String..., request: Int64? = nil, _ state: RequestState = .open,
        takesReplies: Bool? = nil, naming: AnsweredLetter.Naming = .inReplyTo, isBySecret: Bool = true
    ) -> AnsweredLetter {
        AnsweredLetter(
            naming: naming, subject: "Unterlagen", account: account.id,
            recipients: Set(to.compactMap { AddressKey($0) }),
            request: request.map {
                AnsweredRequest(
                    id: RequestID($0), account: account.id, title: "Unterlagen",
                    folder: FolderPath(["Intern", "2026"])!, state: state,
                    takesReplies: takesReplies ?? (state == .open))
            }, isBySecret: isBySecret)
    }

    private static let kate = "kate@smith.example"
    private static let eve = "eve@evil.example"

    @Test(
        "rule by rule",
        arguments: [
            Case(
                "its recipient", from: kate, [letter(Town.family, to: kate, request: 1)], .request,
                Town.family, request: 1),
            Case(
                "a recipient who is no contact", from: eve, [letter(Town.family, to: eve, request: 1)],
                .request,
                Town.family, request: 1),
            Case(
                "a contact of its account who was not asked", from: "bert.bolt@gmail.com",
                [letter(Town.bolt, to: "ceo@bolt.example", request: 1)], .request, Town.bolt, request: 1),
            Case(
                "closed: the account, not the folder", from: eve,
                [letter(Town.family, to: eve, request: 1, .answered)], .request, Town.family),
            Case(
                "revoked: the account, not the folder", from: eve,
                [letter(Town.family, to: eve, request: 1, .revoked)], .request, Town.family),
            Case(
                "expired not long ago: as open", from: eve,
                [letter(Town.family, to: eve, request: 1, .expired, takesReplies: true)], .request,
                Town.family,
                request: 1),
            Case(
                "a letter without a request", from: eve, [letter(Town.family, to: eve)], .request, Town.family
            ),
            Case(
                "F30: a contact of another account is that account's", from: "bert@bolt.example",
                [letter(Town.family, to: kate, request: 1)], .address, Town.bolt),
            Case(
                "F30: a stranger in the thread is a suggestion", from: eve,
                [letter(Town.family, to: kate, request: 1)], .suggested, request: 1,
                suggestions: [Town.family]),
            Case(
                "a stranger in the thread of a closed request", from: eve,
                [letter(Town.family, to: kate, request: 1, .answered)], .suggested, suggestions: [Town.family]
            ),
            Case(
                "a portal is nobody's contact", from: "noreply@portal.example",
                [letter(Town.bolt, to: "bert@bolt.example", request: 1)], .unmatched),
            Case(
                "one of us in the thread", from: "jana@firm.example",
                [letter(Town.family, to: kate, request: 1)],
                .staff),
            Case(
                "the token before the parent", from: kate,
                [
                    letter(Town.family, to: kate, request: 2),
                    letter(Town.family, to: kate, request: 1, naming: .subAddress),
                ], .request, Town.family, request: 1),
            Case(
                "the token of one account, as an address book keeps it, and the parent of another",
                from: kate,
                [
                    letter(Town.bolt, to: kate, request: 2),
                    letter(Town.family, to: kate, request: 1, naming: .subAddress),
                ], .ambiguous),
            Case(
                "the parent before the thread", from: kate,
                [
                    letter(Town.bolt, to: kate, request: 2, naming: .references),
                    letter(Town.family, to: kate, request: 1),
                ], .request, Town.family, request: 1),
            Case(
                "a nearer letter that is not hers doesn't count", from: kate,
                [
                    letter(Town.bolt, to: "bert@bolt.example", request: 2, naming: .subAddress),
                    letter(Town.family, to: kate, request: 1),
                ], .request, Town.family, request: 1),
            Case(
                "letters of two accounts, equally near", from: eve,
                [letter(Town.family, to: eve, request: 1), letter(Town.bolt, to: eve, request: 2)], .ambiguous
            ),
            Case(
                "the open one of two of one account", from: eve,
                [
                    letter(Town.family, to: eve, request: 1, .answered, naming: .references),
                    letter(Town.family, to: eve, request: 2, naming: .references),
                ], .request, Town.family, request: 2),
        ])
    func rules(_ case: Case) {
        let matching = SenderMatcher(own: Town.own).match(`case`.facts, Town.directory())
        #expect(matching.kind == `case`.kind)
        #expect(matching.account == `case`.account?.id)
        #expect(matching.request?.id.rawValue == `case`.request)
        #expect(matching.suggestions.map(\.account) == `case`.suggestions.map(\.id))
        let step = matching.steps.first { $0.rule == "matching.request" }
        #expect(step != nil)
        #expect(step?.decided == (matching.kind == .request || matching.kind == .ambiguous))
        if matching.kind == .suggested {
            #expect(matching.suggestions[0].because.contains("Unterlagen"))
        }
    }

    @Test("what a message names: tokens in sub-addresses, and Message-IDs, the nearest first")
    func names() {
        let token = "abcdefghijklmnopqrstuvwx27"
        var facts = Town.facts(
            to: [
                "office+\(token.uppercased())@firm.example", "office+short@firm.example",
                "kate@smith.example",
            ],
            references: ["<1@x>", "<2@x>"], deliveredTo: ["a+b+\(token)@firm.example"])
        facts.envelope.inReplyTo = [MessageID("<2@x>")!]
        let names = AnswerNames(facts)
        #expect(names.tokens == [token])
        #expect(names.inReplyTo.map(\.rawValue) == ["2@x"])
        #expect(names.references.map(\.rawValue) == ["2@x", "1@x"])
        #expect(AnswerNames(Town.facts()).isEmpty)
    }

    @Test("one of us in copy of a letter is no client: what colleagues send is not filed as one's")
    func colleague() {
        let colleague = "jana@firm.example"
        var facts = Town.facts(from: [colleague])
        facts.answered = [Self.letter(Town.family, to: Self.kate, colleague)]
        let matching = SenderMatcher(own: Town.own).match(facts, Town.directory())
        #expect(matching.kind == .staff)
        #expect(matching.account == nil)
        // Who tries out a request on themselves answers it.
        facts.answered = [Self.letter(Town.family, to: colleague, request: 1)]
        #expect(SenderMatcher(own: Town.own).match(facts, Town.directory()).request?.id == RequestID(1))
    }

    @Test("a reply to a secret name that went to this address only is proven, unless something is against it")
    func secret() {
        let dmarcFail = (
            "authentication-results", "mx.firm.example; dmarc=fail (p=reject) header.from=smith.example"
        )
        let cases: [(String, [AnsweredLetter], [(String, String)], Verdict, VerdictReason)] = [
            ("it alone", [Self.letter(Town.family, to: Self.kate)], [], .proven, .secretReply),
            ("it and another", [Self.letter(Town.family, to: Self.kate, Self.eve)], [], .open, .nothingSaid),
            ("another", [Self.letter(Town.family, to: Self.eve)], [], .open, .nothingSaid),
            ("nobody", [], [], .open, .nothingSaid),
            (
                "it, by a name of some server's",
                [Self.letter(Town.family, to: Self.kate, isBySecret: false)],
                [], .open, .nothingSaid
            ),
            (
                "the domain disowns it", [Self.letter(Town.family, to: Self.kate)], [dmarcFail], .against,
                .dmarcFail
            ),
        ]
        for (sentence, answered, fields, verdict, reason) in cases {
            var facts = Town.facts(fields: fields)
            facts.answered = answered
            let trust = SenderTrust(checks: .servers([AuthservPattern("mx.firm.example")!]), own: Town.own)
            let judgement = trust.judge(facts, Town.directory())
            #expect(judgement.verdict == verdict, "\(sentence)")
            #expect(judgement.reason == reason, "\(sentence)")
        }
    }
}
