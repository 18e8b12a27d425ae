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

@Suite("Files that clients put into folders")
struct ClientSendingTests {
    private static func pdf(_ mark: String) -> [UInt8] { Array("%PDF-1.4\n\(mark)\n%%EOF\n".utf8) }
    private static let path = "/client/account/10482/tus"

    /// A firm whose client Sabine is signed in; with her cookie, and the query of the folder she may change.
    private static func open() async throws -> (pages: ClientPages, cookie: String, query: String) {
        let pages = try await ClientPages()
        try await pages.invite(ClientPages.sabine)
        let folder = try #require(pages.folders[.edit])
        return (
            pages, "client=\(try await pages.signIn(ClientPages.sabine).text)", "?folder=\(folder.rawValue)"
        )
    }

    private static func begin(
        _ pages: ClientPages, _ cookie: String, _ query: String, _ octets: Int, _ name: String = "film.pdf"
    ) async throws -> String {
        let said = "filename \(Base64URL.encode(Array(name.utf8)))"
        let answer = await pages.tus(
            .post, path + query, cookie, ["upload-length": "\(octets)", "upload-metadata": said])
        return try #require(answer.location, "\(answer)")
    }

    private static func receipts(_ pages: ClientPages) async throws -> [QueuedLetter] {
        try await pages.store.read { try $0.queuedLetters(all: true, limit: 100) }.filter {
            $0.kind == .receipt
        }
    }

    @Test("go on after a cut, in another session of the same person too, and are nobody else's")
    func resumed() async throws {
        let (pages, cookie, query) = try await Self.open()
        try await pages.invite("mia@hofmann-brot.example")
        let mia = "client=\(try await pages.signIn("mia@hofmann-brot.example").text)"
        let octets = Self.pdf("in two pieces")
        let place = try await Self.begin(pages, cookie, query, octets.count)
        let first = await pages.tus(.patch, place, cookie, ["upload-offset": "0"], Array(octets.prefix(9)))
        #expect(first.status == 204 && first.offset == "9" && first.sha256 == nil)
        // Her colleague of the same account, and whoever has no session.
        #expect(await pages.tus(.get, place, mia, [:]).status == 404)
        #expect(await pages.tus(.delete, place, mia, [:]).status == 404)
        #expect(await pages.tus(.get, place, nil, [:]).status == 401)
        let page = await pages.get("/client/account/10482\(query)", cookie)
        #expect(page.text.contains("data-unfinished=\"\(place)\"") && page.text.contains("film.pdf"))
        let other = await pages.get("/client/account/10482\(query)", mia)
        #expect(!other.text.contains("film.pdf"))
        let again = "client=\(try await pages.signIn(ClientPages.sabine).text)"
        #expect(await pages.tus(.get, place, again, [:]).offset == "9")
        let last = await pages.tus(.patch, place, again, ["upload-offset": "9"], Array(octets.dropFirst(9)))
        #expect(last.sha256 == SHA256.digest(of: octets).hex && last.outcome == "filed")
        // Whoever did not hear the answer hears it again.
        let heard = await pages.tus(.get, place, again, [:])
        #expect(heard.sha256 == last.sha256 && heard.outcome == "filed")
        let shelf = try await pages.store.read { transaction in
            var query = ShelfQuery()
            query.account = pages.account
            return try transaction.shelf(query)
        }
        #expect(shelf.map(\.name) == ["film.pdf"] && shelf.map(\.origin) == [.client])
        #expect(shelf.first?.who?.contains(ClientPages.sabine) == true)
        var byClients = ShelfQuery()
        byClients.origin = .client
        var byLinks = ShelfQuery()
        byLinks.origin = .upload
        let asked = (byClients, byLinks)
        let (clients, links) = try await pages.store.read {
            (try $0.shelf(asked.0).count, try $0.shelf(asked.1).count)
        }
        #expect(clients == 1 && links == 0)
    }

    @Test("need the token of a page of ours, whoever is signed in")
    func token() async throws {
        let (pages, cookie, query) = try await Self.open()
        let forged = FormToken.make([UInt8](repeating: 1, count: 32))
        let answer = await pages.tus(
            .post, Self.path + query, cookie, ["upload-length": "3"], token: forged)
        #expect(answer.status == 403 && answer.text == "stale")
        let place = try await Self.begin(pages, cookie, query, 3)
        let piece = await pages.tus(
            .patch, place, cookie, ["upload-offset": "0"], Array("abc".utf8), token: "")
        #expect(piece.status == 403)
        #expect(await pages.tus(.delete, place, cookie, [:], token: forged).status == 403)
        #expect(await pages.tus(.get, place, cookie, [:]).offset == "0")
    }

