import Glibc
import Mail
import TestServers
import Testing

extension EndToEnd {
    @Suite(
        "Killed at the n-th call of whatever makes things durable",
        .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"),
        .enabled(if: ChildProcess.find("strace") != nil, "strace is not installed"))
    struct CallTests {
        /// strace counts for each thread, so one number kills at the first thread that gets so far.
        @Test(
            "F9: killed when it is about to",
            arguments: [
                "fsync", "fdatasync", "syncfs", "rename", "renameat", "renameat2", "linkat", "pwrite64",
                "ftruncate",
                "mkdirat", "unlinkat",
            ])
        func about(to call: String) async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            let letters = (0..<9).map { Letter.number($0) }
            for letter in letters { server.deliver(letter.octets, to: "office") }
            let source = Firm.Source(port: server.port, lines: "batch = 4")
            var kills = 0
            var damaged = 0
            for time in 1...Effort.killedCalls {
                let firm = Firm([source])
                try await firm.addClients()
                let killed = ChildProcess.run([
                    "strace", "-f", "--seccomp-bpf", "-qqq", "-o", firm.directory.file("strace"), "-e",
                    "trace=\(call)", "-e", "inject=\(call):signal=KILL:when=\(time)", Binary.path, "-C",
                    firm.configuration, "sync", "--once",
                ])
                if killed.text.contains("PTRACE_TRACEME") || killed.text.contains("Operation not permitted") {
                    try Test.cancel("this machine lets nobody be traced")
                }
                let clean = firm.run("sync", "--once", "--json")
                #expect(clean.status == 0, "\(call) \(time): \(clean.text)")
                let report = try Oracle(firm: firm, sources: [source], letters: letters).report()
                #expect(report.damages.isEmpty, "\(call) \(time): \(report.damages.prefix(20))")
                damaged += report.damages.count
                if killed.status == 0 { break }
                try #require(killed.status == 128 + SIGKILL, "\(killed.status) \(killed.text)")
                kills += 1
            }
            print("killed at \(call): \(kills) times, \(damaged) damages")
        }
    }
}
