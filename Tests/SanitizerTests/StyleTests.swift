import Testing

@testable import Sanitizer

@Suite("A mail's style changes the mail alone")
struct StyleTests {
    static let filter = StyleFilter { MailAddresses.contentID($0) == "logo" ? "/m/1/part/2" : nil }

    @Test(
        "Declarations",
        arguments: [
            Case("colours", "color:#1A2b3c; background : RED", "color:#1A2b3c;background:RED"),
            Case("functions of colour", "color:rgb(1, 2,3)", "color:rgb(1, 2,3)"),
            Case(
                "sizes", "margin:0 auto;width:50%;font-size:1.5EM", "margin:0 auto;width:50%;font-size:1.5em"),
            Case("calculated", "width:calc(100% - 2*(3px + 1em))", "width:calc(100% - 2*(3px + 1em))"),
            Case("important", "color:red ! important", "color:red!important"),
            Case(
                "fonts, of any script", "font-family:'MS Pゴシック', メイリオ, Arial",
                "font-family:\"MS Pゴシック\", \"メイリオ\", Arial"),
            Case(
                "a picture of its own", "background-image:url(cid:logo)",
                "background-image:url(\"/m/1/part/2\")"),
            Case(
                "in quotes", "background:url( 'cid:logo' ) no-repeat",
                "background:url(\"/m/1/part/2\") no-repeat"),
            Case("a picture of others", "background:url(https://t.example/a.png)", ""),
            Case("with an escape in url", "background:u\\72l(https://t.example/a.png)", ""),
            Case("a comment in url", "background:url/**/(https://t.example)", ""),
            Case("image-set", "background:image-set('https://t.example/a' 1x)", ""),
            Case("a picture where none belongs", "list-style:url(cid:logo)", ""),
            Case("expression", "width:expression(alert(1))", ""),
            Case("expression with a comment", "width:exp/**/ression(alert(1))", ""),
            Case("escaped expression", "width:\\65xpression(alert(1))", ""),
            Case("behavior", "behavior:url(x.htc);color:red", "color:red"),
            Case("binding", "-moz-binding:url(x)", ""),
            Case("position", "position:fixed;top:0;left:0;z-index:9", ""),
            Case("escaped position", "pos\\69tion:fixed", ""),
            Case("negative margin", "margin-top:-900px;padding:-1px", ""),
            Case("transform", "transform:translate(-9em);animation:x 1s", ""),
            Case("own properties", "--x:url(//t.example);color:var(--x)", ""),
            Case("content", "content:'x'", ""),
            Case("a string that is not ended", "font-family:'a\nb;color:red", "color:red"),
            Case(
                "a string that ends the style", "font-family:'</style><script>'",
                "font-family:\"\\3c /style\\3e \\3c script\\3e \""),
            Case("a brace", "color:red}body{color:blue", ""),
            Case("marks of comments", "<!--color:red-->", ""),
            Case("a semicolon in brackets", "background:(a;b);color:red", "color:red"),
            Case("a bad address", "background:url(a b;color:red);color:blue", "color:blue"),
            Case("unclosed", "width:calc(1px + (2px", "width:calc(1px + (2px))"),
            Case("a hash that is no colour", "color:#javascript", ""),
            Case("nested too deep", "width:calc(" + String(repeating: "(", count: 100) + "1", ""),
            Case("Word's own", "mso-line-height-rule:exactly;tab-stops:1.0in", ""),
        ])
    func declarations(_ one: Case) {
        #expect(Self.filter.declarations(one.html) == one.kept)
    }

    @Test(
        "Sheets",
        arguments: [
            Case("a rule", "p{color:red}", ".mailbody p{color:red}"),
            Case("classes and ids", ".a#b,td.c{margin:0}", ".mailbody .m-a#m-b,.mailbody td.m-c{margin:0}"),
            Case(
                "the body is the box", "body{color:red}html body .x{margin:0}",
                ".mailbody{color:red}.mailbody .m-x{margin:0}"),
            Case(
                "media", "@media (max-width:600px){.a{width:100%}}",
                "@media (max-width:600px){.mailbody .m-a{width:100%}}"),
            Case(
                "import", "@import url(https://t.example);@import 'x';p{color:red}", ".mailbody p{color:red}"),
            Case(
                "fonts", "@font-face{font-family:x;src:url(https://t.example)}p{color:red}",
                ".mailbody p{color:red}"),
            Case(
                "charset and namespace", "@charset 'x';@namespace url(x);p{color:red}",
                ".mailbody p{color:red}"),
            Case("media in media", "@media print{@media print{p{color:red}}}", "@media print{}"),
            Case(
                "media of dark pages: the paper is white",
                "@media (prefers-color-scheme:dark){p{color:white}}", ""),
            Case("media with a function", "@media and(x){p{color:red}}", ""),
            Case("what reads values", "input[value^=a]{background:url(https://t.example/a)}", ""),
            Case(
                "our own elements", "dialog{color:red} .mailbody{color:red}",
                ".mailbody .m-mailbody{color:red}"),
            Case(
                "neighbours of the box", "body~*{color:red}~p{color:red}body:hover+p{color:red}+p{margin:0}",
                ""),
            Case("neighbours within", "p~p,p>b{color:red}", ".mailbody p~p,.mailbody p>b{color:red}"),
            Case("functions in selectors", "p:not(.x),:has(a),p::before{color:red}", ""),
            Case("comments", "<!-- p{color:red} -->", ".mailbody p{color:red}"),
            Case(
                "the end of the element", "p{font-family:'</style>'}",
                ".mailbody p{font-family:\"\\3c /style\\3e \"}"),
            Case("unclosed", "p{color:red", ".mailbody p{color:red}"),
            Case("a closing brace too many", "}p{color:red}", ""),
        ])
    func sheets(_ one: Case) {
        var sheet = StyleSheet(filter: Self.filter)
        #expect(sheet.filtered(one.html) == one.kept)
    }
}
