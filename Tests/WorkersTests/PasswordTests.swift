import Crypto
import QR
import Testing

@Suite("Passwords, and the digits of an authenticator app")
struct PasswordTests {
    @Test("a password fits its yescrypt hash and no other password does, and no two hashes are alike")
    func hashes() {
        let hash = PasswordHash.make("correct horse battery staple")
        #expect(hash.hasPrefix("$y$j9T$"))
        #expect(PasswordHash.matches("correct horse battery staple", hash))
        #expect(!PasswordHash.matches("correct horse battery stapl", hash))
        #expect(!PasswordHash.matches("", hash))
        #expect(PasswordHash.make("correct horse battery staple") != hash)
        #expect(!PasswordHash.isDated(hash))
    }

    @Test("a hash of another program's is read, and is dated")
    func older() {
        // openssl passwd -6 -salt saltstring secret
        let hash =
            "$6$saltstring$AIsRs/Ee56G/tC8MEHhvReZTfx8u3rXXMl6e"
            + "YrjCG9ibix19DxoMBLogdTET5Ukw9Sf7eZTITsuk0Ry5qulYz."
        #expect(PasswordHash.isDated(hash))
        #expect(PasswordHash.matches("secret", hash))
        #expect(!PasswordHash.matches("other", hash))
    }

    @Test(
        "what is no hash fits no password",
        arguments: ["", "*", "*0", "!", "x", "$y$", "$y$j9T$", "secret", "$9$salt$hash"])
    func noHash(hash: String) {
        #expect(!PasswordHash.matches("secret", hash))
        #expect(!PasswordHash.matches("", hash))
    }

    @Test("a password longer than crypt takes, or with a NUL, fits nothing and crashes nothing")
    func tooLong() {
        let hash = PasswordHash.make("secret and long")
        #expect(!PasswordHash.matches(String(repeating: "x", count: 600), hash))
        #expect(!PasswordHash.matches("secret and long\0more", hash))
    }

    @Test("where nobody has a password none fits, and a full queue says so at once")
    func desk() async {
        let desk = PasswordDesk(lanes: 1, patience: 1)
        let hash = await desk.make("correct horse battery staple")
        #expect(await desk.matches("correct horse battery staple", hash, isFriend: false) == true)
        #expect(await desk.matches("anything", nil, isFriend: false) == false)
        let answers = await withTaskGroup(of: Bool?.self) { group in
            for _ in 0..<8 { group.addTask { await desk.matches("wrong", hash, isFriend: false) } }
            var answers: [Bool?] = []
            for await answer in group { answers.append(answer) }
            return answers
        }
        #expect(answers.contains(nil))
        #expect(answers.contains(false))
        #expect(!answers.contains(true))
        // The strangers' queue is full or not: a friend's is another.
        #expect(await desk.matches("correct horse battery staple", hash, isFriend: true) == true)
    }

    struct Example: Sendable {
        let seconds: Int64
        let code: String
    }

    @Test(
        "the digits are those of RFC 6238, appendix B",
        arguments: [
            Example(seconds: 59, code: "94287082"), Example(seconds: 1_111_111_109, code: "07081804"),
            Example(seconds: 1_111_111_111, code: "14050471"),
            Example(seconds: 1_234_567_890, code: "89005924"),
            Example(seconds: 2_000_000_000, code: "69279037"),
            Example(seconds: 20_000_000_000, code: "65353130"),
        ])
    func totp(_ example: Example) {
        let totp = TOTP(key: Array("12345678901234567890".utf8))
        #expect(totp.code(step: TOTP.step(at: example.seconds), digits: 8) == example.code)
    }

    @Test("digits of the step before and after are taken, older ones not, and none twice")
    func window() {
        let totp = TOTP(key: RandomOctets.secret(count: TOTP.keyLength))
        let now: Int64 = 1_795_000_000
        let step = TOTP.step(at: now)
        #expect(totp.step(of: totp.code(step: step), at: now, after: nil) == step)
        let blanks = Array(totp.code(step: step))
        #expect(totp.step(of: String(blanks[..<3]) + " " + String(blanks[3...]), at: now, after: nil) == step)
        #expect(totp.step(of: totp.code(step: step - 1), at: now, after: nil) == step - 1)
        #expect(totp.step(of: totp.code(step: step + 1), at: now, after: nil) == step + 1)
        // A code has a chance in a million to be that of another step as well.
        for far in [-3, -2, 2, 3] {
            let code = totp.code(step: step + Int64(far))
            guard !(-1...1).contains(where: { totp.code(step: step + $0) == code }) else { continue }
            #expect(totp.step(of: code, at: now, after: nil) == nil)
        }
        #expect(totp.step(of: totp.code(step: step), at: now, after: step) == nil)
        #expect(totp.step(of: totp.code(step: step - 1), at: now, after: step) == nil)
        #expect(totp.step(of: "", at: now, after: nil) == nil)
        #expect(totp.step(of: "12345", at: now, after: nil) == nil)
    }

    @Test("an app reads issuer, account and key of one address")
    func address() {
        let totp = TOTP(key: Array("12345678901234567890".utf8))
        #expect(
            totp.address(issuer: "Bergmann & Söhne", account: "jana")
                == "otpauth://totp/Bergmann%20%26%20S%C3%B6hne:jana?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=Bergmann%20%26%20S%C3%B6hne&algorithm=SHA1&digits=6&period=30")
        #expect(totp.words == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
    }

    @Test("a token is written in one way, and kept as its hash alone")
    func tokens() throws {
        let token = SecretToken.random()
        #expect(SecretToken(token.text) == token)
        #expect(SecretToken(token.text)?.hash == token.hash)
        #expect(token.text.utf8.count == 43)
        #expect(token.hash.count == 32)
        #expect(SecretToken.random() != token)
        for wrong in [
            "", String(token.text.dropLast()), token.text + "A", token.text + "=", " " + token.text,
        ] {
            #expect(SecretToken(wrong) == nil)
        }
    }

    @Test("a QR code has the three eyes, and grows with its text")
    func picture() throws {
        let code = try #require(QRCode("https://post.bergmann-stb.example/sign-in"))
        let eye = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
        for (row, column) in [(0, 0), (0, code.width - 7), (code.width - 7, 0)] {
            for (y, line) in eye.enumerated() {
                for (x, square) in line.enumerated() {
                    #expect(code[row + y, column + x] == (square == "#"))
                }
            }
        }
        #expect(code.path.hasPrefix("M0 0h7v1h-7z"))
        #expect(try #require(QRCode(String(repeating: "a", count: 1_000))).width > code.width)
        #expect(QRCode("") == nil)
        #expect(QRCode(String(repeating: "a", count: 3_000)) == nil)
    }
}
