import IMAP
import Mail
import TestServers
import Testing

@Suite("Who may not have our password")
struct CertificateTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let kind: TestCertificates.Kind
        var options: [String] = []
        let code: IMAPError.Code
        let words: String

        init(
            _ sentence: String, _ kind: TestCertificates.Kind, _ options: [String] = [],
            _ code: IMAPError.Code = .certificate, says words: String
        ) {
            testDescription = sentence
            self.kind = kind
            self.options = options
            self.code = code
            self.words = words
        }
    }

    static let cases = [
        Case("an expired certificate", .expired, says: "expired"),
        Case("a certificate for another host", .wrongHost, says: "name"),
        Case("a certificate that vouches for itself", .selfSigned, says: "issuer is unknown"),
        Case("an authority that we do not trust", .unknownAuthority, says: "issuer is unknown"),
        Case("a signature with SHA-1", .weak, ["-cipher", "DEFAULT@SECLEVEL=0"], says: "insecure"),
        Case("TLS 1.1", .good, ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"], .tls, says: "alert"),
    ]

    private static let certificates = TestCertificates()

    @Test("refused before a word is said", arguments: cases)
    func refused(_ test: Case) async throws {
        let certificates = try #require(Self.certificates, "openssl is needed")
        let server = try #require(TestTLSServer(test.kind, of: certificates, options: test.options))
        for host in Loopback.hosts(for: "certificates: \(test.testDescription)") {
            let endpoint = IMAPEndpoint(
                host: host, port: server.port, security: .tls, caFile: certificates.caFile, connectSeconds: 10
            )
            let error = await #expect(throws: IMAPError.self) {
                try await IMAPSession.open(endpoint, IMAPLogin(user: "office", secret: "secret"))
            }
            #expect(error?.code == test.code)
            #expect(error?.words.contains(test.words) == true, "\(error.map { "\($0)" } ?? "")")
        }
    }

    @Test("a server that speaks plain text on the TLS port")
    func plainText() async throws {
        let server = ScriptedIMAPServer { connection in
            try connection.line("* OK hello")
            try connection.stall()
        }
        let endpoint = IMAPEndpoint(host: "127.0.0.1", port: server.port, security: .tls, connectSeconds: 10)
        let error = await #expect(throws: IMAPError.self) {
            try await IMAPSession.open(endpoint, IMAPLogin(user: "office", secret: "secret"))
        }
        #expect(error?.code == .tls)
    }

    @Test(
        "a file of authorities that is missing, or holds none",
        arguments: ["/nonexistent/ca.pem", "/dev/null"])
    func noAuthorities(_ path: String) async throws {
        let server = ScriptedIMAPServer { try $0.stall() }
        let endpoint = IMAPEndpoint(host: "127.0.0.1", port: server.port, security: .tls, caFile: path)
        let error = await #expect(throws: IMAPError.self) {
            try await IMAPSession.open(endpoint, IMAPLogin(user: "office", secret: "secret"))
        }
        #expect(error?.code == .certificate)
        #expect(error?.words.contains(path) == true)
    }

    @Test(
        "a proven server gets our login, over TLS at once or after STARTTLS",
        .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"),
        arguments: [IMAPEndpoint.Security.tls, .startTLS])
    func proven(_ security: IMAPEndpoint.Security) async throws {
        let certificates = try #require(Self.certificates, "openssl is needed")
        let server = try #require(DovecotServer(certificates: certificates))
        defer { server.stop() }
        server.deliver(message(1, octets: 200_000), to: "kate")
        for host in Loopback.hosts(for: "a proven server gets our login") {
            let endpoint = IMAPEndpoint(
                host: host, port: security == .tls ? server.tlsPort : server.port, security: security,
                caFile: certificates.caFile)
            let login = IMAPLogin(user: "kate", secret: "naïve pässword")
            let session = try await IMAPSession.open(endpoint, login)
            #expect(session.identity.tlsVersion == "TLS1.3")
            let expiry = try #require(session.identity.certificateExpiry)
            #expect(expiry.seconds > 1_700_000_000)
            _ = try await session.examine(.inbox)
            let collector = Collector()
            #expect(try await session.fetchBodies(uids(1), into: collector) == uids(1))
            #expect(collector.bodies[uid(1)] == message(1, octets: 200_000))
            #expect(try await session.idle(seconds: 1) == .timeout)
            await session.logout()
        }
    }

    @Test(
        "after STARTTLS too, the server has to prove itself",
        .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"))
    func unprovenStartTLS() async throws {
        let certificates = try #require(Self.certificates, "openssl is needed")
        let server = try #require(DovecotServer(certificates: certificates))
        defer { server.stop() }
        let endpoint = IMAPEndpoint(host: Loopback.host, port: server.port, security: .startTLS)
        let error = await #expect(throws: IMAPError.self) {
            try await IMAPSession.open(endpoint, IMAPLogin(user: "office", secret: "correct horse"))
        }
        #expect(error?.code == .certificate)
    }
}
