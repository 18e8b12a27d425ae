/// Any number of UIDs as sorted ranges that neither touch nor overlap.
///
/// A mailbox of 50,000 messages is one range, not 50,000 numbers.
/// RFC 9051 section 9, `sequence-set`.
package struct UIDSet: Hashable, Sendable, CustomStringConvertible {
    package private(set) var ranges: [ClosedRange<UInt32>] = []

    package init() {}

    package init(_ range: ClosedRange<UID>) {
        ranges = [range.lowerBound.rawValue...range.upperBound.rawValue]
    }

    package init(_ uids: some Sequence<UID>) {
        for uid in uids.map(\.rawValue).sorted() { append(uid...uid) }
    }

    /// Ranges in any order, which may overlap.
    package init(ranges: some Sequence<ClosedRange<UID>>) {
        let sorted = ranges.map { $0.lowerBound.rawValue...$0.upperBound.rawValue }
            .sorted { $0.lowerBound < $1.lowerBound }
        for range in sorted { append(range) }
    }

    /// Reads `1:3,7,9:*` without the star: what a server sends in VANISHED and SEARCH never has one.
    package init?(parsing text: some StringProtocol) {
        var parsed: [ClosedRange<UInt32>] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = piece.split(separator: ":", omittingEmptySubsequences: false)
            guard let first = ends.first.flatMap({ UInt32($0) }), first > 0, ends.count <= 2,
                let last = ends.count == 2 ? UInt32(ends[1]) : first, last > 0
            else { return nil }
            parsed.append(Swift.min(first, last)...Swift.max(first, last))
        }
        for range in parsed.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
    }

    package var isEmpty: Bool { ranges.isEmpty }
    package var count: Int { ranges.reduce(0) { $0 + Int($1.upperBound - $1.lowerBound) + 1 } }
    package var first: UID? { ranges.first.flatMap { UID($0.lowerBound) } }
    package var last: UID? { ranges.last.flatMap { UID($0.upperBound) } }

    package func contains(_ uid: UID) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < uid.rawValue { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(uid.rawValue)
    }

    package mutating func insert(_ uid: UID) { formUnion(UIDSet(uid...uid)) }

    package mutating func formUnion(_ other: UIDSet) {
        guard !other.isEmpty else { return }
        let sorted = (ranges + other.ranges).sorted { $0.lowerBound < $1.lowerBound }
        ranges = []
        for range in sorted { append(range) }
    }

    package mutating func subtract(_ other: UIDSet) {
        var result: [ClosedRange<UInt32>] = []
        var holes = other.ranges[...]
        for range in ranges {
            var low = UInt64(range.lowerBound)
            let high = UInt64(range.upperBound)
            while let hole = holes.first, UInt64(hole.upperBound) < low { holes.removeFirst() }
            for hole in holes where low <= high {
                if UInt64(hole.lowerBound) > high { break }
                if UInt64(hole.lowerBound) > low { result.append(UInt32(low)...(hole.lowerBound - 1)) }
                low = Swift.max(low, UInt64(hole.upperBound) + 1)
            }
            if low <= high { result.append(UInt32(low)...UInt32(high)) }
        }
        ranges = result
    }

    package func union(_ other: UIDSet) -> UIDSet {
        var copy = self
        copy.formUnion(other)
        return copy
    }

    package func subtracting(_ other: UIDSet) -> UIDSet {
        var copy = self
        copy.subtract(other)
        return copy
    }

    package func intersection(_ other: UIDSet) -> UIDSet { subtracting(subtracting(other)) }

    /// The same UIDs in pieces of at most `size`, lowest first: a batch of one FETCH each.
    package func chunks(of size: Int) -> [UIDSet] {
        precondition(size > 0, "a batch holds at least one UID")
        var chunks: [UIDSet] = []
        var current = UIDSet()
        var room = size
        for range in ranges {
            var low = UInt64(range.lowerBound)
            while low <= UInt64(range.upperBound) {
                let high = Swift.min(UInt64(range.upperBound), low + UInt64(room) - 1)
                current.append(UInt32(low)...UInt32(high))
                room -= Int(high - low) + 1
                low = high + 1
                if room == 0 {
                    chunks.append(current)
                    current = UIDSet()
                    room = size
                }
            }
        }
        if !current.isEmpty { chunks.append(current) }
        return chunks
    }

    package var description: String {
        ranges.map {
            $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound)"
        }
        .joined(separator: ",")
    }

    /// Adds a range that begins at or after the last one's beginning.
    private mutating func append(_ range: ClosedRange<UInt32>) {
        guard let last = ranges.last else { return ranges.append(range) }
        if UInt64(range.lowerBound) <= UInt64(last.upperBound) + 1 {
            ranges[ranges.count - 1] = last.lowerBound...Swift.max(last.upperBound, range.upperBound)
        } else {
            ranges.append(range)
        }
    }
}

extension UIDSet: Sequence {
    package func makeIterator() -> AnyIterator<UID> {
        var index = 0
        var next: UInt64 = ranges.first.map { UInt64($0.lowerBound) } ?? 0
        let ranges = ranges
        return AnyIterator {
            guard index < ranges.count else { return nil }
            let uid = UID(UInt32(next))
            if next == UInt64(ranges[index].upperBound) {
                index += 1
                if index < ranges.count { next = UInt64(ranges[index].lowerBound) }
            } else {
                next += 1
            }
            return uid
        }
    }
}
