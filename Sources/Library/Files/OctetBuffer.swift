/// Room for a fixed number of octets that is allocated once and filled again and again.
///
/// An array would be zeroed before each read and checked at each append;
/// what streams past at a gigabyte a second is worth this type.
@safe package struct OctetBuffer: ~Copyable {
    private let memory: UnsafeMutableBufferPointer<UInt8>
    package private(set) var count = 0

    package init(capacity: Int) {
        precondition(capacity > 0, "a buffer without room never fills and never empties")
        unsafe memory = .allocate(capacity: capacity)
    }

    deinit { unsafe memory.deallocate() }

    package var capacity: Int { unsafe memory.count }
    package var free: Int { capacity - count }

    package borrowing func withOctets<Result, Failure>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let filled = unsafe UnsafeBufferPointer(rebasing: memory[..<count])
        return try body(unsafe Span(_unsafeElements: filled))
    }

    /// Appends as many octets as there is room for, and returns how many.
    package mutating func append(_ octets: Span<UInt8>) -> Int {
        let taken = min(octets.count, free)
        guard taken > 0, let end = unsafe memory.baseAddress else { return 0 }
        unsafe octets.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else { return }
            unsafe (end + count).update(from: start, count: taken)
        }
        count += taken
        return taken
    }

    package mutating func removeAll() { count = 0 }

    package borrowing func array() -> [UInt8] { unsafe Array(memory[..<count]) }

    /// Where the next octets belong; there is room for ``free`` of them.
    var end: UnsafeMutableRawPointer {
        guard let base = unsafe memory.baseAddress else {
            preconditionFailure("a buffer with room has an address")
        }
        return unsafe UnsafeMutableRawPointer(base + count)
    }

    /// Counts octets in that were written at ``end``.
    mutating func grow(by added: Int) {
        precondition(added >= 0 && added <= free, "more was written into a buffer than it has room for")
        count += added
    }
}
