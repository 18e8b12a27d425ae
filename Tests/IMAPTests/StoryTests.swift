import IMAP
import Mail
import TestServers
import Testing

@Suite("What happened to others (F…: the failure stories)")
struct StoryTests {
    private let server = FakeMailServer()

    private func session() async throws(IMAPError) -> IMAPSession {
        try await open(server.port, user: server.user, secret: server.secret)
    }

    @Test("F1: a mailbox deleted and made anew shows another UIDVALIDITY, and nothing of the old resync")
    func recreated() async throws {
        for number in 1...3 { server.deliver(message(number)) }
        let first = try await session()
        let before = try await first.examine(.inbox)
        server.recreate(uidValidity: 99)
        server.deliver(message(4))
        let second = try await session()
        let validity = try #require(before.uidValidity)
        let modSeq = try #require(before.highestModSeq)
        let after = try await second.examine(
            .inbox, since: ResyncPoint(uidValidity: validity, modSeq: modSeq))
        #expect(after.uidValidity == UIDValidity(99))
        #expect(after.vanished.isEmpty && after.changed.isEmpty && !after.isResync)
        #expect(try await second.uids() == uids(1))
    }

    @Test("F2: a UIDVALIDITY that changes at every EXAMINE is told each time as it is")
    func restless() async throws {
        server.fail { $0.uidValidityGrows = true }
        let session = try await session()
        let seen = [
            try await session.examine(.inbox).uidValidity, try await session.examine(.inbox).uidValidity,
        ]
        #expect(seen == [UIDValidity(2), UIDValidity(3)])
    }

    @Test("F3: a UIDVALIDITY that is absent is nil, never zero")
    func absent() async throws {
        server.change("INBOX") { $0.uidValidity = 0 }
        let session = try await session()
        #expect(try await session.examine(.inbox).uidValidity == nil)
        #expect(try await session.status(.inbox).uidValidity == nil)
        #expect(try await session.examine(.inbox).uidNext == uid(1))
    }

    @Test("F3: a UIDVALIDITY of zero, as one server sends it, is nil too")
    func zero() async throws {
        let scripted = ScriptedIMAPServer { connection in
            try connection.logIn()
            try connection.examine(uidValidity: 0)
        }
        let session = try await open(scripted)
        #expect(try await session.examine(.inbox).uidValidity == nil)
    }

    @Test("F13: a batch that brings fewer messages than asked for says which came")
    func fewer() async throws {
        for number in 1...6 { server.deliver(message(number)) }
        server.fail { faults in
            faults.withheld = [2]
            faults.empty = [4]
            faults.absent = [5]
        }
        let session = try await session()
        _ = try await session.examine(.inbox)
        let collector = Collector()
        let received = try await session.fetchBodies(try await session.uids(), into: collector)
        #expect(received == uids(1, 3, 6))
        #expect(collector.isConsistent && Set(collector.bodies.keys.map(\.rawValue)) == [1, 3, 6])
    }

    @Test("a message the server fails on ends the batch with its words, and what came before is whole")
    func refused() async throws {
        for number in 1...3 { server.deliver(message(number)) }
        server.fail { $0.refused = [2] }
        let session = try await session()
        _ = try await session.examine(.inbox)
        let collector = Collector()
        let error = await #expect(throws: IMAPError.self) {
            try await session.fetchBodies(uids(1, 2, 3), into: collector)
        }
        #expect(error?.code == .no)
        #expect(error?.words.hasPrefix("Retrieval using the IMAP4 protocol failed") == true)
        #expect(collector.bodies.keys.map(\.rawValue) == [1] && collector.isConsistent)
    }

    @Test("F16: what a lying server says has vanished is still found by asking")
    func lies() async throws {
        for number in 1...3 { server.deliver(message(number)) }
        let before = try await session().examine(.inbox)
        server.fail { $0.vanishedLies = [1, 2] }
        let validity = try #require(before.uidValidity)
        let modSeq = try #require(before.highestModSeq)
        let session = try await session()
        let after = try await session.examine(
            .inbox, since: ResyncPoint(uidValidity: validity, modSeq: modSeq))
        #expect(after.vanished == uids(1, 2))
        #expect(try await session.uids(in: uid(1)...uid(2)) == uids(1, 2))
    }

    struct Throttle: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: String
        let code: IMAPError.Code
        var responseCode: String?
        var backoff: Int?
        var alert: String?
    }

    static let throttles = [
        Throttle(
            testDescription: "a NO [OVERQUOTA]", answer: "NO [OVERQUOTA] Account exceeded bandwidth limits",
            code: .no,
            responseCode: "OVERQUOTA"),
        Throttle(
            testDescription: "a back-off in milliseconds",
            answer: "NO [UNAVAILABLE] Request is throttled. Suggested Backoff Time: 293415 milliseconds",
            code: .no,
            responseCode: "UNAVAILABLE", backoff: 294),
        Throttle(
            testDescription: "a back-off in seconds",
            answer: "BAD Too fast. Suggested Backoff Time: 30 seconds",
            code: .bad, backoff: 30),
        Throttle(
            testDescription: "a back-off of ten thousand years",
            answer: "NO Suggested Backoff Time: 99999999999999 minutes", code: .no, backoff: 86_400),
        Throttle(
            testDescription: "a BYE", answer: "* BYE [UNAVAILABLE] Too many simultaneous connections",
            code: .bye,
            responseCode: "UNAVAILABLE"),
        Throttle(
            testDescription: "a NO [ALERT]", answer: "NO [ALERT] Your account is disabled", code: .no,
            responseCode: "ALERT", alert: "Your account is disabled"),
    ]

    @Test("F17: a server that has had enough is quoted", arguments: throttles)
    func throttled(_ test: Throttle) async throws {
        server.fail { $0.answers["EXAMINE"] = test.answer }
        let session = try await session()
        let error = await #expect(throws: IMAPError.self) { try await session.examine(.inbox) }
        #expect(error?.code == test.code)
        #expect(error?.responseCode == test.responseCode)
        #expect(error?.suggestedBackoff == test.backoff)
        #expect(error?.alert == test.alert)
    }

    @Test("an untagged [ALERT] goes with the error that follows")
    func alert() async throws {
        server.fail { faults in
            faults.answers["STATUS"] = "NO not now"
            faults.alert = "The server goes down at six"
        }
        let session = try await session()
        let error = await #expect(throws: IMAPError.self) { try await session.status(.inbox) }
        #expect(error?.alert == "The server goes down at six")
        #expect(error?.isTransient == true)
    }

    @Test("F18: an IDLE whose server has died is found out when it is to end")
    func halfOpen() async throws {
        server.fail { $0.halfOpenIdle = true }
        let session = try await open(server.port, user: server.user, secret: server.secret, seconds: 1)
        _ = try await session.examine(.inbox)
        let error = await #expect(throws: IMAPError.self) { try await session.idle(seconds: 1) }
        #expect(error?.code == .timeout)
    }

    @Test("F20: one broken session leaves the others alone")
    func alone() async throws {
        server.deliver(message(1))
        let broken = ScriptedIMAPServer { connection in
            try connection.logIn()
            try connection.stall()
        }
        let bad = try await open(broken)
        let good = try await session()
        let stuck = Task { try await bad.noop() }
        _ = try await good.examine(.inbox)
        #expect(try await good.uids() == uids(1))
        bad.cancel()
        let error = await #expect(throws: IMAPError.self) { try await stuck.value }
        #expect(error?.code == .cancelled)
    }
}
