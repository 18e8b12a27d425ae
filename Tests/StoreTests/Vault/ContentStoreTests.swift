import Crypto
import Files
import Glibc
import Mail
import Synchronization
import Testing

@testable import Store

@Suite("Contents: octets by their hash, once")
struct ContentStoreTests {
    let directory: VaultDirectory
    let vault: Vault

    init() throws {
        directory = try VaultDirectory()
        vault = try directory.open()
    }

    private func temporaries() throws -> [String] { try directory.data.directory("content/tmp").names() }

    @Test(
        "What was written in any pieces is read again under its hash, read-only",
        arguments: [0, 1, 4095, 4096, 65_535, 65_536, 65_537, 300_000, 1_000_000])
    func roundTrip(_ count: Int) throws {
        var dice = Dice(UInt64(count))
        let octets = dice.octets(count)
        let writer = vault.contents.begin()
        for piece in dice.pieces(octets, most: [10, 5000, 400_000][count % 3]) { try writer.write(piece) }
        #expect(writer.head == Array(octets.prefix(4096)))
        #expect(writer.octets == count)
        let content = try writer.finish()
        #expect(content.digest == SHA256.digest(of: octets))
        var early: [UInt8] = []
        try content.read { piece throws(VaultError) in early.append(piece) }
        #expect(early == octets)
        let batch = vault.beginBatch()
        batch.add(content)
        try batch.publish { _ in false }
        try batch.flush()
        batch.end()
        #expect(try directory.contents(of: vault, content.digest) == octets)
        #expect(try vault.contents.verify(content.digest))
        let status = try directory.data.status(of: directory.path(of: content.digest))
        #expect(status.mode == 0o440 && status.links == 1 && status.size == Int64(count))
        #expect(try temporaries().isEmpty)
    }

    @Test("A hundred equal contents are one file, in one batch or in many")
    func once() throws {
        let octets = Dice.fixed(100_000)
        let batch = vault.beginBatch()
        for _ in 0..<10 {
            let writer = vault.contents.begin()
            try writer.write(octets)
            batch.add(try writer.finish())
        }
        try batch.publish { _ in false }
        let digest = SHA256.digest(of: octets)
        let first = try directory.data.status(of: directory.path(of: digest)).identity
        try batch.flush()
        directory.recorded.withLock { _ = $0.insert(digest) }
        batch.end()
        try directory.keep(octets, in: vault)
        #expect(try directory.data.status(of: directory.path(of: digest)).identity == first)
        #expect(try temporaries().isEmpty)
    }

    @Test("A torn orphan of the same name is replaced, and so is a whole one", arguments: [0, 10, 5000])
    func orphan(_ count: Int) throws {
        let octets = Dice.fixed(5000)
        let digest = SHA256.digest(of: octets)
        try directory.data.makeDirectory("content/" + digest.hex.prefix(2), mode: 0o750)
        try directory.data.createFile(directory.path(of: digest), mode: 0o440).write(
            Array(octets.prefix(count)))
        let orphan = try directory.data.status(of: directory.path(of: digest)).identity
        try directory.keep(octets, in: vault)
        #expect(try vault.contents.verify(digest))
        #expect(try directory.data.status(of: directory.path(of: digest)).identity != orphan)
    }

    @Test("A recorded content whose file is gone or cut is put back")
    func putBack() throws {
        let octets = Dice.fixed(70_000)
        let digest = try directory.keep(octets, in: vault)
        try directory.data.remove(directory.path(of: digest))
        #expect(try !vault.contents.verify(digest))
        try directory.keep(octets, in: vault)
        #expect(try vault.contents.verify(digest))
        try directory.data.remove(directory.path(of: digest))
        try directory.data.createFile(directory.path(of: digest), mode: 0o440).write([1])
        try directory.keep(octets, in: vault)
        #expect(try vault.contents.verify(digest))
    }

    @Test("Two batches that need the same new content share one file, and either may be recorded")
    func inFlight() throws {
        let octets = Dice.fixed(10)
        let digest = SHA256.digest(of: octets)
        func pending() throws -> PendingContent {
            let writer = vault.contents.begin()
            try writer.write(octets)
            return try writer.finish()
        }
        let first = vault.beginBatch()
        first.add(try pending())
        try first.publish { _ in false }
        let identity = try directory.data.status(of: directory.path(of: digest)).identity
        let second = vault.beginBatch()
        second.add(try pending())
        try second.publish { _ in false }
        #expect(try directory.data.status(of: directory.path(of: digest)).identity == identity)
        try second.flush()
        first.end()
        // The second still needs it.
        #expect(try !vault.contents.remove(digest) { _ in false })
        second.end()
        #expect(try !vault.contents.remove(digest) { _ in true })
        #expect(try vault.contents.remove(digest) { _ in false })
        #expect(try vault.contents.status(of: digest) == nil)
    }

