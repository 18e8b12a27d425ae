import Markup
import Testing

@testable import Sanitizer

struct Case: CustomTestStringConvertible, Sendable {
    let sentence: String
    let html: String
    let kept: String

    init(_ sentence: String, _ html: String, _ kept: String) {
        (self.sentence, self.html, self.kept) = (sentence, html, kept)
    }

    var testDescription: String { sentence }
}

@Suite("A mail's page is made fit to be shown")
struct SanitizerTests {
    static func box(_ html: String, remote: Bool = false) -> String? {
        let sanitizer = MailSanitizer(showsRemotePictures: remote) {
            $0 == "logo@firm" ? "/m/12/part/2" : nil
        }
        guard let body = sanitizer.clean(html)?.body.markup else { return nil }
        return String(body.dropFirst("<div class=\"mailbody\">".count).dropLast("</div>".count))
    }

    @Test(
        "What is known stays, written anew",
        arguments: [
            Case("text", "Grüße & <b>mehr</b>", "Grüße &amp; <b>mehr</b>"),
            Case("the body's own colours", "<body bgcolor=red>x", "<div bgcolor=\"red\">x</div>"),
            Case(
                "a table", "<table border=1><tr><td colspan=2>x</table>",
                "<table border=\"1\"><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table>"),
            Case("an element nobody knows keeps its words", "<o:p>x</o:p>", "x"),
            Case("a form loses its form", "<form action=/x>x<input name=a></form>", "<div>x</div>"),
            Case(
                "a link leads away, and says where to", "<a href='https://a.example/?a=1&b' title=Bank>x</a>",
                """
                <a href="https://a.example/?a=1&amp;b" rel="noopener noreferrer nofollow" target="_blank"\
                 title="https://a.example/?a=1&amp;b">x</a>
                """),
            Case(
                "a place in the mail itself", "<a href=#top>x</a><a name=top>y</a>",
                "<a href=\"#m-top\">x</a><a id=\"m-top\">y</a>"),
            Case(
                "names get a prefix", "<p id=app class='card x\"y'>x",
                "<p id=\"m-app\" class=\"m-card\">x</p>"),
            Case(
                "a picture of its own", "<img src=CID:logo%40firm alt=Logo>",
                "<img alt=\"Logo\" src=\"/m/12/part/2\">"),
            Case(
                "a picture written out", "<img src='data:image/png;base64,iVBORw=='>",
                "<img alt=\"\" src=\"data:image/png;base64,iVBORw==\">"),
            Case(
                "a remote picture, not asked for", "<img src=https://t.example/a.png alt=a>",
                "<span>a</span>"),
            Case("two line ends in pre", "<pre>\n\nx</pre>", "<pre>\n\nx</pre>"),
        ])
    func kept(_ one: Case) {
        #expect(Self.box(one.html) == one.kept)
        #expect(Self.box("<!DOCTYPE html>" + one.html) == one.kept)
    }

    @Test(
        "What runs, asks, fetches or covers does not stay",
        arguments: [
            Case("a script", "a<script>alert(1)</script>b", "ab"),
            Case("a script whose end is in a comment", "<script><!--</script>-->x", "--&gt;x"),
            Case("handlers", "<img src=cid:x onerror=alert(1)><b onclick=x>y</b>", "<b>y</b>"),
            Case("javascript:", "<a href='java\tscript:alert(1)'>x</a>", "<a>x</a>"),
            Case("javascript: behind a control", "<a href='&#1;javascript:alert(1)'>x</a>", "<a>x</a>"),
            Case("data: as a link", "<a href='data:text/html,x'>x</a>", "<a>x</a>"),
            Case(
                "a link to ourselves", "<a href='/sign-out'>x</a><a href=//a.example>y</a>",
                "<a>x</a><a>y</a>"),
            Case("a drawing is a page", "<img src='data:image/svg+xml;base64,AA=='>", ""),
            Case("svg", "a<svg><text>x</text></svg>b", "ab"),
            Case("what ends svg", "a<svg><style><img src=x onerror=alert(1)></style></svg>b", "ab"),
            Case("math", "<math><mtext><table><mglyph><style><img src=x onerror=y>", ""),
            Case("frames", "<iframe srcdoc='<script>'></iframe><frameset><object data=x></object>x", "x"),
            Case(
                "noscript",
                "y<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></p></noscript>x", "yx"
            ),
            Case("a template", "<template><script>x</script></template>y", "y"),
            Case("plaintext is text", "<plaintext><b>x", "<pre>&lt;b&gt;x</pre>"),
            Case("xmp is text", "<xmp><script>x</script></xmp>", "<pre>&lt;script&gt;x&lt;/script&gt;</pre>"),
            Case("comments", "a<!--[if mso]><script>x</script><![endif]--><!--x-->b", "ab"),
            Case("CDATA", "a<![CDATA[<script>x</script>]]>b", "ax]]&gt;b"),
            Case(
                "base, meta, link",
                "<base href=//x><meta http-equiv=refresh content=0><link rel=stylesheet href=x>x", "x"),
            Case("a picture nobody sees", "<img src=https://t.example/a.gif width=1 height=1>x", "x"),
            Case(
                "one in a hidden box", "<p style=display:none><img src=https://t.example/a.gif>x",
                "<p style=\"display:none\">x</p>"),
            Case("a map", "<map name=m><area href=javascript:x></map><img src=cid:x usemap=#m>", ""),
            Case(
                "a thousand cells", "<table><td colspan=1000000>x</table>",
                "<table><tbody><tr><td>x</td></tr></tbody></table>"),
            Case("a button's text is the form's", "<button formaction=javascript:x>x</button>y", "y"),
            Case("an id that covers ours", "<a id=body name=body href=#>x</a>", "<a id=\"m-body\">x</a>"),
        ])
    func dropped(_ one: Case) {
        #expect(Self.box(one.html) == one.kept)
    }

