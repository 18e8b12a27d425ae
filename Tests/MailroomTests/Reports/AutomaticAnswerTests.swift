import Mail
import Testing
import Text

@testable import Mailroom

@Suite("What is answered by itself, and what never")
struct AutomaticAnswerTests {
    static let policy = AutomaticAnswerPolicy(own: Town.own, addresses: [AddressKey("office@firm.example")!])

    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let facts: MessageFacts
        let refusal: AutomaticAnswerPolicy.Refusal?
        var testDescription: String { sentence }
    }

    static func from(
        _ from: String = "kate@smith.example", _ fields: (String, String)...,
        to: [String] = ["office@firm.example"],
        subject: String = "Hello", reportType: String? = nil
    ) -> MessageFacts {
        Town.facts(
            from: [from], fields: fields, to: to, subject: subject, reportType: reportType)
    }

    @Test(
        "RFC 3834: a machine gets no answer",
        arguments: [
            Case(sentence: "a person", facts: from(), refusal: nil),
            Case(
                sentence: "a person whose client says Auto-Submitted: no",
                facts: from("kate@smith.example", ("auto-submitted", "no")), refusal: nil),
            Case(
                sentence: "the null return path",
                facts: from("kate@smith.example", ("return-path", " <>")), refusal: .noSender),
            Case(
                sentence: "several senders",
                facts: Town.facts(from: ["a@b.example", "c@d.example"]), refusal: .noSender),
            Case(
                sentence: "an automatic reply",
                facts: from("kate@smith.example", ("auto-submitted", "auto-replied")), refusal: .automatic),
            Case(
                sentence: "whatever is generated",
                facts: from("kate@smith.example", ("auto-submitted", "auto-generated")), refusal: .automatic),
            Case(
                sentence: "a value nobody knows",
                facts: from("kate@smith.example", ("auto-submitted", "auto-notified; x=y")),
                refusal: .automatic),
            Case(
                sentence: "a delivery report", facts: from(reportType: "delivery-status"), refusal: .automatic
            ),
            Case(
                sentence: "a subject that machines write, and nothing else",
                facts: from(subject: "Automatische Antwort: Unterlagen"), refusal: .nobodyReads),
            Case(
                sentence: "a list", facts: from("kate@smith.example", ("list-id", "<x.smith.example>")),
                refusal: .bulk),
            Case(
                sentence: "a list of our own",
                facts: from("kate@smith.example", ("list-id", "<info.firm.example>")), refusal: .bulk),
            Case(
                sentence: "Precedence: bulk", facts: from("kate@smith.example", ("precedence", "bulk")),
                refusal: .bulk),
            Case(
                sentence: "Exchange asks for silence",
                facts: from("kate@smith.example", ("x-auto-response-suppress", "DR, OOF, AutoReply")),
                refusal: .suppressed),
            Case(
                sentence: "a Mailroom's own letter, wherever it comes from",
                facts: from("kate@smith.example", ("x-mailroom-loop", "yes")), refusal: .loop),
            Case(
                sentence: "a mailer daemon", facts: from("MAILER-DAEMON@mx.example"), refusal: .automatic),
            Case(sentence: "noreply", facts: from("no-reply@shop.example"), refusal: .nobodyReads),
            Case(sentence: "donotreply", facts: from("DoNotReply@bank.example"), refusal: .nobodyReads),
            Case(
                sentence: "a bounce address", facts: from("news-bounces@list.example"), refusal: .nobodyReads),
            Case(sentence: "one of us", facts: from("jana@firm.example"), refusal: .ourselves),
            Case(sentence: "our own address", facts: from("office@firm.example"), refusal: .ourselves),
            Case(
                sentence: "it came by a blind copy", facts: from(to: ["others@smith.example"]),
                refusal: .notToUs),
            Case(
                sentence: "to the sub-address of a letter",
                facts: from(to: ["office+abcdefghijklmnopqrstuvwxyz@firm.example"]), refusal: nil),
        ])
    func refusals(_ case: Case) {
        let result = Self.policy.mayAnswer(`case`.facts) { _ in false }
        switch result {
        case .success(let address):
            #expect(`case`.refusal == nil)
            #expect(address == `case`.facts.envelope.from.first?.address)
        case .failure(let refusal): #expect(refusal == `case`.refusal)
        }
    }

    @Test("At most one answer for an address and day")
    func oncePerDay() {
        #expect(Self.policy.mayAnswer(Self.from()) { _ in true } == .failure(.answeredToday))
        #expect(
            Self.policy.mayAnswer(Self.from()) { $0.description == "kate@smith.example" }
                == .failure(.answeredToday))
    }

    /// One of two firms whose Mailrooms answer each other, and what it has sent.
    private struct House {
        let address: String
        var answered: Set<AddressKey> = []
        var sent = 0

        /// What it sends in answer, with the fields that have not been taken off on the way.
        mutating func answer(_ facts: MessageFacts, keeping fields: [(String, String)]) -> MessageFacts? {
            let policy = AutomaticAnswerPolicy(
                own: OwnDomains([DomainName(String(address.split(separator: "@")[1]))!]),
                addresses: [AddressKey(address)!])
            let known = answered
            guard case .success(let recipient) = policy.mayAnswer(facts, wasAnsweredToday: known.contains)
            else { return nil }
            answered.insert(AddressKey(recipient)!)
            sent += 1
            return Town.facts(
                from: [address], fields: fields, to: [recipient.description], subject: "Ihr neuer Link")
        }
    }

    @Test(
        "Two Mailrooms pointed at each other: the first answer is the last, even where gateways strip fields",
        arguments: [
            (["auto-submitted", "x-mailroom-loop"], 1), (["auto-submitted"], 1), (["x-mailroom-loop"], 1),
            ([], 2),
        ])
    func loop(_ kept: [String], _ most: Int) {
        let all = [("auto-submitted", "auto-replied"), ("x-mailroom-loop", "yes")]
        var left = House(address: "office@left.example")
        var right = House(address: "office@right.example")
        var letter: MessageFacts? = Town.facts(from: ["office@left.example"], to: ["office@right.example"])
        var isRight = true
        var steps = 0
        while let one = letter, steps < 1000 {
            steps += 1
            let fields = all.filter { kept.contains($0.0) }
            letter = isRight ? right.answer(one, keeping: fields) : left.answer(one, keeping: fields)
            isRight.toggle()
        }
        #expect(left.sent + right.sent == most)
    }
}
