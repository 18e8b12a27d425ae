import HTTP
import Mail
import Mailroom
import Markup
import SQLite
import Testing
import Text

@testable import Store
@testable import Web

@Suite("What a message says, and what belongs to it")
struct MessageBodyTests {
    /// Records a stranger's mail as it came.
    private func receive(_ site: OpenSite, _ lines: [String], verdict: Verdict = .open) async throws -> String
    {
        let octets = Array(lines.joined(separator: "\r\n").utf8)
        let number = try await LetterKeeper(site.data).keep([{ sink in try sink(octets.span) }]) {
            transaction, kept in
            let letter = kept[0]
            let number = try transaction.addMessage(
                NewMessage(
                    identity: letter.identity, envelope: letter.envelope, received: OpenSite.now,
                    isHistory: false,
                    matching: Matching(.unmatched), matchReason: "nobody",
                    judgement: Judgement(verdict: verdict, reason: .ownLetter, because: "a test"),
                    problems: [],
                    droppingDetail: false),
                now: OpenSite.now)
            for part in letter.parts {
                if part.isStored { try transaction.addContent(part.facts.sha256, octets: part.facts.bytes) }
                try transaction.addPart(
                    part.facts, charset: part.charset, stored: part.isStored, plan: part.plan, document: nil,
                    of: number)
            }
            _ = try transaction.addOriginal(
                letter.original.sha256, octets: Int64(letter.original.octets),
                at: OriginalPlace(
                    segment: letter.original.location.segment, offset: Int64(letter.original.location.offset),
                    length: Int64(letter.original.location.length)),
                contents: Set(letter.original.contents), message: number, judgement: nil)
            return number
        }
        return number.description
    }

    /// The view that other pages put into theirs.
    private func view(_ site: OpenSite, _ number: String, query: String = "") async throws -> String {
        let session = StaffSession(
            id: SessionID(1), member: site.member, csrfKey: [UInt8](repeating: 7, count: 32), way: .password,
            device: "", network: "", created: OpenSite.now, lastSeen: OpenSite.now)
        let visit = Visit(
            site: site.site, request: HTTP.Request(.get, "/c/1" + query, headers: Headers([:]), body: []),
            session: session)
        let id = try #require(Int64(number))
        return try await MessageBodyView.html(for: MessageNumber(id), visit).markup
    }

    private static let page = [
        "From: Kate <kate@client.example>", "Message-ID: <page@client.example>", "Subject: Bilder",
        "Content-Type: multipart/mixed; boundary=m", "", "--m", "Content-Type: multipart/related; boundary=r",
        "",
        "--r", "Content-Type: multipart/alternative; boundary=a", "", "--a", "Content-Type: text/plain", "",
        "only text", "--a", "Content-Type: text/html; charset=utf-8", "",
        "<style>p{color:red}@import 'x'</style><p onclick=x>Grüße</p><script>alert(1)</script>"
            + "<img src=cid:logo@client><img src=https://t.example/a.png>"
            + "<img src=https://t.example/t.gif width=1>",
        "--a--", "--r", "Content-Type: image/png", "Content-ID: <logo@client>",
        "Content-Transfer-Encoding: base64", "", "iVBORw0KGgoAAAANSUhEUg==", "--r--", "--m",
        "Content-Type: image/png; name=\"x.html\"",
        "Content-Disposition: inline; filename=\"Rechnung Müller.html\"",
        "", "<script>alert(1)</script>", "--m--", "",
    ]

