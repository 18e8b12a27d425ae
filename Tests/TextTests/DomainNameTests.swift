import Testing

@testable import Text

@Suite("A domain")
struct DomainNameTests {
    @Test(
        "is spelled in A-labels",
        arguments: [
            ("Example.COM", "example.com"), ("straße.de", "xn--strae-oqa.de"), ("STRASSE.de", "strasse.de"),
            ("müller.example", "xn--mller-kva.example"), ("例え.jp", "xn--r8jz45g.jp"),
            ("example.com.", "example.com"),
            ("XN--MLLER-KVA.example", "xn--mller-kva.example"), ("_spf.example.com", "_spf.example.com"),
            ("[192.0.2.1]", "[192.0.2.1]"), ("faß.example", "xn--fa-hia.example"),
        ])
    func aLabels(_ text: String, _ expected: String) { #expect(DomainName(text)?.aLabels == expected) }

    @Test(
        "is not everything",
        arguments: ["", ".", "a..b", "a b", "a\u{0}b", "ü\u{202E}.example", "a@b", "a;b", "ü..example"])
    func refused(_ text: String) { #expect(DomainName(text) == nil) }

    @Test("is shown as people read it")
    func unicode() { #expect(DomainName("xn--mller-kva.example")?.unicode == "müller.example") }

    @Test(
        "belongs to the organisation that registered it",
        arguments: [
            ("mail.smith.example", "smith.example"), ("smith.example", "smith.example"),
            ("a.b.example.co.jp", "example.co.jp"), ("example.co.uk", "example.co.uk"), ("co.uk", "co.uk"),
            ("kunde.github.io", "kunde.github.io"), ("localhost", "localhost"),
            ("[192.0.2.1]", "[192.0.2.1]"),
            ("www.city.kobe.jp", "city.kobe.jp"), ("x.müller.example", "xn--mller-kva.example"),
        ])
    func organization(_ text: String, _ expected: String) {
        #expect(DomainName(text)?.organization.aLabels == expected)
    }

    @Test(
        "is aligned with another of its organisation",
        arguments: [
            ("smith.example", "mail.smith.example", true), ("a.smith.example", "b.smith.example", true),
            ("smith.example", "smith2.example", false), ("a.co.uk", "b.co.uk", false),
            ("one.github.io", "two.github.io", false), ("evil-smith.example", "smith.example", false),
        ])
    func alignment(_ left: String, _ right: String, _ isAligned: Bool) throws {
        #expect(try #require(DomainName(left)).isAligned(with: try #require(DomainName(right))) == isAligned)
    }
}
