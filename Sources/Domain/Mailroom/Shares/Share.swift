package import Mail
package import Text

/// The row of a share in the store; also the number people call it by.
package struct ShareID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }

    package static func < (left: ShareID, right: ShareID) -> Bool { left.rawValue < right.rawValue }
    package var description: String { "\(rawValue)" }
}

/// The row of a share's recipient in the store.
package struct ShareRecipientID: Hashable, Sendable {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// How the link of one recipient of a share stands: derived, never stored.
package enum ShareState: String, Hashable, Sendable, CaseIterable {
    case open
    case expired
    case revoked
}

/// Somebody documents are shared with: by a link of their own, until a day of their own.
///
/// Nobody sees who else there is.
package struct ShareRecipient: Hashable, Sendable {
    package let id: ShareRecipientID
    /// From 1.
    package let number: Int
    package let name: String?
    package let address: EmailAddress
    package let contact: ContactID?
    /// Raised: the links before are void.
    package let generation: Int
    package let expires: Timestamp
    package let revoked: Timestamp?
    /// When a person first had the page before them, as well as that can be told.
    package let opened: Timestamp?
    /// When they last took a document.
    package let downloaded: Timestamp?
    /// What became of the newest letter; nil: there is none.
    package let letter: LetterFate?
    /// What their link asks of them.
    package let proof: LinkProof

    /// What became of a letter, as far as whoever shared is to know.
    package enum LetterFate: String, Hashable, Sendable, CaseIterable {
        case waiting, sent, undelivered, cancelled
    }

    package init(
        id: ShareRecipientID, number: Int, name: String?, address: EmailAddress, contact: ContactID?,
        generation: Int, expires: Timestamp, revoked: Timestamp?, opened: Timestamp?, downloaded: Timestamp?,
        letter: LetterFate?, proof: LinkProof = .nothing
    ) {
        self.id = id
        self.number = number
        self.name = name
        self.address = address
        self.contact = contact
        self.generation = generation
        self.expires = expires
        self.revoked = revoked
        self.opened = opened
        self.downloaded = downloaded
        self.letter = letter
        self.proof = proof
    }

    package func state(at now: Timestamp) -> ShareState {
        if revoked != nil { return .revoked }
        return now < expires ? .open : .expired
    }
}

/// Documents that the firm lets somebody look at by a link. PRODUCT.md section 4.
package struct Share: Hashable, Sendable {
    package let id: ShareID
    package let account: AccountID
    /// The message that each recipient reads; may be empty.
    package let text: String
    package let language: Language
    /// Who shares, as the recipient reads it.
    package let author: String
    package let created: Timestamp
    package let documents: [DocumentID]
    package let recipients: [ShareRecipient]

    package init(
        id: ShareID, account: AccountID, text: String, language: Language, author: String, created: Timestamp,
        documents: [DocumentID], recipients: [ShareRecipient]
    ) {
        self.id = id
        self.account = account
        self.text = text
        self.language = language
        self.author = author
        self.created = created
        self.documents = documents
        self.recipients = recipients
    }
}
