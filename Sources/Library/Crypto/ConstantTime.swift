internal import CGnuTLS

/// Comparisons whose duration tells nothing about where two secrets differ. `gnutls_memcmp`.
package enum ConstantTime {
    /// The counts are no secret: unequal ones are told at once.
    package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe gnutls_memcmp(left, right, left.count) == 0
    }
}
