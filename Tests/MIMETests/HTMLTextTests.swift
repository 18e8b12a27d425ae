import MIME
import Testing

@Suite("What a page says, as plain text")
struct HTMLTextTests {
    @Test(
        "tags are gone, lines begin where they did",
        arguments: [
            ("<p>Guten Tag</p><p>eins<br>zwei</p>", "Guten Tag\n\neins\nzwei\n"),
            ("<style>p{}</style><b>a</b> &amp; b&nbsp;c &lt;d&gt; &#8364; &uuml;", "a & b c <d> € ü"),
            ("<!-- <p>x</p> -->text<script>var a = '<p>'</script>", "text"),
            ("a   b\n\tc", "a b c"), ("a & b &unknown; &#0;", "a & b &unknown; &#0;"), ("<p", ""), ("", ""),
        ])
    func plain(html: String, text: String) {
        #expect(HTMLText.plain(html) == text)
    }
}
