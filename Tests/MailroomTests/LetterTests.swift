import Mailroom
import Testing
import Text

@Suite("A letter in words")
struct LetterTests {
    private static let every = LetterKind.allCases.flatMap { kind in Language.allCases.map { (kind, $0) } }

    @Test("names the firm, the account and the person, in every kind and language", arguments: every)
    func named(kind: LetterKind, language: Language) {
        let letter = SampleLetters.usual(kind, language)
        let text = LetterTexts.builtIn.write(letter)
        // Whoever reads over a shoulder learns of a code whose firm it is, and nothing of the client.
        let isTold = kind != .code
        for name in isTold ? [letter.firm.name, letter.person] : [letter.firm.name] {
            #expect(text.plain.contains(name))
            #expect(text.html.contains(name.replacing("&", with: "&amp;")))
        }
        if let account = letter.account, kind != .letter {
            #expect(text.plain.contains(account) == isTold)
            #expect(text.html.contains(account) == isTold)
        }
        #expect(text.subject.contains(isTold ? letter.title : letter.firm.name))
        if let code = letter.code {
            #expect(text.plain.contains("\n\n\(code)\n\n") && text.html.contains(code))
        }
        #expect(!text.plain.contains("{") && !text.html.contains("{account}"))
    }

    @Test("says nothing of what it has no value for, and still names all three", arguments: every)
    func bare(kind: LetterKind, language: Language) {
        let usual = SampleLetters.usual(kind, language)
        var letter = Letter(
            kind: kind, language: language, firm: FirmDetails(name: "Bergmann"), account: "Hofmann",
            person: "Jana",
            title: usual.title)
        letter.expires = usual.expires
        // Of no files nothing is written.
        if kind == .receipt || kind == .uploaded {
            letter.files = [LetterFile(name: "a.pdf", octets: 1, sha256: "9f86")]
        }
        let text = LetterTexts.builtIn.write(letter)
        #expect(text.plain.contains("Bergmann"))
        if kind != .letter, kind != .undelivered, kind != .code {
            #expect(text.plain.contains("Hofmann") && text.plain.contains("Jana"))
        }
        #expect(!text.html.contains("href"))
        for word in [
            "Link", "link", "リンク", "Passwort", "password", "パスワード", "2025", "2026", "SHA", "{", "\n\n\n",
        ]
        where (word != "SHA" || kind != .receipt) && (kind != .code || word == "{" || word == "\n\n\n") {
            #expect(!text.plain.contains(word), "\(word) in \(text.plain)")
        }
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let kind: LetterKind
        let language: Language
        let wanted: [String]
        init(_ sentence: String, _ kind: LetterKind, _ language: Language, _ wanted: String...) {
            (testDescription, self.kind, self.language, self.wanted) = (sentence, kind, language, wanted)
        }
    }

    static let cases = [
        Case(
            "a German request", .request, .de, "Guten Tag Sabine Hofmann,",
            "Jana Vogt schreibt:\nFür die Lohnabrechnung November",
            "Angeforderte Unterlagen:\n– Stundenzettel November\n",
            "bis Mittwoch, 10. Dezember 2025.", "Unterlagen hochladen:\nhttps://post.bergmann-stb.example/u/",
            "Der Link gilt bis Freitag, 20. Februar 2026.", "auf diese E-Mail antworten",
            "\n-- \nBergmann & Partner\n+49 30 5550 142\nImpressum: https://"),
        Case(
            "a Japanese request", .request, .ja, "佐藤 健一 様", "森税理士事務所の森 由紀でございます。",
            "必要な書類：\n・10月分の請求書\n・領収書\n",
            "ご提出期限：2025年12月10日（水）", "運営者情報：https://"),
        Case(
            "an English request", .request, .en, "Dear Tom Fletcher,", "by Wednesday, December 10, 2025.",
            "Documents requested:\n– Timesheets November"),
        Case(
            "a reminder tells what is there and what is not", .reminder, .de,
            "Das fehlt noch:\n– Krankmeldungen\n– Reisekosten: Belege und Kilometerliste\n",
            "Bereits erhalten:\n– Stundenzettel November\n"),
        Case("a rejection says why", .rejection, .de, "– Krankmeldungen: Die zweite Seite fehlt."),
        Case(
            "a receipt has sizes and checksums", .receipt, .de,
            "Wir haben 2\u{A0}Dateien für Bäckerei Hofmann GmbH erhalten.",
            "– Stundenzettel_November.xlsx (3,1\u{A0}KB)\n  SHA-256 9f86d081884c7d65"),
        Case("a Japanese receipt counts", .receipt, .ja, "ファイル2件を確かに受領いたしました。"),
        Case(
            "a bounce has the remote server's words", .undelivered, .en,
            "could not be delivered to buero@hofmann-brot.example.",
            "> 550 5.1.1 <buero@hofmann-brot.example>: Recipient"),
        Case(
            "a free letter is staff's own words", .letter, .de,
            "Guten Tag Frau Hofmann,\n\nvielen Dank für Ihren Anruf."),
    ]

