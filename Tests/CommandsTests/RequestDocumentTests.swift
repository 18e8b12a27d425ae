import Crypto
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

@Suite("Documents that lie beside a request")
struct RequestDocumentTests {
    private static func pdf(_ mark: String) -> [UInt8] { Array("%PDF-1.4\n\(mark)\n%%EOF\n".utf8) }

    /// A firm with a document that clients may view, one that the team alone sees, and one of another account.
    private struct Desk {
        let pages: ClientPages
        let seen: DocumentID
        let hidden: DocumentID
        let others: DocumentID

        init() async throws {
            pages = try await ClientPages()
            seen = try await pages.document("Vollmacht.pdf", in: .view, pdf("seen"))
            hidden = try await pages.document("Aktenvermerk.pdf", in: .private, pdf("hidden"))
            let bolt = try await pages.store.read { transaction in
                let account = try transaction.accountID(AccountNumber("20001")!)!
                return (account, try transaction.folders(of: account).first { $0.folder.access != .private }!)
            }
            let file = IncomingFile(vault: pages.asking.bench.office.data.vault)
            try await file.write(pdf("others"))
            others = try await pages.site.documentDesk.file(
                [(content: try await file.finish(), name: "Bolt.pdf")], into: FolderPlace(bolt.1.folder.id),
                of: bolt.0, by: "jana", now: Office.now)[0].document
        }

        func run(_ words: String...) async -> (code: ExitCode, complaints: String) {
            let (code, printed) = await pages.asking.bench.run(words)
            return (code, printed.complaints.joined())
        }

        /// Asks Sabine with these documents; the path of her link.
        func ask(_ more: String...) async throws -> (Mailroom.Request, String) {
            let (code, printed) = await pages.asking.bench.run(
                ["request", "send", "10482", "Unterschrift", "--to", ClientPages.sabine] + more)
            guard code == .ok else { throw Bench.Failed(words: printed.complaints.joined()) }
            let request = try await pages.asking.newest()
            let links = try pages.asking.bench.office.requestLinks()
            let link = try #require(links.link(of: request.recipients[0], request))
            return (request, "/" + link.split(separator: "/").dropFirst(2).joined(separator: "/"))
        }
    }

    @Test("are seen and fetched by whoever has the link, and nothing else of the folder is")
    func seen() async throws {
        let desk = try await Desk()
        let beside = try await desk.pages.document("Daneben.pdf", in: .view, Self.pdf("beside"))
        let (request, path) = try await desk.ask("--document", "\(desk.seen.rawValue)")
        let page = await desk.pages.get(path, nil)
        #expect(page.status == 200 && page.text.contains("Vollmacht.pdf") && !page.text.contains("Daneben"))
        let place = "\(path)/documents/\(desk.seen.rawValue)"
        let look = await desk.pages.get(place, nil)
        #expect(look.status == 200 && look.text.contains("Vollmacht.pdf"))
        #expect(await desk.pages.get(place + "/file", nil).status == 200)
        for id in [beside, desk.hidden, desk.others, DocumentID(999_999)] {
            for end in ["", "/file", "/picture"] {
                let answer = await desk.pages.get("\(path)/documents/\(id.rawValue)\(end)", nil)
                #expect(answer.status == 404 && !answer.text.contains(".pdf"), "\(id) \(end)")
            }
        }
        // Another request of the same account has none of it.
        let (_, other) = try await desk.ask()
        #expect(await desk.pages.get("\(other)/documents/\(desk.seen.rawValue)", nil).status == 404)
        #expect(try await desk.pages.store.read { try $0.attachedNames(of: request) } == ["Vollmacht.pdf"])
        let audit = try await desk.pages.asking.bench.audit()
        #expect(audit.contains { $0.action == "request.add" && $0.detail.contains("Vollmacht.pdf") })
        // With the link it all ends.
        #expect(await desk.run("request", "revoke", "\(request.id)").code == .ok)
        for end in ["", "/file", "/picture"] {
            #expect(await desk.pages.get(place + end, nil).status == 410)
        }
    }

