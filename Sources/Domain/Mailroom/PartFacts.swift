package import Mail

/// The row of a document in the store.
package struct DocumentID: Hashable, Sendable {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// What became of a container: an attached message, winmail.dat, a signed envelope, a zip.
package enum Unwrapping: String, Hashable, Sendable, CaseIterable {
    /// All of it came out.
    case complete
    case encrypted
    case damaged
    /// Depth, count, size or ratio.
    case overLimit = "over_limit"
}

/// Whether a document opens without a password.
package enum Encryption: String, Hashable, Sendable, CaseIterable {
    case none
    /// It asks for one. A PDF that opens with the empty password doesn't.
    case encrypted
}

/// What the scanner said.
package enum Scan: Hashable, Sendable {
    /// No scanner is configured, or it may be passed by when it is down.
    case notAsked
    case clean
    /// With the name of what was found.
    case infected(String)
    /// It didn't answer, or the document was too much for it.
    case unscanned
}

package struct PictureSize: Hashable, Sendable {
    package let width: Int
    package let height: Int

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    package var pixels: Int { width.multipliedReportingOverflow(by: height).partialValue }
}

/// Why a body part could not be had at all.
package enum PartFailure: String, Hashable, Sendable, CaseIterable {
    case gaveNothing = "gave_nothing"
    case unreadable
    case storage
}

/// What is known of one body part, or of one container, before it is decided what becomes of it.
package struct PartFacts: Hashable, Sendable {
    package var section: Section
    /// The container this came out of.
    package var container: Section?
    package var mediaType: MediaType
    package var disposition: Disposition?
    /// Decoded, as sent.
    package var name: String?
    /// Of the octets after transfer decoding.
    package var bytes: Int64
    package var sha256: SHA256Digest
    /// By its first octets.
    package var sniffed: Sniffed
    package var contentID: String?
    /// The HTML of its own message shows it, by `cid:`.
    package var isReferencedByHTML = false
    package var picture: PictureSize?
    /// Set for a container alone.
    package var unwrapping: Unwrapping?
    package var encryption = Encryption.none
    package var scan = Scan.notAsked
    /// In how many earlier messages the same sender sent the same octets.
    package var seenFromSenderBefore = 0
    /// The document of this content in the matched account, the trash apart.
    package var alreadyFiled: DocumentID?
    /// The services whose links to files a displayed text holds.
    package var fileLinks: [FileLink] = []
    package var failure: PartFailure?

    package init(
        section: Section, mediaType: MediaType, disposition: Disposition? = nil, name: String? = nil,
        bytes: Int64, sha256: SHA256Digest, sniffed: Sniffed = .unknown
    ) {
        self.section = section
        self.mediaType = mediaType
        self.disposition = disposition
        self.name = name
        self.bytes = bytes
        self.sha256 = sha256
        self.sniffed = sniffed
    }
}
