import Crypto
import HTTP
import Mail
import Mailroom
import Store
import Testing
import Text

@testable import Web

@Suite("One's own settings, and colleagues")
struct SettingsTests {
    @Test(
        "the second factor: switched on by its own digits, asked for, never taken twice, replaced by a word once"
    )
    func secondFactor() async throws {
        let entrance = try await Entrance()
        let browser = entrance.browser()
        _ = await browser.signIn("jana")
        let page = await browser.get("/settings/second-factor").text
        #expect(page.contains("<svg class=\"qr\""))
        let start = try #require(page.range("totp-key\">"))
        let words = page[start...].prefix { $0 != "<" }
        let totp = TOTP(key: Self.base32(String(words)))
        let wrong = await browser.submit(
            "/settings/second-factor", to: "/settings/second-factor", ["code": "000000"])
        #expect(wrong.status == .unprocessableContent)
        func code() -> String { totp.code(step: TOTP.step(at: entrance.hands.now.seconds)) }
        let on = await browser.submit(
            "/settings/second-factor", to: "/settings/second-factor", ["code": code()])
        #expect(on.status == .ok)
        let codes = on.text.split(separator: "<li><code>").dropFirst().map { String($0.prefix(11)) }
        #expect(codes.count == 10)

        let other = entrance.browser("203.0.113.5")
        #expect(await other.signIn("jana").location == "/sign-in/code?to=%2F")
        #expect(await other.get("/settings").status == .seeOther, "half a sign-in opens nothing")
        // The digits that switched it on are used.
        #expect(await other.post("/sign-in/code", ["code": code()]).status == .unprocessableContent)
        entrance.hands.pass(30)
        let good = code()
        #expect(await other.post("/sign-in/code", ["code": good]).location == "/")
        #expect(await other.get("/settings").status == .ok)

        let third = entrance.browser("203.0.113.6")
        _ = await third.signIn("jana")
        #expect(await third.post("/sign-in/code", ["code": good]).status == .unprocessableContent)
        #expect(await third.post("/sign-in/code", ["code": codes[3].uppercased()]).location == "/")
        let fourth = entrance.browser("203.0.113.7")
        _ = await fourth.signIn("jana")
        #expect(await fourth.post("/sign-in/code", ["code": codes[3]]).status == .unprocessableContent)

        let kept = await browser.submit(
            "/settings", to: "/settings/second-factor/off", ["current": "wrong"])
        #expect(kept.status == .unprocessableContent)
        let off = await browser.submit(
            "/settings", to: "/settings/second-factor/off", ["current": Entrance.password])
        #expect(off.location == "/settings?did=totp-off")
        #expect(await entrance.browser().signIn("jana").location == "/")
    }

    @Test("wrong digits are slowed down, wherever they come from: only who knows the password gets there")
    func guessing() async throws {
        let entrance = try await Entrance()
        let (now, jana) = (entrance.hands.now, try await entrance.member("jana"))
        try await entrance.data.store.write {
            try $0.setTOTP([UInt8](repeating: 5, count: 20), of: jana.id, by: "jana", now: now)
        }
        for number in 1...5 {
            let browser = entrance.browser("203.0.113.\(number)")
            _ = await browser.signIn("jana")
            #expect(await browser.post("/sign-in/code", ["code": "x"]).status == .unprocessableContent)
        }
        let browser = entrance.browser("203.0.113.99")
        _ = await browser.signIn("jana")
        #expect(await browser.post("/sign-in/code", ["code": "x"]).status == .tooManyRequests)
    }

    @Test("a new password needs the old one, and signs out everywhere else")
    func password() async throws {
        let entrance = try await Entrance()
        let (here, there) = (entrance.browser(), entrance.browser("203.0.113.5"))
        _ = await here.signIn("jana")
        _ = await there.signIn("jana")
        let path = "/settings/password"
        let wrong = await here.submit(
            "/settings", to: path, ["current": "no", "new": "a whole new sentence"])
        #expect(wrong.status == .unprocessableContent)
        #expect(wrong.text.contains("This is not your current password"))
        let weak = await here.submit("/settings", to: path, ["current": Entrance.password, "new": "short"])
        #expect(weak.text.contains("at least 10"))
        let changed = await here.submit(
            "/settings", to: path, ["current": Entrance.password, "new": "a whole new sentence"])
        #expect(changed.location == "/settings?did=password")
        #expect(await here.get("/settings").status == .ok)
        #expect(await there.get("/settings").status == .seeOther)
        #expect(await entrance.browser().signIn("jana").status == .unprocessableContent)
        #expect(await entrance.browser().signIn("jana", "a whole new sentence").status == .seeOther)
    }

    @Test("one's sessions are listed and ended; those of others are not there")
    func sessions() async throws {
        let entrance = try await Entrance()
        let (here, there, ben) = (
            entrance.browser(), entrance.browser("203.0.113.5"), entrance.browser("203.0.113.6")
        )
        _ = await here.signIn("jana")
        _ = await there.signIn("jana")
        _ = await ben.signIn("ben")
        let page = await here.get("/settings").text
        #expect(page.contains("203.0.113.5"))
        #expect(!page.contains("203.0.113.6"))
        #expect(await here.submit("/settings", to: "/settings/sessions/3").status == .notFound)
        #expect(await ben.get("/settings").status == .ok)
        #expect(await here.submit("/settings", to: "/settings/sessions/2").status == .seeOther)
        #expect(await there.get("/settings").status == .seeOther)
    }

