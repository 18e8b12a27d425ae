import Mail
import SMTP
import TestServers
import Testing

@Suite("Nothing that we are given can become a command, or a second message")
struct InjectionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let local: String
        var domain = "client.example"

        init(_ sentence: String, _ local: String, at domain: String = "client.example") {
            testDescription = sentence
            self.local = local
            self.domain = domain
        }
    }

    static let addresses = [
        Case("a space and a parameter", "kate@x> SIZE=1 <y"),
        Case("an angle bracket", "kate>x"),
        Case("a quoted local part", "kate smith"),
        Case("a quotation mark", "ka\"te"),
        Case("a backslash", "ka\\te"),
        Case("a second @", "kate@other.example"),
        Case("a source route", "@relay.example:kate"),
        Case("a comma", "kate,tom"),
        Case("a next line, U+0085", "kate\u{85}RCPT"),
        Case("a line separator, U+2028", "kate\u{2028}RCPT"),
        Case("a character without width", "ka\u{200b}te"),
        Case("one that turns the writing", "ka\u{202e}te"),
        Case("a space in the domain", "kate", at: "client.example SIZE=1"),
        Case("an angle bracket in the domain", "kate", at: "client.example>"),
        Case("a domain without a word between two dots", "kate", at: "client..example"),
        Case("a domain that is a dot", "kate", at: "."),
        Case("a domain that begins as an option", "kate", at: "-oQ.example"),
        Case("an address literal with more in it", "kate", at: "[127.0.0.1] X"),
        Case("a full stop that is none", "kate", at: "client\u{3000}example"),
        Case("too long", String(repeating: "a", count: 300)),
    ]

    @Test("an address", arguments: addresses)
    func address(_ test: Case) async throws {
        let address = try #require(EmailAddress(localPart: test.local, domain: test.domain))
        let server = ScriptedSMTPServer()
        let submitter = Submitter(Post.endpoint(server.port))
        let good = Post.address("office@firm.example")
        for (path, recipients) in [(good, [good, address]), (address, [good])] {
            let octets = Post.octets(1)
            let letter = OutgoingMessage(reversePath: path, recipients: recipients, octetCount: octets.count)
            {
                $0(octets.span)
            }
            let error = await #expect(throws: SMTPError.self) { try await submitter.submit(letter) }
            #expect(error?.code == .argument)
            #expect(error?.isTransient == false)
        }
        #expect(server.connections == 0)
    }

    @Test(
        "control characters are in no address at all", arguments: ["\r\n", "\n", "\r", "\0", "\u{7f}", "\t"])
    func control(_ text: String) {
        #expect(EmailAddress(localPart: "kate\(text)RCPT", domain: "client.example") == nil)
        #expect(EmailAddress(localPart: "kate", domain: "client.example\(text)RCPT") == nil)
    }

    @Test(
        "addresses that people have",
        arguments: [
            "a..b@docomo.example", "x.@ezweb.example", ".kate@client.example", "o'hara+tag=1@client.example",
            "kate@[127.0.0.1]", "kate@[IPv6:::1]", "kate@localhost", "kate@under_score.example",
            "-kate@client.example",
            "#&*{|}~!$%/?^_`@client.example",
        ])
    func odd(_ text: String) async throws {
        let server = ScriptedSMTPServer()
        let submission = try await Submitter(Post.endpoint(server.port)).submit(
            Post.letter(from: text, to: [text]))
        #expect(submission.summary == ["accepted 250"])
        #expect(server.deliveries.first?.recipients == ["<\(text)>"])
        #expect(server.deliveries.first?.mail == "<\(text)>")
    }

    @Test("the null reverse-path")
    func null() async throws {
        let server = ScriptedSMTPServer()
        _ = try await Submitter(Post.endpoint(server.port)).submit(Post.letter(from: nil))
        #expect(server.deliveries.first?.mail == "<>")
    }

    @Test(
        "the host, and our own name",
        arguments: ["a b", "a/b", "a@b", "a%0d%0aQUIT", "a\r\nQUIT", "", "a?b", "a#b"])
    func names(_ name: String) async throws {
        let server = ScriptedSMTPServer()
        for host in [true, false] {
            var endpoint = Post.endpoint(server.port)
            if host { endpoint.host = name } else { endpoint.ehloName = name }
            let error = await #expect(throws: SMTPError.self) {
                try await Submitter(endpoint).submit(Post.letter())
            }
            #expect(error?.code == .argument)
        }
        #expect(server.connections == 0)
    }

    @Test("our own name may be an address literal", arguments: ["[127.0.0.1]", "[IPv6:::1]", "firm.example"])
    func literal(_ name: String) async throws {
        let server = ScriptedSMTPServer()
        var endpoint = Post.endpoint(server.port)
        endpoint.ehloName = name
        _ = try await Submitter(endpoint).submit(Post.letter())
        #expect(server.lines.first == "EHLO \(name)")
    }

    @Test(
        "octets that are no data",
        arguments: [
            "a bare LF\n", "a bare CR\rhere\r\n", "smuggled\n.\nMAIL FROM:<x@y.example>\r\n",
            "smuggled\r.\r\nMAIL\r\n",
            "smuggled\r\n\n.\r\nMAIL\r\n", "smuggled\n.\r\nMAIL\r\n", "a NUL\0\r\n", "no end of line",
            "only a CR\r",
            "8-bit: ä\r\n", "\r\r\n", "\n",
        ],
        [1, 7, 100_000])
    func data(_ body: String, _ piece: Int) async throws {
        let server = ScriptedSMTPServer()
        let dots = Counter()
        let error = await #expect(throws: SMTPError.self) {
            try await Submitter(Post.endpoint(server.port)).submit(
                Post.letter(Post.octets(1, body: body), piece: piece), login: .none
            ) { dots.add() }
        }
        #expect(error?.code == .argument)
        #expect(dots.count == 0)
        #expect(try await until(5) { server.openConnections == 0 })
        #expect(server.deliveries.isEmpty)
    }

    @Test("more octets than were announced, or fewer", arguments: [-1, 1])
    func count(_ difference: Int) async throws {
        let server = ScriptedSMTPServer()
        let octets = Post.octets(1)
        let error = await #expect(throws: SMTPError.self) {
            try await Submitter(Post.endpoint(server.port)).submit(
                Post.letter(octets, count: octets.count + difference))
        }
        #expect(error?.code == .argument)
        #expect(try await until(5) { server.openConnections == 0 })
        #expect(server.deliveries.isEmpty)
    }

    @Test(
        "dots arrive as they were, wherever a piece ends",
        arguments: [
            ".\r\n", "..\r\n", "...\r\n.\r\n", "\r\n.\r\n", "\r\n.\r\n\r\n..\r\n",
            "a\r\n.b\r\n.c.\r\n.\r\n.\r\n", ".a",
            "x\r\n\r\n\r\n", "",
        ],
        [1, 2, 3, 5, 65_536, 100_000])
    func dots(_ body: String, _ piece: Int) async throws {
        let server = ScriptedSMTPServer()
        let body = body.hasSuffix("a") ? body + "\r\n" : body
        let octets = Post.octets(1, body: body)
        #expect(
            try await Submitter(Post.endpoint(server.port)).submit(Post.letter(octets, piece: piece)).summary
                == ["accepted 250"])
        #expect(server.deliveries.map(\.octets) == [octets])
        // And a message that is nothing but this.
        let bare = Array(body.utf8)
        guard !bare.isEmpty else { return }
        _ = try await Submitter(Post.endpoint(server.port)).submit(Post.letter(bare, piece: piece))
        #expect(server.deliveries.last?.octets == bare)
    }

    @Test("a hundred thousand lines of dots, which libcurl makes longer")
    func manyDots() async throws {
        let server = ScriptedSMTPServer()
        let octets = Post.octets(1, body: String(repeating: ".\r\n..\r\n.x\r\n", count: 30_000))
        for piece in [977, 16_384, 65_536] {
            let submission = try await Submitter(Post.endpoint(server.port)).submit(
                Post.letter(octets, piece: piece))
            #expect(submission.summary == ["accepted 250"])
        }
        #expect(server.deliveries.allSatisfy { $0.octets == octets } && server.deliveries.count == 3)
    }
}
