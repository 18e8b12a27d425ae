package import Text

/// That an address of a contact speaks for an account, and what it may do.
package struct DirectoryEntry: Hashable, Sendable {
    package let account: AccountID
    package let contact: ContactID
    package let address: AddressKey
    package let switches: Switches
    /// This account is the contact's primary one.
    package let isPrimary: Bool

    package init(
        account: AccountID, contact: ContactID, address: AddressKey, switches: Switches = .imported,
        isPrimary: Bool = false
    ) {
        self.account = account
        self.contact = contact
        self.address = address
        self.switches = switches
        self.isPrimary = isPrimary
    }
}
