package import Mail
package import Mailroom
internal import SQLite
package import Text

/// An account as the staff's list shows it.
package struct ListedAccount: Sendable, Equatable {
    package let id: AccountID
    package let number: AccountNumber
    package let type: AccountType
    package let name: String
    package let language: Language
    package let assigned: Colleague?
    package let addresses: [String]
    package var documents = 0
    package var waiting = 0
    package var openRequests = 0
}

/// What stands at the head of an account's pages.
package struct AccountHead: Sendable, Equatable {
    package let id: AccountID
    package let number: AccountNumber
    package let type: AccountType
    package let name: String
    package let language: Language
    package let assigned: Colleague?
    package let notes: String
    package let documents: Int
    package let conversations: Int
    package let openRequests: Int
    /// Whether named colleagues alone may see it.
    package let isRestricted: Bool
}

extension StoreTransaction {
    /// The accounts that this person may see, by number, without what is counted in them.
    package func listedAccounts(for staff: StaffID?) throws -> [ListedAccount] {
        try db.rows(
            """
            SELECT account.id, number, type, account.name, account.language, \(Self.colleagueColumns),
              (SELECT group_concat(address, char(10)) FROM account_contact WHERE account_contact.account = account.id)
            FROM account LEFT JOIN staff ON staff.id = assignee
            WHERE ?1 IS NULL OR account.id NOT IN (SELECT account FROM hidden_account WHERE staff = ?1)
            ORDER BY length(number), number
            """, staff?.rawValue
        ) { row in
            AccountNumber(row.text(1)).map { number in
                ListedAccount(
                    id: AccountID(row.integer(0)), number: number,
                    type: AccountType(rawValue: row.text(2)) ?? .client, name: row.text(3),
                    language: Language(rawValue: row.text(4)) ?? .en,
                    assigned: Self.colleague(row, from: 5),
                    addresses: row.text(8).split(separator: "\n").map(String.init))
            }
        }.compactMap { $0 }
    }

    /// Adds to what a page of the list shows how much there is in each account.
    package func counting(_ accounts: [ListedAccount]) throws -> [ListedAccount] {
        let waiting = Dictionary(
            uniqueKeysWithValues: try db.rows(
                """
                SELECT account, count(*) FROM part JOIN message ON message.id = part.message
                WHERE part.state = 'needs_filing' AND account IS NOT NULL GROUP BY account
                """
            ) { (AccountID($0.integer(0)), $0.int(1)) })
        return try accounts.map { account in
            var counted = account
            counted.waiting = waiting[account.id] ?? 0
            counted.documents = try documentCount(of: account.id)
            counted.openRequests = try openRequestCount(of: account.id)
            return counted
        }
    }

    private func documentCount(of account: AccountID) throws -> Int {
        try db.first(
            "SELECT count(*) FROM document WHERE account = ? AND trashed IS NULL", account.rawValue
        ) { $0.int(0) } ?? 0
    }

    private func openRequestCount(of account: AccountID) throws -> Int {
        try db.first("SELECT count(*) FROM request WHERE account = ? AND state = 'open'", account.rawValue) {
            $0.int(0)
        } ?? 0
    }

    /// The account of a number; nil also where this person may not see it.
    package func accountHead(_ number: AccountNumber, for staff: StaffID?) throws -> AccountHead? {
        let head = try db.first(
            """
            SELECT account.id, type, account.name, account.language, notes,
              (SELECT count(*) FROM conversation WHERE conversation.account = account.id),
              EXISTS (SELECT 1 FROM account_viewer WHERE account_viewer.account = account.id),
              \(Self.colleagueColumns)
            FROM account LEFT JOIN staff ON staff.id = assignee WHERE number = ?1
              AND (?2 IS NULL OR account.id NOT IN (SELECT account FROM hidden_account WHERE staff = ?2))
            """, number.text, staff?.rawValue
        ) { row in
            (
                id: AccountID(row.integer(0)), type: row.text(1), name: row.text(2), language: row.text(3),
                notes: row.text(4), conversations: row.int(5), restricted: row.bool(6),
                assigned: Self.colleague(row, from: 7)
            )
        }
        guard let head else { return nil }
        return AccountHead(
            id: head.id, number: number, type: AccountType(rawValue: head.type) ?? .client, name: head.name,
            language: Language(rawValue: head.language) ?? .en, assigned: head.assigned, notes: head.notes,
            documents: try documentCount(of: head.id), conversations: head.conversations,
            openRequests: try openRequestCount(of: head.id), isRestricted: head.restricted)
    }

    /// Changes the firm's own notes on an account.
    package func setNotes(_ notes: String, of account: AccountID, by actor: String, now: Timestamp) throws {
        guard
            try db.run("UPDATE account SET notes = ?1 WHERE id = ?2 AND notes <> ?1", notes, account.rawValue)
                > 0
        else { return }
        try audit(
            "account.edit", by: actor, account: account.rawValue, subject: try accountNumber(account),
            detail: "notes", at: now)
    }

    /// The newest first, `before` the last that was shown.
    package func activity(
        of account: AccountID, before: Int64? = nil, limit: Int
    ) throws -> [(id: Int64, entry: AuditEntry)] {
        try db.rows(
            """
            SELECT id, at, \(Self.name(ofActor: "actor")), action, account, subject, detail FROM audit
            WHERE account = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3
            """, account.rawValue, before, limit
        ) { row in
            (
                row.integer(0),
                AuditEntry(
                    at: Timestamp(milliseconds: row.integer(1)), actor: row.text(2), action: row.text(3),
                    account: row.optionalInteger(4), subject: row.text(5), detail: row.text(6))
            )
        }
    }
}
