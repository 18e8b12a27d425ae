import Crypto
import Files
import Glibc
import Mail
import Synchronization
import Testing

@testable import Store

@Suite("Documents: plain files, an inode never under two accounts")
struct DocumentTreeTests {
    let directory: VaultDirectory
    let vault: Vault
    let digest: SHA256Digest
    let smith = DocumentPath(account: "10482 Smith", folders: ["Intake"], name: "W-2.pdf")
    let jones = DocumentPath(account: "10483 Jones", folders: ["Intake", "2026"], name: "W-2.pdf")

    init() throws {
        directory = try VaultDirectory()
        vault = try directory.open()
        digest = try directory.keep(Dice.fixed(70_000), in: vault)
    }

    private func octets(_ path: DocumentPath) throws -> [UInt8] {
        try vault.documents.open(path).readAll(limit: 100_000)
    }

    private func inode() throws -> FileStatus.Identity {
        try directory.data.status(of: directory.path(of: digest)).identity
    }

    @Test("The first account has the content's own inode, any other its own")
    func twoAccounts() throws {
        #expect(try vault.documents.place(digest, at: smith, sharing: .link) == .link)
        let placement = try vault.documents.place(digest, at: jones, sharing: .separate)
        #expect(placement == .copy || placement == .reflink)
        #expect(try vault.documents.status(of: smith)?.identity == inode())
        #expect(try vault.documents.status(of: jones)?.identity != inode())
        for path in [smith, jones] {
            #expect(try octets(path) == Dice.fixed(70_000))
            #expect(try vault.documents.status(of: path)?.mode == 0o440)
        }
        let folder = try directory.data.status(of: "documents/10483 Jones/Intake/2026")
        #expect(folder.mode == 0o750)
    }

    @Test("Placing again changes nothing, and heals what a crash left")
    func again() throws {
        for sharing in [DocumentTree.Sharing.link, .separate] {
            let path = sharing == .link ? smith : jones
            let first = try vault.documents.place(digest, at: path, sharing: sharing)
            #expect(try vault.documents.place(digest, at: path, sharing: sharing) == first)
            #expect(try octets(path) == Dice.fixed(70_000))
        }
        // A copy of a crash becomes the link that was asked for.
        #expect(try vault.documents.place(digest, at: jones, sharing: .link) == .link)
        #expect(try vault.documents.status(of: jones)?.identity == inode())
        // And a link that must not be one becomes a copy.
        #expect(try vault.documents.place(digest, at: smith, sharing: .separate) != .link)
        #expect(try vault.documents.status(of: smith)?.identity != inode())
        #expect(try directory.data.directory("documents/.tmp").names().isEmpty)
    }

