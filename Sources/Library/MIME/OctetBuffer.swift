import Glibc

/// Octets written one run after another into memory that is reused.
///
/// Growing an `Array` one octet at a time costs more than decoding it.
struct OctetBuffer: Sendable {
    /// What has been written is the first `count` of these.
    private(set) var storage: [UInt8] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func removeAll() { count = 0 }

    /// Lets `body` write into room for `capacity` octets more, and takes as many as it says it wrote.
    mutating func append(capacity: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
        reserve(capacity)
        let start = count
        let written = unsafe storage.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            return unsafe body(base + start)
        }
        precondition(written <= capacity, "more was written than there was room for")
        count += written
    }

    mutating func append(_ octet: UInt8) {
        reserve(1)
        storage[count] = octet
        count += 1
    }

    mutating func append(_ octets: Span<UInt8>) {
        guard !octets.isEmpty else { return }
        unsafe append(capacity: octets.count) { room in
            unsafe octets.withUnsafeBufferPointer { source in
                guard let base = source.baseAddress else { return 0 }
                unsafe room.update(from: base, count: source.count)
                return source.count
            }
        }
    }

    private mutating func reserve(_ more: Int) {
        guard storage.count < count + more else { return }
        let grown = max(count + more, storage.count * 2, 4096)
        storage += [UInt8](repeating: 0, count: grown - storage.count)
    }
}

extension Span<UInt8> {
    /// Where `octet` is first found in `range`.
    func firstIndex(of octet: UInt8, in range: Range<Int>) -> Int? {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "looking outside the octets")
        return unsafe withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress,
                let found = unsafe memchr(base + range.lowerBound, Int32(octet), range.count)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }

    func firstIndex(of octet: UInt8, from start: Int) -> Int? { firstIndex(of: octet, in: start..<count) }

    /// The octets of a part of it, copied.
    func copy(_ range: Range<Int>) -> [UInt8] {
        var octets: [UInt8] = []
        octets.append(self, range)
        return octets
    }
}

extension [UInt8] {
    mutating func append(_ octets: Span<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        let slice = octets.extracting(range)
        unsafe slice.withUnsafeBufferPointer { buffer in unsafe append(contentsOf: buffer) }
    }
}
