import Mailroom
import Testing
import Text

@Suite("The text of a letter")
struct LetterTemplateTests {
    private static let head = "Subject: {title}\n\n{firm} {account} {person}\n\n{message}\n\n{items}\n\n"

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let mistakes: [LetterTemplate.Mistake.Kind]
        let places: [[Int]]
        init(
            _ sentence: String, _ text: String, _ mistakes: LetterTemplate.Mistake.Kind...,
            at places: [Int]...
        ) {
            (testDescription, self.text, self.mistakes, self.places) = (sentence, text, mistakes, places)
        }
    }

    static let cases = [
        Case("a good one", head + "Upload: {link}"),
        Case("braces themselves are written twice", head + "{{x}} Upload: {link}"),
        Case("an unknown field", head + "x {acount}\n{link}", .unknownField("acount"), at: [9, 3, 8]),
        Case(
            "a field after letters of two columns", head + "請求 {lin}\n{link}", .unknownField("lin"),
            at: [9, 4, 5]),
        Case("a brace alone", head + "a } b\n{link}", .openBrace, at: [9, 3, 3]),
        Case("a brace never closed", head + "{link\n{link}", .openBrace, at: [9, 1, 5]),
        Case("a list among words", head + "a {items}\n{link}", .notAlone(.items), at: [9, 3, 7]),
        Case("a link in the middle", head + "a {link} b\n{link}", .linkNotLast, at: [9, 3, 6]),
        Case("a link beside another field", head + "{firm}: {link}\n{link}", .linkNotLast, at: [9, 9, 6]),
        Case("no subject", "Hello\n\n{firm}", .noSubject, at: [1, 1, 5]),
        Case("nothing at all", "", .noSubject, .noText, at: [1, 1, 1], [1, 1, 1]),
        Case("a list in the subject", "Subject: {items}\n\nx", .notInSubject(.items), at: [1, 10, 7]),
        Case(
            "who writes and for whom is left out",
            "Subject: {firm} {account}\n\n{person}\n{message}\n\n{items}\n\n{link}",
            .missing(.firm), .missing(.account), at: [1, 1, 1], [1, 1, 1]),
        Case(
            "two at once", "Subject: {x}\n\n{y}", .unknownField("x"), .unknownField("y"), at: [1, 10, 3],
            [3, 1, 3]),
    ]

    @Test("is read, or its mistakes are told with their places", arguments: cases)
    func read(_ one: Case) {
        let lines = one.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let (template, mistakes) = LetterTemplate.read(lines, kind: .request)
        #expect(mistakes.map(\.kind) == one.mistakes)
        #expect(mistakes.map { [$0.line, $0.column, $0.length] } == one.places)
        #expect((template == nil) == !one.mistakes.isEmpty)
    }

    @Test("replaces the built-in one, and only that")
    func replacing() throws {
        let lines = [
            "Subject: Belege {{bitte}}", "", "{firm} {account} {person}", "", "{message}", "", "{items}", "",
            "{link}",
        ]
        let template = try #require(LetterTemplate.read(lines, kind: .request).template)
        let texts = LetterTexts.builtIn.replacing(.request, .de, with: template)
        let letter = texts.write(SampleLetters.usual(.request, .de))
        #expect(letter.subject == "Belege {bitte}")
        #expect(letter.plain.contains("\nSeite öffnen:\nhttps://"))
        let other = SampleLetters.usual(.request, .en)
        #expect(texts.write(other) == LetterTexts.builtIn.write(other))
    }
}
