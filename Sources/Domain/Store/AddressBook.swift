package import Mail
package import Mailroom
internal import SQLite
package import Text

/// An address that is to speak for an account.
package struct NewAddress: Sendable, Equatable {
    package let address: EmailAddress
    package let key: AddressKey
    /// Whose it is; nil: whoever has it already, or else `fallbackName`.
    package let contact: String?
    package let fallbackName: String
    /// Nil: as it is, and a person where nothing is.
    package let kind: ContactKind?
    package let switches: Switches

    package init(
        address: EmailAddress, key: AddressKey, contact: String?, fallbackName: String,
        kind: ContactKind? = nil, switches: Switches = .imported
    ) {
        self.address = address
        self.key = key
        self.contact = contact
        self.fallbackName = fallbackName
        self.kind = kind
        self.switches = switches
    }
}

extension StoreTransaction {
    /// Lets an address speak for an account.
    ///
    /// An address belongs to one contact, whatever the number of accounts:
    /// whoever gives it another name is told whose it is. A contact is met
    /// again by its address, or by its name within the account.
    /// - Returns: the contact, and whether anything is new.
    package func addAddress(
        _ new: NewAddress, to account: AccountID
    ) throws -> (contact: ContactID, isNew: Bool) {
        let contact: ContactID
        var isNew = true
        if let known = try self.contact(at: new.key), let (name, kind) = try contactDetail(known) {
            if let wanted = new.contact, wanted != name {
                throw StoreError(
                    .conflict,
                    "\(new.address) belongs to “\(name)” already, not to “\(wanted)”: "
                        + "an address has one contact (mailroom contact edit \(new.address) --name renames it)"
                )
            }
            contact = known
            if let wanted = new.kind, wanted != kind { try editContact(known, name: nil, kind: wanted) }
            isNew = try switches(of: new.key, contact: known, account: account) != new.switches
        } else {
            let name = new.contact ?? new.fallbackName
            if let known = try self.contact(named: name, of: account) {
                if let wanted = new.kind, let (_, kind) = try contactDetail(known), wanted != kind {
                    try editContact(known, name: nil, kind: wanted)
                }
                contact = known
            } else {
                contact = try addContact(name, kind: new.kind ?? .person)
            }
        }
        if isNew {
            try setAddress(
                new.address, key: new.key, of: contact, account: account, switches: new.switches)
        }
        return (contact, isNew)
    }

    package func contactDetail(_ id: ContactID) throws -> (name: String, kind: ContactKind)? {
        try db.first("SELECT name, kind FROM contact WHERE id = ?", id.rawValue) {
            ($0.text(0), ContactKind(rawValue: $0.text(1)) ?? .person)
        }
    }

    private func switches(
        of key: AddressKey, contact: ContactID, account: AccountID
    ) throws -> Switches? {
        try db.first(
            "SELECT sync, notify, login, sign FROM account_contact WHERE account = ? AND contact = ? AND key = ?",
            account.rawValue, contact.rawValue, key.description
        ) { Self.switches($0, from: 0) }
    }

    /// Every account the address speaks for.
    package func contactAddresses(key: AddressKey) throws -> [ContactAddress] {
        guard let contact = try contact(at: key) else { return [] }
        return try contactAddresses().filter {
            $0.contact == contact && AddressKey($0.address) == key
        }
    }

    package func removeDomainRule(_ domain: DomainName, account: AccountID) throws -> Bool {
        changedDirectory = true
        return try db.run(
            "DELETE FROM domain_rule WHERE domain = ? AND account = ?", domain.description, account.rawValue)
            > 0
    }

    /// Remembers that what a contact of several accounts writes in this thread is this account's.
    package func remember(thread: MessageID, contact: ContactID, account: AccountID) throws {
        changedDirectory = true
        try db.run(
            "DELETE FROM remembered_rule WHERE contact = ? AND thread = ?", contact.rawValue, thread.rawValue)
        try db.run(
            "INSERT INTO remembered_rule (contact, thread, account) VALUES (?, ?, ?)", contact.rawValue,
            thread.rawValue, account.rawValue)
    }
}
