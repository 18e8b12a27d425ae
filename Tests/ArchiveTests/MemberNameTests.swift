import Testing

@testable import Archive

@Suite("A member's name is read in the charset it is most likely in")
struct MemberNameTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let octets: [UInt8]
        let codepage: UInt16
        let name: String

        init(_ sentence: String, _ octets: [UInt8], codepage: UInt16 = 0, _ name: String) {
            testDescription = sentence
            self.octets = octets
            self.codepage = codepage
            self.name = name
        }
    }

    static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

    static let cases = [
        Case("ASCII", ascii("W-2.pdf"), "W-2.pdf"),
        Case("UTF-8 without a flag", ascii("Büro.txt"), "Büro.txt"),
        Case("a German name in CP437", ascii("Gr") + [0x94, 0xE1] + ascii("e.txt"), "Größe.txt"),
        Case("two German letters that are kanji in CP932", [0x8E, 0x75, 0xE1] + ascii("erung"), "Äußerung"),
        Case(
            "a Hungarian name whose vowels pair up", ascii("k") + [0x94] + ascii("r") + [0x94] + ascii("k"),
            "körök"),
        Case("a French name in CP850", [0xB7] + ascii(" propos"), "À propos"),
        Case(
            "a Portuguese name with a sign in it",
            ascii("Mar") + [0x87] + ascii("o n") + [0xA7] + ascii(" 2 n") + [0xC6] + ascii("o"),
            "Março nº 2 não"),
        Case("a German name in Windows-1252", ascii("M") + [0xFC] + ascii("ller"), "Müller"),
        Case("kanji", [0x90, 0xBF, 0x8B, 0x81, 0x8F, 0x91] + ascii(".pdf"), "請求書.pdf"),
        Case("katakana", [0x83, 0x74, 0x83, 0x48, 0x83, 0x8B, 0x83, 0x5F], "フォルダ"),
        Case("half-width katakana", [0xC3, 0xBD, 0xC4], "ﾃｽﾄ"),
        Case("one kanji after a Latin letter", ascii("A") + [0x8E, 0xD0], "A社"),
        Case("NEC's row 13 and IBM's kanji", [0x87, 0x8A, 0xFB, 0xFC, 0x8B, 0xB4, 0x87, 0x40], "㈱髙橋①"),
        Case("the codepage that is named", [0xC7, 0xE0], codepage: 1251, "За"),
        Case("a codepage there is none of", ascii("M") + [0x81] + ascii("ller"), codepage: 9999, "Müller"),
        Case("a wrong codepage for UTF-8", ascii("請求書"), codepage: 65001, "請求書"),
    ]

    @Test("by the octets alone, or by the codepage", arguments: cases)
    func decodes(testCase: Case) {
        #expect(MemberName.decode(testCase.octets, codepage: testCase.codepage) == testCase.name)
    }

    @Test("every octet string is some name, and none takes long")
    func total() {
        for first in 0..<256 {
            for second in stride(from: 0, to: 256, by: 5) {
                let octets = [UInt8(first), UInt8(second), 0x2E, 0x70]
                #expect(!MemberName.decode(octets, codepage: 0).isEmpty)
            }
        }
        #expect(!MemberName.decode([UInt8](repeating: 0x82, count: 4096), codepage: 932).isEmpty)
    }
}
