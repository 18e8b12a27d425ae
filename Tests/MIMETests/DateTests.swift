import MIME
import Mail
import Testing

@Suite("Dates of messages")
struct DateTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let wanted: String?
        init(_ text: String, _ wanted: String?) { (testDescription, self.wanted) = (text, wanted) }
    }

    static let cases = [
        Case("Mon, 2 Mar 2026 10:00:00 +0100", "2026-03-02T09:00:00Z"),
        Case("2 Mar 2026 10:00 -0530", "2026-03-02T15:30:00Z"),
        Case("Mon,02 Mar 2026 10:00:00 GMT", "2026-03-02T10:00:00Z"),
        Case("Mon, 02 Mar 2026 10:00:00 +0100 (CET)", "2026-03-02T09:00:00Z"),
        Case("Mon, 2 Mar 26 10:00:00 EST", "2026-03-02T15:00:00Z"),
        Case("Thu, 1 Jan 98 00:00:00 PDT", "1998-01-01T07:00:00Z"),
        Case("Sat, 1 Jan 100 00:00:00 GMT", "2000-01-01T00:00:00Z"),
        Case("Mon Mar  2 10:00:00 2026", "2026-03-02T10:00:00Z"),
        Case("Mon Mar  2 10:00:00 CET 2026", "2026-03-02T09:00:00Z"),
        Case("Monday, 02-Mar-26 10:00:00 GMT", "2026-03-02T10:00:00Z"),
        Case("2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"),
        Case("2026-03-02T10:00:00.123+01:00", "2026-03-02T09:00:00Z"),
        Case("2026-03-02 10:00:00 +0100", "2026-03-02T09:00:00Z"),
        Case("Mon, 2 March 2026 10:00:00 A", "2026-03-02T10:00:00Z"),
        Case("2 Mar 2026 10:00:60 +0000", "2026-03-02T10:00:59Z"),
        Case("2 Mar 2026", "2026-03-02T00:00:00Z"),
        Case("Mon, 2 (second) Mar 2026 (year) 10:00:00 -0000", "2026-03-02T10:00:00Z"),
        Case("30 Feb 2026 10:00:00 +0000", nil),
        Case("Mon, 2 Mar 2026 25:00:00 +0000", "2026-03-02T00:00:00Z"),
        Case("yesterday", nil),
        Case("", nil),
        Case("0 0 0 0:0:0 +9999", nil),
    ]

    @Test("are read as the sender's clock had them", arguments: cases)
    func read(_ one: Case) { #expect(DateParser.parse(one.testDescription)?.rfc3339 == one.wanted) }
}
