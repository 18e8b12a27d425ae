import MIME
import Mail
import Testing

@Suite("What inspect says of a message")
struct InspectorTests {
    @Test("every leaf and every unwrapped message with size and hash, no multipart")
    func parts() throws {
        let name = "message-attached"
        let octets = try #require(Shared.read("\(Shared.package)/Tests/Fixtures/Messages/\(name).eml"))
        var inspector = Inspector { TestSHA256() }
        for start in stride(from: 0, to: octets.count, by: 100) {
            inspector.feed(octets.span.extracting(start..<min(start + 100, octets.count)))
        }
        let report = inspector.finish()
        #expect(report.parts.map(\.section.text) == ["1", "2", "2.1", "2.2"])
        #expect(report.parts.map(\.isContainer) == [false, true, false, false])
        #expect(report.parts.map(\.name) == [nil, "Forwarded.eml", nil, "inner.pdf"])
        #expect(report.parts[3].bytes == 50)
        #expect(report.parts[3].sha256.hex.hasPrefix("2424e4b37c25d8da"))
        #expect(report.sha256 == TestSHA256.digest(octets))
        #expect(report.bytes == octets.count)
        #expect(report.envelope.messageID?.rawValue == "message-attached@smith.example")
        #expect(report.isMail)
        #expect(report.problems.isEmpty)
    }

    @Test("what has no header is no mail, and says so")
    func noMail() {
        var inspector = Inspector { TestSHA256() }
        let octets: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 13, 10, 0x1a, 10]
        inspector.feed(octets.span)
        let report = inspector.finish()
        #expect(!report.isMail)
        #expect(report.problems == ["no header field"])
    }

    @Test("SHA-256 of these tests is SHA-256")
    func digest() {
        #expect(
            TestSHA256.digest(Array("abc".utf8)).hex
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("fields are read by name, unfolded and decoded, in order")
    func fields() throws {
        let text = "X-A: one\r\nx-a: =?utf-8?Q?tw=C3=B6?=\r\n folded\r\nAuto-Submitted: auto-replied\r\n\r\n"
        let header = try parse(text: text).0.header
        #expect(header.values(of: "X-A") == ["one", "twö folded"])
        #expect(header.values(of: "auto-submitted") == ["auto-replied"])
        #expect(header.rawValues(of: "X-A")[0] == Array(" one".utf8))
        #expect(header.fields.map(\.name) == ["X-A", "x-a", "Auto-Submitted"])
    }
}
