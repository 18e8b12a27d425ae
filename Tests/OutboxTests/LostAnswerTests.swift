import Mail
import Synchronization
import TestServers
import Testing

@testable import Outbox
@testable import Store

@Suite("A lost answer is known as such, and the letter is sent again at most once", .serialized)
struct LostAnswerTests {
    /// Takes the message and drops the line before it says so, so many times.
    private func server(losing count: Int) -> ScriptedSMTPServer {
        let left = Mutex(count)
        return ScriptedSMTPServer { moment in
            guard moment.step == .end else { return .usual }
            return left.withLock { left in
                defer { left -= 1 }
                return left > 0 ? .storeAndDrop : .usual
            }
        }
    }

    @Test("after ten minutes it is sent again under the same Message-ID, and shown so")
    func once() async throws {
        let room = try await PostRoom()
        let server = server(losing: 1)
        let (id, token) = try await room.queue("Brief")
        try await room.outbox.apply([room.route(to: server)], [])
        #expect(try await room.becomes([.intended], id))
        #expect(try await until(15) { try await room.letter(id).submissions[0].reply != nil })
        room.clock.advance(minutes: 9)
        room.outbox.wake()
        // Another letter passes by meanwhile.
        let (other, _) = try await room.queue("noch einer")
        #expect(try await room.becomes([.sent], other))
        #expect(try await room.states(id) == [.intended])
        room.clock.advance(minutes: 2)
        room.outbox.wake()
        #expect(try await room.becomes([.sent], id))
        let submission = try await room.letter(id).submissions[0]
        #expect(submission.maybeTwice)
        #expect(submission.intents == 2)
        let sent = server.fields("Message-ID").filter { $0 == "<\(token)@firm.example>" }
        #expect(sent.count == 2)
        await room.outbox.stop()
    }

    @Test("a second lost answer is for staff alone to resolve")
    func twice() async throws {
        let room = try await PostRoom()
        let server = server(losing: 2)
        let (id, _) = try await room.queue("Brief")
        try await room.outbox.apply([room.route(to: server)], [])
        #expect(try await room.becomes([.intended], id))
        #expect(try await until(15) { try await room.letter(id).submissions[0].reply != nil })
        room.clock.advance(minutes: 11)
        room.outbox.wake()
        #expect(try await until(15) { server.deliveries.count == 2 })
        #expect(try await until(15) { try await room.letter(id).submissions[0].intents == 2 })
        room.clock.advance(hours: 24)
        room.outbox.wake()
        let (other, _) = try await room.queue("noch einer")
        #expect(try await room.becomes([.sent], other))
        #expect(try await room.states(id) == [.intended])
        let now = room.clock.now
        #expect(try await room.store.read { try $0.queueCounts(now: now) }.unanswered == 1)
        try await room.store.write { try $0.cancelLetter(id, by: "jana", now: now) }
        #expect(try await room.store.read { try $0.queueCounts(now: now) }.unanswered == 0)
        #expect(server.deliveries.count == 3)
        await room.outbox.stop()
    }

    @Test("stopped while the server is slow with its answer, the answer is still taken")
    func lastMoment() async throws {
        let room = try await PostRoom()
        let server = ScriptedSMTPServer { $0.step == .end ? .wait(milliseconds: 700) : .usual }
        let (id, _) = try await room.queue("Brief")
        try await room.outbox.apply([room.route(to: server)], [])
        #expect(try await room.becomes([.intended], id))
        let before = ContinuousClock.now
        await room.outbox.stop()
        #expect(ContinuousClock.now - before < .seconds(10))
        #expect(try await room.states(id) == [.sent])
    }

    @Test("taken back at the last moment, nothing is sent")
    func takenBack() async throws {
        let room = try await PostRoom()
        let server = ScriptedSMTPServer { $0.step == .data ? .wait(milliseconds: 700) : .usual }
        let (id, _) = try await room.queue("Brief")
        try await room.outbox.apply([room.route(to: server)], [])
        #expect(try await until(15) { server.lines.contains("DATA") })
        let now = room.clock.now
        try await room.store.write { try $0.cancelLetter(id, by: "jana", now: now) }
        let (next, _) = try await room.queue("der nächste")
        #expect(try await room.becomes([.sent], next))
        #expect(try await room.states(id) == [.cancelled])
        #expect(server.deliveries.count == 1)
        await room.outbox.stop()
    }
}
