import Mail
import Mailroom
import Store
import Testing

@testable import HTTP
@testable import Web

@Suite("Documents that are shared by a link")
struct ShareLinkTests {
    @Test("the page names what is shared, who from and until when, and nobody else it was shared with")
    func page() async throws {
        let site = try await SharedSite.make()
        let answer = await site.ask(.get, try await site.path())
        #expect(answer.status == .ok)
        for words in [
            "Jana Vogt hat 2 Dokumente für Sie freigegeben", "Bericht.html", "Konten.csv", "Bitte ansehen",
            "noch 7 Tage", "lang=\"de\"",
        ] {
            #expect(answer.text.contains(words), "\(words)")
        }
        for words in ["bank@bank.example", "sabine@", "Intern.txt", "Bolt", "10482"] {
            #expect(!answer.text.contains(words), "\(words)")
        }
        #expect(answer.headers["referrer-policy"] == "no-referrer")
        #expect(answer.headers["cache-control"] == "no-store")
        let english = await site.ask(.get, try await site.path() + "?language=en")
        #expect(english.text.contains("Jana Vogt has shared 2 documents with you"))
        #expect(english.text.contains("all.zip") == false && english.text.contains("/take?language=en"))
    }

    @Test("the firm's colour is on its clients' pages, and on them alone")
    func accent() async throws {
        let site = try await SharedSite.make()
        let path = try await site.path()
        let accent = try #require(AccentColor("#8a1c4b"))
        let style = try #require(AccentStyle(accent: accent).asset)
        #expect(AccentStyle(accent: .ledgerGreen).asset == nil)
        #expect(await !site.ask(.get, path).text.contains("/assets/firm."))
        var settings = site.open.site.settings
        settings.clients.accent = accent
        site.open.site.apply(settings)
        #expect(await site.ask(.get, path).text.contains("href=\"\(style.path)\""))
        #expect(await !site.open.get("/accounts").text.contains("/assets/firm."))
    }

    @Test("to look and to fetch changes nothing, by GET or HEAD")
    func inert() async throws {
        let site = try await SharedSite.make()
        let path = try await site.path()
        for method in [Method.get, .head] {
            for below in ["", "/files/\(site.documents[0].rawValue)", "/all.zip", "?document=1"] {
                #expect(await site.ask(method, path + below).status == .ok, "\(below)")
            }
        }
        #expect(try await site.recipient().opened == nil)
        #expect(try await site.events() == [])
    }

