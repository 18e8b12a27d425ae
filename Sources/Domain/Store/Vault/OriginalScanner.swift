package import Files

/// Lists the messages of a directory of segments, with no database at hand.
///
/// This is how the firm gets its mail back when the database is lost, and
/// how a start after a crash finds the end of what is whole.
package struct OriginalScanner: Sendable {
    package enum Found: Hashable, Sendable {
        case record(OriginalRecord)
        /// The record's head is whole, but its literals are not what was written.
        case damagedLiterals(OriginalRecord)
        /// Octets that belong to no record: what a crash or a bad disk left.
        case unreadable(segment: Int, offset: Int, length: Int)
    }

    private let directory: Directory

    /// - Parameter directory: `originals/` of a data directory, or a copy of it.
    package init(_ directory: Directory) { self.directory = directory }

    /// The numbers of the segments, in order.
    package func segments() throws(VaultError) -> [Int] {
        try files { () throws(FileError) in
            try directory.names().compactMap { OriginalSegment.number(in: $0) }.sorted()
        }
    }

    /// Calls for each thing found in a segment, in order.
    ///
    /// - Parameters:
    ///   - offset: where a record is known to begin; zero for the first.
    ///   - verifyingLiterals: reads everything, not the heads alone.
    package func scan(
        segment number: Int, from offset: Int = 0, verifyingLiterals: Bool,
        _ body: (Found) throws(VaultError) -> Void
    ) throws(VaultError) {
        let file = try files { () throws(FileError) in try directory.open(OriginalSegment.name(number)) }
        let size = try files { () throws(FileError) in Int(try file.status().size) }
        guard let segment = try? OriginalSegment(file, number: number) else {
            return try body(.unreadable(segment: number, offset: 0, length: size))
        }
        var place = max(offset, OriginalSegment.headCount)
        while place < segment.size {
            if let record = try segment.record(at: place) {
                let isWhole =
                    if record.isErased || !verifyingLiterals { true } else {
                        try segment.verifyLiterals(of: record)
                    }
                try body(isWhole ? .record(record) : .damagedLiterals(record))
                place = record.location.end
                continue
            }
            let next = try segment.nextMagic(from: place + 8) ?? segment.size
            try body(.unreadable(segment: number, offset: place, length: next - place))
            place = next
        }
    }
}
