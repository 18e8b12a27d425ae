package import Text

/// The firm as its letters show it. One type, for branches to come.
package struct FirmDetails: Hashable, Sendable {
    package let name: String
    package let phone: String?
    /// Addresses of pages.
    package let imprint: String?
    package let privacy: String?
    package let accent: AccentColor

    package init(
        name: String, phone: String? = nil, imprint: String? = nil, privacy: String? = nil,
        accent: AccentColor = .ledgerGreen
    ) {
        self.name = name
        self.phone = phone
        self.imprint = imprint
        self.privacy = privacy
        self.accent = accent
    }
}

/// Something asked for, as a letter lists it.
package struct LetterItem: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case wanted
        /// It came, and was not what is needed; it is asked for again.
        case rejected
        case received
    }

    package let name: String
    package let state: State
    /// Why it was rejected.
    package let note: String?

    package init(_ name: String, _ state: State = .wanted, note: String? = nil) {
        self.name = name
        self.state = state
        self.note = note
    }
}

/// A file that was received, as a receipt lists it.
package struct LetterFile: Hashable, Sendable {
    package let name: String
    package let octets: Int64
    /// Lower-case hex.
    package let sha256: String

    package init(name: String, octets: Int64, sha256: String) {
        self.name = name
        self.octets = octets
        self.sha256 = sha256
    }
}

/// Everything one letter says, before it is words.
///
/// A line whose field has no value is left out: a request without a due date
/// has no sentence about one.
package struct Letter: Sendable {
    package let kind: LetterKind
    package let language: Language
    package let firm: FirmDetails
    /// Of whom it is; nil only for a free letter to somebody without an account.
    package let account: String?
    /// Who asks, by name.
    package let person: String
    package var recipient: String?
    /// What the request is called, or a free letter's subject.
    package let title: String
    package var message: String?
    package var items: [LetterItem] = []
    package var files: [LetterFile] = []
    /// Names of documents that lie beside the question.
    package var documents: [String] = []
    package var due: CivilDay?
    /// The last day on which the link holds.
    package var expires: CivilDay?
    package var link: String?
    /// Of *code*: the digits.
    package var code: String?
    /// `[requests] invite_reply`.
    package var invitesReply = false
    /// Of *undelivered*: the address, and what the remote server said.
    package var failure: (address: String, words: String)?

    package init(
        kind: LetterKind, language: Language, firm: FirmDetails, account: String?, person: String,
        title: String
    ) {
        self.kind = kind
        self.language = language
        self.firm = firm
        self.account = account
        self.person = person
        self.title = title
    }
}

/// A letter in words: what a message is composed of.
package struct LetterText: Hashable, Sendable {
    /// One line.
    package let subject: String
    /// Paragraphs are lines; the composer wraps them.
    package let plain: String
    /// A whole page that refers to nothing outside itself.
    package let html: String
}
