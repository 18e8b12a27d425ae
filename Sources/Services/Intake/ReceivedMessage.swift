package import IMAP
package import MIME
package import Mail
package import Mailroom
package import Store

/// One leaf or container of a message that has been read to its end.
package struct ReceivedPart: Sendable {
    package var section: Section
    /// The container it lies in.
    package var container: Section?
    package let mediaType: MediaType
    package let disposition: Disposition?
    /// Decoded, as sent.
    package let name: String?
    package let charset: String?
    package let contentID: String?
    package let digest: SHA256Digest
    package let octets: Int
    /// Its octets, where they are kept by themselves; nil for what only the original holds.
    package var content: PendingContent?
    /// What the reader sees without clicking: never a document.
    package let isDisplayedText: Bool
    /// A message/rfc822, whose parts follow.
    package let isMessage: Bool
    package var sniffed: Sniffed
    package var picture: PictureSize?
    /// A PDF that names an encryption, or an office file that is one.
    package var maybeEncrypted: Bool
    /// An OOXML document in which nothing is called as macros are: no child need look into it.
    package var isPlainOffice = false
    package var encryption = Encryption.none
    package var unwrapping: Unwrapping?
    package var scan = Scan.notAsked

    /// What is decided by, as far as the part itself tells.
    var facts: PartFacts {
        var facts = PartFacts(
            section: section, mediaType: mediaType, disposition: disposition, name: name,
            bytes: Int64(octets), sha256: digest, sniffed: sniffed)
        facts.container = container
        facts.contentID = contentID
        facts.picture = picture
        facts.unwrapping = isMessage ? .complete : unwrapping
        facts.encryption = encryption
        facts.scan = scan
        return facts
    }
}

/// A message whose octets have all passed by: parsed, hashed, and written where they will stay.
///
/// Nothing of it is durable yet, and nothing recorded: see ``Recorder``.
package struct ReceivedMessage: Sendable {
    package let fetched: FetchedMessage
    package let parsed: ParsedMessage
    package let digest: SHA256Digest
    package let original: StoredOriginal
    package var parts: [ReceivedPart]
    /// The beginning of what a reader sees; decoded only for who asks.
    let displayed: DisplayedText
    /// The content ids that its HTML shows.
    package let shownContentIDs: Set<String>
    /// What it may tell of a letter of ours.
    let report: ReportCollector
}
