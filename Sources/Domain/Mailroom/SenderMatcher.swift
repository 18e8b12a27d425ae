internal import Mail
internal import Text

/// Decides whose mail a message is. PRODUCT.md section 2.3, rule by rule in its order.
///
/// One contact may speak for several accounts: herself, her company, a
/// trust. Then staff choose, never we. A document in the wrong client's
/// folder is the one mistake Mailroom must not make. What a message says of
/// itself besides From (its thread, Reply-To, Cc, a number in the subject)
/// is at most a suggestion: anyone can write it. A thread decides only with
/// a From that belongs to it.
package struct SenderMatcher: Sendable {
    package let own: OwnDomains
    package let freeMail: FreeMail
    /// Whether a contact's primary account decides among ones with the same readers.
    package let usesPrimary: Bool
    /// Whether `kate+tax@` is `kate@`.
    package let dropsDetail: Bool

    package init(
        own: OwnDomains = OwnDomains(), freeMail: FreeMail = FreeMail(), usesPrimary: Bool = true,
        dropsDetail: Bool = false
    ) {
        self.own = own
        self.freeMail = freeMail
        self.usesPrimary = usesPrimary
        self.dropsDetail = dropsDetail
    }

    package func match(_ facts: MessageFacts, _ directory: Directory) -> Matching {
        var search = MatchSearch(matcher: self, facts: facts, directory: directory)
        return search.run()
    }

    /// The entries of an address, also of the one without `+detail` where that is the rule.
    func entries(of address: AddressKey, _ directory: Directory) -> [DirectoryEntry] {
        let exact = directory.entries(of: address)
        guard exact.isEmpty, dropsDetail, address.withoutDetail != address else { return exact }
        return directory.entries(of: address.withoutDetail)
    }
}
