import Mailroom
import Testing

@Suite("Names as strangers type them")
struct TypedNameTests {
    @Test(
        "a name is one line, and nothing in it leads to a page",
        arguments: [
            ("Klara Neu", "Klara Neu"), ("  Klara\r\nBcc: x@y.example \t Neu ", "Klara Bcc: Neu"),
            ("Dr. Klara Neu", "Dr. Klara Neu"), ("佐藤　健一", "佐藤 健一"),
            ("Zoë O’Brien-Özdemir", "Zoë O’Brien-Özdemir"),
            ("You won 1000 EUR, see https://evil.example/x", "You won 1000 EUR, see"),
            ("www.evil.example", ""), ("evil.example", "evil. example"), ("a@b.example", ""),
            ("\u{202E}alraK\u{200B}", "alraK"), (" \u{200B} ", ""),
            (String(repeating: "x", count: 300), String(repeating: "x", count: 80)),
        ])
    func person(_ typed: String, _ name: String) { #expect(TypedName(typed).text == name) }

    @Test(
        "a file keeps its ending",
        arguments: [
            ("scan.pdf", "scan.pdf"), ("Konto 2025.01.pdf", "Konto 2025.01.pdf"), ("請求書", "請求書"),
            ("visit www.evil.example now.pdf", "visit www. evil. example now.pdf"),
            ("evil.example.pdf", "evil. example.pdf"), ("a\r\nb.pdf", "a b.pdf"),
            (String(repeating: "y", count: 300) + ".pdf", String(repeating: "y", count: 120) + ".pdf"),
        ])
    func file(_ typed: String, _ name: String) { #expect(TypedName(file: typed).text == name) }
}
