import Glibc
import Mailroom
import Testing
import Text

@Suite("Letters in a browser")
struct LetterPageTests {
    @Test("dump")
    func dump() throws {
        for kind in LetterKind.allCases {
            for language in Language.allCases {
                for (name, letter) in [("usual", SampleLetters.usual(kind, language)), ("long", SampleLetters.long(kind, language))] {
                    let text = LetterTexts.builtIn.write(letter)
                    let path = "/tmp/w/pages/\(name)-\(kind.rawValue)-\(language.rawValue)"
                    let file = fopen(path + ".html", "w")!
                    fputs(text.html, file); fclose(file)
                    let plain = fopen(path + ".txt", "w")!
                    fputs(text.subject + "\n\n" + text.plain, plain); fclose(plain)
                }
            }
        }
    }
}
