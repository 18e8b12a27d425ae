internal import Crypto
internal import Files
package import Mail

extension OriginalStore {
    /// The record at a location, with its table; throws where another message is there, or none.
    package func record(
        at location: OriginalLocation, sha256: SHA256Digest
    ) throws(VaultError) -> OriginalRecord {
        try record(in: openSegment(location, writing: false), at: location, sha256: sha256)
    }

    /// Gives a message octet for octet as it was received, and hashes it as it streams.
    ///
    /// Whether it is whole is known at its end only: who gets the octets must
    /// not count them as kept before this has returned.
    package func stream(
        _ location: OriginalLocation, sha256: SHA256Digest, contents: ContentStore,
        into sink: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        let segment = try openSegment(location, writing: false)
        let record = try record(in: segment, at: location, sha256: sha256)
        guard !record.isErased else { throw VaultError(.erased, "reading original \(sha256)") }
        var hash = SHA256()
        var octets = 0
        var place = location.offset + OriginalRecord.headCount
        for chunk in record.chunks {
            let emit = { (piece: Span<UInt8>) throws(VaultError) in
                hash.update(piece)
                octets += piece.count
                try sink(piece)
            }
            switch chunk {
            case .literal(let count):
                try segment.file.stream(from: place, count: count, into: emit)
                place += count
            case .encoded(let digest, let count, let layout):
                try Self.encode(digest, count, layout, contents, into: emit)
            }
        }
        guard octets == record.octets, hash.finish() == sha256 else {
            throw VaultError(.damaged, "reading original \(sha256)")
        }
    }

    /// Gives a message without its large parts, for whoever wants its text alone: nothing is hashed, and of an
    /// attachment of more than `limit` octets nothing is read.
    package func skim(
        _ location: OriginalLocation, sha256: SHA256Digest, contents: ContentStore, limit: Int,
        into sink: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        let segment = try openSegment(location, writing: false)
        let record = try record(in: segment, at: location, sha256: sha256)
        guard !record.isErased else { throw VaultError(.erased, "reading original \(sha256)") }
        var place = location.offset + OriginalRecord.headCount
        for chunk in record.chunks {
            switch chunk {
            case .literal(let count):
                try segment.file.stream(from: place, count: count, into: sink)
                place += count
            case .encoded(let digest, let count, let layout):
                if count <= limit { try Self.encode(digest, count, layout, contents, into: sink) }
            }
        }
    }

    private static func encode(
        _ digest: SHA256Digest, _ count: Int, _ layout: Base64Lines.Layout, _ contents: ContentStore,
        into sink: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        var lines = Base64Lines(layout)
        var text: [UInt8] = []
        try contents.stream(digest, count: count) { piece throws(VaultError) in
            text.removeAll(keepingCapacity: true)
            lines.encode(piece, into: &text)
            try sink(text.span)
        }
        text.removeAll(keepingCapacity: true)
        lines.finish(into: &text)
        try sink(text.span)
    }

    /// Takes the octets of a message away for good; its place and its hash stay, so that a scan still works.
    ///
    /// Durable when it returns. The contents that it referred to are removed
    /// by the database's references to them. Erasing twice is erasing once:
    /// after a crash in between it is simply done again.
    package func erase(_ location: OriginalLocation, sha256: SHA256Digest) throws(VaultError) {
        let segment = try openSegment(location, writing: true)
        try empty(segment, location, sha256)
        try files { () throws(FileError) in try segment.file.synchronize() }
    }

    /// Empties a record that no row will ever know, for those very octets were kept before.
    ///
    /// Not durable by itself, and it need not be: what a power cut brings back takes space, and no more.
    package func discard(_ original: StoredOriginal) throws(VaultError) {
        let segment = try openSegment(original.location, writing: true)
        try empty(segment, original.location, original.sha256)
    }

    private func empty(
        _ segment: borrowing OriginalSegment, _ location: OriginalLocation, _ sha256: SHA256Digest
    ) throws(VaultError) {
        let record = try record(in: segment, at: location, sha256: sha256)
        var erased: [UInt8] = []
        erased.append(number: UInt32(1))
        do throws(FileError) {
            try segment.file.write(erased.span, at: Int64(location.offset + 108))
            try segment.file.erase(
                at: Int64(location.offset + OriginalRecord.headCount), count: Int64(record.literalOctets))
        } catch {
            throw VaultError(error)
        }
    }

    /// Erases what is whole in the segments but that no row knows: messages that were kept just before a crash,
    /// and are fetched again. Returns how many there were.
    ///
    /// For a start, before anything is appended, and only with a database that is not from a backup.
    @discardableResult
    package func eraseUnrecorded(
        from recorded: OriginalLocation?, isRecorded: (OriginalLocation) throws(VaultError) -> Bool
    ) throws(VaultError) -> Int {
        var unrecorded: [OriginalRecord] = []
        let scanner = OriginalScanner(directory)
        for number in try scanner.segments() where number >= recorded?.segment ?? 0 {
            let start = number == recorded?.segment ? recorded?.end ?? 0 : 0
            try scanner.scan(segment: number, from: start, verifyingLiterals: false) {
                found throws(VaultError) in
                guard case .record(let record) = found, !record.isErased,
                    try !isRecorded(record.location)
                else { return }
                unrecorded.append(record)
            }
        }
        for record in unrecorded { try erase(record.location, sha256: record.sha256) }
        return unrecorded.count
    }

    private func openSegment(
        _ location: OriginalLocation, writing: Bool
    ) throws(VaultError) -> OriginalSegment {
        let name = OriginalSegment.name(location.segment)
        let file: File
        do throws(FileError) {
            file = try writing ? directory.openForWriting(name) : directory.open(name)
        } catch {
            throw error.isMissing
                ? VaultError(.missing, "opening segment \(location.segment) of the originals")
                : VaultError(error)
        }
        return try OriginalSegment(file, number: location.segment)
    }

    private func record(
        in segment: borrowing OriginalSegment, at location: OriginalLocation, sha256: SHA256Digest
    ) throws(VaultError) -> OriginalRecord {
        guard location.offset >= 0, location.offset < segment.size else {
            throw VaultError(.missing, "reading original \(sha256)")
        }
        guard let record = try segment.record(at: location.offset), record.location == location,
            record.sha256 == sha256
        else { throw VaultError(.damaged, "reading original \(sha256)") }
        return record
    }
}
