package import Mail
package import Text

/// Reads the addresses and domains of clients that people type, on a page or in a command.
///
/// One of our own is refused, for its mail is never a client's; so is a
/// domain at which anybody can have an address, for it says nothing of whose
/// mail it is.
package struct TypedAddresses: Sendable {
    private let own: OwnDomains
    private let freeMail: FreeMail

    /// Why what was typed is no address of a client's, or no domain of one's own.
    package enum Mistake: Error, Hashable, Sendable {
        case malformed
        /// A colleague's, or the firm's own domain.
        case ours
        /// A domain at which anybody can have an address.
        case freeMail
    }

    package init(own: OwnDomains = OwnDomains(), freeMail: FreeMail = FreeMail()) {
        self.own = own
        self.freeMail = freeMail
    }

    /// The address as it was typed, and as it is compared.
    package func address(_ text: String) throws(Mistake) -> (address: EmailAddress, key: AddressKey) {
        guard let address = EmailAddress(text),
            !text.contains(where: { $0.isWhitespace || "<>,;".contains($0) }),
            let key = AddressKey(address)
        else { throw .malformed }
        guard !own.isStaff(key) else { throw .ours }
        return (address, key)
    }

    /// A domain that is some client's own.
    package func domain(_ text: String) throws(Mistake) -> DomainName {
        guard let domain = DomainName(text), domain.description.contains(".") else { throw .malformed }
        guard !freeMail.contains(domain) else { throw .freeMail }
        guard !own.contains(domain) else { throw .ours }
        return domain
    }
}