    @Test("looks and language are one's own, at once")
    func looks() async throws {
        let entrance = try await Entrance()
        let browser = entrance.browser()
        _ = await browser.signIn("jana")
        _ = await browser.submit(
            "/settings", to: "/settings/looks", ["theme": "dark", "density": "compact"])
        _ = await browser.submit("/settings", to: "/settings/me", ["name": "Jana Weiß", "language": "de"])
        let page = await browser.get("/settings").text
        #expect(
            page.contains("<html lang=\"de\" data-theme=\"dark\" data-density=\"compact\" data-keys=\"off\">")
        )
        #expect(page.contains("Jana Weiß"))
        let empty = await browser.submit(
            "/settings", to: "/settings/me", ["name": " ", "email": "no address"])
        #expect(empty.status == .unprocessableContent)
        #expect(empty.text.contains("Das ist keine E-Mail-Adresse"))
        #expect(empty.text.contains("value=\"no address\""))
    }

    @Test("a member has no way to colleagues, neither to look nor to do")
    func member() async throws {
        let entrance = try await Entrance()
        let browser = entrance.browser()
        _ = await browser.signIn("ben")
        for path in ["/staff", "/staff/1", "/staff/visibility"] {
            #expect(await browser.get(path).status == .forbidden, "\(path)")
        }
        for path in [
            "/staff", "/staff/1", "/staff/1/link", "/staff/1/disable", "/staff/1/enable",
            "/staff/1/no-second-factor", "/staff/visibility/mailbox", "/staff/visibility/account",
        ] {
            #expect(await browser.submit("/settings", to: path).status == .forbidden, "\(path)")
            #expect(await browser.post(path, ["token": "forged"]).status == .forbidden, "\(path)")
        }
        #expect(await !browser.get("/settings").text.contains("href=\"/staff\""))
    }

    @Test("an owner adds a colleague, who comes in by the link")
    func add() async throws {
        let entrance = try await Entrance()
        let browser = entrance.browser()
        _ = await browser.signIn("jana")
        let taken = await browser.submit(
            "/staff", to: "/staff", ["name": "Ben Two", "login": "ben", "role": "member", "language": "en"])
        #expect(taken.status == .unprocessableContent)
        #expect(taken.text.contains("There is such a login already"))
        #expect(taken.text.contains("value=\"Ben Two\""))
        let added = await browser.submit(
            "/staff", to: "/staff",
            [
                "name": "Yuki Mori", "login": "yuki", "role": "member", "language": "ja",
                "email": "yuki@firm.example",
            ])
        let start = try #require(added.text.range("https://localhost"))
        let path = String(added.text[start...].prefix { $0 != "<" })
        let yuki = entrance.browser("203.0.113.5")
        #expect(await yuki.post(path).location == "/?did=no-password")
        #expect(await yuki.get("/settings").text.contains("パスワードが未設定です"))
        #expect(await yuki.get("/staff").status == .forbidden)
        let id = try await entrance.member("yuki").id
        #expect(await browser.submit("/staff", to: "/staff/\(id)/disable").status == .seeOther)
        #expect(await yuki.get("/settings").status == .seeOther)
        let jana = try await entrance.member("jana").id
        let last = await browser.submit("/staff", to: "/staff/\(jana)/disable")
        #expect(last.status == .unprocessableContent)
        #expect(last.text.contains("This is the last owner"))
    }

    @Test("who sees what is decided by ticks, and no tick is everybody")
    func visibility() async throws {
        let entrance = try await Entrance()
        let browser = entrance.browser()
        _ = await browser.signIn("jana")
        let number = try #require(AccountNumber("10482"))
        let now = entrance.hands.now
        let account = try await entrance.data.store.write {
            try $0.addAccount(
                NewAccount(number: number, type: .client, name: "Hofmann", language: .de), folders: [],
                by: "jana", now: now)
        }
        let page = "/staff/visibility"
        let unknown = await browser.submit(page, to: "\(page)/account", ["account": "99", "staff": "2"])
        #expect(unknown.text.contains("There is no such account"))
        let nobody = await browser.submit(page, to: "\(page)/account", ["account": "10482"])
        #expect(nobody.status == .unprocessableContent)
        #expect(
            await browser.submit(page, to: "\(page)/account", ["account": "10482", "staff": "2"]).status
                == .seeOther)
        let viewers = try await entrance.data.store.read { try $0.viewers(of: account).map(\.login) }
        #expect(viewers == ["ben"])
        #expect(await browser.get(page).text.contains("10482 Hofmann"))
        _ = await browser.submit(page, to: "\(page)/account", ["account": "10482", "known": "1"])
        #expect(try await entrance.data.store.read { try $0.viewers(of: account) }.isEmpty)
        #expect(
            await browser.submit(page, to: "\(page)/mailbox", ["mailbox": "nothing"]).status == .notFound)
    }

    @Test("a way back that we did not write is not offered")
    func undo() async throws {
        let entrance = try await Entrance()
        let browser = entrance.browser()
        _ = await browser.signIn("jana")
        let forged = await browser.get("/settings?did=saved&undo=/staff/2/disable").text
        #expect(forged.contains("class=\"toast\""))
        #expect(!forged.contains("/staff/2/disable"))
        #expect(
            !(await browser.get("/settings?did=saved&undo=/staff/2/disable&mark=AAAA").text)
                .contains("/staff/2/disable"))
    }

    private static func base32(_ words: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var (octets, bits, count): ([UInt8], UInt32, UInt32) = ([], 0, 0)
        for letter in words.utf8 {
            guard let value = alphabet.firstIndex(of: letter) else { continue }
            bits = bits << 5 | UInt32(value)
            count += 5
            if count >= 8 {
                count -= 8
                octets.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return octets
    }
}
