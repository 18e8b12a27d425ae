package import Text

/// Everybody the firm knows, at one moment, for looking up.
///
/// Built from the store's rows and replaced as a whole when they change, so
/// that a decision never sees half a change.
package struct Directory: Sendable {
    package let accounts: [AccountID: Account]
    package let contacts: [ContactID: Contact]
    package let entries: [DirectoryEntry]
    package let rememberedRules: [ContactID: [RememberedRule]]
    /// Addresses that stand for an account themselves; the first match after a request's.
    package let dropAddresses: [AddressKey: AccountID]

    private let byAddress: [AddressKey: [Int]]
    private let byNumber: [String: AccountID]
    private let byIdentifier: [String: [AccountID]]
    private let byRuleDomain: [DomainName: [DomainRule]]
    private let organizations: Set<DomainName>
    private let lookAlikes: [Skeleton: DomainName]
    private let audiences: [AccountID: Set<ContactID>]

    package init(
        accounts: [Account] = [], contacts: [Contact] = [], entries: [DirectoryEntry] = [],
        domainRules: [DomainRule] = [], rememberedRules: [RememberedRule] = [],
        dropAddresses: [AddressKey: AccountID] = [:], freeMail: FreeMail = FreeMail()
    ) {
        self.accounts = Dictionary(accounts.map { ($0.id, $0) }) { first, _ in first }
        self.contacts = Dictionary(contacts.map { ($0.id, $0) }) { first, _ in first }
        self.entries = entries
        self.rememberedRules = Dictionary(grouping: rememberedRules, by: \.contact)
        self.dropAddresses = dropAddresses
        byNumber = Dictionary(accounts.map { ($0.number.text.lowercased(), $0.id) }) { first, _ in first }

        var byIdentifier: [String: [AccountID]] = [:]
        for account in accounts {
            for identifier in account.identifiers {
                byIdentifier[Self.digits(identifier), default: []].append(account.id)
            }
        }
        byIdentifier[""] = nil
        self.byIdentifier = byIdentifier
        byRuleDomain = Dictionary(grouping: domainRules, by: \.domain)

        var byAddress: [AddressKey: [Int]] = [:]
        var domains: Set<DomainName> = []
        var audiences: [AccountID: Set<ContactID>] = [:]
        for (index, entry) in entries.enumerated() {
            byAddress[entry.address, default: []].append(index)
            domains.insert(entry.address.domain)
            audiences[entry.account, default: []].insert(entry.contact)
        }
        self.byAddress = byAddress
        self.audiences = audiences
        organizations = Set(domains.map(\.organization))
        var lookAlikes: [Skeleton: DomainName] = [:]
        for organization in organizations where !freeMail.contains(organization) {
            lookAlikes[Skeleton(organization)] = organization
        }
        self.lookAlikes = lookAlikes
    }

    /// What an address speaks for, whatever its switches.
    package func entries(of address: AddressKey) -> [DirectoryEntry] {
        (byAddress[address] ?? []).map { entries[$0] }
    }

    package func account(number: String) -> AccountID? { byNumber[number.lowercased()] }

    /// The accounts with that tax or fax number; anything but digits is left out of the comparison.
    package func accounts(identifier: String) -> [AccountID] { byIdentifier[Self.digits(identifier)] ?? [] }

    package func domainRules(_ domain: DomainName) -> [DomainRule] { byRuleDomain[domain] ?? [] }

    /// Whether a contact writes from that organisation.
    package func hasContact(in organization: DomainName) -> Bool { organizations.contains(organization) }

    /// The organisation of a contact that this one can be taken for; nil for a contact's own.
    package func lookAlike(of organization: DomainName) -> DomainName? {
        guard !organizations.contains(organization) else { return nil }
        return lookAlikes[Skeleton(organization)]
    }

    /// Who can, or could be let in to, see what is in an account's folders.
    ///
    /// Everyone who speaks for the account, not only those with a login today:
    /// what is filed now will still be there when the next one is invited.
    package func audience(_ account: AccountID) -> Set<ContactID> { audiences[account] ?? [] }

    private static func digits(_ text: String) -> String {
        String(decoding: text.utf8.filter { (48...57).contains($0) }, as: UTF8.self)
    }
}
