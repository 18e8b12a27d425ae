import Markup
import Testing

@Suite("HTML that escapes by construction")
struct MarkupTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let markup: HTML
        let text: String

        init(_ sentence: String, _ markup: HTML, _ text: String) {
            testDescription = sentence
            self.markup = markup
            self.text = text
        }
    }

    static let evil = "<script>alert('x' & \"y\")</script>"
    static let escaped = "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;"
    static let style: CSS = "font-family:'A\";"
    static let nothing: String? = nil

    static let cases = [
        Case("a literal is markup", "<p class=\"a\">b &amp; c</p>", "<p class=\"a\">b &amp; c</p>"),
        Case("text is escaped", "<p>\(evil)</p>", "<p>\(escaped)</p>"),
        Case("so it is in a value in double quotes", "<p title=\"\(evil)\">", "<p title=\"\(escaped)\">"),
        Case("and in single ones", "<p title='\(evil)'>", "<p title='\(escaped)'>"),
        Case(
            "what turns the direction of reading is left out",
            "<b>\("a\u{202E}fdp.exe \u{2068}b\u{2069}")</b>", "<b>afdp.exe b</b>"),
        Case(
            "and nothing beside it", "\("“א” – … \u{200F}\u{2065}\u{202F}")",
            "“א” – … \u{200F}\u{2065}\u{202F}"),
        Case("text that looks escaped is escaped again", "\("&lt;")", "&amp;lt;"),
        Case("other scripts stay as they are", "\("髙橋 Ärger 👍")", "髙橋 Ärger 👍"),
        Case("controls are left out", "\("a\0b\u{1B}c\u{85}d\r\n")", "abcd\n"),
        Case(
            "a style of ours in a value, and in a style",
            "<style>p{\(style)}</style><p style=\"\(style)margin:\(CSS("\(2)"))px\">",
            "<style>p{font-family:'A\";}</style><p style=\"font-family:&#39;A&quot;;margin:2px\">"),
        Case("a number is itself", "<td>\(-12)</td>", "<td>-12</td>"),
        Case("markup within markup stays markup", "<p>\(HTML("<b>\("<")</b>"))</p>", "<p><b>&lt;</b></p>"),
        Case(
            "a list of it, too", "<ul>\(["<", "b"].map { HTML("<li>\($0)</li>") })</ul>",
            "<ul><li>&lt;</li><li>b</li></ul>"),
        Case("nothing is nothing", "<p>\(nothing)</p>", "<p></p>"),
        Case(
            "text in a title is text", "<title>\("a</title><b>")</title>",
            "<title>a&lt;/title&gt;&lt;b&gt;</title>"),
        Case("a link of ours", "<a href=\"\(link: "/a?b=1&c=\"")\">", "<a href=\"/a?b=1&amp;c=&quot;\">"),
        Case(
            "a link elsewhere", "<a href=\"\(link: "https://a.example/")\">",
            "<a href=\"https://a.example/\">"),
        Case("a link that runs", "<a href=\"\(link: "javascript:alert(1)")\">", "<a href=\"#\">"),
        Case("one in disguise", "<a href=\"\(link: " \u{1}JaVaScript:alert(1)")\">", "<a href=\"#\">"),
        Case("one to nowhere in particular", "<a href=\"\(link: "//evil.example/")\">", "<a href=\"#\">"),
        Case("one with a backslash", "<a href=\"\(link: "/\\evil.example/")\">", "<a href=\"#\">"),
        Case("one that is a document", "<a href=\"\(link: "data:text/html,<b>")\">", "<a href=\"#\">"),
        Case("the rest of a link that begins here", "<a href=\"/a/\("b\"c")\">", "<a href=\"/a/b&quot;c\">"),
        Case("a flag that is set", "<input\(flag: "checked", true)>", "<input checked>"),
        Case("a flag that is not", "<input \(flag: "checked", false)>", "<input >"),
        Case("an attribute that may be missing", "<p\(attribute: "lang", "d\"e")>", "<p lang=\"d&quot;e\">"),
        Case("one that is", "<p\(attribute: "lang", nothing)>", "<p>"),
        Case(
            "one behind a bare attribute", "<input required\(attribute: "lang", "de")>",
            "<input required lang=\"de\">"),
        Case(
            "one that is missing behind a bare attribute", "<input required\(attribute: "lang", nothing)>",
            "<input required>"),
        Case(
            "flags behind a bare attribute, and what follows",
            "<input required\(flag: "checked", true)\(flag: "disabled", false) name=\"\("a")\">\("<")",
            "<input required checked name=\"a\">&lt;"),
        Case(
            "a flag before the end of a tag without content", "<input required\(flag: "checked", true)/>",
            "<input required checked/>"),
        Case(
            "text after a script and a comment", "<script src=\"/a.js\"></script><!-- a > b -->\("<")",
            "<script src=\"/a.js\"></script><!-- a > b -->&lt;"),
        Case(
            "text after a declaration", "<!doctype html><html lang=\"\("de")\">",
            "<!doctype html><html lang=\"de\">"),
    ]

    @Test("it says what it says", arguments: cases)
    func escapes(_ one: Case) { #expect(one.markup.markup == one.text) }

    @Test("text where escaping would not help is our bug, and a trap")
    func traps() async {
        await #expect(processExitsWith: .failure) { _ = HTML("<script>\("a")</script>") }
        await #expect(processExitsWith: .failure) { _ = HTML("<style>\("a")</style>") }
        await #expect(processExitsWith: .failure) { _ = HTML("<p title=\("a")>") }
        await #expect(processExitsWith: .failure) { _ = HTML("<p \("a")>") }
        await #expect(processExitsWith: .failure) { _ = HTML("<\("a")>") }
        await #expect(processExitsWith: .failure) { _ = HTML("<p onclick=\"\("a")\">") }
        await #expect(processExitsWith: .failure) { _ = HTML("<p style=\"\("a")\">") }
        await #expect(processExitsWith: .failure) { _ = HTML("<a href=\"\("a")\">") }
        await #expect(processExitsWith: .failure) { _ = HTML("<!-- \("a") -->") }
        await #expect(processExitsWith: .failure) { _ = HTML("<p title=\"\(HTML("<b>"))\">") }
        await #expect(processExitsWith: .failure) { _ = HTML("<p \(1)") }
        await #expect(processExitsWith: .failure) {
            _ = HTML("<p required\(flag: "hidden", false)=\"\("a")\">")
        }
        await #expect(processExitsWith: .failure) { _ = HTML("<p\(flag: "hidden", true)x=\"\("a")\">") }
        await #expect(processExitsWith: .failure) { _ = HTML("<p title=\(flag: "hidden", true)>") }
        await #expect(processExitsWith: .success) { _ = HTML("<p title=\"\("a")\">") }
    }
}
