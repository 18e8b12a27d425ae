import Glibc
import Mail
import TestServers
import Testing

extension EndToEnd {
    @Suite(
        "At every call of whatever makes things durable",
        .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"))
    struct CallTests {
        private let letters = (0..<14).map { Letter.number($0) }

        private func fill(_ server: DovecotServer) -> Firm.Source {
            for letter in letters { server.deliver(letter.octets, to: "office") }
            return Firm.Source(port: server.port, lines: "batch = 4")
        }

        /// Of a fresh firm, after something went wrong: a clean sync, and what the oracle says.
        private func settle(_ firm: Firm, _ source: Firm.Source) throws -> [Damage] {
            let clean = firm.run("sync", "--once", "--json")
            if clean.status != 0 {
                return [Damage("the clean sync ended with \(clean.status): \(clean.text)")]
            }
            return try Oracle(firm: firm, sources: [source], letters: letters).report().damages
        }

        @Test("F9: killed at the n-th flush, rename, link or half-done write, for every n")
        func everyCall() async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            let library = TestDirectory()
            guard let compiler = ChildProcess.find("cc") ?? ChildProcess.find("clang") else {
                try Test.cancel("no C compiler is installed")
            }
            let compiled = ChildProcess.run([
                compiler, "-shared", "-fPIC", "-O2", "-o", library.file("kill.so"),
                Shared.package + "/Tests/Checks/kill.c",
            ])
            try #require(compiled.status == 0, "\(compiled.text)")
            let source = fill(server)
            let order = ["LD_PRELOAD": library.file("kill.so"), "MAILROOM_KILL_COUNT": library.file("count")]

            let unharmed = Firm([source])
            try unharmed.addClients()
            try #require(unharmed.run("sync", "--once", environment: order).status == 0)
            let text = String(
                decoding: try #require(TestDirectory.read(library.file("count"))), as: UTF8.self)
            let total = try #require(Int(text.prefix { $0.isNumber }))
            var dice = Dice(seed: Effort.seed)
            let places = (1...total).shuffled(using: &dice).prefix(Effort.killedCalls).sorted()
            print("seed \(Effort.seed): \(places.count) of \(total) calls are the last")
            try #require(total > 50)
            var kills = 0
            for place in places {
                let firm = Firm([source])
                try firm.addClients()
                let settings = order.merging(["MAILROOM_KILL_AT": "\(place)"]) { own, _ in own }
                let killed = firm.run("sync", "--once", environment: settings)
                // Threads race: now and then there are some calls less.
                if killed.status == 128 + SIGKILL { kills += 1 }
                #expect([0, 128 + SIGKILL].contains(killed.status), "\(killed.text)")
                let damages = try settle(firm, source)
                #expect(damages.isEmpty, "call \(place): \(damages.prefix(20))")
            }
            print("\(kills) kills, each followed by a clean sync")
            #expect(kills > places.count / 2)
        }

        struct Fault: Sendable, CustomTestStringConvertible {
            let call: String
            let what: String
            var testDescription: String { "\(call) \(what)" }
        }

        @Test(
            "the disk refuses, once: nothing is acknowledged that isn't there, and the next sync has it all",
            .enabled(if: ChildProcess.find("strace") != nil, "strace is not installed"),
            arguments: [
                Fault(call: "syncfs", what: "error=EIO"), Fault(call: "fdatasync", what: "error=EIO"),
                Fault(call: "pwrite64", what: "error=ENOSPC"), Fault(call: "renameat", what: "error=EIO"),
                Fault(call: "linkat", what: "error=EIO"), Fault(call: "linkat", what: "error=EMLINK"),
                Fault(call: "syncfs", what: "signal=KILL"), Fault(call: "fdatasync", what: "signal=KILL"),
            ])
        func refused(_ fault: Fault) async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            let source = fill(server)
            let firm = Firm([source])
            try firm.addClients()
            let answer = ChildProcess.run([
                "strace", "-f", "--seccomp-bpf", "-qqq", "-o", firm.directory.file("strace"), "-e",
                "trace=\(fault.call)", "-e", "inject=\(fault.call):\(fault.what):when=1", Binary.path, "-C",
                firm.configuration, "sync", "--once",
            ])
            let trace = String(
                decoding: TestDirectory.read(firm.directory.file("strace")) ?? [], as: UTF8.self)
            if trace.isEmpty { try Test.cancel("this machine lets nobody be traced: \(answer.text)") }
            print("\(fault.testDescription): ended with \(answer.status)")
            let damages = try settle(firm, source)
            #expect(damages.isEmpty, "\(answer.text)\n\(damages.prefix(20))")
        }
    }
}
