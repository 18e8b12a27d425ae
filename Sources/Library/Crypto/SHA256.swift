internal import CGnuTLS
package import Mail

/// A SHA-256 that octets are fed to as they stream past. FIPS 180-4; `gnutls_hash`.
///
/// GnuTLS uses the processor's SHA instructions where there are any: then
/// hashing costs less than copying to a disk, and everything can be hashed.
///
/// It owns its `gnutls_hash_hd_t` itself: with a private struct for that in
/// between, Swift 6.3.1 makes a broken module of every optimized caller.
/// `@unchecked Sendable` because a hash belongs to no thread, only to one owner at a time.
@safe package struct SHA256: ~Copyable, @unchecked Sendable {
    private let hash: gnutls_hash_hd_t

    package init() {
        var hash: gnutls_hash_hd_t?
        let result = unsafe gnutls_hash_init(&hash, GNUTLS_DIG_SHA256)
        guard result == 0, let hash = unsafe hash else {
            preconditionFailure("GnuTLS was built without SHA-256, or memory is used up")
        }
        unsafe self.hash = hash
    }

    deinit { unsafe gnutls_hash_deinit(hash, nil) }

    package mutating func update(_ octets: Span<UInt8>) {
        unsafe octets.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress, buffer.count > 0 else { return }
            let result = unsafe gnutls_hash(hash, start, buffer.count)
            precondition(result == 0, "GnuTLS hashes any octets that are in memory")
        }
    }

    package mutating func update(_ octets: [UInt8]) { update(octets.span) }

    /// The hash of everything since the beginning, or since the last call: the state is as new afterwards.
    package mutating func finish() -> SHA256Digest {
        var octets = [UInt8](repeating: 0, count: 32)
        unsafe gnutls_hash_output(hash, &octets)
        return Self.digest(octets)
    }

    package static func digest(of octets: Span<UInt8>) -> SHA256Digest {
        var hash = SHA256()
        hash.update(octets)
        return hash.finish()
    }

    package static func digest(of octets: [UInt8]) -> SHA256Digest { digest(of: octets.span) }

    private static func digest(_ octets: [UInt8]) -> SHA256Digest {
        guard let digest = SHA256Digest(octets: octets) else {
            preconditionFailure("the output of SHA-256 has 32 octets")
        }
        return digest
    }
}
