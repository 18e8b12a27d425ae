import Testing
import Text

@Suite("In which language words are")
struct LanguageGuessTests {
    @Test(
        "small words and kana tell",
        arguments: [
            ("Anbei die Stundenzettel und die Krankmeldung", Language.de),
            ("Please find attached the statement for May", .en), ("請求書をお送りします", .ja), ("ﾘﾖｳﾒｲｻｲ", .ja),
            ("Re: Unterlagen für März", .de), ("Grüße", .de), ("4711", nil), ("", nil), ("請求書", nil),
            ("Invoice 2026-05", .en),
        ])
    func guess(_ text: String, _ language: Language?) { #expect(Language.guess(text) == language) }
}
