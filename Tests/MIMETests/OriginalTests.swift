import MIME
import Mail
import Testing

@Suite("The original, made again of literal octets and runs")
struct OriginalTests {
    private static let payload = (0..<40_000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 5) }

    private static func base64(_ octets: [UInt8], line: Int, ending: String) -> String {
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)
        var text = String.UnicodeScalarView()
        var column = 0
        for start in stride(from: 0, to: octets.count, by: 3) {
            let group = octets[start..<min(start + 3, octets.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * place)) & 63] : "=")
            }
            column += 4
            if column == line { (text, column) = (text + Array(ending.unicodeScalars), 0) }
        }
        return String(text) + (column > 0 ? ending : "")
    }

    private static func message(_ body: String, ending: String = "\r\n") -> [UInt8] {
        let head = [
            "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Transfer-Encoding: base64", "",
            "",
        ]
        return Array((head.joined(separator: ending) + body + ending + "--b--" + ending).utf8)
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let body: String
        var ending = "\r\n"
        /// Decoded octets, characters in a line, whether its last line ended; nil: all literal.
        let run: (Int, Int, Bool)?
    }

    static let cases = [
        Case(
            testDescription: "76 characters", body: base64(payload, line: 76, ending: "\r\n"),
            run: (40_000, 76, true)),
        Case(
            testDescription: "64 characters and LF", body: base64(payload, line: 64, ending: "\n"),
            ending: "\n", run: (40_000, 64, true)),
        Case(
            testDescription: "too little to be worth it",
            body: base64(Array(payload.prefix(9000)), line: 76, ending: "\r\n"), run: nil),
        Case(
            testDescription: "lines of no whole groups",
            body: base64(payload, line: 76, ending: "\r\n").replacing("AA", with: "A"), run: nil),
        Case(
            testDescription: "irregular in the middle",
            body: base64(Array(payload.prefix(57 * 400)), line: 76, ending: "\r\n") + "****\r\n"
                + base64(payload, line: 76, ending: "\r\n"),
            run: (57 * 400, 76, true)),
        Case(
            testDescription: "another line end after a while",
            body: base64(Array(payload.prefix(57 * 400)), line: 76, ending: "\r\n")
                + base64(payload, line: 76, ending: "\n"),
            run: (57 * 400, 76, true)),
        Case(
            testDescription: "unused bits that are not zero",
            body: base64(Array(payload.prefix(57 * 400)), line: 76, ending: "\r\n") + "QR==\r\n",
            run: (57 * 400, 76, true)),
        Case(
            testDescription: "a shorter line is the last",
            body: base64(Array(payload.prefix(57 * 400 + 30)), line: 76, ending: "\r\n")
                + base64(payload, line: 76, ending: "\r\n"),
            run: (57 * 400 + 30, 76, true)),
        Case(
            testDescription: "a space at a line's end", body: base64(payload, line: 76, ending: " \r\n"),
            run: nil),
    ]

    @Test("is what was fed, and runs cover what is regular", arguments: cases)
    func runs(_ one: Case) throws {
        let message = Self.message(one.body, ending: one.ending)
        for chunks in [1, 777, 65_536, .max] {
            let (_, collector) = try parse(message, chunks: chunks)
            #expect(collector.original == message)
            #expect(collector.runs.map(\.decodedCount) == (one.run.map { [$0.0] } ?? []))
            if let run = collector.runs.first, let wanted = one.run {
                #expect(run.lineLength == wanted.1)
                #expect(run.lastLineEnded == wanted.2)
                #expect(run.part == 1)
            }
        }
    }

    @Test("a message that ends without a line end")
    func cut() throws {
        var message = Array("Content-Transfer-Encoding: base64\r\n\r\n".utf8)
        message += Array(Self.base64(Self.payload, line: 76, ending: "\r\n").utf8).dropLast(2)
        let (_, collector) = try parse(message, chunks: 1000)
        #expect(collector.original == message)
        #expect(collector.runs.map(\.lastLineEnded) == [false])
        #expect(collector.runs.map(\.encodedCount) == [message.count - 37])
    }

    @Test("an encoded message is referred to as a whole, the leaves within it are not")
    func container() throws {
        let inner = Self.message(Self.base64(Self.payload, line: 76, ending: "\r\n"))
        let message =
            Array("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n".utf8)
            + Array(Self.base64(inner, line: 76, ending: "\r\n").utf8)
        let (parsed, collector) = try parse(message, chunks: 3000)
        #expect(collector.original == message)
        #expect(collector.runs.map(\.part) == [0])
        #expect(collector.octets[0] == inner)
        #expect(parsed.parts.map(\.head.section.text) == ["1", "1", "1.1"])
        #expect(collector.octets[2] == Self.payload)
    }

    @Test("a message attached as it is has runs for the leaves within")
    func attached() throws {
        let inner = Self.message(Self.base64(Self.payload, line: 76, ending: "\r\n"))
        let message = Array("Content-Type: message/rfc822\r\n\r\n".utf8) + inner
        let (_, collector) = try parse(message, chunks: 3000)
        #expect(collector.original == message)
        #expect(collector.runs.map(\.part) == [2])
        #expect(collector.octets[0] == inner)
    }
}
