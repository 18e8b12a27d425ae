import Mail
import Mailroom
import Testing

@Suite("How much may be asked of links")
struct LinkPaceTests {
    private static let now = Timestamp(seconds: 1_795_000_000)

    struct Case: Sendable, CustomTestStringConvertible {
        let sentence: String
        let bucket: LinkPace.Bucket
        /// Asked at once before, and how many seconds ago.
        let asked: [LinkPace.Deed]
        var ago: Int64 = 0
        let deed: LinkPace.Deed
        let wait: Int64

        var testDescription: String { sentence }
    }

    private static func times(_ count: Int, _ deed: LinkPace.Deed) -> [LinkPace.Deed] {
        Array(repeating: deed, count: count)
    }

    @Test(
        "a person never waits, a program does, and whoever tries tokens the longest",
        arguments: [
            Case(sentence: "the first look", bucket: .link, asked: [], deed: .look, wait: 0),
            Case(
                sentence: "two hundred small files at once", bucket: .link,
                asked: times(199, .change) + times(199, .piece(octets: 4000)), deed: .change, wait: 0),
            Case(
                sentence: "the six hundred and first look", bucket: .link, asked: times(600, .look),
                deed: .look, wait: 1),
            Case(
                sentence: "a second later", bucket: .link, asked: times(600, .look), ago: 1, deed: .look,
                wait: 0),
            Case(
                sentence: "a film in whole pieces costs nothing", bucket: .link,
                asked: times(100_000, .piece(octets: 4 << 20)), deed: .look, wait: 0),
            Case(
                sentence: "small pieces cost as much as looks", bucket: .link,
                asked: times(600, .piece(octets: 1)), deed: .piece(octets: 1), wait: 1),
            Case(
                sentence: "the third code at once", bucket: .link, asked: times(2, .code), deed: .code,
                wait: 30),
            Case(
                sentence: "the eleventh code for one office", bucket: .network, asked: times(10, .code),
                deed: .code, wait: 6),
            Case(
                sentence: "sixty wrong tokens of one network", bucket: .network, asked: times(60, .wrong),
                deed: .look, wait: 1),
            Case(
                sentence: "whoever goes on waits the longer", bucket: .network, asked: times(90, .wrong),
                deed: .look, wait: 31),
            Case(
                sentence: "a minute at most, however many", bucket: .network, asked: times(10_000, .wrong),
                deed: .look, wait: 61),
            Case(
                sentence: "an office of many people", bucket: .network, asked: times(2999, .look),
                deed: .look, wait: 0),
            Case(
                sentence: "a clock that was set back", bucket: .network, asked: times(10_000, .wrong),
                ago: -5000, deed: .look, wait: 61),
        ])
    func waits(_ example: Case) {
        let then = Timestamp(seconds: Self.now.seconds - example.ago)
        var level: LinkPace.Level?
        for deed in example.asked {
            level = LinkPace.taking(deed.cost, from: example.bucket, level, now: then)
        }
        #expect(LinkPace.wait(example.deed.cost, in: example.bucket, level, now: Self.now) == example.wait)
    }

    @Test("what was taken comes back, and a full bucket is forgotten", arguments: LinkPace.Bucket.allCases)
    func fills(_ bucket: LinkPace.Bucket) {
        let level = LinkPace.taking(bucket.room, from: bucket, nil, now: Self.now)
        #expect(LinkPace.wait(1, in: bucket, level, now: Self.now) == 1)
        let full = Timestamp(seconds: Self.now.seconds + bucket.room / bucket.perSecond)
        #expect(LinkPace.taking(0, from: bucket, level, now: full) == nil)
        #expect(LinkPace.wait(bucket.room, in: bucket, level, now: full) == 0)
    }
}
