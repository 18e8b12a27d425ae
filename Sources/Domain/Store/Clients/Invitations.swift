package import Mail
package import Mailroom
internal import SQLite
package import Text

/// Why an address can't be invited to an account.
package enum InvitationMistake: String, Error, Hashable, Sendable {
    case notContact
    /// Its switch *login* is off.
    case noLogin
    /// A scanner or a portal: nobody reads there.
    case notPerson
    case guestAccount
    /// `[web] public_url` is not set: there is no page to invite to.
    case noPages
    /// There is no server to send the letter by.
    case noServer
}

/// Somebody who can be invited.
package struct InvitableContact: Sendable, Equatable {
    package let contact: ContactID
    package let name: String
    package let address: EmailAddress
}

extension StoreTransaction {
    /// Whom an address is, where it may be invited; else throws why it may not.
    package func invitable(_ key: AddressKey, to account: AccountID) throws -> InvitableContact {
        let found = try db.first(
            """
            SELECT contact.id, contact.name, contact.kind, login, account.type, address FROM account_contact
            JOIN contact ON contact.id = contact JOIN account ON account.id = account
            WHERE account = ? AND key = ? ORDER BY login DESC, contact.id LIMIT 1
            """, account.rawValue, key.description
        ) {
            (
                contact: ContactID($0.integer(0)), name: $0.text(1), kind: ContactKind(rawValue: $0.text(2)),
                login: $0.bool(3), type: AccountType(rawValue: $0.text(4)), address: $0.text(5)
            )
        }
        guard let found, let address = EmailAddress(found.address) else {
            throw InvitationMistake.notContact
        }
        guard found.type != .guest else { throw InvitationMistake.guestAccount }
        guard found.kind == .person else { throw InvitationMistake.notPerson }
        guard found.login else { throw InvitationMistake.noLogin }
        return InvitableContact(contact: found.contact, name: found.name, address: address)
    }

    /// Opens an account to an address whose switch *login* is on; once more changes nothing but the day.
    ///
    /// The letter that says so is queued by whoever asks, in this transaction.
    package func invite(_ key: AddressKey, to account: AccountID, by actor: String, now: Timestamp) throws {
        let found = try invitable(key, to: account)
        try db.run(
            """
            INSERT INTO client_invitation (account, contact, key, at, by) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (account, contact, key) DO UPDATE SET at = ?4, by = ?5
            """, account.rawValue, found.contact.rawValue, key.description, now.milliseconds, actor)
        try audit(
            "contact.invite", by: actor, account: account.rawValue, subject: found.address.description,
            detail: "\(found.name), \(found.address)", at: now)
        changedParts.insert("account-\(account.rawValue)")
    }

    /// When each address of an account was invited.
    package func invitations(of account: AccountID) throws -> [AddressKey: Timestamp] {
        let rows = try db.rows(
            "SELECT key, at FROM client_invitation WHERE account = ?", account.rawValue
        ) { (AddressKey($0.text(0)), Timestamp(milliseconds: $0.integer(1))) }
        var invited: [AddressKey: Timestamp] = [:]
        for (key, at) in rows { if let key { invited[key] = at } }
        return invited
    }
}
