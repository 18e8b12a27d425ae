internal import CGnuTLS

/// Octets that nobody can guess. `gnutls_rnd`.
package enum RandomOctets {
    /// For keys and link tokens: also safe when the process's memory is read later.
    package static func secret(count: Int) -> [UInt8] { make(count, GNUTLS_RND_KEY) }

    /// For names that must not be met twice: cheaper, still unguessable.
    package static func nonce(count: Int) -> [UInt8] { make(count, GNUTLS_RND_NONCE) }

    private static func make(_ count: Int, _ level: gnutls_rnd_level_t) -> [UInt8] {
        var octets = [UInt8](repeating: 0, count: count)
        guard count > 0 else { return octets }
        let result = unsafe gnutls_rnd(level, &octets, count)
        precondition(result == 0, "the kernel's random numbers never run out")
        return octets
    }
}
