internal import CGnuTLS

/// A key that seals octets so that nobody reads or changes them without it: AES-256-GCM. NIST SP 800-38D;
/// `gnutls_aead_cipher_encrypt`.
///
/// What is sealed is bound to what it is about: sealed for one thing, it
/// opens for no other.
package struct SealingKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let octets: [UInt8]

    package static let length = 32
    private static let nonceLength = 12
    private static let tagLength = 16

    package init(_ octets: [UInt8]) {
        precondition(octets.count == Self.length, "a sealing key has \(Self.length) octets")
        self.octets = octets
    }

    package var description: String { "a sealing key" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The nonce, what is sealed, and the tag that proves it.
    package func seal(_ plain: [UInt8], about subject: String) -> [UInt8] {
        let nonce = RandomOctets.secret(count: Self.nonceLength)
        let subject = Array(subject.utf8)
        var sealed = [UInt8](repeating: 0, count: plain.count + Self.tagLength)
        var count = sealed.count
        let result = unsafe withCipher { cipher in
            unsafe gnutls_aead_cipher_encrypt(
                cipher, nonce, nonce.count, subject, subject.count, Self.tagLength, plain, plain.count,
                &sealed, &count)
        }
        precondition(result == 0 && count == sealed.count, "GnuTLS seals whatever is in memory")
        return nonce + sealed
    }

    /// Nil for what another key sealed, for what was changed since, and for what is about something else.
    package func open(_ sealed: [UInt8], about subject: String) -> [UInt8]? {
        guard sealed.count >= Self.nonceLength + Self.tagLength else { return nil }
        let nonce = Array(sealed.prefix(Self.nonceLength))
        let rest = Array(sealed.dropFirst(Self.nonceLength))
        let subject = Array(subject.utf8)
        var plain = [UInt8](repeating: 0, count: rest.count)
        var count = plain.count
        let result = unsafe withCipher { cipher in
            unsafe gnutls_aead_cipher_decrypt(
                cipher, nonce, nonce.count, subject, subject.count, Self.tagLength, rest, rest.count, &plain,
                &count)
        }
        return result == 0 ? Array(plain.prefix(count)) : nil
    }

    private func withCipher(_ body: (gnutls_aead_cipher_hd_t) -> Int32) -> Int32 {
        var octets = octets
        let size = UInt32(octets.count)
        var cipher: gnutls_aead_cipher_hd_t?
        let made = unsafe octets.withUnsafeMutableBufferPointer { buffer in
            var datum = unsafe gnutls_datum_t(data: buffer.baseAddress, size: size)
            return unsafe gnutls_aead_cipher_init(&cipher, GNUTLS_CIPHER_AES_256_GCM, &datum)
        }
        guard made == 0, let cipher = unsafe cipher else {
            preconditionFailure("memory for a cipher is used up")
        }
        defer { unsafe gnutls_aead_cipher_deinit(cipher) }
        return unsafe body(cipher)
    }
}
