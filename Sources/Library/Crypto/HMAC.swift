internal import CGnuTLS

/// HMAC: proves that who wrote some octets knew the key. RFC 2104; `gnutls_hmac_fast`.
package enum HMAC {
    /// Always 32 octets.
    package static func sha256(of octets: [UInt8], key: [UInt8]) -> [UInt8] {
        make(GNUTLS_MAC_SHA256, 32, octets, key)
    }

    /// Always 20 octets; for ``TOTP`` alone, whose apps know nothing else.
    static func sha1(of octets: [UInt8], key: [UInt8]) -> [UInt8] { make(GNUTLS_MAC_SHA1, 20, octets, key) }

    private static func make(
        _ algorithm: gnutls_mac_algorithm_t, _ length: Int, _ octets: [UInt8], _ key: [UInt8]
    ) -> [UInt8] {
        precondition(!key.isEmpty, "an HMAC without a key proves nothing")
        var code = [UInt8](repeating: 0, count: length)
        let result = unsafe gnutls_hmac_fast(algorithm, key, key.count, octets, octets.count, &code)
        precondition(result == 0, "GnuTLS makes an HMAC of any octets that are in memory")
        return code
    }

    /// Whether `code` is the HMAC of `octets`, found out in the same time for every wrong code.
    package static func isSHA256(_ code: [UInt8], of octets: [UInt8], key: [UInt8]) -> Bool {
        ConstantTime.equal(code, sha256(of: octets, key: key))
    }
}
