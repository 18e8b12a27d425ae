import IMAP
import Mail
import Mailroom
import TestServers
import Testing
import Workers

@testable import Intake

@Suite("Failure stories of connections: throttled, refused, half open")
struct ServerWordsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let verb: String
        let answer: String
        let seconds: ClosedRange<Int64>

        init(_ sentence: String, _ verb: String, _ answer: String, _ seconds: ClosedRange<Int64>) {
            testDescription = sentence
            self.verb = verb
            self.answer = answer
            self.seconds = seconds
        }
    }

    @Test(
        "F17: a server that wants to be left alone is, and staff see its words",
        arguments: [
            Case("over quota at EXAMINE", "EXAMINE", "NO [OVERQUOTA] Account exceeded limits", 45...75),
            Case("unavailable at login", "AUTHENTICATE", "NO [UNAVAILABLE] Come back later", 45...75),
            Case("throttled in a FETCH", "UID FETCH", "NO [THROTTLED] Too much", 45...75),
            Case(
                "a time is named", "UID SEARCH",
                "BAD Request is throttled. Suggested Backoff Time: 297 seconds", 297...375),
            Case("goodbye", "UID FETCH", "* BYE [UNAVAILABLE] Too many connections", 45...75),
            Case(
                "bandwidth used up", "UID FETCH", "* BYE [OVERQUOTA] Account exceeded bandwidth limits",
                45...75),
        ])
    func f17_throttled(_ story: Case) async throws {
        let server = FakeMailServer()
        for number in 1...3 { server.deliver(Letter(number, .pdf("\(number).pdf", number)).octets) }
        server.fail { $0.answers[story.verb] = story.answer }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        await #expect(throws: (any Error).self) { try await firm.sync(server) }
        let health = try #require(firm.health.health(of: "office"))
        #expect(health.state == .waiting)
        let words = story.answer.split(separator: "]").last.map(String.init) ?? ""
        #expect(health.error?.contains(words.split(separator: " ").suffix(2).joined(separator: " ")) == true)
        let wait = try #require(health.nextTry).seconds - firm.clock.now.seconds
        #expect(story.seconds.contains(wait), "\(wait) s")
        // It is no message's fault.
        #expect(
            try await firm.placements().allSatisfy {
                $0.state == "wanted" && $0.tries == 0 && $0.attempts == 0
            })
        server.fail { $0.answers = [:] }
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(firm.health.health(of: "office")?.error == nil)
    }

    @Test("F17: the daily budget ends the day's reading, not a message's, and every day gets further")
    func f17_budget() async throws {
        let server = FakeMailServer()
        for number in 1...6 {
            server.deliver(Letter(number, .pdf("\(number).pdf", number, octets: 100_000)).octets)
        }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        var source = firm.source(server)
        source.batch = 1
        source.dailyOctets = 200_000
        var days: [Int] = []
        for _ in 1...6 {
            do {
                try await firm.sync(source)
                days.append(try await firm.documents().count)
                break
            } catch {
                days.append(try await firm.documents().count)
                let health = try #require(firm.health.health(of: "office"))
                #expect(health.state == .waiting && health.error?.contains("budget") == true)
                let next = try #require(health.nextTry)
                #expect(next.seconds % 86_400 == 0 && next > firm.clock.now)
                // Tried again on the same day it reads no body.
                let before = server.commands.count
                _ = try? await firm.sync(source)
                #expect(!server.commands.dropFirst(before).contains { $0.hasPrefix("UID FETCH") })
                firm.clock.advance(days: 1)
            }
        }
        #expect(days == [2, 4, 6] || days == [2, 4, 6, 6], "\(days)")
        try await firm.check(server.everything(in: "INBOX"))
        let bodies = server.commands.filter { $0.contains("BODY.PEEK[])") }
        #expect(bodies.count == 6, "each is downloaded once")
    }

    @Test("F18: an IDLE that nobody speaks on any more is noticed, and news come all the same")
    func f18_halfOpen() async throws {
        let server = FakeMailServer()
        server.deliver(Letter(1, .pdf("1.pdf", 1)).octets)
        server.fail { $0.halfOpenIdle = true }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        var source = firm.source(server)
        source.poll = 1
        source.endpoint.commandSeconds = 1
        let service = firm.service(source)
        let running = Task { await service.run() }
        await server.reached { $0.contains("IDLE") }
        server.deliver(Letter(2, .pdf("2.pdf", 2)).octets)
        await server.reached { commands in commands.contains { $0.hasPrefix("UID FETCH 2 ") } }
        await server.reached { $0.filter { $0 == "IDLE" }.count >= 2 }
        running.cancel()
        await running.value
        #expect(try await firm.documents().count == 2)
    }

    @Test("news come by IDLE, and a bell wakes a source that idles")
    func idleAndBell() async throws {
        let server = FakeMailServer()
        server.change("Other") { _ in }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        let service = firm.service(firm.source(server))
        let running = Task { await service.run() }
        await server.reached { $0.contains("IDLE") }
        server.deliver(Letter(1, .pdf("1.pdf", 1)).octets)
        await server.reached { commands in commands.contains { $0.hasPrefix("UID FETCH 1 ") } }
        await server.reached { $0.filter { $0 == "IDLE" }.count >= 2 }
        // Nobody was asked since how many there are, and "1 of 0" would be nonsense.
        let health = try #require(firm.health.health(of: "office"))
        #expect(health.messagesAccounted == 1 && health.messagesOnServer == 1)
        // Nobody pushes what is in another mailbox.
        server.deliver(Letter(2, .pdf("2.pdf", 2)).octets, to: "Other")
        firm.bell.ring()
        await server.reached { commands in commands.contains { $0.contains("EXAMINE \"Other\"") } }
        await server.reached { commands in commands.filter { $0.hasPrefix("UID FETCH 1 ") }.count >= 2 }
        await server.reached { $0.filter { $0 == "IDLE" }.count >= 3 }
        let began = ContinuousClock.now
        running.cancel()
        await running.value
        #expect(began.duration(to: .now) < .seconds(20))
        #expect(try await firm.documents().count == 2)
        #expect(server.connections == 1, "a bell costs no login")
    }

    @Test("with NOTIFY, news of another mailbox come as soon; without its yes, all is as before")
    func notified() async throws {
        for isAgreed in [true, false] {
            let server = FakeMailServer()
            server.change("Other") { _ in }
            server.fail { faults in
                faults.capabilities += " NOTIFY"
                if !isAgreed { faults.answers["NOTIFY"] = "NO [NOTIFICATIONOVERFLOW] not for you" }
            }
            let firm = try await Firm()
            try await firm.account("10482", "kate@smith.example")
            let service = firm.service(firm.source(server))
            let running = Task { await service.run() }
            #expect(try await until(20) { server.idlers == 1 })
            server.deliver(Letter(1, .pdf("1.pdf", 1)).octets, to: isAgreed ? "Other" : "INBOX")
            await server.reached { commands in commands.contains { $0.hasPrefix("UID FETCH 1 ") } }
            #expect(try await until(20) { server.idlers == 1 })
            running.cancel()
            await running.value
            #expect(try await firm.documents().count == 1)
            #expect(server.commands.filter { $0.hasPrefix("NOTIFY") }.count == 1, "once a session")
            #expect(server.connections == 1)
        }
    }

    @Test("a sync that is cancelled in the middle of a silent FETCH ends at once, and is taken up again")
    func cancelledMidFetch() async throws {
        let server = FakeMailServer()
        for number in 1...4 { server.deliver(Letter(number, .pdf("\(number).pdf", number)).octets) }
        server.fail { $0.silentAt = "UID FETCH" }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        var source = firm.source(server)
        source.endpoint.commandSeconds = 60
        let service = firm.service(source)
        for once in [true, false] {
            let before = server.commands.count
            let running = Task {
                if once { try? await service.syncOnce() } else { await service.run() }
            }
            await server.reached { commands in
                commands.dropFirst(before).contains { $0.hasPrefix("UID FETCH") }
            }
            let began = ContinuousClock.now
            running.cancel()
            await running.value
            #expect(began.duration(to: .now) < .seconds(20))
        }
        #expect(try await firm.placements().allSatisfy { $0.attempts == 0 && $0.tries == 0 })
        server.fail { $0.silentAt = nil }
        try await firm.sync(source)
        try await firm.check(server.everything(in: "INBOX"))
    }

    @Test("F20: a source with a wrong password fails by name, and the other goes on")
    func f20_oneBroken() async throws {
        let servers = [FakeMailServer(), FakeMailServer(secret: "changed yesterday")]
        for server in servers { server.deliver(Letter(1, .pdf()).octets) }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        let good = firm.source(servers[0], "office")
        var bad = firm.source(servers[1], "payroll")
        bad.login = { .init(user: "office", secret: "the old one") }
        let services = [firm.service(good), firm.service(bad)]
        let running = services.map { service in Task { await service.run() } }
        await servers[0].reached { $0.contains("IDLE") }
        await servers[1].reached { commands in commands.contains { $0.hasPrefix("AUTHENTICATE") } }
        while firm.health.health(of: "payroll")?.error == nil { await Task.yield() }
        for task in running { task.cancel() }
        for task in running { await task.value }
        let broken = try #require(firm.health.health(of: "payroll"))
        #expect(broken.state == .failed)
        #expect(broken.error?.contains("who are you?") == true)
        #expect(try #require(broken.nextTry).seconds - firm.clock.now.seconds >= 60)
        #expect(firm.health.health(of: "office")?.error == nil)
        #expect(servers[1].connections == 1, "at most one try a minute")
        #expect(try await firm.documents().count == 1)
        #expect(!firm.journal.contains("the old one"))
    }
}
