import Crypto
import Mail
import Testing

@Suite("Hashes, codes and random octets")
struct CryptoTests {
    struct Case: Sendable {
        let octets: String
        let hex: String
    }

    @Test(
        "SHA-256 agrees with the examples of FIPS 180-4",
        arguments: [
            Case(octets: "", hex: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            Case(octets: "abc", hex: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            Case(
                octets: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                hex: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
        ])
    func examples(_ example: Case) {
        let octets = Array(example.octets.utf8)
        #expect(SHA256.digest(of: octets).hex == example.hex)
        var streamed = SHA256()
        for octet in octets { streamed.update([octet]) }
        #expect(streamed.finish().hex == example.hex)
        // Finishing begins anew.
        streamed.update(octets)
        #expect(streamed.finish().hex == example.hex)
    }

    @Test("HMAC agrees with RFC 4231, and a code with one wrong bit is no code")
    func hmac() throws {
        let octets = Array("what do ya want for nothing?".utf8)
        let key = Array("Jefe".utf8)
        var code = HMAC.sha256(of: octets, key: key)
        let hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        #expect(code == SHA256Digest(hex: hex)?.octets)
        #expect(HMAC.isSHA256(code, of: octets, key: key))
        code[31] ^= 1
        #expect(!HMAC.isSHA256(code, of: octets, key: key))
        #expect(!HMAC.isSHA256(Array(code.dropLast()), of: octets, key: key))
    }

    @Test("Random octets are as many as asked for, and never the same")
    func random() {
        #expect(RandomOctets.secret(count: 32).count == 32)
        #expect(RandomOctets.nonce(count: 0).isEmpty)
        #expect(Set((0..<100).map { _ in RandomOctets.nonce(count: 16) }).count == 100)
        #expect(RandomOctets.secret(count: 32) != RandomOctets.secret(count: 32))
    }

    @Test("base64url agrees with RFC 4648, and every octet comes back")
    func base64url() {
        let examples = [
            "": "", "f": "Zg", "fo": "Zm8", "foo": "Zm9v", "foob": "Zm9vYg", "foobar": "Zm9vYmFy",
        ]
        for (octets, text) in examples {
            #expect(Base64URL.encode(Array(octets.utf8)) == text)
            #expect(Base64URL.decode(text) == Array(octets.utf8))
        }
        for count in 0..<70 {
            let octets = RandomOctets.nonce(count: count)
            #expect(Base64URL.decode(Base64URL.encode(octets)) == octets)
        }
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
    }

    @Test(
        "A token has one spelling: anything else is refused",
        arguments: ["Zg==", "Zh", "Z", "Zm9vY", "Zm9v\n", "Zm 9v", "Zm+v", "Zm/v", "Zmöv"])
    func oneSpelling(_ text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    struct Lines: Sendable {
        let octets: String
        let layout: Base64Lines.Layout
        let text: String
    }

    @Test(
        "Base64 is broken into lines as it was, whatever their length",
        arguments: [
            Lines(octets: "", layout: .init(lineLength: 76, ending: .crlf, lastLineEnded: true), text: ""),
            Lines(octets: "f", layout: .init(lineLength: 4, ending: .lf, lastLineEnded: false), text: "Zg=="),
            Lines(
                octets: "f", layout: .init(lineLength: 4, ending: .lf, lastLineEnded: true), text: "Zg==\n"),
            Lines(
                octets: "foobar", layout: .init(lineLength: 4, ending: .crlf, lastLineEnded: false),
                text: "Zm9v\r\nYmFy"),
            Lines(
                octets: "fooba", layout: .init(lineLength: 3, ending: .lf, lastLineEnded: true),
                text: "Zm9\nvYm\nE=\n"),
            Lines(
                octets: "foob", layout: .init(lineLength: 1, ending: .lf, lastLineEnded: false),
                text: "Z\nm\n9\nv\nY\ng\n=\n="),
            Lines(
                octets: "foob", layout: .init(lineLength: 1000, ending: .crlf, lastLineEnded: true),
                text: "Zm9vYg==\r\n"),
        ])
    func lines(_ example: Lines) {
        let octets = Array(example.octets.utf8)
        for piece in 1...max(1, octets.count) {
            var lines = Base64Lines(example.layout)
            var text: [UInt8] = []
            for start in stride(from: 0, to: octets.count, by: piece) {
                lines.encode(Array(octets[start..<min(octets.count, start + piece)]).span, into: &text)
            }
            lines.finish(into: &text)
            #expect(String(decoding: text, as: UTF8.self) == example.text)
        }
        #expect(example.layout.encodedCount(decodedCount: octets.count) == example.text.utf8.count)
    }

    @Test("what is sealed opens with the same key, for the same thing, unchanged; and for nobody else")
    func sealing() {
        let key = SealingKey([UInt8](repeating: 7, count: 32))
        let sealed = key.seal(Array("geheim".utf8), about: "account 1")
        #expect(key.open(sealed, about: "account 1") == Array("geheim".utf8))
        #expect(key.open(sealed, about: "account 2") == nil)
        #expect(SealingKey([UInt8](repeating: 8, count: 32)).open(sealed, about: "account 1") == nil)
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(key.open(changed, about: "account 1") == nil)
        }
        #expect(key.open(Array(sealed.dropLast()), about: "account 1") == nil)
        #expect(key.open([], about: "account 1") == nil)
        #expect(key.seal(Array("geheim".utf8), about: "account 1") != sealed, "never twice the same")
        #expect("\(key)" == "a sealing key")
    }
}
