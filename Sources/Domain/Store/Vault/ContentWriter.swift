internal import Crypto
internal import Files
package import Mail
internal import Synchronization

/// Takes one content as it streams past, and hashes it.
///
/// Under 64 KiB it stays in memory and is written once, if it is new at all;
/// what is larger goes to `content/tmp` as it comes. Dropped before
/// ``finish()``, nothing of it stays.
package final class ContentWriter {
    /// The first octets, up to 4096: enough to tell what kind of file it is.
    package private(set) var head: [UInt8] = []
    package private(set) var octets = 0

    private let store: ContentStore
    private let generation: Int
    private var hash = SHA256()
    private var buffer: [UInt8] = []
    private var temporary: TemporaryFile?

    static let headLimit = 4096
    static let memoryLimit = 64 << 10
    private static let pieceSize = 256 << 10

    init(store: ContentStore) {
        self.store = store
        generation = store.flush.generation
    }

    /// Goes on with a file of which a part has come: what is there is read once, for its hash.
    init(store: ContentStore, goingOnWith file: TemporaryFile) throws(VaultError) {
        self.store = store
        generation = store.flush.generation
        temporary = file
        try file.read { piece throws(VaultError) in note(piece) }
    }

    private func note(_ piece: Span<UInt8>) {
        hash.update(piece)
        octets += piece.count
        if head.count < Self.headLimit {
            head.append(piece.extracting(first: min(piece.count, Self.headLimit - head.count)))
        }
    }

    package func write(_ piece: Span<UInt8>) throws(VaultError) {
        note(piece)
        let limit = temporary == nil ? Self.memoryLimit : Self.pieceSize
        if buffer.count + piece.count < limit { return buffer.append(piece) }
        try spill()
        if piece.count < Self.pieceSize { buffer.append(piece) } else { try temporary?.write(piece) }
    }

    package func write(_ piece: [UInt8]) throws(VaultError) { try write(piece.span) }

    /// Sees to it that the file has all that was written: whoever ends us now leaves it there.
    func settle() throws(VaultError) {
        if temporary != nil, !buffer.isEmpty { try spill() }
    }

    /// The content with its name, to be handed to a ``VaultBatch``.
    package func finish() throws(VaultError) -> PendingContent {
        if temporary != nil || !store.hasRoom(for: buffer.count) { try spill() }
        let memory = temporary == nil ? buffer : []
        return PendingContent(
            digest: hash.finish(), octets: octets, head: head, store: store, generation: generation,
            memory: memory, temporary: temporary)
    }

    /// Writes what is buffered to the temporary file, which is made when it is missing.
    private func spill() throws(VaultError) {
        let file: TemporaryFile
        if let temporary { file = temporary } else { file = try store.temporaryFile() }
        temporary = file
        if !buffer.isEmpty { try file.write(buffer) }
        buffer.removeAll(keepingCapacity: true)
    }
}

/// A content that is hashed and waits to be published; dropped before that, nothing of it stays.
package final class PendingContent: Sendable {
    package let digest: SHA256Digest
    package let octets: Int
    /// The first octets, up to 4096.
    package let head: [UInt8]

    let generation: Int
    private let store: ContentStore
    private let memory: [UInt8]
    private let temporary: TemporaryFile?

    init(
        digest: SHA256Digest, octets: Int, head: [UInt8], store: ContentStore, generation: Int,
        memory: [UInt8], temporary: TemporaryFile?
    ) {
        self.digest = digest
        self.octets = octets
        self.head = head
        self.store = store
        self.generation = generation
        self.memory = memory
        self.temporary = temporary
        store.buffered.add(memory.count, ordering: .relaxed)
    }

    deinit { store.buffered.subtract(memory.count, ordering: .relaxed) }

    /// Gives the content its name, in the place of whatever has it.
    func publish() throws(VaultError) {
        let file: TemporaryFile
        if let temporary {
            file = temporary
        } else {
            file = try store.temporaryFile()
            try file.write(memory)
        }
        try file.setMode(ContentStore.mode)
        try store.rename(file, to: digest)
    }

    /// Gives the octets before they are published, for those who must look at them first.
    package func read(into sink: (Span<UInt8>) throws(VaultError) -> Void) throws(VaultError) {
        if let temporary { return try temporary.read(into: sink) }
        let octets = memory
        try sink(octets.span)
    }

    /// Lends the octets as an open file before they are published: for a child that looks into them.
    package func withDescriptor<Result>(_ body: (Int32) throws -> Result) throws -> Result {
        if let temporary { return try temporary.withDescriptor(body) }
        let file = try store.temporaryFile()
        try file.write(memory)
        return try file.withDescriptor(body)
    }
}
