import Mail
import SMTP
import Synchronization
import TestServers
import Testing

@testable import Outbox
@testable import Store

@Suite("Letters leave by their routes, and every answer is kept", .serialized)
struct RouteTests {
    @Test("what arrives is what was queued, over one connection")
    func arrives() async throws {
        let room = try await PostRoom()
        let server = ScriptedSMTPServer()
        let file = (0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 40_503 >> 5) }
        var tokens: [String] = []
        var ids: [LetterID] = []
        for number in 1...5 {
            let (id, token) = try await room.queue("Brief \(number)", attached: file)
            ids.append(id)
            tokens.append(token)
        }
        try await room.outbox.apply([room.route(to: server)], [])
        for id in ids { #expect(try await room.becomes([.sent], id)) }
        #expect(server.connections == 1)
        #expect(server.fields("Message-ID") == tokens.map { "<\($0)@firm.example>" })
        for (id, delivery) in zip(ids, server.deliveries) {
            let letter = try #require(try await room.store.read { try $0.letter(id) })
            var kept: [UInt8] = []
            try room.data.vault.pass(letter.place, letter.sha256) { piece in
                for index in 0..<piece.count { kept.append(piece[index]) }
            }
            #expect(delivery.octets == kept)
        }
        let last = try await room.letter(ids[4]).submissions[0]
        #expect(last.code == 250)
        #expect(last.reply == "queued as 1-5")
        #expect(!last.maybeTwice)
        await room.outbox.stop()
    }

    @Test("a letter queued while the outbox waits leaves at once")
    func woken() async throws {
        let room = try await PostRoom()
        let server = ScriptedSMTPServer()
        try await room.outbox.apply([room.route(to: server)], [])
        let (id, _) = try await room.queue("Brief")
        #expect(try await room.becomes([.sent], id))
        await room.outbox.stop()
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let sentence: String
        let step: ScriptedSMTPServer.Step
        let says: String
        let state: SubmissionState
        let status: String?
        /// Minutes until it is offered again.
        let minutes: Int64?

        init(
            _ sentence: String, _ step: ScriptedSMTPServer.Step, _ says: String, _ state: SubmissionState,
            _ status: String?, minutes: Int64? = nil
        ) {
            self.sentence = sentence
            self.step = step
            self.says = says
            self.state = state
            self.status = status
            self.minutes = minutes
        }

        var testDescription: String { sentence }
    }

    @Test(
        "each answer has its outcome",
        arguments: [
            Case("no such user", .rcpt, "550 5.1.1 no such user", .refused, "5.1.1"),
            Case("refused for its content", .end, "554 5.7.1 looks like spam", .refused, "5.7.1"),
            Case("refused for its sender", .mail, "553 5.7.1 not your address", .refused, "5.7.1"),
            Case("greylisted", .rcpt, "451 4.7.1 come back in five minutes", .queued, "4.7.1", minutes: 5),
            Case("over quota just now", .end, "452 4.2.2 mailbox full", .queued, "4.2.2", minutes: 5),
            Case("not ready for data", .data, "451 4.3.0 try later", .queued, "4.3.0", minutes: 5),
        ])
    func outcome(_ known: Case) async throws {
        let room = try await PostRoom()
        let isFirst = Mutex(true)
        let server = ScriptedSMTPServer { moment in
            guard moment.step == known.step else { return .usual }
            return isFirst.withLock { first in
                defer { first = false }
                return first ? .say(known.says) : .usual
            }
        }
        let (id, _) = try await room.queue("Brief")
        try await room.outbox.apply([room.route(to: server)], [])
        #expect(try await until(15) { try await room.letter(id).submissions[0].attempts == 1 })
        let submission = try await room.letter(id).submissions[0]
        #expect(submission.state == known.state)
        #expect(submission.status == known.status)
        #expect(submission.intents == 0, "nobody took it")
        let events = try await room.store.read { try $0.staffEvents(limit: 9) }
        if let minutes = known.minutes {
            #expect(submission.nextTry == Timestamp(seconds: room.clock.now.seconds + minutes * 60))
            #expect(events.isEmpty)
            room.clock.advance(minutes: minutes)
            room.outbox.wake()
            #expect(try await room.becomes([.sent], id))
        } else {
            #expect(events.map(\.kind) == ["letter.refused"])
            #expect(events.first?.who == "kate@client.example")
        }
        await room.outbox.stop()
    }

