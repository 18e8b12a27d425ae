import FoundationEssentials
import Glibc
import MIME
import Mail
import Mailroom
import TestServers
import Testing
import Text

@testable import Intake
@testable import Store

/// Real bounces, with what others say of them: `_vectors/` of the shared corpus.
struct BounceCorpus {
    let path: String

    /// Nil, and said so by name, where there is none.
    init?(for test: String) {
        let package = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let root = getenv("MAILROOM_SHARED").map { String(cString: $0) } ?? package + "/../shared"
        path = root + "/corpus"
        guard access(path + "/_vectors/flufl-expected.json", R_OK) == 0 else {
            print("skipped: \(test): no shared corpus at \(path)")
            return nil
        }
    }

    struct Flufl: Decodable {
        let file: String
        let addresses: [String]
        let temporary: Bool
    }

    struct Sisimai: Decodable {
        struct Expected: Decodable {
            let dsn: String
        }
        let file: String
        let expected: [Expected]
    }

    func flufl() throws -> [Flufl] { try decode("flufl-expected.json") }
    func sisimai() throws -> [Sisimai] { try decode("sisimai-expected.json") }

    private func decode<Value: Decodable>(_ name: String) throws -> [Value] {
        let octets = try #require(TestDirectory.read("\(path)/_vectors/\(name)"))
        return try JSONDecoder().decode([Value].self, from: Data(octets))
    }

    func octets(_ file: String) throws -> [UInt8] { try #require(TestDirectory.read("\(path)/\(file)")) }

    /// What the intake makes of a mail.
    struct Reading {
        let facts: MessageFacts
        let nature: MailNature
        let reports: [MachineReport]
    }

    /// Read as a FETCH is, by the intake's own collectors.
    func read(_ file: String) throws -> Reading {
        var receiver = ReportReceiver()
        var parser = MessageParser()
        let octets = try octets(file)
        try parser.feed(octets.span, into: &receiver)
        let message = try parser.finish(into: &receiver)
        let decider = Decider(rules: Self.rules, directory: Mailroom.Directory(), checks: SenderChecks.none)
        let facts = decider.facts(
            of: message, parts: [], displayed: receiver.displayed, source: "office", use: nil)
        let reading = BounceReader.read(receiver.report.content(of: message), envelope: facts.envelope)
        return Reading(
            facts: facts, nature: Self.rules.matcher.match(facts, Mailroom.Directory()).nature,
            reports: reading.reports)
    }

    static let rules = DecisionRules(
        own: OwnDomains([DomainName("firm.example")!]), freeMail: FreeMail(), authentication: .off,
        usesPrimary: true, dropsDetail: false, filing: FilingSettings(), clamd: nil)
}

/// What of a message the intake keeps of a report, without a vault.
struct ReportReceiver: MessageReceiver {
    var report = ReportCollector()
    var displayed = DisplayedText()
    private var shown: [Int: PartHead] = [:]

    mutating func partBegan(_ part: PartHead) {
        report.partBegan(part)
        if PartCollector.isDisplayed(part) { shown[part.id] = part }
    }

    mutating func partOctets(_ part: Int, _ octets: Span<UInt8>) {
        report.partOctets(part, octets)
        if let head = shown[part] { displayed.add(octets, of: head) }
    }

    func partEnded(_ part: Int, _ end: PartEnd) {}
    func original(_ octets: Span<UInt8>) {}
    func original(_ run: EncodedRun) {}
}