    @Test("What is dropped before it is published leaves nothing")
    func dropped() throws {
        do {
            let writer = vault.contents.begin()
            try writer.write(Dice.fixed(200_000))
            #expect(try temporaries().count == 1)
        }
        #expect(try temporaries().isEmpty)
        do {
            let writer = vault.contents.begin()
            try writer.write(Dice.fixed(200_000))
            _ = try writer.finish()
        }
        #expect(try temporaries().isEmpty)
    }

    @Test("A start sweeps temporary files, and the sweep removes what no row knows")
    func sweeps() throws {
        try directory.data.createFile("content/tmp/17", mode: 0o600).write([1])
        try directory.data.createFile("originals/tmp/3", mode: 0o600).write([1])
        try directory.data.createFile("documents/.tmp/3", mode: 0o600).write([1])
        let kept = try directory.keep([1, 2, 3], in: vault)
        let lost = try directory.keep([4, 5, 6], in: vault)
        directory.recorded.withLock { _ = $0.remove(lost) }
        let again = try directory.open()
        #expect(try temporaries().isEmpty)
        #expect(try directory.data.directory("originals/tmp").names().isEmpty)
        #expect(try directory.data.directory("documents/.tmp").names().isEmpty)
        #expect(try again.contents.sweep { directory.isRecorded($0) } == 1)
        #expect(try again.contents.verify(kept))
        #expect(try again.contents.status(of: lost) == nil)
    }

    @Test("Other octets under a name are found out")
    func verify() throws {
        let digest = try directory.keep([1, 2, 3], in: vault)
        try directory.data.remove(directory.path(of: digest))
        try directory.data.createFile(directory.path(of: digest), mode: 0o440).write([1, 2, 4])
        #expect(try !vault.contents.verify(digest))
        let missing = SHA256.digest(of: [9])
        let error = #expect(throws: VaultError.self) { try vault.contents.open(missing).status() }
        #expect(error?.isMissing == true)
    }

    @Test(
        "A full disk is an error that says so, leaves nothing half, and is over when there is space",
        .enabled(if: SmallDisk.isPossible, "only root may mount a small disk"))
    func fullDisk() throws {
        let disk = try SmallDisk(octets: 4 << 20)
        let vault = try Vault.open(in: disk.directory, lastOriginal: nil)
        let writer = vault.contents.begin()
        let error = #expect(throws: VaultError.self) {
            for _ in 0..<100 { try writer.write(Dice.fixed(100_000)) }
        }
        #expect(error?.isOutOfSpace == true && error?.isTransient == true)
        let original = vault.originals.begin()
        let full = #expect(throws: VaultError.self) {
            let octets = Dice.fixed(1_000_000)
            for _ in 0..<5 { try original.literal(octets) }
            _ = try original.finish(
                sha256: SHA256.digest(of: octets), octets: 5_000_000, contents: { _ in preconditionFailure() }
            )
        }
        #expect(full?.isOutOfSpace == true)
    }

    @Test(
        "An original that finds the disk full is cut off again, and the next one is whole",
        .enabled(if: SmallDisk.isPossible, "only root may mount a small disk"))
    func fullSegment() throws {
        let disk = try SmallDisk(octets: 4 << 20)
        let vault = try Vault.open(in: disk.directory, lastOriginal: nil)
        func keep(_ octets: [UInt8]) throws -> StoredOriginal {
            let writer = vault.originals.begin()
            try writer.literal(octets)
            return try writer.finish(
                sha256: SHA256.digest(of: octets), octets: octets.count,
                contents: { _ in preconditionFailure() })
        }
        var kept: [StoredOriginal] = []
        let error = #expect(throws: VaultError.self) {
            for _ in 0..<10 { kept.append(try keep(Dice.fixed(900_000))) }
        }
        #expect(error?.isOutOfSpace == true)
        kept.append(try keep(Dice.fixed(20_000)))
        for original in kept {
            try vault.originals.stream(original.location, sha256: original.sha256, contents: vault.contents) {
                _ in
            }
        }
        var found: [OriginalScanner.Found] = []
        try OriginalScanner(disk.directory.directory("originals")).scan(segment: 1, verifyingLiterals: true) {
            found.append($0)
        }
        #expect(found.count == kept.count)
    }
}

extension Dice {
    static func fixed(_ count: Int) -> [UInt8] {
        var dice = Dice(7)
        return dice.octets(count)
    }
}

/// A small file system in memory, on which a write is cut in half when it is full.
final class SmallDisk {
    let directory: Directory
    private let path: String

    static let isPossible: Bool = {
        guard geteuid() == 0, let disk = try? SmallDisk(octets: 1 << 20) else { return false }
        return withExtendedLifetime(disk) { true }
    }()

    init(octets: Int) throws {
        var template = Array("/tmp/mailroom-disk-XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil, "the tests need a directory")
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(octets)") == 0 else {
            rmdir(path)
            throw FileError(code: EPERM, doing: "mounting a small disk")
        }
        directory = try Directory.open(path: path)
    }

    deinit {
        umount2(path, 2)  // MNT_DETACH: the directory is still open
        rmdir(path)
    }
}
