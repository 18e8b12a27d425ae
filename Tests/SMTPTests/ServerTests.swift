import Mail
import SMTP
import TestServers
import Testing

@Suite("What the server can do, and who we are")
struct ServerTests {
    @Test("a message larger than the server takes is not begun")
    func size() async throws {
        var options = ScriptedSMTPServer.Options()
        options.extensions = ["SIZE 1000"]
        let server = ScriptedSMTPServer(options)
        let submitter = Submitter(Post.endpoint(server.port))
        let octets = Post.octets(1, body: String(repeating: "x", count: 1_000) + "\r\n")
        let error = await #expect(throws: SMTPError.self) { try await submitter.submit(Post.letter(octets)) }
        #expect(error?.code == .tooLarge)
        #expect(error?.isTransient == false)
        #expect(error?.words == "the message has \(octets.count) octets, and the server takes at most 1000")
        #expect(!server.lines.contains { $0.hasPrefix("MAIL") })
        #expect(try await submitter.submit(Post.letter()).summary == ["accepted 250"])
        #expect(server.connections == 1)
    }

    @Test("a server that names no limit", arguments: ["SIZE", "SIZE 0", "8BITMIME"])
    func noLimit(_ line: String) async throws {
        var options = ScriptedSMTPServer.Options()
        options.extensions = [line]
        let server = ScriptedSMTPServer(options)
        let submitter = Submitter(Post.endpoint(server.port))
        #expect(try await submitter.greet(login: .none).largestMessage == nil)
        #expect(try await submitter.submit(Post.letter()).summary == ["accepted 250"])
        #expect(server.connections == 1)
    }

    @Test("what it says of itself")
    func facts() async throws {
        var options = ScriptedSMTPServer.Options()
        options.mechanisms = ["PLAIN", "XOAUTH2"]
        let server = ScriptedSMTPServer(options)
        let facts = try await Submitter(Post.endpoint(server.port)).greet(login: .none)
        #expect(facts.greeting == "mail.example ESMTP scripted")
        #expect(facts.largestMessage == 35_882_577)
        #expect(facts.hasSMTPUTF8 && facts.has8BitMIME)
        #expect(facts.mechanisms == ["PLAIN", "XOAUTH2"])
    }

