internal import Mail

/// What proves somebody by being known to nobody else: 256 random bits, as text in a cookie or a link.
///
/// Only ``hash`` is kept. It needs no salt and no slow method: nobody guesses 256 bits.
package struct SecretToken: Hashable, Sendable {
    private let octets: [UInt8]

    private static let length = 32

    private init(octets: [UInt8]) { self.octets = octets }

    package static func random() -> SecretToken { SecretToken(octets: RandomOctets.secret(count: length)) }

    /// As ``text`` was handed out; nil where nothing of ours looks like that.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count < 64, let octets = Base64URL.decode(text), octets.count == Self.length else {
            return nil
        }
        self.octets = octets
    }

    package var text: String { Base64URL.encode(octets) }
    /// SHA-256.
    package var hash: [UInt8] { SHA256.digest(of: octets).octets }
}