    @Test("are added to a request that is out, and gone when they are in the trash")
    func later() async throws {
        let desk = try await Desk()
        let (request, path) = try await desk.ask()
        #expect(!(await desk.pages.get(path, nil)).text.contains("Vollmacht.pdf"))
        let added = await desk.run("request", "add", "\(request.id)", "--document", "\(desk.seen.rawValue)")
        #expect(added.code == .ok, "\(added.complaints)")
        #expect(await desk.pages.get(path, nil).text.contains("Vollmacht.pdf"))
        let id = desk.seen
        try await desk.pages.site.documentDesk.change {
            try $0.trashDocument(id, by: "jana", now: Office.now)
        }
        #expect(!(await desk.pages.get(path, nil)).text.contains("Vollmacht.pdf"))
        #expect(await desk.pages.get("\(path)/documents/\(id.rawValue)/file", nil).status == 404)
    }

    @Test("of another account, of the trash, and for another client's contact are refused")
    func refused() async throws {
        let desk = try await Desk()
        let to = ["10482", "Unterschrift", "--to", ClientPages.sabine]
        func send(_ more: [String]) async -> ExitCode {
            await desk.pages.asking.bench.run(["request", "send"] + more).code
        }
        #expect(await send(to + ["--document", "\(desk.others.rawValue)"]) == .notAllowed)
        #expect(await send(to + ["--document", "999999"]) == .noSuchThing)
        #expect(
            await send(
                ["10482", "X", "--to", "bert@bolt.example", "--document", "\(desk.seen.rawValue)"])
                == .notAllowed)
        // Without the document he may be asked; then it can't be added, nor he to one that has it.
        #expect(await send(["10482", "X", "--to", "bert@bolt.example"]) == .ok)
        let request = try await desk.pages.asking.newest()
        #expect(
            await desk.run("request", "add", "\(request.id)", "--document", "\(desk.seen.rawValue)").code
                == .notAllowed)
        let (with, _) = try await desk.ask("--document", "\(desk.seen.rawValue)")
        #expect(
            await desk.run("request", "add", "\(with.id)", "--to", "bert@bolt.example").code == .notAllowed)
        let id = desk.seen
        try await desk.pages.site.documentDesk.change {
            try $0.trashDocument(id, by: "jana", now: Office.now)
        }
        #expect(await send(to + ["--document", "\(id.rawValue)"]) != .ok)
    }

    @Test("that the team alone sees are shown only where whoever asks says that they mean it")
    func hidden() async throws {
        let desk = try await Desk()
        let number = "\(desk.hidden.rawValue)"
        let refused = await desk.run(
            "request", "send", "10482", "Unterschrift", "--to", ClientPages.sabine, "--document", number)
        #expect(refused.code == .notAllowed && refused.complaints.contains("Aktenvermerk.pdf"))
        let (_, path) = try await desk.ask("--document", number, "--private")
        #expect(await desk.pages.get("\(path)/documents/\(number)/file", nil).status == 200)
        let (plain, other) = try await desk.ask()
        #expect(await desk.run("request", "add", "\(plain.id)", "--document", number).code == .notAllowed)
        #expect(
            await desk.run("request", "add", "\(plain.id)", "--document", number, "--private").code == .ok)
        #expect(await desk.pages.get(other, nil).text.contains("Aktenvermerk.pdf"))
    }

    @Test("are named in the letter, in its language")
    func letter() async throws {
        let desk = try await Desk()
        let (request, _) = try await desk.ask("--document", "\(desk.seen.rawValue)")
        let office = desk.pages.asking.bench.office
        for (language, heading) in [
            (Language.de, "Für Sie beigelegt"), (.en, "For you to look at"), (.ja, "お渡しする書類"),
        ] {
            let text = try await RequestDesk(office, actor: "jana").letter(of: request, in: language)
            #expect(text.plain.contains(heading) && text.plain.contains("Vollmacht.pdf"))
            #expect(text.html.contains("Vollmacht.pdf"))
        }
        let (plain, _) = try await desk.ask()
        let text = try await RequestDesk(office, actor: "jana").letter(of: plain, in: .de)
        #expect(!text.plain.contains("beigelegt"))
    }
}
