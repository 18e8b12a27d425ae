import Archive
import Glibc
import Testing

@Suite("A container unwraps to its limits and no further")
struct UnwrapLimitsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let limits: UnwrapLimits
        let sizes: [Int]
        let ending: UnwrapEnding
        var declared: UInt32?

        init(
            _ sentence: String, _ limits: UnwrapLimits, sizes: [Int], _ ending: UnwrapEnding,
            declared: UInt32? = nil
        ) {
            testDescription = sentence
            self.limits = limits
            self.sizes = sizes
            self.ending = ending
            self.declared = declared
        }
    }

    static let cases = [
        Case(
            "as many members as may be", UnwrapLimits(members: 1000), sizes: .init(repeating: 1, count: 1000),
            .complete),
        Case(
            "one member more", UnwrapLimits(members: 1000), sizes: .init(repeating: 1, count: 1001),
            .overLimit),
        Case("as large a member as may be", UnwrapLimits(memberOctets: 100_000), sizes: [100_000], .complete),
        Case("an octet more", UnwrapLimits(memberOctets: 100_000), sizes: [100_001], .overLimit),
        Case(
            "all together as large as may be", UnwrapLimits(octets: 3000), sizes: [1000, 1000, 1000],
            .complete),
        Case("together an octet more", UnwrapLimits(octets: 3000), sizes: [1000, 1001, 1000], .overLimit),
        Case(
            "a member that claims four gigabytes", UnwrapLimits(), sizes: [10], .overLimit,
            declared: 0xFFFF_FFF0),
        Case("a ratio below the limit", UnwrapLimits(ratio: 1, ratioFrom: 100), sizes: [50], .complete),
    ]

    @Test("limits hold in the child and in the parent", arguments: cases)
    func limits(of testCase: Case) throws {
        var zip = ZipWriter()
        for (index, size) in testCase.sizes.enumerated() {
            zip.add("\(index).bin", [UInt8](repeating: 7, count: size), declared: testCase.declared)
        }
        var collector = Collector()
        let outcome = try File.with(zip.octets) { descriptor in
            try TestChild.containers.unwrap(
                .zip, descriptor: descriptor, limits: testCase.limits, into: &collector)
        }
        #expect(outcome.ending == testCase.ending, "\(outcome.words)")
        if outcome.ending == .complete {
            #expect(collector.members.map(\.octets.count) == testCase.sizes)
        }
    }

    @Test("a receiver that can take no more ends the child, and its own error comes out")
    func receiverThrows() throws {
        var zip = ZipWriter()
        zip.add("large.bin", [UInt8](repeating: 1, count: 3_000_000))
        var collector = Collector()
        collector.room = 100_000
        #expect(throws: Collector.Failure.full) {
            try File.with(zip.octets) { descriptor in
                _ = try TestChild.containers.unwrap(.zip, descriptor: descriptor, into: &collector)
            }
        }
    }

    @Test("the container's own position and octets are left alone")
    func leavesFileAlone() throws {
        var zip = ZipWriter()
        zip.add("a.txt", [1, 2, 3])
        var collector = Collector()
        try File.with(zip.octets) { descriptor in
            lseek(descriptor, 5, SEEK_SET)
            let outcome = try TestChild.containers.unwrap(.zip, descriptor: descriptor, into: &collector)
            #expect(outcome.ending == .complete)
            #expect(lseek(descriptor, 0, SEEK_CUR) == 5)
        }
    }

    @Test("without a program to start, the container waits instead of being called damaged")
    func noProgram() throws {
        let containers = Containers { _, _, _, _, _, _ in .notStarted("no process is left") }
        var collector = Collector()
        let outcome = try File.with([]) { try containers.unwrap(.zip, descriptor: $0, into: &collector) }
        #expect(outcome.ending == .unavailable)
        #expect(outcome.ending.isTransient)
    }
}
