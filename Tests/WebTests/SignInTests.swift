import Crypto
import HTTP
import Mail
import Mailroom
import Store
import Testing

@testable import Web

@Suite("Signing in")
struct SignInTests {
    @Test("the right password opens the pages, by cookies that no script and no other site has")
    func password() async throws {
        let entrance = try await Entrance()
        let browser = entrance.browser()
        let page = await browser.get("/sign-in?to=/more")
        #expect(page.status == .ok)
        #expect(page.text.contains("autocomplete=\"username\""))
        #expect(page.text.contains("autocomplete=\"current-password\""))
        let answer = await browser.post(
            "/sign-in", ["login": "Jana", "password": Entrance.password, "to": "/more"])
        #expect(answer.status == .seeOther)
        #expect(answer.location == "/more")
        let cookies = answer.headers.all("set-cookie").filter { $0.hasPrefix("__Host-session=") }
        #expect(cookies.count == 1)
        for flag in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] { #expect(cookies[0].contains(flag)) }
        #expect(await browser.get("/more").status == .ok)
        // The store has the hash alone.
        let token = try #require(browser.cookie("__Host-session").flatMap { SecretToken($0) })
        let now = entrance.hands.now
        let session = try await entrance.data.store.read {
            try $0.session(tokenHash: token.hash, now: now)
        }
        #expect(session?.member.login == "jana")
        #expect(session?.network == "192.0.2.1")
    }

