import Mail
import Testing
import Text

@testable import Mailroom

@Suite("Whose mail is it?")
struct SenderMatcherTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let facts: MessageFacts
        let directory: Directory
        let matcher: SenderMatcher
        let kind: MatchKind
        let account: Account?
        let candidates: [Account]
        let suggestions: [Account]

        var testDescription: String { sentence }

        init(
            _ sentence: String, _ facts: MessageFacts, in directory: Directory = Town.directory(),
            matcher: SenderMatcher = SenderMatcher(own: Town.own), _ kind: MatchKind,
            _ account: Account? = nil,
            candidates: [Account] = [], suggestions: [Account] = []
        ) {
            self.sentence = sentence
            self.facts = facts
            self.directory = directory
            self.matcher = matcher
            self.kind = kind
            self.account = account
            self.candidates = candidates
            self.suggestions = suggestions
        }
    }

    static func check(_ case: Case) {
        let matching = `case`.matcher.match(`case`.facts, `case`.directory)
        #expect(matching.kind == `case`.kind)
        #expect(matching.account == `case`.account?.id)
        #expect(matching.candidates == `case`.candidates.map(\.id))
        #expect(matching.suggestions.map(\.account) == `case`.suggestions.map(\.id))
        let isDecided = matching.steps.contains { $0.decided }
        #expect(isDecided)
    }

    static func from(_ address: String, subject: String = "Hello") -> MessageFacts {
        Town.facts(from: [address], subject: subject)
    }

    @Test(
        "3. From is a contact's address",
        arguments: [
            Case("one account", from("kate@smith.example"), .address, Town.family),
            Case("case doesn't count", from("KATE@Smith.Example"), .address, Town.family),
            Case("a contact's second address", from("bert.bolt@gmail.com"), .address, Town.bolt),
            Case("F34: odd dots of Japan", from("taro..tanaka@docomo.ne.jp"), .address, Town.tanaka),
            Case("F34: fewer dots are another's", from("taro.tanaka@docomo.ne.jp"), .unmatched),
            Case("F34: detail is another address", from("kate+tax@smith.example"), .unmatched),
            Case(
                "F34: detail dropped by rule", from("kate+tax@smith.example"),
                matcher: SenderMatcher(own: Town.own, dropsDetail: true), .address, Town.family),
            Case("a stranger", from("eve@evil.example"), .unmatched),
            Case("a colleague at a contact's domain", from("eve@bolt.example"), .unmatched),
            Case(
                "a portal that sends for many is never matched by From", from("noreply@portal.example"),
                .unmatched),
            Case(
                "sync mail is off", from("max@smith.example"),
                in: Town.directory([Town.entry(Town.family, Town.max, "max@smith.example", [.notify])]),
                .unmatched),
            Case(
                "sync is on for one account and off for the other", from("max@smith.example"),
                in: Town.directory([
                    Town.entry(Town.family, Town.max, "max@smith.example", [.notify]),
                    Town.entry(Town.company, Town.max, "max@smith.example", [.sync]),
                ]), .address, Town.company),
            Case(
                "two contacts of one account share an address", from("home@smith.example"),
                in: Town.directory([
                    Town.entry(Town.family, Town.kate, "home@smith.example"),
                    Town.entry(Town.family, Town.max, "home@smith.example"),
                ]), .address, Town.family),
            Case(
                "a device of one account", from("scan@bolt.example"),
                in: Town.directory([Town.entry(Town.bolt, Town.scanner, "scan@bolt.example")]), .address,
                Town.bolt),
            Case("From names nobody", Town.facts(from: [], fromFields: 0), .unmatched),
            Case(
                "From names two", Town.facts(from: ["kate@smith.example", "bert@bolt.example"]), .unmatched),
        ])
    func address(_ case: Case) { Self.check(`case`) }

    static let two = [Town.entry(Town.company, Town.kate, "kate@smith.example")]
    static let twoPrimary = [Town.entry(Town.company, Town.kate, "kate@smith.example", primary: true)]
    static let otherReader = [Town.entry(Town.company, Town.max, "max@smith.example")]

    static func remembered(_ condition: RememberedRule.Condition, _ account: Account) -> RememberedRule {
        RememberedRule(contact: Town.kate.id, condition: condition, account: account.id)
    }

    @Test(
        "F32: a contact of several accounts: staff choose, never we",
        arguments: [
            Case(
                "two accounts", from("kate@smith.example"), in: Town.directory(two), .ambiguous,
                candidates: [Town.family, Town.company]),
            Case(
                "one address of two contacts with an account each", from("home@smith.example"),
                in: Town.directory([
                    Town.entry(Town.family, Town.kate, "home@smith.example"),
                    Town.entry(Town.bolt, Town.bert, "home@smith.example"),
                ]), .ambiguous, candidates: [Town.family, Town.bolt]),
            Case(
                "a primary one, and the same readers", from("kate@smith.example"),
                in: Town.directory(twoPrimary), .address,
                Town.company, candidates: [Town.family]),
            Case(
                "a primary one, but another reader", from("kate@smith.example"),
                in: Town.directory(twoPrimary + otherReader), .ambiguous,
                candidates: [Town.family, Town.company]),
            Case(
                "another reader without a login yet counts", from("kate@smith.example"),
                in: Town.directory(
                    twoPrimary + [Town.entry(Town.company, Town.max, "max@smith.example", [])]), .ambiguous,
                candidates: [Town.family, Town.company]),
            Case(
                "primary accounts are not asked", from("kate@smith.example"), in: Town.directory(twoPrimary),
                matcher: SenderMatcher(own: Town.own, usesPrimary: false), .ambiguous,
                candidates: [Town.family, Town.company]),
            Case(
                "two primary ones are none", from("home@smith.example"),
                in: Town.directory([
                    Town.entry(Town.family, Town.kate, "home@smith.example", primary: true),
                    Town.entry(Town.company, Town.kate, "home@smith.example", primary: true),
                ]), .ambiguous, candidates: [Town.family, Town.company]),
            Case(
                "staff said so for this thread",
                Town.facts(references: ["<root@smith.example>", "<b@smith.example>"]),
                in: Town.directory(
                    two, remembered: [remembered(.thread(MessageID("root@smith.example")!), Town.company)]),
                .rule, Town.company, candidates: [Town.family]),
            Case(
                "another thread", Town.facts(references: ["<other@smith.example>"]),
                in: Town.directory(
                    two, remembered: [remembered(.thread(MessageID("root@smith.example")!), Town.company)]),
                .ambiguous, candidates: [Town.family, Town.company]),
            Case(
                "staff said so for a word in the subject",
                from("kate@smith.example", subject: "Rechnung der GMBH"),
                in: Town.directory(two, remembered: [remembered(.subjectWord("gmbh"), Town.company)]), .rule,
                Town.company,
                candidates: [Town.family]),
            Case(
                "a word within a word is another", from("kate@smith.example", subject: "GmbHs"),
                in: Town.directory(two, remembered: [remembered(.subjectWord("gmbh"), Town.company)]),
                .ambiguous,
                candidates: [Town.family, Town.company]),
            Case(
                "a Japanese word stands anywhere", from("kate@smith.example", subject: "３月分請求書送付"),
                in: Town.directory(two, remembered: [remembered(.subjectWord("請求書"), Town.company)]), .rule,
                Town.company,
                candidates: [Town.family]),
            Case(
                "the thread goes before the word",
                Town.facts(subject: "GmbH", references: ["<root@smith.example>"]),
                in: Town.directory(
                    two,
                    remembered: [
                        remembered(.subjectWord("gmbh"), Town.company),
                        remembered(.thread(MessageID("root@smith.example")!), Town.family),
                    ]), .rule, Town.family, candidates: [Town.company]),
            Case(
                "two words say two things", from("kate@smith.example", subject: "GmbH privat"),
                in: Town.directory(
                    two,
                    remembered: [
                        remembered(.subjectWord("gmbh"), Town.company),
                        remembered(.subjectWord("privat"), Town.family),
                    ]), .ambiguous, candidates: [Town.family, Town.company]),
            Case(
                "F30: a rule for an account that isn't the contact's any more",
                from("kate@smith.example", subject: "Bolt"),
                in: Town.directory(two, remembered: [remembered(.subjectWord("bolt"), Town.bolt)]),
                .ambiguous,
                candidates: [Town.family, Town.company]),
            Case(
                "another contact's rule", from("kate@smith.example", subject: "GmbH"),
                in: Town.directory(
                    two,
                    remembered: [
                        RememberedRule(
                            contact: Town.bert.id, condition: .subjectWord("gmbh"), account: Town.company.id)
                    ]), .ambiguous, candidates: [Town.family, Town.company]),
        ])
    func f32_severalAccounts(_ case: Case) { Self.check(`case`) }

    @Test("F32: To and Cc are shown on those accounts' pages, and file nothing")
    func f32_mentioned() {
        let facts = Town.facts(
            to: ["office@firm.example", "bert@bolt.example"], cc: ["taro..tanaka@docomo.ne.jp"])
        let matching = SenderMatcher(own: Town.own).match(facts, Town.directory())
        #expect(matching.account == Town.family.id)
        #expect(matching.mentioned == [Town.bolt.id, Town.tanaka.id])
        let stranger = SenderMatcher().match(
            Town.facts(from: ["eve@evil.example"], cc: ["bert@bolt.example"]), Town.directory())
        #expect(stranger.kind == .unmatched)
        #expect(stranger.mentioned == [Town.bolt.id])
    }

    @Test("F30: a thread is no authority")
    func f30_references() {
        let facts = Town.facts(from: ["eve@evil.example"], references: ["<ours@firm.example>"])
        let directory = Town.directory(
            Self.two, remembered: [Self.remembered(.thread(MessageID("ours@firm.example")!), Town.company)])
        #expect(SenderMatcher(own: Town.own).match(facts, directory).kind == .unmatched)
    }

    static func domainRule(_ domain: String, _ account: Account, isMatch: Bool = false) -> DomainRule {
        DomainRule(account: account.id, domain: DomainName(domain)!, isMatch: isMatch, at: "accounts:7")
    }

    @Test(
        "F33: 4. an account's domain rule",
        arguments: [
            Case(
                "suggests", from("eve@bolt.example"),
                in: Town.directory(domainRules: [domainRule("bolt.example", Town.bolt)]),
                .suggested, suggestions: [Town.bolt]),
            Case(
                "matches if it says so", from("eve@bolt.example"),
                in: Town.directory(domainRules: [domainRule("bolt.example", Town.bolt, isMatch: true)]),
                .domain, Town.bolt),
            Case("without one a domain says nothing", from("eve@bolt.example"), .unmatched),
            Case(
                "a subdomain is another domain", from("eve@mail.bolt.example"),
                in: Town.directory(domainRules: [domainRule("bolt.example", Town.bolt, isMatch: true)]),
                .unmatched),
            Case(
                "free-mail is refused", from("eve@gmail.com"),
                in: Town.directory(domainRules: [domainRule("gmail.com", Town.bolt, isMatch: true)]),
                .unmatched),
            Case(
                "German free-mail is refused", from("eve@t-online.de"),
                in: Town.directory(domainRules: [domainRule("t-online.de", Town.bolt)]), .unmatched),
            Case(
                "Japanese carriers are refused", from("eve@docomo.ne.jp"),
                in: Town.directory(domainRules: [domainRule("docomo.ne.jp", Town.bolt, isMatch: true)]),
                .unmatched),
            Case(
                "never_by_domain is refused", from("eve@nachbar.example"),
                in: Town.directory(domainRules: [domainRule("nachbar.example", Town.bolt, isMatch: true)]),
                matcher: SenderMatcher(freeMail: FreeMail(besides: [DomainName("nachbar.example")!])),
                .unmatched),
            Case(
                "our own domain is refused", from("jana@firm.example"),
                in: Town.directory(domainRules: [domainRule("firm.example", Town.bolt, isMatch: true)]),
                .staff),
            Case(
                "two accounts' suggestions", from("eve@bolt.example"),
                in: Town.directory(domainRules: [
                    domainRule("bolt.example", Town.bolt), domainRule("bolt.example", Town.family),
                ]),
                .suggested, suggestions: [Town.family, Town.bolt]),
            Case(
                "two accounts' matches", from("eve@bolt.example"),
                in: Town.directory(domainRules: [
                    domainRule("bolt.example", Town.bolt, isMatch: true),
                    domainRule("bolt.example", Town.family, isMatch: true),
                ]), .ambiguous, candidates: [Town.family, Town.bolt]),
            Case(
                "one's match and another's suggestion are no match", from("eve@bolt.example"),
                in: Town.directory(domainRules: [
                    domainRule("bolt.example", Town.bolt, isMatch: true),
                    domainRule("bolt.example", Town.family),
                ]), .suggested, suggestions: [Town.family, Town.bolt]),
            Case(
                "an address goes before a domain", from("kate@smith.example"),
                in: Town.directory(domainRules: [domainRule("smith.example", Town.bolt, isMatch: true)]),
                .address, Town.family),
            Case(
                "a contact whose mail is not synced stays so", from("max@smith.example"),
                in: Town.directory(
                    [Town.entry(Town.family, Town.max, "max@smith.example", [])],
                    domainRules: [domainRule("smith.example", Town.bolt, isMatch: true)]), .unmatched),
        ])
    func f33_domain(_ case: Case) { Self.check(`case`) }

    static let sharedScanner = [
        Town.entry(Town.bolt, Town.scanner, "scan@office.example"),
        Town.entry(Town.family, Town.scanner, "scan@office.example"),
    ]

    @Test(
        "5. a form or a device",
        arguments: [
            Case(
                "Reply-To of our own form",
                Town.facts(from: ["web@firm.example"], replyTo: ["kate@smith.example"]),
                .suggested, suggestions: [Town.family]),
            Case(
                "Reply-To of a stranger",
                Town.facts(from: ["noreply@forms.example"], replyTo: ["kate@smith.example"]),
                .suggested, suggestions: [Town.family]),
            Case(
                "F29: Reply-To of nobody",
                Town.facts(from: ["eve@evil.example"], replyTo: ["eve2@evil.example"]), .unmatched),
            Case(
                "F29: Reply-To never decides over From",
                Town.facts(from: ["kate@smith.example"], replyTo: ["bert@bolt.example"]), .address,
                Town.family),
            Case(
                "two addresses in Reply-To say nothing",
                Town.facts(from: ["web@firm.example"], replyTo: ["kate@smith.example", "bert@bolt.example"]),
                .staff),
            Case(
                "a number in the subject, from a device of several",
                Town.facts(from: ["scan@office.example"], subject: "Scan fuer 20001"),
                in: Town.directory(sharedScanner),
                .suggested, suggestions: [Town.bolt]),
            Case(
                "a number in a file name, from a device of several",
                Town.facts(from: ["scan@office.example"], partNames: ["10482_Beleg.pdf"]),
                in: Town.directory(sharedScanner),
                .suggested, suggestions: [Town.family]),
            Case(
                "no number, from a device of several", Town.facts(from: ["scan@office.example"]),
                in: Town.directory(sharedScanner), .unmatched),
            Case(
                "a number in the subject of a portal",
                Town.facts(from: ["noreply@portal.example"], subject: "Az. 30001/26"),
                .suggested, suggestions: [Town.tanaka]),
            Case(
                "a tax number, spelled in another way",
                Town.facts(from: ["scan@firm.example"], subject: "St.-Nr. 123 456 78901"), .suggested,
                suggestions: [Town.bolt]),
            Case(
                "a fax number in a file name",
                Town.facts(from: ["fax@firm.example"], partNames: ["Fax_+4930555014.pdf"]), .suggested,
                suggestions: [Town.bolt]),
            Case(
                "a number within a number is another",
                Town.facts(from: ["scan@firm.example"], subject: "Scan 1104829"), .staff),
            Case(
                "a stranger's subject says nothing", Town.facts(from: ["eve@evil.example"], subject: "10482"),
                .unmatched),
            Case(
                "full-width digits", Town.facts(from: ["scan@firm.example"], subject: "１０４８２"), .suggested,
                suggestions: [Town.family]),
        ])
    func form(_ case: Case) { Self.check(`case`) }

    static let german = """
        FYI

        -----Ursprüngliche Nachricht-----
        Von: Kate Smith <kate@smith.example>
        Gesendet: Freitag, 20. November 2026 10:00
        An: jana@firm.example
        Betreff: Belege

        Anbei.
        """
    static let japanese = """
        > 差出人： 田中太郎 <taro..tanaka@docomo.ne.jp>
        > 送信日時： 2026年11月20日 10:00
        > 宛先： jana@firm.example
        """

    @Test(
        "F31: a forward by staff suggests the original sender",
        arguments: [
            Case(
                "in German", Town.facts(from: ["jana@firm.example"], text: german), .suggested,
                suggestions: [Town.family]),
            Case(
                "in Japanese", Town.facts(from: ["jana@firm.example"], text: japanese), .suggested,
                suggestions: [Town.tanaka]),
            Case(
                "in English, as Gmail does it",
                Town.facts(
                    from: ["jana@firm.example"],
                    text:
                        "---------- Forwarded message ---------\nFrom: Kate <kate@smith.example>\nDate: Fri\nSubject: x"
                ),
                .suggested, suggestions: [Town.family]),
            Case(
                "bold, as Outlook does it",
                Town.facts(
                    from: ["jana@firm.example"], text: "*Von:* bert@bolt.example\n*Gesendet:* Freitag"),
                .suggested, suggestions: [Town.bolt]),
            Case(
                "From after the subject, as Thunderbird does it",
                Town.facts(
                    from: ["jana@firm.example"],
                    text: "Betreff: \tx\nDatum: \tFri\nVon: \tBert <bert@bolt.example>\nAn: \tx"),
                .suggested, suggestions: [Town.bolt]),
            Case(
                "attached", Town.facts(from: ["jana@firm.example"], attachedFrom: ["kate@smith.example"]),
                .suggested,
                suggestions: [Town.family]),
            Case(
                "from home", Town.facts(from: ["jana.home@web.de"], text: german), .suggested,
                suggestions: [Town.family]),
            Case(
                "a colleague's forward of a forward",
                Town.facts(
                    from: ["jana@firm.example"],
                    text:
                        "Von: max@firm.example\nGesendet: heute\n\nVon: kate@smith.example\nGesendet: gestern"
                ),
                .suggested, suggestions: [Town.family]),
            Case(
                "of a stranger's mail",
                Town.facts(from: ["jana@firm.example"], attachedFrom: ["eve@evil.example"]), .staff),
            Case(
                "a From line alone is no header",
                Town.facts(from: ["jana@firm.example"], text: "Von: kate@smith.example"), .staff),
            Case(
                "a stranger's forward is a stranger's mail",
                Town.facts(from: ["eve@evil.example"], text: german), .unmatched),
            Case(
                "a client's forward is the client's", Town.facts(from: ["bert@bolt.example"], text: german),
                .address,
                Town.bolt),
            Case(
                "a partner who is a client too forwards another's mail",
                Town.facts(from: ["jana@firm.example"], text: german),
                in: Town.directory([Town.entry(Town.bolt, Town.max, "jana@firm.example")]), .suggested,
                suggestions: [Town.family]),
            Case(
                "a partner who is a client too sends his own", Town.facts(from: ["jana@firm.example"]),
                in: Town.directory([Town.entry(Town.bolt, Town.max, "jana@firm.example")]), .address,
                Town.bolt),
        ])
    func f31_forward(_ case: Case) { Self.check(`case`) }

    @Test("F31: the original sender is named")
    func f31_original() {
        let matching = SenderMatcher(own: Town.own).match(
            Town.facts(from: ["jana@firm.example"], attachedFrom: ["Eve <eve@evil.example>"]),
            Town.directory())
        #expect(matching.originalSender?.address.description == "eve@evil.example")
        #expect(matching.account == nil)
    }

    @Test(
        "2. a drop address",
        arguments: [
            Case(
                "in To", Town.facts(to: ["office+10483-k7q@firm.example"]),
                in: Town.directory(dropAddresses: [
                    AddressKey("office+10483-k7q@firm.example")!: Town.company.id
                ]),
                .dropAddress, Town.company),
            Case(
                "in Delivered-To", Town.facts(deliveredTo: ["office+10483-k7q@firm.example"]),
                in: Town.directory(dropAddresses: [
                    AddressKey("office+10483-k7q@firm.example")!: Town.company.id
                ]),
                .dropAddress, Town.company),
            Case(
                "two of two accounts", Town.facts(to: ["a@firm.example", "b@firm.example"]),
                in: Town.directory(dropAddresses: [
                    AddressKey("a@firm.example")!: Town.company.id,
                    AddressKey("b@firm.example")!: Town.family.id,
                ]), .ambiguous, candidates: [Town.family, Town.company]),
        ])
    func dropAddress(_ case: Case) { Self.check(`case`) }

    @Test("2. from someone on the drop address's list it is filed, else into Intake")
    func dropAddressIntake() {
        let directory = Town.directory(dropAddresses: [AddressKey("drop@firm.example")!: Town.family.id])
        let matcher = SenderMatcher(own: Town.own)
        #expect(!matcher.match(Town.facts(to: ["drop@firm.example"]), directory).intoIntake)
        #expect(
            matcher.match(Town.facts(from: ["eve@evil.example"], to: ["drop@firm.example"]), directory)
                .intoIntake)
        #expect(
            matcher.match(Town.facts(from: ["bert@bolt.example"], to: ["drop@firm.example"]), directory)
                .intoIntake)
    }

    @Test("a list of our own names the sender in X-Original-From")
    func ownList() {
        let facts = Town.facts(
            from: ["'Kate' via info <info@firm.example>"],
            fields: [
                ("List-Id", "<info.firm.example>"), ("X-Original-From", "\"Kate\" <kate@smith.example>"),
            ])
        let matching = SenderMatcher(own: Town.own).match(facts, Town.directory())
        #expect(matching.kind == .address)
        #expect(matching.account == Town.family.id)
        #expect(matching.nature == .ordinary)
    }

    @Test("F42: mail in Sent is its recipients', whoever it is from")
    func f42_sent() {
        let matcher = SenderMatcher(own: Town.own)
        let one = matcher.match(
            Town.facts(from: ["office@firm.example"], to: ["Kate <kate@smith.example>"], use: .sent),
            Town.directory())
        #expect(one.direction == .outgoing)
        #expect(one.account == Town.family.id)
        let two = matcher.match(
            Town.facts(
                from: ["office@firm.example"], to: ["kate@smith.example"], cc: ["bert@bolt.example"],
                use: .sent),
            Town.directory())
        #expect(two.kind == .ambiguous)
        #expect(two.mentioned == [Town.family.id, Town.bolt.id])
        let nobody = matcher.match(
            Town.facts(from: ["kate@smith.example"], to: ["eve@evil.example"], use: .sent), Town.directory())
        #expect(nobody.kind == .unmatched)
        #expect(nobody.direction == .outgoing)
    }

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

    @Test("5,000 accounts are looked up in no time")
    func large() {
        var accounts: [Account] = []
        var entries: [DirectoryEntry] = []
        for index in 1...5000 {
            accounts.append(
                Account(id: AccountID(Int64(index)), number: AccountNumber("K\(index)")!, name: "K \(index)"))
            for address in ["a\(index)@client\(index).example", "b\(index)@gmail.com"] {
                entries.append(
                    DirectoryEntry(
                        account: AccountID(Int64(index)), contact: ContactID(Int64(index)),
                        address: AddressKey(address)!))
            }
        }
        let clock = ContinuousClock()
        var directory = Directory()
        let building = clock.measure { directory = Directory(accounts: accounts, entries: entries) }
        let matcher = SenderMatcher(own: Town.own)
        let matching = clock.measure {
            for index in 1...1000 {
                let matching = matcher.match(
                    Town.facts(from: ["a\(index)@client\(index).example"]), directory)
                #expect(matching.account == AccountID(Int64(index)))
            }
        }
        print("Directory of 5,000 accounts: built in \(building), 1,000 messages matched in \(matching)")
        #expect(building < .seconds(10))
    }
}
