import Glibc
import Mail
import Mailroom
import SQLite
import TestServers
import Testing
import Text

@testable import Intake
@testable import Store

@Suite("What staff do with documents")
struct DocumentDeskTests {
    private static let home = "10482 Account 10482"

    private func office() async throws -> DocumentOffice { try await DocumentOffice(Firm()) }

    @Test("an upload is a document with its octets as original, and says who filed it")
    func uploaded() async throws {
        let office = try await office()
        let filed = try await office.upload("Bilanz.pdf", "one", to: "Internal")
        #expect(filed.name == "Bilanz.pdf" && !filed.isDuplicate)
        #expect(office.disk == ["\(Self.home)/Internal/Bilanz.pdf=one"])
        let shown = try #require(
            try await office.firm.store.read { try $0.shelved(filed.document, for: nil) })
        #expect(shown.origin == .staff && shown.who == "Jana Vogt" && shown.access == .private)
        #expect(try office.firm.data.vault.contents.verify(shown.sha256))
        #expect(try await office.audit()[0] == "Jana Vogt file.upload: Bilanz.pdf → Internal")
    }

    @Test("the same octets are one more sighting, the same name gets a number")
    func twice() async throws {
        let office = try await office()
        let first = try await office.upload("a.pdf", "one", to: "Internal")
        let again = try await office.upload("b.pdf", "one", to: "Shared with client")
        let other = try await office.upload("A.pdf", "two", to: "Internal")
        #expect(again == FiledUpload(document: first.document, name: "a.pdf", isDuplicate: true))
        #expect(other.name == "A (2).pdf")
        #expect(office.disk == ["\(Self.home)/Internal/A (2).pdf=two", "\(Self.home)/Internal/a.pdf=one"])
        let listing = try await office.firm.store.read { try $0.documentListing(first.document) }
        #expect(listing?.sightings == 2)
    }

    struct Name: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let typed: String
        let mistake: NameMistake
    }

    @Test(
        "a name that is none is refused with the reason",
        arguments: [
            Name(testDescription: "nothing", typed: "  ", mistake: .empty),
            Name(testDescription: "a slash", typed: "a/b.pdf", mistake: .unfit("a_b.pdf")),
            Name(testDescription: "a dot in front", typed: ".hidden", mistake: .unfit("_hidden")),
            Name(testDescription: "a device of Windows", typed: "con.pdf", mistake: .unfit("_con.pdf")),
            Name(testDescription: "another's, case aside", typed: "B.PDF", mistake: .taken),
            Name(
                testDescription: "more than a file system takes", typed: String(repeating: "x", count: 201),
                mistake: .tooLong),
        ])
    func names(_ name: Name) async throws {
        let office = try await office()
        let document = try await office.upload("a.pdf", "one", to: "Internal").document
        try await office.upload("b.pdf", "two", to: "Internal")
        let now = office.firm.clock.now
        await #expect(throws: name.mistake) {
            try await office.desk.change {
                try $0.renameDocument(document, to: name.typed, by: "Jana Vogt", now: now)
            }
        }
        #expect(office.disk.count == 2)
    }

    @Test("renamed, moved, put in the trash and restored, the file is where the row says, and nowhere else")
    func story() async throws {
        let office = try await office()
        let (account, now, desk) = (office.account, office.firm.clock.now, office.desk)
        let document = try await office.upload("a.pdf", "one", to: "Internal").document
        try await desk.change { try $0.renameDocument(document, to: "A.pdf", by: "Jana Vogt", now: now) }
        #expect(office.disk == ["\(Self.home)/Internal/A.pdf=one"])
        let shared = FolderPlace(try await office.folder("Shared with client"))
        let year = try await desk.change {
            try $0.makeSubfolder("2026", below: shared, of: account, by: "Jana Vogt", now: now)
        }
        try await desk.change { try $0.moveDocument(document, to: year, by: "Jana Vogt", now: now) }
        #expect(office.disk == ["\(Self.home)/Shared with client/2026/A.pdf=one"])
        try await desk.change { try $0.trashDocument(document, by: "Jana Vogt", now: now) }
        #expect(office.disk.isEmpty)
        #expect(try await office.firm.store.read { try $0.trashCount(of: account, now: now) } == 1)
        try await office.upload("a.pdf", "three", to: "Shared with client", path: "2026")
        let name = try await desk.change { try $0.restoreDocument(document, by: "Jana Vogt", now: now) }
        #expect(name == "A (2).pdf")
        #expect(
            office.disk == [
                "\(Self.home)/Shared with client/2026/A (2).pdf=one",
                "\(Self.home)/Shared with client/2026/a.pdf=three",
            ])
        #expect(try await office.firm.store.read { try $0.trashCount(of: account, now: now) } == 0)
        #expect(
            ChildProcess.run(["find", office.firm.directory.file("data/documents/.trash"), "-type", "f"]).text
                .isEmpty)
    }

    @Test("the trash shows what was put there for 120 days")
    func old() async throws {
        let office = try await office()
        let now = office.firm.clock.now
        let document = try await office.upload("a.pdf", "one", to: "Internal").document
        try await office.desk.change { try $0.trashDocument(document, by: "Jana Vogt", now: now) }
        for (days, count) in [(120, 1), (121, 0)] as [(Int64, Int)] {
            let later = Timestamp(milliseconds: now.milliseconds + days * 86_400_000)
            let account = office.account
            #expect(try await office.firm.store.read { try $0.trashCount(of: account, now: later) } == count)
        }
    }

    @Test("a new version replaces the file and keeps what it was; an earlier one comes back as one more")
    func versions() async throws {
        let office = try await office()
        let (now, desk) = (office.firm.clock.now, office.desk)
        let document = try await office.upload("a.pdf", "one", to: "Internal").document
        let file = IncomingFile(vault: office.firm.data.vault)
        try await file.write(Array("two".utf8))
        let content = try await file.finish()
        let (digest, octets) = (content.digest, Int64(content.octets))
        let isNew = try await desk.keep([content]) {
            try $0.addVersion(sha256: digest, octets: octets, of: document, by: "Yuki", now: now)
        }
        #expect(isNew && office.disk == ["\(Self.home)/Internal/a.pdf=two"])
        try await desk.change { try $0.renameDocument(document, to: "b.pdf", by: "Jana Vogt", now: now) }
        try await desk.change { try $0.restoreVersion(1, of: document, by: "Jana Vogt", now: now) }
        #expect(office.disk == ["\(Self.home)/Internal/b.pdf=one"])
        let versions = try await office.firm.store.read { try $0.versions(of: document) }
        #expect(versions.map(\.number) == [2, 1] && versions.map(\.replacedBy) == ["Jana Vogt", "Yuki"])
        for version in versions { #expect(try office.firm.data.vault.contents.verify(version.sha256)) }
        #expect(
            try await desk.change { try $0.restoreVersion(1, of: document, by: "Jana Vogt", now: now) }
                == false)
    }

    @Test("a folder renamed takes all below along, on the disk too; one removed empties into the trash")
    func folders() async throws {
        let office = try await office()
        let (account, now, desk) = (office.account, office.firm.clock.now, office.desk)
        let top = try await desk.change {
            try $0.makeFolder("Bescheide", access: .view, of: account, by: "Jana Vogt", now: now)
        }
        try await office.upload("a.pdf", "one", to: "Bescheide", path: "2025/Mai")
        try await office.upload("b.pdf", "two", to: "Bescheide")
        let (place, year) = (FolderPlace(top), FolderPlace(top, path: "2025"))
        _ = try await desk.change {
            try $0.renameFolder(year, to: "Jahr 2025", of: account, by: "Jana Vogt", now: now)
        }
        _ = try await desk.change {
            try $0.renameFolder(place, to: "Steuer", of: account, by: "Jana Vogt", now: now)
        }
        try await desk.arrangeFolders(of: account, without: FolderPath(["Bescheide"]))
        #expect(
            office.disk == [
                "\(Self.home)/Steuer/Jahr 2025/Mai/a.pdf=one", "\(Self.home)/Steuer/b.pdf=two",
            ])
        #expect(!office.directories.contains { $0.contains("Bescheide") })
        let tree = try await office.firm.store.read { try $0.folderTree(of: account) }
        let node = try #require(tree.first { $0.name == "Steuer" })
        #expect(node.all.map(\.name) == ["Steuer", "Jahr 2025", "Mai"] && node.total == 2)
        let removed = try await desk.change {
            try $0.removeFolder(place, of: account, by: "Jana Vogt", now: now)
        }
        #expect(removed == 2 && office.disk.isEmpty)
        let trash = try await office.firm.store.read { transaction in
            var query = ShelfQuery()
            query.account = account
            query.isTrash = true
            return try transaction.shelf(query)
        }
        #expect(trash.count == 2)
        let first = trash[0].id
        try await desk.change { try $0.restoreDocument(first, by: "Jana Vogt", now: now) }
        #expect(office.disk.count == 1 && office.disk[0].hasPrefix("\(Self.home)/Client uploads/"))
    }

    @Test("the default folder and Intake stay, Intake stays private")
    func kept() async throws {
        let office = try await office()
        let (account, now) = (office.account, office.firm.clock.now)
        for name in ["Client uploads", "Intake"] {
            let place = FolderPlace(try await office.folder(name))
            await #expect(throws: StoreError.self) {
                try await office.desk.change {
                    try $0.removeFolder(place, of: account, by: "Jana Vogt", now: now)
                }
            }
        }
        let intake = try await office.folder("Intake")
        await #expect(throws: StoreError.self) {
            try await office.desk.change {
                try $0.setAccess(.view, of: intake, account: account, by: "Jana Vogt", now: now)
            }
        }
    }

    @Test("a change of access says how many documents whom it shows, and is audited")
    func access() async throws {
        let office = try await DocumentOffice(Firm())
        let (account, now) = (office.account, office.firm.clock.now)
        try await office.firm.store.write { transaction in
            let kate = try transaction.addContact("Kate", kind: .person)
            let max = try transaction.addContact("Max", kind: .person)
            for (contact, address, switches) in [
                (kate, "kate@smith.example", [.sync, .login]), (max, "max@smith.example", [.sync]),
            ] as [(ContactID, String, Switches)] {
                try transaction.setAddress(
                    EmailAddress(address)!, key: AddressKey(address)!, of: contact, account: account,
                    switches: switches)
            }
        }
        for text in ["one", "two"] { try await office.upload("a.pdf", text, to: "Internal", path: text) }
        let folder = try await office.folder("Internal")
        let change = try await office.firm.store.read { try $0.accessChange(folder, to: .view, of: account) }
        #expect(change.reveals && change.documents == 2)
        #expect(change.people == [AccessPerson(name: "Kate", address: "kate@smith.example")])
        try await office.desk.change {
            try $0.setAccess(.view, of: folder, account: account, by: "Jana Vogt", now: now)
        }
        #expect(
            try await office.audit()[0]
                == "Jana Vogt folder.access: private → view: 2 documents, kate@smith.example")
        #expect(try await office.firm.store.read { try $0.folder(folder, of: account).access } == .view)
    }

    @Test("nothing is moved to another account's folder")
    func border() async throws {
        let office = try await office()
        let other = try await DocumentOffice(office.firm, office.firm.account("10483"))
        let document = try await office.upload("a.pdf", "one", to: "Internal").document
        let (place, now) = (FolderPlace(try await other.folder("Internal")), office.firm.clock.now)
        await #expect(throws: StoreError.self) {
            try await office.desk.change {
                try $0.moveDocument(document, to: place, by: "Jana Vogt", now: now)
            }
        }
        #expect(office.disk == ["\(Self.home)/Internal/a.pdf=one"])
    }

    // MARK: - Power failures

    /// Deeds of which the rows are committed and the files have not followed yet.
    private static let deeds:
        [(String, @Sendable (StoreTransaction, DocumentID, FolderPlace, Timestamp) throws -> Void, [String])] =
            [
                (
                    "renamed", { try $0.renameDocument($1, to: "b.pdf", by: "x", now: $3) },
                    ["Internal/b.pdf=one"]
                ),
                (
                    "moved", { _ = try $0.moveDocument($1, to: $2, by: "x", now: $3) },
                    ["Shared with client/a.pdf=one"]
                ),
                ("trashed", { try $0.trashDocument($1, by: "x", now: $3) }, []),
                (
                    "trashed and restored",
                    {
                        try $0.trashDocument($1, by: "x", now: $3)
                        _ = try $0.restoreDocument($1, by: "x", now: $3)
                    }, ["Internal/a.pdf=one"]
                ),
                (
                    "renamed and trashed",
                    {
                        try $0.renameDocument($1, to: "b.pdf", by: "x", now: $3)
                        try $0.trashDocument($1, by: "x", now: $3)
                    }, []
                ),
                (
                    "the account's folder renamed",
                    {
                        let account = try #require(try $0.document($1)).account
                        let place = FolderPlace(try $0.place(of: $1).folder)
                        _ = try $0.renameFolder(place, to: "Intern", of: account, by: "x", now: $3)
                    }, ["Intern/a.pdf=one"]
                ),
            ]

    @Test(
        "whatever the power interrupts, the next start ends it, and a second one changes nothing",
        arguments: deeds.indices)
    func interrupted(_ index: Int) async throws {
        let (name, deed, expected) = Self.deeds[index]
        for isHalfDone in [false, true] {
            let directory = TestDirectory()
            let document: DocumentID
            do {
                let office = try await DocumentOffice(Firm(in: directory))
                document = try await office.upload("a.pdf", "one", to: "Internal").document
                let (place, now) = (
                    FolderPlace(try await office.folder("Shared with client")), office.firm.clock.now
                )
                try await office.firm.store.write { try deed($0, document, place, now) }
                if isHalfDone {
                    // The files are renamed, and what remembers them is not ended.
                    try await office.firm.store.write {
                        try $0.db.execute(
                            "CREATE TRIGGER fault BEFORE DELETE ON document_move BEGIN SELECT raise(ABORT, 'ordered'); END"
                        )
                    }
                    await #expect(throws: (any Error).self) {
                        try await office.firm.recorder.placeDocuments()
                    }
                    try await office.firm.store.write { try $0.db.execute("DROP TRIGGER fault") }
                }
            }
            for _ in 1...2 {
                let office = try await DocumentOffice(Firm(in: directory), AccountID(1))
                #expect(
                    office.disk == expected.map { "\(Self.home)/\($0)" }, "\(name), half done: \(isHalfDone)")
                let left = try await office.firm.store.read { transaction in
                    (try transaction.pendingMoves().count, try transaction.plannedDocuments(limit: 10).count)
                }
                #expect(left == (0, 0))
            }
        }
    }
}
