import MIME
import Mail
import Testing

@Suite("Messages broken at random")
struct MutationTests {
    /// What makes parsers stumble, put where it doesn't belong.
    private static let pieces: [String] = [
        "\r", "\n", "\r\n", "\r\n\r\n", "--", "--b1", "--b1--", "\r\n--b1\r\n", "\"", "\\", "(", ")", "<",
        ">", ";",
        "=", "==", "=\r\n", "=3D", "=?utf-8?B?", "?=", "\0", "\u{1b}$B", "\u{1b}(B", " ", "\t", ":",
        "Content-Type: message/rfc822\r\n", "Content-Type: multipart/mixed; boundary=b1\r\n",
        "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n",
        "Content-Transfer-Encoding: x-uuencode\r\n", "AAAA", "AAA=", "A", "begin 644 x\r\n", "M",
        "filename*0*=utf-8''a;", "From ",
    ]

    @Test("are read to the end, and their originals come out as they went in")
    func mutations() throws {
        let folder = Shared.package + "/Tests/Fixtures/Messages"
        let seeds = GoldenTests.names.compactMap { Shared.read("\(folder)/\($0).eml") }
        try #require(!seeds.isEmpty)
        // MAILROOM_FUZZ_SECONDS makes a long run of it, with another seed each time.
        let seconds = Shared.environment("MAILROOM_FUZZ_SECONDS").flatMap { Int($0) }
        var dice = Shared.Dice(seed: seconds == nil ? 20_260_302 : UInt64.random(in: 0 ... .max))
        var limits = ParserLimits()
        limits.referenceThreshold = 40
        limits.depth = 12
        limits.parts = 60
        limits.headerOctets = 2000
        limits.headerFields = 30
        let deadline = ContinuousClock.now + .seconds(seconds ?? 4)
        var count = 0
        while seconds != nil || count < 6000, ContinuousClock.now < deadline {
            var message = seeds[count % seeds.count]
            if count % 2 == 1 { message = message.flatMap { $0 == 10 ? [13, 10] : [$0] } }
            for _ in 0..<Int.random(in: 1...6, using: &dice) { Self.mutate(&message, seeds, &dice) }
            let (whole, expected) = try parse(message, limits: limits)
            let most = Int.random(in: 1...200, using: &dice)
            let (pieces, collector) = try parse(message, limits: limits) { _ in
                Int.random(in: 1...most, using: &dice)
            }
            let failed =
                expected.original != message || collector.original != message
                || collector.octets != expected.octets
                || pieces.problems != whole.problems || !collector.mistakes.isEmpty
                || collector.ended.count != collector.began.count || collector.runs != expected.runs
            if failed {
                Issue.record(
                    "mutation \(count) of \(GoldenTests.names[count % seeds.count]): \(collector.mistakes)")
                print(String(decoding: message, as: UTF8.self).debugDescription)
                return
            }
            for part in whole.parts { _ = TextBody.text(expected.octets[part.head.id] ?? [], of: part.head) }
            count += 1
        }
        print("mutations: \(count)")
        #expect(count > 50)
    }

    private static func mutate(_ message: inout [UInt8], _ seeds: [[UInt8]], _ dice: inout Shared.Dice) {
        guard !message.isEmpty else { return }
        let place = Int.random(in: 0..<message.count, using: &dice)
        switch Int.random(in: 0..<6, using: &dice) {
        case 0: message[place] = UInt8.random(in: 0...255, using: &dice)
        case 1: message.insert(contentsOf: pieces.randomElement(using: &dice)!.utf8, at: place)
        case 2:
            message.removeSubrange(place..<min(message.count, place + Int.random(in: 1...40, using: &dice)))
        case 3:
            let end = min(message.count, place + Int.random(in: 1...400, using: &dice))
            message.insert(
                contentsOf: message[place..<end], at: Int.random(in: 0...message.count, using: &dice))
        case 4: message.removeSubrange(place...)
        default: message.insert(contentsOf: seeds.randomElement(using: &dice)!, at: place)
        }
    }
}
