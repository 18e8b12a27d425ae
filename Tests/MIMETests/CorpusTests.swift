import MIME
import Mail
import Testing

@Suite("Real odd mail")
struct CorpusTests {
    @Test("every mail of the corpus is read within a second, and its original comes out as it went in")
    func corpus() throws {
        guard let corpus = Shared.corpus(for: "CorpusTests.corpus") else { return }
        let paths = Shared.mails(in: corpus)
        #expect(paths.count > 1000)
        var dice = Shared.Dice(seed: 7)
        for path in paths {
            guard let octets = Shared.read(path) else {
                Issue.record("\(path) is in the manifest and cannot be read")
                continue
            }
            let began = Shared.processorSeconds()
            let (message, collector) = try parse(octets)
            #expect(Shared.processorSeconds() - began < 1, "\(path)")
            #expect(collector.original == octets, "\(path)")
            #expect(collector.mistakes.isEmpty, "\(path): \(collector.mistakes)")
            #expect(collector.ended.count == collector.began.count, "\(path)")

            var limits = ParserLimits()
            limits.referenceThreshold = 64
            let (again, pieces) = try parse(octets, limits: limits) { _ in
                Int.random(in: 1...5000, using: &dice)
            }
            #expect(pieces.original == octets, "\(path), in pieces")
            #expect(pieces.octets == collector.octets, "\(path), in pieces")
            #expect(again.problems == message.problems, "\(path), in pieces")
        }
        print("corpus: \(paths.count) mails")
    }
}
