import Glibc
import Mail
import SQLite
import TestServers
import Testing

extension EndToEnd {
    @Suite(
        "Trouble stays where it is",
        .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"))
    struct TroubleTests {
        @Test("F20: wrong password, nobody there, expired certificate: each named, the other source unharmed")
        func sources() async throws {
            guard let server = DovecotServer(), let certificates = TestCertificates(),
                let expired = TestTLSServer(.expired, of: certificates)
            else { throw NoServer() }
            let good = Firm.Source(port: server.port)
            let firm = Firm([
                good,
                Firm.Source(name: "forgotten", port: server.port, secret: "wrong"),
                Firm.Source(name: "nobody", port: TestSocket.freePort()),
                Firm.Source(
                    name: "stale", port: expired.port, lines: "ca_file = \"\(certificates.caFile)\"",
                    security: "tls"),
            ])
            try firm.addClients()
            let daemon = firm.serve()
            let isSettled = try await until(30) {
                guard let sources = firm.status()?.sources else { return false }
                return sources.allSatisfy { $0.name == "office" ? $0.state == "idle" : $0.error != nil }
            }
            let status = try #require(firm.status())
            #expect(isSettled, "\(status)")
            // In the server's own words.
            #expect(status.source("forgotten")?.error?.contains("Authentication failed") == true, "\(status)")
            #expect(status.source("forgotten")?.state == "failed")
            #expect(status.source("nobody")?.error?.lowercased().contains("refused") == true, "\(status)")
            #expect(status.source("stale")?.error?.contains("expired") == true, "\(status)")
            for name in ["forgotten", "nobody", "stale"] { #expect(status.source(name)?.nextTry != nil) }
            #expect(status.problems.count == 3, "\(status.problems)")
            #expect(firm.run("status").status == 1)

            let letters = (0..<8).map { Letter.number($0) }
            for letter in letters { server.deliver(letter.octets, to: "office") }
            #expect(try await until(20) { firm.status()?.source("office")?.messagesAccounted == 8 })
            #expect(firm.status()?.source("office")?.error == nil)
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0)
            #expect(!firm.logText.contains("wrong\n"))
            let report = try Oracle(firm: firm, sources: [good], letters: letters).report()
            #expect(report.damages.isEmpty, "\(report.damages)")
        }

        @Test("F8: disk full during filing: nothing acknowledged; within 60 s of space it goes on by itself")
        func full() async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            guard geteuid() == 0, let disk = SmallDisk(megabytes: 24) else {
                try Test.cancel("only root can mount a small disk")
            }
            let source = Firm.Source(port: server.port)
            let firm = Firm([source], data: disk.file("data"))
            try firm.addClients()
            let daemon = firm.serve()
            #expect(try await until(20) { firm.status()?.source("office")?.state == "idle" })
            disk.fill(leaving: 400_000)
            let letters = (0..<16).map { number in
                Letter(
                    "big\(number)", from: Firm.clients[number % 3],
                    attachments: [
                        Letter.Attachment(
                            octets: Letter.pdf("\(number)")
                                + [UInt8](repeating: UInt8(number), count: 300_000))
                    ])
            }
            for letter in letters { server.deliver(letter.octets, to: "office") }
            #expect(try await until(30) { firm.status()?.source("office")?.error != nil }, "\(firm.logText)")
            let words = firm.status()?.source("office")?.error
            print("the disk is full: \(words ?? "no words")")
            #expect(daemon.ended == nil)
            do {
                let database = try firm.openDatabase()
                let whole = try database.rows(
                    "SELECT uid FROM placement WHERE state = 'recorded'",
                    read: { $0.int(0) })
                // What is acknowledged is there; the rest is not acknowledged.
                #expect(whole.count < letters.count)
            }
            disk.empty()
            let began = ContinuousClock.now
            #expect(
                try await until(60) { firm.status()?.source("office")?.messagesAccounted == 16 },
                "\(firm.logText.suffix(3000))")
            print("went on \(ContinuousClock.now - began) after there was space")
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0)
            let report = try Oracle(firm: firm, sources: [source], letters: letters).report()
            #expect(report.damages.isEmpty, "\(report.damages)")
        }
    }
}

/// A file system in memory, too small on purpose: a real ENOSPC, with real partial writes.
final class SmallDisk: Sendable {
    private let directory = TestDirectory()

    /// Nil where it can't be mounted.
    init?(megabytes: Int) {
        let mounted = ChildProcess.run([
            "mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", directory.path,
        ])
        guard mounted.status == 0 else { return nil }
    }

    deinit { _ = ChildProcess.run(["umount", "-l", directory.path]) }

    func file(_ name: String) -> String { directory.file(name) }

    /// Fills it up to so many octets.
    func fill(leaving octets: Int) {
        var space = statvfs()
        precondition(statvfs(directory.path, &space) == 0, "a mounted disk has a size")
        let count = Int(space.f_bavail) * Int(space.f_frsize) - octets
        let file = open(directory.file("ballast"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(file) }
        precondition(posix_fallocate(file, 0, count) == 0, "there is room for what is free")
    }

    func empty() { unlink(directory.file("ballast")) }
}
