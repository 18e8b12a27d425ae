import Mailroom
import Testing

@Suite("Passwords in the text of a mail")
struct PasswordWordsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let password: String?

        init(_ sentence: String, _ text: String, _ password: String?) {
            testDescription = sentence
            self.text = text
            self.password = password
        }
    }

    static let cases = [
        Case("behind a colon", "Hallo,\r\n\r\nPasswort: Sonne7!x\r\n\r\nGrüße", "Sonne7!x"),
        Case("in a sentence", "Das Kennwort für die ZIP-Datei lautet Lohn-2026.", "Lohn-2026"),
        Case("a password that ends with a dot", "Password: abc.def.", "abc.def."),
        Case("in the line below", "Das Passwort für die Datei lautet:\n\nq9#Vx2\n", "q9#Vx2"),
        Case("Japanese, behind a full-width colon", "解凍用パスワード：Ab12cd34", "Ab12cd34"),
        Case("Japanese, in a sentence", "パスワードは「sakura2026」です。よろしくお願いします。", "sakura2026"),
        Case("Japanese, in the line below", "お世話になっております。\n添付ファイルのパスワード\n\n　kx7Q-22\n", "kx7Q-22"),
        Case("with blanks", "Password: correct horse battery", "correct horse battery"),
        Case("with an umlaut", "Passwort: Bäckerei7", "Bäckerei7"),
        Case("in quotes", "The password is \"Winter 24\"", "Winter 24"),
        Case("abbreviated", "PW: 4711", "4711"),
        Case("no word of a password", "Anbei die Rechnung 4711 vom November", nil),
    ]

    @Test("are found behind a word for them", arguments: cases)
    func found(testCase: Case) {
        let found = PasswordWords.candidates(in: testCase.text)
        if let password = testCase.password {
            #expect(found.contains(password), "\(found)")
        } else {
            #expect(found.isEmpty)
        }
    }

    @Test("are never more than a dozen")
    func many() {
        let text = (1...100).map { "Passwort: geheim\($0)" }.joined(separator: "\n")
        #expect(PasswordWords.candidates(in: text).count == 12)
    }
}
