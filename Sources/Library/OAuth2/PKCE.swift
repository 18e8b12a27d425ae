internal import Crypto
internal import Mail

/// Proof that who redeems a code is who asked for it. RFC 7636, with S256 alone.
package struct PKCE: Sendable {
    /// 43 unreserved characters of 32 random octets. RFC 7636 section 4.1.
    package let verifier: String

    package init() { verifier = Base64URL.encode(RandomOctets.secret(count: 32)) }

    package init(verifier: String) { self.verifier = verifier }

    /// BASE64URL(SHA256(ASCII(verifier))). RFC 7636 section 4.2.
    package var challenge: String {
        Base64URL.encode(SHA256.digest(of: Array(verifier.utf8)).octets)
    }
}
