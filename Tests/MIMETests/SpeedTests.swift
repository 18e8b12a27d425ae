import MIME
import Mail
import Testing

extension Tag {
    /// Prints megabytes a second; means something only with `swift test -c release`.
    @Tag static var speed: Self
}

@Suite("How fast a message is read", .tags(.speed), .serialized)
struct SpeedTests {
    /// Takes everything and keeps nothing.
    private struct Sink: MessageReceiver {
        var decoded = 0
        var literal = 0
        var runs = 0
        mutating func partBegan(_ part: PartHead) {}
        mutating func partOctets(_ part: Int, _ octets: Span<UInt8>) { decoded += octets.count }
        mutating func partEnded(_ part: Int, _ end: PartEnd) {}
        mutating func original(_ octets: Span<UInt8>) { literal += octets.count }
        mutating func original(_ run: EncodedRun) { runs += run.encodedCount }
    }

    private func measure(_ name: String, _ messages: [[UInt8]], rounds: Int) throws -> Double {
        let total = messages.reduce(0) { $0 + $1.count }
        var best = Double.infinity
        for _ in 0..<rounds {
            let began = Shared.processorSeconds()
            for message in messages {
                var parser = MessageParser()
                var sink = Sink()
                for start in stride(from: 0, to: message.count, by: 64 << 10) {
                    let chunk = message.span.extracting(start..<min(start + 64 << 10, message.count))
                    try parser.feed(chunk, into: &sink)
                }
                _ = try parser.finish(into: &sink)
                #expect(sink.literal + sink.runs == message.count)
            }
            best = min(best, Shared.processorSeconds() - began)
        }
        let rate = Double(total) / 1e6 / best
        print("speed: \(name): \(Int(rate)) MB/s over \(total / 1_000_000) MB in \(messages.count) messages")
        return rate
    }

    private static let head = """
        From: Kate Smith <kate@smith.example>\r
        To: office@firm.example\r
        Subject: =?utf-8?Q?Unterlagen_f=C3=BCr_2025?=\r
        Date: Mon, 2 Mar 2026 10:00:00 +0100\r
        Message-ID: <1@smith.example>\r
        MIME-Version: 1.0\r

        """

    @Test("base64, as attachments come")
    func attachments() throws {
        let line = String(repeating: "QUJD", count: 19) + "\r\n"
        let message =
            Self.head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n--b\r\n"
            + "Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + String(repeating: line, count: 50_000) + "--b--\r\n"
        #expect(try measure("base64", [Array(message.utf8)], rounds: 5) > 1)
    }

    @Test("base64 in lines of no whole groups")
    func irregular() throws {
        let line = String(repeating: "QUJD", count: 18) + "QUJ\r\n"
        let message =
            Self.head + "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + String(repeating: line, count: 50_000)
        #expect(try measure("irregular base64", [Array(message.utf8)], rounds: 5) > 1)
    }

    @Test("quoted-printable, as long letters come")
    func letters() throws {
        let line = "Die Unterlagen f=C3=BCr das Gesch=C3=A4ftsjahr sind beigef=C3=BCgt, und noch eine=\r\n"
        let message =
            Self.head + "Content-Type: text/plain; charset=utf-8\r\n"
            + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + String(repeating: line, count: 20_000)
        #expect(try measure("quoted-printable", [Array(message.utf8)], rounds: 5) > 1)
    }

    @Test("small messages, where the header is most of it")
    func small() throws {
        let message =
            Self.head
            + String(
                repeating: "Received: from a.example by b.example; Mon, 2 Mar 2026 10:00:00 +0100\r\n",
                count: 8)
            + "Content-Type: text/plain; charset=utf-8\r\n\r\n"
            + String(repeating: "A line of a letter that is not long, and another one.\r\n", count: 40)
        #expect(try measure("small", Array(repeating: Array(message.utf8), count: 1000), rounds: 3) > 0.1)
    }

    @Test("a hundred levels cost no more an octet than one")
    func deep() throws {
        var message = Self.head
        for level in 0..<99 {
            message += "Content-Type: multipart/mixed; boundary=level\(level)\r\n\r\n--level\(level)\r\n"
        }
        message += "\r\n" + String(repeating: "--level\r\n", count: 100_000)
        #expect(try measure("a hundred boundaries", [Array(message.utf8)], rounds: 2) > 0.05)
    }

    @Test("the corpus of an accounting firm, where MAILROOM_BENCH names a folder of it")
    func firm() throws {
        guard let folder = Shared.environment("MAILROOM_BENCH") else {
            print("skipped: SpeedTests.firm: MAILROOM_BENCH names no folder")
            return
        }
        let messages = Shared.names(in: folder, ending: ".eml").compactMap { Shared.read("\(folder)/\($0)") }
        #expect(try measure("accounting", messages, rounds: 5) > 1)
    }
}
