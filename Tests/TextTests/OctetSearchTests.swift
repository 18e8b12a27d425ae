import Testing

@testable import Text

@Suite("A search for octets")
struct OctetSearchTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let wanted: String
        let isFound: Bool

        init(_ description: String, _ text: String, _ wanted: String, _ isFound: Bool) {
            (testDescription, self.text, self.wanted, self.isFound) = (description, text, wanted, isFound)
        }
    }

    static let cases = [
        Case("at the beginning", "undelivered mail", "undelivered", true),
        Case("in the middle", "mail undelivered today", "undelivered", true),
        Case("at the end", "mail undelivered", "undelivered", true),
        Case("the whole", "mail", "mail", true),
        Case("nothing is in everything", "mail", "", true),
        Case("nothing is in nothing", "", "", true),
        Case("something is not in nothing", "", "a", false),
        Case("longer than the text", "mai", "mail", false),
        Case("cut off at the end", "undelivered mai", "mail", false),
        Case("after a false beginning", "aaab", "aab", true),
        Case("after a false beginning that overlaps", "ababac", "abac", true),
        Case("never another case", "Mail", "mail", false),
        Case("of several octets each", "für Müller", "Müll", true),
        Case("an umlaut in two scalars is none in one", "u\u{308}ber", "ü", false),
        Case("the letter below its diaeresis: octets, not characters", "u\u{308}ber", "u", true),
        Case("line ends, which are one character together", "a\r\nb", "\n", true),
        Case("half of a flag", "🇩🇪", "🇩", true),
    ]

    @Test("finds those very octets and nothing like them", arguments: cases)
    func finds(testCase: Case) { #expect(testCase.text.hasOctets(of: testCase.wanted) == testCase.isFound) }

    @Test("says what a search at every place says")
    func againstAllPlaces() {
        let letters = ["a", "b", "ab", "é", ""]
        func texts(_ length: Int) -> [String] {
            length == 0 ? [""] : texts(length - 1).flatMap { text in letters.map { text + $0 } }
        }
        for text in texts(4) {
            for wanted in texts(2) {
                let (all, part) = (Array(text.utf8), Array(wanted.utf8))
                let isFound = (0...all.count).contains { all[$0...].starts(with: part) }
                #expect(text.hasOctets(of: wanted) == isFound, "“\(wanted)” in “\(text)”")
            }
        }
    }
}
