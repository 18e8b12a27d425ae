import Glibc
import Mail
import TestServers
import Testing

extension EndToEnd {
    @Suite(
        "A mail that nobody can read",
        .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"))
    struct PoisonTests {
        @Test(
            "F6: one unparsable mail first in the folder: set aside after two restarts, the others flow",
            .enabled(if: Binary.takesOrders, "a release build takes no orders to fail"))
        func poison() async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            let poison = Letter("poison", from: Firm.clients[0], subject: "a STRYCHNINE letter")
            let letters = [poison] + (0..<12).map { Letter.number($0) }
            for letter in letters { server.deliver(letter.octets, to: "office") }
            let source = Firm.Source(port: server.port)
            let firm = Firm([source])
            try firm.addClients()
            let order = ["MAILROOM_FAULT": "crash:parsed:STRYCHNINE"]
            for start in 1...2 {
                let daemon = firm.serve(order)
                let end = try #require(await daemon.end(within: 30), "start \(start) met no poison")
                #expect([SIGILL, SIGTRAP, SIGABRT].contains(end - 128), "start \(start) ended with \(end)")
            }
            let daemon = firm.serve(order)
            let isDone = try await until(30) {
                firm.status()?.source("office").map { $0.state == "idle" && $0.messagesAccounted == 13 }
                    ?? false
            }
            #expect(isDone, "\(firm.logText.suffix(2000))")
            let status = try #require(firm.status())
            #expect(status.quarantined == 1)
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0)
            let report = try Oracle(firm: firm, sources: [source], letters: letters, mayBeAside: ["poison"])
                .report()
            #expect(report.damages.isEmpty, "\(report.damages)")
            #expect(report.aside == 1)
        }

        @Test(
            "F6: a mail that takes all the memory is set aside after four kills, and no other is",
            .enabled(if: Binary.takesOrders, "a release build takes no orders to fail"))
        func smothering() async throws {
            guard let server = DovecotServer() else { throw NoServer() }
            let poison = Letter("poison", from: Firm.clients[0], subject: "a STRYCHNINE letter")
            let letters = (0..<6).map { Letter.number($0) } + [poison] + (6..<12).map { Letter.number($0) }
            for letter in letters { server.deliver(letter.octets, to: "office") }
            let source = Firm.Source(port: server.port)
            let firm = Firm([source])
            try firm.addClients()
            let order = ["MAILROOM_FAULT": "smother:parsed:STRYCHNINE"]
            // Once in its batch, three times alone: a kill may be anybody's, so it takes longer than a crash.
            for start in 1...4 {
                let killed = firm.run("sync", "--once", environment: order)
                #expect(killed.status == 128 + SIGKILL, "start \(start): \(killed.text)")
            }
            let last = firm.run("sync", "--once", environment: order)
            #expect(last.status == 0, "\(last.text)")
            let report = try Oracle(firm: firm, sources: [source], letters: letters, mayBeAside: ["poison"])
                .report()
            #expect(report.damages.isEmpty, "\(report.damages)")
            #expect(report.aside == 1)
        }
    }
}
