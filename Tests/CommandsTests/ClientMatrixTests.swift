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

@Suite("What clients may do, asked over the pages")
struct ClientMatrixTests {
    /// What a browser that asks has, and what it may.
    private struct Person {
        let sentence: String
        let cookie: String?
        /// Nil: they are to sign in, whatever they ask for.
        let sees10482: Bool?
    }

    /// Something asked of a document and a folder.
    private struct Deed {
        let action: ClientAction
        let ask: @Sendable (ClientPages, String?, DocumentID, FolderID) async throws -> ClientPages.Answer
        /// Of the same kind, about a number that nothing has.
        var isOfFolder = false
    }

    private static func pdf(_ mark: String) -> [UInt8] { Array("%PDF-1.4\n\(mark)\n%%EOF\n".utf8) }

    private static let deeds: [Deed] = [
        Deed(
            action: .list, ask: { await $0.get("/client/account/10482?folder=\($3.rawValue)", $1) },
            isOfFolder: true),
        Deed(
            action: .read,
            ask: { pages, cookie, id, _ in await pages.get("/client/document/\(id.rawValue)", cookie) }),
        Deed(
            action: .preview,
            ask: { pages, cookie, id, _ in await pages.get("/client/document/\(id.rawValue)/picture", cookie)
            }),
        Deed(
            action: .download,
            ask: { pages, cookie, id, _ in await pages.get("/client/document/\(id.rawValue)/file", cookie) }),
        Deed(
            action: .zip, ask: { await $0.get("/client/account/10482/zip?folder=\($3.rawValue)", $1) },
            isOfFolder: true),
        Deed(
            action: .upload,
            ask: { pages, cookie, _, folder in
                await pages.upload(
                    "/client/account/10482/upload?folder=\(folder.rawValue)", cookie, "neu.pdf",
                    pdf("\(SecretToken.random().text)"))
            }, isOfFolder: true),
        Deed(
            action: .rename,
            ask: { pages, cookie, id, _ in
                await pages.post(
                    "/client/document/\(id.rawValue)/rename", cookie,
                    ["name": "\(SecretToken.random().text.prefix(8)).pdf"])
            }),
        Deed(
            action: .moveOut,
            ask: { pages, cookie, id, _ in
                let to = try await subfolder(pages)
                return await pages.post("/client/document/\(id.rawValue)/move", cookie, ["to": to])
            }),
        Deed(
            action: .moveIn,
            ask: { pages, cookie, _, folder in
                let id = try await pages.document(
                    "von.pdf", in: .edit, pdf(SecretToken.random().text))
                let before = try await pages.state()
                let path = folder == pages.folders[.edit] ? "/Ziel" : "/"
                let answer = await pages.post(
                    "/client/document/\(id.rawValue)/move", cookie, ["to": "\(folder.rawValue)\(path)"])
                #expect(
                    try await (pages.state() == before)
                        == (answer.status != 303 || answer.location == "/client"))
                return answer
            }, isOfFolder: true),
        Deed(
            action: .trash,
            ask: { pages, cookie, id, _ in await pages.post("/client/document/\(id.rawValue)/trash", cookie) }
        ),
        Deed(
            action: .makeFolder,
            ask: { pages, cookie, _, folder in
                await pages.post(
                    "/client/account/10482/new-folder?folder=\(folder.rawValue)", cookie,
                    ["name": "Neu \(SecretToken.random().text.prefix(6))"])
            }, isOfFolder: true),
        Deed(
            action: .renameFolder,
            ask: { pages, cookie, _, folder in
                await pages.post(
                    "/client/account/10482/rename-folder?\(try await below(folder, pages))", cookie,
                    ["name": "Neu \(SecretToken.random().text.prefix(6))"])
            }, isOfFolder: true),
        Deed(
            action: .removeFolder,
            ask: { pages, cookie, _, folder in
                await pages.post(
                    "/client/account/10482/remove-folder?\(try await below(folder, pages))", cookie,
                    ["count": "0"])
            }, isOfFolder: true),
    ]

    /// The query of a folder below that one, where there is that one.
    private static func below(_ folder: FolderID, _ pages: ClientPages) async throws -> String {
        let (account, name) = (pages.account, "Wo \(SecretToken.random().text.prefix(8))")
        _ = try? await pages.site.documentDesk.change {
            try $0.makeSubfolder(
                name, below: FolderPlace(folder), of: account, by: "jana", now: Office.now)
        }
        let query = [FormItems.Item("folder", "\(folder.rawValue)"), FormItems.Item("path", name)]
        return FormItems(query).urlEncoded
    }

    /// A folder below the one that clients may change.
    private static func subfolder(_ pages: ClientPages) async throws -> String {
        guard let folder = pages.folders[.edit] else { return "" }
        return "\(folder.rawValue)/Ziel"
    }

    private static func people(_ pages: ClientPages) async throws -> [Person] {
        for (address, account) in [
            (ClientPages.sabine, "10482"), ("bert@bolt.example", "20001"), ("kate@both.example", "10482"),
            ("kate@both.example", "20001"), ("mia@hofmann-brot.example", "10482"),
        ] { try await pages.invite(address, to: account) }
        func cookie(_ token: SecretToken) -> String { "client=\(token.text)" }
        let client = try await pages.signIn(ClientPages.sabine)
        let idle = try await pages.signIn(ClientPages.sabine, ago: 3_600, used: 1_801)
        let long = try await pages.signIn(ClientPages.sabine, ago: 43_201, used: 5)
        let other = try await pages.signIn("bert@bolt.example")
        let both = try await pages.signIn("kate@both.example")
        let shutOut = try await pages.signIn("mia@hofmann-brot.example")
        _ = try await pages.asking.bench.lines(
            "contact", "edit", "mia@hofmann-brot.example", "--switches", "sync notify")
        _ = try await pages.asking.bench.lines("contact", "add", "10482", "gone@x.example", "--name", "Gone")
        try await pages.invite("gone@x.example")
        let removed = try await pages.signIn("gone@x.example")
        _ = try await pages.asking.bench.lines("contact", "remove", "gone@x.example")
        let staff = SecretToken.random()
        try await pages.store.write { transaction in
            let id = try transaction.addStaffMember(
                login: StaffLogin("ben")!, name: "Ben", email: nil, role: .owner, language: .en, by: "test",
                now: Office.now)
            try transaction.startSession(
                for: id, tokenHash: staff.hash, csrfKey: ClientPages.key, now: Office.now,
                expires: Timestamp(seconds: Office.now.seconds + 3_600))
        }
        return [
            Person(sentence: "a client of the account", cookie: cookie(client), sees10482: true),
            Person(sentence: "a client of this account and another", cookie: cookie(both), sees10482: true),
            Person(sentence: "a client of another account", cookie: cookie(other), sees10482: false),
            Person(sentence: "one whose login was taken away", cookie: cookie(shutOut), sees10482: nil),
            Person(sentence: "a contact that was removed", cookie: cookie(removed), sees10482: nil),
            Person(
                sentence: "a session without a click for half an hour", cookie: cookie(idle), sees10482: nil),
            Person(sentence: "a session of twelve hours", cookie: cookie(long), sees10482: nil),
            Person(sentence: "staff", cookie: "session=\(staff.text)", sees10482: nil),
            Person(
                sentence: "a staff session passed off as a client's", cookie: cookie(staff), sees10482: nil),
            Person(sentence: "a wrong token", cookie: cookie(SecretToken.random()), sees10482: nil),
            Person(sentence: "nobody", cookie: nil, sees10482: nil),
        ]
    }

    @Test(
        "every person, folder and action gets what the firm promised, and what is hidden is as if it were not there"
    )
    func matrix() async throws {
        let pages = try await ClientPages()
        let people = try await Self.people(pages)
        let account = pages.account
        let ziel = FolderPlace(try #require(pages.folders[.edit]))
        _ = try await pages.site.documentDesk.change {
            try $0.makeSubfolder("Ziel", below: ziel, of: account, by: "jana", now: Office.now)
        }
        var cells = 0
        for access in Access.allCases {
            let folder = try #require(pages.folders[access])
            for deed in Self.deeds {
                var document = try await pages.document(
                    "a.pdf", in: access, Self.pdf(SecretToken.random().text))
                for person in people {
                    let before = try await pages.state()
                    let answer = try await deed.ask(pages, person.cookie, document, folder)
                    let words: Comment = "\(person.sentence), \(access), \(deed.action): \(answer.status)"
                    cells += 1
                    let isAllowed: Bool
                    switch person.sees10482 {
                    case nil:
                        #expect(answer.status == 303 && answer.location == "/client", words)
                        isAllowed = false
                    case false?:
                        try await expectNothing(answer, deed, pages, person, access, words)
                        isAllowed = false
                    case true?:
                        isAllowed = access == .edit || access == .view && deed.action.isLooking
                        if isAllowed {
                            if deed.action == .preview {
                                // Of these octets there is no picture; the page has its place.
                                let page = await pages.get(
                                    "/client/document/\(document.rawValue)", person.cookie)
                                #expect(page.text.contains("id=\"preview\""), words)
                            } else {
                                #expect(answer.status == (deed.action.isLooking ? 200 : 303), words)
                            }
                            #expect(answer.location != "/client", words)
                        } else if access == .private {
                            try await expectNothing(answer, deed, pages, person, access, words)
                        } else {
                            #expect(answer.status == 403, words)
                        }
                    }
                    let isChanged = isAllowed && !deed.action.isLooking
                    if deed.action != .moveIn, !deed.action.isOfFolder {
                        #expect(try await (pages.state() != before) == isChanged, words)
                    }
                    if isChanged {
                        document = try await pages.document(
                            "a.pdf", in: access, Self.pdf(SecretToken.random().text))
                    }
                }
            }
        }
        print("matrix of clients over the pages: \(cells) cells")
        #expect(cells == people.count * Access.allCases.count * ClientAction.allCases.count)
    }

    @Test("in pieces, too, a file comes only from whom and to where the firm promised")
    func pieces() async throws {
        let pages = try await ClientPages()
        var cells = 0
        for person in try await Self.people(pages) {
            for access in Access.allCases {
                let folder = try #require(pages.folders[access])
                let path = "/client/account/10482/tus?folder=\(folder.rawValue)"
                let before = try await pages.state()
                let answer = await pages.tus(.post, path, person.cookie, ["upload-length": "3"])
                let words: Comment = "\(person.sentence), \(access): \(answer.status)"
                cells += 1
                switch person.sees10482 {
                case nil: #expect(answer.status == 401 && answer.text == "signedout", words)
                case true? where access == .edit:
                    #expect(answer.status == 201, words)
                    let place = try #require(answer.location)
                    let piece = await pages.tus(
                        .patch, place, person.cookie, ["upload-offset": "0"], Array("abc".utf8))
                    #expect(
                        piece.status == 204 && piece.outcome == "filed" || piece.outcome == "known", words)
                    #expect(try await pages.state() != before || piece.outcome == "known", words)
                    continue
                case true? where access == .view: #expect(answer.status == 403, words)
                case true?, false?:
                    let nothing = await pages.tus(
                        .post, "/client/account/10482/tus?folder=999999", person.cookie,
                        ["upload-length": "3"])
                    #expect(answer == nothing && answer.status == 404, words)
                }
                #expect(try await pages.state() == before, words)
            }
        }
        print("matrix of clients in pieces: \(cells) cells")
    }

    @Test("the folders at the top stay, and are called what the firm calls them")
    func top() async throws {
        let pages = try await ClientPages()
        try await pages.invite(ClientPages.sabine)
        let cookie = "client=\(try await pages.signIn(ClientPages.sabine).text)"
        let before = try await pages.state()
        for (access, status) in [(Access.edit, 403), (.view, 403), (.private, 404)] {
            let folder = try #require(pages.folders[access])
            for deed in ["rename-folder", "remove-folder"] {
                let path = "/client/account/10482/\(deed)?folder=\(folder.rawValue)"
                #expect(await pages.get(path, cookie).status == status)
                let form = ["name": "Anders", "count": "0"]
                #expect(await pages.post(path, cookie, form).status == status)
            }
        }
        #expect(try await pages.state() == before)
    }

    /// The very page that a number gets which nothing has.
    private func expectNothing(
        _ answer: ClientPages.Answer, _ deed: Deed, _ pages: ClientPages, _ person: Person, _ access: Access,
        _ words: Comment
    ) async throws {
        let nothing =
            deed.action == .moveIn
            ? await pages.get("/client/document/999999", person.cookie)
            : try await deed.ask(pages, person.cookie, DocumentID(999_999), FolderID(999_999))
        #expect(answer.status == 404, words)
        #expect(answer.text == nothing.text && answer.cookies == nothing.cookies, words)
        #expect(!answer.text.contains("a.pdf") && !answer.text.contains("Hofmann"), words)
    }
}
