internal import Crypto
package import IMAP
package import Mail
package import Store

/// A message that is kept to the octet and was not parsed: two parses of it never ended.
package struct UnparsedMessage: Sendable {
    package let fetched: FetchedMessage
    package let digest: SHA256Digest
    package let original: StoredOriginal
}

/// Keeps messages as they come and looks at nothing in them.
final class OctetIntake: BodyReceiver {
    private let vault: Vault
    private let received: Received<UnparsedMessage>
    private var digest = SHA256()
    private var octets = 0
    private var original: OriginalWriter

    init(vault: Vault, received: Received<UnparsedMessage>) {
        self.vault = vault
        self.received = received
        original = vault.originals.begin()
    }

    func began() { reset() }

    func octets(_ octets: Span<UInt8>) throws {
        digest.update(octets)
        self.octets += octets.count
        try original.literal(octets)
    }

    func ended(_ message: FetchedMessage) throws {
        let digest = digest.finish()
        let stored = try original.finish(sha256: digest, octets: octets) { _ in digest }
        received.append(UnparsedMessage(fetched: message, digest: digest, original: stored))
        reset()
    }

    func abandoned() { reset() }

    private func reset() {
        _ = digest.finish()
        octets = 0
        original = vault.originals.begin()
    }
}
