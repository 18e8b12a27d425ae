/// What became of the demo's mail, in plain values.
///
/// Whoever can read the store fills them in; ``DemoStory`` tells them.
package struct DemoFacts: Hashable, Sendable {
    package struct Mailbox: Hashable, Sendable {
        package let name: String
        package let messages: Int

        package init(name: String, messages: Int) {
            self.name = name
            self.messages = messages
        }
    }

    /// Who can see a folder besides the team.
    package enum Access: Hashable, Sendable {
        case edit
        case view
        case `private`
    }

    package struct Document: Hashable, Sendable {
        package let name: String
        /// The container it was unpacked from, if any: `statements.zip`.
        package let container: String?
        /// How often the same content came.
        package let sightings: Int

        package init(name: String, container: String? = nil, sightings: Int = 1) {
            self.name = name
            self.container = container
            self.sightings = sightings
        }
    }

    package struct Folder: Hashable, Sendable {
        /// Below the account: `Mandantenunterlagen/2025/Belege`.
        package let path: String
        package let access: Access
        package let documents: [Document]

        package init(path: String, access: Access, documents: [Document]) {
            self.path = path
            self.access = access
            self.documents = documents
        }
    }

    package struct Account: Hashable, Sendable {
        package let number: String
        package let name: String
        /// Matched to it, its attachments filed or not.
        package let messages: Int
        package let folders: [Folder]

        package init(number: String, name: String, messages: Int, folders: [Folder]) {
            self.number = number
            self.name = name
            self.messages = messages
            self.folders = folders
        }

        package var documents: Int { folders.map(\.documents.count).reduce(0, +) }
    }

    /// One attachment, or one mail, that only a person can place.
    package struct Item: Hashable, Sendable {
        /// The file's name as sent; nil where it is about the mail's text.
        package let name: String?
        /// As shown: a name or an address.
        package let sender: String
        /// The message, as `mailroom explain` takes it.
        package let message: String
        /// What the daemon itself says about it, and whom it suggests; may be empty.
        package let note: String

        package init(name: String?, sender: String, message: String, note: String = "") {
            self.name = name
            self.sender = sender
            self.message = message
            self.note = note
        }
    }

    /// A number of things that share a reason of the ledger.
    package struct Waiting: Hashable, Sendable {
        /// The ledger's word: `ambiguous`.
        package let reason: String
        package let items: [Item]

        package init(reason: String, items: [Item]) {
            self.reason = reason
            self.items = items
        }
    }

    package struct Shown: Hashable, Sendable {
        /// The ledger's word: `inline`.
        package let reason: String
        package let count: Int

        package init(reason: String, count: Int) {
            self.reason = reason
            self.count = count
        }
    }

    /// Something worth typing next.
    package struct Hint: Hashable, Sendable {
        package let what: String
        package let command: String

        package init(what: String, command: String) {
            self.what = what
            self.command = command
        }
    }

    package let mailboxes: [Mailbox]
    package let octets: Int
    package let milliseconds: Int
    package let accounts: [Account]
    package let waiting: [Waiting]
    /// Parts shown only, by the ledger's reason: `inline`, `signature`, …
    package let shown: [Shown]
    package let duplicates: Int
    package let unwrapped: Int
    /// What could not be read, each with the reason in words.
    package let failed: [Item]
    /// Where the documents lie, as a path.
    package let documents: String
    package let hints: [Hint]

    package init(
        mailboxes: [Mailbox], octets: Int, milliseconds: Int, accounts: [Account], waiting: [Waiting],
        shown: [Shown] = [], duplicates: Int = 0, unwrapped: Int = 0, failed: [Item] = [],
        documents: String, hints: [Hint] = []
    ) {
        self.mailboxes = mailboxes
        self.octets = octets
        self.milliseconds = milliseconds
        self.accounts = accounts
        self.waiting = waiting
        self.shown = shown
        self.duplicates = duplicates
        self.unwrapped = unwrapped
        self.failed = failed
        self.documents = documents
        self.hints = hints
    }
}
