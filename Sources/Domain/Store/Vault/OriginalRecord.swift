package import Crypto
package import Mail

/// One message of a segment: its head and its table, without the octets.
///
/// The files under `originals/` can be read without the database, by this
/// description alone. All numbers are little-endian. A segment is a file
/// `00000001.seg` that only grows; it begins with 24 octets:
///
/// | at | octets | what |
/// |---|---|---|
/// | 0 | 8 | `MRSEGM`, the version 1, LF |
/// | 8 | 8 | the number of the segment |
/// | 16 | 8 | its mark: random octets, repeated in each record |
///
/// Records follow, each a multiple of eight octets long:
///
/// | at | octets | what |
/// |---|---|---|
/// | 0 | 8 | `MRORIG`, the version 1, LF |
/// | 8 | 8 | the segment's mark |
/// | 16 | 8 | length of the record, all included |
/// | 24 | 8 | octets of the message |
/// | 32 | 32 | SHA-256 of the message |
/// | 64 | 8 | octets of the literals: L |
/// | 72 | 32 | SHA-256 of the literals |
/// | 104 | 4 | number of chunks: C |
/// | 108 | 4 | state: 0 kept, 1 erased |
/// | 112 | 32 | SHA-256 of the octets 0 to 107 and of the table |
/// | 144 | L | the literals, one after the other |
/// | 144 + L | 48 C | the table |
/// | | | zeros up to a multiple of eight |
///
/// The message is its chunks in the order of the table, each described by 48 octets:
///
/// | at | octets | what |
/// |---|---|---|
/// | 0 | 1 | 0: the next literal octets; 1: base64 of a content's first octets |
/// | 1 | 1 | line ending: 1 LF, 2 CR LF (0 for literals) |
/// | 2 | 1 | 1: the last line has its ending too |
/// | 3 | 1 | zero |
/// | 4 | 4 | characters of each line but the last, without the ending (0 for literals) |
/// | 8 | 8 | how many octets: of the literals, or of the content before encoding |
/// | 16 | 32 | SHA-256 of the content, its name under `content/` (zeros for literals) |
///
/// Whoever looks for the next record after a damaged one goes on in steps of
/// eight octets until magic and mark are met: a mail can carry a forged
/// record in its text, but cannot know the mark. What changes in a record is
/// its state and, once erased, the literals, which are zeros then.
package struct OriginalRecord: Hashable, Sendable {
    package enum Chunk: Hashable, Sendable {
        case literal(count: Int)
        /// The base64 of the content's octets `0..<count`.
        case encoded(SHA256Digest, count: Int, layout: Base64Lines.Layout)

        /// How many octets of the message it makes.
        package var messageOctets: Int {
            switch self {
            case .literal(let count): count
            case .encoded(_, let count, let layout): layout.encodedCount(decodedCount: count)
            }
        }
    }

    static let headCount = 144
    static let chunkCount = 48
    static let magic = Array("MRORIG".utf8) + [1, 0x0A]

    package let location: OriginalLocation
    package let octets: Int
    package let sha256: SHA256Digest
    package let literalOctets: Int
    let literalSHA256: SHA256Digest
    package let chunks: [Chunk]
    package let isErased: Bool

    /// The contents that the message needs to be whole again, each once.
    package var contents: [SHA256Digest] { Self.contents(of: chunks) }

    static func contents(of chunks: [Chunk]) -> [SHA256Digest] {
        var seen: Set<SHA256Digest> = []
        return chunks.compactMap { chunk in
            guard case .encoded(let digest, _, _) = chunk, seen.insert(digest).inserted else { return nil }
            return digest
        }
    }

    static func length(literalOctets: Int, chunks: Int) -> Int {
        (headCount + literalOctets + chunks * chunkCount + 7) & ~7
    }

    // MARK: - Writing

    /// The head of a new record and the table with its padding.
    static func encode(
        mark: [UInt8], octets: Int, sha256: SHA256Digest, literalOctets: Int, literalSHA256: SHA256Digest,
        chunks: [Chunk]
    ) -> (head: [UInt8], table: [UInt8]) {
        let length = length(literalOctets: literalOctets, chunks: chunks.count)
        var head = magic + mark
        head.reserveCapacity(headCount)
        head.append(number: UInt64(length))
        head.append(number: UInt64(octets))
        head += sha256.octets
        head.append(number: UInt64(literalOctets))
        head += literalSHA256.octets
        head.append(number: UInt32(chunks.count))
        var table: [UInt8] = []
        table.reserveCapacity(chunks.count * chunkCount + 7)
        for chunk in chunks {
            switch chunk {
            case .literal(let count):
                table += [0, 0, 0, 0, 0, 0, 0, 0]
                table.append(number: UInt64(count))
                table += [UInt8](repeating: 0, count: 32)
            case .encoded(let digest, let count, let layout):
                table += [1, layout.ending.rawValue, layout.lastLineEnded ? 1 : 0, 0]
                table.append(number: UInt32(layout.lineLength))
                table.append(number: UInt64(count))
                table += digest.octets
            }
        }
        var hash = SHA256()
        hash.update(head)
        hash.update(table)
        head.append(number: UInt32(0))
        head += hash.finish().octets
        let padding = length - headCount - literalOctets - table.count
        table += [UInt8](repeating: 0, count: padding)
        return (head, table)
    }

    // MARK: - Reading

    /// What a head says before its table is read and the two are checked against each other.
    struct Head {
        let length: Int
        let literalOctets: Int
        let chunks: Int
        fileprivate let octets: [UInt8]

        /// Nil where this is no head of a record of that segment that fits into `room` octets.
        init?(_ octets: [UInt8], mark: [UInt8], room: Int) {
            guard octets.count == headCount, octets.starts(with: magic), octets[8..<16] == mark[...],
                let length = Int(exactly: octets.number(at: 16, UInt64.self)), length <= room,
                let literals = Int(exactly: octets.number(at: 64, UInt64.self)), literals <= length
            else { return nil }
            self.length = length
            self.literalOctets = literals
            chunks = Int(octets.number(at: 104, UInt32.self))
            self.octets = octets
            // No overflow: literals are less than a file, chunks less than 2^32.
            guard length == OriginalRecord.length(literalOctets: literals, chunks: chunks) else { return nil }
        }
    }

    /// Nil where head and table do not belong together, or say what cannot be.
    init?(_ head: Head, table: [UInt8], segment: Int, offset: Int) {
        guard table.count == head.chunks * Self.chunkCount else { return nil }
        var hash = SHA256()
        hash.update(head.octets.span.extracting(first: 108))
        hash.update(table)
        guard hash.finish().octets[...] == head.octets[112..<144],
            let octets = Int(exactly: head.octets.number(at: 24, UInt64.self)),
            let sha256 = SHA256Digest(octets: Array(head.octets[32..<64])),
            let literalSHA256 = SHA256Digest(octets: Array(head.octets[72..<104]))
        else { return nil }
        var chunks: [Chunk] = []
        for start in stride(from: 0, to: table.count, by: Self.chunkCount) {
            guard let chunk = Self.chunk(table[start..<start + Self.chunkCount]) else { return nil }
            chunks.append(chunk)
        }
        location = OriginalLocation(segment: segment, offset: offset, length: head.length)
        self.octets = octets
        self.sha256 = sha256
        literalOctets = head.literalOctets
        self.literalSHA256 = literalSHA256
        self.chunks = chunks
        isErased = head.octets.number(at: 108, UInt32.self) != 0
    }

    private static func chunk(_ slice: ArraySlice<UInt8>) -> Chunk? {
        let octets = Array(slice)
        guard let count = Int(exactly: octets.number(at: 8, UInt64.self)) else { return nil }
        if octets[0] == 0 { return .literal(count: count) }
        let lineLength = Int(octets.number(at: 4, UInt32.self))
        guard octets[0] == 1, lineLength > 0, let ending = Base64Lines.Layout.Ending(rawValue: octets[1]),
            let digest = SHA256Digest(octets: Array(octets[16..<48]))
        else { return nil }
        let layout = Base64Lines.Layout(
            lineLength: lineLength, ending: ending, lastLineEnded: octets[2] == 1)
        return .encoded(digest, count: count, layout: layout)
    }
}

/// Where a message is kept: what the database remembers of it.
package struct OriginalLocation: Hashable, Sendable {
    package let segment: Int
    package let offset: Int
    package let length: Int

    package init(segment: Int, offset: Int, length: Int) {
        self.segment = segment
        self.offset = offset
        self.length = length
    }

    package var end: Int { offset + length }
}

extension [UInt8] {
    mutating func append<Number: FixedWidthInteger>(number: Number) {
        for index in 0..<Number.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: number >> Number(index * 8)))
        }
    }

    func number<Number: FixedWidthInteger>(at offset: Int, _ type: Number.Type) -> Number {
        (0..<Number.bitWidth / 8).reduce(0) { $0 | Number(self[offset + $1]) << Number($1 * 8) }
    }
}
