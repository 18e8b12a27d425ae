import Mail
import SMTP
import TestServers
import Testing

@Suite("Whatever the server says, wherever it stops")
struct StepTests {
    enum Ending: Sendable {
        case submission([String], dot: Bool)
        case error(SMTPError.Code, isTransient: Bool)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let step: ScriptedSMTPServer.Step
        let action: ScriptedSMTPServer.Action
        let ending: Ending
        /// Messages that the server has in the end.
        var taken = 0

        init(
            _ sentence: String, _ step: ScriptedSMTPServer.Step, _ action: ScriptedSMTPServer.Action,
            _ ending: Ending, taken: Int = 0
        ) {
            testDescription = sentence
            self.step = step
            self.action = action
            self.ending = ending
            self.taken = taken
        }
    }

    private static let later = ScriptedSMTPServer.Action.say("451 4.3.0 not now")
    private static let never = ScriptedSMTPServer.Action.say("554 5.3.0 never")
    private static let goodbye = ScriptedSMTPServer.Action.sayAndDrop("421 4.3.2 closing")
    private static let refused = Ending.error(.refused, isTransient: true)
    private static let forbidden = Ending.error(.refused, isTransient: false)
    private static let lost = Ending.error(.closed, isTransient: true)

    static let cases = [
        Case("the greeting is 4yz", .greeting, later, refused),
        Case("the greeting is 5yz", .greeting, never, forbidden),
        Case("the greeting is 421", .greeting, goodbye, refused),
        Case("no greeting", .greeting, .drop, lost),
        Case("EHLO is 4yz", .ehlo, later, refused),
        Case("EHLO is 5yz", .ehlo, never, forbidden),
        Case("EHLO is 421", .ehlo, goodbye, refused),
        Case("EHLO is not answered", .ehlo, .drop, lost),
        Case("AUTH is 4yz", .auth, .say("454 4.7.0 not now"), refused),
        Case("AUTH is 5yz", .auth, .say("535 5.7.8 no"), .error(.authenticationFailed, isTransient: false)),
        Case("AUTH is 421", .auth, goodbye, refused),
        Case("AUTH is not answered", .auth, .drop, lost),
        Case("NOOP is 4yz", .noop, later, refused),
        Case("NOOP is 421", .noop, goodbye, refused),
        Case("NOOP is not answered", .noop, .drop, lost),
        Case("MAIL is 4yz", .mail, later, .submission(["refused 451", "refused 451"], dot: false)),
        Case("MAIL is 5yz", .mail, never, .submission(["refused 554", "refused 554"], dot: false)),
        Case("MAIL is 421", .mail, goodbye, .submission(["refused 421", "refused 421"], dot: false)),
        Case(
            "MAIL is no reply of SMTP's", .mail, .say("999 what"),
            .error(.protocolViolation, isTransient: true)),
        Case("MAIL is 354", .mail, .say("354 what"), .error(.protocolViolation, isTransient: true)),
        Case("MAIL is not answered", .mail, .drop, lost),
        Case(
            "one RCPT is 4yz", .rcpt, later, .submission(["refused 451", "accepted 250"], dot: true), taken: 1
        ),
        Case(
            "one RCPT is 5yz", .rcpt, never, .submission(["refused 554", "accepted 250"], dot: true), taken: 1
        ),
        Case(
            "one RCPT is 251", .rcpt, .say("251 2.1.5 forwarded"),
            .submission(["accepted 250", "accepted 250"], dot: true), taken: 1),
        Case("one RCPT is 421", .rcpt, goodbye, .submission(["refused 421", "refused 421"], dot: false)),
        Case("one RCPT is not answered", .rcpt, .drop, lost),
        Case("DATA is 4yz", .data, later, .submission(["refused 451", "refused 451"], dot: false)),
        Case("DATA is 5yz", .data, never, .submission(["refused 554", "refused 554"], dot: false)),
        Case("DATA is 421", .data, goodbye, .submission(["refused 421", "refused 421"], dot: false)),
        Case("DATA is 250", .data, .say("250 what"), .error(.protocolViolation, isTransient: true)),
        Case("DATA is not answered", .data, .drop, lost),
        Case("the end is 4yz", .end, later, .submission(["refused 451", "refused 451"], dot: true)),
        Case("the end is 5yz", .end, never, .submission(["refused 554", "refused 554"], dot: true)),
        Case("the end is 421", .end, goodbye, .submission(["refused 421", "refused 421"], dot: true)),
        Case(
            "the end is 354", .end, .say("354 what"),
            .submission(["unknown protocolViolation", "unknown protocolViolation"], dot: true), taken: 1),
        Case(
            "the end is 999", .end, .say("999 what"),
            .submission(["unknown protocolViolation", "unknown protocolViolation"], dot: true)),
        Case(
            "the end is 252", .end, .say("252 well"),
            .submission(["accepted 252", "accepted 252"], dot: true), taken: 1),
        Case(
            "not taken and not answered", .end, .drop,
            .submission(["unknown closed", "unknown closed"], dot: true)),
        Case(
            "taken and not answered", .end, .storeAndDrop,
            .submission(["unknown closed", "unknown closed"], dot: true), taken: 1),
        Case(
            "QUIT is not answered", .quit, .drop, .submission(["accepted 250", "accepted 250"], dot: true),
            taken: 1),
    ]