    @Test("a text is shown as text, its quotes folded, its links leading away")
    func plainText() async throws {
        let site = try await OpenSite.open(language: .de)
        let number = try await receive(
            site,
            [
                "From: kate@client.example", "Message-ID: <text@client.example>",
                "Content-Type: text/plain; charset=utf-8; format=flowed", "", "Siehe https://a.example/x.",
                "<script>alert(1)</script>", "", "Am 3. Mai 2026 um 10:00 schrieb Jana:", "> Bitte senden",
                "-- ",
                "Kate", "",
            ])
        let html = try await view(site, number)
        #expect(html.contains("<a href=\"https://a.example/x\""))
        #expect(html.contains("rel=\"noopener noreferrer nofollow\""))
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(html.contains("<details class=\"earlier\"><summary>Zitat</summary>"))
        #expect(html.contains("<div class=\"words signature\" dir=\"auto\">-- \nKate</div>"))
        #expect(!html.contains("<iframe"))
    }

    @Test("a message passed on without a word of one's own is open")
    func forwarded() async throws {
        let site = try await OpenSite.open()
        let number = try await receive(
            site,
            [
                "From: kate@client.example", "Message-ID: <fwd@client.example>", "",
                "---------- Forwarded message ---------", "From: A <a@b.example>", "Date: x", "", "Text",
            ])
        #expect(try await view(site, number).contains("<details class=\"earlier\" open>"))
    }

    @Test("a page is shown in a frame of its own, cleaned, with its own pictures and no others until asked")
    func frame() async throws {
        let site = try await OpenSite.open()
        let number = try await receive(site, Self.page)
        let html = try await view(site, number)
        #expect(html.contains("sandbox=\"allow-same-origin allow-popups allow-popups-to-escape-sandbox\""))
        #expect(html.contains("src=\"/m/\(number)/body\""))
        #expect(html.contains("1\u{A0}picture from another server not loaded."))
        #expect(html.contains("href=\"/c/1?pictures=\(number)\""))

        let body = await site.get("/m/\(number)/body")
        #expect(body.status == .ok)
        #expect(body.text.contains("<p>Grüße</p>"))
        #expect(body.text.contains(".mailbody p{color:red}"))
        #expect(body.text.contains("src=\"/m/\(number)/part/"))
        for bad in ["script", "onclick", "import", "t.example", "only text"] {
            #expect(!body.text.contains(bad))
        }
        let policy = try #require(body.headers["content-security-policy"])
        #expect(policy.contains("default-src 'none'") && policy.contains("sandbox allow-same-origin"))
        #expect(!policy.contains("https:") && !policy.contains("script"))

        let asked = await site.get("/m/\(number)/body?pictures=1")
        #expect(asked.text.contains("src=\"https://t.example/a.png\""))
        #expect(!asked.text.contains("t.gif"))
        #expect(asked.headers["content-security-policy"]?.contains("img-src 'self' data: https:") == true)
        #expect(try await view(site, number, query: "?pictures=\(number)").contains("/body?pictures=1"))
    }

    @Test(
        "pictures are shown for good where staff said so of the sender, and no longer when they take it back")
    func always() async throws {
        let site = try await OpenSite.open()
        let number = try await receive(site, Self.page)
        let answer = await site.post("/m/\(number)/pictures", ["always": "1", "back": "/c/1"])
        #expect(answer.status == .seeOther)
        #expect(answer.location == "/c/1?did=pictures")
        #expect(await site.get("/m/\(number)/body").text.contains("https://t.example/a.png"))
        #expect(try await view(site, number).contains("Stop loading for this sender"))
        let audit = try await site.data.store.read { try $0.auditEntries() }
        #expect(audit.first?.action == "pictures.allow" && audit.first?.actor == "Jana Vogt")
        _ = await site.post("/m/\(number)/pictures", ["always": "0", "back": "//t.example"])
        #expect(!(await site.get("/m/\(number)/body").text.contains("t.example")))
        #expect(await site.post("/m/\(number)/pictures", ["always": "1"], token: "x").status == .forbidden)
    }

