import Crypto
import Files
import Mail
import Synchronization

@testable import Store

/// A data directory of its own for a test, gone with all that is in it when the test is over.
final class VaultDirectory: Sendable {
    let scratch = ScratchDirectory()
    let data: Directory
    /// What a database would know.
    let recorded = Mutex<Set<SHA256Digest>>([])

    init() throws { data = try Directory.open(path: scratch.path) }

    var path: String { scratch.path }

    func open(lastOriginal: OriginalLocation? = nil) throws -> Vault {
        try Vault.open(in: data, lastOriginal: lastOriginal)
    }

    func isRecorded(_ digest: SHA256Digest) -> Bool { recorded.withLock { $0.contains(digest) } }

    /// Keeps and records one content as the daemon does, but for the flush, which no test can see.
    @discardableResult
    func keep(_ octets: [UInt8], in vault: Vault) throws -> SHA256Digest {
        let writer = vault.contents.begin()
        try writer.write(octets)
        let content = try writer.finish()
        let batch = vault.beginBatch()
        batch.add(content)
        try batch.publish { isRecorded($0) }
        recorded.withLock { _ = $0.insert(content.digest) }
        batch.end()
        return content.digest
    }

    func contents(of vault: Vault, _ digest: SHA256Digest) throws -> [UInt8] {
        var octets: [UInt8] = []
        try vault.contents.stream(digest) { piece throws(VaultError) in octets.append(piece) }
        return octets
    }

    /// The path of a content from the data directory on.
    func path(of digest: SHA256Digest) -> String { "content/" + ContentStore.path(of: digest) }
}

/// Numbers that look random and are the same in every run.
struct Dice {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 11) % max(1, bound)
    }

    mutating func octets(_ count: Int) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(count + 6)
        while octets.count < count {
            let word = below(1 << 48)
            for shift in 0..<6 { octets.append(UInt8(truncatingIfNeeded: word >> (8 * shift))) }
        }
        return Array(octets.prefix(count))
    }

    /// Cuts octets into pieces of any size, some of them empty.
    mutating func pieces(_ octets: [UInt8], most: Int) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        while start < octets.count {
            let end = min(octets.count, start + below(most + 1))
            pieces.append(Array(octets[start..<end]))
            start = end
        }
        return pieces
    }
}
