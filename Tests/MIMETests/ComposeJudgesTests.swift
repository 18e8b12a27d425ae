import MIME
import Mail
import TestServers
import Testing

/// Any text goes into every field, and three parsers read it back: ours, GMime and Python's.
@Suite("What was written is what is read")
struct ComposeJudgesTests {
    /// A message, and the facts that every parser must find in it.
    private struct Sample {
        let octets: [UInt8]
        let facts: [String]
    }

    private static let pieces = [
        "\r\n", "\r", "\n", "\0", "\u{85}", "\u{2028}", "\t", "  ", " ", "a", "Z", "9", ".", ",", ";", ":",
        "\"", "\\", "'",
        "%", "=", "?", "=?", "?=", "=?utf-8?B?", "=?utf-8?Q?=41?=", "_", "=_", "(", ")", "<", ">", "@", "[",
        "]", "{", "&",
        "ä", "ß", "é", "e\u{301}", "中", "請求書", "㈱", "①", "ﾊﾟ", "👩‍👩‍👧", "🇯🇵", "\u{202E}", "\u{200F}שלום", "ไทย",
        "Bcc: x",
        "--", "-- ", "From ", "filename*0*=", "UTF-8''", "\u{FEFF}", "\u{7F}", "\u{1F}", "word", "Grüße ",
        "、。",
    ]

    private static func random(_ dice: inout Shared.Dice, upTo count: Int) -> String {
        (0..<Int.random(in: 0...count, using: &dice)).map { _ in pieces.randomElement(using: &dice) ?? "" }
            .joined()
    }

    /// Characters of three octets behind a few of one, two or four: few cuts leave base64 without padding.
    private static func wide(_ dice: inout Shared.Dice) -> String {
        let first = ["", "1", "10", "é", "Q4", "😀", "1é", "㈱"].randomElement(using: &dice) ?? ""
        let others = (0..<Int.random(in: 20...60, using: &dice)).map { _ in
            ["書", "類", "の", "ご", "提", "出", "（", "）"].randomElement(using: &dice) ?? ""
        }
        let last = ["", "é", "é書", "10"].randomElement(using: &dice) ?? ""
        return first + others.joined() + last
    }

    /// Numbers of the generator are the same in each run.
    private static func sample(_ number: Int) throws -> Sample {
        var dice = Shared.Dice(seed: UInt64(number))
        let subject = number % 5 == 0 ? wide(&dice) : random(&dice, upTo: 30)
        let (from, to) = (random(&dice, upTo: 8), random(&dice, upTo: 16))
        let text = random(&dice, upTo: number % 7 == 0 ? 400 : 40)
        let fileName = random(&dice, upTo: 25)
        let content = (0..<Int.random(in: 0...500, using: &dice)).map { _ in
            UInt8.random(in: 0...255, using: &dice)
        }
        let draft = try ComposeTests.draft(subject: subject, text: text) {
            $0.from = try HeaderAddress(name: from, ComposeTests.address("office@bergmann-stb.example"))
            $0.to = [
                try HeaderAddress(name: to, ComposeTests.address("a..b@docomo.example")),
                try HeaderAddress(name: to, ComposeTests.address("kate@smith.example")),
            ]
            $0.references = ["1@example.com", "2@example.com"].compactMap { MessageID($0) }
            $0.html = number % 2 == 0 ? "<p>" + text : nil
            if number % 3 != 0 {
                $0.attachments = [
                    Attachment(name: fileName, mediaType: MediaType("application", "pdf"), content)
                ]
            }
        }
        let written = lines(text)
        var facts = [
            "subject \(line(subject))", "from \(line(from)) office@bergmann-stb.example",
            "to \(line(to)) a..b@docomo.example", "to \(line(to)) kate@smith.example",
            "id abcdefghijklmnopqrstuvwxyz@bergmann-stb.example", "reference 1@example.com",
            "reference 2@example.com", "date 1763714527", "plain \(written.joined(separator: "\n"))\n",
        ]
        if number % 2 == 0 {
            facts.append("html \(lines("<p>" + text).joined(separator: "\n"))\n")
        }
        if number % 3 != 0 { facts.append("file \(name(fileName)) \(content)") }
        return Sample(octets: try ComposeTests.octets(draft), facts: facts)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 32 || (0x7F...0x9F).contains(scalar.value)
            || "\u{2028}\u{2029}".unicodeScalars.contains(scalar)
    }

    /// What a header field holds of a text.
    private static func line(_ text: String) -> String {
        let spaced = text.unicodeScalars.filter { $0.value != 0xFEFF }.map {
            isControl($0) ? " " : String($0)
        }.joined()
        return spaced.split(separator: " ").joined(separator: " ")
    }