    @Test("who only claims to be the sender is given no pictures for good")
    func forged() async throws {
        let site = try await OpenSite.open()
        let genuine = try await receive(site, Self.page)
        _ = await site.post("/m/\(genuine)/pictures", ["always": "1"])
        var forged = Self.page
        forged[1] = "Message-ID: <forged@client.example>"
        let number = try await receive(site, forged, verdict: .against)
        #expect(!(await site.get("/m/\(number)/body").text.contains("t.example")))
        #expect(await site.post("/m/\(number)/pictures", ["always": "1"]).status == .badRequest)
        #expect(!(try await view(site, number).contains("Always for this sender")))
    }

    @Test("a part is a picture by its first octets, or else a file to keep")
    func parts() async throws {
        let site = try await OpenSite.open()
        let number = try await receive(site, Self.page)
        let id = try #require(Int64(number))
        let parts = try await site.data.store.read { try $0.parts(of: MessageNumber(id)) }
        let logo = try #require(parts.first { $0.contentID == "logo@client" })
        let lie = try #require(parts.first { $0.name != nil })
        let picture = await site.get("/m/\(number)/part/\(logo.section)")
        #expect(picture.headers["content-type"] == "image/png")
        #expect(picture.headers["content-disposition"]?.hasPrefix("inline") == true)
        let file = await site.get("/m/\(number)/part/\(lie.section)")
        #expect(file.status == .ok)
        #expect(file.headers["content-type"] == "application/octet-stream")
        let disposition = try #require(file.headers["content-disposition"])
        #expect(disposition.hasPrefix("attachment; filename=\"Rechnung M_ller.html\""))
        #expect(file.headers["x-content-type-options"] == "nosniff")
        #expect(file.headers["content-security-policy"]?.contains("sandbox") == true)
        #expect(await site.get("/m/\(number)/part/99").status == .notFound)
        // A text that only the original holds.
        let text = try #require(parts.first { $0.mediaType == "text/plain" })
        #expect(await site.get("/m/\(number)/part/\(text.section)").text == "only text")
    }

    @Test("the original comes to the octet, and its header is a page")
    func original() async throws {
        let site = try await OpenSite.open()
        let number = try await receive(site, Self.page)
        let original = await site.get("/m/\(number)/original")
        #expect(original.text == Self.page.joined(separator: "\r\n"))
        #expect(original.headers["content-disposition"]?.contains("Bilder.eml") == true)
        let headers = await site.get("/m/\(number)/headers")
        #expect(headers.text.contains("Message-ID: &lt;page@client.example&gt;"))
        #expect(!headers.text.contains("only text"))
    }

    @Test("what one may not see is not there")
    func hidden() async throws {
        let site = try await OpenSite.open()
        let number = try await receive(site, Self.page)
        for path in ["thumb/2", "look/2", "part/2"] {
            #expect(await site.get("/m/\(number)/\(path)").status == .ok)
        }
        try await site.data.store.write { transaction in
            try transaction.db.run(
                """
                INSERT INTO account (id, number, type, name, language, directory, created)
                VALUES (9, '1', 'client', 'A', 'en', 'a', 0)
                """)
            try transaction.db.run("UPDATE message SET account = 9")
            try transaction.db.run(
                """
                INSERT INTO staff (login, name, role, language, created) VALUES ('other', 'Other', 'owner', 'en', 0)
                """)
            try transaction.db.run(
                "INSERT INTO account_viewer (account, staff) SELECT 9, id FROM staff WHERE login = 'other'")
        }
        for path in [
            "body", "original", "headers", "part/2", "thumb/2", "look/2", "preview/2", "files.zip", "open/2",
        ] {
            #expect(await site.get("/m/\(number)/\(path)").status == .notFound)
        }
        #expect(await site.post("/m/\(number)/pictures", ["always": "1"]).status == .notFound)
        #expect(await site.post("/m/\(number)/open/2", ["password": "geheim"]).status == .notFound)
        #expect(
            await site.post("/held/open", ["part": "\(number):2", "password": "geheim"]).status == .notFound)
        await #expect(throws: PageError.notFound) { try await view(site, number) }
    }
}
