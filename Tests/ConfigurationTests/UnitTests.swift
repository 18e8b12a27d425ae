import Testing

@testable import Configuration

@Suite("Sizes and times are whole numbers with a unit")
struct UnitTests {
    @Test("what is written is read, and written again in the largest unit that fits")
    func amounts() throws {
        let sizes: [(String, Int, String)] = [
            ("200 MB", 200 << 20, "200 MB"), ("200MB", 200 << 20, "200 MB"), ("1024 kb", 1 << 20, "1 MB"),
            ("4 KiB", 4_096, "4 KB"), ("0 B", 0, "0 B"), ("7 bytes", 7, "7 B"), ("1 TB", 1 << 40, "1 TB"),
        ]
        for (text, octets, written) in sizes {
            #expect(try Units.size(text) == octets)
            #expect(Units.size(octets) == written)
        }
        let durations: [(String, Int, String)] = [
            ("5 min", 300, "5 min"), ("30 days", 2_592_000, "30 days"), ("1 hour", 3_600, "1 hour"),
            ("90 s", 90, "90 s"), ("1 week", 604_800, "7 days"), ("24 h", 86_400, "1 day"), ("1 s", 1, "1 s"),
        ]
        for (text, seconds, written) in durations {
            #expect(try Units.duration(text) == seconds)
            #expect(Units.duration(seconds) == written)
        }
    }

    @Test("anything else is refused with its reason")
    func refusals() {
        let cases: [(String, Units.Refusal)] = [
            ("7", .noUnit(7)), ("", .noNumber), ("-7 MB", .noNumber), ("MB", .noNumber),
            ("1.5 GB", .noNumber),
            ("7 MG", .unknown("MG", meant: "MB")), ("7 parsecs", .unknown("parsecs", meant: nil)),
            ("99999999999999999999 MB", .tooLarge), ("9999999999 TB", .tooLarge), ("٧ MB", .noNumber),
        ]
        for (text, refusal) in cases {
            #expect(throws: refusal) { try Units.size(text) }
        }
    }

    @Test("the nearest word is suggested, or none")
    func suggestions() {
        let keys = ["password", "user", "host", "sender_checks", "idle"]
        let cases: [(String, String?)] = [
            ("pasword", "password"), ("passwrod", "password"), ("sender-checks", "sender_checks"),
            ("Host", "host"), ("usr", "user"), ("idel", "idle"), ("colour", nil), ("x", nil), ("", nil),
        ]
        for (word, meant) in cases { #expect(Suggestion.nearest(to: word, among: keys) == meant, "\(word)") }
    }
}
