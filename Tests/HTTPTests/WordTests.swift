import HTTP
import Testing

@testable import HTTP

@Suite("HTTP: words of the RFCs")
struct WordTests {
    @Test("a value with a line end, a NUL or another script is no header value")
    func values() {
        for text in ["a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\0", "ä", "\u{7F}"] {
            #expect(HeaderValue(text) == nil)
        }
        let type = "text/html; charset=utf-8"
        #expect(HeaderValue(type)?.text == type)
        for name in ["", "a b", "a:", "a\r\n", "ä"] { #expect(HeaderName(name) == nil) }
        #expect(HeaderName("Content-Type") == HeaderName("content-type"))
    }

    @Test("a redirection leads nowhere else")
    func redirections() {
        #expect(Response.seeOther("/inbox?a=1").headers["location"] == "/inbox?a=1")
        for path in ["//evil.example", "/\\evil.example", "https://evil.example", "", "inbox", "/a\r\nb"] {
            #expect(Response.seeOther(path).headers["location"] == nil)
        }
    }

    @Test("a file's name reaches the browser in any script, and ends no header")
    func dispositions() {
        #expect(
            ContentDisposition.attachment("請求書 \"1\"\r\n.pdf").text
                == "attachment; filename=\"___ _1___.pdf\"; filename*=UTF-8''%E8%AB%8B%E6%B1%82%E6%9B%B8%20%221%22%0D%0A.pdf"
        )
    }

    @Test("a cookie is ours alone, and over TLS nobody else can set it")
    func cookies() {
        let secure = SetCookie("session", value: "abc", isSecure: true, maxAge: 60).headerValue.text
        #expect(secure == "__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60")
        let plain = SetCookie("session", value: "abc", isSecure: false, sameSite: .strict).headerValue.text
        #expect(plain == "session=abc; Path=/; HttpOnly; SameSite=Strict")
        // __Host- is for the whole site alone: RFC 6265bis.
        let part = SetCookie("proof", value: "abc", isSecure: true, path: "/u/abc").headerValue.text
        #expect(part == "__Secure-proof=abc; Path=/u/abc; HttpOnly; SameSite=Lax; Secure")
        #expect(SetCookie.name("proof", isSecure: true, hasPath: true) == "__Secure-proof")
    }

    @Test(
        "an address, and what is none",
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("[::1]", "::1"), ("::ffff:192.0.2.1", "192.0.2.1"),
            ("2001:DB8:0::1", "2001:db8::1"), ("1.2.3", nil), ("1.2.3.256", nil), ("01.2.3.4", nil),
            ("a", nil),
            ("", nil), ("::1%lo", nil),
        ])
    func addresses(_ text: String, _ expected: String?) { #expect(IPAddress(text)?.description == expected) }

    @Test("a range holds the addresses that begin alike")
    func ranges() throws {
        let range = try #require(AddressRange("10.1.0.0/15"))
        #expect(range.contains(IPAddress("10.0.255.255")!) && !range.contains(IPAddress("10.2.0.0")!))
        #expect(!range.contains(IPAddress("::a01:1")!))
        #expect(try #require(AddressRange("2001:db8::/33")).contains(IPAddress("2001:db8:7fff::1")!))
        #expect(try #require(AddressRange("::ffff:10.0.0.1")).contains(IPAddress("10.0.0.1")!))
        #expect(try #require(AddressRange("0.0.0.0/0")).contains(IPAddress("8.8.8.8")!))
        for text in ["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "a/8", "::/129"] {
            #expect(AddressRange(text) == nil)
        }
    }

    @Test(
        "where to listen, and what is no place",
        arguments: [
            ("127.0.0.1:9125", "127.0.0.1:9125", true), ("[::1]:80", "[::1]:80", true),
            ("0.0.0.0:80", "0.0.0.0:80", false), ("/run/a.sock", "/run/a.sock", true),
            ("localhost:80", nil, false), ("::1:80", nil, false), (":80", nil, false),
            ("127.0.0.1", nil, false),
            ("127.0.0.1:99999", nil, false), ("", nil, false),
        ])
    func listeners(_ text: String, _ expected: String?, _ isLocal: Bool) {
        let address = ListenerAddress(text)
        #expect(address?.description == expected)
        #expect((address?.isLocal ?? false) == isLocal)
    }

    @Test("the most exact route answers, whichever was there first")
    func routes() async {
        var router = Router()
        router.get("/*rest") { .text("rest \($0[parameter: "rest"])") }
        router.get("/accounts/:account") { .text("account \($0[parameter: "account"])") }
        router.get("/accounts/new") { _ in .text("new") }
        router.get("/accounts/:account/files/*path") { .text("files \($0[parameter: "path"])") }
        for (path, expected) in [
            ("/accounts/new", "new"), ("/accounts/7", "account 7"),
            ("/accounts/7/files/a/b%20c", "files a/b c"),
            ("/accounts/7/files", "rest accounts/7/files"), ("/accounts/", "rest accounts/"),
        ] {
            let reply = await router.answer(Request(.get, path))
            guard case .octets(let octets) = reply.content else {
                Issue.record("\(path) has no answer")
                continue
            }
            #expect(String(decoding: octets, as: UTF8.self) == expected)
        }
        #expect(await router.answer(Request(.get, "/")).status == .notFound)
        #expect(await router.answer(Request(.post, "/accounts/new")).status == .methodNotAllowed)
        #expect(router.routes.map(\.pattern.description).first == "/accounts/new")
    }

    @Test("no line of an event's data can begin another field")
    func events() {
        let text = String(decoding: ServerEvent("a", "1\r\n2\r3\n\nid: 4").octets, as: UTF8.self)
        #expect(text == "event: a\ndata: 1\ndata: 2\ndata: 3\ndata: \ndata: id: 4\n\n")
    }

    @Test("a policy forbids what it does not name, and framing")
    func policies() throws {
        let page = Response.html("a").under(.page)
        let policy = try #require(page.headers["content-security-policy"])
        #expect(policy.hasPrefix("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(
            page.headers["cache-control"] == "no-store" && page.headers["referrer-policy"] == "no-referrer")
        let frame = try #require(
            Response.html("a").under(.mailFrame(remotePictures: false)).headers["content-security-policy"])
        #expect(
            frame.contains("sandbox ") && !frame.contains("allow-scripts") && !frame.contains("script-src"))
    }
}
