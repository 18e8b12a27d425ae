import Crypto
import Glibc
import Logins
import Mail
import OAuth2
import Secrets
import TestServers
import Testing

@Suite("Ways to a token")
struct FlowTests {
    @Test("PKCE is RFC 7636's: the example of appendix B, and verifiers that are never the same")
    func pkce() {
        let example = PKCE(verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(example.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        let many = Set((0..<100).map { _ in PKCE().verifier })
        #expect(many.count == 100 && many.allSatisfy { $0.utf8.count == 43 })
    }

    @Test("forms keep every character, and no value becomes a name")
    func forms() {
        let values = ["a b", "a+b", "a&b=c", "ä€𝄞", "%41", "", "?#/"]
        let fields = FormFields(values.map { ("v", $0) })
        #expect(fields.encoded.allSatisfy { $0.isASCII && $0 != " " && $0 != "+" })
        #expect(FormFields(reading: fields.encoded).fields.map(\.value) == values)
        #expect(FormFields(reading: "state=a&state=b")["state"] == nil)
    }

    struct Redirect: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (String) -> String
        let code: OAuth2Error.Code?
    }

    static let redirects = [
        Redirect(testDescription: "as it should be", change: { $0 }, code: nil),
        Redirect(testDescription: "with spaces around", change: { "  \($0)\r\n" }, code: nil),
        Redirect(testDescription: "only its query", change: { String($0.drop { $0 != "?" }) }, code: nil),
        Redirect(testDescription: "with a fragment", change: { $0 + "#x" }, code: nil),
        Redirect(
            testDescription: "another state", change: { $0.replacing("state=", with: "state=x") },
            code: .foreignRedirect),
        Redirect(
            testDescription: "no state", change: { $0.replacing("&state=", with: "&stat=") },
            code: .foreignRedirect),
        Redirect(testDescription: "two states", change: { $0 + "&state=x" }, code: .foreignRedirect),
        Redirect(
            testDescription: "no code", change: { $0.replacing("code=", with: "kode=") }, code: .malformed),
        Redirect(testDescription: "something else", change: { _ in "hello" }, code: .foreignRedirect),
        Redirect(
            testDescription: "a refusal", change: { $0.replacing("code=", with: "error=access_denied&x=") },
            code: .denied),
    ]

    @Test("a redirect is taken only if it answers this very sign-in", arguments: redirects)
    func redirect(_ test: Redirect) throws {
        let authority = AuthorizationServer()
        let request = AuthorizationRequest(
            Keeper.client(authority), redirect: "http://127.0.0.1:8400/", loginHint: "kate@smith.example")
        #expect(request.address.contains("login_hint=kate%40smith.example"))
        #expect(!request.address.contains(request.verifier))
        let answer = test.change(try #require(authority.signIn(at: request.address)))
        if let code = test.code {
            let error = #expect(throws: OAuth2Error.self) { try request.code(in: answer) }
            #expect(error?.code == code)
        } else {
            #expect(try request.code(in: answer).hasPrefix("code-"))
        }
    }

    enum Theft: String, Sendable, CaseIterable {
        case verifier, redirect, twice
    }

    @Test(
        "another's verifier, another redirect address and a code used twice get nothing",
        arguments: Theft.allCases)
    func proof(_ theft: Theft) async throws {
        let authority = AuthorizationServer()
        let keeper = try await Keeper(authority)
        let request = AuthorizationRequest(keeper.client, redirect: "http://127.0.0.1:1/", loginHint: nil)
        let code = try request.code(in: try #require(authority.signIn(at: request.address)))
        let grant = TokenGrant.code(
            code, verifier: theft == .verifier ? PKCE().verifier : request.verifier,
            redirect: theft == .redirect ? "http://127.0.0.1:2/" : request.redirect)
        if theft == .twice { _ = try await keeper.logins.redeem(grant, for: "payroll") }
        let error = await #expect(throws: OAuth2Error.self) {
            try await keeper.logins.redeem(grant, for: "payroll")
        }
        #expect(error?.code == .invalidGrant)
    }

    @Test("a sign-in without a refresh token is refused, for it would end within the hour")
    func noRefresh() async throws {
        var options = AuthorizationServer.Options()
        options.clientSecret = "s3cret-of-client"
        let keeper = try await Keeper(AuthorizationServer(options), secret: "s3cret-of-client")
        let error = await #expect(throws: OAuth2Error.self) {
            try await keeper.logins.redeem(.clientCredentials, for: "payroll")
        }
        #expect(error?.words.contains("offline_access") == true)
    }

    @Test("a code typed on another device")
    func device() async throws {
        let keeper = try await Keeper(AuthorizationServer())
        let device = try await keeper.logins.authorizeDevice(for: "payroll")
        #expect(device.userCode == "WDJB-MJHT" && device.interval == 1)
        let early = await #expect(throws: OAuth2Error.self) {
            try await keeper.logins.redeem(.device(device.deviceCode), for: "payroll")
        }
        #expect(early?.code == .authorizationPending && early?.isTransient == true)
        keeper.authority.typeDeviceCode()
        let tokens = try await keeper.logins.redeem(.device(device.deviceCode), for: "payroll")
        try await keeper.logins.keep(tokens, for: "payroll")
        #expect(try await keeper.token() == tokens.access.revealed)
    }

