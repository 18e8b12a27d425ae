import Crypto
import HTTP
import Mail
import Mailroom
import Store
import Testing
import Text
import Web

@testable import Commands
@testable import Daemon

@Suite("Clients who sign in")
struct ClientStoryTests {
    private static func pdf(_ mark: String) -> [UInt8] { Array("%PDF-1.4\n\(mark)\n%%EOF\n".utf8) }

    /// A firm whose client Sabine is signed in; with her cookie.
    private static func open() async throws -> (pages: ClientPages, cookie: String) {
        let pages = try await ClientPages()
        try await pages.invite(ClientPages.sabine)
        return (pages, "client=\(try await pages.signIn(ClientPages.sabine).text)")
    }

    private static func signInLetters(_ pages: ClientPages) async throws -> Int {
        try await pages.store.read { try $0.queuedLetters(all: true, limit: 1000) }.filter {
            $0.kind == .notice && $0.message == nil
        }.count
    }

    @Test("a link goes to invited addresses alone, and no copy of it anywhere")
    func links() async throws {
        let pages = try await ClientPages()
        let send = pages.site.deeds.clients.sendLink
        // Known with everything but the switch; nobody; the switch without an invitation.
        _ = try await pages.asking.bench.lines(
            "contact", "edit", "mia@hofmann-brot.example", "--switches", "sync login")
        for address in [ClientPages.sabine, "nobody@elsewhere.example", "mia@hofmann-brot.example"] {
            await send(try #require(AddressKey(address)), .de)
        }
        #expect(try await Self.signInLetters(pages) == 0)
        try await pages.invite(ClientPages.sabine)
        await send(try #require(AddressKey(ClientPages.sabine)), .de)
        #expect(try await Self.signInLetters(pages) == 1)
        // It was sent: no copy is wanted in Sent, though one of other letters is.
        try await pages.store.write { transaction in
            for letter in try transaction.queuedLetters(all: true, limit: 10) {
                try transaction.settle(
                    letter.id,
                    [SubmissionOutcome(place: 0, .sent, code: 250, words: "Ok")],
                    copyTo: "office", now: Office.now)
            }
        }
        let letters = try await pages.store.read { try $0.queuedLetters(all: true, limit: 10) }
        #expect(letters.count == 2)
        for letter in letters { #expect((letter.copy == nil) == (letter.message == nil)) }
    }

    @Test("whoever asks for a link gets one answer, whatever the address, until it is asked too often")
    func sameAnswer() async throws {
        let pages = try await ClientPages()
        try await pages.invite(ClientPages.sabine)
        var answers: [ClientPages.Answer] = []
        for address in [ClientPages.sabine, "nobody@elsewhere.example", "office@bergmann-stb.example"] {
            answers.append(await pages.post("/client/sign-in", nil, ["address": address]))
        }
        #expect(answers[0].status == 303)
        #expect(answers.allSatisfy { $0 == answers[0] })
        let wrong = await pages.post("/client/sign-in", nil, ["address": "no address"])
        #expect(wrong.status == 422 && wrong.text.contains("no address"))
        for number in 0..<40 {
            _ = await pages.post("/client/sign-in", nil, ["address": "a\(number)@elsewhere.example"])
        }
        let known = await pages.post("/client/sign-in", nil, ["address": ClientPages.sabine])
        let stranger = await pages.post("/client/sign-in", nil, ["address": "b@elsewhere.example"])
        #expect(known.status == 429 && stranger.status == 429)
    }

    @Test("a link signs in once, within 20 minutes, and to look at it uses nothing up")
    func once() async throws {
        let pages = try await ClientPages()
        try await pages.invite(ClientPages.sabine)
        let (good, old) = (SecretToken.random(), SecretToken.random())
        try await pages.store.write { transaction in
            let now = Office.now
            let person = try #require(
                try transaction.clientPerson(AddressKey(ClientPages.sabine)!, now: now))
            try transaction.addClientLink(good.hash, for: person, now: now)
            try transaction.addClientLink(
                old.hash, for: person, now: Timestamp(seconds: now.seconds - ClientTimes.linkSeconds - 1))
        }
        #expect(await pages.get("/client/sign-in/\(old.text)", nil).status == 410)
        #expect(await pages.post("/client/sign-in/\(old.text)", nil).status == 410)
        for _ in 0..<3 { #expect(await pages.get("/client/sign-in/\(good.text)", nil).status == 200) }
        let foreign = await pages.post(
            "/client/sign-in/\(good.text)", nil, [:], token: nil, [("sec-fetch-site", "cross-site")])
        #expect(foreign.status == 403)
        let entered = await pages.post("/client/sign-in/\(good.text)", nil)
        #expect(entered.status == 303)
        let cookie = try #require(entered.cookies.first { $0.hasPrefix("client=") })
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
        #expect(!cookie.contains("Max-Age"))
        #expect(await pages.post("/client/sign-in/\(good.text)", nil).status == 410)
        let browser = String(cookie.prefix { $0 != ";" })
        #expect(await pages.get("/client/account/10482", browser).status == 200)
        // Nobody finds the token in the database's sessions: it has its hash.
        #expect(await pages.get("/client/account/10482", "client=\(good.text)").status == 303)
    }

    @Test("a form needs the token of its session, from a page of ours")
    func forms() async throws {
        let (pages, cookie) = try await Self.open()
        let id = try await pages.document("a.pdf", in: .edit, Self.pdf("a"))
        let path = "/client/document/\(id.rawValue)/trash"
        let before = try await pages.state()
        let forged = FormToken.make([UInt8](repeating: 1, count: 32))
        #expect(await pages.post(path, cookie, [:], token: forged).status == 403)
        #expect(await pages.post(path, cookie, [:], token: "").status == 403)
        #expect(
            await pages.post(path, cookie, [:], token: nil, [("sec-fetch-site", "cross-site")]).status == 403)
        #expect(await pages.get(path, cookie).status == 200)
        #expect(try await pages.state() == before)
    }

    @Test("F40: what a client deletes is kept, told of by name, and restored by staff")
    func deleted() async throws {
        let (pages, cookie) = try await Self.open()
        let octets = Self.pdf("kept")
        let id = try await pages.document("Vertrag.pdf", in: .edit, octets)
        #expect(await pages.post("/client/document/\(id.rawValue)/trash", cookie).status == 303)
        #expect(await pages.get("/client/document/\(id.rawValue)", cookie).status == 404)
        #expect(await pages.get("/client/document/\(id.rawValue)/file", cookie).status == 404)
        let audit = try await pages.asking.bench.audit()
        let entry = try #require(audit.first { $0.action == "file.trash" })
        #expect(entry.actor == "Sabine Hofmann (\(ClientPages.sabine))")
        #expect(entry.account == pages.account.rawValue && entry.detail.contains("Vertrag.pdf"))
        let events = try await pages.store.read { try $0.staffEvents() }.filter { $0.kind == "client.trash" }
        #expect(events.count == 1 && events[0].words.contains("Vertrag.pdf"))
        try await pages.site.documentDesk.change {
            _ = try $0.restoreDocument(id, by: "jana", now: Office.now)
        }
        let shelved = try await pages.store.read { try $0.shelved(id, for: nil) }
        #expect(shelved?.trashed == nil && shelved?.sha256 == SHA256.digest(of: octets))
        #expect(await pages.get("/client/document/\(id.rawValue)/file", cookie).status == 200)
    }

    @Test("staff hear of several changes once, in a conversation of the account")
    func gathered() async throws {
        let (pages, cookie) = try await Self.open()
        for name in ["a.pdf", "b.pdf", "c.pdf"] {
            let id = try await pages.document(name, in: .edit, Self.pdf(name))
            _ = await pages.post("/client/document/\(id.rawValue)/rename", cookie, ["name": "neu-" + name])
        }
        let events = try await pages.store.read { try $0.staffEvents() }.filter {
            $0.kind.hasPrefix("client.")
        }
        #expect(events.count == 1)
        #expect(events.first?.words.contains("c.pdf → neu-c.pdf") == true)
        let id = try await pages.document("d.pdf", in: .edit, Self.pdf("d"))
        _ = await pages.post("/client/document/\(id.rawValue)/trash", cookie)
        let conversations = try await pages.store.read { transaction in
            try transaction.staffEvents().filter { $0.kind.hasPrefix("client.") }.count
        }
        #expect(conversations == 2)
    }

    @Test("an upload is filed where it was put, and what lies where they don't see it tells them nothing")
    func uploads() async throws {
        let (pages, cookie) = try await Self.open()
        let folder = try #require(pages.folders[.edit])
        let path = "/client/account/10482/upload?folder=\(folder.rawValue)"
        let octets = Self.pdf("the same in both")
        try await pages.document("geheim.pdf", in: .private, octets)
        let first = await pages.upload(path, cookie, "meine.pdf", octets)
        #expect(first.location?.contains("did=uploaded") == true)
        let second = await pages.upload(path, cookie, "noch einmal.pdf", octets)
        #expect(second.location?.contains("did=known") == true)
        let names = try await pages.store.read { transaction in
            try transaction.clientShelf(FolderPlace(folder), of: pages.account).map(\.name)
        }
        #expect(names == ["meine.pdf"])
        // A program is received, and waits for staff.
        let program = await pages.upload(
            path, cookie, "setup.exe", Array("MZ".utf8) + [UInt8](repeating: 0, count: 5000))
        #expect(program.location?.contains("did=waiting") == true)
        // One message has all of it.
        let notices = try await pages.store.read { try $0.messages(limit: 100) }.filter {
            $0.direction == "in"
        }
        #expect(notices.count == 1)
        let parts = try await pages.store.read { try $0.parts(of: notices[0].number) }
        #expect(parts.filter { $0.name == "setup.exe" }.map(\.state) == [.needsFiling])
    }

    @Test("a file that was on its way when the switch was taken away is not filed")
    func shutOut() async throws {
        let (pages, _) = try await Self.open()
        let token = try await pages.signIn(ClientPages.sabine)
        let session = try #require(
            try await pages.store.read { try $0.clientSession(tokenHash: token.hash, now: Office.now) })
        let file = IncomingFile(vault: pages.asking.bench.office.data.vault)
        try await file.write(Self.pdf("late"))
        let order = FolderArrivalOrder(
            files: [ArrivedFile(content: try await file.finish(), name: "spät.pdf")], session: session.id,
            account: pages.account, place: FolderPlace(try #require(pages.folders[.edit])),
            largest: 1 << 20)
        _ = try await pages.asking.bench.lines(
            "contact", "edit", ClientPages.sabine, "--switches", "sync notify")
        let before = try await pages.state()
        await #expect(throws: ClientDenial.signedOut) {
            try await pages.site.deeds.clients.receive(order)
        }
        #expect(try await pages.state() == before)
    }

    @Test("whoever moves to another account, or gets the switch again, is invited anew")
    func again() async throws {
        let (pages, cookie) = try await Self.open()
        #expect(await pages.get("/client/account/10482", cookie).status == 200)
        _ = try await pages.asking.bench.lines(
            "contact", "move", ClientPages.sabine, "--from", "10482", "--to", "20001")
        #expect(await pages.get("/client/account/10482", cookie).location == "/client")
        let key = try #require(AddressKey(ClientPages.sabine))
        #expect(try await pages.store.read { try $0.clientPerson(key, now: Office.now) } == nil)
        try await pages.invite(ClientPages.sabine, to: "20001")
        let person = try await pages.store.read { try $0.clientPerson(key, now: Office.now) }
        #expect(person?.accounts.map(\.number.text) == ["20001"])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: [[String]]
        let words: [String]
        let code: ExitCode
        init(_ sentence: String, before: [[String]] = [], _ words: [String], _ code: ExitCode) {
            (testDescription, self.before, self.words, self.code) = (sentence, before, words, code)
        }
    }

    static let cases = [
        Case("without the switch", ["contact", "invite", "buero@hofmann-brot.example"], .badData),
        Case("nobody we know", ["contact", "invite", "x@x.example"], .noSuchThing),
        Case("of several accounts, and none named", ["contact", "invite", "kate@both.example"], .usage),
        Case(
            "a scanner",
            before: [
                ["contact", "add", "10482", "scan@hofmann-brot.example", "--kind", "device"],
                ["contact", "edit", "scan@hofmann-brot.example", "--switches", "sync login"],
            ], ["contact", "invite", "scan@hofmann-brot.example"], .badData),
    ]

    @Test("who can't be invited is said, and nothing is sent", arguments: cases)
    func refused(_ one: Case) async throws {
        let pages = try await ClientPages()
        for words in one.before { #expect(await pages.asking.bench.run(words).code == .ok) }
        let (code, printed) = await pages.asking.bench.run(one.words)
        #expect(code == one.code)
        #expect(!printed.complaints.isEmpty)
        #expect(try await pages.store.read { try $0.queuedLetters(all: true, limit: 10) }.isEmpty)
    }
}
