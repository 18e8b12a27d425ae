import Glibc

/// Another parser of mail, which is asked what it reads: the programs of Tests/Judges.
package final class MailJudge: Sendable {
    /// What was read in a message, in the order in which it stands there.
    package enum Fact: Hashable, Sendable {
        case subject(String)
        /// A name and an address, without quotes.
        case from(String, String)
        case to(String, String)
        case id(String)
        case reference(String)
        /// Seconds since 1970.
        case date(String)
        /// A part without a name: its subtype, its text with line feeds alone, and RFC 3676's `delsp`.
        case text(String, String, deletesSpace: Bool)
        case file(String, [UInt8])
    }

    private let command: [String]
    /// Holds what was compiled.
    private let directory: TestDirectory

    private static let sources =
        #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Judges"

    private init(_ command: [String], _ directory: TestDirectory) {
        self.command = command
        self.directory = directory
    }

    /// Debian's libgmime-3.0-dev; nil, and said so by name, where it or a C compiler is missing.
    package static func gmime(for test: String) -> MailJudge? {
        let compiler = ["cc", "clang", "gcc"].lazy.compactMap(ChildProcess.find).first
        let flags = ChildProcess.run(["/bin/sh", "-c", "pkg-config --cflags --libs gmime-3.0"])
        guard let compiler, flags.status == 0 else {
            print("SKIPPED: \(test): libgmime-3.0-dev or a C compiler is missing")
            return nil
        }
        let directory = TestDirectory()
        let judge = directory.file("judge")
        let words = flags.text.split(whereSeparator: \.isWhitespace).map(String.init)
        let built = ChildProcess.run([compiler, "-o", judge, "\(sources)/gmime.c"] + words)
        precondition(built.status == 0, "gmime.c is no C: \(built.text)")
        return MailJudge([judge], directory)
    }

    /// Python's `email`; nil, and said so by name, where it is missing.
    package static func python(for test: String) -> MailJudge? {
        guard let python = ChildProcess.find("python3") else {
            print("SKIPPED: \(test): python3 is missing")
            return nil
        }
        return MailJudge([python, "\(sources)/mail.py"], TestDirectory())
    }

    /// What is read in each of the messages; fewer where the judge gave up.
    package func read(_ messages: [[UInt8]]) -> [[Fact]] {
        let folder = TestDirectory()
        var names: [String] = []
        for (number, octets) in messages.enumerated() {
            names.append(folder.file("\(number).eml"))
            TestDirectory.write(octets, to: names[number])
        }
        var read: [[Fact]] = []
        var facts: [Fact] = []
        for line in ChildProcess.run(command + names).text.split(separator: "\n") {
            if line == "end" {
                read.append(facts)
                facts = []
            } else if let fact = Self.fact(line) {
                facts.append(fact)
            }
        }
        return read
    }

    /// A line of a judge's; its texts are in hexadecimal.
    private static func fact(_ line: Substring) -> Fact? {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        func octets(_ index: Int) -> [UInt8] {
            guard index < words.count else { return [] }
            let digits = Array(words[index].utf8)
            return stride(from: 0, to: digits.count - 1, by: 2).map { start in
                UInt8(String(decoding: digits[start...start + 1], as: UTF8.self), radix: 16) ?? 0
            }
        }
        func text(_ index: Int) -> String { String(decoding: octets(index), as: UTF8.self) }
        return switch words[0] {
        case "subject": .subject(text(1))
        case "from": .from(text(1), text(2).replacing("\"", with: ""))
        case "to": .to(text(1), text(2).replacing("\"", with: ""))
        case "id": .id(text(1))
        case "reference": .reference(text(1))
        case "date": .date(words.count > 1 ? String(words[1]) : "")
        case "file": .file(text(1), octets(2))
        case "plain", "html":
            .text(
                String(words[0]), text(2).replacing("\r\n", with: "\n"),
                deletesSpace: words[1] == "yes")
        default: nil
        }
    }
}
