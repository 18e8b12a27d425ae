import Mail
import Testing

@testable import Text

@Suite("Two addresses are compared")
struct AddressKeyTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let left: String
        let right: String
        let isSame: Bool
        let droppingDetail: Bool

        init(
            _ sentence: String, _ left: String, _ right: String, _ isSame: Bool, droppingDetail: Bool = false
        ) {
            self.sentence = sentence
            self.left = left
            self.right = right
            self.isSame = isSame
            self.droppingDetail = droppingDetail
        }

        var testDescription: String { sentence }
    }

    @Test(
        "F34: by ASCII without case, and the domain as A-labels",
        arguments: [
            Case("case of the local part doesn't count", "Kate@smith.example", "kate@smith.example", true),
            Case("case of the domain doesn't count", "kate@Smith.EXAMPLE", "kate@smith.example", true),
            Case(
                "a dot at the end of the domain is nothing", "kate@smith.example.", "kate@smith.example", true
            ),
            Case("dots in the local part do count", "k.ate@gmail.com", "kate@gmail.com", false),
            Case(
                "detail counts unless a rule drops it", "kate+tax@smith.example", "kate@smith.example",
                false),
            Case(
                "detail dropped by rule", "kate+tax@smith.example", "kate@smith.example", true,
                droppingDetail: true),
            Case(
                "nothing before the plus is no detail", "+tax@a.example", "@a.example", false,
                droppingDetail: true),
            Case("U-label and A-label", "a@straße.example", "a@xn--strae-oqa.example", true),
            Case("straße is not strasse", "a@straße.example", "a@strasse.example", false),
            Case("capital U-labels", "a@MÜLLER.example", "a@müller.example", true),
            Case("a decomposed U-label", "a@mu\u{308}ller.example", "a@müller.example", true),
            Case("an ideographic full stop", "a@例え。テスト", "a@例え.テスト", true),
            Case("full-width letters in a domain", "a@ｅｘａｍｐｌｅ.example", "a@example.example", true),
            Case("a decomposed local part", "mu\u{308}ller@a.example", "müller@a.example", true),
            Case("other letters' case does count", "MÜLLER@a.example", "müller@a.example", false),
            Case(
                "two dots in a row are a name of their own", "a..b@docomo.example", "a.b@docomo.example",
                false),
            Case("a dot before the at sign", "a.@docomo.example", "a@docomo.example", false),
            Case("Cyrillic is not Latin", "a@раураl.example", "a@paypal.example", false),
        ])
    func f34_comparing(_ case: Case) throws {
        func key(_ text: String) -> AddressKey? {
            let halves = text.split(separator: "@", omittingEmptySubsequences: false)
            return EmailAddress(localPart: String(halves[0]), domain: String(halves[1]))
                .flatMap { AddressKey($0, droppingDetail: `case`.droppingDetail) }
        }
        let left = try #require(key(`case`.left))
        #expect((left == key(`case`.right)) == `case`.isSame)
    }

    @Test(
        "F34: Japanese addresses with odd dots are keys",
        arguments: ["a..b@docomo.example", "a.@ezweb.example"])
    func f34_oddDots(_ text: String) throws {
        #expect(try #require(AddressKey(text)).description == text)
    }

    @Test(
        "what has no domain is no key",
        arguments: [
            "kate", "kate@", "kate@a b.example", "kate@a..example",
            "kate@" + String(repeating: "a", count: 64),
        ])
    func noKey(_ text: String) { #expect(AddressKey(text) == nil) }

    @Test("detail comes off a key")
    func withoutDetail() throws {
        #expect(try #require(AddressKey("kate+a+b@a.example")).withoutDetail.description == "kate@a.example")
        #expect(try #require(AddressKey("kate@a.example")).withoutDetail.description == "kate@a.example")
    }
}
