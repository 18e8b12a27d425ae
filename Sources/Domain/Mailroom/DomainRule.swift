package import Text

/// An account's explicit word that mail from a domain is its.
package struct DomainRule: Hashable, Sendable {
    package let account: AccountID
    package let domain: DomainName
    /// False: staff are asked; true: it is a match.
    package let isMatch: Bool
    package let `where`: String?

    package init(account: AccountID, domain: DomainName, isMatch: Bool = false, at place: String? = nil) {
        self.account = account
        self.domain = domain
        self.isMatch = isMatch
        self.where = place
    }
}
