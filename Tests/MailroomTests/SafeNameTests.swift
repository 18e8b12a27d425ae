import Glibc
import Mail
import Testing
import Text

@testable import Mailroom

@Suite("A name on disk")
struct SafeNameTests {
    static let pdf = MediaType("application/pdf")!

    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let sent: String?
        let name: String

        init(_ sentence: String, _ sent: String?, _ name: String) {
            self.sentence = sentence
            self.sent = sent
            self.name = name
        }

        var testDescription: String { sentence }
    }

    @Test(
        "F26: is one safe path component",
        arguments: [
            Case("a plain one", "Statement.pdf", "Statement.pdf"),
            Case("German", "Übersicht März.pdf", "Übersicht März.pdf"),
            Case("Japanese", "請求書（３月）.pdf", "請求書（３月）.pdf"),
            Case("decomposed", "U\u{308}bersicht.pdf", "Übersicht.pdf"),
            Case("a way up", "../../etc/passwd", "_._.._etc_passwd"),
            Case("an absolute path", "/etc/passwd", "_etc_passwd"),
            Case("a path of Windows", "C:\\Users\\x\\a.pdf", "C__Users_x_a.pdf"),
            Case("a slash that belongs to it", "Rechnung 12/2025.pdf", "Rechnung 12_2025.pdf"),
            Case("a NUL", "a.pdf\u{0}.exe", "a.pdf.exe"),
            Case("a line break", "a\r\nb.pdf", "a  b.pdf"),
            Case("an escape sequence", "\u{1B}[31ma.pdf", "[31ma.pdf"),
            Case("a right-to-left override", "invoice\u{202E}fdp.exe", "invoicefdp.exe"),
            Case("isolates and marks", "\u{2066}a\u{2069}\u{200F}\u{061C}.pdf", "a.pdf"),
            Case("no width", "a\u{200B}\u{FEFF}\u{00AD}.pdf", "a.pdf"),
            Case("joiners stay", "👨\u{200D}👩\u{200D}👧.pdf", "👨\u{200D}👩\u{200D}👧.pdf"),
            Case("reserved characters", "a<b>c:d\"e|f?g*h.pdf", "a_b_c_d_e_f_g_h.pdf"),
            Case("a hidden file", ".bashrc", "_bashrc"),
            Case("an option", "-rf", "_-rf"),
            Case("a home", "~root", "_~root"),
            Case("a device of Windows", "CON", "_CON"),
            Case("a device with an extension", "nul.pdf", "_nul.pdf"),
            Case("a device with extensions", "com1.tar.gz", "_com1.tar.gz"),
            Case("a device with a superscript", "LPT¹.txt", "_LPT¹.txt"),
            Case("no device", "CONTRACT.pdf", "CONTRACT.pdf"),
            Case("a dot at the end", "a.pdf.", "a.pdf"),
            Case("spaces around", "  a.pdf  ", "a.pdf"),
            Case("one dot", ".", "attachment.pdf"),
            Case("two dots", "..", "attachment.pdf"),
            Case("only spaces", "   ", "attachment.pdf"),
            Case("only marks", "\u{202E}\u{200B}", "attachment.pdf"),
            Case("empty", "", "attachment.pdf"),
            Case("none", nil, "attachment.pdf"),
        ])
    func f26_file(_ case: Case) { #expect(SafeName.file(`case`.sent, Self.pdf) == `case`.name) }

    @Test(
        "F26: has at most 200 octets, and keeps its extension",
        arguments: [
            String(repeating: "x", count: 300) + ".pdf", String(repeating: "請", count: 100) + ".pdf",
            String(repeating: "e\u{301}\u{302}", count: 100) + ".pdf",
            "a." + String(repeating: "b", count: 300) + ".pdf",
            String(repeating: "😀", count: 60) + ".pdf",
        ])
    func f26_long(_ sent: String) {
        let name = SafeName.file(sent, Self.pdf)
        #expect(name.utf8.count <= 200)
        #expect(name.utf8.count > 150)
        #expect(name.hasSuffix(".pdf"))
    }

    @Test("F26: a long extension is none")
    func f26_longExtension() {
        let name = SafeName.file("a." + String(repeating: "b", count: 300), Self.pdf)
        #expect(name.utf8.count <= 200)
        #expect(SafeName.file(String(repeating: "x", count: 10_000_000), Self.pdf).utf8.count == 200)
    }

    @Test(
        "F26: without a name it is called by its type",
        arguments: [
            ("image/jpeg", "attachment.jpg"), ("text/plain", "attachment.txt"),
            ("message/rfc822", "attachment.eml"),
            ("application/x-unknown", "attachment.bin"), ("text/x-unknown", "attachment.txt"),
        ])
    func f26_nameless(_ type: String, _ name: String) {
        #expect(SafeName.file(nil, MediaType(type)!) == name)
    }

    @Test("F27: is unique in its folder, with a number before the extension")
    func f27_unique() {
        func unique(_ name: String, _ taken: Set<String>) -> String {
            SafeName.unique(name) { taken.contains($0) }
        }
        #expect(unique("a.pdf", []) == "a.pdf")
        #expect(unique("a.pdf", ["a.pdf"]) == "a (2).pdf")
        #expect(unique("A.PDF", ["a.pdf"]) == "A (2).PDF")
        #expect(unique("a.pdf", ["a.pdf", "a (2).pdf"]) == "a (3).pdf")
        #expect(unique("Straße", ["strasse"]) == "Straße (2)")
        #expect(unique("a.tar.gz", ["a.tar.gz"]) == "a.tar (2).gz")
    }

    @Test("F27: the ten thousandth of a name needs few questions, and is free")
    func f27_many() {
        let taken = Set((1...10_000).map { $0 == 1 ? "scan.pdf" : "scan (\($0)).pdf" })
        var questions = 0
        let name = SafeName.unique("scan.pdf") { key in
            questions += 1
            return taken.contains(key)
        }
        #expect(name == "scan (10001).pdf")
        #expect(questions < 60)
        let long = SafeName.file(String(repeating: "請", count: 100) + ".pdf", Self.pdf)
        let second = SafeName.unique(long) { $0 == SafeName.key(long) }
        #expect(second.hasSuffix(" (2).pdf"))
        #expect(second.utf8.count <= 200)
    }

    @Test(
        "of an account begins with its number",
        arguments: [
            ("Bolt AG", "20001 Bolt AG"), ("Müller/Meier", "20001 Müller_Meier"), ("田中商店", "20001 田中商店"),
            ("..", "20001"), ("", "20001"), ("-x", "20001 _-x"),
        ])
    func account(_ name: String, _ directory: String) {
        #expect(SafeName.account(AccountNumber("20001")!, name) == directory)
    }

    @Test("of a directory is never empty", arguments: ["", ".", "..", " ", "\u{0}"])
    func directory(_ name: String) { #expect(SafeName.directory(name) == "_") }

    @Test("F26: is safe for every naughty string there is")
    func f26_naughty() throws {
        let shared =
            getenv("MAILROOM_SHARED").map { String(cString: $0) }
            ?? "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/../shared"
        let path = shared + "/corpus/minimaxir+big-list-of-naughty-strings/blns.txt"
        guard let file = fopen(path, "r") else {
            print("skipped: \(path) is missing")
            return
        }
        defer { fclose(file) }
        var octets = [UInt8](repeating: 0, count: 1 << 20)
        octets.removeLast(octets.count - fread(&octets, 1, octets.count, file))
        let lines = octets.split(separator: 10)
        #expect(lines.count > 500)
        for line in lines {
            let sent = String(decoding: line, as: UTF8.self)
            for name in [SafeName.file(sent, Self.pdf), SafeName.directory(sent)] {
                #expect((1...200).contains(name.utf8.count))
                #expect(!name.utf8.contains { $0 < 32 || $0 == 127 || $0 == UInt8(ascii: "/") })
                #expect(!name.hasPrefix(".") && !name.hasPrefix("-") && !name.hasSuffix("."))
                #expect(name.nfc == name)
                #expect(SafeName.directory(name) == name, "safe names stay as they are")
            }
        }
    }
}

@Suite("A pattern of names")
struct NamePatternTests {
    @Test(
        "fits",
        arguments: [
            ("rechnung*", "RECHNUNG 12.pdf", true), ("rechnung*", "Die Rechnung.pdf", false),
            ("*[ _-]rechnung*", "ACME_Rechnung.pdf", true), ("*[ _-]rechnung*", "ACMERechnung.pdf", false),
            ("*請求書*", "3月請求書.pdf", true), ("*.p7s", "smime.P7S", true), ("*.p7s", "p7s", false),
            ("a?c", "abc", true), ("a?c", "ac", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false),
            ("[!a-c]x", "dx", true), ("[]]", "]", true), ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("*", "", true), ("ü*", "U\u{308}ber.pdf", true), ("straße*", "STRASSE.pdf", true),
            ("a", "ab", false),
            ("[a-]", "-", true), ("**a", "a", true),
        ])
    func fits(_ pattern: String, _ name: String, _ fits: Bool) throws {
        #expect(try #require(NamePattern(pattern)).matches(name) == fits)
    }

    @Test(
        "is not everything", arguments: ["", "[", "[a", "[z-a]", "[]", String(repeating: "a", count: 2000)])
    func none(_ pattern: String) { #expect(NamePattern(pattern) == nil) }

    @Test("takes no longer for a name made to make it take long")
    func linear() throws {
        let pattern = try #require(NamePattern(String(repeating: "*a", count: 40) + "b"))
        let name = String(repeating: "a", count: 20_000)
        let clock = ContinuousClock()
        var fits = true
        #expect(clock.measure { fits = pattern.matches(name) } < .seconds(5))
        #expect(!fits)
    }
}

@Suite("A folder template")
struct FolderTemplateTests {
    static let date = CivilTime(year: 2026, month: 3, day: 1)

    @Test(
        "is expanded",
        arguments: [
            ("{default}", Language.de, "Mandanten"),
            ("{default}/{year}/{month} E-Mail", .de, "Mandanten/2026/03 E-Mail"),
            ("{default}/{year}/Lohn {month_name}", .de, "Mandanten/2026/Lohn März"),
            ("{month_name} {year}", .en, "March 2026"), ("{month_name}", .ja, "3月"), ("Fix", .de, "Fix"),
        ])
    func expanded(_ text: String, _ language: Language, _ path: String) throws {
        let template = try FolderTemplate(text)
        #expect(
            template.expanded(default: "Mandanten", date: Self.date, language: language).description == path)
    }

    @Test("opens no level for a slash in a folder's own name")
    func slash() throws {
        let path = try FolderTemplate("{default}/{year}").expanded(
            default: "A/B", date: Self.date, language: .de)
        #expect(path.components == ["A_B", "2026"])
    }

    @Test(
        "is refused",
        arguments: [
            ("", FolderTemplate.Mistake.empty), ("{yaer}", .unknownWord("yaer")), ("{year", .openBrace),
            ("year}", .openBrace),
            ("../x", .notBelowTheAccount), ("/x", .notBelowTheAccount), ("a//b", .notBelowTheAccount),
            ("a/..", .notBelowTheAccount), ("a/", .notBelowTheAccount), ("{}", .unknownWord("")),
        ])
    func refused(_ text: String, _ mistake: FolderTemplate.Mistake) {
        #expect(throws: mistake) { try FolderTemplate(text) }
    }

    @Test("the folders an account is born with are named in its language")
    func seeds() {
        #expect(
            DefaultFolders.seeds.map { $0.name(.de) } == ["Mandantenunterlagen", "Auswertungen", "Intern"])
        #expect(DefaultFolders.seeds.map { $0.name(.ja) } == ["お客様資料", "共有資料", "社内"])
        #expect(
            DefaultFolders.seeds.map { $0.name(.en) } == ["Client uploads", "Shared with client", "Internal"])
        #expect(DefaultFolders.seeds.map(\.access) == [.edit, .view, .private])
        #expect(DefaultFolders.seeds.filter(\.isDefault).count == 1)
        #expect(FolderSeed(names: [.ja: "x"], access: .view).name(.de) == "x")
        for language in Language.allCases {
            let names = DefaultFolders.seeds.map { $0.name(language) } + [DefaultFolders.intakeName(language)]
            #expect(Set(names.map(SafeName.key)).count == 4)
            #expect(names.map(SafeName.directory) == names)
        }
    }
}