    /// How access is taken while a file comes, and what its sender is told.
    struct Taking: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        let reason: String
        let take: @Sendable (ClientPages) async throws -> Void
    }

    static let takings = [
        Taking(testDescription: "the switch", status: 401, reason: "signedout") { pages in
            _ = try await pages.asking.bench.lines(
                "contact", "edit", ClientPages.sabine, "--switches", "sync notify")
        },
        Taking(testDescription: "the folder is private now", status: 404, reason: "maynot") {
            try await setAccess(.private, $0)
        },
        Taking(testDescription: "the folder is only to view now", status: 403, reason: "maynot") {
            try await setAccess(.view, $0)
        },
    ]

    private static func setAccess(_ access: Access, _ pages: ClientPages) async throws {
        guard let folder = pages.folders[.edit] else { return }
        let account = pages.account
        try await pages.store.write {
            try $0.setAccess(access, of: folder, account: account, by: "jana", now: Office.now)
        }
    }

    @Test("are not filed where access was taken on their way, and their sender is told", arguments: takings)
    func taken(_ one: Taking) async throws {
        let (pages, cookie, query) = try await Self.open()
        let octets = Self.pdf("late")
        let place = try await Self.begin(pages, cookie, query, octets.count)
        _ = await pages.tus(.patch, place, cookie, ["upload-offset": "0"], Array(octets.prefix(9)))
        try await one.take(pages)
        let before = try await pages.state()
        let last = await pages.tus(.patch, place, cookie, ["upload-offset": "9"], Array(octets.dropFirst(9)))
        #expect(last.status == one.status && last.text == one.reason && last.sha256 == nil)
        #expect(try await pages.state() == before)
        let notices = try await pages.store.read { try $0.messages(limit: 100) }.filter {
            $0.direction == "in"
        }
        #expect(notices.isEmpty)
    }

    @Test("keep the session of whoever sends them alive")
    func alive() async throws {
        let (pages, fresh, query) = try await Self.open()
        let place = try await Self.begin(pages, fresh, query, 3)
        let token = try await pages.signIn(ClientPages.sabine, ago: 3_600, used: 1_500)
        let answer = await pages.tus(
            .patch, place, "client=\(token.text)", ["upload-offset": "0"], Array("ab".utf8))
        #expect(answer.offset == "2")
        let later = Timestamp(milliseconds: Office.now.milliseconds + 1_500_000)
        let session = try await pages.store.read { try $0.clientSession(tokenHash: token.hash, now: later) }
        #expect(session != nil)
    }

    @Test("are no more in a day, finished and coming, than a link takes")
    func quota() async throws {
        let (pages, cookie, query) = try await Self.open()
        var settings = pages.site.settings
        settings.clients.mostFiles = 2
        pages.site.apply(settings)
        _ = try await Self.begin(pages, cookie, query, 5)
        let path = "/client/account/10482/upload\(query)"
        #expect(await pages.upload(path, cookie, "a.pdf", Self.pdf("a")).status == 303)
        let third = await pages.tus(.post, Self.path + query, cookie, ["upload-length": "5"])
        // One of the two is on its way, and may be given up.
        #expect(third.status == 429 && third.text == "busy")
        #expect(await pages.upload(path, cookie, "b.pdf", Self.pdf("b")).status == 422)
        (settings.clients.mostFiles, settings.clients.minimumFree) = (10, .max / 2)
        pages.site.apply(settings)
        let fourth = await pages.tus(.post, Self.path + query, cookie, ["upload-length": "5"])
        #expect(fourth.status == 507 && fourth.text == "room")
    }

    @Test("are listed once in a receipt, when it has become quiet or their sender goes")
    func receipt() async throws {
        let (pages, cookie, query) = try await Self.open()
        let path = "/client/account/10482/upload\(query)"
        for name in ["a.pdf", "b.pdf"] {
            #expect(await pages.upload(path, cookie, name, Self.pdf(name)).status == 303)
        }
        await pages.asking.bench.office.sendQuietReceipts()
        #expect(try await Self.receipts(pages).isEmpty)
        #expect(await pages.post("/client/sign-out", cookie).status == 303)
        let first = try await Self.receipts(pages)
        #expect(first.count == 1)
        #expect(first[0].submissions.map(\.address) == [ClientPages.sabine] && first[0].message != nil)
        // The next one lists what came after, when it has been quiet for long enough.
        let again = "client=\(try await pages.signIn(ClientPages.sabine).text)"
        #expect(await pages.upload(path, again, "c.pdf", Self.pdf("c")).status == 303)
        let sender = try await pages.store.read { transaction in
            try transaction.clientPerson(AddressKey(ClientPages.sabine)!, now: Office.now)?
                .sender(to: pages.account)
        }
        let (person, later) = (
            try #require(sender), Timestamp(milliseconds: Office.now.milliseconds + 60_000)
        )
        let waiting = try await pages.store.read { try $0.sendersWithoutReceipt(quietSince: later) }
        #expect(waiting == [person])
        let receipt = try await pages.store.read { try $0.unreceipted(of: person) }
        #expect(
            receipt?.files.map(\.name) == ["c.pdf"]
                && receipt?.recipient.address.description == ClientPages.sabine)
        // Nobody gets one for an address that is the account's no more.
        _ = try await pages.asking.bench.lines("contact", "remove", ClientPages.sabine)
        #expect(try await pages.store.read { try $0.unreceipted(of: person) } == nil)
        await pages.asking.bench.office.sendQuietReceipts()
        #expect(try await Self.receipts(pages).count == 1)
    }

    @Test("a folder below is renamed and removed with what it holds, and all of it is in the trash")
    func folders() async throws {
        let (pages, cookie, query) = try await Self.open()
        let (account, top) = (pages.account, FolderPlace(try #require(pages.folders[.edit])))
        let make = await pages.post(
            "/client/account/10482/new-folder\(query)", cookie, ["name": "Kasse"])
        #expect(make.status == 303)
        let place = FolderPlace(top.folder, path: "Kasse")
        for name in ["a.pdf", "b.pdf"] {
            let upload = "/client/account/10482/upload\(query)&path=Kasse"
            #expect(await pages.upload(upload, cookie, name, Self.pdf(name)).status == 303)
        }
        // What is still coming follows its folder.
        let octets = Self.pdf("coming")
        let coming = try await Self.begin(pages, cookie, query + "&path=Kasse", octets.count, "c.pdf")
        let renamed = await pages.post(
            "/client/account/10482/rename-folder\(query)&path=Kasse", cookie, ["name": "Kasse 2025"])
        #expect(renamed.status == 303 && renamed.location?.contains("did=renamed") == true)
        #expect(await pages.tus(.patch, coming, cookie, ["upload-offset": "0"], octets).outcome == "filed")
        let now = "\(query)&path=Kasse+2025"
        let names = try await pages.store.read {
            try $0.clientShelf(FolderPlace(top.folder, path: "Kasse 2025"), of: account).map(\.name)
        }
        #expect(names == ["a.pdf", "b.pdf", "c.pdf"])
        #expect(try await pages.store.read { try $0.clientShelf(place, of: account) }.isEmpty)
        let page = await pages.get("/client/account/10482/remove-folder\(now)", cookie)
        #expect(page.text.contains("name=\"count\" value=\"3\""))
        // What came meanwhile goes nowhere unseen.
        let stale = await pages.post(
            "/client/account/10482/remove-folder\(now)", cookie, ["count": "2"])
        #expect(stale.status == 422 && stale.text.contains("value=\"3\""))
        let gone = await pages.post("/client/account/10482/remove-folder\(now)", cookie, ["count": "3"])
        #expect(gone.status == 303 && gone.location?.contains("did=removed") == true)
        var trash = ShelfQuery()
        (trash.account, trash.isTrash) = (account, true)
        let asked = trash
        #expect(try await pages.store.read { try $0.shelf(asked).map(\.name).sorted() } == names)
        let audit = try await pages.asking.bench.audit()
        for action in ["folder.rename", "folder.remove"] {
            #expect(audit.first { $0.action == action }?.actor == "Sabine Hofmann (\(ClientPages.sabine))")
        }
        let words = try await pages.store.read { try $0.staffEvents() }.map(\.words)
        #expect(words.contains { $0.contains("Kasse/ → Kasse 2025/") })
        #expect(words.contains { $0.contains("Kasse 2025/ (3)") })
    }

    @Test("a folder that the office works with stays, and why is not told")
    func staying() async throws {
        let (pages, cookie, query) = try await Self.open()
        let (account, top) = (pages.account, FolderPlace(try #require(pages.folders[.edit])))
        _ = await pages.post("/client/account/10482/new-folder\(query)", cookie, ["name": "Kasse"])
        let name = try await pages.store.read { try $0.folder(top.folder, of: account).name }
        try await pages.store.write { transaction in
            _ = try transaction.addRequest(
                NewRequest(
                    account: account, folder: try #require(FolderPath([name, "Kasse"])),
                    title: "Geheimer Entwurf", text: "", language: .de, due: nil,
                    expires: Timestamp(seconds: Office.now.seconds + 86_400), items: [], recipients: []),
                author: "Jana", by: "jana", now: Office.now)
        }
        let answer = await pages.post(
            "/client/account/10482/remove-folder\(query)&path=Kasse", cookie, ["count": "0"])
        #expect(answer.status == 422 && !answer.text.contains("Entwurf"))
        #expect(try await pages.state().contains { $0.contains("Kasse") })
    }
}
