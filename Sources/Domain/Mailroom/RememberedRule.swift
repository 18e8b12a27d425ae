package import Mail

/// What staff once answered for a contact of several accounts.
///
/// It chooses only among the accounts the contact speaks for by this address:
/// a thread is no authority, and anyone can name one in References.
package struct RememberedRule: Hashable, Sendable {
    package enum Condition: Hashable, Sendable {
        /// The message belongs to the thread that this message began.
        case thread(MessageID)
        /// A word in the subject, case aside.
        case subjectWord(String)
    }

    package let contact: ContactID
    package let condition: Condition
    package let account: AccountID

    package init(contact: ContactID, condition: Condition, account: AccountID) {
        self.contact = contact
        self.condition = condition
        self.account = account
    }
}