    @Test("addresses that are not ASCII need SMTPUTF8", arguments: [true, false])
    func international(_ isOffered: Bool) async throws {
        var options = ScriptedSMTPServer.Options()
        options.extensions = isOffered ? ["SMTPUTF8"] : []
        let server = ScriptedSMTPServer(options)
        let letter = Post.letter(to: ["jürgen@client.example"])
        guard isOffered else {
            let error = await #expect(throws: SMTPError.self) {
                try await Submitter(Post.endpoint(server.port)).submit(letter)
            }
            #expect(error?.code == .unsupported)
            #expect(error?.isTransient == false)
            #expect(error?.words.contains("SMTPUTF8") == true)
            return
        }
        _ = try await Submitter(Post.endpoint(server.port)).submit(letter)
        #expect(server.deliveries.first?.mail == "<office@firm.example> SMTPUTF8")
        #expect(server.deliveries.first?.recipients == ["<jürgen@client.example>"])
    }

    @Test("8-bit octets need 8BITMIME", arguments: [true, false])
    func eightBit(_ isOffered: Bool) async throws {
        var options = ScriptedSMTPServer.Options()
        options.extensions = isOffered ? ["8BITMIME"] : []
        let server = ScriptedSMTPServer(options)
        let octets = Post.octets(1, body: "Grüße, 請求書\r\n")
        let letter = Post.letter(octets, needs8BitMIME: true)
        let submission = try? await Submitter(Post.endpoint(server.port)).submit(letter)
        #expect(submission?.summary == (isOffered ? ["accepted 250"] : nil))
        #expect(server.deliveries.map(\.octets) == (isOffered ? [octets] : []))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let mechanisms: [String]
        let login: SMTPLogin
        let code: SMTPError.Code?

        init(_ sentence: String, _ mechanisms: [String], _ login: SMTPLogin, _ code: SMTPError.Code? = nil) {
            testDescription = sentence
            self.mechanisms = mechanisms
            self.login = login
            self.code = code
        }
    }

    private static let password = SMTPLogin.password(user: "office", secret: "correct horse")
    private static let token = SMTPLogin.bearer(user: "office", token: "correct horse")

    static let logins = [
        Case("PLAIN", ["PLAIN"], password),
        Case("LOGIN", ["LOGIN"], password),
        Case("PLAIN before LOGIN, and before what is stronger", ["CRAM-MD5", "LOGIN", "PLAIN"], password),
        Case("XOAUTH2", ["XOAUTH2"], token),
        Case("OAUTHBEARER", ["OAUTHBEARER"], token),
        Case("a token where passwords are taken, too", ["PLAIN", "XOAUTH2"], token),
        Case(
            "a wrong password by PLAIN", ["PLAIN"], .password(user: "office", secret: "wr0ng"),
            .authenticationFailed),
        Case(
            "a wrong password by LOGIN", ["LOGIN"], .password(user: "office", secret: "wr0ng"),
            .authenticationFailed),
        Case(
            "a wrong token by XOAUTH2", ["XOAUTH2"], .bearer(user: "office", token: "wr0ng"),
            .authenticationFailed),
        Case(
            "a wrong token by OAUTHBEARER", ["OAUTHBEARER"], .bearer(user: "office", token: "wr0ng"),
            .authenticationFailed),
        Case("no AUTH offered", [], password, .unsupported),
        Case("only what we do not do", ["CRAM-MD5", "NTLM"], password, .unsupported),
        Case("a token, and only passwords are taken", ["PLAIN", "LOGIN"], token, .unsupported),
        Case("a password, and only tokens are taken", ["XOAUTH2"], password, .unsupported),
        Case("a NUL in a password", ["PLAIN"], .password(user: "office", secret: "wr0ng\0"), .argument),
        Case(
            "a line break in a user name", ["LOGIN"], .password(user: "office\r\nQUIT", secret: "wr0ng"),
            .argument),
    ]

    @Test("logging in", arguments: logins)
    func logIn(_ test: Case) async throws {
        var options = ScriptedSMTPServer.Options()
        options.mechanisms = test.mechanisms
        let server = ScriptedSMTPServer(options)
        let submitter = Submitter(Post.endpoint(server.port))
        guard let code = test.code else {
            #expect(try await submitter.submit(Post.letter(), login: test.login).summary == ["accepted 250"])
            return
        }
        let error = await #expect(throws: SMTPError.self) {
            try await submitter.submit(Post.letter(), login: test.login)
        }
        #expect(error?.code == code, "\(error.map(String.init(describing:)) ?? "")")
        #expect(error?.isTransient == false)
        var dumped = ""
        dump(error, to: &dumped)
        dump(test.login, to: &dumped)
        #expect(!dumped.contains("wr0ng") && !"\(test.login)".contains("wr0ng"))
        #expect(server.deliveries.isEmpty)
        #expect(!server.lines.contains { $0.hasPrefix("MAIL") })
    }

    @Test("a connection serves for one login; a renewed token is the same")
    func otherLogin() async throws {
        var options = ScriptedSMTPServer.Options()
        options.mechanisms = ["PLAIN", "XOAUTH2"]
        let server = ScriptedSMTPServer(options)
        let submitter = Submitter(Post.endpoint(server.port))
        _ = try await submitter.submit(Post.letter(), login: Self.token)
        _ = try await submitter.submit(Post.letter(), login: .bearer(user: "office", token: "renewed"))
        #expect(server.connections == 1)
        _ = try await submitter.submit(Post.letter(), login: Self.password)
        #expect(server.connections == 2)
        _ = try? await submitter.submit(Post.letter(), login: .password(user: "office", secret: "wr0ng"))
        #expect(server.connections == 3)
        #expect(server.deliveries.count == 3)
    }
}
