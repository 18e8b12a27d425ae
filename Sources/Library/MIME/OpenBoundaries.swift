/// The boundaries that may end something, outermost first. RFC 2046 section 5.1.1.
///
/// A line is compared by a hash of its text with all of them at once, for a
/// hundred levels must not cost a hundred comparisons of every line.
struct OpenBoundaries {
    private struct Entry {
        let boundary: [UInt8]
        /// Which multipart on the layer's stack it delimits.
        let level: Int
    }

    struct Match {
        let level: Int
        let isClosing: Bool
        /// The multipart has been closed already: a delimiter of nothing, and worth a remark.
        var isStale = false
    }

    /// RFC 2046 allows 70; what is longer than this is no boundary of ours.
    static let longest = 1000
    /// The longest line worth waiting for: a boundary, its dashes and some white space.
    static let longestLine = longest + 256

    private var entries: [Entry] = []
    /// Of each entry's boundary; apart, so that looking through them touches nothing else.
    private var hashes: [UInt64] = []

    /// The last that was closed, as long as nothing else has begun.
    private var closed: Entry?

    var isEmpty: Bool { entries.isEmpty && closed == nil }

    mutating func open(_ boundary: [UInt8], level: Int) {
        entries.append(Entry(boundary: boundary, level: level))
        hashes.append(Self.hash(boundary.span, 0..<boundary.count))
    }

    mutating func close(downTo level: Int) {
        while let last = entries.popLast() {
            guard last.level >= level else {
                entries.append(last)
                return
            }
            closed = last
            hashes.removeLast()
        }
    }

    /// Something else begins: what was closed is forgotten.
    mutating func forgetClosed() { closed = nil }

    /// Reads a line that begins with two hyphens; the innermost multipart it delimits, if any.
    func match(_ window: Span<UInt8>, _ line: Range<Int>) -> Match? {
        let start = line.lowerBound + 2
        var end = line.upperBound
        while end > start, window[end - 1].isFoldingSpace { end -= 1 }
        guard end > start, end - start <= Self.longest + 2 else { return nil }
        let isClosing = end - start > 2 && window[end - 1] == 45 && window[end - 2] == 45
        let whole = Self.hash(window, start..<end)
        let cut = isClosing ? Self.hash(window, start..<end - 2) : whole
        var index = hashes.count - 1
        while index >= 0 {
            let hash = hashes[index]
            if hash == whole || hash == cut {
                let entry = entries[index]
                if isEqual(entry.boundary, window, start..<end) {
                    return Match(level: entry.level, isClosing: false)
                }
                if isClosing, isEqual(entry.boundary, window, start..<end - 2) {
                    return Match(level: entry.level, isClosing: true)
                }
            }
            index -= 1
        }
        if let closed, isEqual(closed.boundary, window, start..<end) {
            return Match(level: closed.level, isClosing: false, isStale: true)
        }
        return nil
    }

    private func isEqual(_ boundary: [UInt8], _ window: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard boundary.count == range.count else { return false }
        for (offset, octet) in boundary.enumerated() where window[range.lowerBound + offset] != octet {
            return false
        }
        return true
    }

    /// FNV-1a, mixed with the length.
    private static func hash(_ octets: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(range.count)
        for index in range {
            hash = (hash ^ UInt64(octets[index])) &* 0x0100_0000_01b3
        }
        return hash
    }
}
