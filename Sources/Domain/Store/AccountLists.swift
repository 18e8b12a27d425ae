package import Mail
package import Mailroom
internal import SQLite
package import Text

/// An account as lists show it.
package struct AccountSummary: Sendable, Equatable {
    package let id: AccountID
    package let number: AccountNumber
    package let type: AccountType
    package let name: String
    package let language: Language
    /// Nil: as the firm.
    package let filing: FilingMode?
    package let assigned: Colleague?
    /// Its directory under `documents/`.
    package let directory: String
    package let created: Timestamp
    package let isHistoryReleased: Bool
    package let contacts: Int
    package let messages: Int
    package let documents: Int
    /// Parts of its messages that staff must decide.
    package let waiting: Int
}

/// One top-level folder with what is in it.
package struct FolderSummary: Sendable, Equatable {
    package let folder: Folder
    package let documents: Int
}

extension StoreTransaction {
    private static let accountColumns = """
        account.id, number, type, account.name, account.language, filing, directory, account.created, history,
        (SELECT count(DISTINCT contact) FROM account_contact WHERE account_contact.account = account.id),
        (SELECT count(*) FROM message WHERE message.account = account.id),
        (SELECT count(*) FROM document WHERE document.account = account.id AND trashed IS NULL),
        (SELECT count(*) FROM part JOIN message ON message.id = part.message
          WHERE message.account = account.id AND part.state = 'needs_filing'), \(colleagueColumns)
        FROM account LEFT JOIN staff ON staff.id = account.assignee
        """

    private static func accountSummary(_ row: Row) -> AccountSummary? {
        AccountNumber(row.text(1)).map { number in
            AccountSummary(
                id: AccountID(row.integer(0)), number: number,
                type: AccountType(rawValue: row.text(2)) ?? .client, name: row.text(3),
                language: Language(rawValue: row.text(4)) ?? .en,
                filing: row.optionalText(5).flatMap(FilingMode.init(rawValue:)),
                assigned: Self.colleague(row, from: 13), directory: row.text(6),
                created: Timestamp(milliseconds: row.integer(7)), isHistoryReleased: row.bool(8),
                contacts: row.int(9), messages: row.int(10), documents: row.int(11), waiting: row.int(12))
        }
    }

    /// All accounts by their numbers.
    package func accounts() throws -> [AccountSummary] {
        try db.rows(
            "SELECT \(Self.accountColumns) ORDER BY length(number), number", read: Self.accountSummary
        ).compactMap { $0 }
    }

    package func account(_ id: AccountID) throws -> AccountSummary? {
        try db.first(
            "SELECT \(Self.accountColumns) WHERE account.id = ?", id.rawValue, read: Self.accountSummary)
            ?? nil
    }

    /// The number that is this one but for case: two such would be one to whoever reads them aloud.
    package func accountNumber(like number: AccountNumber) throws -> String? {
        try db.first("SELECT number FROM account WHERE lower(number) = lower(?)", number.text) { $0.text(0) }
    }

    /// A guest account of that name: an import that names no number means it.
    package func guestAccount(named name: String) throws -> AccountNumber? {
        try db.first(
            "SELECT number FROM account WHERE type = 'guest' AND name = ? ORDER BY id LIMIT 1", name
        ) { AccountNumber($0.text(0)) } ?? nil
    }

    /// An account's top-level folders in the order they were made, with how many documents lie in each.
    package func folders(of account: AccountID) throws -> [FolderSummary] {
        try db.rows(
            """
            SELECT id, name, access, is_default, is_intake,
              (SELECT count(*) FROM document
                WHERE document.account = folder.account AND document.folder = folder.id AND trashed IS NULL)
            FROM folder WHERE account = ? AND removed IS NULL ORDER BY id
            """, account.rawValue
        ) { row in
            FolderSummary(
                folder: Folder(
                    id: FolderID(row.integer(0)), name: row.text(1),
                    access: Access(rawValue: row.text(2)) ?? .private, isDefault: row.bool(3),
                    isIntake: row.bool(4)),
                documents: row.int(5))
        }
    }

    /// The domains whose mail an account is offered, or gets.
    package func domainRules(of account: AccountID) throws -> [DomainRule] {
        try db.rows(
            "SELECT domain, matches FROM domain_rule WHERE account = ? ORDER BY domain", account.rawValue
        ) { row in
            DomainName(row.text(0)).map { DomainRule(account: account, domain: $0, isMatch: row.bool(1)) }
        }.compactMap { $0 }
    }
}
