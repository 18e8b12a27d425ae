import Glibc
import SQLite
import TestServers
import Testing

extension EndToEnd {
    @Suite("Many mailboxes, one daemon")
    struct ManySourcesTests {
        @Test("each is noticed, with a handful of threads and little memory")
        func many() async throws {
            let count = Effort.sources
            // Its own thread for each connection is the server's affair, and not of the process we look at.
            let server = FakeMailServer()
            let firm = Firm((1...count).map { Firm.Source(name: "box\($0)", port: server.port) })
            try firm.addClients()
            let began = ContinuousClock.now
            let daemon = firm.serve()
            #expect(
                try await until(120) { server.idlers == count },
                "\(server.idlers) idle: \(firm.logText.suffix(2000))")
            let connected = ContinuousClock.now - began
            // Threads are lent for a while; what an idle daemon keeps is what counts.
            _ = try await until(10) { (daemon.figure("Threads") ?? 0) < 12 }
            let (threads, memory) = (daemon.figure("Threads") ?? 0, (daemon.figure("VmRSS") ?? 0) / 1024)
            let asked = ContinuousClock.now
            #expect(firm.run("status", "--json").text.contains("box1"))
            let answered = ContinuousClock.now - asked
            let database = try firm.openDatabase()
            let delivered = ContinuousClock.now
            server.deliver(Letter.number(2).octets)
            let isDone = try await until(60) {
                try database.first(
                    "SELECT count(*) FROM placement WHERE state = 'recorded'", read: { $0.int(0) }) == count
            }
            print(
                "\(count) sources: idle after \(connected), \(threads) threads, \(memory) MB resident "
                    + "(peak \((daemon.figure("VmHWM") ?? 0) / 1024)); status answered in \(answered); "
                    + "all noticed one mail each within \(ContinuousClock.now - delivered)")
            #expect(isDone)
            #expect(threads <= 16)
            #expect(memory <= (Effort.isMeasured ? 100 : 250))
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0)
        }
    }
}
