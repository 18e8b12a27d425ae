/// An address with the name shown before it; RFC 5322 calls it a mailbox (section 3.4), IMAP uses that word for another thing.
package struct NamedAddress: Hashable, Sendable {
    /// Decoded, nil where there was none.
    package let name: String?
    package let address: EmailAddress

    package init(name: String?, address: EmailAddress) {
        self.name = name
        self.address = address
    }
}
