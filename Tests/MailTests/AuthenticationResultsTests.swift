import Glibc
import Testing

@testable import Mail

@Suite("An Authentication-Results field")
struct AuthenticationResultsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let text: String
        let id: String?
        let results: [String]
        var isReadable = true

        var testDescription: String { sentence }

        init(_ sentence: String, _ text: String, id: String?, _ results: [String]) {
            self.sentence = sentence
            self.text = text
            self.id = id
            self.results = results
        }

        init(_ sentence: String, says nothing: String) {
            self.init(sentence, nothing, id: nil, [])
            isReadable = false
        }
    }

    static func spelled(_ field: AuthenticationResults) -> [String] {
        field.results.map { result in
            (["\(result.method)=\(result.result)"]
                + result.properties.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
        }
    }

    @Test(
        "is read as RFC 8601 has it, and as servers write it",
        arguments: [
            Case(
                "RFC 8601 B.2: nothing was checked", "example.org 1; none", id: "example.org", []),
            Case(
                "RFC 8601 B.3: one method",
                "example.com; spf=pass smtp.mailfrom=example.net", id: "example.com",
                ["spf=pass smtp.mailfrom=example.net"]),
            Case(
                "RFC 8601 B.4: several methods and a comment",
                "example.com;\r\n auth=pass (cram-md5) smtp.auth=sender@example.net;"
                    + "\r\n spf=pass smtp.mailfrom=example.net",
                id: "example.com",
                ["auth=pass smtp.auth=sender@example.net", "spf=pass smtp.mailfrom=example.net"]),
            Case(
                "RFC 8601 B.7: comments everywhere, a version, a quoted reason",
                """
                foo.example.net (foobar) 1 (baz);
                 dkim (Because I like it) / 1 (One yay) = (wait for it) fail
                 policy (A dot can go here) . (like that) expired
                 (this surprised me) = (as I wasn't expecting it) 1362471462
                """,
                id: "foo.example.net", ["dkim=fail policy.expired=1362471462"]),
            Case(
                "Microsoft names no server",
                "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example;"
                    + " dkim=pass (signature was verified)"
                    + " header.d=a.example;dmarc=bestguesspass action=none"
                    + " header.from=a.example;compauth=pass"
                    + " reason=109",
                id: nil,
                [
                    "spf=pass smtp.mailfrom=a.example", "dkim=pass header.d=a.example",
                    "dmarc=bestguesspass action=none header.from=a.example", "compauth=pass",
                ]),
            Case(
                "Microsoft before 2021 put the receiver's domain between",
                "spf=none (sender IP is 192.0.2.1) smtp.helo=a.example; b.example;"
                    + " dkim=none (message not signed)"
                    + " header.d=none;b.example; dmarc=none action=none header.from=a.example;",
                id: nil,
                [
                    "spf=none smtp.helo=a.example", "dkim=none header.d=none",
                    "dmarc=none action=none header.from=a.example",
                ]),
            Case(
                "a semicolon too many", "a.example; spf=pass smtp.mailfrom=b.example;;", id: "a.example",
                ["spf=pass smtp.mailfrom=b.example"]),
            Case(
                "a semicolon within a comment is no end",
                "a.example; dkim=pass (2048-bit key; unprotected) header.d=b.example", id: "a.example",
                ["dkim=pass header.d=b.example"]),
            Case(
                "a semicolon within quotes is no end",
                "a.example; dkim=fail reason=\"x; dkim=pass\" header.d=b.example", id: "a.example",
                ["dkim=fail header.d=b.example"]),
            Case(
                "a comment can hold what looks like a result",
                "a.example; spf=fail (dmarc=pass header.from=b.example) smtp.mailfrom=b.example",
                id: "a.example", ["spf=fail smtp.mailfrom=b.example"]),
            Case(
                "an address with a quoted local part",
                "a.example; spf=pass smtp.mailfrom=\"k t\"@b.example", id: "a.example",
                ["spf=pass smtp.mailfrom=k t@b.example"]),
            Case("a quoted id", "\"a.example\"; spf=none", id: "a.example", ["spf=none"]),
            Case(
                "methods and results in capitals", "a.example; DKIM=Pass Header.D=B.example",
                id: "a.example", ["dkim=pass header.d=B.example"]),
            Case(
                "an empty value", "a.example; dkim=none header.d=", id: "a.example", ["dkim=none header.d="]),
            Case(
                "the null sender", "a.example; spf=none smtp.mailfrom=<>", id: "a.example",
                ["spf=none smtp.mailfrom=<>"]),
            Case("version 2 is not ours to read", says: "a.example 2; spf=pass"),
            Case("a comment without an end", says: "a.example; spf=pass (smtp.mailfrom=b.example"),
            Case("quotes without an end", says: "a.example; spf=pass reason=\"x"),
            Case("a result without a method", says: "a.example; =pass"),
            Case("a method without a result", says: "a.example; spf"),
            Case("a bare word between results", says: "a.example; spf=pass; b.example; dkim=pass"),
            Case("something other than a version after the id", says: "a.example from=b.example; dkim=pass"),
            Case("a property where a method should be", says: "a.example; header.from=b.example; dkim=pass"),
            Case("only an id", says: "a.example"),
            Case("nothing", says: " \r\n "),
            Case(
                "comments nested without end",
                says: "a.example; spf=pass " + String(repeating: "(", count: 60_000)),
            Case(
                "more than a field may hold",
                says: "a.example; spf=pass (" + String(repeating: "x", count: 70_000) + ")"),
            Case("a thousand results", says: "a.example" + String(repeating: "; spf=pass", count: 1000)),
        ])
    func reading(_ case: Case) throws {
        guard let field = AuthenticationResults(`case`.text) else {
            #expect(!`case`.isReadable)
            return
        }
        #expect(`case`.isReadable)
        #expect(field.authservID == `case`.id)
        #expect(Self.spelled(field) == `case`.results)
    }

    struct Policy: CustomTestStringConvertible, Sendable {
        let sentence: String
        let text: String
        let isSubdomain: Bool
        let policy: AuthenticationResults.Result.Policy?

        var testDescription: String { sentence }
    }

    @Test(
        "tells the DMARC policy in many ways",
        arguments: [
            Policy(
                sentence: "Google", text: "mx; dmarc=fail (p=REJECT sp=NONE dis=NONE) header.from=b",
                isSubdomain: false, policy: .reject),
            Policy(
                sentence: "Google, of a subdomain",
                text: "mx; dmarc=fail (p=REJECT sp=NONE dis=NONE) header.from=a.b",
                isSubdomain: true, policy: AuthenticationResults.Result.Policy.none),
            Policy(
                sentence: "OpenDMARC", text: "mx; dmarc=fail (p=quarantine dis=none) header.from=b",
                isSubdomain: true, policy: .quarantine),
            Policy(
                sentence: "rspamd, after the properties",
                text: "mx; dmarc=fail reason=\"x\" header.from=b (policy=reject)",
                isSubdomain: false, policy: .reject),
            Policy(
                sentence: "Fastmail", text: "mx; dmarc=fail (p=reject,has-list-id=yes,d=none) header.from=b",
                isSubdomain: false, policy: .reject),
            Policy(
                sentence: "the registered property",
                text: "mx; dmarc=fail header.from=b policy.dmarc=quarantine",
                isSubdomain: false, policy: .quarantine),
            Policy(
                sentence: "Microsoft rejects", text: "dmarc=fail action=oreject header.from=b",
                isSubdomain: false,
                policy: .reject),
            Policy(
                sentence: "Microsoft does nothing", text: "dmarc=fail action=none header.from=b",
                isSubdomain: false,
                policy: AuthenticationResults.Result.Policy.none),
            Policy(
                sentence: "nobody says", text: "mx; dmarc=fail header.from=b", isSubdomain: false, policy: nil
            ),
        ])
    func policy(_ case: Policy) throws {
        let field = try #require(AuthenticationResults(`case`.text))
        #expect(field.results.first?.dmarcPolicy(subdomain: `case`.isSubdomain) == `case`.policy)
    }

    @Test(
        "tells the length of a key",
        arguments: [
            ("mx; dkim=pass (1024-bit key; unprotected) header.d=a", 1024),
            ("mx; dkim=pass (768 bit rsa)", 768),
            ("mx; dkim=pass (good signature)", nil),
        ] as [(String, Int?)])
    func keyBits(_ text: String, _ bits: Int?) throws {
        #expect(try #require(AuthenticationResults(text)).results.first?.keyBits == bits)
    }
}