    private static func name(_ text: String) -> String {
        let kept = text.unicodeScalars.filter { $0.value != 0xFEFF && !isControl($0) }.map(String.init)
            .joined()
        var scalars = kept.unicodeScalars[...]
        while scalars.first == " " { scalars.removeFirst() }
        while scalars.last == " " { scalars.removeLast() }
        return scalars.isEmpty ? "attachment" : String(String.UnicodeScalarView(scalars))
    }

    /// What a body holds of a text: lines without spaces at their ends, none empty at the end.
    private static func lines(_ text: String) -> [String] {
        let plain = text.replacing("\r\n", with: "\n").unicodeScalars.map { scalar -> String in
            if "\r\n\u{2028}\u{2029}".unicodeScalars.contains(scalar) { return "\n" }
            return scalar != "\t" && isControl(scalar) || scalar.value == 0xFEFF ? "" : String(scalar)
        }.joined()
        var lines = plain.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
            line in
            var line = line
            if String(line) != "-- " { while line.last == " " { line.removeLast() } }
            return String(line)
        }
        while lines.count > 1, lines.last == "" { lines.removeLast() }
        return lines
    }

    /// A fact of plain text as any reader shows it: the quotation of what the text itself quotes is written anew.
    private static func normal(_ fact: String) -> String {
        guard fact.hasPrefix("plain ") else { return fact }
        return "plain "
            + fact.dropFirst(6).split(separator: "\n", omittingEmptySubsequences: false).map { line in
                guard line.hasPrefix(">") else { return String(line) }
                let quotes = line.prefix { $0 == ">" }
                let rest = line.dropFirst(quotes.count)
                return "\(quotes) \(rest.hasPrefix(" ") ? rest.dropFirst() : rest)"
            }.joined(separator: "\n")
    }

    /// - Parameter splitNames: Python (3.11, 2022) puts a space where a name goes on in the next encoded word.
    private func compare(_ read: [String], _ sample: Sample, _ number: Int, splitNames: Bool = false) {
        let written = sample.facts.map(Self.normal)
        for (one, other) in zip(read, written) where one != other {
            let isLongName =
                splitNames && (one.hasPrefix("to ") || one.hasPrefix("from ")) && one.utf8.count > 66
            if isLongName, one.filter({ $0 != " " }) == other.filter({ $0 != " " }) { continue }
            Issue.record("sample \(number): read \(one.prefix(300)), written \(other.prefix(300))")
        }
        #expect(read.count == written.count, "sample \(number)")
    }

    @Test("by our own parser")
    func ours() throws {
        for number in 0..<1_000 {
            let sample = try Self.sample(number)
            let (message, collector) = try parse(sample.octets)
            let envelope = message.envelope
            var facts = ["subject \(envelope.subject ?? "")"]
            facts += envelope.from.map {
                "from \($0.name ?? "") \($0.address.localPart)@\($0.address.domain)"
            }
            facts += envelope.to.map { "to \($0.name ?? "") \($0.address.localPart)@\($0.address.domain)" }
            facts += envelope.messageID.map { ["id \($0)"] } ?? []
            facts += envelope.references.map { "reference \($0)" }
            facts += envelope.date.map { ["date \($0.seconds)"] } ?? []
            for part in message.parts where !part.head.mediaType.isMultipart {
                let octets = collector.octets[part.head.id] ?? []
                if let name = part.head.name {
                    facts.append("file \(name) \(octets)")
                } else {
                    facts.append(
                        "\(part.head.mediaType.subtype) \(TextBody.text(octets, of: part.head).text)")
                }
            }
            compare(facts, sample, number)
            #expect(message.problems.isEmpty, "sample \(number)")
        }
    }

    @Test("by GMime")
    func gmime() throws {
        guard let judge = MailJudge.gmime(for: "what was written, by GMime") else { return }
        try judged(by: judge)
    }

    @Test("by Python's email")
    func python() throws {
        guard let judge = MailJudge.python(for: "what was written, by Python's email") else { return }
        try judged(by: judge, splitNames: true)
    }

    private func judged(by judge: MailJudge, splitNames: Bool = false) throws {
        let samples = try (0..<400).map(Self.sample)
        let read = judge.read(samples.map(\.octets))
        #expect(read.count == samples.count)
        for (number, pair) in zip(samples, read).enumerated() {
            compare(pair.1.map(Self.words), pair.0, number, splitNames: splitNames)
        }
    }

    private static func words(_ fact: MailJudge.Fact) -> String {
        switch fact {
        case .subject(let text): "subject \(text)"
        case .from(let name, let address): "from \(name) \(address)"
        case .to(let name, let address): "to \(name) \(address)"
        case .id(let text): "id \(text)"
        case .reference(let text): "reference \(text)"
        case .date(let seconds): "date \(seconds)"
        case .text("plain", let text, let deletesSpace):
            "plain \(FlowedText.reflow(text, deletesSpace: deletesSpace))"
        case .text(let subtype, let text, _): "\(subtype) \(text)"
        case .file(let name, let octets): "file \(name) \(octets)"
        }
    }
}
