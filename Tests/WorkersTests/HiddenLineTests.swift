import Testing

@testable import Files

@Suite("A line that nobody sees")
struct HiddenLineTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let sentence: String
        let keys: String
        let answer: HiddenLine.Answer?

        var testDescription: String { sentence }
    }

    @Test(
        "keys do what they do at a terminal",
        arguments: [
            Case(sentence: "a line ends with Return", keys: "grüne Wiese\r", answer: .line("grüne Wiese")),
            Case(sentence: "or with a line feed", keys: "abc\n", answer: .line("abc")),
            Case(sentence: "it is not over yet", keys: "abc", answer: nil),
            Case(
                sentence: "a letter of two octets goes as a whole", keys: "aü\u{7F}b\n", answer: .line("ab")),
            Case(sentence: "there is nothing more to take away", keys: "\u{8}\u{8}a\n", answer: .line("a")),
            Case(sentence: "Ctrl-U begins anew", keys: "abc\u{15}d\n", answer: .line("d")),
            Case(sentence: "Ctrl-C ends it", keys: "abc\u{3}", answer: HiddenLine.Answer.none),
            Case(
                sentence: "Ctrl-D ends it before the first letter", keys: "\u{4}",
                answer: HiddenLine.Answer.none),
            Case(sentence: "and not after", keys: "a\u{4}b\n", answer: .line("ab")),
        ])
    func keys(_ example: Case) {
        var line = TypedLine()
        var answer: HiddenLine.Answer?
        for octet in example.keys.utf8 where answer == nil { answer = line.take(octet) }
        #expect(answer == example.answer)
    }
}
