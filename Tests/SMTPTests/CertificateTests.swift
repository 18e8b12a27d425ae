import SMTP
import TestServers
import Testing

@Suite("Who may not have our password, nor our clients' mail")
struct CertificateTests {
    private static let certificates = TestCertificates()
    private static let login = SMTPLogin.password(user: "office", secret: "correct horse")

    private static func options(
        _ certificates: TestCertificates, _ kind: TestCertificates.Kind, _ security: SMTPEndpoint.Security
    ) -> ScriptedSMTPServer.Options {
        var options = ScriptedSMTPServer.Options()
        options.tls = certificates
        options.certificate = kind
        options.isImplicit = security == .tls
        options.mechanisms = ["PLAIN"]
        return options
    }

    @Test(
        "refused before a word is said", arguments: TestCertificates.Kind.allCases.filter { $0 != .good },
        [SMTPEndpoint.Security.tls, .startTLS])
    func refused(_ kind: TestCertificates.Kind, _ security: SMTPEndpoint.Security) async throws {
        let certificates = try #require(Self.certificates, "openssl is needed")
        let server = ScriptedSMTPServer(Self.options(certificates, kind, security))
        defer { server.stop() }
        for host in ["localhost", "127.0.0.1"] {
            let endpoint = Post.endpoint(server.port, security, host: host, caFile: certificates.caFile)
            let error = await #expect(throws: SMTPError.self) {
                try await Submitter(endpoint).submit(Post.letter(), login: Self.login)
            }
            #expect(error?.code == .certificate, "\(error.map(String.init(describing:)) ?? "")")
            #expect(error?.isTransient == false)
        }
        #expect(!server.lines.contains("AUTH"))
        #expect(server.deliveries.isEmpty)
    }

    @Test("TLS 1.1")
    func old() async throws {
        let certificates = try #require(Self.certificates, "openssl is needed")
        let options = ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"]
        let server = try #require(TestTLSServer(.good, of: certificates, options: options))
        let endpoint = Post.endpoint(server.port, .tls, host: "localhost", caFile: certificates.caFile)
        let error = await #expect(throws: SMTPError.self) {
            try await Submitter(endpoint).submit(Post.letter(), login: Self.login)
        }
        #expect(error?.code == .tls)
    }

    @Test("the system's authorities do not vouch for ours, nor ours for anybody else's")
    func otherAuthorities() async throws {
        let certificates = try #require(Self.certificates, "openssl is needed")
        let server = ScriptedSMTPServer(Self.options(certificates, .good, .tls))
        defer { server.stop() }
        for file in [nil, "/nonexistent/ca.pem", "/dev/null"] {
            let endpoint = Post.endpoint(server.port, .tls, host: "localhost", caFile: file)
            let error = await #expect(throws: SMTPError.self) {
                try await Submitter(endpoint).submit(Post.letter(), login: Self.login)
            }
            #expect(error?.code == .certificate, "\(error.map(String.init(describing:)) ?? "")")
        }
        #expect(!server.lines.contains("AUTH"))
    }

    @Test(
        "a proven server gets our login, over TLS at once or after STARTTLS",
        arguments: [SMTPEndpoint.Security.tls, .startTLS])
    func proven(_ security: SMTPEndpoint.Security) async throws {
        let certificates = try #require(Self.certificates, "openssl is needed")
        let server = ScriptedSMTPServer(Self.options(certificates, .good, security))
        defer { server.stop() }
        for host in ["localhost", "127.0.0.1"] {
            let submitter = Submitter(
                Post.endpoint(server.port, security, host: host, caFile: certificates.caFile))
            let octets = Post.octets(1, body: String(repeating: "0123456789abcdef\r\n", count: 20_000))
            for _ in 1...3 {
                #expect(
                    try await submitter.submit(Post.letter(octets), login: Self.login).summary == [
                        "accepted 250"
                    ])
            }
            await submitter.close()
        }
        #expect(server.connections == 2)
        #expect(try await until(5) { server.lines.last == "QUIT" })
        #expect(server.deliveries.count == 6)
    }

    @Test(
        "STARTTLS that is not offered, or refused", arguments: ["", "454 4.7.0 not now", "554 5.7.0 never"])
    func stripped(_ answer: String) async throws {
        let certificates = try #require(Self.certificates, "openssl is needed")
        var options = Self.options(certificates, .good, .startTLS)
        if answer.isEmpty { options.tls = nil }
        let server = ScriptedSMTPServer(options) { $0.step == .startTLS ? .say(answer) : .usual }
        defer { server.stop() }
        let endpoint = Post.endpoint(server.port, .startTLS, host: "localhost", caFile: certificates.caFile)
        let error = await #expect(throws: SMTPError.self) {
            try await Submitter(endpoint).submit(Post.letter(), login: Self.login)
        }
        #expect(error?.code == (answer.hasPrefix("4") ? .refused : .unsupported))
        #expect(error?.isTransient == answer.hasPrefix("4"))
        #expect(!server.lines.contains("AUTH") && !server.lines.contains { $0.hasPrefix("MAIL") })
    }

    @Test("words that somebody put behind the answer to STARTTLS are nobody's")
    func injected() async throws {
        let certificates = try #require(Self.certificates, "openssl is needed")
        var options = Self.options(certificates, .good, .startTLS)
        options.injection = "250-evil.example\r\n250 AUTH PLAIN\r\n"
        let server = ScriptedSMTPServer(options)
        defer { server.stop() }
        let endpoint = Post.endpoint(server.port, .startTLS, host: "localhost", caFile: certificates.caFile)
        let error = await #expect(throws: SMTPError.self) {
            try await Submitter(endpoint).submit(Post.letter(), login: Self.login)
        }
        #expect(error?.code == .protocolViolation, "\(error.map(String.init(describing:)) ?? "")")
        #expect(!server.lines.contains("AUTH"))
    }

    @Test("plain text on the TLS port")
    func plain() async throws {
        let server = ScriptedSMTPServer()
        defer { server.stop() }
        let error = await #expect(throws: SMTPError.self) {
            try await Submitter(Post.endpoint(server.port, .tls)).submit(Post.letter(), login: Self.login)
        }
        #expect(error?.code == .tls)
    }
}
