import FoundationEssentials
import MIME
import Mail
import Testing

/// Three other parsers judged the corpus; where they agree, so must we.
@Suite("The three judges")
struct OracleTests {
    private struct Verdict: Decodable {
        struct Attachment: Decodable {
            let ct: String
            let name: String?
            let sha256: String?
        }
        let file: String
        let agree: String?
        let attachments: [Attachment]?
        let from: [String: [String]?]?
        let fromVotes: Int?
        let consensus: String?

        enum CodingKeys: String, CodingKey {
            case file, agree, attachments, from
            case fromVotes = "from_votes"
            case consensus = "consensus_from"
        }
    }

    private static func verdicts(_ corpus: String) throws -> [Verdict] {
        let octets = try #require(Shared.read(corpus + "/oracle.jsonl"))
        return try octets.split(separator: 10).map { line in
            if let verdict = try? JSONDecoder().decode(Verdict.self, from: Data(line)) { return verdict }
            // One judge writes octets it could not decode as halves of surrogate pairs, which is no JSON.
            var repaired = Array(line)
            for index in repaired.indices.dropLast(6) where repaired[index...].starts(with: #"\ud"#.utf8) {
                repaired.replaceSubrange(index + 2..<index + 6, with: "fffd".utf8)
            }
            return try JSONDecoder().decode(Verdict.self, from: Data(repaired))
        }
    }

    @Test("content and names of attachments are what all three judges say")
    func attachments() throws {
        guard let corpus = Shared.corpus(for: "OracleTests.attachments") else { return }
        var contents = (count: 0, agreed: 0)
        var names = (count: 0, agreed: 0)
        for verdict in try Self.verdicts(corpus) where verdict.agree == "all" {
            let wanted = (verdict.attachments ?? []).filter { $0.sha256 != nil }
            guard !wanted.isEmpty, let octets = Shared.read("\(corpus)/\(verdict.file)") else { continue }
            let (message, collector) = try parse(octets)
            let ours = message.parts.map { part in
                (name: part.head.name, hash: TestSHA256.digest(collector.octets[part.head.id] ?? []).hex)
            }
            for attachment in wanted {
                contents.count += 1
                let same = ours.filter { $0.hash == attachment.sha256 }
                if same.isEmpty {
                    print("content: \(verdict.file): \(attachment); ours: \(ours)")
                    continue
                }
                contents.agreed += 1
                names.count += 1
                if same.contains(where: { $0.name == attachment.name }) {
                    names.agreed += 1
                } else {
                    print("name: \(verdict.file): \(attachment); ours: \(same.map(\.name))")
                }
            }
        }
        print(
            "judges: content \(contents.agreed) of \(contents.count), names \(names.agreed) of \(names.count)"
        )
        #expect(contents.count > 300)
        #expect(Double(contents.agreed) >= 0.995 * Double(contents.count))
        #expect(Double(names.agreed) >= 0.99 * Double(names.count))
    }

    @Test("the addresses of From are what all three judges say")
    func senders() throws {
        guard let corpus = Shared.corpus(for: "OracleTests.senders") else { return }
        var count = 0
        var agreed = 0
        for verdict in try Self.verdicts(corpus) where verdict.fromVotes == 3 {
            guard let wanted = verdict.from?[verdict.consensus ?? "py"] ?? nil,
                let octets = Shared.read("\(corpus)/\(verdict.file)")
            else { continue }
            count += 1
            let envelope = try parse(octets).0.envelope
            let ours = envelope.from.map { $0.address.description.lowercased() }
            if ours == wanted.map({ $0.lowercased() }) {
                agreed += 1
            } else {
                print("from: \(verdict.file): \(wanted); ours: \(ours)")
            }
        }
        print("judges: From \(agreed) of \(count)")
        #expect(count > 1000)
        #expect(Double(agreed) >= 0.99 * Double(count))
    }
}
