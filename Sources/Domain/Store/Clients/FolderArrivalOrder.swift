package import Mailroom
package import Text

/// Files that a client puts into a folder of an account.
package struct FolderArrivalOrder: Sendable {
    package let files: [ArrivedFile]
    package let session: ClientSessionID
    package let account: AccountID
    package let place: FolderPlace
    /// Octets of the largest file that is taken.
    package let largest: Int64
    /// As which unfinished upload its one file came.
    package let unfinished: String?

    package init(
        files: [ArrivedFile], session: ClientSessionID, account: AccountID, place: FolderPlace,
        largest: Int64, unfinished: String? = nil
    ) {
        self.files = files
        self.session = session
        self.account = account
        self.place = place
        self.largest = largest
        self.unfinished = unfinished
    }
}

/// What became of one of them, as whoever sent it is told.
package enum FolderArrivalOutcome: String, Hashable, Sendable {
    case filed
    /// A document that they see has these octets already.
    case known
    /// Staff look at it first.
    case waits
}

/// That an address is to be invited to an account.
package struct InvitationOrder: Sendable {
    package let address: AddressKey
    package let account: AccountID
    /// Who does it, for the audit and in the letter.
    package let actor: String
    package let person: String

    package init(address: AddressKey, account: AccountID, actor: String, person: String) {
        self.address = address
        self.account = account
        self.actor = actor
        self.person = person
    }
}
