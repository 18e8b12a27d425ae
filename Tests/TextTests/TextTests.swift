import Mail
import Testing

@testable import Text

@Suite("Text")
struct TextTests {
    @Test(
        "has normal forms",
        arguments: [
            ("U\u{308}", "Ü", "Ü"), ("ﾊﾟｿｺﾝ", "ﾊﾟｿｺﾝ", "パソコン"), ("ﬁ", "ﬁ", "fi"), ("か\u{3099}", "が", "が"),
            ("plain", "plain", "plain"), ("", "", ""), ("①", "①", "1"),
        ])
    func normalForms(_ text: String, _ nfc: String, _ nfkc: String) {
        #expect(Array(text.nfc.unicodeScalars) == Array(nfc.unicodeScalars))
        #expect(Array(text.nfkc.unicodeScalars) == Array(nfkc.unicodeScalars))
    }

    @Test(
        "is folded for comparing",
        arguments: [
            ("RECHNUNG.PDF", "rechnung.pdf"), ("Straße", "strasse"), ("ÄÖÜ", "äöü"), ("ΣΑΣ", "σασ"),
            ("İ", "i\u{307}"),
        ])
    func folding(_ text: String, _ folded: String) { #expect(text.caseFolded == folded) }

    @Test("has one key for names that a file system may take for one")
    func nameKeys() {
        #expect("U\u{308}bersicht.PDF".nameKey == "übersicht.pdf".nameKey)
        #expect("a.pdf".nameKey != "b.pdf".nameKey)
    }

    @Test(
        "has look-alikes",
        arguments: [
            ("paypal.com", "paypa1.com", true), ("paypal.com", "раураl.com", true),
            ("smith.example", "srnith.example", true),
            ("bolt.example", "b0lt.example", true), ("BOLT.example", "b0lt.example", true),
            ("microsoft.com", "rnicrosoft.com", true), ("google.com", "gооgle.com", true),
            ("paypal.com", "paypaI.com", true), ("wolf.example", "vvolf.example", true),
            ("smith.example", "smyth.example", false), ("a.example", "b.example", false),
        ])
    func skeletons(_ left: String, _ right: String, _ areAlike: Bool) {
        #expect((Skeleton(left) == Skeleton(right)) == areAlike)
    }

    @Test("has look-alikes of A-labels too")
    func skeletonOfALabels() throws {
        let cyrillic = try #require(DomainName("xn--80ak6aa92e.com"))
        #expect(Skeleton(cyrillic) == Skeleton("apple.com"))
    }

    @Test(
        "names months in the account's language",
        arguments: [
            (Language.de, 3, "März"), (.en, 12, "December"), (.ja, 1, "1月"), (.de, 0, nil), (.en, 13, nil),
        ] as [(Language, Int, String?)])
    func months(_ language: Language, _ month: Int, _ name: String?) {
        #expect(language.monthName(month) == name)
    }

    @Test("has every month in every language")
    func allMonths() {
        for language in Language.allCases {
            #expect(Set((1...12).compactMap { language.monthName($0) }).count == 12)
        }
    }

    @Test("puts names in the order people expect")
    func order() {
        #expect(
            NameOrder(.de).sorted(["Beleg 10.pdf", "Beleg 2.pdf", "Äpfel", "Apfel", "Zebra", "beleg 1.pdf"])
                == ["Apfel", "Äpfel", "beleg 1.pdf", "Beleg 2.pdf", "Beleg 10.pdf", "Zebra"])
        let key = NameOrder(.de).sortKey("2")
        #expect(key.lexicographicallyPrecedes(NameOrder(.de).sortKey("10")))
    }
}

@Suite("A time zone")
struct TimeZoneTests {
    @Test(
        "is one of the IANA database",
        arguments: [
            ("Europe/Berlin", true), ("Asia/Tokyo", true), ("UTC", true), ("Europe/Berlim", false),
            ("", false),
            ("GMT+5", false), ("Etc/Unknown", false), ("Europe/Berlin\u{0}", false), ("US/Pacific", true),
        ])
    func names(_ name: String, _ isKnown: Bool) { #expect((TimeZone(name) != nil) == isKnown) }

    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let moment: Int64
        let zone: String
        let local: String
        let weekday: Int

        init(_ sentence: String, _ moment: Int64, _ zone: String, _ local: String, weekday: Int) {
            self.sentence = sentence
            self.moment = moment
            self.zone = zone
            self.local = local
            self.weekday = weekday
        }

        var testDescription: String { sentence }
    }

    @Test(
        "tells civil time",
        arguments: [
            Case("winter in Berlin", 1_795_248_000, "Europe/Berlin", "2026-11-21T09:00:00+01:00", weekday: 6),
            Case("summer in Berlin", 1_783_000_000, "Europe/Berlin", "2026-07-02T15:46:40+02:00", weekday: 4),
            Case(
                "a new month in Tokyo already", 1_793_463_000, "Asia/Tokyo", "2026-11-01T01:10:00+09:00",
                weekday: 7),
            Case(
                "still the old one in New York", 1_793_463_000, "America/New_York",
                "2026-10-31T12:10:00-04:00", weekday: 6),
            Case("before 1970", -1, "UTC", "1969-12-31T23:59:59Z", weekday: 3),
            Case("half hours", 1_795_248_000, "Asia/Kolkata", "2026-11-21T13:30:00+05:30", weekday: 6),
            Case(
                "the hour that summer time skips", 1_774_746_000, "Europe/Berlin",
                "2026-03-29T03:00:00+02:00", weekday: 7),
            Case("a leap day", 1_835_395_200, "UTC", "2028-02-29T00:00:00Z", weekday: 2),
        ])
    func civil(_ case: Case) throws {
        let zone = try #require(TimeZone(`case`.zone))
        let moment = Timestamp(seconds: `case`.moment)
        #expect(zone.rfc3339(moment) == `case`.local)
        #expect(zone.civil(moment).weekday == `case`.weekday)
    }
}