    @Test("put off for five days it is refused, in the server's words")
    func givenUp() async throws {
        let room = try await PostRoom()
        let server = ScriptedSMTPServer { $0.step == .rcpt ? .say("450 4.2.1 mailbox busy") : .usual }
        let (id, _) = try await room.queue("Brief")
        try await room.outbox.apply([room.route(to: server)], [])
        var waits: [Int64] = []
        var tries = 0
        while try await room.states(id) == [.queued], tries < 200 {
            tries += 1
            let made = tries
            #expect(try await until(15) { try await room.letter(id).submissions[0].attempts == made })
            guard let next = try await room.letter(id).submissions[0].nextTry else { break }
            waits.append(next.seconds - room.clock.now.seconds)
            room.clock.advance(seconds: waits[waits.count - 1])
            room.outbox.wake()
        }
        #expect(waits.prefix(6) == [300, 600, 1200, 2400, 4000, 4000])
        #expect(try await room.states(id) == [.refused])
        #expect(try await room.letter(id).submissions[0].reply == "mailbox busy")
        #expect(waits.reduce(0, +) <= 5 * 86_400)
        #expect(server.deliveries.isEmpty)
        await room.outbox.stop()
    }

    @Test("of three recipients each has an outcome of their own")
    func several() async throws {
        let room = try await PostRoom()
        let server = ScriptedSMTPServer { moment in
            guard moment.step == .rcpt else { return .usual }
            if moment.line.contains("nobody@") { return .say("550 5.1.1 who?") }
            return moment.line.contains("busy@") ? .say("450 4.2.1 busy") : .usual
        }
        let (id, _) = try await room.queue(
            "Brief", to: ["kate@client.example", "nobody@client.example", "busy@client.example"])
        try await room.outbox.apply([room.route(to: server)], [])
        #expect(try await room.becomes([.sent, .refused, .queued], id))
        #expect(server.deliveries.map(\.recipients) == [["<kate@client.example>"]])
        let intents = try await room.letter(id).submissions.map(\.intents)
        #expect(intents == [1, 0, 0])
        await room.outbox.stop()
    }

