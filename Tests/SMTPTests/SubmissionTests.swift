import Mail
import SMTP
import TestServers
import Testing

@Suite("One connection serves for many messages, and a lost one is told from a failed submission")
struct SubmissionTests {
    @Test("to the octet, over one connection for many")
    func many() async throws {
        let server = ScriptedSMTPServer()
        let submitter = Submitter(Post.endpoint(server.port))
        for number in 1...50 {
            let submission = try await submitter.submit(Post.letter(Post.octets(number)))
            #expect(submission.summary == ["accepted 250"])
            #expect(submission.finalDotSent)
            #expect(submission.final?.text == "queued as 1-\(number)")
            #expect(submission.final?.status?.description == "2.0.0")
        }
        #expect(server.connections == 1)
        #expect(await submitter.connections == 1)
        #expect(server.deliveries.map(\.octets) == (1...50).map { Post.octets($0) })
        #expect(server.lines.first == "EHLO firm.example")
        #expect(server.lines.count { $0 == "NOOP" } == 1)
        await submitter.close()
        #expect(try await until(5) { server.openConnections == 0 })
        #expect(server.lines.last == "QUIT")
    }

    @Test("a server that went away while nothing was sent", arguments: ["", "421 4.4.2 idle for too long"])
    func idle(_ words: String) async throws {
        let server = ScriptedSMTPServer()
        let submitter = Submitter(Post.endpoint(server.port))
        _ = try await submitter.submit(Post.letter(Post.octets(1)))
        if words.isEmpty { server.cut() } else { server.say(words) }
        // What it said is here when its connection is gone, or at once: loopback does not lose it.
        if words.isEmpty { #expect(try await until(5) { server.openConnections == 0 }) }
        let submission = try await submitter.submit(Post.letter(Post.octets(2)))
        #expect(submission.summary == ["accepted 250"])
        #expect(server.connections == 2)
        #expect(server.deliveries.map(\.octets) == [Post.octets(1), Post.octets(2)])
    }

    @Test(
        "a connection that ends as it is used again is replaced once, while MAIL is not taken",
        arguments: [1, 2], ["drop", "421"])
    func replaced(_ timesBad: Int, _ how: String) async throws {
        let server = ScriptedSMTPServer { moment in
            let isBad =
                moment.step == .mail && (moment.transaction == 2 || timesBad > 1 && moment.connection > 1)
            return isBad ? how == "drop" ? .drop : .sayAndDrop("421 4.3.2 closing") : .usual
        }
        let submitter = Submitter(Post.endpoint(server.port))
        _ = try await submitter.submit(Post.letter())
        let result = await Result { () async throws(SMTPError) in try await submitter.submit(Post.letter()) }
        switch result {
        case .success(let submission):
            #expect(submission.summary == [timesBad == 1 ? "accepted 250" : "refused 421"])
        case .failure(let error):
            #expect(timesBad == 2 && how == "drop")
            #expect(error.code == .closed)
        }
        #expect(server.connections == 2)
        #expect(server.deliveries.count == (timesBad == 1 ? 2 : 1))
    }

    @Test(
        "no connection is replaced once MAIL is taken",
        arguments: [ScriptedSMTPServer.Step.rcpt, .data, .end])
    func notReplaced(_ step: ScriptedSMTPServer.Step) async throws {
        let server = ScriptedSMTPServer { moment in
            moment.step == step && moment.transaction == 2 ? .drop : .usual
        }
        let submitter = Submitter(Post.endpoint(server.port))
        _ = try await submitter.submit(Post.letter())
        let submission = try? await submitter.submit(Post.letter())
        #expect(submission?.summary == (step == .end ? ["unknown closed"] : nil))
        #expect(server.connections == 1)
        #expect(server.deliveries.count == 1)
        // And the next is sent as if nothing had been.
        #expect(try await submitter.submit(Post.letter()).summary == ["accepted 250"])
        #expect(server.connections == 2)
    }

    @Test("held back at the last moment, the server has nothing")
    func withheld() async throws {
        struct NotNow: Error {}
        let server = ScriptedSMTPServer()
        let submitter = Submitter(Post.endpoint(server.port))
        let error = await #expect(throws: SMTPError.self) {
            try await submitter.submit(Post.letter(), login: .none) { throw NotNow() }
        }
        #expect(error?.code == .withheld)
        #expect(error?.underlying is NotNow)
        #expect(try await until(5) { server.openConnections == 0 })
        #expect(server.deliveries.isEmpty)
        #expect(try await submitter.submit(Post.letter()).summary == ["accepted 250"])
    }

    @Test("a message that cannot be read to its end is not sent")
    func unreadable() async throws {
        struct Damaged: Error {}
        let server = ScriptedSMTPServer()
        let octets = Post.octets(1)
        let letter = OutgoingMessage(
            reversePath: nil, recipients: [Post.address("kate@client.example")], octetCount: octets.count
        ) { sink in
            sink(octets.span)
            throw Damaged()
        }
        let dots = Counter()
        let error = await #expect(throws: SMTPError.self) {
            try await Submitter(Post.endpoint(server.port)).submit(letter, login: .none) { dots.add() }
        }
        #expect(error?.code == .source)
        #expect(error?.underlying is Damaged)
        #expect(dots.count == 0)
        #expect(try await until(5) { server.openConnections == 0 })
        #expect(server.deliveries.isEmpty)
    }

    @Test("nobody listens, and nobody is called so")
    func nobody() async throws {
        let closed = Submitter(Post.endpoint(TestSocket.freePort()))
        let error = await #expect(throws: SMTPError.self) { try await closed.submit(Post.letter()) }
        #expect(error?.code == .connect)
        let nameless = Submitter(Post.endpoint(25, host: "nobody.invalid"))
        let unknown = await #expect(throws: SMTPError.self) { try await nameless.submit(Post.letter()) }
        #expect(unknown?.code == .dns)
        #expect(unknown?.isTransient == true)
    }
}

extension Result where Failure == SMTPError {
    fileprivate init(_ body: () async throws(SMTPError) -> Success) async {
        do throws(SMTPError) { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
