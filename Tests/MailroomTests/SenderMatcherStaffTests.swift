import Mail
import Testing
import Text

@testable import Mailroom

/// Mail that only suggests: forms, devices, forwards by staff.
extension SenderMatcherTests {
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
                        "---------- Forwarded message ---------\nFrom: Kate <kate@smith.example>"
                        + "\nDate: Fri\nSubject: x"
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
}
