import Testing
import Text

@Suite("A line is broken where a reader would")
struct LineBreakingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let line: String
        let pieces: [String]
        init(_ sentence: String, _ line: String, _ pieces: String...) {
            (testDescription, self.line, self.pieces) = (sentence, line, pieces)
        }
    }

    static let cases = [
        Case("a short one stays", "one two", "one two"),
        Case("nothing is one piece", "", ""),
        Case("after a space, which stays", "one two three four", "one two ", "three four"),
        Case("several spaces stay together", "one two    three", "one two    ", "three"),
        Case(
            "a long word is left alone", "a https://example.com/long b", "a ", "https://example.com/long ",
            "b"),
        Case("between ideographs", "書類をお送りください", "書類をお送", "りください"),
        Case("no line begins with a full stop", "書類をお送。りください", "書類をお", "送。りくだ", "さい"),
        Case("no line ends with an opening bracket", "書類をお「りくだ", "書類をお", "「りくだ"),
        Case("at the edge of two scripts", "書類 abc をお送り", "書類 abc ", "をお送り"),
        Case(
            "a mark on a letter has no width",
            "e\u{301}e\u{301}e\u{301}e\u{301} e\u{301}e\u{301}e\u{301}e\u{301}",
            "e\u{301}e\u{301}e\u{301}e\u{301} e\u{301}e\u{301}e\u{301}e\u{301}"),
    ]

    @Test("in ten columns", arguments: cases)
    func pieces(_ one: Case) {
        let pieces = LineBreaking.pieces(of: one.line, columns: 10).map(String.init)
        #expect(pieces == one.pieces)
        #expect(pieces.joined() == one.line)
    }

    static let days = [
        ("2025-12-10", "Mittwoch, 10. Dezember 2025", "2025年12月10日（水）", "Wednesday, December 10, 2025"),
        ("2024-02-29", "Donnerstag, 29. Februar 2024", "2024年2月29日（木）", "Thursday, February 29, 2024"),
        ("2026-03-01", "Sonntag, 1. März 2026", "2026年3月1日（日）", "Sunday, March 1, 2026"),
    ]

    @Test("a day is written by the rules of each language", arguments: days)
    func longDates(text: String, german: String, japanese: String, english: String) throws {
        let day = try #require(CivilDay(text))
        #expect([Language.de, .ja, .en].map { $0.longDate(day) } == [german, japanese, english])
    }
}
