internal import Glibc

/// Looks for a run of octets in a stream of pieces, across their borders too.
package struct OctetPattern: Sendable {
    package private(set) var isFound = false
    private let pattern: [UInt8]
    /// The end of what came before, one octet shorter than the pattern.
    private var tail: [UInt8] = []

    package init(_ pattern: [UInt8]) {
        precondition(!pattern.isEmpty, "nothing is found everywhere")
        self.pattern = pattern
    }

    package init(_ text: String) { self.init(Array(text.utf8)) }

    /// Text as Microsoft's formats have it.
    package init(utf16 text: String) {
        self.init(text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
    }

    package mutating func feed(_ octets: Span<UInt8>) {
        guard !isFound, !octets.isEmpty else { return }
        for index in 0..<min(pattern.count - 1, octets.count) { tail.append(octets[index]) }
        isFound = Self.find(pattern, in: tail.span) || Self.find(pattern, in: octets)
        if octets.count >= pattern.count - 1 {
            tail.removeAll(keepingCapacity: true)
            for index in octets.count - pattern.count + 1..<octets.count { tail.append(octets[index]) }
        } else {
            tail.removeFirst(max(0, tail.count - pattern.count + 1))
        }
    }

    /// By the first octet and `memchr`, which looks at many at a time.
    private static func find(_ pattern: [UInt8], in octets: Span<UInt8>) -> Bool {
        var position = 0
        while octets.count - position >= pattern.count {
            guard let first = next(pattern[0], in: octets, from: position),
                octets.count - first >= pattern.count
            else { return false }
            if pattern.indices.allSatisfy({ octets[first + $0] == pattern[$0] }) { return true }
            position = first + 1
        }
        return false
    }

    /// Where the octet comes next; nil where it does not.
    static func next(_ octet: UInt8, in octets: Span<UInt8>, from position: Int) -> Int? {
        let rest = octets.extracting(position...)
        return unsafe rest.withUnsafeBufferPointer { rest in
            guard let start = rest.baseAddress, let found = unsafe memchr(start, Int32(octet), rest.count)
            else { return nil }
            return unsafe position + (UnsafeRawPointer(found) - UnsafeRawPointer(start))
        }
    }
}
