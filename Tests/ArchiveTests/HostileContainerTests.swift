import Archive
import Glibc
import Mail
import Sandbox
import Testing

@Suite("A container changed at random is never more than damaged")
struct HostileContainerTests {
    /// A generator whose numbers are the same in every run. Marsaglia's xorshift.
    struct Numbers {
        var state: UInt64
        mutating func next(below bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
    }

    static let mutations = getenv("MAILROOM_MUTATIONS").flatMap { Int(String(cString: $0)) } ?? 4

    @Test("the child ends by itself, in time, with an answer", arguments: Fixture.all("zip", "tnef", "p7m"))
    func mutated(fixture: Fixture) throws {
        let original = fixture.octets()
        guard !original.isEmpty else { return }
        let kind: ContainerKind =
            fixture.fileExtension == "zip" ? .zip : fixture.fileExtension == "tnef" ? .tnef : .opaqueSignature
        var numbers = Numbers(state: UInt64(CRC32.of(original)) | 1)
        for _ in 0..<Self.mutations {
            var octets = original
            for _ in 0...numbers.next(below: 8) {
                let position = numbers.next(below: octets.count)
                switch numbers.next(below: 4) {
                case 0: octets[position] = UInt8(numbers.next(below: 256))
                case 1: octets[position] = [0, 0xFF, 0x7F, 0x80][numbers.next(below: 4)]
                case 2: octets.insert(octets[position], at: position)
                default: if octets.count > 1 { octets.remove(at: position) }
                }
            }
            var collector = Collector()
            let limits = UnwrapLimits(
                octets: 2_000_000, memberOctets: 1_000_000, ratioFrom: 100_000, seconds: 20)
            let outcome = try File.with(octets) { descriptor in
                try TestChild.containers.unwrap(
                    kind, descriptor: descriptor, limits: limits, into: &collector)
            }
            #expect(outcome.ending != .unavailable, "\(outcome.words)")
            #expect(!outcome.words.hasPrefix("killed"), "\(outcome.words)")
            #expect(outcome.octets <= 2_000_000 + 65536)
            if outcome.ending == .complete {
                #expect(!collector.members.contains { !$0.hasEnded })
            }
        }
    }

    /// Set, or beside the package.
    static let shared = getenv("MAILROOM_SHARED").map { String(cString: $0) } ?? Fixture.root + "/../shared"
    static let mail =
        shared + "/corpus/dinhvh+libetpan/unittest/plaintext-rendering/data/input/1808-winmail-dat.eml"

    @Test(
        "a winmail.dat of Exchange's gives its Word document",
        .enabled(if: access(mail, R_OK) == 0, "skipped: the shared corpus is not here"))
    func winmail() throws {
        let text = String(decoding: try #require(File.read(Self.mail)), as: UTF8.self)
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        let start = try #require(lines.firstIndex { $0.hasPrefix("eJ8+I") })
        let end = lines[start...].firstIndex { $0.isEmpty || $0.hasPrefix("-") } ?? lines.endIndex
        let octets = base64(lines[start..<end].joined())
        var collector = Collector()
        let outcome = try File.with(octets) { descriptor in
            try TestChild.containers.unwrap(.tnef, descriptor: descriptor, into: &collector)
        }
        #expect(outcome.ending == .complete)
        let received = try #require(collector.members.first)
        #expect(collector.members.count == 1)
        #expect(received.member.name == "GIR - LINUX.doc")
        #expect(received.member.mediaType?.description == "application/msword")
        #expect(received.octets.starts(with: [0xD0, 0xCF, 0x11, 0xE0]))
    }

    private func base64(_ text: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var octets: [UInt8] = []
        var bits = 0
        var value = 0
        for character in text.utf8 {
            guard let digit = alphabet.firstIndex(of: character) else { continue }
            value = (value << 6 | digit) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                octets.append(UInt8(truncatingIfNeeded: value >> bits))
            }
        }
        return octets
    }
}