    @Test("a server that never answers holds its own letters, and stops at once when it is told to")
    func silent() async throws {
        let room = try await PostRoom()
        let silent = ScriptedSMTPServer { $0.step == .greeting ? .stall : .usual }
        let server = ScriptedSMTPServer()
        let (waiting, _) = try await room.queue("wartet", route: "payroll")
        var ids: [LetterID] = []
        for number in 1...20 { ids.append(try await room.queue("Brief \(number)").id) }
        try await room.outbox.apply([room.route(to: server), room.route("payroll", to: silent)], [])
        for id in ids { #expect(try await room.becomes([.sent], id)) }
        #expect(try await room.states(waiting) == [.queued])
        #expect(try await room.letter(waiting).submissions[0].attempts == 0)
        let before = ContinuousClock.now
        await room.outbox.stop()
        #expect(ContinuousClock.now - before < .seconds(10))
    }

    @Test("no more leave within an hour than per_hour says; a restart does not forget it")
    func perHour() async throws {
        let room = try await PostRoom()
        let server = ScriptedSMTPServer()
        for number in 1...7 { try await room.queue("Brief \(number)") }
        try await room.outbox.apply([room.route(to: server, perHour: 3)], [])
        #expect(try await until(15) { server.deliveries.count == 3 })
        #expect(try await until(15) { room.outbox.board.all.first?.state == .waiting })
        await room.outbox.stop()
        room.clock.advance(minutes: 59)
        try await room.outbox.apply([room.route(to: server, perHour: 3)], [])
        #expect(try await until(15) { room.outbox.board.all.first?.state == .waiting })
        #expect(server.deliveries.count == 3)
        room.clock.advance(minutes: 2)
        room.outbox.wake()
        #expect(try await until(15) { server.deliveries.count == 6 })
        await room.outbox.stop()
    }

    @Test("a wrong password is tried once, needs a person, and blames no letter")
    func wrongPassword() async throws {
        let room = try await PostRoom()
        var options = ScriptedSMTPServer.Options()
        options.mechanisms = ["PLAIN"]
        let server = ScriptedSMTPServer(options)
        let (id, _) = try await room.queue("Brief")
        try await room.outbox.apply([room.route(to: server, user: true, secret: "wrong")], [])
        #expect(try await until(15) { room.outbox.board.all.first?.state == .failed })
        let health = try #require(room.outbox.board.all.first)
        #expect(health.error?.contains("535") == true)
        let wait = (health.nextTry?.seconds ?? 0) - room.clock.now.seconds
        #expect(wait >= 60)
        #expect(try await room.letter(id).submissions[0].attempts == 0)
        #expect(server.connections == 1)
        // A reload with the right one goes on at once.
        try await room.outbox.apply([room.route(to: server, user: true)], [])
        #expect(try await room.becomes([.sent], id))
        await room.outbox.stop()
    }

    @Test("a token that the server refuses is renewed once, and the letter goes", arguments: [true, false])
    func refusedToken(isNewerGood: Bool) async throws {
        let room = try await PostRoom()
        var options = ScriptedSMTPServer.Options()
        options.mechanisms = ["XOAUTH2"]
        options.takesToken = { $0 == "second" && isNewerGood }
        let server = ScriptedSMTPServer(options)
        let token = Mutex("first")
        var route = room.route(to: server)
        route.login = { .bearer(user: "office", token: token.withLock { $0 }) }
        route.refused = { login in
            guard case .bearer(_, "first") = login else { return false }
            token.withLock { $0 = "second" }
            return true
        }
        let (id, _) = try await room.queue("Brief")
        try await room.outbox.apply([route], [])
        if isNewerGood {
            #expect(try await room.becomes([.sent], id))
        } else {
            #expect(try await until(15) { room.outbox.board.all.first?.state == .failed })
            #expect(server.connections == 2)
            #expect(try await room.states(id) == [.queued])
        }
        await room.outbox.stop()
    }

    @Test("a server that wants a login for MAIL blames no letter, and needs a person")
    func wantsLogin() async throws {
        let room = try await PostRoom()
        let server = ScriptedSMTPServer { moment in
            moment.step == .mail ? .say("530 5.7.57 Client not authenticated to send mail") : .usual
        }
        let (id, _) = try await room.queue("Brief")
        try await room.outbox.apply([room.route(to: server)], [])
        #expect(try await until(15) { room.outbox.board.all.first?.state == .failed })
        #expect(room.outbox.board.all.first?.error?.contains("5.7.57") == true)
        let submission = try await room.letter(id).submissions[0]
        #expect(submission.state == .queued)
        #expect(submission.attempts == 0)
        await room.outbox.stop()
    }

    @Test("the journal has no address that a server repeats, unless it may", arguments: [false, true])
    func journal(_ mayName: Bool) async throws {
        let room = try await PostRoom()
        let server = ScriptedSMTPServer { moment in
            moment.step == .rcpt
                ? .say("550 5.1.1 <kate@client.example>: Recipient address rejected") : .usual
        }
        let (id, _) = try await room.queue("Brief")
        var route = room.route(to: server)
        route.namesInLog = mayName
        try await room.outbox.apply([route], [])
        #expect(try await room.becomes([.refused], id))
        #expect(try await room.letter(id).submissions[0].reply?.contains("kate@client.example") == true)
        await room.outbox.stop()
        #expect(room.journal.contains("letter \(id) refused: 550 5.1.1 "))
        #expect(room.journal.contains("kate@client.example") == mayName)
    }

    @Test("a letter larger than the server takes is refused in words, and the next one goes")
    func tooLarge() async throws {
        let room = try await PostRoom()
        var options = ScriptedSMTPServer.Options()
        options.extensions = ["SIZE 5000"]
        let server = ScriptedSMTPServer(options)
        let (large, _) = try await room.queue("groß", attached: [UInt8](repeating: 7, count: 9000))
        let (small, _) = try await room.queue("klein")
        try await room.outbox.apply([room.route(to: server)], [])
        #expect(try await room.becomes([.refused], large))
        #expect(try await room.becomes([.sent], small))
        let words = try await room.letter(large).submissions[0].reply ?? ""
        #expect(words.contains("at most 5000"))
        await room.outbox.stop()
    }

    @Test("a line that breaks within the data goes behind the others, and counts as no attempt")
    func brokenLine() async throws {
        let room = try await PostRoom()
        let breaks = Mutex(1)
        let server = ScriptedSMTPServer { moment in
            guard moment.step == .data else { return .usual }
            return breaks.withLock { left in
                defer { left -= 1 }
                return left > 0 ? .drop : .usual
            }
        }
        let (first, _) = try await room.queue("erster")
        let (second, _) = try await room.queue("zweiter")
        try await room.outbox.apply([room.route(to: server)], [])
        #expect(try await room.becomes([.sent], second))
        let broken = try await room.letter(first).submissions[0]
        #expect(broken.state == .queued)
        #expect(broken.attempts == 0)
        #expect(broken.intents == 0)
        room.clock.advance(minutes: 2)
        room.outbox.wake()
        #expect(try await room.becomes([.sent], first))
        #expect(server.fields("Subject") == ["zweiter", "erster"])
        await room.outbox.stop()
    }

    @Test("the id that a server names in its 250 is kept")
    func namedID() async throws {
        let room = try await PostRoom()
        let server = ScriptedSMTPServer {
            $0.step == .end
                ? .say("250 2.0.0 OK <AB1PR01MB.1@eurprd01.prod.outlook.com> [Hostname=x]") : .usual
        }
        let (id, token) = try await room.queue("Brief")
        try await room.outbox.apply([room.route(to: server)], [])
        #expect(try await room.becomes([.sent], id))
        let names = try await room.store.read { try $0.names(of: id).map(\.rawValue) }
        #expect(
            Set(names) == [
                "AB1PR01MB.1@eurprd01.prod.outlook.com", "\(token)@firm.example", "\(token).r@firm.example",
            ])
        await room.outbox.stop()
    }

