package import Mailroom
internal import SQLite

extension StoreTransaction {
    /// Accounts whose number or name begins with the words of a query, or that have such a contact.
    ///
    /// A firm has some hundreds of accounts: they are looked through, and need no index.
    package func searchAccounts(_ query: SearchQuery, for staff: StaffID?, limit: Int) throws -> [AccountHit]
    {
        let terms = query.terms.filter { $0.field == .anywhere && !$0.isExcluded }
        guard query.problems.isEmpty, !terms.isEmpty, terms.count == query.terms.count, !query.isOnlyForMail,
            !query.hasFile, query.accounts.isEmpty, query.after == nil, query.before == nil
        else { return [] }
        let wanted = SearchPattern(terms)
        let accounts = try searchableAccounts(for: staff)
        var hits = accounts.filter { wanted.fits("\($0.number) \($0.name)") }.map {
            AccountHit(account: $0.id, number: $0.number, name: $0.name, type: $0.type, contact: nil)
        }
        guard hits.count < limit else { return Array(hits.prefix(limit)) }
        let found = Set(hits.map(\.account))
        var contacts: [AccountID: String] = [:]
        let all = try db.rows(
            """
            SELECT account, contact.name, group_concat(address, ' ') FROM account_contact
            JOIN contact ON contact.id = account_contact.contact GROUP BY account, contact.id
            """
        ) { (account: AccountID($0.integer(0)), name: $0.text(1), addresses: $0.text(2)) }
        for contact in all where !found.contains(contact.account) && contacts[contact.account] == nil {
            if wanted.fits("\(contact.name) \(contact.addresses)") {
                contacts[contact.account] = contact.name.isEmpty ? contact.addresses : contact.name
            }
        }
        hits += accounts.compactMap { account in
            contacts[account.id].map {
                AccountHit(
                    account: account.id, number: account.number, name: account.name, type: account.type,
                    contact: $0)
            }
        }
        return Array(hits.prefix(limit))
    }
}