    @Test("told by the reply", arguments: cases)
    func step(_ test: Case) async throws {
        var options = ScriptedSMTPServer.Options()
        options.mechanisms = ["PLAIN"]
        let server = ScriptedSMTPServer(options) { moment in
            let isFirst = moment.step != .rcpt || moment.line.contains("kate@")
            return moment.step == test.step && isFirst ? test.action : .usual
        }
        defer { server.stop() }
        let submitter = Submitter(Post.endpoint(server.port))
        let letter = Post.letter(to: ["kate@client.example", "tom@client.example"])
        let dots = Counter()
        let begun = ContinuousClock.now
        defer { #expect(ContinuousClock.now - begun < .seconds(20), "nothing is waited for in vain") }
        switch test.ending {
        case .submission(let summary, let dot):
            let submission = try await submitter.submit(
                letter, login: .password(user: "office", secret: "correct horse")
            ) { dots.add() }
            #expect(submission.summary == summary)
            #expect(submission.finalDotSent == dot)
            #expect(dots.count == (dot ? 1 : 0))
        case .error(let code, let isTransient):
            let error = await #expect(throws: SMTPError.self) {
                _ = try await submitter.submit(
                    letter, login: .password(user: "office", secret: "correct horse")
                ) { dots.add() }
            }
            #expect(error?.code == code, "\(error.map(String.init(describing:)) ?? "")")
            #expect(error?.isTransient == isTransient)
            #expect(dots.count == 0)
        }
        await submitter.close()
        #expect(server.connections == 1)
        #expect(server.deliveries.count == test.taken)
    }

    @Test("the server's words are kept, without what could deceive who reads them, and not without end")
    func words() async throws {
        let long = String(repeating: "wordsäöü ", count: 300)
        let server = ScriptedSMTPServer { moment in
            guard moment.step == .rcpt else { return .usual }
            return moment.line.contains("kate@")
                ? .say("550-5.1.1 no\u{1b}[31m su\u{202e}ch\r\n550-5.1.1 user\u{7}\r\n550 5.1.1 here")
                : .say("451 \(long)")
        }
        defer { server.stop() }
        let submission = try await Submitter(Post.endpoint(server.port)).submit(
            Post.letter(to: ["kate@client.example", "tom@client.example"]))
        guard case .refused(let first) = submission.recipients[0].outcome,
            case .refused(let second) = submission.recipients[1].outcome
        else {
            Issue.record("both are refused")
            return
        }
        #expect(first.text == "no [31m su ch user  here")
        #expect(first.status == EnhancedStatus(.permanent, 1, 1))
        #expect(first.description == "550 5.1.1 \(first.text)")
        #expect(second.text.utf8.count <= SMTPReply.longest)
        #expect(second.text.hasPrefix("wordsäöü wordsäöü") && second.text.hasSuffix("…"))
        #expect(second.status == nil)
    }
}
