import Crypto
import Mail
import TestServers

/// Reads originals as somebody would who has nothing but the files and the description of their form.
///
/// Written from the tables at `OriginalRecord`, and sharing nothing with the
/// code that wrote the files.
final class SegmentReader {
    private let data: String
    private var segments: [Int: [UInt8]] = [:]
    private static let magic = Array("MRORIG".utf8) + [1, 10]

    init(data: String) { self.data = data }

    /// The message at a place; or the sentence that says what is wrong.
    func message(segment: Int, offset: Int, length: Int) -> Result<[UInt8], Damage> {
        let octets = self.octets(of: segment)
        guard offset >= 24, offset + 144 <= octets.count, offset + length <= octets.count else {
            return .failure(Damage("segment \(segment) ends before \(offset + length)"))
        }
        guard Array(octets[offset..<offset + 8]) == Self.magic,
            octets[offset + 8..<offset + 16] == octets[16..<24]
        else { return .failure(Damage("no record at \(offset) of segment \(segment)")) }
        func number(_ at: Int, _ size: Int) -> Int {
            (0..<size).reduce(0) { $0 | Int(octets[at + $1]) << ($1 * 8) }
        }
        let (literals, chunks) = (number(offset + 64, 8), number(offset + 104, 4))
        guard number(offset + 16, 8) == length, 144 + literals + 48 * chunks <= length else {
            return .failure(Damage("the record at \(offset) of segment \(segment) has other lengths"))
        }
        var message: [UInt8] = []
        message.reserveCapacity(number(offset + 24, 8))
        var literal = offset + 144
        for chunk in 0..<chunks {
            let row = offset + 144 + literals + 48 * chunk
            let count = number(row + 8, 8)
            if octets[row] == 0 {
                message += octets[literal..<literal + count]
                literal += count
                continue
            }
            let digest = SHA256Digest(octets: Array(octets[row + 16..<row + 48]))!
            guard let content = TestDirectory.read(Disk.content(digest, in: data)), content.count >= count
            else {
                return .failure(Damage("content \(digest) is missing or short"))
            }
            message += Base64.wrapped(
                Array(content.prefix(count)), width: number(row + 4, 4),
                ending: octets[row + 1] == 2 ? [13, 10] : [10], isLastEnded: octets[row + 2] == 1)
        }
        return .success(message)
    }

    /// The places of all whole records of all segments, kept ones alone.
    func places() -> [(segment: Int, offset: Int)] {
        var places: [(segment: Int, offset: Int)] = []
        for name in Disk.names(in: data + "/originals") where name.hasSuffix(".seg") {
            guard let segment = Int(name.dropLast(4)) else { continue }
            let octets = octets(of: segment)
            var offset = 24
            while offset + 144 <= octets.count, Array(octets[offset..<offset + 8]) == Self.magic {
                let length = (0..<8).reduce(0) { $0 | Int(octets[offset + 16 + $1]) << ($1 * 8) }
                if octets[offset + 108] == 0 { places.append((segment, offset)) }
                offset += max(8, length)
            }
        }
        return places
    }

    private func octets(of segment: Int) -> [UInt8] {
        if let known = segments[segment] { return known }
        let digits = String(segment)
        let name = String(repeating: "0", count: 8 - digits.count) + digits + ".seg"
        let octets = TestDirectory.read("\(data)/originals/\(name)") ?? []
        segments[segment] = octets
        return octets
    }
}

/// Something that is not as it must be, as a sentence.
struct Damage: Error, Hashable, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