    @Test("a person who opens it and takes a document is noted, and staff hear of each once")
    func use() async throws {
        let site = try await SharedSite.make()
        let path = try await site.path()
        #expect(await site.ask(.post, path + "/opened").status == .noContent)
        #expect(await site.ask(.post, path + "/opened").status == .noContent)
        let file = "\(site.documents[1].rawValue)"
        let taken = await site.ask(.post, path + "/take", form: "document=\(file)")
        #expect(taken.status == .seeOther && taken.location == path + "/files/\(file)")
        let all = await site.ask(.post, path + "/take", form: "document=all")
        #expect(all.location == path + "/all.zip")
        #expect(try await site.recipient().opened == SharedSite.now)
        #expect(try await site.recipient().downloaded == SharedSite.now)
        #expect(try await site.recipient(1).opened == nil)
        #expect(
            try await site.events() == [
                "share.downloaded sabine@hofmann.example", "share.opened sabine@hofmann.example",
            ])
    }

    @Test("another site's page can note nothing")
    func foreign() async throws {
        let site = try await SharedSite.make()
        let answer = await site.ask(
            .post, try await site.path() + "/opened", headers: ["sec-fetch-site": "cross-site"])
        #expect(answer.status == .forbidden)
        #expect(try await site.recipient().opened == nil)
    }

    @Test("a file is saved and never opened, whatever it is called")
    func octets() async throws {
        let site = try await SharedSite.make()
        let path = try await site.path()
        let file = await site.ask(.get, path + "/files/\(site.documents[0].rawValue)")
        #expect(file.text == SharedSite.html)
        #expect(file.headers["content-type"] == "application/octet-stream")
        #expect(file.headers["content-disposition"]?.hasPrefix("attachment;") == true)
        #expect(file.headers["x-content-type-options"] == "nosniff")
        let shown = await site.ask(.get, path + "?document=\(site.documents[0].rawValue)")
        #expect(!shown.text.contains(SharedSite.html))
    }

    struct Gone: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let change: @Sendable (StoreTransaction, DocumentID, AccountID) throws -> Void
    }

    static let goneCases = [
        Gone(testDescription: "in the trash") { transaction, document, _ in
            try transaction.trashDocument(document, by: "jana", now: SharedSite.now)
        },
        Gone(testDescription: "given to another account") { transaction, document, other in
            guard let folder = FolderPath(["Auswertungen"]) else { return }
            try transaction.setDestination(
                document, account: other,
                destination: Destination(folder: folder, name: "Konten.csv", access: .view))
        },
    ]

    @Test("a document is served no more that is", arguments: goneCases)
    func gone(_ one: Gone) async throws {
        let site = try await SharedSite.make()
        let (document, other) = (site.documents[1], site.other)
        try await site.write { try one.change($0, document, other) }
        let path = try await site.path()
        let page = await site.ask(.get, path)
        #expect(page.text.contains("Bericht.html") && !page.text.contains("Konten.csv"))
        for below in ["/files/\(document.rawValue)", "/pictures/\(document.rawValue)"] {
            let answer = await site.ask(.get, path + below)
            #expect(answer.status == .seeOther || answer.status == .notFound, "\(below)")
            #expect(!answer.text.contains(SharedSite.csv))
        }
        let taken = await site.ask(.post, path + "/take", form: "document=\(document.rawValue)")
        #expect(taken.location == path + "?did=gone")
        #expect(try await site.recipient().downloaded == nil)
        let names = try await site.open.data.store.read { try $0.names(of: site.share) }
        #expect(names.contains("Konten.csv") == (one.testDescription == "in the trash"))
    }

    @Test("no other document is had by its number")
    func others() async throws {
        let site = try await SharedSite.make()
        let path = try await site.path()
        for document in [site.kept, site.foreign, DocumentID(99_999)] {
            #expect(await site.ask(.get, path + "/files/\(document.rawValue)").status == .seeOther)
            #expect(await site.ask(.get, path + "/pictures/\(document.rawValue)").status == .notFound)
            let page = await site.ask(.get, path + "?document=\(document.rawValue)")
            #expect(!page.text.contains("secret") && !page.text.contains("Bolt"))
        }
    }

    @Test("a later version is what is served, and is said to be one")
    func versions() async throws {
        let site = try await SharedSite.make()
        let file = IncomingFile(vault: site.open.data.vault)
        try await file.write(Array("new".utf8))
        let content = try await file.finish()
        let document = site.documents[1]
        #expect(!(await site.ask(.get, try await site.path())).text.contains("Geändert, seit"))
        try await site.open.site.documentDesk.keep([content]) {
            try $0.addVersion(
                sha256: content.digest, octets: 3, of: document, by: "jana", now: SharedSite.now)
        }
        let path = try await site.path()
        #expect(await site.ask(.get, path).text.contains("Geändert, seit es für Sie freigegeben wurde"))
        #expect(await site.ask(.get, path + "/files/\(document.rawValue)").text == "new")
    }

    enum Over: String, CaseIterable, Sendable {
        case expired, revoked, renewed, upload, wrong, none
    }

    @Test("a link that is good no longer gets the one page at every address", arguments: Over.allCases)
    func over(_ why: Over) async throws {
        let site = try await SharedSite.make()
        let (id, share) = (try await site.recipient().id, site.share)
        var path = try await site.path()
        let now = SharedSite.now
        switch why {
        case .expired: try await site.write { try $0.extendShare(id, until: now, by: "jana", now: now) }
        case .revoked: try await site.write { try $0.revokeShare(share, from: [id], by: "jana", now: now) }
        case .renewed: try await site.write { try $0.renewShareLink(of: id, by: "jana", now: now) }
        case .upload: path = try await site.path(0, .upload)
        case .wrong: path = String(path.dropLast(4)) + "AAAA"
        case .none: path = "/s/x"
        }
        let page = await site.ask(.get, path)
        #expect(page.status == .gone)
        let token = path.dropFirst(3)
        #expect(page.text.contains("Dieser Link gilt nicht (mehr)") || page.text.contains("not valid"))
        let reference = await site.ask(.get, "/s/y").text.replacing("/s/y", with: "/s/\(token)")
        #expect(page.text == reference)
        for below in ["/files/\(site.documents[0].rawValue)", "/pictures/1", "/all.zip"] {
            #expect(await site.ask(.get, path + below).status == .gone, "\(below)")
        }
        #expect(await site.ask(.post, path + "/take", form: "document=all").status == .gone)
        #expect(await site.ask(.post, path + "/opened").status == .gone)
        // The same token opens no page of uploads either.
        #expect(await site.ask(.get, "/u/\(token)").status == .gone)
        let asked = await site.ask(.post, path + "/renew")
        #expect(asked.status == .seeOther && asked.location == path + "?did=asked")
        let wanted: LinkRenewal = why == .expired ? .byStaff(.share(id)) : .nothing
        #expect(await site.renewals.next() == wanted)
    }

    @Test("the other recipient's link goes on when one is revoked")
    func separate() async throws {
        let site = try await SharedSite.make()
        let (id, share, now) = (try await site.recipient().id, site.share, SharedSite.now)
        try await site.write { try $0.revokeShare(share, from: [id], by: "jana", now: now) }
        #expect(await site.ask(.get, try await site.path()).status == .gone)
        #expect(await site.ask(.get, try await site.path(1)).status == .ok)
    }
}
