import Glibc
import Mail
import TestServers
import Testing

extension EndToEnd {
    @Suite(
        "Killed: server, ledger and disk agree to the last part",
        .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"))
    struct KillTests {
        /// Runs until all is synced, and compares.
        private func settle(_ firm: Firm, _ sources: [Firm.Source], _ letters: [Letter]) throws
            -> Oracle.Report
        {
            for _ in 0..<2 {
                let clean = firm.run("sync", "--once", "--json")
                #expect(clean.status == 0, "\(clean.text)")
            }
            return try Oracle(firm: firm, sources: sources, letters: letters).report()
        }

        @Test("F9: random kill -9 while mail arrives")
        func random() async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            print("seed \(Effort.seed): MAILROOM_SEED=\(Effort.seed) has this run again")
            var dice = Dice(seed: Effort.seed)
            let source = Firm.Source(port: server.port, lines: "batch = 20")
            let firm = Firm([source])
            try firm.addClients()
            let feeder = Feeder(server, dice: Dice(seed: Effort.seed + 1))
            let began = ContinuousClock.now
            var early = 0
            for _ in 0..<Effort.kills {
                let daemon = firm.serve()
                // The moment is what is random: from before it is ready until long after it has caught up.
                Pause.milliseconds(Int.random(in: 20...1500, using: &dice))
                if daemon.kill() != 128 + SIGKILL { early += 1 }
            }
            let letters = try await feeder.stop()
            let report = try settle(firm, [source], letters)
            print(
                "\(Effort.kills) kills in \(ContinuousClock.now - began), \(letters.count) letters: "
                    + report.figures
            )
            #expect(early == 0, "it ended by itself: \(firm.logText.suffix(2000))")
            #expect(report.damages.isEmpty, "\(report.damages.prefix(20))")
        }

        @Test(
            "F9: killed at every step between the wire and the ledger",
            .enabled(if: Binary.takesOrders, "a release build takes no orders to fail"),
            arguments: ["parsed", "published", "flushed", "committed", "placed"])
        func everyStep(_ point: String) async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            let letters = (0..<9).map { Letter.number($0) }
            for letter in letters { server.deliver(letter.octets, to: "office") }
            let source = Firm.Source(port: server.port, lines: "batch = 4")
            var kills = 0
            for time in 1...100 {
                let firm = Firm([source])
                try firm.addClients()
                let killed = firm.run(
                    "sync", "--once", environment: ["MAILROOM_FAULT": "kill:\(point):\(time)"])
                let report = try settle(firm, [source], letters)
                #expect(report.damages.isEmpty, "\(point) \(time): \(report.damages.prefix(20))")
                if killed.status == 0 { break }
                try #require(killed.status == 128 + SIGKILL, "\(killed.text)")
                kills += 1
            }
            print("killed at \(point): \(kills) times")
            #expect(kills > 0)
        }

        @Test(
            "with the order of file and commit reversed the same test finds damage",
            .enabled(if: Binary.takesOrders, "a release build takes no orders to fail"))
        func reversed() async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            let letters = (0..<9).map { Letter.number($0) }
            for letter in letters { server.deliver(letter.octets, to: "office") }
            let source = Firm.Source(port: server.port, lines: "batch = 4")
            for time in 1...2 {
                let firm = Firm([source])
                try firm.addClients()
                let killed = firm.run(
                    "sync", "--once", environment: ["MAILROOM_FAULT": "commit-first:committed:\(time)"])
                #expect(killed.status == 128 + SIGKILL, "\(killed.text)")
                let clean = firm.run("sync", "--once", "--json")
                let report = try Oracle(firm: firm, sources: [source], letters: letters).report()
                print("reversed, killed at commit \(time), then \(clean.status): \(report.figures)")
                #expect(!report.damages.isEmpty, "the oracle is blind")
            }
        }
    }
}
