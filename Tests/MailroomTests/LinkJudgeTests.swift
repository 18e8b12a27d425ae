import Mail
import Mailroom
import Testing

@Suite("What a link is worth")
struct LinkJudgeTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let target: LinkTarget
        let facts: LinkFacts?
        let verdict: LinkVerdict
        /// Of the token; the request is of generation 2.
        var generation = 2
        var key = LinkJudgeTests.key
        var testDescription: String { sentence }

        init(
            _ sentence: String, _ target: LinkTarget, _ state: RequestState?, isOver: Bool = false,
            _ verdict: LinkVerdict, generation: Int = 2, lapsed: Int? = nil,
            key: LinkKey = LinkJudgeTests.key
        ) {
            self.sentence = sentence
            self.target = target
            facts = state.map {
                LinkFacts(
                    state: $0, generation: 2, lapsed: lapsed,
                    expires: Timestamp(seconds: isOver ? 1000 : 1001))
            }
            self.verdict = verdict
            self.generation = generation
            self.key = key
        }
    }

    static let key = LinkKey([UInt8](repeating: 7, count: 32))!
    static let other = LinkKey([UInt8](repeating: 8, count: 32))!
    private static let now = Timestamp(seconds: 1000)
    private static let own = LinkTarget.recipient(RequestRecipientID(5))
    private static let anybody = LinkTarget.request(RequestID(3))
    private static let again = LinkVerdict.over(.byMail(RequestRecipientID(5)))

    static let cases = [
        Case("an open request, a personal link", own, .open, .opens),
        Case("an open request, the open link", anybody, .open, .opens),
        Case("answered, and in its time: more may come", own, .answered, .opens),
        Case("nobody was sent a draft", own, .draft, .over(.nothing)),
        Case("revoked, and in its time", own, .revoked, .over(.nothing)),
        Case("revoked, and over", own, .revoked, isOver: true, .over(.nothing)),
        Case("expired: a new one goes by mail", own, .expired, isOver: true, again),
        Case("over, though nobody has noted that yet", own, .open, isOver: true, again),
        Case(
            "expired, the open link: staff decide", anybody, .expired, isOver: true, .over(.byStaff(anybody))),
        Case("answered and over: staff decide", own, .answered, isOver: true, .over(.byStaff(own))),
        Case("no such request", own, nil, .over(.nothing)),
        Case("the generation before: somebody wanted it void", own, .open, .over(.nothing), generation: 1),
        Case("the generation before, expired", own, .expired, isOver: true, .over(.nothing), generation: 1),
        Case(
            "the one that lapsed: the new link is in the mailbox", own, .open, again, generation: 1, lapsed: 1
        ),
        Case(
            "the one that lapsed, expired anew", own, .expired, isOver: true, again, generation: 1, lapsed: 1),
        Case("the one that lapsed, revoked since", own, .revoked, .over(.nothing), generation: 1, lapsed: 1),
        Case("the open link that lapsed", anybody, .open, .over(.byStaff(anybody)), generation: 1, lapsed: 1),
        Case("the one before the one that lapsed", own, .open, .over(.nothing), generation: 0, lapsed: 1),
        Case("the link that came by the letter", own, .open, .opens, lapsed: 1),
        Case("the generation to come", own, .open, .over(.nothing), generation: 3),
        Case("another firm's key", own, .open, .over(.nothing), key: other),
        Case("another firm's key, expired", own, .expired, isOver: true, .over(.nothing), key: other),
    ]

    private static let look = LinkTarget.share(ShareRecipientID(5))

    struct ShareCase: CustomTestStringConvertible, Sendable {
        let sentence: String
        let facts: LinkFacts?
        let verdict: LinkVerdict
        /// Of the token; the recipient's is 2.
        var generation = 2
        var testDescription: String { sentence }
    }

    static let shareCases = [
        ShareCase(sentence: "in its time", facts: share(), verdict: .opens),
        ShareCase(sentence: "over: staff decide", facts: share(isOver: true), verdict: .over(.byStaff(look))),
        ShareCase(sentence: "revoked", facts: share(isRevoked: true), verdict: .over(.nothing)),
        ShareCase(
            sentence: "revoked, and over", facts: share(isRevoked: true, isOver: true),
            verdict: .over(.nothing)),
        ShareCase(sentence: "no such recipient", facts: nil, verdict: .over(.nothing)),
        ShareCase(
            sentence: "the link before a new one was made", facts: share(), verdict: .over(.nothing),
            generation: 1),
    ]

    private static func share(isRevoked: Bool = false, isOver: Bool = false) -> LinkFacts {
        LinkFacts(isRevoked: isRevoked, generation: 2, expires: Timestamp(seconds: isOver ? 1000 : 1001))
    }

    @Test("a share opens until its day is over", arguments: shareCases)
    func verdict(_ one: ShareCase) {
        let token = LinkToken(Self.look, purpose: .share, generation: one.generation, key: Self.key)
        let verdict = LinkJudge(key: Self.key, purpose: .share).verdict(token.text, one.facts, now: Self.now)
        #expect(verdict == one.verdict)
    }

    @Test("a token opens nothing but what it was made for")
    func otherPurpose() {
        let facts = LinkFacts(isRevoked: false, generation: 0, expires: Timestamp(seconds: 2000))
        for target in [Self.own, Self.anybody, Self.look] {
            for made in LinkToken.Purpose.allCases {
                for asked in LinkToken.Purpose.allCases {
                    let token = LinkToken(target, purpose: made, generation: 0, key: Self.key)
                    let verdict = LinkJudge(key: Self.key, purpose: asked).verdict(
                        token.text, facts, now: Self.now)
                    #expect((verdict == .opens) == (made == asked))
                }
            }
        }
    }

    @Test("tokens that are out in letters stay what they are")
    func unchanged() {
        #expect(
            LinkToken(Self.own, purpose: .upload, generation: 2, key: Self.key).text
                == "cAAAAAAFRGyoWFhdSVRpb3QMZQ9Cpw")
        #expect(
            LinkToken(Self.anybody, purpose: .upload, generation: 0, key: Self.key).text
                == "bwAAAAADRJW0TrFB_LiO_AZzcp1gpQ")
        #expect(
            LinkToken(Self.look, purpose: .share, generation: 1, key: Self.key).text
                == "cwAAAAAFPTyVtl2awptXFDs_ryzAVQ")
    }

    @Test("a link opens, or is over in one of three ways", arguments: cases)
    func verdict(_ one: Case) {
        let token = LinkToken(one.target, purpose: .upload, generation: one.generation, key: one.key)
        let verdict = LinkJudge(key: Self.key, purpose: .upload).verdict(token.text, one.facts, now: Self.now)
        #expect(verdict == one.verdict)
    }

    @Test("what is no token opens nothing, whatever the request", arguments: ["", "x", "…", "p", "cAAAAAAB"])
    func noToken(_ text: String) {
        for state in RequestState.allCases {
            let facts = LinkFacts(state: state, generation: 0, expires: Timestamp(seconds: 2000))
            let verdict = LinkJudge(key: Self.key, purpose: .upload).verdict(text, facts, now: Self.now)
            #expect(verdict == .over(.nothing))
        }
    }
}
