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
