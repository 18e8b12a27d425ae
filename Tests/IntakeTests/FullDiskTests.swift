import Glibc
import TestServers
import Testing

@testable import Intake
@testable import Store

@Suite("With a full disk nothing is acknowledged, and nothing is lost")
struct FullDiskTests {
    @Test(
        "F8: with the disk full nothing is acknowledged; when there is room again nothing is lost",
        .enabled(if: SmallDisk.isPossible, "skipped: F8 needs root, for a tmpfs of its own"),
        // Written as they come, and written when they get their names.
        arguments: [200_000, 50_000])
    func f8_full(octets: Int) async throws {
        let server = FakeMailServer()
        let messages = 4_800_000 / octets
        for number in 1...messages {
            server.deliver(Letter(number, .pdf("\(number).pdf", number, octets: octets)).octets)
        }
        let disk = try #require(SmallDisk(octets: 2 << 20))
        do {
            let firm = try await Firm(path: disk.path + "/data")
            try await firm.account("10482", "kate@smith.example")
            var source = firm.source(server)
            source.batch = 4
            for _ in 1...6 {
                await #expect(throws: (any Error).self) { try await firm.sync(source) }
                #expect(firm.health.health(of: "office")?.state == .waiting)
            }
            disk.grow(octets: 64 << 20)
            var rules = await firm.recorder.currentRules
            rules.minimumFree = .max
            await firm.recorder.setRules(rules)
            await #expect(throws: (any Error).self) { try await firm.sync(source) }
            // What a full disk could not even take back is taken back before anything else.
            let placements = try await firm.placements()
            #expect(placements.allSatisfy { $0.state == "recorded" || $0.attempts == 0 })
            #expect(!placements.contains { $0.state == "quarantined" })
            rules.minimumFree = 0
            await firm.recorder.setRules(rules)
            try await firm.sync(source)
            try await firm.check(server.everything(in: "INBOX"))
            #expect(try await firm.documents().count == messages)
        }
    }

    @Test("with less space than the configuration wants free no body is fetched, and afterwards all are")
    func minimumFree() async throws {
        let server = FakeMailServer()
        server.deliver(Letter(1, .pdf("1.pdf", 1)).octets)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        var rules = await firm.recorder.currentRules
        rules.minimumFree = .max
        await firm.recorder.setRules(rules)
        await #expect(throws: (any Error).self) { try await firm.sync(server) }
        #expect(firm.health.health(of: "office")?.state == .waiting)
        #expect(firm.health.health(of: "office")?.error?.contains("free on the disk") == true)
        #expect(!server.commands.contains { $0.hasPrefix("UID FETCH") })
        rules.minimumFree = 0
        await firm.recorder.setRules(rules)
        try await firm.sync(server)
        #expect(try await firm.documents().count == 1)
    }
}

/// A file system of a few megabytes.
final class SmallDisk {
    static let isPossible = geteuid() == 0
    let path: String
    private let directory = TestDirectory()

    init?(octets: Int) {
        path = directory.file("disk")
        mkdir(path, 0o755)
        guard ChildProcess.run(["mount", "-t", "tmpfs", "-o", "size=\(octets)", "tmpfs", path]).status == 0
        else { return nil }
    }

    func grow(octets: Int) {
        _ = ChildProcess.run(["mount", "-o", "remount,size=\(octets)", path])
    }

    deinit { _ = ChildProcess.run(["umount", "-l", path]) }
}
