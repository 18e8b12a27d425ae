import MIME
import Mail

/// SHA-256 in fifty lines, so that these tests judge the parser alone. FIPS 180-4.
struct TestSHA256: ContentHasher {
    private static let constants: [UInt32] = {
        var primes: [Int] = []
        var candidate = 2
        while primes.count < 64 {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes.map { prime in
            // The first 32 bits of the fraction of its cube root, by bisection.
            var low: UInt64 = 0
            var high: UInt64 = 1 << 36
            while high - low > 1 {
                let middle = (low + high) / 2
                let square = middle.multipliedFullWidth(by: middle)
                let cube = (Double(square.high) * 0x1p64 + Double(square.low)) * Double(middle)
                if cube <= Double(prime) * 0x1p96 { low = middle } else { high = middle }
            }
            return UInt32(truncatingIfNeeded: low)
        }
    }()

    private var state: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
        0x5be0_cd19,
    ]
    private var block: [UInt8] = []
    private var count: UInt64 = 0

    mutating func update(_ octets: Span<UInt8>) {
        for index in octets.indices { take(octets[index]) }
        count += UInt64(octets.count)
    }

    mutating func finish() -> SHA256Digest {
        let bits = count * 8
        take(0x80)
        while block.count != 56 { take(0) }
        for shift in stride(from: 56, through: 0, by: -8) {
            take(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        let octets = state.flatMap { word in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
        }
        return SHA256Digest(octets: octets)!
    }

    static func digest(_ octets: [UInt8]) -> SHA256Digest {
        var hasher = TestSHA256()
        hasher.update(octets.span)
        return hasher.finish()
    }

    private mutating func take(_ octet: UInt8) {
        block.append(octet)
        if block.count == 64 { compress() }
    }

    private mutating func compress() {
        func rotate(_ word: UInt32, _ by: UInt32) -> UInt32 { word >> by | word << (32 - by) }
        var words = [UInt32](repeating: 0, count: 64)
        for index in 0..<16 {
            for place in 0..<4 { words[index] = words[index] << 8 | UInt32(block[index * 4 + place]) }
        }
        for index in 16..<64 {
            let early = words[index - 15]
            let late = words[index - 2]
            words[index] =
                words[index - 16] &+ (rotate(early, 7) ^ rotate(early, 18) ^ early >> 3) &+ words[index - 7]
                &+ (rotate(late, 17) ^ rotate(late, 19) ^ late >> 10)
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for index in 0..<64 {
            let first =
                h &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) &+ (e & f ^ ~e & g)
                &+ Self.constants[index] &+ words[index]
            let second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ (a & b ^ a & c ^ b & c)
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
        }
        for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] = state[index] &+ word }
        block.removeAll(keepingCapacity: true)
    }
}
