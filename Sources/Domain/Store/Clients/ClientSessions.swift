package import Mail
package import Mailroom
internal import SQLite
package import Text

/// The row of a client's session in the store.
package struct ClientSessionID: Hashable, Sendable {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// An account as a client sees it who may sign in to it.
package struct ClientAccount: Sendable, Hashable {
    package let id: AccountID
    package let number: AccountNumber
    package let name: String
    package let language: Language

    package init(id: AccountID, number: AccountNumber, name: String, language: Language) {
        self.id = id
        self.number = number
        self.name = name
        self.language = language
    }
}

/// A person who may sign in: an address of a contact, with what is open to it.
package struct ClientPerson: Sendable, Hashable {
    package let contact: ContactID
    package let name: String
    package let address: EmailAddress
    package let key: AddressKey
    /// Those that are open, by name; never none.
    package let accounts: [ClientAccount]

    package init(
        contact: ContactID, name: String, address: EmailAddress, key: AddressKey, accounts: [ClientAccount]
    ) {
        self.contact = contact
        self.name = name
        self.address = address
        self.key = key
        self.accounts = accounts
    }

    /// As the audit names them: with the address, so that nobody is taken for a member of staff.
    package var actor: String { "\(name) (\(address))" }
}

/// A client at a browser.
package struct ClientSession: Sendable, Hashable {
    package let id: ClientSessionID
    package let person: ClientPerson
    package let access: ClientAccess
    package let csrfKey: [UInt8]
    package let times: ClientTimes
}

extension StoreTransaction {
    /// The session whose browser keeps the token with this SHA-256; nil where it is over or opens nothing.
    package func clientSession(tokenHash: [UInt8], now: Timestamp) throws -> ClientSession? {
        try clientSession("token = ?", tokenHash, now)
    }

    /// The same by its row: whoever began something asks again before it is done.
    package func clientSession(_ id: ClientSessionID, now: Timestamp) throws -> ClientSession? {
        try clientSession("id = ?", id.rawValue, now)
    }

    private func clientSession(
        _ condition: String, _ value: any SQLiteBindable, _ now: Timestamp
    ) throws -> ClientSession? {
        let row = try db.first(
            "SELECT id, contact, key, csrf, began, last_seen FROM client_session WHERE \(condition)", value
        ) {
            (
                id: ClientSessionID($0.integer(0)), contact: ContactID($0.integer(1)), key: $0.text(2),
                csrf: $0.blob(3),
                times: ClientTimes(
                    began: Timestamp(milliseconds: $0.integer(4)),
                    lastSeen: Timestamp(milliseconds: $0.integer(5)))
            )
        }
        guard let row else { return nil }
        let found = try grants(contact: row.contact, key: row.key)
        let access = ClientAccess(session: row.times, grants: found.map(\.grant), now: now)
        guard access.isSignedIn, let person = Self.person(found, access) else { return nil }
        return ClientSession(
            id: row.id, person: person, access: access, csrfKey: row.csrf, times: row.times)
    }

    /// Whoever could sign in with this address; nil: nobody.
    package func clientPerson(_ key: AddressKey, now: Timestamp) throws -> ClientPerson? {
        let contacts = try db.rows(
            "SELECT DISTINCT contact FROM account_contact WHERE key = ? ORDER BY contact", key.description
        ) { ContactID($0.integer(0)) }
        for contact in contacts {
            let found = try grants(contact: contact, key: key.description)
            let access = ClientAccess(
                session: ClientTimes(began: now, lastSeen: now), grants: found.map(\.grant), now: now)
            if let person = Self.person(found, access) { return person }
        }
        return nil
    }

    private struct FoundGrant {
        let grant: ClientGrant
        let account: ClientAccount
        let contact: ContactID
        let name: String
        let key: String
        let address: String
    }

    private func grants(contact: ContactID, key: String) throws -> [FoundGrant] {
        try db.rows(
            """
            SELECT account.id, account.number, account.name, account.language, account.type, contact.kind, contact.name,
              ac.address, sync, notify, login, sign, EXISTS (SELECT 1 FROM client_invitation i
                WHERE i.account = ac.account AND i.contact = ac.contact AND i.key = ac.key)
            FROM account_contact ac JOIN account ON account.id = ac.account JOIN contact ON contact.id = ac.contact
            WHERE ac.contact = ? AND ac.key = ? ORDER BY account.name, account.id
            """, contact.rawValue, key
        ) { row in
            AccountNumber(row.text(1)).map { number in
                FoundGrant(
                    grant: ClientGrant(
                        account: AccountID(row.integer(0)),
                        type: AccountType(rawValue: row.text(4)) ?? .guest,
                        kind: ContactKind(rawValue: row.text(5)) ?? .device,
                        switches: Self.switches(row, from: 8), isInvited: row.bool(12)),
                    account: ClientAccount(
                        id: AccountID(row.integer(0)), number: number, name: row.text(2),
                        language: Language(rawValue: row.text(3)) ?? .en),
                    contact: contact, name: row.text(6), key: key, address: row.text(7))
            }
        }.compactMap { $0 }
    }

    private static func person(_ found: [FoundGrant], _ access: ClientAccess) -> ClientPerson? {
        let open = found.filter { access.accounts.contains($0.account.id) }
        guard let first = open.first, let address = EmailAddress(first.address),
            let key = AddressKey(first.key)
        else { return nil }
        return ClientPerson(
            contact: first.contact, name: first.name, address: address, key: key,
            accounts: open.map(\.account))
    }

    /// Makes a link good that signs in once.
    ///
    /// - Parameter hash: the SHA-256 of 256 random bits.
    package func addClientLink(_ hash: [UInt8], for person: ClientPerson, now: Timestamp) throws {
        precondition(hash.count == 32, "the hash of a token has 32 octets")
        try db.run("DELETE FROM client_link WHERE expires <= ?", now.milliseconds)
        try db.run(
            "INSERT INTO client_link (token, contact, key, created, expires) VALUES (?, ?, ?, ?, ?)", hash,
            person.contact.rawValue, person.key.description, now.milliseconds,
            now.milliseconds + ClientTimes.linkSeconds * 1000)
    }

    /// Whether a link would sign somebody in, without using it up.
    package func isClientLink(_ hash: [UInt8], now: Timestamp) throws -> Bool {
        try linkedPerson(hash, now: now) != nil
    }

    private func linkedPerson(_ hash: [UInt8], now: Timestamp) throws -> ClientPerson? {
        let key = try db.first(
            "SELECT key FROM client_link WHERE token = ? AND expires > ?", hash, now.milliseconds
        ) { $0.text(0) }
        guard let key = key.flatMap({ AddressKey($0) }) else { return nil }
        return try clientPerson(key, now: now)
    }

    /// Signs in whoever has the link, which is good for nothing any more; nil: it was not good.
    ///
    /// - Parameters:
    ///   - tokenHash: of what the browser is to keep.
    ///   - csrfKey: 32 random octets.
    package func useClientLink(
        _ hash: [UInt8], tokenHash: [UInt8], csrfKey: [UInt8], now: Timestamp
    ) throws -> ClientPerson? {
        precondition(tokenHash.count == 32 && csrfKey.count == 32, "a token's hash and a key have 32 octets")
        let person = try linkedPerson(hash, now: now)
        try db.run("DELETE FROM client_link WHERE token = ?", hash)
        try db.run(
            "DELETE FROM client_session WHERE began <= ?1 OR last_seen <= ?2",
            now.milliseconds - ClientTimes.mostSeconds * 1000,
            now.milliseconds - ClientTimes.idleSeconds * 1000)
        guard let person else { return nil }
        try db.run(
            """
            INSERT INTO client_session (token, contact, key, csrf, began, last_seen) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
            """, tokenHash, person.contact.rawValue, person.key.description, csrfKey, now.milliseconds)
        for account in person.accounts {
            try audit(
                "client.sign-in", by: person.actor, account: account.id.rawValue,
                subject: person.address.description, at: now)
            changedParts.insert("account-\(account.id.rawValue)")
        }
        return person
    }

    /// They clicked, or are still sending.
    package func touchClientSession(_ id: ClientSessionID, now: Timestamp) throws {
        try db.run(
            "UPDATE client_session SET last_seen = max(last_seen, ?) WHERE id = ?", now.milliseconds,
            id.rawValue)
    }

    package func endClientSession(_ id: ClientSessionID) throws {
        try db.run("DELETE FROM client_session WHERE id = ?", id.rawValue)
    }
}
