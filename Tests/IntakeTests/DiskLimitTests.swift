import Glibc
import Mail
import Mailroom
import TestServers
import Testing

@testable import Intake
@testable import Store

@Suite("What people do in the tree of documents, at the limits of the system")
struct DiskLimitTests {
    private static let home = DiskOffice.home

    @Test(
        "a new version that there is no room to keep waits in its file, and comes in when there is room",
        .enabled(if: SmallDisk.isPossible, "skipped: a full disk needs root, for a tmpfs of its own"))
    func fullDisk() async throws {
        let small = try #require(SmallDisk(octets: 8 << 20))
        do {
            let disk = try await DiskOffice(try await Firm(path: small.path + "/data", isEditable: true))
            try await disk.office.upload("a.pdf", "one", to: "Internal")
            try await disk.office.upload("b.pdf", "two", to: "Internal")
            await disk.settle()
            // A third of what is free, and then all the rest but a little.
            let free = try disk.firm.data.vault.freeOctets()
            let third = free / 3
            disk.people("head -c \(third) /dev/zero > Internal/a.pdf; rm Internal/b.pdf")
            disk.people("head -c \(free - third - (512 << 10)) /dev/zero > ../../fill")
            await disk.settle()
            #expect(try await disk.documents() == ["Internal/a.pdf=one (0)"])
            #expect(try await disk.reports() == ["room \(Self.home) 1"])
            // What needs no room is not kept waiting.
            #expect(try await disk.documents(isTrash: true) == ["Internal/b.pdf=two (0)"])
            let size = ChildProcess.run(["stat", "-c", "%s", "\(disk.tree)/\(Self.home)/Internal/a.pdf"]).text
            #expect(size == "\(third)\n")
            disk.people("rm ../../fill")
            // Not by a pass: by itself.
            for _ in 0..<3 { await disk.look() }
            let (reports, deeds) = (try await disk.reports(), try await disk.deeds())
            #expect(reports == [])
            #expect(deeds == ["file.trash Internal/b.pdf", "file.version Internal/a.pdf"])
            let versions = try await disk.firm.store.read { transaction in
                try transaction.shelf(ShelfQuery()).map(\.versions)
            }
            #expect(versions == [1])
        }
    }

    @Test("more events than the kernel keeps: all is looked at, in every account")
    func overflow() async throws {
        let disk = try await DiskOffice()
        let other = try await DocumentOffice(disk.firm, try await disk.firm.account("20077"))
        try await other.desk.arrangeFolders(of: other.account)
        await disk.keeper.beginWatching()
        await disk.settle()
        let text = TestDirectory.read("/proc/sys/fs/inotify/max_queued_events") ?? []
        let limit = Int(String(decoding: text, as: UTF8.self).filter(\.isNumber)) ?? 16384
        try #require(limit <= 100_000)
        let path = "\(disk.tree)/\(Self.home)/Internal"
        for number in 0..<(limit / 2 + 100) {
            mkdir("\(path)/\(number)", 0o700)
            rmdir("\(path)/\(number)")
        }
        // The kernel has no room to tell of this any more.
        disk.people("printf x > Internal/x.pdf", in: "20077 Account 20077")
        for _ in 0..<3 { await disk.look() }
        #expect(try await disk.documents(of: other.account) == ["Internal/x.pdf=x (0)"])
    }

    @Test("what was written again before it was taken is not a version of half of it")
    func writtenAgain() async throws {
        let disk = try await DiskOffice()
        await disk.keeper.beginWatching()
        try await disk.office.upload("a.pdf", "one", to: "Internal")
        await disk.settle()
        let file = open("\(disk.tree)/\(Self.home)/Internal/a.pdf", O_WRONLY)
        #expect(write(file, "half", 4) == 4)
        close(file)
        await disk.keeper.lookAtDue()
        let again = open("\(disk.tree)/\(Self.home)/Internal/a.pdf", O_WRONLY | O_APPEND)
        #expect(write(again, " and", 4) == 4)
        // It is open: whatever its age, nobody takes it.
        for _ in 0..<4 { await disk.look() }
        #expect(try await disk.documents() == ["Internal/a.pdf=one (0)"])
        #expect(write(again, " half", 5) == 5)
        close(again)
        for _ in 0..<3 { await disk.look() }
        #expect(try await disk.documents() == ["Internal/a.pdf=half and half (1)"])
    }
}
