import Mail
import SMTP
import TestServers
import Testing

/// A server that the contract is tested against, whichever it is.
protocol Taker: Sendable {
    var port: UInt16 { get }
    var tlsPort: UInt16 { get }
    var connections: Int { get }
    /// The messages that kate@client.example has.
    func taken() -> [[UInt8]]
    /// To be called at the end of a test: until then the server is there.
    func stop()
}

struct ScriptedTaker: Taker {
    let server: ScriptedSMTPServer
    let tls: ScriptedSMTPServer?
    var port: UInt16 { server.port }
    var tlsPort: UInt16 { tls?.port ?? 0 }
    var connections: Int { server.connections }
    func taken() -> [[UInt8]] {
        (server.deliveries + (tls?.deliveries ?? []))
            .filter { $0.recipients.contains { $0.contains("kate") } }.map(\.octets)
    }

    func stop() {
        server.stop()
        tls?.stop()
    }
}

struct PostfixTaker: Taker {
    let server: PostfixServer
    let dovecot: DovecotServer
    var port: UInt16 { server.port }
    var tlsPort: UInt16 { server.tlsPort }
    var connections: Int { server.connections }
    func taken() -> [[UInt8]] { dovecot.everything(of: "kate").map(\.octets) }

    func stop() {
        server.stop()
        dovecot.stop()
    }
}

enum TakerKind: String, CaseIterable, CustomTestStringConvertible {
    case scripted
    case postfix

    var testDescription: String { self == .scripted ? "a scripted server" : "a real Postfix" }

    /// Those that can run here; a test is skipped by name for the rest.
    static var available: [TakerKind] {
        if PostfixServer.isInstalled { return allCases }
        print("SKIPPED: the contract against a real Postfix: it is not installed, or we are not root")
        return [.scripted]
    }

    /// - Parameter certificates: STARTTLS, TLS and logging in with them; else neither.
    func start(_ certificates: TestCertificates? = nil, limit: Int = 35_882_577) throws -> any Taker {
        switch self {
        case .scripted:
            var options = ScriptedSMTPServer.Options()
            options.extensions = ["SIZE \(limit)", "8BITMIME", "SMTPUTF8"]
            options.tls = certificates
            options.mechanisms = certificates == nil ? [] : ["PLAIN", "LOGIN"]
            let rule: ScriptedSMTPServer.Rule = { moment in
                moment.step == .rcpt && moment.line.contains("nobody")
                    ? .say("550 5.1.1 <nobody@client.example>: no such user") : .usual
            }
            let server = ScriptedSMTPServer(options, rule: rule)
            options.isImplicit = true
            return ScriptedTaker(
                server: server, tls: certificates == nil ? nil : ScriptedSMTPServer(options, rule: rule))
        case .postfix:
            struct DoesNotStart: Error {}
            var options = PostfixServer.Options()
            options.messageSizeLimit = limit
            options.needsLogin = certificates != nil
            guard let dovecot = DovecotServer(),
                let server = PostfixServer(options, delivering: dovecot, certificates: certificates)
            else { throw DoesNotStart() }
            return PostfixTaker(server: server, dovecot: dovecot)
        }
    }
}

@Suite("The same of any server", .serialized)
struct ContractTests {
    private static let certificates = TestCertificates()

    /// What a server puts before a message is not ours.
    private static func arrives(_ octets: [UInt8], at taker: any Taker) async throws -> Bool {
        try await until(10) { taker.taken().contains { $0.suffix(octets.count).elementsEqual(octets) } }
    }

    @Test("octets arrive as they were", arguments: TakerKind.available)
    func octets(_ kind: TakerKind) async throws {
        let taker = try kind.start()
        defer { taker.stop() }
        let submitter = Submitter(Post.endpoint(taker.port))
        for (number, body) in [
            "hello\r\n", ".\r\n..\r\n.a\r\n\r\n.\r\n", "a\r\n\r\n\r\n",
            String(repeating: ".x\r\n", count: 30_000),
            "Grüße, 請求書\r\n",
        ].enumerated() {
            let octets = Post.octets(number, body: body)
            let letter = Post.letter(octets, needs8BitMIME: true, piece: 1_000)
            #expect(try await submitter.submit(letter).summary == ["accepted 250"])
            #expect(try await Self.arrives(octets, at: taker))
        }
        #expect(await submitter.connections == 1)
    }

    @Test("each recipient has an outcome", arguments: TakerKind.available)
    func recipients(_ kind: TakerKind) async throws {
        let taker = try kind.start()
        defer { taker.stop() }
        let submitter = Submitter(Post.endpoint(taker.port))
        let both = try await submitter.submit(
            Post.letter(to: ["nobody@client.example", "kate@client.example"]))
        #expect(both.summary == ["refused 550", "accepted 250"])
        guard case .refused(let reply) = both.recipients[0].outcome else { return }
        #expect(reply.status?.description == "5.1.1")
        #expect(reply.text.contains("nobody@client.example"))
        #expect(both.final?.text.contains("queued as") == true)
        let none = try await submitter.submit(Post.letter(to: ["nobody@client.example"]))
        #expect(none.summary == ["refused 550"])
        #expect(!none.finalDotSent)
        #expect(try await submitter.submit(Post.letter(Post.octets(7))).summary == ["accepted 250"])
        #expect(try await Self.arrives(Post.octets(7), at: taker))
    }