    @Test("wrong password, unknown login, no password and a disabled person get one answer")
    func wrong() async throws {
        let entrance = try await Entrance()
        let (now, ben) = (entrance.hands.now, try await entrance.member("ben"))
        try await entrance.data.store.write {
            try $0.setDisabled(true, ben.id, by: "jana", now: now)
        }
        var pages: Set<String> = []
        for (login, password) in [("jana", "wr0ng"), ("nobody", "wr0ng"), ("ben", Entrance.password)] {
            let answer = await entrance.browser().signIn(login, password)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("value=\"\(login)\""), "what was typed stays")
            #expect(!answer.text.contains(password))
            pages.insert(answer.text.split(separator: login).joined())
        }
        #expect(pages.count == 1)
    }

    @Test("a flood slows down who makes it, and neither the real person elsewhere nor in a browser they know")
    func flood() async throws {
        let entrance = try await Entrance()
        let known = entrance.browser("198.51.100.1")
        #expect(await known.signIn("jana").status == .seeOther)
        let flood = entrance.browser("198.51.100.1")
        for _ in 0..<5 { #expect(await flood.signIn("jana", "wrong").status == .unprocessableContent) }
        let slowed = await flood.signIn("jana", "wrong")
        #expect(slowed.status == .tooManyRequests)
        #expect(slowed.text.contains("in 2 seconds"))
        // Even the right password must wait there: else a flood would end with it.
        #expect(await flood.signIn("jana").status == .tooManyRequests)
        #expect(await known.signIn("jana").status == .seeOther)
        #expect(await entrance.browser("203.0.113.9").signIn("jana").status == .seeOther)
        entrance.hands.pass(3)
        #expect(await flood.signIn("jana").status == .seeOther)
    }

    @Test("a login that nobody has is slowed down in the same way")
    func floodOfNobody() async throws {
        let entrance = try await Entrance()
        let flood = entrance.browser()
        for _ in 0..<5 { #expect(await flood.signIn("nobody", "wrong").status == .unprocessableContent) }
        #expect(await flood.signIn("nobody", "wrong").status == .tooManyRequests)
    }

    struct Return: Sendable {
        let to: String
        let location: String
    }

    @Test(
        "the way back leads to our pages alone",
        arguments: [
            Return(to: "/c/12?tab=files", location: "/c/12?tab=files"),
            Return(to: "//evil.example/", location: "/"), Return(to: "/\\evil.example", location: "/"),
            Return(to: "https://evil.example", location: "/"),
            Return(to: "/a\r\nset-cookie: x", location: "/"),
            Return(to: "/\u{9}/evil.example", location: "/"), Return(to: "/sign-out", location: "/"),
            Return(to: "", location: "/"), Return(to: "javascript:alert(1)", location: "/"),
        ])
    func wayBack(_ example: Return) {
        #expect(ReturnPath.safe(example.to) == example.location)
    }

    @Test("without TLS nothing is asked of anybody but on this machine")
    func unprotected() async throws {
        let entrance = try await Entrance()
        let remote = entrance.browser("192.0.2.1", isSecure: false)
        #expect(await remote.get("/sign-in").text.contains("not encrypted"))
        #expect(await remote.signIn("jana").status == .forbidden)
        #expect(remote.cookie("session") == nil)
        let local = entrance.browser("127.0.0.1", isSecure: false)
        #expect(await local.signIn("jana").status == .seeOther)
        #expect(local.cookie("session") != nil)
        // A web server in front that nobody trusts: the address is its own.
        let forwarded = await entrance.browser("127.0.0.1", isSecure: false).post(
            "/sign-in", ["login": "jana", "password": Entrance.password], [("x-forwarded-proto", "https")])
        #expect(forwarded.status == .forbidden)
    }

    @Test("a form that another site sends is refused, whatever is in it")
    func foreign() async throws {
        let entrance = try await Entrance()
        let form = ["login": "jana", "password": Entrance.password]
        for (name, value) in [
            ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
        ] as [(HeaderName, String)] {
            #expect(await entrance.browser().post("/sign-in", form, [(name, value)]).status == .forbidden)
        }
        #expect(
            await entrance.browser().post("/sign-in", form, [("sec-fetch-site", "same-origin")]).status
                == .seeOther)
    }

    @Test("a session ends by signing out, after twelve hours without a click, and when somebody is disabled")
    func ends() async throws {
        let entrance = try await Entrance()
        let browser = entrance.browser()
        _ = await browser.signIn("ben")
        for _ in 0..<3 {
            entrance.hands.pass(11 * 3_600)
            #expect(await browser.get("/settings").status == .ok)
        }
        entrance.hands.pass(12 * 3_600 + 1)
        #expect(await browser.get("/settings").location == "/sign-in?to=%2Fsettings")
        _ = await browser.signIn("ben")
        let token = browser.cookie("__Host-session") ?? ""
        let out = await browser.submit("/settings", to: "/sign-out")
        #expect(out.location == "/sign-in?out=1")
        #expect(browser.cookie("__Host-session") == nil)
        browser.set("__Host-session", token)
        #expect(await browser.get("/settings").status == .seeOther)
        _ = await browser.signIn("ben")
        let (now, ben) = (entrance.hands.now, try await entrance.member("ben"))
        try await entrance.data.store.write { try $0.setDisabled(true, ben.id, by: "jana", now: now) }
        #expect(await browser.get("/settings").status == .seeOther)
        // What was typed is not lost: the page before still has it.
        let late = await browser.post("/settings/me", ["name": "Ben"])
        #expect(late.status == .unauthorized)
        #expect(late.text.contains("Nothing was changed"))
    }

    @Test("a token that was planted before never becomes a session")
    func fixation() async throws {
        let entrance = try await Entrance()
        let browser = entrance.browser()
        let planted = SecretToken.random().text
        browser.set("__Host-session", planted)
        _ = await browser.signIn("jana")
        #expect(browser.cookie("__Host-session") != planted)
    }

    @Test("to look at a link changes nothing; its button signs in once")
    func link() async throws {
        let entrance = try await Entrance()
        let (now, ben) = (entrance.hands.now, try await entrance.member("ben"))
        let token = SecretToken.random()
        let (hash, expires) = (token.hash, Timestamp(seconds: now.seconds + 900))
        try await entrance.data.store.write {
            try $0.addLoginLink(hash, for: ben.id, by: "jana", now: now, expires: expires)
        }
        let path = "/sign-in/link/\(token.text)"
        for _ in 0..<3 { #expect(await entrance.browser().get(path).text.contains("Sign in as Ben")) }
        let browser = entrance.browser()
        #expect(await browser.post(path).status == .seeOther)
        #expect(await browser.get("/settings").text.contains("Ben"))
        #expect(await entrance.browser().post(path).status == .gone)
        #expect(await entrance.browser().get(path).status == .gone)
        #expect(await entrance.browser().get("/sign-in/link/nothing").status == .gone)
    }

    @Test("the first owner is made by the link of the command line, and by nothing else")
    func firstOwner() async throws {
        let entrance = try await Entrance([])
        let browser = entrance.browser()
        #expect(await browser.get("/more").location == "/sign-in?to=%2Fmore")
        #expect(await browser.get("/sign-in").location == "/welcome")
        #expect(await browser.get("/welcome").text.contains("mailroom user login-link --first"))
        let now = entrance.hands.now
        let token = SecretToken.random()
        let (hash, expires) = (token.hash, Timestamp(seconds: now.seconds + 900))
        try await entrance.data.store.write {
            try $0.addLoginLink(hash, for: nil, by: "root", now: now, expires: expires)
        }
        let path = "/sign-in/link/\(token.text)"
        #expect(await browser.get(path).text.contains("autocomplete=\"new-password\""))
        let weak = await browser.post(
            path, ["name": "Jana Weiß", "login": "jana", "password": "jana.jana.jana"])
        #expect(weak.status == .unprocessableContent)
        #expect(weak.text.contains("value=\"Jana Weiß\""))
        #expect(weak.text.contains("Somebody would try this first"))
        let made = await browser.post(
            path, ["name": "Jana Weiß", "login": "jana", "password": Entrance.password])
        #expect(made.location == "/", "\(made.status): \(made.text)")
        #expect(try await entrance.member("jana").role == .owner)
        #expect(await browser.get("/settings").status == .ok)
        #expect(await entrance.browser().get(path).status == .gone)
        #expect(await entrance.browser().get("/welcome").location == "/")
    }

    @Test(
        "the web server in front signs in whom it names: with its secret, or on a Unix socket, and only so long"
    )
    func proxy() async throws {
        let entrance = try await Entrance()
        var settings = entrance.site.settings
        settings.proxy = ProxySignIn(field: "x-remote-user", secret: "s3cret")
        entrance.site.apply(settings)
        let name: (HeaderName, String) = ("x-remote-user", "jana")
        let secret: (HeaderName, String) = ("x-mailroom-secret", "s3cret")
        #expect(await entrance.browser("127.0.0.1").get("/sign-in", [name]).status == .ok)
        #expect(
            await entrance.browser("127.0.0.1").get("/sign-in", [name, ("x-mailroom-secret", "guess")]).status
                == .ok)
        #expect(
            await entrance.browser().get("/sign-in", [name, ("x-remote-user", "ben"), secret]).status == .ok,
            "two names: one came from the visitor")
        let browser = entrance.browser()
        #expect(await browser.get("/sign-in?to=/settings", [name, secret]).location == "/settings")
        #expect(await browser.get("/settings", [name, secret]).status == .ok)
        #expect(await browser.get("/settings").status == .seeOther)
        #expect(await browser.get("/settings", [("x-remote-user", "ben"), secret]).status == .seeOther)
        settings.proxy = ProxySignIn(field: "x-remote-user", secret: nil)
        entrance.site.apply(settings)
        #expect(await browser.get("/settings", [name, secret]).status == .seeOther, "TCP proves nothing")
    }

    @Test("outside of the staff's networks there is no way in at all")
    func networks() async throws {
        let entrance = try await Entrance()
        var settings = entrance.site.settings
        settings.staffNetworks = [try #require(AddressRange("10.0.0.0/8"))]
        entrance.site.apply(settings)
        #expect(await entrance.browser("192.0.2.1").get("/sign-in").status == .notFound)
        #expect(await entrance.browser("192.0.2.1").get("/settings").status == .notFound)
        #expect(await entrance.browser("10.1.2.3").get("/sign-in").status == .ok)
    }

    @Test("the page is in the language that is chosen, and says it again")
    func languages() async throws {
        let entrance = try await Entrance()
        let browser = entrance.browser()
        #expect(
            await browser.get("/sign-in", [("accept-language", "de-DE,de;q=0.9")]).text.contains("Anmelden"))
        #expect(await browser.get("/sign-in?language=ja").text.contains("サインイン"))
        #expect(await browser.get("/sign-in").text.contains("lang=\"ja\""))
    }
}
