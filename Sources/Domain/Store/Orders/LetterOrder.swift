package import Mail
package import Mailroom

/// A file that goes with a letter, and whose octets `content/` has.
package struct KeptFile: Hashable, Sendable {
    package let name: String
    package let mediaType: MediaType
    package let octets: Int64
    package let sha256: SHA256Digest

    package init(name: String, mediaType: MediaType, octets: Int64, sha256: SHA256Digest) {
        self.name = name
        self.mediaType = mediaType
        self.octets = octets
        self.sha256 = sha256
    }
}

/// A letter in staff's own words, as they want it sent.
package struct LetterOrder: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case new
        /// Answers a message in its thread, with its text below.
        case reply(MessageNumber)
        /// Passes a message on, with its text below and its attachments.
        case forward(MessageNumber)
        /// The same, as one file.
        case forwardAsFile(MessageNumber)

        package var message: MessageNumber? {
            switch self {
            case .new: nil
            case .reply(let message), .forward(let message), .forwardAsFile(let message): message
            }
        }
    }

    package var kind: Kind
    /// Of a reply to nobody in particular: whom the message is answered to.
    package var to: [NamedAddress]
    package var cc: [NamedAddress]
    /// Nil: `Re:` or `Fwd:` and the message's.
    package var subject: String?
    package var text: String
    package var documents: [DocumentID]
    package var files: [KeptFile]
    /// `[mailbox.NAME]` whose address it leaves by; nil: the message's, or the firm's.
    package var from: String?
    /// Until when it can be taken back; nil: it leaves at once.
    package var notBefore: Timestamp?
    /// Who writes, by name: the client reads it.
    package var person: String
    /// What it was typed on, which is sent with it.
    package var draft: DraftID?

    package init(
        _ kind: Kind, to: [NamedAddress] = [], cc: [NamedAddress] = [], subject: String? = nil,
        text: String, documents: [DocumentID] = [], files: [KeptFile] = [], from: String? = nil,
        notBefore: Timestamp? = nil, person: String
    ) {
        self.kind = kind
        self.to = to
        self.cc = cc
        self.subject = subject
        self.text = text
        self.documents = documents
        self.files = files
        self.from = from
        self.notBefore = notBefore
        self.person = person
    }
}

/// A letter that is in the queue.
package struct QueuedOrder: Hashable, Sendable {
    package let letter: LetterID
    /// Each address of To and Cc once.
    package let recipients: [EmailAddress]
    package let account: AccountID?

    package init(letter: LetterID, recipients: [EmailAddress], account: AccountID?) {
        self.letter = letter
        self.recipients = recipients
        self.account = account
    }
}

/// What a sheet of paper has on it before anybody writes.
package struct LetterOpening: Hashable, Sendable {
    package var to: [NamedAddress] = []
    package var cc: [NamedAddress] = []
    /// Everybody else whom the message went to: *reply all*.
    package var others: [NamedAddress] = []
    package var subject = ""
    /// What will stand below, as plain text.
    package var quote = ""
    /// The mailbox whose address it leaves by; nil: the firm's.
    package var mailbox: String?
    /// That address.
    package var from: NamedAddress
    package var account: AccountID?

    package init(from: NamedAddress) { self.from = from }
}
