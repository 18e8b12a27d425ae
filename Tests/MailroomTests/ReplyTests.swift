import Mail
import Testing
import Text

@testable import Mailroom

@Suite("Answers and messages passed on")
struct ReplyTests {
    private func envelope(
        from: [String] = ["kate@client.example"], replyTo: [String] = [], subject: String? = "Steuer",
        references: [String] = [], inReplyTo: [String] = []
    ) -> Envelope {
        func named(_ texts: [String]) -> [NamedAddress] {
            texts.map { NamedAddress(name: nil, address: EmailAddress($0)!) }
        }
        var envelope = Envelope()
        envelope.from = named(from)
        envelope.fromFields = from.isEmpty ? 0 : 1
        envelope.replyTo = named(replyTo)
        envelope.to = named(["office@firm.example"])
        envelope.subject = subject
        envelope.messageID = MessageID("question@client.example")
        envelope.references = references.compactMap { MessageID($0) }
        envelope.inReplyTo = inReplyTo.compactMap { MessageID($0) }
        return envelope
    }

    @Test("it goes to Reply-To where there is one, else to From; our own letter to whom that went")
    func recipients() throws {
        func to(_ envelope: Envelope, isOurs: Bool = false) throws -> [String] {
            try Reply.to(envelope, isOurs: isOurs).to.map { "\($0.address)" }
        }
        #expect(try to(envelope()) == ["kate@client.example"])
        #expect(try to(envelope(replyTo: ["list@client.example"])) == ["list@client.example"])
        #expect(try to(envelope(), isOurs: true) == ["office@firm.example"])
    }

    @Test("nobody is answered who doesn't say who they are, or says they are several")
    func refused() {
        #expect(throws: Reply.Refusal.self) { try Reply.to(envelope(from: []), isOurs: false) }
        #expect(throws: Reply.Refusal.self) {
            try Reply.to(envelope(from: ["a@x.example", "b@x.example"]), isOurs: false)
        }
        var twice = envelope()
        twice.fromFields = 2
        #expect(throws: Reply.Refusal.self) { try Reply.to(twice, isOurs: false) }
    }

    @Test("the thread is what the message refers to, and the message")
    func thread() throws {
        let long = try Reply.to(envelope(references: ["a@x.example", "b@x.example"]), isOurs: false)
        #expect(long.references.map(\.rawValue) == ["a@x.example", "b@x.example", "question@client.example"])
        #expect(long.inReplyTo.map(\.rawValue) == ["question@client.example"])
        let old = try Reply.to(envelope(inReplyTo: ["a@x.example"]), isOurs: false)
        #expect(old.references.map(\.rawValue) == ["a@x.example", "question@client.example"])
    }

    @Test(
        "one prefix, however many there were",
        arguments: [
            ("Steuer", "Re: Steuer"), ("AW: Re: Steuer", "Re: Steuer"), ("WG: AW: Steuer", "Re: Steuer"),
            ("返信：請求書", "Re: 請求書"), ("Frist: morgen", "Re: Frist: morgen"), ("", "Re: "),
        ])
    func subject(given: String, wanted: String) {
        #expect(Reply.subject("Re: ", given) == wanted)
    }

    @Test("a quote names who wrote and when, in the letter's language, and marks every line")
    func quote() {
        let moment = CivilTime(year: 2026, month: 3, day: 2, hour: 9, minute: 5)
        let heads: [(Language, String)] = [
            (.de, "Am 02.03.2026 um 09:05 Uhr schrieb kate@client.example:"),
            (.en, "On 2026-03-02 at 09:05, kate@client.example wrote:"),
            (.ja, "2026年3月2日 09:05、kate@client.example 様のメール："),
        ]
        for (language, head) in heads {
            let quote = Quote.answered(envelope(), text: "eins\n\n> zwei\n\n", at: moment, language)
            #expect(quote.plain == head + "\n> eins\n>\n>> zwei")
        }
        let forwarded = Quote.forwarded(envelope(), text: "eins", at: moment, .de).plain
        #expect(forwarded.contains("Von: kate@client.example\nGesendet: 02.03.2026 09:05"))
        #expect(forwarded.hasSuffix("\n\neins"))
    }

    @Test("what is quoted can't break out of the page")
    func page() {
        let moment = CivilTime(year: 2026, month: 3, day: 2)
        let quote = Quote.answered(envelope(), text: "</body><script>x</script>", at: moment, .en)
        let letter = quote.below(LetterText(subject: "a", plain: "b", html: "<html><body>b</body></html>"))
        #expect(!letter.html.contains("<script>"))
        #expect(letter.html.hasSuffix("</body></html>"))
        #expect(letter.plain.hasPrefix("b\nOn "))
    }
}
