import Configuration
import Mailroom
import Testing
import Text

@Suite("Texts of letters beside the configuration")
struct LetterFilesTests {
    private static let good = """
        Subject: Belege: {title}

        {person} von {firm} bittet um Belege für {account}.

        {message}

        {items}

        Hochladen: {link}

        """

    private func load(_ scratch: Scratch, main: String = "[firm]\nname = \"Bergmann\"\n") -> (
        configuration: Configuration?, text: String
    ) {
        let (configuration, diagnostics) = Configuration.load(main: scratch.write("mailroom.toml", main))
        return (configuration, diagnostics.map(\.text).joined(separator: "\n"))
    }

    private func texts(_ name: String, _ text: String) -> Scratch { texts(name, Array(text.utf8)) }

    private func texts(_ name: String, _ octets: [UInt8]) -> Scratch {
        let scratch = Scratch()
        scratch.write("texts/\(name)", octets)
        return scratch
    }

    @Test("one takes the place of the one built in")
    func taken() throws {
        let (configuration, words) = load(texts("de/request.txt", Self.good))
        #expect(words == "")
        let letters = try #require(configuration?.letters)
        let letter = Letter(
            kind: .request, language: .de, firm: FirmDetails(name: "Bergmann"), account: "Hofmann",
            person: "Jana", title: "November")
        #expect(letters.write(letter).subject == "Belege: November")
        #expect(configuration?.files == ["mailroom.toml", "texts/de/request.txt"])
    }

    @Test("without any, all are built in")
    func none() throws {
        let configuration = try #require(load(Scratch()).configuration)
        let letter = Letter(
            kind: .request, language: .de, firm: FirmDetails(name: "Bergmann"), account: "Hofmann",
            person: "Jana", title: "November")
        #expect(configuration.letters.write(letter) == LetterTexts.builtIn.write(letter))
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let octets: [UInt8]
        let words: String
        init(_ sentence: String, _ text: String, _ words: String) {
            self.init(sentence, octets: Array(text.utf8), words)
        }
        init(_ sentence: String, octets: [UInt8], _ words: String) {
            (testDescription, self.octets, self.words) = (sentence, octets, words)
        }
    }

    static let broken = [
        Case(
            "an unknown field", good.replacing("{account}", with: "{acount}"),
            """
            texts/de/request.txt:3:42: error: there is no {acount}
               3 | {person} von {firm} bittet um Belege für {acount}.
                 |                                          ^^^^^^^^ did you mean {account}?
            """),
        Case(
            "a field with capitals, in Japanese", good.replacing("{person} von", with: "請求{Firm}"),
            """
            texts/de/request.txt:3:3: error: there is no {Firm}
               3 | 請求{Firm} {firm} bittet um Belege für {account}.
                 |     ^^^^^^ did you mean {firm}?
            """),
        Case(
            "who it is about is missing", good.replacing(" für {account}", with: ""),
            """
            texts/de/request.txt: error: this letter does not say {account}
                 | it needs {firm}, {account}, {person}, {message}, {items}, {link}
            """),
        Case(
            "no subject", "Hello {firm}\n",
            """
            texts/de/request.txt:1:1: error: a letter begins with its subject
               1 | Hello {firm}
                 | ^^^^^^^^^^^^ write Subject: {title}
            texts/de/request.txt:2:1: error: a letter without a text
            """),
        Case(
            "octets of another charset", octets: Array(good.utf8) + [0x47, 0x72, 0xFC, 0x0A],
            """
            texts/de/request.txt:10:3: error: here is an octet that is no UTF-8
              10 | Gr\u{FFFD}
                 |   ^ save the file as UTF-8
            """),
        Case(
            "too large", good + String(repeating: "Hello\n", count: 12_000),
            "texts/de/request.txt: error: cannot read this file: it is larger than 64 KB"),
    ]

    @Test("a mistake is told with its place, and nothing is taken over", arguments: broken)
    func words(_ one: Case) {
        let (configuration, words) = load(texts("de/request.txt", one.octets))
        #expect(words == one.words)
        #expect(configuration == nil)
    }

    @Test("mistakes of the texts come after those of the settings, all at once")
    func both() {
        let (_, words) = load(
            texts("de/request.txt", "Subject: {x}\n\n{y}\n"), main: "[firm]\nnaem = \"x\"\n")
        #expect(words.split(separator: "\n").count { $0.contains(": error: ") } == 3)
        #expect(words.hasPrefix("mailroom.toml:2:1: error"))
    }

    @Test("a file that is no letter, and a language Mailroom doesn't speak, are told and not read")
    func unknown() {
        let scratch = texts("de/reqest.txt", "x")
        scratch.makeDirectory("texts/fr")
        scratch.write("texts/de/request.txt~", "x")
        let (configuration, words) = load(scratch)
        #expect(
            words == """
                texts/de/reqest.txt: warning: this is not read: there is no such letter
                     | did you mean request.txt?
                texts/fr: warning: this is not read: texts are in directories named for their language
                     | they are de, ja and en
                """)
        #expect(configuration != nil)
    }

    @Test("a file nobody may read is a mistake")
    func unreadable() {
        let scratch = Scratch()
        scratch.makeDirectory("texts/de/request.txt")
        let (configuration, words) = load(scratch)
        #expect(words == "texts/de/request.txt: error: cannot read this file: it is a directory")
        #expect(configuration == nil)
    }
}
