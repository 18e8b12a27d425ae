import FoundationEssentials
import Testing
import Text

@testable import Web

@Suite("The sentences of decisions in three languages")
struct ReasonTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let recorded: String
        let de: String
        let en: String
        var testDescription: String { recorded }
    }

    @Test(
        "a recorded sentence is said with its own names and numbers",
        arguments: [
            Case(
                recorded: "it answers request 12 “Lohn {1} November”",
                de: "Sie antwortet auf Anforderung 12 „Lohn {1} November“",
                en: "It answers request 12 “Lohn {1} November”"),
            Case(
                recorded:
                    "it answers our letter “a, from an address nobody knows”, from an address nobody knows",
                de:
                    "Sie antwortet auf unseren Brief „a, from an address nobody knows“, von einer unbekannten Adresse",
                en: "It answers our letter “a, from an address nobody knows”, from an address nobody knows"),
            Case(
                recorded: "kate@client.example is a contact's address",
                de: "kate@client.example ist die Adresse eines Kontakts",
                en: "kate@client.example is a contact's address"),
            Case(
                recorded: "31457280 octets are more than is filed unasked (26214400)",
                de: "31457280 Bytes sind mehr, als ungefragt abgelegt wird (26214400)",
                en: "31457280 octets are more than is filed unasked (26214400)"),
            Case(
                recorded: "something in it asks for a password, so nothing of it is filed",
                de: "Etwas darin verlangt ein Passwort, darum wird nichts davon abgelegt",
                en: "Something in it asks for a password, so nothing of it is filed"),
            Case(
                recorded: "dmarc=fail, and client.example asks for such mail to be treated as reject",
                de: "dmarc=fail, und client.example verlangt für solche Mail: reject",
                en: "dmarc=fail, and client.example asks for such mail to be treated as reject"),
        ])
    func said(_ example: Case) {
        #expect(Reason.sentence(example.recorded, .de) == example.de)
        #expect(Reason.sentence(example.recorded, .en) == example.en)
        let japanese = Reason.sentence(example.recorded, .ja) ?? ""
        #expect(japanese.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) })
    }

    @Test("what is no sentence of ours stays as it is", arguments: ["", "Jana asked me to", "it", "{1}"])
    func unknown(_ text: String) { #expect(Reason.sentence(text, .de) == nil) }

    /// The files that word decisions. What they say is found in their source: a new sentence must be translated.
    static let wording = [
        "Border", "FilingPlan", "MatchSearch", "MessageHold", "PartJudge", "Requests/AnswerMatch",
        "Requests/ItemTicking", "SenderTrust", "TrustedResults",
    ]

    @Test("no sentence of a decision is missing", arguments: wording)
    func complete(_ name: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "Sources/Domain/Mailroom/\(name).swift")
        let sentences = Self.sentences(in: try String(contentsOf: file, encoding: .utf8))
        #expect(!sentences.isEmpty)
        for sentence in sentences where Reason.sentence(sentence, .ja) == nil {
            Issue.record("nobody reads this but in English: \(sentence)")
        }
    }

    /// String literals of several words, with a name for whatever is put into them.
    static func sentences(in source: String) -> [String] {
        source.split(separator: "\n").filter { line in
            let code = line.drop { $0 == " " }
            return !code.hasPrefix("//") && !code.contains("precondition") && !code.contains("outcome:")
        }.flatMap { literals(in: String($0)) }.filter { literal in
            literal.contains(" ") && literal.contains(where: \.isLetter) && !literal.hasPrefix(" ")
                && !literal.hasPrefix("<") && !outcomes.contains(literal)
                && !literal.hasPrefix("suggests ")
        }
    }

    /// What a rule said in a word: the page marks the one that decided instead. And pieces of sentences.
    static let outcomes: Set<String> = [
        "one address", "none to be believed", "X to be believed", "X accounts", "account X", "our letter “X”",
        ", until X", "it stays in its container", "nothing of it is filed",
    ]

    private static func literals(in line: String) -> [String] {
        var found: [String] = []
        var rest = Substring(line)
        while let start = rest.firstIndex(of: "\"") {
            rest = rest[rest.index(after: start)...]
            var literal = ""
            var depth = 0
            scan: while let character = rest.popFirst() {
                if depth > 0 {
                    // A literal within an interpolation has no parenthesis here.
                    if character == "(" { depth += 1 }
                    if character == ")" { depth -= 1 }
                    continue
                }
                switch character {
                case "\\":
                    guard let next = rest.popFirst() else { break scan }
                    if next == "(" {
                        depth = 1
                        literal += "X"
                    } else {
                        literal.append(next)
                    }
                case "\"": break scan
                default: literal.append(character)
                }
            }
            found.append(literal)
        }
        return found
    }
}
