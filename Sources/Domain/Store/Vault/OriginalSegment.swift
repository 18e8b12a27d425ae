internal import Crypto
internal import Files

/// An open segment: reads its own head, and finds records in it. See ``OriginalRecord`` for the form.
struct OriginalSegment: ~Copyable {
    static let headCount = 24
    static let magic = Array("MRSEGM".utf8) + [1, 0x0A]

    let number: Int
    let mark: [UInt8]
    let file: File
    let size: Int

    static func name(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits + ".seg"
    }

    /// The number in a segment's name; nil for other files.
    static func number(in name: String) -> Int? {
        guard name.hasSuffix(".seg"), let number = Int(name.dropLast(4)), Self.name(number) == name else {
            return nil
        }
        return number
    }

    /// The first octets of a new segment, and its mark.
    static func head(number: Int) -> (head: [UInt8], mark: [UInt8]) {
        let mark = RandomOctets.nonce(count: 8)
        var head = magic
        head.append(number: UInt64(number))
        return (head + mark, mark)
    }

    /// Throws ``VaultError/Code/damaged`` where the file does not begin as a segment does.
    ///
    /// Of a damaged head only the mark is missed, and the first record has it too.
    init(_ file: consuming File, number: Int) throws(VaultError) {
        let (head, size) = try files { () throws(FileError) in
            var buffer = OctetBuffer(capacity: Self.headCount + 16)
            try file.read(at: 0, count: buffer.capacity, into: &buffer)
            return (buffer.array(), Int(try file.status().size))
        }
        if head.count >= Self.headCount, head.starts(with: Self.magic),
            head.number(at: 8, UInt64.self) == UInt64(number)
        {
            mark = Array(head[16..<24])
        } else if head.count == Self.headCount + 16, head[24..<32] == OriginalRecord.magic[...] {
            mark = Array(head[32..<40])
        } else {
            throw VaultError(.damaged, "opening segment \(number) of the originals")
        }
        self.number = number
        self.size = size
        self.file = file
    }

    consuming func intoFile() -> File { file }

    /// The record at an offset; nil where there is none that is whole.
    func record(at offset: Int) throws(VaultError) -> OriginalRecord? {
        let octets = try read(at: offset, count: OriginalRecord.headCount)
        guard let head = OriginalRecord.Head(octets, mark: mark, room: size - offset) else { return nil }
        let table = try read(
            at: offset + OriginalRecord.headCount + head.literalOctets,
            count: head.chunks * OriginalRecord.chunkCount)
        return OriginalRecord(head, table: table, segment: number, offset: offset)
    }

    /// Whether the literals are what their hash says. Those of an erased record aren't.
    func verifyLiterals(of record: OriginalRecord) throws(VaultError) -> Bool {
        var hash = SHA256()
        let start = record.location.offset + OriginalRecord.headCount
        try file.stream(from: start, count: record.literalOctets) { piece throws(VaultError) in
            hash.update(piece)
        }
        return hash.finish() == record.literalSHA256
    }

    /// The offset of the next place from `offset` on that begins as a record does.
    func nextMagic(from offset: Int) throws(VaultError) -> Int? {
        let sought = OriginalRecord.magic + mark
        var start = offset + (8 - offset % 8) % 8
        while start + sought.count <= size {
            // Pieces overlap by less than a head, so that none falls between two.
            let piece = try read(at: start, count: min(size - start, (64 << 10) + 8))
            var place = 0
            while place + sought.count <= piece.count {
                if piece[place] == sought[0], piece[place..<place + sought.count] == sought[...] {
                    return start + place
                }
                place += 8
            }
            guard place > 0 else { return nil }
            start += place
        }
        return nil
    }

    private func read(at offset: Int, count: Int) throws(VaultError) -> [UInt8] {
        guard count > 0, offset >= 0, offset <= size, count <= size - offset else { return [] }
        return try files { () throws(FileError) in
            var buffer = OctetBuffer(capacity: count)
            while buffer.count < count {
                let before = buffer.count
                try file.read(at: Int64(offset + before), count: count - before, into: &buffer)
                if buffer.count == before { break }
            }
            return buffer.array()
        }
    }
}
