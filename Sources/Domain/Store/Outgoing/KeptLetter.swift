package import Mail
internal import Mailroom

/// A letter whose octets are in the vault, with all that a row of it needs to know.
///
/// It was read back as it was written, by the parser that will read its copy
/// in Sent: so both have the same identity.
package struct KeptLetter: Sendable {
    package let original: StoredOriginal
    package let envelope: Envelope
    /// As of a message that is met in a mailbox: `MessageIdentity`.
    package let identity: SHA256Digest
    /// Its header holds octets beyond ASCII. RFC 6531.
    package let hasUTF8Header: Bool
    /// Any of its octets is beyond ASCII. RFC 6152.
    package let isEightBit: Bool
    let parts: [Part]
    /// Its first words.
    let snippet: String

    struct Part: Sendable {
        let facts: PartFacts
        let charset: String?
        /// Whether `content/` holds it.
        let isStored: Bool
        let plan: PartPlan
    }
}
