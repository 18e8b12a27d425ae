import Crypto
import Mail
import Mailroom
import Store
import Testing

@testable import HTTP
@testable import Web

@Suite("A link that asks for a code")
struct LinkCodeTests {
    private static let now = SharedSite.now

    private static func later(_ seconds: Int64) -> Timestamp { Timestamp(seconds: now.seconds + seconds) }

    private static func asking(_ proof: LinkProof = .code) async throws -> SharedSite {
        let site = try await SharedSite.make()
        let id = try await site.recipient().id
        try await site.write { try $0.setProof(proof, of: id, by: "jana", now: now) }
        return site
    }

    private static func addressee(_ site: SharedSite) async throws -> LinkAddressee {
        let id = try await site.recipient().id
        return try #require(try await site.open.data.store.read { try $0.addressee(of: .share(id)) })
    }

    /// Puts a code there as if it had been sent.
    private static func send(_ digits: String, _ site: SharedSite, at moment: Timestamp = now) async throws {
        let addressee = try await addressee(site)
        let code = try #require(LinkCode(typed: digits))
        let hash = code.hash(at: addressee.target, generation: addressee.generation, key: site.key)
        try await site.write { try $0.addLinkCode(hash, to: addressee, now: moment) }
    }

    private static func cookie(_ answer: Answer) -> String? {
        answer.headers["set-cookie"].map { String($0.prefix { $0 != ";" }) }
    }

    @Test("the page says whose mailbox to look into by two letters, and nothing of what is shared")
    func page() async throws {
        let site = try await Self.asking()
        let answer = await site.ask(.get, try await site.path())
        #expect(answer.status == .ok)
        for words in ["Sind Sie es?", "s•••@h•••.example", "Code zusenden", "lang=\"de\""] {
            #expect(answer.text.contains(words), "\(words)")
        }
        for words in ["sabine", "hofmann", "Hofmann", "Bericht", "Jana", "Bitte ansehen", "10482", "2025"] {
            #expect(!answer.text.contains(words), "\(words)")
        }
        #expect(answer.headers["cache-control"] == "no-store")
        #expect(answer.headers["referrer-policy"] == "no-referrer")
        // The other recipient's link asks for nothing.
        #expect(await site.ask(.get, try await site.path(1)).text.contains("Bericht.html"))
    }

    @Test("the right code opens the link for that browser, at that link, and is used up")
    func right() async throws {
        let site = try await Self.asking()
        try await Self.send("042719", site)
        let path = try await site.path()
        let page = await site.ask(.get, path)
        #expect(page.text.contains("inputmode=\"numeric\"") && page.text.contains("one-time-code"))
        let given = await site.ask(.post, path + "/proof", form: "code=%EF%BC%90427+19")
        #expect(given.status == .seeOther && given.location == path)
        let set = try #require(given.headers["set-cookie"])
        #expect(set.contains("Path=\(path);") && set.contains("HttpOnly") && set.contains("SameSite=Lax"))
        #expect(!set.contains("Max-Age"))
        let cookie = try #require(Self.cookie(given))
        #expect(await site.ask(.get, path, headers: ["cookie": cookie]).text.contains("Bericht.html"))
        let file = path + "/files/\(site.documents[0].rawValue)"
        #expect(await site.ask(.get, file, headers: ["cookie": cookie]).text == SharedSite.html)
        // Another browser, and a cookie of somebody's own making.
        #expect(!(await site.ask(.get, path)).text.contains("Bericht.html"))
        let made = "proof=\(SecretToken.random().text)"
        #expect(await site.ask(.get, file, headers: ["cookie": made]).status == .forbidden)
        #expect(await site.ask(.post, path + "/proof", form: "code=042719").status == .unprocessableContent)
    }

    @Test("five wrong codes, and the right one is good no longer")
    func wrong() async throws {
        let site = try await Self.asking()
        try await Self.send("042719", site)
        let path = try await site.path() + "/proof"
        #expect(await site.ask(.post, path, form: "code=12345").text.contains("keine sechs Ziffern"))
        for left in ["4 Versuche", "3 Versuche", "2 Versuche", "ein Versuch"] {
            let answer = await site.ask(.post, path, form: "code=111111")
            #expect(answer.status == .unprocessableContent && answer.text.contains("Noch \(left)"), "\(left)")
            #expect(answer.headers["set-cookie"] == nil)
        }
        #expect(await site.ask(.post, path, form: "code=111111").text.contains("gilt nicht mehr"))
        #expect(try await site.events() == ["share.guessed sabine@hofmann.example"])
        let late = await site.ask(.post, path, form: "code=042719")
        #expect(late.status == .unprocessableContent && late.headers["set-cookie"] == nil)
    }

