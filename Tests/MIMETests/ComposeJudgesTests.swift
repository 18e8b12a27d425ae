import Glibc
import MIME
import Mail
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

    /// Numbers of the generator are the same in each run.
    private static func sample(_ number: Int) throws -> Sample {
        var dice = Shared.Dice(seed: UInt64(number))
        let subject = random(&dice, upTo: 30)
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

    /// As a reader of `format=flowed` shows it, quotation marks one way: `>> `.
    private static func flowed(_ text: String, deletesSpace: Bool) -> String {
        FlowedText.reflow(text.replacing("\r\n", with: "\n"), deletesSpace: deletesSpace)
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
        let compiler = ["cc", "clang", "gcc"].first { run("command -v \($0)") != nil }
        guard let compiler, run("pkg-config --exists gmime-3.0 && echo yes") != nil else {
            print("SKIPPED: by GMime: libgmime-3.0-dev or a C compiler is missing")
            return
        }
        let folder = Folder()
        let judge = "\(folder.path)/judge"
        let built = run(
            "\(compiler) -o \(judge) '\(Shared.package)/Tests/Judges/gmime.c' $(pkg-config --cflags --libs gmime-3.0) && echo yes"
        )
        #expect(built == ["yes"])
        try judged(by: judge, in: folder)
    }

    @Test("by Python's email")
    func python() throws {
        guard run("command -v python3") != nil else {
            print("SKIPPED: by Python's email: python3 is missing")
            return
        }
        try judged(by: "python3 '\(Shared.package)/Tests/Judges/mail.py'", in: Folder(), splitNames: true)
    }

    private func judged(by command: String, in folder: Folder, splitNames: Bool = false) throws {
        let samples = try (0..<400).map(Self.sample)
        for (number, sample) in samples.enumerated() {
            folder.write("\(10_000 + number).eml", sample.octets)
        }
        let said = try #require(run("\(command) '\(folder.path)'/*.eml"))
        var read: [[String]] = [[]]
        for line in said {
            if line == "end" { read.append([]) } else { read[read.count - 1].append(Self.fact(line)) }
        }
        #expect(read.count == samples.count + 1)
        for (number, pair) in zip(samples, read).enumerated() {
            compare(pair.1, pair.0, number, splitNames: splitNames)
        }
    }

    /// A line of a judge's, its texts read from hexadecimal.
    private static func fact(_ line: String) -> String {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        func text(_ index: Int) -> String { String(decoding: octets(words[index]), as: UTF8.self) }
        switch words[0] {
        case "date": return line
        case "from", "to": return "\(words[0]) \(text(1)) \(text(2).replacing("\"", with: ""))"
        case "file": return "file \(text(1)) \(octets(words[2]))"
        case "plain": return "plain \(flowed(text(2), deletesSpace: words[1] == "yes"))"
        case "html": return "html \(text(2).replacing("\r\n", with: "\n"))"
        default: return "\(words[0]) \(text(1))"
        }
    }

    private static func octets(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).map { start in
            let digits = hex.utf8.dropFirst(start).prefix(2)
            return UInt8(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0
        }
    }

    /// The lines a command prints; nil if it prints none.
    private func run(_ command: String) -> [String]? {
        guard let stream = popen(command, "r") else { return nil }
        defer { pclose(stream) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 {
            octets += buffer[..<count]
        }
        let lines = String(decoding: octets, as: UTF8.self).split(separator: "\n").map(String.init)
        return lines.isEmpty ? nil : lines
    }

    /// A directory of files that goes with the test.
    private final class Folder {
        let path: String

        init() {
            var template = Array("/tmp/mailroom-compose-XXXXXX".utf8CString)
            path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
        }

        deinit { _ = system("rm -r '\(path)'") }

        func write(_ name: String, _ octets: [UInt8]) {
            guard let file = fopen("\(path)/\(name)", "w") else { return }
            fwrite(octets, 1, octets.count, file)
            fclose(file)
        }
    }
}