    @Test("Other octets under the name are never overwritten", arguments: [0, 5, 70_000])
    func taken(_ count: Int) throws {
        try vault.documents.makeFolder(account: smith.account, folders: smith.folders)
        let folder = try directory.data.directory("documents/10482 Smith/Intake")
        let foreign = [UInt8](repeating: 1, count: count)
        try folder.createFile("W-2.pdf", mode: 0o640).write(foreign)
        for sharing in [DocumentTree.Sharing.link, .separate] {
            let error = #expect(throws: VaultError.self) {
                try vault.documents.place(digest, at: smith, sharing: sharing)
            }
            #expect(error?.code == .nameTaken)
        }
        #expect(try folder.contents(of: "W-2.pdf") == foreign)
    }

    @Test("A link or a directory under the name is taken too, and followed nowhere")
    func linkUnderTheName() throws {
        try vault.documents.makeFolder(account: smith.account, folders: ["Intake", "W-2.pdf"])
        #expect(throws: VaultError(.nameTaken, "filing a document")) {
            try vault.documents.place(digest, at: smith, sharing: .link)
        }
        let target = directory.path + "/elsewhere"
        try directory.data.createFile("elsewhere", mode: 0o600).write([1])
        let link = directory.path + "/documents/10482 Smith/Intake/b.pdf"
        #expect(symlink(target, link) == 0)
        let path = DocumentPath(account: smith.account, folders: ["Intake"], name: "b.pdf")
        #expect(throws: VaultError(.nameTaken, "filing a document")) {
            try vault.documents.place(digest, at: path, sharing: .separate)
        }
        #expect(try directory.data.contents(of: "elsewhere") == [1])
    }

    @Test(
        "A directory that was swapped for a link leads nowhere",
        arguments: ["10482 Smith", "10482 Smith/Intake"])
    func swapped(_ component: String) throws {
        _ = try vault.documents.place(digest, at: smith, sharing: .link)
        try directory.data.makeDirectory("outside", mode: 0o750)
        try directory.data.makeDirectory("outside/Intake", mode: 0o750)
        try directory.data.rename("documents/" + component, to: "aside")
        #expect(symlink(directory.path + "/outside", directory.path + "/documents/" + component) == 0)
        let path = DocumentPath(account: smith.account, folders: smith.folders, name: "new.pdf")
        #expect(throws: VaultError.self) { try vault.documents.place(digest, at: path, sharing: .link) }
        #expect(throws: VaultError.self) { try vault.documents.discard(smith, as: "1") }
        #expect(throws: VaultError.self) { try vault.documents.open(smith).status() }
        #expect(try directory.data.directory("outside/Intake").names().isEmpty)
        #expect(try directory.data.directory("outside").names() == ["Intake"])
    }

    @Test("A directory that is swapped for a link again and again never leads outside")
    func racing() throws {
        try directory.data.makeDirectory("outside", mode: 0o750)
        try vault.documents.makeFolder(account: smith.account, folders: ["Intake"])
        let folder = directory.path + "/documents/10482 Smith/Intake"
        let aside = directory.path + "/documents/10482 Smith/aside"
        let outside = directory.path + "/outside"
        let attacker = Attacker {
            rename(folder, aside)
            symlink(outside, folder)
            unlink(folder)
            rename(aside, folder)
        }
        let deadline = ContinuousClock.now + .seconds(20)
        while attacker.rounds.load(ordering: .relaxed) == 0, ContinuousClock.now < deadline { sched_yield() }
        for number in 0..<3000 {
            let path = DocumentPath(account: smith.account, folders: ["Intake"], name: "\(number).pdf")
            // Refused or placed inside: either will do.
            _ = try? vault.documents.place(digest, at: path, sharing: .link)
        }
        attacker.end()
        #expect(attacker.rounds.load(ordering: .relaxed) > 0)
        #expect(try directory.data.directory("outside").names().isEmpty)
    }

    @Test(
        "Names that lead elsewhere are refused wherever they stand",
        arguments: ["..", ".", "", "a/b", "../../etc", "a\0b", "a\nb", String(repeating: "x", count: 256)])
    func names(_ name: String) throws {
        let paths = [
            DocumentPath(account: name, folders: ["Intake"], name: "a.pdf"),
            DocumentPath(account: "10482 Smith", folders: [name], name: "a.pdf"),
            DocumentPath(account: "10482 Smith", folders: ["Intake"], name: name),
        ]
        for path in paths {
            #expect(throws: VaultError(.unsafeName, "going to a document")) {
                try vault.documents.place(digest, at: path, sharing: .link)
            }
        }
        #expect(throws: VaultError.self) { try vault.documents.purge(name) }
        #expect(Set(try directory.data.directory("documents").names()) == [".tmp", ".trash", ".aside"])
    }

    @Test("An account's directory never hides among ours", arguments: [".trash", ".tmp", ".x"])
    func hidden(_ account: String) throws {
        let path = DocumentPath(account: account, folders: ["Intake"], name: "a.pdf")
        #expect(throws: VaultError.self) { try vault.documents.place(digest, at: path, sharing: .link) }
    }

    @Test(
        "Odd but lawful names are kept as they are",
        arguments: ["-rf", "a b.pdf", "請求書.pdf", "C:\\x.pdf", "~", ".x"])
    func oddNames(_ name: String) throws {
        let path = DocumentPath(account: "10482 Smith", folders: [name], name: name)
        #expect(try vault.documents.place(digest, at: path, sharing: .link) == .link)
        #expect(try octets(path) == Dice.fixed(70_000))
    }

    @Test("A document is moved, discarded, restored and purged, each as often as one likes")
    func moving() throws {
        _ = try vault.documents.place(digest, at: smith, sharing: .link)
        let new = DocumentPath(account: smith.account, folders: ["Tax", "2026"], name: "W-2 (2).pdf")
        for _ in 0..<2 { try vault.documents.move(smith, to: new) }
        #expect(try vault.documents.status(of: smith) == nil)
        #expect(try octets(new) == Dice.fixed(70_000))
        for _ in 0..<2 { try vault.documents.discard(new, as: "17") }
        #expect(try vault.documents.status(of: new) == nil)
        for _ in 0..<2 { try vault.documents.restore("17", to: smith) }
        #expect(try octets(smith) == Dice.fixed(70_000))
        try vault.documents.discard(smith, as: "18")
        #expect(try vault.documents.purge("18"))
        #expect(try !vault.documents.purge("18"))
        #expect(try vault.contents.verify(digest))
        let error = #expect(throws: VaultError.self) { try vault.documents.move(smith, to: new) }
        #expect(error?.isMissing == true)
    }

    @Test("A move takes no other document's name")
    func moveTaken() throws {
        _ = try vault.documents.place(digest, at: smith, sharing: .link)
        _ = try vault.documents.place(directory.keep([1], in: vault), at: jones, sharing: .link)
        #expect(throws: VaultError(.nameTaken, "moving a document")) {
            try vault.documents.move(smith, to: jones)
        }
        #expect(try octets(jones) == [1])
    }
}

/// Does something again and again on a thread of its own.
private final class Attacker: Sendable {
    let rounds = Atomic(0)
    private let isOver = Atomic(false)
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Attacker>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context)
        precondition(result == 0, "the test needs a thread")
        pthread_detach(thread)
    }

    func end() { isOver.store(true, ordering: .relaxed) }

    private func run() {
        while !isOver.load(ordering: .relaxed) {
            body()
            rounds.add(1, ordering: .relaxed)
        }
    }
}
