import MIME
import Mail
import Testing

/// Each fixture is named for a sin, and says beside it what we make of it.
@Suite("Messages and what is read in them")
struct GoldenTests {
    private static let folder = Shared.package + "/Tests/Fixtures/Messages"
    static let names = Shared.names(in: folder, ending: ".eml").map { String($0.dropLast(4)) }

    @Test("there are messages to read")
    func present() { #expect(Self.names.count >= 40) }

    @Test("read as it is, with CRLF, and in pieces, it is the same", arguments: names)
    func golden(_ name: String) throws {
        let octets = try #require(Shared.read("\(Self.folder)/\(name).eml"))
        let crlf = octets.flatMap { $0 == 10 ? [13, 10] : [$0] }
        let expected = "\(Self.folder)/\(name).parts"
        let first = try Self.describe(octets, chunks: .max)
        if Shared.environment("UPDATE_FIXTURES") == "1" { Shared.write(first, to: expected) }
        let wanted = try #require(
            Shared.read(expected), "no \(name).parts: run with UPDATE_FIXTURES=1 and read it")
        #expect(first == String(decoding: wanted, as: UTF8.self))
        for message in [octets, crlf] {
            for chunks in [1, 7, 4096, .max] {
                #expect(try Self.describe(message, chunks: chunks) == first, "in chunks of \(chunks)")
            }
        }
    }

    /// What was read, line by line; sizes and hashes are of text with LF, so that line ends don't show.
    private static func describe(_ octets: [UInt8], chunks: Int) throws -> String {
        var limits = ParserLimits()
        limits.referenceThreshold = 48
        let (message, collector) = try parse(octets, chunks: chunks, limits: limits)
        #expect(collector.original == octets)
        #expect(collector.mistakes.isEmpty)
        #expect(message.byteCount == octets.count)
        #expect(collector.ended.count == message.parts.count)
        let envelope = message.envelope
        var lines = message.isMail ? [] : ["no mail"]
        func list(_ field: String, _ addresses: [NamedAddress]) {
            for one in addresses {
                lines.append("\(field): \(one.name.map { "\(quoted($0)) " } ?? "")\(one.address)")
            }
        }
        list("from", envelope.from)
        list("to", envelope.to)
        list("cc", envelope.cc)
        if let subject = envelope.subject { lines.append("subject: \(quoted(subject))") }
        if let date = envelope.date { lines.append("date: \(date)") }
        if let id = envelope.messageID { lines.append("message-id: \(id)") }
        if !envelope.inReplyTo.isEmpty { lines.append("in-reply-to: \(envelope.inReplyTo)") }
        if !envelope.references.isEmpty { lines.append("references: \(envelope.references)") }
        for part in message.parts { lines += describe(part, collector.octets[part.head.id] ?? []) }
        lines += message.problems.map { "problem: \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func describe(_ part: ParsedMessage.Part, _ octets: [UInt8]) -> [String] {
        let head = part.head
        var line = "\(head.kind) [\(head.section)] \(head.mediaType) \(head.transferEncoding)"
        if let disposition = head.disposition { line += " \(disposition)" }
        if let name = head.name ?? part.end.embeddedName { line += " \(quoted(name))" }
        if let charset = head.charset { line += " charset=\(charset)" }
        if let id = head.contentID { line += " id=\(id)" }
        if let parent = head.parent { line += " in=\(parent)" }
        guard head.kind != .multipart else { return [line] }
        var lf: [UInt8] = []
        for octet in octets {
            if octet == 10, lf.last == 13 { lf.removeLast() }
            lf.append(octet)
        }
        line += " \(lf.count) \(TestSHA256.digest(lf).hex.prefix(16))"
        if let subject = part.envelope?.subject { line += " subject=\(quoted(subject))" }
        guard head.mediaType.type == "text" else { return [line] }
        let text = TextBody.text(octets, of: head)
        return [line, "  \(quoted(text.text))"] + text.problems.map { "  problem: \($0.rawValue)" }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 10: quoted += "\\n"
            case 0..<32, 127, 0x200e...0x200f, 0x202a...0x202e, 0x300...0x36f:
                quoted += "\\u{\(String(scalar.value, radix: 16))}"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
