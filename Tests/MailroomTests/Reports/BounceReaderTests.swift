import Mail
import Testing

@testable import Mailroom

@Suite("What a machine's mail says of a letter")
struct BounceReaderTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        var content: ReportContent
        /// `recipient (original) action status fault: words`
        let reports: [String]
        var testDescription: String { sentence }
    }

    static func text(_ lines: String...) -> ReportContent {
        ReportContent(texts: [lines.joined(separator: "\n")])
    }

    /// Groups of `name: value`.
    static func fields(
        _ kind: ReportFields.Kind = .delivery, _ groups: [(String, String)]..., text: String? = nil
    ) -> ReportContent {
        ReportContent(
            texts: text.map { [$0] } ?? [],
            fields: [ReportFields(kind, groups.map { $0.map { ReportFields.Field($0.0, $0.1) } })])
    }

    static func line(_ report: MachineReport) -> String {
        [
            report.recipient?.description ?? "-", report.original.map { "(\($0))" }, report.action.rawValue,
            report.status?.description, report.fault?.rawValue,
        ].compactMap { $0 }.joined(separator: " ") + (report.words.isEmpty ? "" : ": " + report.words)
    }

    @Test(
        "RFC 3464, as servers write it",
        arguments: [
            Case(
                sentence: "a wrong address",
                content: fields(
                    .delivery, [("reporting-mta", "dns; mx.firm.example")],
                    [
                        ("final-recipient", "rfc822; kate@bolt.example"), ("action", "failed"),
                        ("status", "5.1.1"), ("diagnostic-code", "smtp; 550 5.1.1 no such user"),
                    ]),
                reports: ["kate@bolt.example failed 5.1.1 wrong address: 550 5.1.1 no such user"]),
            Case(
                sentence: "refused",
                content: fields(
                    .delivery,
                    [
                        ("final-recipient", "RFC822;<kate@bolt.example>"), ("action", "Failed"),
                        ("status", "5.7.1 (policy)"), ("diagnostic-code", "smtp; 554 5.7.1 spam"),
                    ]),
                reports: ["kate@bolt.example failed 5.7.1 refused: 554 5.7.1 spam"]),
            Case(
                sentence: "a delay is no failure",
                content: fields(
                    .delivery,
                    [
                        ("final-recipient", "rfc822; kate@bolt.example"), ("action", "delayed"),
                        ("status", "4.4.1"), ("will-retry-until", "Thu, 26 Nov 2026 10:00:00 +0100"),
                    ], text: "still trying"),
                reports: ["kate@bolt.example delayed 4.4.1: still trying"]),
            Case(
                sentence: "given up after days of 4yz: it will not arrive",
                content: fields(
                    .delivery,
                    [
                        ("final-recipient", "rfc822; kate@bolt.example"), ("action", "failed"),
                        ("status", "4.4.7"), ("diagnostic-code", "smtp; 451 try later"),
                    ]),
                reports: ["kate@bolt.example failed 4.4.7 undelivered: 451 try later"]),
            Case(
                sentence: "delivered, relayed, expanded",
                content: fields(
                    .delivery, [("reporting-mta", "dns; mx")],
                    [
                        ("final-recipient", "rfc822; a@b.example"), ("action", "delivered"),
                        ("status", "2.0.0"),
                    ],
                    [("final-recipient", "rfc822; c@b.example"), ("action", "relayed"), ("status", "2.0.0")],
                    [("final-recipient", "rfc822; d@b.example"), ("action", "expanded"), ("status", "2.0.0")]
                ),
                reports: [
                    "a@b.example delivered 2.0.0", "c@b.example relayed 2.0.0", "d@b.example expanded 2.0.0",
                ]),
            Case(
                sentence: "all in one group, without the empty lines between",
                content: fields(
                    .delivery,
                    [
                        ("reporting-mta", "dns; mx"), ("final-recipient", "rfc822; a@b.example"),
                        ("action", "failed"), ("status", "5.1.1"),
                        ("final-recipient", "rfc822; c@b.example"), ("action", "delayed"),
                        ("status", "4.2.2"),
                    ]),
                reports: ["a@b.example failed 5.1.1 wrong address", "c@b.example delayed 4.2.2"]),
            Case(
                sentence: "an empty line too many",
                content: fields(
                    .delivery, [("final-recipient", "rfc822; a@b.example")],
                    [("action", "failed"), ("status", "5.1.1")]),
                reports: ["a@b.example failed 5.1.1 wrong address"]),
            Case(
                sentence: "whom it was sent to stands beside whom it was for",
                content: fields(
                    .delivery,
                    [
                        ("original-recipient", "rfc822;kate+2Bpost@bolt.example"),
                        ("final-recipient", "rfc822; mbox7@inner.bolt.example"), ("action", "failed"),
                        ("status", "5.2.1"),
                    ]),
                reports: [
                    "mbox7@inner.bolt.example (kate+2Bpost@bolt.example) failed 5.2.1 undelivered"
                ]),
            Case(
                sentence: "RFC 6533: an address beyond ASCII",
                content: fields(
                    .delivery,
                    [
                        ("final-recipient", #"utf-8; \x{7530}中@例え.example"#), ("action", "failed"),
                        ("status", "5.1.1"),
                    ]),
                reports: ["田中@例え.example failed 5.1.1 wrong address"]),
            Case(
                sentence: "no Action: the class tells",
                content: fields(
                    .delivery, [("final-recipient", "rfc822; a@b.example"), ("status", "4.2.0")]),
                reports: ["a@b.example delayed 4.2.0"]),
            Case(
                sentence: "x.0.0 gives way to what the server said",
                content: fields(
                    .delivery,
                    [
                        ("final-recipient", "rfc822; a@b.example"), ("action", "failed"), ("status", "5.0.0"),
                        ("diagnostic-code", "smtp; 550 5.7.26 DMARC"),
                    ]),
                reports: ["a@b.example failed 5.7.26 refused: 550 5.7.26 DMARC"]),
            Case(
                sentence: "RFC 8098: displayed",
                content: fields(
                    .disposition,
                    [
                        ("final-recipient", "rfc822; kate@bolt.example"),
                        ("disposition", "manual-action/MDN-sent-manually; displayed"),
                    ]),
                reports: ["kate@bolt.example displayed: manual-action/MDN-sent-manually; displayed"]),
            Case(
                sentence: "RFC 5965: an abuse report is no failure",
                content: fields(
                    .feedback,
                    [("feedback-type", "abuse"), ("original-rcpt-to", "<kate@bolt.example>")]),
                reports: ["kate@bolt.example complained: abuse"]),
        ])
    func standard(_ case: Case) {
        let reading = BounceReader.read(`case`.content, envelope: Envelope())
        #expect(reading.reports.map(Self.line) == `case`.reports)
    }

    @Test(
        "What servers say in words",
        arguments: [
            Case(
                sentence: "an address before a colon, the words below it",
                content: text(
                    "Hi. This is the qmail-send program at mx.example.", "I could not deliver.", "",
                    "<kate@bolt.example>:", "192.0.2.1 does not like recipient.",
                    "Remote host said: 550 5.1.1 unknown", "",
                    "--- Below this line is a copy of the message.",
                    "", "To: other@bolt.example", "<other@bolt.example>:"),
                reports: [
                    "kate@bolt.example failed 5.1.1 wrong address: 192.0.2.1 does not like recipient. "
                        + "Remote host said: 550 5.1.1 unknown"
                ]),
            Case(
                sentence: "an address by itself, indented, whose sender stands above it",
                content: text(
                    "A message sent by", "", "  jana@firm.example", "",
                    "could not be delivered to one or more of its recipients. These addresses failed:", "",
                    "  kate@bolt.example", "    mailbox is full: retry timeout exceeded"),
                reports: [
                    "kate@bolt.example failed 5.0.0 undelivered: mailbox is full: retry timeout exceeded"
                ]),
            Case(
                sentence: "within a sentence",
                content: text(
                    "Sorry, unable to deliver your message to kate@bolt.example for the following reason:",
                    "",
                    " 552 Quota violation"),
                reports: [
                    "kate@bolt.example failed 5.0.0 undelivered: Sorry, unable to deliver your message to "
                        + "kate@bolt.example for the following reason: 552 Quota violation"
                ]),
            Case(
                sentence: "a warning",
                content: text(
                    "THIS IS A WARNING MESSAGE ONLY.", "",
                    "Delivery to the following recipient has been delayed:",
                    "", "     kate@bolt.example", "", "Message will be retried for 2 more day(s)"),
                reports: [
                    "kate@bolt.example delayed 4.0.0: Message will be retried for 2 more day(s)"
                ]),
            Case(
                sentence: "a success",
                content: text("Your message was successfully delivered to", "", "<kate@bolt.example>"),
                reports: [
                    "kate@bolt.example delivered: Your message was successfully delivered to <kate@bolt.example>"
                ]),
            Case(
                sentence: "in Japanese",
                content: text(
                    "以下のメールアドレスへの送信に失敗しました。", "", "kate@bolt.example", "", "-------server message",
                    "550 5.1.1 unknown user"),
                reports: [
                    "kate@bolt.example failed 5.1.1 wrong address: -------server message 550 5.1.1 unknown user"
                ]),
            Case(sentence: "nothing at all", content: ReportContent(), reports: []),
        ])
    func words(_ case: Case) {
        let reading = BounceReader.read(`case`.content, envelope: Envelope())
        #expect(reading.reports.map(Self.line) == `case`.reports)
    }

    // MARK: - Which letter

    static let token = "abcdefghijklmnopqrstuvwxyz"

    static func envelope(id: String?, references: [String] = [], inReplyTo: [String] = []) -> Envelope {
        var envelope = Envelope()
        envelope.messageID = id.flatMap { MessageID($0) }
        envelope.references = references.compactMap { MessageID($0) }
        envelope.inReplyTo = inReplyTo.compactMap { MessageID($0) }
        return envelope
    }

    @Test("The letter is the one that came back, not one that it answers")
    func names() {
        let mark = "\(Self.token).r@firm.example"
        func letters(_ returned: Envelope) -> [String] {
            BounceReader.read(ReportContent(returned: [returned]), envelope: Envelope()).letters.map(
                \.rawValue)
        }
        #expect(letters(Self.envelope(id: "\(Self.token)@firm.example")) == ["\(Self.token)@firm.example"])
        // The server gave it a name of its own.
        #expect(letters(Self.envelope(id: "1@relay", references: ["a@b", mark])) == ["1@relay", mark])
        // Staff answered a client's answer from elsewhere: that came back, and no letter of ours.
        let answer = Self.envelope(
            id: "1@outlook", references: [mark, "\(Self.token)@firm.example", "reply@bolt.example"],
            inReplyTo: ["reply@bolt.example"])
        #expect(letters(answer) == ["1@outlook"])
    }

    @Test("Names stand in a header within the text, too, and in what the report says it answers")
    func namesInText() {
        let text = """
            <kate@bolt.example>: unknown
            --- Below this line is a copy of the message.
            Received: from mx
            References: <older@bolt.example>
             <\(Self.token).r@firm.example>
            Message-ID:
             <1@relay.example>
            Subject: x
            """
        let reading = BounceReader.read(
            ReportContent(texts: [text]),
            envelope: Self.envelope(id: "x@y", references: ["a@b", "c@d"], inReplyTo: ["e@f"]))
        #expect(
            reading.letters.map(\.rawValue)
                == ["1@relay.example", "\(Self.token).r@firm.example", "e@f", "c@d"])
    }

    @Test("An answer in somebody's place is no failure, whatever it says")
    func away() throws {
        var facts = Town.facts(
            from: ["kate@bolt.example"], fields: [("auto-submitted", "auto-replied")],
            subject: "Abwesend: Unterlagen")
        facts.envelope.inReplyTo = [MessageID("t@firm.example")!]
        let content = ReportContent(texts: ["550 I am not delivered until Monday\n> quoted"])
        let reading = try #require(
            ReportReading.of(facts, nature: facts.nature(Town.own), content: content))
        #expect(reading.reports.map(\.action) == [.away])
        #expect(reading.reports[0].recipient?.description == "kate@bolt.example")
        #expect(reading.letters.map(\.rawValue) == ["t@firm.example"])
        #expect(ReportReading.of(facts, nature: .ordinary, content: content) == nil)
    }

    @Test("Long and hostile text is read in no time")
    func hostile() {
        let long = String(repeating: "<a@b.example>: 550 5.1.1 x\n", count: 20_000)
        #expect(BounceReader.read(ReportContent(texts: [long]), envelope: Envelope()).reports.count == 1)
        let wide = String(repeating: "@", count: 200_000) + String(repeating: "5.1.1.", count: 50_000)
        #expect(BounceReader.read(ReportContent(texts: [wide]), envelope: Envelope()).reports.count <= 1)
    }
}
