import Crypto
import Files
import HTTP
import Mail
import Mailroom
import Outbox
import Store
import Testing
import Text
import Web

@testable import Commands
@testable import Daemon

/// Every address below a link, as the table of routes has it, so that none that is added later is forgotten.
@Suite("A link that asks who comes shows nothing before, at any of its addresses")
struct LinkProofMatrixTests {
    /// A firm that asks Sabine for something and shares a document with her; both by links that ask.
    private struct Firm {
        let pages: ClientPages
        let proof: LinkProof
        let request: Mailroom.Request
        let share: Share
        let upload: String
        let look: String
        let document: DocumentID

        init(_ proof: LinkProof) async throws {
            let pages = try await ClientPages()
            self.pages = pages
            self.proof = proof
            if proof == .login { try await pages.invite(ClientPages.sabine) }
            let sharing = Sharing(asking: pages.asking)
            document = try await sharing.put("Auswertung.pdf")
            request = try await pages.asking.ask(
                "--proof", proof.rawValue, "--message", "Bitte zuerst die Zettel")
            let (code, printed) = await sharing.add(
                "10482", "\(document.rawValue)", "--to", ClientPages.sabine, "--message", "Wie besprochen",
                "--proof", proof.rawValue)
            guard code == .ok else { throw Bench.Failed(words: printed.complaints.joined()) }
            share = try await sharing.newest()
            let links = try pages.asking.bench.office.requestLinks()
            func path(_ link: String?) throws -> String {
                String(try #require(link).dropFirst("https://post.bergmann-stb.example".count))
            }
            upload = try path(links.link(of: request.recipients[0], request))
            look = try path(links.link(of: share.recipients[0]))
        }

        /// Of the request, the share, the client and the firm's colleagues.
        static let marks = [
            "Hofmann", "hofmann", "buero", "Sabine", "10482", "Lohnunterlagen", "Stundenzettel", "Zettel",
            "Auswertung", "besprochen", "Intern", "file", "stream",
        ]

        /// What could be asked of the links: an address of each route, its method, and what it answers to who may.
        func addresses() async -> [(method: Method, path: String)] {
            pages.router.routes.compactMap { route in
                let pattern = route.pattern.description
                guard pattern.hasPrefix("/u/:token") || pattern.hasPrefix("/s/:token") else { return nil }
                let link = pattern.hasPrefix("/u/") ? upload : look
                let below = pattern.dropFirst("/u/:token".count).replacing(
                    ":id", with: "\(document.rawValue)")
                return (route.method, link + below)
            }
        }

        /// Nothing came of it: no file, no item, nobody seen, nobody told.
        func state() async throws -> [String] {
            let (request, share) = (request, share)
            let there = try await pages.state()
            return try await pages.store.read { transaction in
                let now = try transaction.knownRequest(request.id)
                let look = try transaction.knownShare(share.id).recipients[0]
                return there + ["\(now.items.map(\.state)) \(now.recipients.map(\.state))"]
                    + ["\(look.opened as Any) \(look.downloaded as Any)"]
                    + (try transaction.staffEvents()).map(\.kind)
            }
        }

        func ask(_ method: Method, _ path: String, _ cookie: String? = nil) async -> ClientPages.Answer {
            let tus: [(HeaderName, String)] = [
                ("tus-resumable", "1.0.0"), ("upload-length", "5"), ("upload-offset", "0"),
            ]
            let isTus = path.contains("/tus")
            switch method {
            case .get: return await pages.get(path, cookie, isTus ? tus : [])
            case .post where path.hasSuffix("/files"):
                return await pages.upload(path, cookie, "neu.pdf", Array("%PDF-1.4\n%%EOF\n".utf8))
            case .post:
                return await pages.post(
                    path, cookie, ["item": "1", "document": "all", "code": "111111"], isTus ? tus : [])
            default: return await pages.send(method, path, cookie, tus)
            }
        }

        /// The newest letter that no page shows, and what goes to the server of it.
        func letter() async throws -> (letter: QueuedLetter, text: String) {
            let (letter, due) = try await pages.store.read { transaction in
                let letters = try transaction.queuedLetters(all: true, limit: 100).filter {
                    $0.message == nil
                }
                let letter = try #require(letters.max { $0.id.rawValue < $1.id.rawValue })
                return (letter, try #require(try transaction.letter(letter.id)))
            }
            var octets: [UInt8] = []
            try pages.asking.bench.office.data.vault.pass(due.place, due.sha256) { octets.append($0) }
            return (letter, String(decoding: octets, as: UTF8.self))
        }

        func code() async throws -> String {
            let lines = try await letter().text.split(whereSeparator: \.isNewline).map(String.init)
            return try #require(lines.first { $0.count == 6 && $0.allSatisfy(\.isNumber) })
        }

        /// What a browser keeps that has shown who it is, at one of the links.
        func prove(_ link: String) async throws -> String {
            switch proof {
            case .nothing: return ""
            case .login: return "client=\(try await pages.signIn(ClientPages.sabine).text)"
            case .code:
                let sent = await pages.post(link + "/code", nil)
                #expect(sent.status == 303 && sent.location == link + "?did=code")
                let given = await pages.post(link + "/proof", nil, ["code": try await code()])
                #expect(given.status == 303 && given.location == link)
                return try #require(given.cookies.first.map { String($0.prefix { $0 != ";" }) })
            }
        }
    }

    @Test(
        "without the proof each refuses, tells nothing and changes nothing",
        arguments: [LinkProof.code, .login])
    func unproven(_ proof: LinkProof) async throws {
        let firm = try await Firm(proof)
        // Somebody else who is signed in, and cookies that nobody gave.
        var cookies: [String?] = [
            nil, "proof=\(SecretToken.random().text)", "sender=\(SecretToken.random().text)",
        ]
        try await firm.pages.invite("mia@hofmann-brot.example")
        cookies.append("client=\(try await firm.pages.signIn("mia@hofmann-brot.example").text)")
        let before = try await firm.state()
        var cells = 0
        for (method, path) in await firm.addresses() where method != .options {
            for cookie in cookies {
                // These are how somebody shows it.
                let isAsking = ["/code", "/proof", "/sign-in", "/renew"].contains { path.hasSuffix($0) }
                if path.hasSuffix("/code") { continue }
                let answer = await firm.ask(method, path, cookie)
                let words: Comment = "\(method) \(path) \(cookie ?? "-"): \(answer.status)"
                cells += 1
                let isPage = method == .get && (path == firm.upload || path == firm.look)
                if !isAsking { #expect(answer.status == (isPage ? 200 : 403), words) }
                #expect(isAsking ? [303, 403, 422].contains(answer.status) : true, words)
                #expect(!answer.cookies.contains { $0.hasPrefix("proof=") || $0.hasPrefix("sender=") }, words)
                for mark in Firm.marks { #expect(!answer.text.contains(mark), "\(words): \(mark)") }
            }
        }
        #expect(try await firm.state() == before)
        print("matrix of proof \(proof.rawValue): \(cells) cells")
        #expect(cells >= 4 * 18)
    }

    @Test("with it, each is as it is at a link that asks for nothing", arguments: LinkProof.allCases)
    func proven(_ proof: LinkProof) async throws {
        let firm = try await Firm(proof)
        let (upload, look) = (try await firm.prove(firm.upload), try await firm.prove(firm.look))
        let pages = firm.pages
        #expect(await pages.get(firm.upload, upload).text.contains("Stundenzettel"))
        #expect(await pages.get(firm.look, look).text.contains("Auswertung.pdf"))
        #expect(await pages.get(firm.look + "/files/\(firm.document.rawValue)", look).text == "file")
        #expect(await pages.get(firm.look + "/all.zip", look).status == 200)
        #expect(await pages.post(firm.upload + "/decline", upload, ["item": "1"]).status == 303)
        let begun = await firm.ask(.post, firm.upload + "/tus", upload)
        #expect(begun.status == 201)
        #expect(await firm.ask(.post, firm.upload + "/files", upload).status == 303)
        // One link's cookie is no other's.
        if proof == .code {
            #expect(await pages.get(firm.look + "/all.zip", upload).status == 403)
            #expect(await firm.ask(.post, firm.upload + "/files", look).status == 403)
        }
    }

    @Test("a program that presses every button sends a letter a minute at most, and never gets in")
    func scanner() async throws {
        let firm = try await Firm(.code)
        func letters() async throws -> Int {
            try await firm.pages.store.read { try $0.queuedLetters(all: true, limit: 1000) }.count
        }
        let before = try await letters()
        for _ in 0..<3 {
            for (method, path) in await firm.addresses() where method != .options {
                let answer = await firm.ask(method, path)
                for mark in Firm.marks { #expect(!answer.text.contains(mark), "\(path): \(mark)") }
                #expect(!answer.cookies.contains { $0.hasPrefix("proof=") })
            }
        }
        // Of each link one.
        #expect(try await letters() == before + 2)
        #expect(try await firm.state().contains("link.opened") == false)
    }

    @Test(
        "the letter goes to the link's address alone, in its language; no copy of it anywhere, no code in its subject"
    )
    func letter() async throws {
        let firm = try await Firm(.code)
        _ = await firm.pages.post(firm.upload + "/code", nil)
        let (letter, text) = try await firm.letter()
        #expect(letter.submissions.map(\.address) == [ClientPages.sabine])
        let code = try await firm.code()
        #expect(letter.subject.hasPrefix("Ihr Code von") && !letter.subject.contains(code))
        #expect(text.contains("Waren Sie es nicht?") && !text.contains(firm.upload))
        // It shows on no page of the staff, and is not copied into Sent.
        #expect(letter.message == nil && letter.accountNumber == nil && letter.copy == nil)
    }

    @Test("whoever signs in comes back to the link they came by")
    func comingBack() async throws {
        let firm = try await Firm(.login)
        let pages = firm.pages
        let asked = await pages.post(firm.upload + "/sign-in", nil)
        #expect(asked.status == 303 && asked.location == "/client")
        let cookie = try #require(asked.cookies.first.map { String($0.prefix { $0 != ";" }) })
        func signIn(_ cookie: String?) async throws -> ClientPages.Answer {
            let (link, now) = (SecretToken.random(), Office.now)
            let hash = link.hash
            try await pages.store.write { transaction in
                let person = try transaction.clientPerson(AddressKey(ClientPages.sabine)!, now: now)
                try transaction.addClientLink(hash, for: person!, now: now)
            }
            return await pages.post("/client/sign-in/\(link.text)", cookie)
        }
        let answer = try await signIn(cookie)
        #expect(answer.status == 303 && answer.location == firm.upload)
        let session = try #require(answer.cookies.first { $0.hasPrefix("client=") }).prefix { $0 != ";" }
        #expect(await pages.get(firm.upload, String(session)).text.contains("Stundenzettel"))
        // Nobody is led elsewhere by a cookie of that name.
        for foreign in ["//evil.example", "https://evil.example/", "/u/x", "/requests"] {
            #expect(try await signIn("client-return=\(foreign)").location == "/client", "\(foreign)")
        }
        // Whose switch is taken is out at the link, too.
        _ = try await pages.asking.bench.lines(
            "contact", "edit", ClientPages.sabine, "--account", "10482", "--switches", "sync notify")
        #expect(!(await pages.get(firm.upload, String(session))).text.contains("Stundenzettel"))
    }
}
