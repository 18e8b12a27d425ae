import Mail
import SMTP
import Synchronization
import TestServers
import Testing
import Workers

@Suite("No server holds us for ever, and any wait can be cut short", .serialized)
struct PatienceTests {
    private static let steps: [ScriptedSMTPServer.Step] = [
        .greeting, .ehlo, .noop, .mail, .rcpt, .data, .end,
    ]

    @Test("a server that says nothing is given up", arguments: steps)
    func silent(_ step: ScriptedSMTPServer.Step) async throws {
        let server = ScriptedSMTPServer { $0.step == step ? .stall : .usual }
        defer { server.stop() }
        let endpoint = Post.endpoint(server.port, connectSeconds: 1, transactionSeconds: 1, answerSeconds: 1)
        let begun = ContinuousClock.now
        do throws(SMTPError) {
            let submission = try await Submitter(endpoint).submit(Post.letter())
            #expect(step == .end)
            #expect(submission.summary == ["unknown timeout"])
        } catch {
            #expect(step != .end)
            #expect(error.code == .timeout)
        }
        #expect(ContinuousClock.now - begun < .seconds(30))
    }

    @Test(
        "so is one that says an octet now and then",
        arguments: [ScriptedSMTPServer.Step.greeting, .mail, .end])
    func trickle(_ step: ScriptedSMTPServer.Step) async throws {
        let server = ScriptedSMTPServer { $0.step == step ? .trickle(milliseconds: 300) : .usual }
        defer { server.stop() }
        let endpoint = Post.endpoint(server.port, connectSeconds: 1, transactionSeconds: 1, answerSeconds: 1)
        let begun = ContinuousClock.now
        do throws(SMTPError) {
            #expect(try await Submitter(endpoint).submit(Post.letter()).summary == ["unknown timeout"])
        } catch {
            #expect(error.code == .timeout)
        }
        #expect(ContinuousClock.now - begun < .seconds(30))
    }

    @Test("and one that takes no more of the data")
    func deaf() async throws {
        let server = ScriptedSMTPServer { $0.step == .data ? .deaf : .usual }
        defer { server.stop() }
        let line = String(repeating: "x", count: 76) + "\r\n"
        let octets = Post.octets(1, body: String(repeating: line, count: 200_000))
        let dots = Counter()
        let error = await #expect(throws: SMTPError.self) {
            try await Submitter(Post.endpoint(server.port, transactionSeconds: 1)).submit(
                Post.letter(octets), login: .none
            ) { dots.add() }
        }
        #expect(error?.code == .timeout)
        #expect(dots.count == 0)
    }

    @Test("a cancelled task is out of it at once", arguments: steps)
    func cancelled(_ step: ScriptedSMTPServer.Step) async throws {
        let reached = Counter()
        let server = ScriptedSMTPServer { moment in
            guard moment.step == step else { return .usual }
            reached.add()
            return .stall
        }
        defer { server.stop() }
        let submitter = Submitter(
            Post.endpoint(server.port, connectSeconds: 60, transactionSeconds: 60, answerSeconds: 60))
        let task = Task { () async -> (SMTPError.Code?, [String]) in
            do throws(SMTPError) { return (nil, try await submitter.submit(Post.letter()).summary) } catch {
                return (error.code, [])
            }
        }
        #expect(try await until(10) { reached.count > 0 })
        let begun = ContinuousClock.now
        task.cancel()
        let (code, summary) = await task.value
        #expect(ContinuousClock.now - begun < .seconds(30))
        if step == .end { #expect(summary == ["unknown cancelled"]) } else { #expect(code == .cancelled) }
    }

    @Test("who waits behind another and is cancelled does not cut the other short")
    func waiting() async throws {
        let reached = Counter()
        let server = ScriptedSMTPServer { moment in
            guard moment.step == .mail, moment.transaction == 1 else { return .usual }
            reached.add()
            return .wait(milliseconds: 700)
        }
        defer { server.stop() }
        let submitter = Submitter(Post.endpoint(server.port))
        let first = Task { try await submitter.submit(Post.letter()).summary }
        #expect(try await until(10) { reached.count > 0 })
        let second = Task { try await submitter.submit(Post.letter(Post.octets(2))).summary }
        second.cancel()
        #expect(try await first.value == ["accepted 250"])
        let error = await #expect(throws: SMTPError.self) { try await second.value }
        #expect(error?.code == .cancelled)
        #expect(server.deliveries.count == 1)
    }

    @Test("what blocks does so on a thread of the pool, not on Swift's own")
    func threads() async throws {
        let server = ScriptedSMTPServer()
        defer { server.stop() }
        let names = Mutex<[String]>([])
        let octets = Post.octets(1)
        let letter = OutgoingMessage(
            reversePath: nil, recipients: [Post.address("kate@client.example")], octetCount: octets.count
        ) { sink in
            let name = String(decoding: TestDirectory.read("/proc/thread-self/comm") ?? [], as: UTF8.self)
            names.withLock { $0.append(name) }
            sink(octets.span)
        }
        let pool = WorkerPool(name: "test-submit", limit: 1)
        _ = try await Submitter(Post.endpoint(server.port), pool: pool).submit(letter)
        #expect(names.withLock { $0 } == ["test-submit\n"])
    }

    @Test("closing waits for nobody")
    func closing() async throws {
        let server = ScriptedSMTPServer { $0.step == .quit ? .stall : .usual }
        defer { server.stop() }
        let submitter = Submitter(Post.endpoint(server.port))
        _ = try await submitter.submit(Post.letter())
        let begun = ContinuousClock.now
        await submitter.close()
        #expect(ContinuousClock.now - begun < .seconds(20))
        #expect(try await until(5) { server.lines.last == "QUIT" })
    }
}
