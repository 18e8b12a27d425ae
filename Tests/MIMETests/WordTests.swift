import MIME
import Testing

@Suite("Encoded words and parameters")
struct WordTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let octets: [UInt8]
        let wanted: String
        init(_ sentence: String, _ text: String, _ wanted: String) {
            self.init(sentence, octets: Array(text.utf8), wanted)
        }
        init(_ sentence: String, octets: [UInt8], _ wanted: String) {
            (testDescription, self.octets, self.wanted) = (sentence, octets, wanted)
        }
    }

    static let words = [
        Case("plain text", " just text\r\n folded ", "just text folded"),
        Case("Q", "=?utf-8?Q?Gr=C3=BC=C3=9Fe_an_alle?=", "Grüße an alle"),
        Case("B", "=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        Case("space between two words goes", "=?utf-8?Q?a?=\r\n =?utf-8?Q?b?=", "ab"),
        Case("space between word and text stays", "x =?utf-8?Q?a?= y", "x a y"),
        Case("a character split between two words", "=?utf-8?B?4oI=?= =?utf-8?B?rA==?=", "€"),
        Case("two charsets side by side", "=?iso-8859-1?Q?=FC?= =?utf-8?Q?=C3=BC?=", "üü"),
        Case("a language in the charset", "=?iso-8859-1*de?Q?=FC?=", "ü"),
        Case("glued to text", "Re:=?utf-8?Q?a?=b", "Re:ab"),
        Case("spaces within", "=?utf-8?Q?two words?=", "two words"),
        Case("padding missing", "=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
        Case("never ended", "=?utf-8?Q?abc", "=?utf-8?Q?abc"),
        Case("an unknown encoding", "=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        Case("an unknown charset", "=?x-martian?Q?=C3=BC?=", "ü"),
        Case("a wrong charset", "=?utf-8?Q?Gr=FC=DFe?=", "Grüße"),
        Case("Shift_JIS with what only Windows has", "=?shift_jis?B?h4qHQPv8?=", "㈱①髙"),
        Case("ISO-2022-JP with what only Windows has", "=?iso-2022-jp?B?GyRCLWotIXxiGyhC?=", "㈱①髙"),
        Case("half-width kana", "=?ISO-2022-JP?B?GyhJQz1EGyhC?=", "ﾃｽﾄ"),
        Case("Korean by its old name", "=?ks_c_5601-1987?B?x9GxuQ==?=", "한국"),
        Case("Chinese by the smaller set's name", "=?gb2312?B?1ve7+Q==?=", "主基"),
        Case("raw UTF-8", "Grüße", "Grüße"),
        Case("raw Windows-1252", octets: [0x47, 0x72, 0xfc, 0xdf, 0x65, 0x20, 0x80], "Grüße €"),
        Case("raw Shift_JIS", octets: [0x90, 0xbf, 0x8b, 0x81, 0x8f, 0x91], "請求書"),
        Case("raw EUC-JP", octets: [0xc0, 0xc1, 0xb5, 0xe1, 0xbd, 0xf1], "請求書"),
        Case("raw ISO-2022-JP", octets: [27, 36, 66, 0x40, 0x41, 0x35, 0x61, 0x3d, 0x71, 27, 40, 66], "請求書"),
        Case("raw octets beside a word", octets: [0xe4, 0x20] + Array("=?utf-8?Q?b?=".utf8), "ä b"),
        Case("hidden line ends stay text", "=?utf-8?Q?a=0D=0Ab?=", "a\r\nb"),
    ]

    @Test("are decoded", arguments: words)
    func decode(_ one: Case) { #expect(EncodedWords.decode(one.octets[...]) == one.wanted) }

    static let parameters = [
        Case("a token", "; x=abc", "abc"),
        Case("quoted", #"; x="a b;c""#, "a b;c"),
        Case("escaped", #"; x="a\"b\\c""#, #"a"b\c"#),
        Case("unquoted with spaces", "; x=a b c ; y=z", "a b c"),
        Case("extended", "; x*=iso-8859-1'de'%FCber%20alles", "über alles"),
        Case("extended wins over plain", "; x=plain; x*=utf-8''%C3%BC", "ü"),
        Case("in pieces, out of order", "; x*1=b; x*0=a; x*2=c", "abc"),
        Case("in pieces with a gap", "; x*0=a; x*2=c", "a"),
        Case(
            "in pieces, some encoded, cut inside a character", "; x*0*=utf-8''%C3; x*1*=%BC; x*2=%41", "ü%41"),
        Case("an encoded word in pieces", "; x*0=\"=?utf-8?Q?=C3\"; x*1=\"=BC?=\"", "ü"),
        Case("extended without a charset", "; x*=%C3%BC", "ü"),
        Case("the first of two", "; x=a; x=b", "a"),
        Case("a comment between", "; (y=1) x (z) = (w) abc", "(w) abc"),
        Case("no semicolon before it", " y=\"1\" x=\"2\"", "2"),
        Case("a quote that never ends", #"; x="abc"#, "abc"),
        Case("folded within quotes", "; x=\"a\r\n b\"", "a b"),
        Case("percent signs that are none", "; x*=utf-8''100%", "100%"),
    ]

    @Test("of fields are read", arguments: parameters)
    func parameter(_ one: Case) { #expect(Parameters(one.octets[...])["x"] == one.wanted) }

    @Test(
        "of hostile shape take no longer than others",
        arguments: ["=?", "=?a?b?", "=?utf-8?q?", "?=", "=?utf-8?Q?a?= "])
    func hostile(_ piece: String) {
        let octets = Array(String(repeating: piece, count: 200_000 / piece.utf8.count).utf8)
        let began = Shared.processorSeconds()
        _ = EncodedWords.decode(octets[...])
        _ = Parameters(octets[...])["x"]
        #expect(Shared.processorSeconds() - began < 5)
    }

    @Test("flowed paragraphs are joined, quoted ones by their depth")
    func flowed() {
        #expect(FlowedText.reflow("a \nb\nc\n", deletesSpace: false) == "a b\nc\n")
        #expect(FlowedText.reflow("a \nb", deletesSpace: true) == "ab")
        #expect(FlowedText.reflow(">> a \n>> b \n> c \nd", deletesSpace: false) == ">> a b \n> c \nd")
        #expect(FlowedText.reflow(" >no quote\n From us", deletesSpace: false) == ">no quote\nFrom us")
        #expect(FlowedText.reflow("text \n-- \nKate", deletesSpace: false) == "text \n-- \nKate")
    }
}
