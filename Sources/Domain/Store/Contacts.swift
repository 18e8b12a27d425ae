package import Mail
package import Mailroom
internal import SQLite
package import Text

/// One address of one contact for one account, as lists show it.
package struct ContactAddress: Sendable, Equatable {
    package let contact: ContactID
    package let name: String
    package let kind: ContactKind
    package let account: AccountID
    package let accountNumber: String
    package let address: String
    package let switches: Switches
    package let isPrimary: Bool
}

extension StoreTransaction {
    package func addContact(_ name: String, kind: ContactKind) throws -> ContactID {
        changedDirectory = true
        return ContactID(try db.insert("INSERT INTO contact (name, kind) VALUES (?, ?)", name, kind.rawValue))
    }

    /// The contact that has this address, whatever the account; addresses belong to one person.
    package func contact(at address: AddressKey) throws -> ContactID? {
        try db.first(
            "SELECT contact FROM account_contact WHERE key = ? ORDER BY contact LIMIT 1", address.description
        ) {
            ContactID($0.integer(0))
        }
    }

    /// The contact of that name that speaks for an account.
    package func contact(named name: String, of account: AccountID) throws -> ContactID? {
        try db.first(
            """
            SELECT contact.id FROM contact JOIN account_contact ON contact = contact.id
            WHERE contact.name = ? AND account = ? LIMIT 1
            """, name, account.rawValue
        ) { ContactID($0.integer(0)) }
    }

    /// Lets an address speak for an account; one that already does gets these switches.
    package func setAddress(
        _ address: EmailAddress, key: AddressKey, of contact: ContactID, account: AccountID,
        switches: Switches
    ) throws {
        changedDirectory = true
        try db.run(
            """
            INSERT INTO account_contact (account, contact, key, address, sync, notify, login, sign)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account, contact, key) DO UPDATE SET
              sync = excluded.sync, notify = excluded.notify, login = excluded.login, sign = excluded.sign
            """, account.rawValue, contact.rawValue, key.description, address.description,
            switches.contains(.sync), switches.contains(.notify), switches.contains(.login),
            switches.contains(.sign))
    }

    package func editContact(_ id: ContactID, name: String?, kind: ContactKind?) throws {
        changedDirectory = true
        if let name { try db.run("UPDATE contact SET name = ? WHERE id = ?", name, id.rawValue) }
        if let kind { try db.run("UPDATE contact SET kind = ? WHERE id = ?", kind.rawValue, id.rawValue) }
    }

    /// Of several accounts, the one that mail goes to when nothing else decides; nil: none.
    package func setPrimary(_ account: AccountID?, of contact: ContactID) throws {
        changedDirectory = true
        try db.run("UPDATE contact SET primary_account = ? WHERE id = ?", account?.rawValue, contact.rawValue)
    }

    /// Lets all of a contact's addresses speak for another account instead. What was filed stays where it is.
    package func moveContact(_ contact: ContactID, from old: AccountID, to new: AccountID) throws {
        changedDirectory = true
        try db.run(
            "UPDATE OR REPLACE account_contact SET account = ? WHERE contact = ? AND account = ?",
            new.rawValue, contact.rawValue, old.rawValue)
        try db.run(
            "UPDATE contact SET primary_account = ? WHERE id = ? AND primary_account = ?",
            new.rawValue, contact.rawValue, old.rawValue)
    }

    /// Takes a contact, or one of its addresses, from an account; one that speaks for nobody is forgotten.
    @discardableResult
    package func removeContact(_ contact: ContactID, from account: AccountID, address: AddressKey?) throws
        -> Int
    {
        changedDirectory = true
        let removed = try db.run(
            "DELETE FROM account_contact WHERE contact = ?1 AND account = ?2 AND (?3 IS NULL OR key = ?3)",
            contact.rawValue, account.rawValue, address?.description)
        if try !db.exists("SELECT 1 FROM account_contact WHERE contact = ?", contact.rawValue) {
            try db.run("DELETE FROM remembered_rule WHERE contact = ?", contact.rawValue)
            try db.run("DELETE FROM contact WHERE id = ?", contact.rawValue)
        } else if try !db.exists(
            "SELECT 1 FROM account_contact WHERE contact = ? AND account = ?", contact.rawValue,
            account.rawValue)
        {
            try db.run(
                "UPDATE contact SET primary_account = NULL WHERE id = ? AND primary_account = ?",
                contact.rawValue, account.rawValue)
        }
        return removed
    }

    package func contactAddresses(account: AccountID? = nil) throws -> [ContactAddress] {
        try db.rows(
            """
            SELECT contact.id, contact.name, kind, account, account.number, address, sync, notify, login, sign,
                   primary_account
            FROM account_contact JOIN contact ON contact.id = contact JOIN account ON account.id = account
            WHERE ?1 IS NULL OR account = ?1 ORDER BY account.number, contact.name, address
            """, account?.rawValue
        ) {
            ContactAddress(
                contact: ContactID($0.integer(0)), name: $0.text(1),
                kind: ContactKind(rawValue: $0.text(2)) ?? .person, account: AccountID($0.integer(3)),
                accountNumber: $0.text(4), address: $0.text(5), switches: Self.switches($0, from: 6),
                isPrimary: $0.optionalInteger(10) == $0.integer(3))
        }
    }

    package func setDomainRule(_ domain: DomainName, account: AccountID, matches: Bool) throws {
        changedDirectory = true
        try db.run(
            """
            INSERT INTO domain_rule (domain, account, matches) VALUES (?, ?, ?)
            ON CONFLICT (domain, account) DO UPDATE SET matches = excluded.matches
            """, domain.description, account.rawValue, matches)
    }

    /// Whether staff confirmed that mail of this address is really its.
    package func isConfirmed(_ sender: AddressKey) throws -> Bool {
        try db.exists("SELECT 1 FROM confirmed_sender WHERE key = ?", sender.description)
    }

    package func confirm(_ sender: AddressKey) throws {
        try db.run("INSERT OR IGNORE INTO confirmed_sender (key) VALUES (?)", sender.description)
    }
}
