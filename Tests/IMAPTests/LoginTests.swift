import IMAP
import Mail
import Synchronization
import TestServers
import Testing

@Suite("What is said before and at the login")
struct LoginTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var security = IMAPEndpoint.Security.plain
        var greeting = "* OK ready"
        var capabilities = "IMAP4rev1"
        var mechanism = IMAPLogin.Mechanism.automatic
        var user = "office"
        var secret = "correct horse"
        var startTLS = "OK begin"
        let code: IMAPError.Code

        init(_ sentence: String, _ code: IMAPError.Code, _ change: (inout Case) -> Void) {
            testDescription = sentence
            self.code = code
            change(&self)
        }
    }

    static let refusals = [
        Case("PREAUTH where STARTTLS is due", .unsupported) {
            $0.security = .startTLS
            $0.greeting = "* PREAUTH welcome back"
        },
        Case("STARTTLS stripped from the capabilities", .unsupported) { $0.security = .startTLS },
        Case("STARTTLS refused", .no) {
            $0.security = .startTLS
            $0.capabilities = "IMAP4rev1 STARTTLS"
            $0.startTLS = "NO not today"
        },
        Case("words put in behind the answer to STARTTLS", .protocolViolation) {
            $0.security = .startTLS
            $0.capabilities = "IMAP4rev1 STARTTLS"
            $0.startTLS = "OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN"
        },
        Case("half a line put in behind the answer to STARTTLS", .protocolViolation) {
            $0.security = .startTLS
            $0.capabilities = "IMAP4rev1 STARTTLS"
            $0.startTLS = "OK begin\r\n* C"
        },
        Case("LOGINDISABLED and no other mechanism", .unsupported) {
            $0.capabilities = "IMAP4rev1 LOGINDISABLED"
        },
        Case("AUTH=PLAIN wanted and not offered", .unsupported) { $0.mechanism = .plain },
        Case("a secret beyond ASCII for LOGIN alone", .unsupported) { $0.secret = "pässword" },
        Case("a secret with CR LF and a command in it", .argument) { $0.secret = "x\"\r\nA1 DELETE INBOX" },
        Case("a user with NUL in it", .argument) { $0.user = "office\0" },
        Case("a BYE for a greeting", .bye) { $0.greeting = "* BYE [UNAVAILABLE] come back later" },
        Case("a greeting that is no IMAP", .protocolViolation) { $0.greeting = "220 smtp.example ESMTP" },
    ]

    @Test("nothing secret is sent", arguments: refusals)
    func refused(_ test: Case) async throws {
        let heard = Heard()
        let server = ScriptedIMAPServer { connection in
            try connection.line(test.greeting)
            while true {
                let line = try connection.command()
                heard.note(line.whole)
                switch line.verb {
                case "CAPABILITY":
                    try connection.send("* CAPABILITY \(test.capabilities)\r\n\(line.tag) OK done\r\n")
                case "STARTTLS": try connection.send("\(line.tag) \(test.startTLS)\r\n")
                default: try connection.line("\(line.tag) OK done")
                }
            }
        }
        let endpoint = IMAPEndpoint(
            host: "127.0.0.1", port: server.port, security: test.security, connectSeconds: 5,
            commandSeconds: 5)
        let login = IMAPLogin(user: test.user, secret: test.secret, mechanism: test.mechanism)
        let error = await #expect(throws: IMAPError.self) { try await IMAPSession.open(endpoint, login) }
        #expect(error?.code == test.code)
        #expect(!heard.lines.contains { $0.contains("LOGIN") || $0.contains("AUTHENTICATE") })
    }

    @Test("the quotes and backslashes of a secret arrive as they are")
    func quoting() async throws {
        let heard = Heard()
        let server = ScriptedIMAPServer { connection in
            try connection.line("* OK ready")
            while true {
                let line = try connection.command()
                heard.note(line.whole)
                if line.verb == "CAPABILITY" { try connection.line("* CAPABILITY IMAP4rev1") }
                try connection.line("\(line.tag) OK done")
            }
        }
        let endpoint = IMAPEndpoint(host: "127.0.0.1", port: server.port, security: .plain)
        _ = try await IMAPSession.open(endpoint, IMAPLogin(user: "of fice", secret: #"a"b\c"#))
        #expect(heard.lines.contains { $0.hasSuffix(#"LOGIN "of fice" "a\"b\\c""#) })
    }

    @Test("AUTHENTICATE PLAIN without an initial response waits for its turn")
    func authenticate() async throws {
        let heard = Heard()
        let server = ScriptedIMAPServer { connection in
            try connection.line("* OK ready")
            while true {
                let line = try connection.command()
                if line.verb == "CAPABILITY" { try connection.line("* CAPABILITY IMAP4rev1 AUTH=PLAIN") }
                if line.verb == "AUTHENTICATE" {
                    heard.note(line.whole)
                    try connection.line("+ ")
                    heard.note(try connection.read())
                }
                try connection.line("\(line.tag) OK done")
            }
        }
        let endpoint = IMAPEndpoint(host: "127.0.0.1", port: server.port, security: .plain)
        _ = try await IMAPSession.open(endpoint, IMAPLogin(user: "kate", secret: "naïve"))
        #expect(heard.lines.last == "AGthdGUAbmHDr3Zl")
    }

    @Test("a server that cannot say just now is not a wrong secret")
    func unavailable() async throws {
        let server = FakeMailServer()
        server.fail { $0.answers["AUTHENTICATE"] = "NO [UNAVAILABLE] the user database is away" }
        let endpoint = IMAPEndpoint(host: "127.0.0.1", port: server.port, security: .plain)
        let login = IMAPLogin(user: server.user, secret: server.secret)
        let error = await #expect(throws: IMAPError.self) { try await IMAPSession.open(endpoint, login) }
        #expect(error?.code == .no && error?.isTransient == true)
        #expect(error?.responseCode == "UNAVAILABLE")
    }

    @Test("a login is never printed")
    func neverPrinted() {
        let login = IMAPLogin(user: "office", secret: "correct horse")
        var dumped = ""
        dump(login, to: &dumped)
        for text in ["\(login)", String(reflecting: login), String(describing: [login]), dumped] {
            #expect(!text.contains("correct"))
        }
    }
}

/// What a server has heard, for a test to look at.
final class Heard: Sendable {
    private let state = Mutex<[String]>([])
    var lines: [String] { state.withLock { $0 } }
    func note(_ line: String) { state.withLock { $0.append(line) } }
}
