package import Archive
package import Mail
package import Mailroom
package import Store
package import Text

/// Parts of messages, and where staff want them.
package struct FilingOrder: Sendable, Hashable {
    package struct Part: Sendable, Hashable {
        package let message: MessageNumber
        package let section: Section

        package init(_ message: MessageNumber, _ section: Section) {
            self.message = message
            self.section = section
        }
    }

    package let parts: [Part]
    /// Nil: the message's own.
    package let account: AccountID?
    /// Nil: where the rules say.
    package let folder: FolderPath?

    package init(_ parts: [Part], account: AccountID?, folder: FolderPath?) {
        self.parts = parts
        self.account = account
        self.folder = folder
    }

    /// The messages, each once, in order.
    package var messages: [MessageNumber] { Set(parts.map(\.message)).sorted() }
}

/// Whose mail messages are.
package struct LinkOrder: Sendable, Hashable {
    package let messages: [MessageNumber]
    package let account: AccountID
    /// Whether the sender's address speaks for the account from now on.
    package let remembers: Bool

    package init(_ messages: [MessageNumber], to account: AccountID, remembers: Bool) {
        self.messages = messages
        self.account = account
        self.remembers = remembers
    }
}

/// Parts to open with a password.
package struct OpeningOrder: Sendable, Hashable {
    package let parts: [FilingOrder.Part]
    /// Nil: one that is remembered.
    package let password: Password?
    /// Whether it is to be tried on what comes for the account from now on.
    package let remembers: Bool

    package init(_ parts: [FilingOrder.Part], with password: Password?, remembers: Bool) {
        self.parts = parts
        self.password = password
        self.remembers = remembers
    }
}

/// What a password did.
package struct OpeningReport: Sendable, Hashable {
    package var opened = 0
    /// Parts that it opens not.
    package var wrong = 0
    /// Parts that are broken, too large, or locked in a way that no password opens.
    package var unreadable = 0
    package var unavailable = 0
    package var filing = FilingReport()

    package init() {}
}

/// What is to be taken back of a word of staff's.
package struct TakingBackOrder: Sendable, Hashable {
    package let messages: [MessageNumber]
    package let documents: [DocumentID]
    /// An address that was remembered for an account by the same word.
    package let address: AddressKey?
    package let account: AccountID?

    package init(
        _ messages: [MessageNumber], documents: [DocumentID], address: AddressKey? = nil,
        account: AccountID? = nil
    ) {
        self.messages = messages
        self.documents = documents
        self.address = address
        self.account = account
    }
}

/// An account that a stranger's mail is the beginning of.
package struct AccountOrder: Sendable, Hashable {
    package let name: String
    /// Nil: a guest's, who needs none.
    package let number: String?
    package let type: AccountType
    package let language: Language
    /// The first contact; guests have none.
    package let address: String?
    package let contact: String?

    package init(
        name: String, number: String?, type: AccountType, language: Language, address: String?,
        contact: String?
    ) {
        self.name = name
        self.number = number
        self.type = type
        self.language = language
        self.address = address
        self.contact = contact
    }
}

/// What a word of staff's did, or would do.
package struct FilingReport: Sendable, Hashable {
    package var messages = 0
    package var belonging = 0
    package var filed = 0
    package var duplicates = 0
    package var waiting = 0
    package var refused = 0
    /// What was filed or moved by it.
    package var documents: [DocumentID] = []

    package init() {}
}

/// Why a deed of triage was not done.
package struct TriageRefusal: Error, Sendable, Hashable {
    package enum Reason: Sendable, Hashable {
        case gone
        case noAccount
        /// The message has documents in another account.
        case filedElsewhere
        case known
        case sameFolder
        case numberTaken
        case badNumber
        case badAddress
        case ours
        case guest
        /// Senders are believed message by message here.
        case strict
        case failed
    }

    package let reason: Reason

    package init(_ reason: Reason) { self.reason = reason }
}

/// What staff decide about what waits; the daemon has its clerk do it.
package struct TriageDeeds: Sendable {
    package typealias Foreseen =
        @Sendable (StoreTransaction, MessageNumber, AccountID?, Bool) throws ->
        [PartPlan]

    /// Files parts, whatever held them up.
    package var file: @Sendable (FilingOrder, StaffMember) async throws -> FilingReport
    package var link: @Sendable (LinkOrder, StaffMember) async throws -> FilingReport
    package var takeBack: @Sendable (TakingBackOrder, StaffMember) async throws -> Int
    /// Believes a sender: all of his leaves Intake.
    package var confirm: @Sendable (AddressKey, StaffMember) async throws -> FilingReport
    /// Judges messages anew by today's contacts; a trial only tells.
    package var rejudge:
        @Sendable ([MessageNumber], _ isTrial: Bool, StaffMember) async throws -> FilingReport
    package var move: @Sendable (DocumentID, FolderPath, AccountID, StaffMember) async throws -> Void
    package var unfile: @Sendable (DocumentID, StaffMember) async throws -> Void
    package var addAccount: @Sendable (AccountOrder, StaffMember) async throws -> AccountID
    package var releaseHistory: @Sendable (AccountID, StaffMember) async throws -> FilingReport
    /// Opens what is encrypted, and files what comes out where the rules say.
    package var open: @Sendable (OpeningOrder, StaffMember) async throws -> OpeningReport
    /// Where parts would go, by the rules and the directory of this moment.
    package var foresee: @Sendable () async throws -> Foreseen

    package init(
        file: @escaping @Sendable (FilingOrder, StaffMember) async throws -> FilingReport,
        link: @escaping @Sendable (LinkOrder, StaffMember) async throws -> FilingReport,
        takeBack: @escaping @Sendable (TakingBackOrder, StaffMember) async throws -> Int,
        confirm: @escaping @Sendable (AddressKey, StaffMember) async throws -> FilingReport,
        rejudge: @escaping @Sendable ([MessageNumber], Bool, StaffMember) async throws -> FilingReport,
        move: @escaping @Sendable (DocumentID, FolderPath, AccountID, StaffMember) async throws -> Void,
        unfile: @escaping @Sendable (DocumentID, StaffMember) async throws -> Void,
        addAccount: @escaping @Sendable (AccountOrder, StaffMember) async throws -> AccountID,
        releaseHistory: @escaping @Sendable (AccountID, StaffMember) async throws -> FilingReport,
        open: @escaping @Sendable (OpeningOrder, StaffMember) async throws -> OpeningReport,
        foresee: @escaping @Sendable () async throws -> Foreseen
    ) {
        self.file = file
        self.link = link
        self.takeBack = takeBack
        self.confirm = confirm
        self.rejudge = rejudge
        self.move = move
        self.unfile = unfile
        self.addAccount = addAccount
        self.releaseHistory = releaseHistory
        self.open = open
        self.foresee = foresee
    }

    /// For a site without a clerk: nothing is done.
    package static let none = TriageDeeds(
        file: { _, _ in throw TriageRefusal(.failed) }, link: { _, _ in throw TriageRefusal(.failed) },
        takeBack: { _, _ in throw TriageRefusal(.failed) }, confirm: { _, _ in throw TriageRefusal(.failed) },
        rejudge: { _, _, _ in throw TriageRefusal(.failed) },
        move: { _, _, _, _ in throw TriageRefusal(.failed) },
        unfile: { _, _ in throw TriageRefusal(.failed) },
        addAccount: { _, _ in throw TriageRefusal(.failed) },
        releaseHistory: { _, _ in throw TriageRefusal(.failed) },
        open: { _, _ in throw TriageRefusal(.failed) }, foresee: { { _, _, _, _ in [] } })
}