    @Test("an address that a server names in its 250 is no name of the letter")
    func namedAddress() async throws {
        let room = try await PostRoom()
        let server = ScriptedSMTPServer {
            $0.step == .end ? .say("250 2.0.0 <Kate@client.example> accepted") : .usual
        }
        let (id, token) = try await room.queue("Brief")
        try await room.outbox.apply([room.route(to: server)], [])
        #expect(try await room.becomes([.sent], id))
        let names = try await room.store.read { try $0.names(of: id).map(\.rawValue) }
        #expect(Set(names) == ["\(token)@firm.example", "\(token).r@firm.example"])
        await room.outbox.stop()
    }

    @Test(
        "a 250 tells of another Message-ID, or does not",
        arguments: [
            ("OK <a.b@c.prod.outlook.com> [Hostname=x]", "smtp.office365.com", "a.b@c.prod.outlook.com"),
            (
                "Ok 0102018f1c2d3e4f-aabbccdd-1122-3344-5566-778899aabbcc-000000",
                "email-smtp.eu-west-1.amazonaws.com",
                "0102018f1c2d3e4f-aabbccdd-1122-3344-5566-778899aabbcc-000000@eu-west-1.amazonses.com"
            ),
            (
                "Ok 0102018f1c2d3e4f-aabbccdd-1122-3344-5566-778899aabbcc-000000",
                "email-smtp.us-east-1.amazonaws.com",
                "0102018f1c2d3e4f-aabbccdd-1122-3344-5566-778899aabbcc-000000@email.amazonses.com"
            ),
            ("Ok: queued as 4F2B61C0", "mail.firm.example", nil),
            ("OK 1700000000 5b1f17b1804b1-4a1 - gsmtp", "smtp.gmail.com", nil),
            ("queued <no id>", "mail.firm.example", nil),
        ])
    func answered(words: String, host: String, id: String?) {
        #expect(AnsweredMessageID.named(in: words, by: host)?.rawValue == id)
    }
}
