import IMAP
import Mail
import TestServers
import Testing

@Suite("What a server must not be able to do to us")
struct HostileTests {
    /// An answer to `UID FETCH 5 (… BODY.PEEK[])`, `TAG` standing for the tag.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: String
        let code: IMAPError.Code

        init(_ sentence: String, _ code: IMAPError.Code, _ answer: String) {
            testDescription = sentence
            self.code = code
            self.answer = answer
        }
    }

    private static let good = "* 1 FETCH (UID 5 FLAGS () BODY[] {5}\r\nhello)\r\n"

    static let cases = [
        Case(
            "a UID that would wrap round to the one we want", .protocolViolation,
            "* 1 FETCH (UID 4294967301 FLAGS () BODY[] {5}\r\nhello)\r\nTAG OK\r\n"),
        Case(
            "a size that would wrap round", .protocolViolation,
            "* 1 FETCH (UID 5 RFC822.SIZE 99999999999 FLAGS ())\r\nTAG OK done\r\n"),
        Case(
            "a sequence number that would wrap round", .protocolViolation,
            "* 4294967297 EXISTS\r\nTAG OK done\r\n"),
        Case(
            "a literal whose size would wrap round", .protocolViolation,
            "* 1 FETCH (UID 5 FLAGS () BODY[] {4294967299}\r\nhello)\r\nTAG OK done\r\n"),
        Case(
            "a literal beyond the largest message", .tooLarge,
            "* 1 FETCH (UID 5 FLAGS () BODY[] {1000001}\r\nhello)\r\nTAG OK done\r\n"),
        Case(
            "a message that nobody asked for", .protocolViolation,
            "* 1 FETCH (UID 6 FLAGS () BODY[] {5}\r\nhello)\r\nTAG OK done\r\n"),
        Case(
            "a message without its UID", .protocolViolation,
            "* 1 FETCH (FLAGS () BODY[] {5}\r\nhello)\r\nTAG OK done\r\n"),
        Case("two messages with one UID", .protocolViolation, good + good + "TAG OK done\r\n"),
        Case(
            "two bodies in one message", .protocolViolation,
            "* 1 FETCH (UID 5 BODY[] {5}\r\nhello BODY[] {5}\r\nworld)\r\nTAG OK done\r\n"),
        Case(
            "the header where the whole was asked for", .protocolViolation,
            "* 1 FETCH (UID 5 BODY[HEADER] {5}\r\nhello)\r\nTAG OK done\r\n"),
        Case(
            "the middle of the message only", .protocolViolation,
            "* 1 FETCH (UID 5 BODY[]<7> {5}\r\nhello)\r\nTAG OK done\r\n"),
        Case("a body that ends before its size", .closed, "* 1 FETCH (UID 5 BODY[] {500}\r\nhello"),
        Case("a body and no end of the response", .closed, "* 1 FETCH (UID 5 BODY[] {5}\r\nhello"),
        Case("a line without its end", .closed, good + "TAG OK done"),
        Case("the end of the stream instead of the tagged line", .closed, good),
        Case("a BYE in the middle", .bye, good + "* BYE [UNAVAILABLE] shutting down\r\n"),
        Case("a tagged NO after the first message", .no, good + "TAG NO [SERVERBUG] sorry\r\n"),
        Case("a tagged BAD", .bad, "TAG BAD what?\r\n"),
        Case("an answer to another command", .protocolViolation, good + "X99 OK done\r\n"),
        Case(
            "an item that libetpan does not know", .protocolViolation,
            "* 1 FETCH (UID 5 EMAILID (abc) BODY[] {5}\r\nhello)\r\nTAG OK done\r\n"),
        Case(
            "a response that we know nothing of", .protocolViolation,
            "* ANNOTATION INBOX /comment (value.priv x)\r\nTAG OK done\r\n"),
        Case(
            "parentheses without end", .protocolViolation,
            "* 1 FETCH (UID 5 BODYSTRUCTURE " + String(repeating: "(", count: 100_000) + "\r\nTAG OK done\r\n"
        ),
        Case("a string of rubbish", .protocolViolation, "\0\u{1}\u{2}((((\"\r\n\r\nTAG OK done\r\n"),
    ]

    @Test("ends in an error, and no wrong message is taken for whole", arguments: cases)
    func hostile(_ test: Case) async throws {
        let server = ScriptedIMAPServer { connection in
            try connection.logIn()
            try connection.examine(exists: 1)
            let command = try connection.expect("UID FETCH")
            try connection.send(test.answer.replacing("TAG", with: command.tag))
        }
        var endpoint = IMAPEndpoint(
            host: "127.0.0.1", port: server.port, security: .plain, connectSeconds: 5, commandSeconds: 5)
        endpoint.largestMessage = 1_000_000
        let session = try await IMAPSession.open(endpoint, IMAPLogin(user: "a", secret: "b"))
        _ = try await session.examine(.inbox)
        let collector = Collector()
        let error = await #expect(throws: IMAPError.self) {
            try await session.fetchBodies(uids(5), into: collector)
        }
        #expect(error?.code == test.code, "\(error.map { "\($0)" } ?? "")")
        #expect(collector.isConsistent)
        let whole = Array("hello".utf8)
        #expect(collector.bodies.allSatisfy { $0.key == uid(5) && $0.value == whole })
    }

    @Test("a line without end is cut off while it is still small")
    func endlessLine() async throws {
        let server = ScriptedIMAPServer { connection in
            try connection.logIn()
            try connection.send("* OK ")
            let piece = String(repeating: "x", count: 1 << 20)
            while true { try connection.send(piece) }
        }
        let session = try await open(server)
        let error = await #expect(throws: IMAPError.self) { try await session.noop() }
        #expect(error?.code == .tooLarge)
        #expect(session.bytesReceived < 32 << 20)
    }

    @Test("more lines than any answer has are cut off")
    func endlessAnswer() async throws {
        let server = ScriptedIMAPServer { connection in
            try connection.logIn()
            let piece = String(repeating: "* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n", count: 10_000)
            while true { try connection.send(piece) }
        }
        let endpoint = IMAPEndpoint(
            host: "127.0.0.1", port: server.port, security: .plain, largestAnswer: 1 << 20)
        let session = try await IMAPSession.open(endpoint, IMAPLogin(user: "a", secret: "b"))
        let error = await #expect(throws: IMAPError.self) { try await session.noop() }
        #expect(error?.code == .tooLarge)
        #expect(session.bytesReceived < 2 << 20)
    }

    @Test("big numbers pass where they belong")
    func bigNumbers() async throws {
        let server = ScriptedIMAPServer { connection in
            try connection.logIn(capabilities: "IMAP4rev1 CONDSTORE X-GM-EXT-1")
            let examine = try connection.expect("EXAMINE")
            try connection.line("* FLAGS (\\Seen 12345678901234567890)")
            try connection.line("* 1 EXISTS")
            try connection.line("* OK [HIGHESTMODSEQ 9223372036854775807] so far")
            try connection.line("\(examine.tag) OK done 99999999999")
            var fetch = try connection.expect("UID FETCH")
            try connection.line(
                "* 1 FETCH (UID 4294967295 FLAGS (99999999999 \\Seen) MODSEQ (9223372036854775807))")
            try connection.line("\(fetch.tag) OK done")
            fetch = try connection.expect("UID FETCH")
            try connection.line(
                #"* 1 FETCH (X-GM-MSGID 1278455344230334865 X-GM-LABELS (99999999999 "\\Inbox" "x y")"#
                    + " UID 4294967295)"
            )
            try connection.line("\(fetch.tag) OK done")
            let list = try connection.expect("LIST")
            try connection.line(#"* LIST (\HasNoChildren) "/" 12345678901234"#)
            try connection.line("\(list.tag) OK done")
        }
        let session = try await open(server)
        #expect(try await session.examine(.inbox).highestModSeq == ModSeq(9_223_372_036_854_775_807))
        let last = UIDSet([uid(.max)])
        let states = try await session.flags(of: last)
        #expect(states.first?.flags.map(\.name) == ["99999999999", "\\Seen"])
        #expect(states.first?.modSeq == ModSeq(9_223_372_036_854_775_807))
        let gmail = try await session.gmailAttributes(of: last)
        #expect(gmail.first?.messageID == 1_278_455_344_230_334_865)
        #expect(gmail.first?.labels == ["99999999999", "\\Inbox", "x y"])
        #expect(try await session.list().map(\.name.decoded) == ["12345678901234"])
    }

    @Test("the receiver may end it, and its own error comes back")
    func receiverError() async throws {
        let server = FakeMailServer()
        for number in 1...3 { server.deliver(message(number, octets: 100_000)) }
        let session = try await open(server.port, user: server.user, secret: server.secret)
        _ = try await session.examine(.inbox)
        let collector = Collector(limit: 150_000)
        let error = await #expect(throws: IMAPError.self) {
            try await session.fetchBodies(uids(1, 2, 3), into: collector)
        }
        #expect(error?.code == .receiver)
        #expect(error?.underlying is Collector.Full)
        #expect(collector.isConsistent && collector.abandonments == 1)
        #expect(collector.bodies.keys.map(\.rawValue) == [1])
    }

    @Test("a message whose date is no date can be had without it")
    func badDate() async throws {
        let server = ScriptedIMAPServer { connection in
            try connection.logIn()
            try connection.examine()
            let fetch = try connection.expect("UID FETCH")
            let date = fetch.arguments.contains("INTERNALDATE") ? #"INTERNALDATE "yesterday" "# : ""
            try connection.line("* 1 FETCH (UID 5 \(date)BODY[] {5}\r\nhello)\r\n\(fetch.tag) OK done")
        }
        for (detail, code) in [(FetchDetail.full, IMAPError.Code.protocolViolation), (.least, nil)] {
            let session = try await open(server)
            _ = try await session.examine(.inbox)
            let collector = Collector()
            do {
                #expect(try await session.fetchBodies(uids(5), detail, into: collector) == uids(5))
                #expect(code == nil && collector.bodies[uid(5)] == Array("hello".utf8))
            } catch {
                #expect(error.code == code && collector.isConsistent)
            }
        }
    }

    @Test("a mailbox's name with quotes and backslashes is one argument")
    func quoting() async throws {
        let heard = Heard()
        let server = ScriptedIMAPServer { connection in
            try connection.logIn()
            let command = try connection.expect("EXAMINE")
            heard.note(command.arguments)
            try connection.line("* 0 EXISTS")
            try connection.line("\(command.tag) OK done")
        }
        let session = try await open(server)
        _ = try await session.examine(MailboxName(#"a"b\c & ü"#)!)
        #expect(heard.lines == [#""a\"b\\c &- &APw-""#])
    }

    @Test(
        "a name that is no modified UTF-7 is sent back as the server spells it",
        arguments: ["R&D", "Bücher"])
    func oddNames(_ name: String) async throws {
        let heard = Heard()
        let server = ScriptedIMAPServer { connection in
            try connection.logIn()
            let list = try connection.expect("LIST")
            try connection.line(#"* LIST () "/" "\#(name)""#)
            try connection.line("\(list.tag) OK done")
            let command = try connection.expect("EXAMINE")
            heard.note(command.arguments)
            try connection.line("* 0 EXISTS")
            try connection.line("\(command.tag) OK done")
        }
        let session = try await open(server)
        let listed = try await session.list()
        #expect(listed.map(\.name.decoded) == [name])
        _ = try await session.examine(listed[0].name)
        #expect(heard.lines == ["\"\(name)\""])
    }
}

func open(_ server: ScriptedIMAPServer) async throws(IMAPError) -> IMAPSession {
    try await open(server.port, user: "a", secret: "b")
}

func open(_ port: UInt16, user: String, secret: String, seconds: Int = 5) async throws(IMAPError)
    -> IMAPSession
{
    let endpoint = IMAPEndpoint(
        host: "127.0.0.1", port: port, security: .plain, connectSeconds: seconds, commandSeconds: seconds)
    return try await IMAPSession.open(endpoint, IMAPLogin(user: user, secret: secret))
}

extension String {
    func replacing(_ word: String, with other: String) -> String {
        split(separator: word, omittingEmptySubsequences: false).joined(separator: other)
    }
}
