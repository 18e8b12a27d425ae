package import Mailroom
package import Text

/// What a client is to be asked for, as staff typed it: not yet known to be possible.
package struct RequestOrder: Hashable, Sendable {
    /// How it goes out.
    package enum Way: String, Hashable, Sendable, CaseIterable {
        /// A letter to each recipient.
        case mail
        /// A link that staff hand over themselves.
        case link
        /// Not yet.
        case draft
    }

    package var account: AccountID
    /// `Intern/Lohn`; nil: the account's default folder.
    package var folder: String?
    package var title: String
    package var text: String
    /// Nil: the account's.
    package var language: Language?
    package var due: CivilDay?
    /// The last day it holds; nil: as the firm's terms have it.
    package var lastDay: CivilDay?
    /// A cadence of its own; nil: the firm's.
    package var reminders: [Int]?
    package var items: [String]
    package var recipients: [String]
    package var documents: [DocumentID]
    /// What each link asks of whoever comes by it; nil: as the firm has it.
    package var proof: LinkProof?
    /// Whoever asks was told which of them clients can't see.
    package var knowsPrivate = false
    /// Who asks, by name: the client reads it.
    package var person: String

    package init(
        account: AccountID, folder: String? = nil, title: String, text: String = "",
        language: Language? = nil, due: CivilDay? = nil, lastDay: CivilDay? = nil, reminders: [Int]? = nil,
        items: [String] = [], recipients: [String] = [], documents: [DocumentID] = [], person: String
    ) {
        self.account = account
        self.folder = folder
        self.title = title
        self.text = text
        self.language = language
        self.due = due
        self.lastDay = lastDay
        self.reminders = reminders
        self.items = items
        self.recipients = recipients
        self.documents = documents
        self.person = person
    }

    /// `-3,1,7`: days around the due one; nil where that is no cadence.
    package static func reminders(_ text: String) -> [Int]? {
        let days = text.split(separator: ",").map { Int($0.filter { $0 != " " }) }
        let known = days.compactMap { $0 }
        guard known.count == days.count, known.count <= 10, known == Set(known).sorted(),
            known.allSatisfy({ (-60...365).contains($0) })
        else { return nil }
        return known
    }
}

/// What of a request is to be another, as staff typed it; nil: it stays.
package struct RequestEdit: Hashable, Sendable {
    package var title: String?
    package var text: String?
    package var language: Language?
    package var folder: String?
    package var due: CivilDay??
    package var reminders: [Int]??
    package var proof: LinkProof?

    package init() {}

    package var isEmpty: Bool { self == RequestEdit() }
}

/// The addresses by which a request is answered on the web.
package struct RequestAddresses: Hashable, Sendable {
    /// Anybody's who has it; nil: there are no links.
    package let open: String?
    /// Each recipient's own.
    package let own: [RequestRecipientID: String]

    package init(open: String?, own: [RequestRecipientID: String]) {
        self.open = open
        self.own = own
    }
}