    @Test("as plain text", arguments: cases)
    func plain(_ one: Case) {
        let text = LetterTexts.builtIn.write(SampleLetters.usual(one.kind, one.language)).plain
        for words in one.wanted { #expect(text.contains(words), "\(words) is not in \(text)") }
    }

    @Test("people are 様, companies 御中, and who is addressed so already stays")
    func honorifics() {
        let names = ["佐藤 健一": "佐藤 健一 様", "株式会社さくら商事": "株式会社さくら商事 御中", "佐藤先生": "佐藤先生", "鈴木様": "鈴木様"]
        for (name, wanted) in names {
            var letter = SampleLetters.usual(.request, .ja)
            letter.recipient = name
            #expect(LetterTexts.builtIn.write(letter).plain.hasPrefix(wanted + "\n"))
        }
        var letter = SampleLetters.usual(.request, .ja)
        letter.recipient = nil
        #expect(LetterTexts.builtIn.write(letter).plain.hasPrefix("ご担当者様\n"))
    }

    @Test("whatever a name holds is text in the page")
    func escaped() throws {
        let evil = "<img src=x onerror='a'>\"&\u{1}"
        var letter = Letter(
            kind: .request, language: .en,
            firm: FirmDetails(name: evil, phone: evil, imprint: evil, privacy: evil),
            account: evil, person: evil, title: evil)
        letter.recipient = evil
        letter.message = evil
        letter.items = [LetterItem(evil, .rejected, note: evil)]
        letter.link = "https://a.example/" + evil
        let html = LetterTexts.builtIn.write(letter).html
        #expect(!html.contains("<img") && !html.contains("\u{1}"))
        #expect(html.contains("href=\"https://a.example/&lt;img src=x onerror=&#39;a&#39;&gt;&quot;&amp;\""))
        // What is no address of a page leads nowhere.
        #expect(html.contains("href=\"#\"") && !html.contains("href=\"&lt;"))
    }

    @Test("nothing in a page is loaded from anywhere", arguments: every)
    func selfContained(kind: LetterKind, language: Language) {
        let html = LetterTexts.builtIn.write(SampleLetters.usual(kind, language)).html
        for word in ["<img", "<script", "<link", "src=", "url(", "@import", "background="] {
            #expect(!html.contains(word))
        }
    }

    static let accents: [(color: String, isReadable: Bool)] = [
        ("#14624c", true), ("#000000", true), ("#767676", true), ("#777777", false), ("#ffcc00", false),
        ("#8a1c4b", true),
    ]

    @Test("a colour on which white text is hard to read is told", arguments: accents)
    func accent(color: String, isReadable: Bool) throws {
        let accent = try #require(AccentColor(color))
        #expect(accent.isReadable == isReadable)
        #expect(accent.description == color)
    }

    @Test(
        "whatever the colour, what is written on it and in it can be read, by day and by night",
        arguments: accents)
    func pages(color: String, isReadable: Bool) throws {
        let accent = try #require(AccentColor(color))
        guard isReadable else { return }
        for (ink, paper) in [
            (AccentColor.onAccent, accent), (accent.strong, accent.tint),
            (AccentColor.onDarkAccent, accent.onDark), (accent.strongOnDark, accent.tintOnDark),
        ] {
            #expect(ink.contrast(with: paper) >= AccentColor.leastContrast, "\(ink) on \(paper)")
        }
    }

    @Test("what is no colour is none", arguments: ["14624c", "#14624", "#14624g", "#１４６２４c", "green", ""])
    func noColor(_ text: String) { #expect(AccentColor(text) == nil) }

    @Test("which wording a reminder has")
    func wording() {
        #expect(LetterKind.reminder(afterOthers: 0, isOverdue: false) == .reminder)
        #expect(LetterKind.reminder(afterOthers: 1, isOverdue: false) == .secondReminder)
        #expect(LetterKind.reminder(afterOthers: 1, isOverdue: true) == .overdue)
        #expect(LetterKind.reminder(afterOthers: 0, isOverdue: true) == .overdue)
        #expect(LetterKind.reminder(afterOthers: 2, isOverdue: true) == .secondReminder)
    }

    @Test("the texts installed as samples are the ones built in", arguments: every)
    func samples(kind: LetterKind, language: Language) {
        let path = "\(Package.root)/Config/texts/\(language.rawValue)/\(kind.rawValue).txt"
        #expect(
            Package.isGolden(LetterTexts.builtInText(kind, language) + "\n", path),
            "UPDATE_FIXTURES=1 rewrites \(path)")
    }
}
