package import Mail
package import Text

/// The row of a request in the store; also the number people call it by.
package struct RequestID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }

    package static func < (left: RequestID, right: RequestID) -> Bool { left.rawValue < right.rawValue }
    package var description: String { "\(rawValue)" }
}

/// The row of an item in the store; people call it by its place in the request.
package struct RequestItemID: Hashable, Sendable {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// The row of a request's recipient in the store.
package struct RequestRecipientID: Hashable, Sendable {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// One thing that is asked for: "2025 W-2".
package struct RequestItem: Hashable, Sendable {
    package let id: RequestItemID
    /// From 1: its number on the command line.
    package let number: Int
    package let name: String
    package let state: ItemState
    /// Why it was rejected, or why the client has none.
    package let note: String?

    package init(id: RequestItemID, number: Int, name: String, state: ItemState = .open, note: String? = nil)
    {
        self.id = id
        self.number = number
        self.name = name
        self.state = state
        self.note = note
    }
}

/// Whom a request goes to: each gets a letter and a link of their own, and doesn't see the others.
package struct RequestRecipient: Hashable, Sendable {
    package let id: RequestRecipientID
    package let number: Int
    package let name: String?
    package let address: EmailAddress
    package let contact: ContactID?
    package let state: RecipientState
    /// Of *undelivered*: the remote server's words.
    package let reason: String?
    /// When the first letter was taken by the server.
    package let sent: Timestamp?
    /// What their link asks of them.
    package let proof: LinkProof

    package init(
        id: RequestRecipientID, number: Int, name: String?, address: EmailAddress, contact: ContactID?,
        state: RecipientState, reason: String?, sent: Timestamp?, proof: LinkProof = .nothing
    ) {
        self.id = id
        self.number = number
        self.name = name
        self.address = address
        self.contact = contact
        self.state = state
        self.reason = reason
        self.sent = sent
        self.proof = proof
    }
}

/// What the firm asks a client for. PRODUCT.md section 3.
package struct Request: Hashable, Sendable {
    package let id: RequestID
    package let account: AccountID
    /// Where the answers go; its access is its top level's.
    package let folder: FolderPath
    package let title: String
    /// The message the client reads.
    package let text: String
    package let language: Language
    package let state: RequestState
    package let due: CivilDay?
    package let expires: Timestamp
    /// Its own cadence of reminders in days; nil: the firm's.
    package let reminders: [Int]?
    /// Raised: every link and its copies are void.
    package let generation: Int
    /// Who asks, as in the audit.
    package let author: String
    package let created: Timestamp
    package let closed: Timestamp?
    package let items: [RequestItem]
    package let recipients: [RequestRecipient]
    /// Documents that the person asked may look at.
    package let documents: [DocumentID]

    package init(
        id: RequestID, account: AccountID, folder: FolderPath, title: String, text: String,
        language: Language, state: RequestState, due: CivilDay?, expires: Timestamp, reminders: [Int]?,
        generation: Int, author: String, created: Timestamp, closed: Timestamp?, items: [RequestItem],
        recipients: [RequestRecipient], documents: [DocumentID]
    ) {
        self.id = id
        self.account = account
        self.folder = folder
        self.title = title
        self.text = text
        self.language = language
        self.state = state
        self.due = due
        self.expires = expires
        self.reminders = reminders
        self.generation = generation
        self.author = author
        self.created = created
        self.closed = closed
        self.items = items
        self.recipients = recipients
        self.documents = documents
    }

    /// What the client is still asked for.
    package var askedFor: [RequestItem] { items.filter(\.state.isAskedFor) }

    /// The same, with an item in another state: what a letter will say when that is done.
    package func with(_ item: RequestItemID, _ state: ItemState, note: String?) -> Request {
        let items = items.map {
            $0.id == item
                ? RequestItem(id: $0.id, number: $0.number, name: $0.name, state: state, note: note) : $0
        }
        return Request(
            id: id, account: account, folder: folder, title: title, text: text, language: language,
            state: self.state, due: due, expires: expires, reminders: reminders, generation: generation,
            author: author, created: created, closed: closed, items: items, recipients: recipients,
            documents: documents)
    }

    /// The same in another language: how its letter reads there.
    package func with(_ language: Language) -> Request {
        Request(
            id: id, account: account, folder: folder, title: title, text: text, language: language,
            state: state, due: due, expires: expires, reminders: reminders, generation: generation,
            author: author, created: created, closed: closed, items: items, recipients: recipients,
            documents: documents)
    }

    /// Some of the items came, and some are still asked for.
    package var isPartlyAnswered: Bool {
        state == .open && !askedFor.isEmpty && askedFor.count < items.count
    }

    /// Open, and its day is over.
    package func isOverdue(today: CivilDay) -> Bool {
        guard state == .open, let due else { return false }
        return due < today
    }

    /// Its letter to somebody was refused, or came back.
    package var isUndelivered: Bool { recipients.contains { $0.state == .undelivered } }

    /// Whether an answer by mail still goes into its folder and ticks its items.
    package func takesReplies(at now: Timestamp) -> Bool {
        RequestTerms.takesReplies(state, closed: closed, at: now)
    }
}
