package import Crypto
internal import Files
package import Mail

/// Takes one message as it is parsed: octets to keep as they are, and parts to be encoded again.
///
/// Up to a megabyte of literals stays in memory, more goes to a temporary
/// file. Dropped before ``finish(sha256:octets:contents:)``, nothing of it stays.
package final class OriginalWriter {
    private enum Piece {
        case literal(count: Int)
        case part(Int, count: Int, layout: Base64Lines.Layout)
    }

    private let store: OriginalStore
    private let generation: Int
    private var pieces: [Piece] = []
    private var octets = 0
    private var literalOctets = 0
    private var buffer: [UInt8] = []
    private var spilled: (file: TemporaryFile, hash: LiteralHash)?

    private static let memoryLimit = 1 << 20
    private static let pieceSize = 256 << 10

    init(store: OriginalStore) {
        self.store = store
        generation = store.flush.generation
    }

    /// The next octets of the message, to be kept as they are.
    package func literal(_ piece: Span<UInt8>) throws(VaultError) {
        guard piece.count > 0 else { return }
        octets += piece.count
        literalOctets += piece.count
        if case .literal(let count) = pieces.last {
            pieces[pieces.count - 1] = .literal(count: count + piece.count)
        } else {
            pieces.append(.literal(count: piece.count))
        }
        let limit = spilled == nil ? Self.memoryLimit : Self.pieceSize
        if buffer.count + piece.count <= limit { return buffer.append(piece) }
        try spill()
        if piece.count < Self.pieceSize {
            buffer.append(piece)
        } else {
            spilled?.hash.update(piece)
            try spilled?.file.write(piece)
        }
    }

    package func literal(_ piece: [UInt8]) throws(VaultError) { try literal(piece.span) }

    /// In place of the next octets of the message: the base64 of a part's first octets.
    ///
    /// - Parameters:
    ///   - part: whatever ``finish(sha256:octets:contents:)`` can tell the content by.
    ///   - decodedCount: how many octets, before encoding.
    package func reference(part: Int, decodedCount: Int, layout: Base64Lines.Layout) {
        octets += layout.encodedCount(decodedCount: decodedCount)
        pieces.append(.part(part, count: decodedCount, layout: layout))
    }

    /// Appends the message to a segment; it is durable once its ``VaultBatch`` is flushed.
    ///
    /// - Parameters:
    ///   - sha256: of the message as received, hashed from the very octets that came.
    ///   - octets: how many those were.
    ///   - contents: the content that a part referred to has become.
    package func finish(
        sha256: SHA256Digest, octets: Int, contents: (Int) -> SHA256Digest
    ) throws(VaultError) -> StoredOriginal {
        guard octets == self.octets else { throw VaultError(.incomplete, "keeping original \(sha256)") }
        var hasReferences = false
        let chunks = pieces.map { piece -> OriginalRecord.Chunk in
            switch piece {
            case .literal(let count): return .literal(count: count)
            case .part(let part, let count, let layout):
                hasReferences = true
                return .encoded(contents(part), count: count, layout: layout)
            }
        }
        if spilled != nil { try spill() }
        let literalSHA256 =
            if !hasReferences {
                // Then the literals are the message.
                sha256
            } else if let spilled {
                spilled.hash.finish()
            } else {
                SHA256.digest(of: buffer)
            }
        let location = try store.append(
            octets: octets, sha256: sha256, literalOctets: literalOctets, literalSHA256: literalSHA256,
            chunks: chunks, memory: buffer, file: spilled?.file)
        return StoredOriginal(
            location: location, sha256: sha256, octets: octets,
            contents: OriginalRecord.contents(of: chunks), generation: generation)
    }

    private func spill() throws(VaultError) {
        if spilled == nil { spilled = (try store.temporaryFile(), LiteralHash()) }
        guard let spilled, !buffer.isEmpty else { return }
        spilled.hash.update(buffer)
        try spilled.file.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// A hash that can be part of an optional.
    private final class LiteralHash {
        private var hash = SHA256()
        func update(_ octets: Span<UInt8>) { hash.update(octets) }
        func update(_ octets: [UInt8]) { hash.update(octets) }
        func finish() -> SHA256Digest { hash.finish() }
    }
}

/// A message that is in a segment, and durable once its batch is flushed.
package struct StoredOriginal: Sendable {
    package let location: OriginalLocation
    package let sha256: SHA256Digest
    package let octets: Int
    /// What it needs of `content/`, each once: to be recorded with it, so that it isn't erased before.
    package let contents: [SHA256Digest]
    let generation: Int
}
