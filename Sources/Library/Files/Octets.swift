extension [UInt8] {
    /// Appends octets that are someone else's; `Array` takes no `Span` yet.
    package mutating func append(_ octets: Span<UInt8>) {
        unsafe octets.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