    @Test(
        "Nothing leaves the box, however its elements end each other",
        arguments: [
            "<li><div><form><li>x</form>y", "<li><div><object></object><select><li>x</select>",
            "<p><form><p>x</form></p>y", "<dd><div><fieldset><dd>x<dt>y", "</div></div>x",
            "<table><tr><div></table>x",
            "<table><td><form><td>x", "<a><div><a><p><a>x", "<b><p><b><p><form><b><p></form>x</b>y",
            "<table><form><tr><td><li><div><button><li>x</table>", "<h1><button><h2>x</button></h1>",
            "<ruby><rt><form><rt><rp>x", "<svg></p><p>x", "<math><annotation-xml encoding=text/html><p>x",
            "<nobr><form><nobr>x</nobr>", "<center><form><center></div></center>x",
        ])
    func staysInside(_ html: String) throws {
        let body = try #require(MailSanitizer().clean(html + "<i>last</i>")?.body.markup)
        let tree = try #require(HTMLTree(parsing: "<!DOCTYPE html><body><main>" + body + "</main>after"))
        let box = try #require(
            tree.nodes.firstIndex {
                if case .element("div", let attributes, _) = $0 {
                    attributes.contains { $0.value == "mailbody" }
                } else {
                    false
                }
            })
        guard case .element(_, _, let end) = tree.nodes[box] else { return }
        #expect(end == tree.nodes.count - 1)
        #expect(tree.nodes.last == .text("after"))
        // Cleaned again it is the same.
        let inner = String(body.dropFirst("<div class=\"mailbody\">".count).dropLast("</div>".count))
        #expect(MailSanitizer().clean(inner)?.body.markup == body)
    }

    @Test("Remote pictures are counted, and come under encryption when they are asked for")
    func remotePictures() throws {
        let html = """
            <img src=http://a.example/1.png><img src=https://a.example/2.png srcset='https://b.example/3.png 2x'>
            <img src=https://a.example/track width=1><img src=ftp://a.example/x>
            """
        let hidden = try #require(MailSanitizer().clean(html))
        #expect(hidden.remotePictures == 2)
        #expect(hidden.trackers == 1)
        #expect(!hidden.body.markup.contains("example"))
        let shown = try #require(MailSanitizer(showsRemotePictures: true).clean(html)?.body.markup)
        #expect(shown.contains("src=\"https://a.example/1.png\""))
        #expect(shown.contains("src=\"https://a.example/2.png\""))
        #expect(!shown.contains("b.example"))
        #expect(!shown.contains("track"))
        #expect(!shown.contains("http://"))
    }

    @Test("A hundred thousand nested elements, and elements that multiply, cost no more than a mail may")
    func limits() {
        for html in [
            String(repeating: "<div>", count: 100_000), String(repeating: "<table><td>", count: 50_000),
            (0..<3000).map { "<font size=\($0)>" }.joined() + String(repeating: "<p>", count: 30_000),
        ] {
            var result: CleanMail?
            let time = ContinuousClock().measure { result = MailSanitizer().clean(html) }
            #expect(time < .seconds(20))
            #expect(result?.body.markup.utf8.count ?? 0 < 4 << 20)
        }
        #expect(MailSanitizer().clean(String(repeating: "<div>", count: 100_000)) == nil)
        let deep = Self.box(String(repeating: "<div>", count: 2000) + "x")
        #expect(deep?.contains("x</div>") == true)
        #expect(deep.map { $0.count < 200 * 12 } == true)
        #expect(MailSanitizer().clean(String(repeating: "x", count: 7 << 20)) == nil)
    }
}
