import MIME
import Mail
import Testing

@Suite("F7: deep nesting, ten thousand parts")
struct LimitTests {
    @Test(
        "a hundred levels are read, what lies deeper is a leaf",
        arguments: ["multipart/mixed", "message/rfc822"])
    func depth(_ type: String) throws {
        var text = "From: a@x.example\r\n"
        for level in 0..<1000 {
            text += "Content-Type: \(type); boundary=level\(level)\r\n\r\n"
            if type.hasPrefix("multipart") { text += "--level\(level)\r\n" }
        }
        let message = Array(text.utf8)
        let (parsed, collector) = try parse(message, chunks: 4096)
        #expect(parsed.parts.count == 101)
        #expect(parsed.parts.last?.head.kind == .leaf)
        #expect(parsed.problems.contains { $0.kind == .tooDeep })
        #expect(collector.original == message)
        #expect(collector.ended.count == 101)
    }

    @Test("messages encoded within encoded messages are decoded so far and no further")
    func encodedDepth() throws {
        var message = Array("Subject: innermost\r\n\r\ntext\r\n".utf8)
        for _ in 0..<12 {
            message =
                Array(
                    "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".utf8
                )
                + message.flatMap { $0 == 61 ? Array("=3D".utf8) : [$0] }
        }
        let (parsed, collector) = try parse(message, chunks: 10)
        #expect(parsed.parts.count == ParserLimits().encodedDepth + 1)
        #expect(parsed.problems.contains { $0.kind == .tooDeep })
        #expect(collector.original == message)
        #expect(collector.mistakes.isEmpty)
    }

    @Test("after ten thousand parts the rest is only passed through")
    func parts() throws {
        let text =
            "From: a@x.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + String(repeating: "--b\r\n\r\nx\r\n", count: 12_000) + "--b--\r\n"
        let (parsed, collector) = try parse(text: text)
        #expect(parsed.parts.count == ParserLimits().parts)
        #expect(parsed.problems.contains { $0.kind == .tooManyParts })
        #expect(collector.original == Array(text.utf8))
        #expect(collector.ended.count == parsed.parts.count)
    }

    @Test("a header of megabytes is passed over, the body is found, no field is half kept")
    func header() throws {
        let text =
            "From: a@x.example\r\nX-Long: " + String(repeating: "x", count: 3 << 20)
            + "\r\nSubject: late\r\n\r\nbody\r\n"
        let (parsed, collector) = try parse(text: text, chunks: 10_000)
        #expect(parsed.envelope.from.count == 1)
        #expect(parsed.header.values(of: "x-long").isEmpty)
        #expect(parsed.problems.contains { $0.kind == .headerTooLong })
        #expect(collector.octets[0] == Array("body\r\n".utf8))
        #expect(collector.original == Array(text.utf8))
    }

    @Test("a hundred thousand fields are passed over")
    func fields() throws {
        let text = "From: a@x.example\r\n" + String(repeating: "X: y\r\n", count: 100_000) + "\r\nbody"
        let (parsed, collector) = try parse(text: text)
        #expect(parsed.header.fields.count == ParserLimits().headerFields)
        #expect(collector.octets[0] == Array("body".utf8))
        #expect(parsed.problems.contains { $0.kind == .headerTooLong })
    }

    @Test("an error of the receiver's ends the parsing and reaches the caller")
    func receiverFails() throws {
        struct Full: Error {}
        struct Failing: MessageReceiver {
            func partBegan(_ part: PartHead) {}
            func partOctets(_ part: Int, _ octets: Span<UInt8>) throws { throw Full() }
            func partEnded(_ part: Int, _ end: PartEnd) {}
            func original(_ octets: Span<UInt8>) {}
            func original(_ run: EncodedRun) {}
        }
        var parser = MessageParser()
        var receiver = Failing()
        let message = Array("From: a@x.example\r\n\r\nbody\r\n".utf8)
        #expect(throws: Full.self) { try parser.feed(message.span, into: &receiver) }
    }
}
