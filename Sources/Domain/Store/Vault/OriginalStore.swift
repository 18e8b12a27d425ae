internal import Crypto
internal import Files
internal import Mail
internal import Synchronization

/// Every message to the octet, packed into segments that only grow: `originals/00000001.seg`.
///
/// Fifty thousand small mails in files of their own are fifty thousand
/// inodes and as many flushes; here they are a few files and one flush a
/// batch. The form is described at ``OriginalRecord``.
package final class OriginalStore: Sendable {
    static let mode: UInt32 = 0o640
    /// A segment that is so long gets no more records.
    static let segmentLimit = 64 << 20

    let directory: Directory
    let flush: Flush
    private let segmentLimit: Int
    private let temporaries: Directory
    private let temporaryCount = Atomic<UInt64>(0)
    private let tail: Mutex<Tail>

    /// The segment that is appended to; nil until there is something to append.
    private struct Tail: ~Copyable {
        var last: Int
        var segment: Open?

        struct Open: ~Copyable {
            let file: File
            let mark: [UInt8]
            var end: Int
        }
    }

    /// Cuts what a crash tore off the end of the last segment, and sweeps temporary files.
    ///
    /// - Parameter recorded: the end of the last record that the database knows, in the last segment it knows.
    init(
        _ directory: Directory, flush: Flush, recorded: OriginalLocation?, segmentLimit: Int = segmentLimit
    ) throws(VaultError) {
        self.directory = directory
        self.flush = flush
        self.segmentLimit = segmentLimit
        temporaries = try files { () throws(FileError) in
            try directory.makeDirectory("tmp", mode: 0o750)
            let temporaries = try directory.directory("tmp")
            try temporaries.forEachName { name throws(FileError) in try temporaries.remove(name) }
            return temporaries
        }
        let last = try OriginalScanner(directory).segments().last ?? 0
        let open = try Self.openTail(directory, last, recorded: recorded, segmentLimit: segmentLimit)
        tail = Mutex(Tail(last: max(last, recorded?.segment ?? 0), segment: open))
    }

    package func begin() -> OriginalWriter { OriginalWriter(store: self) }

    func temporaryFile() throws(VaultError) -> TemporaryFile {
        let number = temporaryCount.wrappingAdd(1, ordering: .relaxed).newValue
        return try TemporaryFile(in: temporaries, name: String(number))
    }

    // MARK: - The end

    /// The last segment, cut after its last whole record; nil where a new one is to be begun.
    ///
    /// What is whole stays, recorded or not: a database from a backup knows
    /// less than the segments. ``eraseUnrecorded(isRecorded:)`` is for those.
    private static func openTail(
        _ directory: Directory, _ number: Int, recorded: OriginalLocation?, segmentLimit: Int
    ) throws(VaultError) -> Tail.Open? {
        guard number > 0, number >= recorded?.segment ?? 0 else { return nil }
        let known = recorded?.segment == number ? recorded?.end ?? 0 : 0
        let file = try files { () throws(FileError) in
            try directory.openForWriting(OriginalSegment.name(number))
        }
        let size = try files { () throws(FileError) in Int(try file.status().size) }
        // Shorter than recorded: something was lost, and its place must not be given to another message.
        guard size >= known else { return nil }
        guard size >= OriginalSegment.headCount else {
            _ = try files { () throws(FileError) in try directory.remove(OriginalSegment.name(number)) }
            return nil
        }
        // A segment whose head is damaged is left as it is, and gets no more records.
        guard let segment = try? OriginalSegment(file, number: number) else { return nil }
        var end = max(known, OriginalSegment.headCount)
        let scanner = OriginalScanner(directory)
        try scanner.scan(segment: number, from: known, verifyingLiterals: true) { found throws(VaultError) in
            if case .record(let record) = found { end = record.location.end }
        }
        if end < segment.size {
            try files { () throws(FileError) in try segment.file.truncate(to: Int64(end)) }
        }
        guard end < segmentLimit else { return nil }
        let mark = segment.mark
        return Tail.Open(file: segment.intoFile(), mark: mark, end: end)
    }

    // MARK: - Appending

    /// Appends a record whose literals are in a file, or else in memory.
    func append(
        octets: Int, sha256: SHA256Digest, literalOctets: Int, literalSHA256: SHA256Digest,
        chunks: [OriginalRecord.Chunk], memory: [UInt8], file: TemporaryFile?
    ) throws(VaultError) -> OriginalLocation {
        try tail.withLock { tail throws(VaultError) in
            var segment = try take(&tail)
            let (head, table) = OriginalRecord.encode(
                mark: segment.mark, octets: octets, sha256: sha256, literalOctets: literalOctets,
                literalSHA256: literalSHA256, chunks: chunks)
            let start = segment.end
            do throws(VaultError) {
                try Self.write(head, literalOctets, memory, file, table, to: segment.file, at: start)
            } catch {
                // Half a record must not stay before the next: if it can't be cut off, a new segment begins.
                let isCut = (try? segment.file.truncate(to: Int64(start))) != nil
                if isCut { tail.segment = .some(consume segment) }
                throw error
            }
            let length = OriginalRecord.length(literalOctets: literalOctets, chunks: chunks.count)
            segment.end += length
            tail.segment = .some(consume segment)
            return OriginalLocation(segment: tail.last, offset: start, length: length)
        }
    }

    private static func write(
        _ head: [UInt8], _ literalOctets: Int, _ memory: [UInt8], _ source: TemporaryFile?, _ table: [UInt8],
        to file: borrowing File, at start: Int
    ) throws(VaultError) {
        guard let source else {
            let record = head + memory + table
            return try files { () throws(FileError) in try file.write(record.span, at: Int64(start)) }
        }
        try files { () throws(FileError) in
            try file.write(head.span, at: Int64(start))
            try file.seek(to: Int64(start + head.count))
        }
        try source.withFile { literals throws(FileError) in try file.append(contentsOf: literals) }
        try files { () throws(FileError) in
            try file.write(table.span, at: Int64(start + head.count + literalOctets))
        }
    }

    /// Takes the segment to append to out of `tail`, to be put back; a new one where the last is full.
    private func take(_ tail: inout Tail) throws(VaultError) -> Tail.Open {
        if let segment = tail.segment.take(), segment.end < segmentLimit { return segment }
        let number = tail.last + 1
        let name = OriginalSegment.name(number)
        let (head, mark) = OriginalSegment.head(number: number)
        let file = try files { () throws(FileError) in try directory.createFile(name, mode: Self.mode) }
        tail.last = number
        try files { () throws(FileError) in try file.write(head) }
        return Tail.Open(file: file, mark: mark, end: head.count)
    }
}
