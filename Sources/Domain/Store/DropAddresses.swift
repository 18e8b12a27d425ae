package import Mail
package import Mailroom
internal import SQLite
package import Text

extension StoreTransaction {
    /// Lets an address stand for an account itself: what goes there is the account's.
    package func addDropAddress(
        _ address: EmailAddress, key: AddressKey, account: AccountID, by actor: String, now: Timestamp
    ) throws {
        changedDirectory = true
        if let other = try db.first(
            "SELECT account FROM drop_address WHERE key = ?", key.description,
            read: { AccountID($0.integer(0)) })
        {
            guard other != account else { return }
            throw StoreError(
                .conflict, "\(address) is the drop address of account \(try accountNumber(other)) already")
        }
        guard try !db.exists("SELECT 1 FROM account_contact WHERE key = ?", key.description) else {
            throw StoreError(.conflict, "\(address) is a contact’s address: mail comes from there, not to it")
        }
        try db.run(
            "INSERT INTO drop_address (key, address, account, created) VALUES (?, ?, ?, ?)", key.description,
            "\(address.localPart)@\(address.domain)", account.rawValue, now.milliseconds)
        try audit(
            "account.edit", by: actor, account: account.rawValue, subject: try accountNumber(account),
            detail: "drop address: \(address)", at: now)
    }

    package func removeDropAddress(
        _ key: AddressKey, account: AccountID, by actor: String, now: Timestamp
    ) throws {
        changedDirectory = true
        let gone = try db.run(
            "DELETE FROM drop_address WHERE key = ? AND account = ?", key.description, account.rawValue)
        guard gone > 0 else {
            throw StoreError(
                .notFound, "account \(try accountNumber(account)) has no drop address \(key)")
        }
        try audit(
            "account.edit", by: actor, account: account.rawValue, subject: try accountNumber(account),
            detail: "no drop address any more: \(key)", at: now)
    }

    package func dropAddresses(of account: AccountID) throws -> [String] {
        try db.rows(
            "SELECT address FROM drop_address WHERE account = ? ORDER BY created, key", account.rawValue
        ) {
            $0.text(0)
        }
    }

    /// All of them, for matching.
    func dropAddresses() throws -> [AddressKey: AccountID] {
        Dictionary(
            try db.rows("SELECT key, account FROM drop_address") { row in
                AddressKey(row.text(0)).map { ($0, AccountID(row.integer(1))) }
            }.compactMap { $0 }, uniquingKeysWith: { first, _ in first })
    }
}