    @Test("client credentials: a token without a person, and nothing on the disk")
    func clientCredentials() async throws {
        var options = AuthorizationServer.Options()
        options.clientSecret = "s3cret-of-client"
        let authority = AuthorizationServer(options)
        let keeper = try await Keeper(authority, flow: .clientCredentials, secret: "s3cret-of-client")
        let token = try await keeper.token()
        #expect(authority.accessTokens == [token])
        #expect(try await keeper.token() == token)
        #expect(TestDirectory.read(keeper.file) == nil)
        keeper.clock.advance(3600)
        #expect(try await keeper.token() != token)
        #expect(keeper.grants("client_credentials") == 2)
    }

    @Test("a wrong client secret is the configuration's mistake, and no lost sign-in")
    func wrongSecret() async throws {
        var options = AuthorizationServer.Options()
        options.clientSecret = "s3cret-of-client"
        let keeper = try await Keeper(
            AuthorizationServer(options), flow: .clientCredentials, secret: "other-one")
        let trouble = try #require(await keeper.trouble())
        #expect(trouble.kind == .settings && trouble.retryAfter != nil)
        #expect("\(trouble)".contains("invalid_client") && !"\(trouble)".contains("other-one"))
    }

    @Test(
        "a service account: openssl finds its statement well signed, and it says what RFC 7523 wants",
        .enabled(if: ChildProcess.find("openssl") != nil, "openssl is not installed"))
    func serviceAccount() async throws {
        let keys = TestDirectory()
        #expect(
            ChildProcess.run([
                "openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out",
                keys.file("key.pem"),
            ]).status == 0)
        #expect(
            ChildProcess.run([
                "openssl", "pkey", "-in", keys.file("key.pem"), "-pubout", "-out", keys.file("pub.pem"),
            ])
            .status == 0)
        let pem = String(decoding: TestDirectory.read(keys.file("key.pem"))!, as: UTF8.self)
        keys.write(
            """
            {"type": "service_account", "client_email": "m@p.example", "private_key_id": "k1",
             "private_key": "\(pem.replacing("\n", with: "\\n"))", "token_uri": "https://elsewhere.example/"}
            """, to: "key.json")
        chmod(keys.file("key.json"), 0o600)
        var options = AuthorizationServer.Options()
        options.assertionKey = keys.file("pub.pem")
        let authority = AuthorizationServer(options)
        let keeper = try await Keeper(authority, flow: .serviceAccount(key: .file(keys.file("key.json"))))
        let token = try await keeper.token()
        #expect(authority.accessTokens == [token])
        let statement = try #require(authority.grants.first?["assertion"])
        let pieces = statement.split(separator: ".").map {
            String(decoding: Base64URL.decode($0) ?? [], as: UTF8.self)
        }
        #expect(pieces[0] == #"{"alg":"RS256","kid":"k1","typ":"JWT"}"#)
        let issued = keeper.clock.now.seconds - 60
        #expect(
            pieces[1]
                == #"{"aud":"\#(authority.tokenURL)","exp":\#(issued + 3600),"iat":\#(issued),"#
                + #""iss":"m@p.example","scope":"mail offline_access","sub":"office"}"#)
        chmod(keys.file("key.json"), 0o644)
        keeper.clock.advance(3600)
        let trouble = try #require(await keeper.trouble())
        #expect(trouble.kind == .settings && "\(trouble)".contains("can be read or changed by others"))
    }

    @Test(
        "a key that is none, has a passphrase, is too short or no RSA key is refused in words",
        .enabled(if: ChildProcess.find("openssl") != nil, "openssl is not installed"))
    func badKeys() throws {
        let keys = TestDirectory()
        for (name, arguments) in [
            ("short", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"]),
            ("curve", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]),
            ("locked", ["-algorithm", "RSA", "-aes128", "-pass", "pass:x"]),
        ] {
            #expect(
                ChildProcess.run(["openssl", "genpkey"] + arguments + ["-out", keys.file(name)]).status == 0)
        }
        func code(_ pem: String) -> SigningError.Code? {
            #expect(throws: SigningError.self) { try SigningKey(pem: pem) }?.code
        }
        func read(_ name: String) -> String {
            String(decoding: TestDirectory.read(keys.file(name)) ?? [], as: UTF8.self)
        }
        #expect(code(read("short")) == .tooShort)
        #expect(code(read("curve")) == .notRSA)
        #expect(code(read("locked")) == .unreadable)
        #expect(code("hello") == .unreadable)
        #expect(throws: OAuth2Error.self) { try ServiceAccountKey(json: Array("{}".utf8)) }
    }
}
