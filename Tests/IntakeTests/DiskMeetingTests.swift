import Glibc
import Mail
import Mailroom
import TestServers
import Testing

@testable import Intake
@testable import Store

@Suite("What people do in the tree of documents, while others do something else")
struct DiskMeetingTests {
    private static let home = DiskOffice.home

    @Test("what we do ourselves is taken for nobody's: not in a look between any two steps")
    func ownDeeds() async throws {
        let disk = try await DiskOffice()
        let (office, desk, now) = (disk.office, disk.office.desk, disk.firm.clock.now)
        await disk.keeper.beginWatching()
        await disk.settle()
        let a = try await office.upload("a.pdf", "one", to: "Internal").document
        let b = try await office.upload("b.pdf", "two", to: "Internal", path: "2026").document
        await disk.settle()
        let (account, shared) = (office.account, try await office.folder("Shared with client"))
        try await desk.change { try $0.renameDocument(a, to: "c.pdf", by: "Jana", now: now) }
        await disk.look()
        try await desk.change { try $0.moveDocument(b, to: FolderPlace(shared), by: "Jana", now: now) }
        try await desk.change { try $0.trashDocument(a, by: "Jana", now: now) }
        await disk.look()
        try await desk.change { try $0.restoreDocument(a, by: "Jana", now: now) }
        await disk.settle()
        let version = IncomingFile(vault: disk.firm.data.vault)
        try await version.write(Array("three".utf8))
        let content = try await version.finish()
        let (digest, octets) = (content.digest, Int64(content.octets))
        try await desk.keep([content]) {
            try $0.addVersion(sha256: digest, octets: octets, of: b, by: "Jana", now: now)
        }
        await disk.look()
        try await desk.change {
            try $0.renameFolder(FolderPlace(shared), to: "Geteilt", of: account, by: "Jana", now: now)
        }
        await disk.settle()
        #expect(try await disk.deeds() == [])
        #expect(disk.keeper.board.health.adopted == 0)
        #expect(
            try await disk.documents() == ["Geteilt/b.pdf=three (1)", "Internal/c.pdf=one (0)"])
        #expect(office.disk == ["\(Self.home)/Geteilt/b.pdf=three", "\(Self.home)/Internal/c.pdf=one"])
        #expect(try await disk.reports() == [])
    }

    @Test("mail and uploads get copies that the group may write to, never the content's own inode")
    func copies() async throws {
        let disk = try await DiskOffice()
        try await disk.office.upload("a.pdf", "one", to: "Internal")
        let path = "\(disk.tree)/\(Self.home)/Internal/a.pdf"
        let shown = ChildProcess.run(["stat", "-c", "%a %h", path, path + "/.."]).text
        #expect(shown.hasPrefix("660 1"), "\(shown)")
        let folder = ChildProcess.run(["stat", "-c", "%a", "\(disk.tree)/\(Self.home)/Internal"]).text
        #expect(folder == "770\n")
    }

    @Test("documents from before people edited in place get files of their own, and lose nothing")
    func converted() async throws {
        let directory = TestDirectory()
        do {
            let before = try await DiskOffice(try await Firm(in: directory), isEditable: false)
            try await before.office.upload("a.pdf", "one", to: "Internal")
        }
        let path = "\(directory.file("data/documents"))/\(Self.home)/Internal/a.pdf"
        #expect(ChildProcess.run(["stat", "-c", "%a %h", path]).text == "440 2\n")
        let firm = try await Firm(in: directory, isEditable: true)
        let account = try #require(
            try await firm.store.read { try $0.accountDirectories().first })
        let keeper = DiskKeeper(
            vault: firm.data.vault, store: firm.store, recorder: firm.recorder, events: firm.events,
            clock: { firm.clock.now })
        await keeper.pass()
        #expect(ChildProcess.run(["stat", "-c", "%a %h", path]).text == "660 1\n")
        #expect(ChildProcess.run(["stat", "-c", "%a", path + "/../.."]).status != 0)
        let office = try await DocumentOffice(firm, account.id)
        #expect(office.disk == ["\(Self.home)/Internal/a.pdf=one"])
        #expect(keeper.board.health.adopted == 0)
    }

    enum Deed: String, CaseIterable, CustomTestStringConvertible {
        case version, trash, move, rename
        var testDescription: String { "an edit that nobody has seen yet, and then: \(rawValue)" }
    }

    @Test("an edit that a page's deed overtakes is kept", arguments: Deed.allCases, [true, false])
    func overtaken(_ deed: Deed, _ wasSeen: Bool) async throws {
        let disk = try await DiskOffice()
        let (office, desk, now) = (disk.office, disk.office.desk, disk.firm.clock.now)
        let a = try await office.upload("a.pdf", "one", to: "Internal").document
        if wasSeen { await disk.settle() }
        disk.people("printf edited > Internal/a.pdf")
        let shared = FolderPlace(try await office.folder("Shared with client"))
        switch deed {
        case .version:
            let file = IncomingFile(vault: disk.firm.data.vault)
            try await file.write(Array("page".utf8))
            let content = try await file.finish()
            let (digest, octets) = (content.digest, Int64(content.octets))
            try await desk.keep([content]) {
                try $0.addVersion(sha256: digest, octets: octets, of: a, by: "Jana", now: now)
            }
        case .trash: try await desk.change { try $0.trashDocument(a, by: "Jana", now: now) }
        case .move: try await desk.change { try $0.moveDocument(a, to: shared, by: "Jana", now: now) }
        case .rename: try await desk.change { try $0.renameDocument(a, to: "c.pdf", by: "Jana", now: now) }
        }
        await disk.settle()
        let expected =
            switch deed {
            case .version: "Internal/a.pdf=page (2)"
            case .trash: "Internal/a.pdf=one (1)"
            case .move: "Shared with client/a.pdf=edited (1)"
            case .rename: "Internal/c.pdf=edited (1)"
            }
        #expect(try await disk.documents(isTrash: deed == .trash) == [expected])
        let versions = try await disk.firm.store.read { try $0.versions(of: a).map(\.sha256) }
        let vault = disk.firm.data.vault
        let texts = try versions.map {
            String(decoding: try vault.contents.piece(of: $0, at: 0, count: 100), as: UTF8.self)
        }
        let current = deed == .move || deed == .rename
        #expect(texts.contains("edited") != current && texts.contains("one") == (deed != .trash))
        let aside = ChildProcess.run(["find", disk.tree + "/.aside", "-type", "f"]).text
        #expect(aside.isEmpty)
    }

    @Test("many gone at once are asked about, whatever the pace they go at; what comes back is as it was")
    func manyGone() async throws {
        let disk = try await DiskOffice()
        for number in 0..<40 { try await disk.office.upload("\(number).pdf", "n\(number)", to: "Internal") }
        await disk.settle()
        disk.people("mkdir ../../away; mv Internal/1*.pdf ../../away/")
        await disk.settle()
        // Eleven may be: they went to the trash.
        #expect(try await disk.documents(isTrash: true).count == 11)
        disk.people("mv Internal/2*.pdf ../../away/")
        await disk.settle()
        #expect(try await disk.documents(isTrash: true).count == 11)
        #expect(try await disk.documents().count == 29)
        #expect(try await disk.reports() == ["gone \(Self.home) 11"])
        let events = try await disk.firm.store.read { try $0.staffEvents().map(\.kind) }
        #expect(events == ["disk.gone"])
        disk.people("mv ../../away/2*.pdf Internal/")
        await disk.settle()
        #expect(try await disk.reports() == [])
        #expect(try await disk.documents().count == 29)
    }

    @Test("where people only read, what is gone comes back, and what was changed is told of")
    func readOnly() async throws {
        let disk = try await DiskOffice(isEditable: false)
        for name in ["a", "b", "c", "d"] { try await disk.office.upload("\(name).pdf", name, to: "Internal") }
        disk.people(
            """
            rm -f Internal/a.pdf; printf changed > Internal/.x; mv -f Internal/.x Internal/b.pdf
            printf c > Internal/.y; mv -f Internal/.y Internal/c.pdf; printf n > Internal/new.pdf
            """)
        await disk.settle()
        #expect(try await disk.deeds() == [])
        #expect(
            try await disk.documents() == ["a", "b", "c", "d"].map { "Internal/\($0).pdf=\($0) (0)" })
        #expect(
            disk.office.disk == [
                "\(Self.home)/Internal/a.pdf=a", "\(Self.home)/Internal/b.pdf=changed",
                "\(Self.home)/Internal/c.pdf=c", "\(Self.home)/Internal/d.pdf=d",
                "\(Self.home)/Internal/new.pdf=n",
            ])
        #expect(
            try await disk.reports() == ["foreign \(Self.home) 1", "changed \(Self.home)/Internal/b.pdf 1"])
    }

    @Test("a file that is being written is waited for")
    func beingWritten() async throws {
        let disk = try await DiskOffice()
        await disk.keeper.beginWatching()
        await disk.settle()
        let path = "\(disk.tree)/\(Self.home)/Internal/big.pdf"
        let file = open(path, O_WRONLY | O_CREAT, 0o644)
        #expect(write(file, "half", 4) == 4)
        for _ in 0..<3 { await disk.look() }
        #expect(try await disk.documents() == [])
        #expect(write(file, " and half", 9) == 9)
        close(file)
        for _ in 0..<3 { await disk.look() }
        #expect(try await disk.documents() == ["Internal/big.pdf=half and half (0)"])
        #expect(try await disk.deeds() == ["file.add Internal/big.pdf"])
    }

    @Test("an account that is new is watched from its first directory on")
    func newAccount() async throws {
        let disk = try await DiskOffice()
        await disk.keeper.beginWatching()
        await disk.settle()
        let other = try await DocumentOffice(disk.firm, try await disk.firm.account("20077"))
        try await other.desk.arrangeFolders(of: other.account)
        await disk.look()
        disk.people("printf x > Internal/x.pdf", in: "20077 Account 20077")
        for _ in 0..<3 { await disk.look() }
        #expect(try await disk.documents(of: other.account) == ["Internal/x.pdf=x (0)"])
    }

    @Test(
        "what can't be read or moved is told of, and keeps nobody from their work",
        .enabled(if: getuid() != 0, "root may read and move everything"))
    func noRights() async throws {
        let disk = try await DiskOffice()
        let office = disk.office
        let a = try await office.upload("a.pdf", "one", to: "Internal", path: "x").document
        await disk.settle()
        disk.people("printf new > Internal/n.pdf; chmod 000 Internal/n.pdf; chmod 500 Internal/x")
        let now = disk.firm.clock.now
        try await office.desk.change { try $0.renameDocument(a, to: "c.pdf", by: "Jana", now: now) }
        try await office.upload("z.pdf", "z", to: "Internal")
        await disk.settle()
        #expect(office.disk.contains("\(Self.home)/Internal/z.pdf=z"))
        #expect(try await disk.reports().contains("closed \(Self.home)/Internal/n.pdf 1"))
        disk.people("chmod 700 Internal/x; chmod 600 Internal/n.pdf")
        await disk.settle()
        #expect(
            try await disk.documents() == [
                "Internal/n.pdf=new (0)", "Internal/x/c.pdf=one (0)", "Internal/z.pdf=z (0)",
            ])
        #expect(try await disk.reports() == [])
    }
}
