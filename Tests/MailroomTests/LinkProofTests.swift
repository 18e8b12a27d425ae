import Mail
import Testing

@testable import Mailroom

@Suite("What a link asks of whoever comes by it")
struct LinkProofTests {
    private static let key = LinkKey([UInt8](repeating: 7, count: 32))!
    private static let now = Timestamp(seconds: 1000)
    private static let own = LinkTarget.recipient(RequestRecipientID(5))

    private func verdict(
        _ proof: LinkProof, _ evidence: LinkEvidence, state: RequestState = .open, isOver: Bool = false,
        generation: Int = 2
    ) -> LinkVerdict {
        let token = LinkToken(Self.own, purpose: .upload, generation: generation, key: Self.key)
        let facts = LinkFacts(
            state: state, generation: 2, expires: Timestamp(seconds: isOver ? 1000 : 1001), proof: proof)
        return LinkJudge(key: Self.key, purpose: .upload).verdict(token.text, facts, evidence, now: Self.now)
    }

    @Test("each proof is satisfied by its own evidence, and by no other")
    func evidence() {
        for gaveCode in [false, true] {
            for isSignedIn in [false, true] {
                let evidence = LinkEvidence(gaveCode: gaveCode, isSignedIn: isSignedIn)
                #expect(verdict(.nothing, evidence) == .opens)
                #expect(verdict(.code, evidence) == (gaveCode ? .opens : .asks(.code)))
                #expect(verdict(.login, evidence) == (isSignedIn ? .opens : .asks(.login)))
                #expect(verdict(.code, evidence, state: .answered) == (gaveCode ? .opens : .asks(.code)))
            }
        }
    }

    @Test("a link that is over asks for nothing, and no evidence opens it", arguments: LinkProof.allCases)
    func over(proof: LinkProof) {
        let all = LinkEvidence(gaveCode: true, isSignedIn: true)
        for evidence in [LinkEvidence(), all] {
            #expect(verdict(proof, evidence, state: .revoked) == .over(.nothing))
            #expect(verdict(proof, evidence, generation: 1) == .over(.nothing))
            #expect(
                verdict(proof, evidence, isOver: true) == .over(.byMail(RequestRecipientID(5))))
        }
    }

    @Test("who comes later is asked for no less than any before")
    func strictest() {
        #expect(LinkProof.strictest([]) == nil)
        #expect(LinkProof.strictest([.nothing]) == .nothing)
        #expect(LinkProof.strictest([.code, .nothing]) == .code)
        #expect(LinkProof.strictest([.nothing, .login, .code]) == .login)
    }

    struct Typed: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let digits: String?
    }

    @Test(
        "a code is read as people type and paste it",
        arguments: [
            Typed(testDescription: "plain", text: "042719", digits: "042719"),
            Typed(testDescription: "with blanks around and within", text: " 042 719\n", digits: "042719"),
            Typed(testDescription: "full-width, from a Japanese keyboard", text: "０４２７１９", digits: "042719"),
            Typed(testDescription: "with an ideographic space", text: "０４２　７１９", digits: "042719"),
            Typed(testDescription: "with a hyphen", text: "042-719", digits: "042719"),
            Typed(testDescription: "with a dash of a word processor", text: "042–719", digits: "042719"),
            Typed(testDescription: "Arabic digits", text: "٠٤٢٧١٩", digits: "042719"),
            Typed(
                testDescription: "with what a mail program hides", text: "\u{200B}042719", digits: "042719"),
            Typed(testDescription: "five digits", text: "04271", digits: nil),
            Typed(testDescription: "seven digits", text: "0427190", digits: nil),
            Typed(testDescription: "a letter among them", text: "04271O", digits: nil),
            Typed(testDescription: "kanji", text: "〇四二七一九", digits: nil),
            Typed(testDescription: "circled digits", text: "①②③④⑤⑥", digits: nil),
            Typed(testDescription: "nothing", text: "", digits: nil),
            Typed(
                testDescription: "a whole letter", text: String(repeating: " ", count: 100) + "042719",
                digits: nil),
        ])
    func typed(_ one: Typed) {
        #expect(LinkCode(typed: one.text)?.digits == one.digits)
    }

    @Test("a code has six digits, whatever it is made of, and never prints itself")
    func made() {
        #expect(LinkCode(random: [0, 0, 0, 0, 0, 0, 0, 0]).digits == "000000")
        #expect(LinkCode(random: [0, 0, 0, 0, 0, 0, 0, 7]).digits == "000007")
        #expect(LinkCode(random: [0, 0, 0, 0, 0, 15, 66, 63]).digits == "999999")
        #expect(LinkCode(random: [0, 0, 0, 0, 0, 15, 66, 64]).digits == "000000")
        let code = LinkCode(random: [0, 0, 0, 0, 0, 15, 66, 63])
        #expect(!"\(code)".contains("999999"))
        #expect(Mirror(reflecting: code).children.isEmpty)
    }

    @Test("what is remembered of a code is another for each link, generation and key")
    func hashes() throws {
        let code = try #require(LinkCode(typed: "042719"))
        let other = try #require(LinkKey([UInt8](repeating: 8, count: 32)))
        let hashes = [
            code.hash(at: Self.own, generation: 2, key: Self.key),
            code.hash(at: .recipient(RequestRecipientID(6)), generation: 2, key: Self.key),
            code.hash(at: .share(ShareRecipientID(5)), generation: 2, key: Self.key),
            code.hash(at: Self.own, generation: 3, key: Self.key),
            code.hash(at: Self.own, generation: 2, key: other),
            try #require(LinkCode(typed: "042718")).hash(at: Self.own, generation: 2, key: Self.key),
        ]
        #expect(Set(hashes).count == hashes.count)
        #expect(hashes.allSatisfy { $0.count == 32 })
        #expect(code.hash(at: Self.own, generation: 2, key: Self.key) == hashes[0])
    }

    @Test(
        "an address is masked to what its owner knows it by",
        arguments: [
            ("anna", "example.org", "a•••@e•••.org"),
            ("anna.berger-lang", "mail.example.org", "a•••@e•••.org"),
            ("jo", "example.org", "•••@e•••.org"), ("a", "ab.de", "•••@•••.de"),
            ("伊藤太郎", "会計.example", "伊•••@•••.example"),
            ("anna", "xn--bckerei-5wa.example", "a•••@•••.example"), ("root", "localhost", "r•••@•••"),
        ])
    func masked(local: String, domain: String, shown: String) {
        #expect("\(MaskedAddress(localPart: local, domain: domain))" == shown)
    }
}