    @Test("a code holds for ten minutes, and until another is sent")
    func age() async throws {
        let site = try await Self.asking()
        let path = try await site.path() + "/proof"
        try await Self.send("042719", site, at: Self.later(-600))
        #expect(await site.ask(.post, path, form: "code=042719").status == .unprocessableContent)
        try await Self.send("131313", site, at: Self.later(-500))
        try await Self.send("242424", site, at: Self.later(-400))
        #expect(await site.ask(.post, path, form: "code=131313").status == .unprocessableContent)
        #expect(await site.ask(.post, path, form: "code=242424").status == .seeOther)
    }

    @Test("one a minute and six a day go to an address, whoever presses the button")
    func limits() async throws {
        let site = try await Self.asking()
        for number in 0..<6 {
            let moment = Self.later(Int64(number) * 60)
            try await Self.send("04271\(number)", site, at: moment)
            await #expect(throws: LinkCodeRefusal.self) {
                try await Self.send("999999", site, at: Timestamp(milliseconds: moment.milliseconds + 59_999))
            }
        }
        await #expect(throws: LinkCodeRefusal.tooMany) {
            try await Self.send("999999", site, at: Self.later(86_399))
        }
        try await Self.send("999999", site, at: Self.later(86_400))
        let audit = try await site.open.data.store.read { try $0.auditEntries(limit: 100) }
        #expect(audit.filter { $0.action == "link.code" }.count == 7)
        #expect(!audit.contains { $0.detail.contains("999999") || $0.subject.contains("999999") })
    }

    enum Loss: String, CaseIterable, Sendable {
        case resent, renewed, revoked, restricted, relaxedAndBack, old
    }

    @Test("a browser is asked again once its link is", arguments: Loss.allCases)
    func lost(_ why: Loss) async throws {
        let site = try await Self.asking()
        let moment = why == .old ? Self.later(-12 * 3600) : Self.now
        try await Self.send("042719", site, at: moment)
        let (addressee, share, key) = (try await Self.addressee(site), site.share, site.key)
        let id = try await site.recipient().id
        let token = SecretToken.random()
        let hash = token.hash
        let code = try #require(LinkCode(typed: "042719")).hash(
            at: addressee.target, generation: addressee.generation, key: key)
        let answer = try await site.open.data.store.write {
            try $0.tryLinkCode(code, at: addressee, tokenHash: hash, now: moment)
        }
        #expect(answer == .right)
        let cookie: [HeaderName: String] = ["cookie": "proof=\(token.text)"]
        if why != .old {
            #expect(await site.ask(.get, try await site.path(), headers: cookie).text.contains("Bericht"))
        }
        let now = Self.now
        try await site.write { transaction in
            switch why {
            case .resent: try transaction.sendShare(share, to: [id], by: "jana", now: now)
            case .renewed: try transaction.renewShareLink(of: id, by: "jana", now: now)
            case .revoked: try transaction.revokeShare(share, from: [id], by: "jana", now: now)
            case .restricted: try transaction.setProof(.login, of: id, by: "jana", now: now)
            case .relaxedAndBack:
                try transaction.setProof(.nothing, of: id, by: "jana", now: now)
                try transaction.setProof(.code, of: id, by: "jana", now: now)
            case .old: break
            }
        }
        let file = try await site.path() + "/files/\(site.documents[0].rawValue)"
        let refused = await site.ask(.get, file, headers: cookie)
        #expect(refused.status == (why == .revoked ? .gone : .forbidden))
        #expect(!refused.text.contains(SharedSite.html))
    }

    @Test("to look sends nothing; the button sends one letter to the link's own address")
    func asked() async throws {
        let asked = AsyncStream<LinkAddressee>.makeStream()
        let site = try await SharedSite.make {
            $0.links.sendCode = { addressee in
                asked.continuation.yield(addressee)
                return .sent
            }
        }
        let id = try await site.recipient().id
        try await site.write { try $0.setProof(.code, of: id, by: "jana", now: Self.now) }
        let path = try await site.path()
        for method in [Method.get, .head] { _ = await site.ask(method, path) }
        #expect(await site.ask(.get, path + "/code").status == .methodNotAllowed)
        let foreign = await site.ask(.post, path + "/code", headers: ["sec-fetch-site": "cross-site"])
        #expect(foreign.status == .forbidden)
        let sent = await site.ask(.post, path + "/code?language=ja")
        #expect(sent.status == .seeOther && sent.location == path + "?language=ja&did=code")
        asked.continuation.finish()
        var all: [LinkAddressee] = []
        for await one in asked.stream { all.append(one) }
        #expect(all.map(\.address.description) == ["sabine@hofmann.example"])
        // At a link that asks for nothing, and at none, there is nothing to send.
        let open = try await site.path(1)
        #expect(await site.ask(.post, open + "/code").location == open)
        #expect(await site.ask(.post, "/s/x/code").status == .gone)
    }

    @Test("where no code can be sent the page says so")
    func refused() async throws {
        let site = try await Self.asking()
        let path = try await site.path()
        let none = await site.ask(.post, path + "/code")
        #expect(none.status == .serviceUnavailable && none.text.contains("keinen Code schicken"))
        #expect(none.headers["set-cookie"] == nil)
    }
}
