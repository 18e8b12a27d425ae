internal import CGnuTLS

/// A private RSA key that signs with SHA-256: `RS256`. RFC 7518 section 3.3; `gnutls_privkey_sign_data2`.
///
/// It is read of PKCS#8 as PEM, which is how Google hands out the keys of
/// its service accounts. Nothing of it is ever printed.
///
/// `@unchecked Sendable` because nobody changes the key once it is read, and GnuTLS signs from any thread.
@safe package final class SigningKey: @unchecked Sendable {
    private let key: gnutls_privkey_t

    /// - Parameter pem: `-----BEGIN PRIVATE KEY-----` and so on; without a passphrase.
    package init(pem: String) throws(SigningError) {
        var key: gnutls_privkey_t?
        guard unsafe gnutls_privkey_init(&key) == 0, let key = unsafe key else {
            preconditionFailure("memory for a key is used up")
        }
        unsafe self.key = key
        var octets = Array(pem.utf8)
        let count = UInt32(clamping: octets.count)
        let result = unsafe octets.withUnsafeMutableBufferPointer { buffer in
            var datum = unsafe gnutls_datum_t(data: buffer.baseAddress, size: count)
            return unsafe gnutls_privkey_import_x509_raw(key, &datum, GNUTLS_X509_FMT_PEM, nil, 0)
        }
        guard result == 0 else { throw SigningError(.unreadable, result) }
        var bits: UInt32 = 0
        guard unsafe gnutls_privkey_get_pk_algorithm(key, &bits) == Int32(GNUTLS_PK_RSA.rawValue) else {
            throw SigningError(.notRSA, 0)
        }
        guard bits >= 2048 else { throw SigningError(.tooShort, 0) }
    }

    deinit { unsafe gnutls_privkey_deinit(key) }

    /// The signature of RSASSA-PKCS1-v1_5 with SHA-256.
    package func signature(of octets: [UInt8]) throws(SigningError) -> [UInt8] {
        var octets = octets
        let count = UInt32(clamping: octets.count)
        var signature = unsafe gnutls_datum_t()
        let result = unsafe octets.withUnsafeMutableBufferPointer { buffer in
            var datum = unsafe gnutls_datum_t(data: buffer.baseAddress, size: count)
            return unsafe gnutls_privkey_sign_data2(key, GNUTLS_SIGN_RSA_SHA256, 0, &datum, &signature)
        }
        guard result == 0 else { throw SigningError(.refused, result) }
        defer { unsafe mr_free(signature) }
        return unsafe Array(UnsafeBufferPointer(start: signature.data, count: Int(signature.size)))
    }
}

/// Why a key cannot sign; of the key itself it says nothing.
package struct SigningError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// No PKCS#8 in PEM, or with a passphrase.
        case unreadable
        case notRSA
        /// Fewer than 2,048 bits.
        case tooShort
        case refused
    }

    package let code: Code
    private let words: String

    fileprivate init(_ code: Code, _ result: Int32) {
        self.code = code
        words = result == 0 ? "" : unsafe String(cString: gnutls_strerror(result))
    }

    /// The same key will not do later either.
    package var isTransient: Bool { false }

    package var description: String {
        switch code {
        case .unreadable: "reading a private key: no PKCS#8 in PEM without a passphrase (\(words))"
        case .notRSA: "reading a private key: it is no RSA key"
        case .tooShort: "reading a private key: it has fewer than 2,048 bits"
        case .refused: "signing: \(words)"
        }
    }
}
