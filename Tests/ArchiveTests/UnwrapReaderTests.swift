import Testing

@testable import Archive

@Suite("The parent believes nothing a child says")
struct UnwrapReaderTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let answer: [UInt8]
        let ending: UnwrapEnding
        var end = Containers.ChildEnd.ended

        init(
            _ sentence: String, _ answer: [[UInt8]], _ ending: UnwrapEnding, end: Containers.ChildEnd = .ended
        ) {
            testDescription = sentence
            self.answer = answer.flatMap { $0 }
            self.ending = ending
            self.end = end
        }
    }

    static func frame(_ kind: Frame.Kind, _ payload: [UInt8]) -> [UInt8] {
        [kind.rawValue] + (0..<4).map { UInt8(truncatingIfNeeded: payload.count >> (8 * $0)) } + payload
    }

    static func member(_ index: Int, size: Int64 = -1, role: UInt8 = 0) -> [UInt8] {
        var payload = FramePayload()
        payload.number(UInt32(index))
        payload.number(role)
        payload.number(size)
        payload.number(Int64.min)
        payload.number(MemberHead.utf8)
        payload.text(Array("a.txt".utf8))
        payload.text([])
        payload.text([])
        return frame(.member, payload.octets)
    }

    static func summary(_ ending: UInt8) -> [UInt8] {
        var payload = FramePayload()
        payload.number(ending)
        payload.text([])
        return frame(.summary, payload.octets)
    }

    static let octets = frame(.octets, Array("content".utf8))
    static let end = frame(.end, [])

    static let cases = [
        Case("a member and a summary", [member(1), octets, end, summary(0)], .complete),
        Case("an empty member", [member(1), end, summary(0)], .complete),
        Case("no members", [summary(0)], .complete),
        Case("a member that is encrypted", [member(1), octets, summary(1)], .encrypted),
        Case("no answer", [], .damaged),
        Case("no answer from a child that died", [], .damaged, end: .died("by signal 11")),
        Case(
            "a child that died after it was done", [member(1), end, summary(0)], .damaged,
            end: .died("by signal 11")),
        Case("a child that says why, then dies", [summary(3)], .overLimit, end: .died("by signal 11")),
        Case("a child that was stopped", [member(1), octets], .overLimit, end: .stopped("timed out")),
        Case("a summary within a member", [member(1), octets, summary(0)], .damaged),
        Case("two summaries", [summary(0), summary(0)], .damaged),
        Case("a member after the summary", [summary(0), member(1), end], .damaged),
        Case("octets without a member", [octets, summary(0)], .damaged),
        Case("a member in a member", [member(1), member(2)], .damaged),
        Case("an end without a member", [end, summary(0)], .damaged),
        Case("an end with something in it", [member(1), frame(.end, [0]), summary(0)], .damaged),
        Case("a number left out", [member(2), end, summary(0)], .damaged),
        Case("a role there is none of", [member(1, role: 9), end, summary(0)], .damaged),
        Case("an ending there is none of", [summary(77)], .damaged),
        Case("a frame of no kind", [[0, 0, 0, 0, 0], summary(0)], .damaged),
        Case("a frame of four gigabytes", [[0x53, 0xFF, 0xFF, 0xFF, 0xFF]], .damaged),
        Case("facts where members are wanted", [frame(.facts, [0]), summary(0)], .damaged),
        Case("a frame that is cut off", [Array(member(1).dropLast())], .damaged),
        Case("a member cut short inside", [frame(.member, [1, 0, 0, 0, 0])], .damaged),
        Case("a member larger than may be", [member(1, size: 1001), end, summary(0)], .overLimit),
        Case(
            "more octets than may be", [member(1), frame(.octets, .init(repeating: 0, count: 1001))],
            .overLimit),
        Case("more members than may be", (1...4).flatMap { [member($0), end] } + [summary(0)], .overLimit),
    ]

    @Test("whole, and an octet at a time", arguments: cases)
    func reads(testCase: Case) throws {
        let limits = UnwrapLimits(members: 3, octets: 10_000, memberOctets: 1000)
        for step in [testCase.answer.count + 1, 1, 3] {
            var reader = UnwrapReader(limits: limits)
            var collector = Collector()
            var position = 0
            while position < testCase.answer.count {
                let next = min(position + step, testCase.answer.count)
                let piece = Array(testCase.answer[position..<next])
                if try !reader.read(piece.span, into: &collector) { break }
                position = next
            }
            #expect(UnwrapOutcome(reader, testCase.end).ending == testCase.ending)
        }
    }
}
