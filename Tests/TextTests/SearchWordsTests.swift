import Testing

@testable import Text

@Suite("The words of a text, as a search compares them")
struct SearchWordsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let text: String
        let index: String
        let query: String

        init(_ sentence: String, _ text: String, index: String, query: String? = nil) {
            self.sentence = sentence
            self.text = text
            self.index = index
            self.query = query ?? index
        }

        var testDescription: String { sentence }
    }

    @Test(
        "are without case, accents and variants",
        arguments: [
            Case("plain words", "Hello, World!", index: "hello world"),
            Case("nothing", " -- / … ", index: ""),
            Case("sharp s is two", "Straße STRASSE ẞ", index: "strasse strasse ss"),
            Case("umlauts have two spellings at one place", "Müller", index: "muller|mueller"),
            Case("so have those in two characters", "Mu\u{308}ller", index: "muller|mueller"),
            Case("capitals too", "ÄPFEL", index: "apfel|aepfel"),
            Case("what is typed without umlauts is itself", "Mueller Muller", index: "mueller muller"),
            Case("accents are nothing", "Café crème Ñandú Łódź", index: "cafe creme nandu lodz"),
            Case("a soft hyphen is nothing", "Lohn\u{AD}steuer", index: "lohnsteuer"),
            Case("an invoice's number", "RE-2025-0117", index: "re 2025 0117"),
            Case("an amount with its thousands", "1.234.567,89 EUR", index: "1234567 89 eur"),
            Case("the same as typed in England", "1,234,567.89", index: "1234567 89"),
            Case("a date is no amount", "21.11.2025", index: "21 11 2025"),
            Case("a year and a number are no amount", "2025.117", index: "2025 117"),
            Case(
                "an address", "sabine.hofmann@hofmann-brot.example",
                index: "sabine hofmann hofmann brot example"),
            Case("full-width letters and digits", "ＡＢＣ１２３", index: "abc123"),
            Case("a ligature", "ﬁnden", index: "finden"),
            Case("Greek and Cyrillic", "Ἀθῆναι Москва", index: "αθηναι москва"),
            Case("two ideographs", "高橋", index: "高橋|高 橋", query: "高橋"),
            Case("four ideographs", "東京都庁", index: "東京|東 京都|京 都庁|都 庁", query: "東京 京都 都庁"),
            Case("one ideograph", "森", index: "森"),
            Case("a variant", "髙橋 と 﨑", index: "高橋|高 橋と|橋 と崎|と 崎", query: "高橋 橋と と崎"),
            Case("old and new kanji", "渡邊 渡邉", index: "渡辺|渡 辺渡|辺 渡辺|渡 辺", query: "渡辺 辺渡 渡辺"),
            Case("a compatibility ideograph", "\u{F9D1}", index: "六"),
            Case("a blank within a name", "山田　太郎", index: "山田|山 田太|田 太郎|太 郎", query: "山田 田太 太郎"),
            Case("half-width kana", "ｶﾞｽ", index: "がす|が す", query: "がす"),
            Case("kana as a Mac names files", "カ\u{3099}ス", index: "がす|が す", query: "がす"),
            Case("half-voiced, and within a run", "ﾃﾞﾊﾟｰﾄ", index: "でぱ|で ぱー|ぱ ーと|ー と", query: "でぱ ぱー ーと"),
            Case("small kana are large", "キャノン", index: "きや|き やの|や のん|の ん", query: "きや やの のん"),
            Case("a year among ideographs", "2025年分", index: "2025 年分|年 分", query: "2025 年分"),
            Case("an ideograph before letters ends its run", "会社A", index: "会社|会 社 a", query: "会社 社 a"),
            Case("a mark of a company", "㈱森", index: "株森|株 森", query: "株森"),
            Case("an apostrophe parts", "O'Brien", index: "o brien"),
        ])
    func words(_ case: Case) {
        #expect(spelled(SearchWords.words(of: `case`.text, for: .index)) == `case`.index)
        #expect(spelled(SearchWords.words(of: `case`.text, for: .query)) == `case`.query)
    }

    private func spelled(_ words: [SearchWords.Word]) -> String {
        words.reduce(into: "") { text, word in
            if !text.isEmpty { text += word.isAlternative ? "|" : " " }
            text += word.text
        }
    }

    @Test("say where they stand")
    func ranges() {
        let text = "Grüße, 髙橋 A"
        let words = SearchWords.words(of: text, for: .index)
        let octets = Array(text.utf8)
        #expect(
            words.map { String(decoding: octets[$0.range], as: UTF8.self) } == [
                "Grüße", "Grüße", "髙橋", "髙", "橋", "A",
            ])
    }

    @Test("octets that are no UTF-8 part words and harm nobody")
    func nonsense() {
        let octets: [UInt8] = [0x61, 0xFF, 0x62, 0xE3, 0x81, 0x63, 0xC3]
        var found: [Range<Int>] = []
        SearchWords.scan(octets.span, for: .index) { _, range, _ in
            found.append(range)
            return true
        }
        #expect(found == [0..<1, 2..<3, 5..<6])
    }

    @Test("a word without an end is compared by its beginning")
    func longest() {
        let word = String(repeating: "a", count: 1000)
        #expect(SearchWords.words(of: word, for: .index).map(\.text.utf8.count) == [64])
    }
}
