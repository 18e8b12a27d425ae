import HTTPClient
import TestServers
import Testing

@Suite("One request, and its answer")
struct HTTPClientTests {
    private static let certificates = TestCertificates()

    private static func answer(_ body: String, status: String = "200 OK") -> ScriptedHTTPServer.Answer {
        .octets(
            "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nX-Odd:  two words \r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    @Test("a form is posted, over TLS to who can prove to be it")
    func post() async throws {
        let certificates = try #require(Self.certificates, "openssl is needed")
        let server = ScriptedHTTPServer(Self.answer(#"{"access_token":"x"}"#), certificates: certificates)
        defer { server.stop() }
        let client = HTTPClient(caFile: certificates.caFile)
        let request = HTTPRequest.post(
            "https://localhost:\(server.port)/token?a=b", contentType: "application/x-www-form-urlencoded",
            body: Array("grant_type=refresh_token&x=%C3%A4".utf8),
            headerFields: [HTTPField("Accept", "application/json"), HTTPField("Authorization", "Basic eDp5")])
        let response = try await client.send(request)
        #expect(response.status == 200)
        #expect(response.value(of: "content-type") == "application/json")
        #expect(response.value(of: "x-odd") == "two words")
        #expect(response.value(of: "missing") == nil)
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"access_token":"x"}"#)
        let got = try #require(server.requests.first)
        #expect(got.line == "POST /token?a=b HTTP/1.1")
        #expect(got.body == "grant_type=refresh_token&x=%C3%A4")
        #expect(got.fields.contains("Content-Type: application/x-www-form-urlencoded"))
        #expect(got.fields.contains("Authorization: Basic eDp5"))
        #expect(got.fields.contains("Accept: application/json"))
        #expect(!got.fields.contains { $0.hasPrefix("Expect:") })
    }

    @Test(
        "a page is got, and so is a refusal",
        arguments: ["200 OK", "400 Bad Request", "503 Not Now", "302 Found"])
    func get(_ status: String) async throws {
        let server = ScriptedHTTPServer(Self.answer("hello", status: status))
        defer { server.stop() }
        let response = try await HTTPClient().send(.get("http://127.0.0.1:\(server.port)/"))
        #expect(response.status == Int(status.prefix(3)))
        #expect(response.body == Array("hello".utf8))
        #expect(server.requests.map(\.line) == ["GET / HTTP/1.1"])
    }

    @Test("nowhere is gone to on an answer's word")
    func redirect() async throws {
        let other = ScriptedHTTPServer(Self.answer("other"))
        let server = ScriptedHTTPServer(
            .octets(
                "HTTP/1.1 307 x\r\nLocation: http://127.0.0.1:\(other.port)/\r\nContent-Length: 0\r\n\r\n"))
        defer { server.stop() }
        let response = try await HTTPClient().send(
            .post("http://127.0.0.1:\(server.port)/", contentType: "text/plain", body: Array("secret".utf8)))
        #expect(response.status == 307)
        #expect(other.requests.isEmpty)
        other.stop()
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: ScriptedHTTPServer.Answer
        let code: HTTPError.Code
        let isTransient: Bool
    }

    static let failures = [
        Case(testDescription: "no answer", answer: .octets(""), code: .closed, isTransient: true),
        Case(testDescription: "silence", answer: .stall, code: .timeout, isTransient: true),
        Case(
            testDescription: "an answer cut short",
            answer: .octets("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhell"),
            code: .closed, isTransient: true),
        Case(
            testDescription: "another protocol", answer: .octets("220 mail.example ESMTP\r\n"),
            code: .protocolViolation, isTransient: true),
        Case(
            testDescription: "a body without end",
            answer: .octets("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 1_100_000)),
            code: .tooLarge,
            isTransient: false),
    ]

    @Test("no answer is an error that says so, and never what was asked", arguments: failures)
    func failure(_ test: Case) async throws {
        let server = ScriptedHTTPServer(test.answer)
        defer { server.stop() }
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(
                .post(
                    "http://127.0.0.1:\(server.port)/path?code=s3cret", contentType: "text/plain",
                    body: Array("s3cret".utf8), headerFields: [HTTPField("Authorization", "s3cret")]),
                seconds: 2)
        }
        #expect(error?.code == test.code, "\(error.map(String.init(describing:)) ?? "")")
        #expect(error?.isTransient == test.isTransient)
        #expect(error?.doing == "POST http://127.0.0.1:\(server.port)")
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test("cancelled at once")
    func cancelled() async throws {
        let server = ScriptedHTTPServer(.stall)
        defer { server.stop() }
        let task = Task { try await HTTPClient().send(.get("http://127.0.0.1:\(server.port)/"), seconds: 60) }
        #expect(try await until(10) { !server.requests.isEmpty })
        let begun = ContinuousClock.now
        task.cancel()
        let error = await #expect(throws: HTTPError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        #expect(ContinuousClock.now - begun < .seconds(30))
    }

    @Test(
        "addresses that are not asked",
        arguments: [
            "http://login.example/", "ftp://127.0.0.1/", "file:///etc/passwd", "https://user@login.example/",
            "https:///", "https://login.example/ a", "https://login.example/\r\nHost: x", "", "localhost",
            "http://127.0.0.1.evil.example/", "http://localhost@evil.example/", "https://lögin.example/",
            "http://127.0.0.1\\@evil.example/",
        ])
    func target(_ url: String) async {
        let error = await #expect(throws: HTTPError.self) { try await HTTPClient().send(.get(url)) }
        #expect(error?.code == .argument)
        #expect(error?.isTransient == false)
    }

    @Test(
        "header fields that are not sent",
        arguments: [("X-A", "b\r\nX-C: d"), ("X\r\nY", "b"), ("", "b"), ("X:", "b"), ("X", "ä")])
    func field(_ name: String, _ value: String) async {
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(.get("http://127.0.0.1:9/", headerFields: [HTTPField(name, value)]))
        }
        #expect(error?.code == .argument)
    }

    @Test("who cannot prove to be it", arguments: TestCertificates.Kind.allCases.filter { $0 != .good })
    func certificate(_ kind: TestCertificates.Kind) async throws {
        let certificates = try #require(Self.certificates, "openssl is needed")
        let server = ScriptedHTTPServer(Self.answer("x"), certificates: certificates, kind: kind)
        defer { server.stop() }
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient(caFile: certificates.caFile).send(.get("https://localhost:\(server.port)/"))
        }
        #expect(error?.code == .certificate, "\(error.map(String.init(describing:)) ?? "")")
        #expect(error?.isTransient == false)
        #expect(server.requests.isEmpty)
    }
}
