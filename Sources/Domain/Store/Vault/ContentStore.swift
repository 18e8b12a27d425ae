internal import Crypto
package import Files
package import Mail
internal import Synchronization

/// Octets by their SHA-256, each stored once: `content/ab/abcdef…`, mode 0440, never changed.
///
/// The database says which contents exist; a file that it doesn't know is
/// what a crash left, is never trusted, and is replaced or swept.
package final class ContentStore: Sendable {
    static let mode: UInt32 = 0o440
    /// Pending contents hold at most so much memory together; what is more goes to the disk at once.
    private static let roomInMemory = 64 << 20

    let directory: Directory
    let flush: Flush
    let buffered = Atomic(0)
    private let temporaries: Directory
    /// What is still coming, and outlives a restart: see ``UnfinishedFiles``.
    let unfinished: Directory
    private let temporaryCount = Atomic<UInt64>(0)
    private let inFlight = Mutex<[SHA256Digest: InFlight]>([:])

    /// A content that uncommitted batches need: how many they are, and how many flushes had failed when it got its name.
    private struct InFlight {
        var batches: Int
        var generation: Int
    }

    /// Sweeps what a crash left under temporary names.
    init(_ directory: Directory, flush: Flush) throws(VaultError) {
        self.directory = directory
        self.flush = flush
        unfinished = try files { () throws(FileError) in
            try directory.makeDirectory("unfinished", mode: 0o750)
            return try directory.directory("unfinished")
        }
        temporaries = try files { () throws(FileError) in
            try directory.makeDirectory("tmp", mode: 0o750)
            let temporaries = try directory.directory("tmp")
            try temporaries.forEachName { name throws(FileError) in try temporaries.remove(name) }
            return temporaries
        }
    }

    package func begin() -> ContentWriter { ContentWriter(store: self) }

    static func path(of digest: SHA256Digest) -> String {
        let hex = digest.hex
        return "\(hex.prefix(2))/\(hex)"
    }

    /// Gives a temporary file a content's name, in the place of whatever has it.
    func rename(_ file: TemporaryFile, to digest: SHA256Digest) throws(VaultError) {
        let path = Self.path(of: digest)
        do throws(VaultError) {
            try file.rename(to: path, in: directory)
        } catch {
            guard error.isMissing else { throw error }
            // One of 256 directories, which are made when they are first needed.
            try files { () throws(FileError) in
                _ = try directory.makeDirectory(String(path.prefix(2)), mode: 0o750)
            }
            try file.rename(to: path, in: directory)
        }
    }

    func temporaryFile() throws(VaultError) -> TemporaryFile {
        let number = temporaryCount.wrappingAdd(1, ordering: .relaxed).newValue
        return try TemporaryFile(in: temporaries, name: String(number))
    }

    func hasRoom(for octets: Int) -> Bool {
        octets == 0 || buffered.load(ordering: .relaxed) + octets <= Self.roomInMemory
    }

    // MARK: - Reading

    /// Throws ``VaultError/Code/missing`` where there is no such content.
    package func open(_ digest: SHA256Digest) throws(VaultError) -> File {
        do throws(FileError) {
            return try directory.open(Self.path(of: digest))
        } catch {
            throw error.isMissing ? VaultError(.missing, "opening content \(digest)") : VaultError(error)
        }
    }

    package func status(of digest: SHA256Digest) throws(VaultError) -> FileStatus? {
        do throws(FileError) {
            return try directory.status(of: Self.path(of: digest))
        } catch {
            if error.isMissing { return nil }
            throw VaultError(error)
        }
    }

    /// Gives the first `count` octets in pieces; hashing them is the caller's.
    package func stream(
        _ digest: SHA256Digest, count: Int = .max, into sink: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        try open(digest).stream(from: 0, count: count, into: sink)
    }

    /// Some octets of a content, fewer at its end: for those who send it piece by piece.
    package func piece(
        of digest: SHA256Digest, at offset: Int64, count: Int
    ) throws(VaultError) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(count)
        try open(digest).stream(from: Int(offset), count: count) { piece throws(VaultError) in
            octets.append(piece)
        }
        return octets
    }

    /// Whether the octets are there and are what their name says.
    package func verify(_ digest: SHA256Digest) throws(VaultError) -> Bool {
        guard try status(of: digest)?.kind == .file else { return false }
        var hash = SHA256()
        try stream(digest) { piece throws(VaultError) in hash.update(piece) }
        return hash.finish() == digest
    }

    // MARK: - Publishing

    /// Sees to it that the content has its name, and that nobody removes it until ``release(_:)``.
    ///
    /// | the database has it | the file is right | another batch has it | what happens |
    /// |---|---|---|---|
    /// | yes | yes | any | ours is dropped |
    /// | yes | no  | any | put back: ours gets the name |
    /// | no  | yes | yes, and no flush failed since | theirs serves both: our flush covers it too |
    /// | no  | any | no | an orphan, maybe torn: ours takes its place |
    func publish(
        _ content: PendingContent, isRecorded: (SHA256Digest) throws(VaultError) -> Bool
    ) throws(VaultError) {
        try inFlight.withLock { inFlight throws(VaultError) in
            let other = inFlight[content.digest]
            let served = other.map { $0.generation == flush.generation } ?? false
            let file = try status(of: content.digest)
            let isThere = file?.kind == .file && file?.size == Int64(content.octets)
            let trusted = if served { true } else { try isRecorded(content.digest) }
            if !isThere || !trusted { try content.publish() }
            let generation = isThere && served ? other?.generation : nil
            inFlight[content.digest] = InFlight(
                batches: (other?.batches ?? 0) + 1, generation: generation ?? content.generation)
        }
    }

    /// Ends what ``publish(_:isRecorded:)`` began: the batch is recorded, or never will be.
    func release(_ digests: [SHA256Digest]) {
        inFlight.withLock { inFlight in
            for digest in digests {
                guard var entry = inFlight[digest] else { continue }
                entry.batches -= 1
                inFlight[digest] = entry.batches > 0 ? entry : nil
            }
        }
    }

    // MARK: - Erasure

    /// Removes a content that nothing refers to any more; false where it is recorded, or about to be.
    ///
    /// The row goes first, in a committed transaction; then this asks again,
    /// under the same lock that ``publish(_:isRecorded:)`` asks under. So a
    /// batch that recorded the content anew in between keeps it, and one that
    /// comes later writes its own. For the same reason a batch's transaction
    /// inserts the row of each of its contents where it is missing.
    @discardableResult
    package func remove(
        _ digest: SHA256Digest, isRecorded: (SHA256Digest) throws(VaultError) -> Bool
    ) throws(VaultError) -> Bool {
        try inFlight.withLock { inFlight throws(VaultError) in
            guard inFlight[digest] == nil, try !isRecorded(digest) else { return false }
            return try files { () throws(FileError) in try directory.remove(Self.path(of: digest)) }
        }
    }

    /// Calls for each content on the disk, in no order: for the check of disk against database.
    package func forEach(_ body: (SHA256Digest) throws(VaultError) -> Void) throws(VaultError) {
        let isShard = { (name: String) in name.utf8.count == 2 }
        for shard in try files({ () throws(FileError) in try directory.names().filter(isShard) }) {
            let names = try files { () throws(FileError) in try directory.directory(shard).names() }
            for name in names {
                if let digest = SHA256Digest(hex: name) { try body(digest) }
            }
        }
    }

    /// Removes what no row knows and no batch needs; returns how many there were.
    @discardableResult
    package func sweep(
        isRecorded: (SHA256Digest) throws(VaultError) -> Bool
    ) throws(VaultError) -> Int {
        var swept = 0
        try forEach { digest throws(VaultError) in
            if try remove(digest, isRecorded: isRecorded) { swept += 1 }
        }
        return swept
    }
}
