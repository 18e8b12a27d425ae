import Mail
import Testing
import Text

@testable import Mailroom

/// What kind of mail it is.
extension SenderMatcherTests {
    struct Nature: CustomTestStringConvertible, Sendable {
        let sentence: String
        let facts: MessageFacts
        let nature: MailNature
        var isOther = false

        var testDescription: String { sentence }
    }

    static let report = MediaType("multipart", "report")

    @Test(
        "F35: a machine's answer is known as one",
        arguments: [
            Nature(
                sentence: "a delivery report",
                facts: Town.facts(mediaType: report, reportType: "delivery-status"),
                nature: .automatic(.deliveryReport)),
            Nature(
                sentence: "a mailer daemon's text", facts: Town.facts(from: ["MAILER-DAEMON@mx.example"]),
                nature: .automatic(.deliveryReport)),
            Nature(
                sentence: "a postmaster with the null sender",
                facts: Town.facts(from: ["postmaster@mx.example"], fields: [("Return-Path", " <>")]),
                nature: .automatic(.deliveryReport)),
            Nature(
                sentence: "a postmaster who writes himself",
                facts: Town.facts(from: ["postmaster@mx.example"]),
                nature: .ordinary),
            Nature(
                sentence: "Exim's own field",
                facts: Town.facts(fields: [("X-Failed-Recipients", "a@b.example")]),
                nature: .automatic(.deliveryReport)),
            Nature(
                sentence: "Exchange's, without any other sign",
                facts: Town.facts(from: ["postmaster@mx.example"], subject: "Undeliverable: Belege"),
                nature: .automatic(.deliveryReport)),
            Nature(
                sentence: "From: <>",
                facts: Town.facts(from: [], fromFields: 1, fields: [("from", " Postmaster <>")]),
                nature: .automatic(.deliveryReport)),
            Nature(
                sentence: "a person forwards what came back",
                facts: Town.facts(subject: "Fwd: Undeliverable: Belege"), nature: .ordinary),
            Nature(
                sentence: "a parcel service's notification, which brings a delivery note",
                facts: Town.facts(
                    from: ["noreply@parcels.example"], fields: [("Auto-Submitted", "auto-generated")],
                    subject: "Delivery notification 4711"), nature: .ordinary),
            Nature(
                sentence: "a part of message/delivery-status in something else",
                facts: Town.facts(from: ["x@mx.example"], reportKinds: [.delivery]),
                nature: .automatic(.deliveryReport)),
            Nature(
                sentence: "Apple's own field for holidays",
                facts: Town.facts(fields: [("X-Apple-Action", "VACATION")]), nature: .automatic(.reply)),
            Nature(
                sentence: "an abuse report",
                facts: Town.facts(mediaType: report, reportType: "feedback-report"),
                nature: .automatic(.deliveryReport)),
            Nature(
                sentence: "a disposition notice",
                facts: Town.facts(mediaType: report, reportType: "disposition-notification"),
                nature: .automatic(.dispositionNotice)),
            Nature(
                sentence: "RFC 3834",
                facts: Town.facts(fields: [("Auto-Submitted", "auto-replied (vacation)")]),
                nature: .automatic(.reply)),
            Nature(
                sentence: "Exchange's, by subject",
                facts: Town.facts(
                    fields: [("Auto-Submitted", "auto-generated")], subject: "Automatische Antwort: Belege"),
                nature: .automatic(.reply)),
            Nature(
                sentence: "Outlook's in Japan, by subject",
                facts: Town.facts(fields: [("X-Auto-Response-Suppress", "All")], subject: "自動応答: 領収書"),
                nature: .automatic(.reply)),
            Nature(
                sentence: "an older word", facts: Town.facts(fields: [("X-Autoreply", "yes")]),
                nature: .automatic(.reply)),
            Nature(
                sentence: "another older word", facts: Town.facts(fields: [("Precedence", "auto_reply")]),
                nature: .automatic(.reply)),
            Nature(
                sentence: "the subject alone says nothing",
                facts: Town.facts(subject: "Automatische Antwort: x"),
                nature: .ordinary),
            Nature(
                sentence: "a calendar reply", facts: Town.facts(calendarMethods: ["REPLY"]),
                nature: .automatic(.calendarReply)),
            Nature(
                sentence: "an invitation is none", facts: Town.facts(calendarMethods: ["REQUEST"]),
                nature: .ordinary),
            Nature(
                sentence: "auto-generated mail is filed as usual",
                facts: Town.facts(fields: [("Auto-Submitted", "auto-generated")]), nature: .ordinary),
            Nature(
                sentence: "Auto-Submitted: no", facts: Town.facts(fields: [("Auto-Submitted", "no")]),
                nature: .ordinary),
            Nature(
                sentence: "bulk mail of a contact is filed as usual",
                facts: Town.facts(fields: [("List-Unsubscribe", "<https://x.example>")]), nature: .bulk),
            Nature(
                sentence: "bulk mail of a stranger is Other",
                facts: Town.facts(from: ["news@shop.example"], fields: [("List-Id", "<news.shop.example>")]),
                nature: .bulk,
                isOther: true),
            Nature(
                sentence: "Precedence: bulk of a stranger",
                facts: Town.facts(from: ["news@shop.example"], fields: [("Precedence", "Bulk")]),
                nature: .bulk,
                isOther: true),
            Nature(
                sentence: "a stranger who writes himself is not Other",
                facts: Town.facts(from: ["eve@evil.example"]),
                nature: .ordinary),
            Nature(
                sentence: "a list of our own is our mailbox",
                facts: Town.facts(from: ["eve@evil.example"], fields: [("List-Id", "<info.firm.example>")]),
                nature: .ordinary),
        ])
    func f35_nature(_ case: Nature) {
        let matching = SenderMatcher(own: Town.own).match(`case`.facts, Town.directory())
        #expect(matching.nature == `case`.nature)
        #expect(matching.isOther == `case`.isOther)
    }
}