    @Test("a message that is too large is refused before it is sent", arguments: TakerKind.available)
    func size(_ kind: TakerKind) async throws {
        let taker = try kind.start(limit: 20_000)
        defer { taker.stop() }
        let octets = Post.octets(1, body: String(repeating: "xxxxxxxx\r\n", count: 2_000))
        let error = await #expect(throws: SMTPError.self) {
            try await Submitter(Post.endpoint(taker.port)).submit(Post.letter(octets))
        }
        #expect(error?.code == .tooLarge)
        #expect(error?.words.hasSuffix("the server takes at most 20000") == true)
    }

    @Test("an address that is not ASCII", arguments: TakerKind.available)
    func international(_ kind: TakerKind) async throws {
        let taker = try kind.start()
        defer { taker.stop() }
        let letter = Post.letter(from: "büro@firm.example", to: ["kate@client.example"], needsSMTPUTF8: true)
        #expect(try await Submitter(Post.endpoint(taker.port)).submit(letter).summary == ["accepted 250"])
        #expect(try await Self.arrives(Post.octets(1), at: taker))
    }

    @Test(
        "logging in, over TLS at once and after STARTTLS", arguments: TakerKind.available,
        [SMTPEndpoint.Security.tls, .startTLS])
    func login(_ kind: TakerKind, _ security: SMTPEndpoint.Security) async throws {
        let certificates = try #require(Self.certificates, "openssl is needed")
        let taker = try kind.start(certificates)
        defer { taker.stop() }
        let port = security == .tls ? taker.tlsPort : taker.port
        let endpoint = Post.endpoint(port, security, host: "localhost", caFile: certificates.caFile)
        let submitter = Submitter(endpoint)
        for number in 1...3 {
            let letter = Post.letter(Post.octets(number))
            let login = SMTPLogin.password(user: "office", secret: "correct horse")
            #expect(try await submitter.submit(letter, login: login).summary == ["accepted 250"])
            #expect(try await Self.arrives(Post.octets(number), at: taker))
        }
        #expect(await submitter.connections == 1)
        let wrong = await #expect(throws: SMTPError.self) {
            try await Submitter(endpoint).submit(
                Post.letter(), login: .password(user: "office", secret: "wr0ng"))
        }
        #expect(wrong?.code == .authenticationFailed)
        #expect(wrong?.reply?.code.rawValue == 535)
    }
}

@Suite(
    "A real Postfix", .serialized,
    .enabled(if: PostfixServer.isInstalled, "Postfix is not installed, or we are not root"))
struct PostfixTests {
    @Test(
        "a sub-address reaches the mailbox, and what Postfix took and cannot deliver comes back as a report")
    func bounce() async throws {
        let dovecot = try #require(DovecotServer())
        defer { dovecot.stop() }
        var options = PostfixServer.Options()
        options.refusesUnknown = false
        let server = try #require(PostfixServer(options, delivering: dovecot))
        defer { server.stop() }
        let submitter = Submitter(Post.endpoint(server.port))
        _ = try await submitter.submit(Post.letter(to: ["kate+abcdefgh@client.example"]))
        #expect(try await until(10) { dovecot.everything(of: "kate").count == 1 })
        let submission = try await submitter.submit(
            Post.letter(Post.octets(5), to: ["nobody@client.example"]))
        #expect(submission.summary == ["accepted 250"])
        #expect(try await until(10) { dovecot.everything(of: "office").count == 1 }, "\(server.log)")
        let report = String(decoding: dovecot.everything(of: "office").first?.octets ?? [], as: UTF8.self)
        #expect(report.contains("Content-Type: message/delivery-status"))
        #expect(report.contains("Final-Recipient: rfc822; nobody@client.example"))
        #expect(report.contains("Status: 5.1.1"))
        #expect(report.contains("Message-ID: <5@firm.example>"))
    }

    @Test("a hundred megabytes go through a few of ours")
    func memory() async throws {
        let dovecot = try #require(DovecotServer())
        defer { dovecot.stop() }
        var options = PostfixServer.Options()
        options.messageSizeLimit = 0
        options.extra = "smtpd_end_of_data_restrictions = check_client_access static:{discard}"
        let server = try #require(PostfixServer(options, delivering: dovecot))
        defer { server.stop() }
        let header = Post.octets(1)
        let piece = Array(String(repeating: String(repeating: "x", count: 76) + "\r\n", count: 840).utf8)
        let pieces = 1_600
        let letter = OutgoingMessage(
            reversePath: nil, recipients: [Post.address("kate@client.example")],
            octetCount: header.count + pieces * piece.count
        ) { sink in
            sink(header.span)
            for _ in 0..<pieces { sink(piece.span) }
        }
        let submitter = Submitter(Post.endpoint(server.port, transactionSeconds: 60, answerSeconds: 60))
        _ = try await submitter.submit(Post.letter())
        let before = Self.peak
        let begun = ContinuousClock.now
        #expect(try await submitter.submit(letter).summary == ["accepted 250"])
        print(
            "\(letter.octetCount / 1_000_000) MB in \(ContinuousClock.now - begun), \(Self.peak - before) kB more"
        )
        #expect(Self.peak - before < 30_000)
    }

    /// The most memory that this process has had, in kB.
    private static var peak: Int {
        let status = String(decoding: TestDirectory.read("/proc/self/status") ?? [], as: UTF8.self)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return Int(line.filter(\.isNumber)) ?? 0
    }
}
