package import Mail
package import Mailroom
internal import SQLite
package import Text

/// A folder that an account is born with.
package struct NewFolder: Sendable, Equatable {
    package let name: String
    package let access: Access
    package let isDefault: Bool
    package let isIntake: Bool

    package init(name: String, access: Access, isDefault: Bool = false, isIntake: Bool = false) {
        self.name = name
        self.access = access
        self.isDefault = isDefault
        self.isIntake = isIntake
    }
}

/// What a new account is made of.
package struct NewAccount: Sendable, Equatable {
    package let number: AccountNumber
    package let type: AccountType
    package let name: String
    package let language: Language
    package let filing: FilingMode?
    /// Whose it is.
    package let assigned: StaffID?

    package init(
        number: AccountNumber, type: AccountType, name: String, language: Language, filing: FilingMode? = nil,
        assigned: StaffID? = nil
    ) {
        self.number = number
        self.type = type
        self.name = name
        self.language = language
        self.filing = filing
        self.assigned = assigned
    }
}

extension StoreTransaction {
    /// Makes an account with its folders. Its number must be new.
    package func addAccount(
        _ account: NewAccount, folders: [NewFolder], by actor: String, now: Timestamp
    ) throws -> AccountID {
        changedDirectory = true
        guard try accountID(account.number) == nil else {
            throw StoreError(.conflict, "there is an account \(account.number) already")
        }
        let id = try db.insert(
            """
            INSERT INTO account (number, type, name, language, filing, assignee, directory, created)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, account.number.text, account.type.rawValue, account.name, account.language.rawValue,
            account.filing?.rawValue, account.assigned?.rawValue,
            SafeName.account(account.number, account.name), now.milliseconds)
        for folder in folders { try addFolder(folder, to: AccountID(id)) }
        try audit(
            "account.add", by: actor, account: id, subject: account.number.text, detail: account.name, at: now
        )
        return AccountID(id)
    }

    /// Makes a top-level folder; one of a guest's is private, whatever the firm's folders are.
    @discardableResult
    package func addFolder(_ folder: NewFolder, to account: AccountID) throws -> FolderID {
        changedDirectory = true
        let access = try isGuest(account) ? .private : folder.access
        return FolderID(
            try db.insert(
                "INSERT INTO folder (account, name, access, is_default, is_intake) VALUES (?, ?, ?, ?, ?)",
                account.rawValue, folder.name, access.rawValue, folder.isDefault, folder.isIntake))
    }

    /// Changes what is given and leaves the rest. The number and the folders stay.
    package func editAccount(
        _ id: AccountID, name: String?, type: AccountType?, language: Language?, filing: FilingMode??,
        assigned: StaffID??, by actor: String, now: Timestamp
    ) throws {
        changedDirectory = true
        if let name { try db.run("UPDATE account SET name = ? WHERE id = ?", name, id.rawValue) }
        if let type {
            if type == .guest { try makeGuest(id, by: actor, now: now) }
            try db.run("UPDATE account SET type = ? WHERE id = ?", type.rawValue, id.rawValue)
        }
        if let language {
            try db.run("UPDATE account SET language = ? WHERE id = ?", language.rawValue, id.rawValue)
        }
        if let filing {
            try db.run("UPDATE account SET filing = ? WHERE id = ?", filing?.rawValue, id.rawValue)
        }
        if let assigned { try setAssignee(assigned, of: id) }
        let changes = [
            name.map { "name: \($0)" }, type.map { "type: \($0.rawValue)" },
            language.map { "language: \($0.rawValue)" },
            filing.map { "filing: \($0?.rawValue ?? "as the firm")" },
            try assigned.map { "assigned: \(try $0.map { try login(of: $0) } ?? "nobody")" },
        ].compactMap { $0 }
        try audit(
            "account.edit", by: actor, account: id.rawValue, subject: try accountNumber(id),
            detail: changes.joined(separator: ", "), at: now)
    }

    /// A guest has no contacts, and nobody but the firm sees its folders.
    private func makeGuest(_ id: AccountID, by actor: String, now: Timestamp) throws {
        guard try contactAddresses(account: id).isEmpty else {
            throw StoreError(
                .conflict, "account \(try accountNumber(id)) has contacts, and a guest account has none")
        }
        for summary in try folders(of: id) where summary.folder.access != .private {
            try setAccess(.private, of: summary.folder.id, account: id, by: actor, now: now)
        }
    }

    func isGuest(_ account: AccountID) throws -> Bool {
        try db.exists("SELECT 1 FROM account WHERE id = ? AND type = 'guest'", account.rawValue)
    }

    package func accountID(_ number: AccountNumber) throws -> AccountID? {
        try db.first("SELECT id FROM account WHERE number = ?", number.text) { AccountID($0.integer(0)) }
    }

    package func accountNumber(_ id: AccountID) throws -> String {
        guard
            let number = try db.first(
                "SELECT number FROM account WHERE id = ?", id.rawValue, read: { $0.text(0) })
        else { throw StoreError(.notFound, "there is no account \(id.rawValue) any more") }
        return number
    }

    /// The next free `G-n`: guests need no number of the firm's.
    package func nextGuestNumber() throws -> AccountNumber {
        let used = try db.rows("SELECT number FROM account WHERE number GLOB 'G-[0-9]*'") {
            Int($0.text(0).dropFirst(2)) ?? 0
        }
        guard let number = AccountNumber("G-\((used.max() ?? 0) + 1)") else {
            throw StoreError(.invalid, "no number is left for a guest account")
        }
        return number
    }

    /// Whether staff released an account's mail from before the first start; nil where there is no such account.
    package func isHistoryReleased(of account: AccountID) throws -> Bool? {
        try db.first("SELECT history FROM account WHERE id = ?", account.rawValue) { $0.bool(0) }
    }

    /// Everybody the firm knows, for matching.
    package func directory(freeMail: FreeMail) throws -> Mailroom.Directory {
        let folders = Dictionary(
            grouping: try db.rows(
                "SELECT id, account, name, access, is_default, is_intake FROM folder WHERE removed IS NULL ORDER BY id"
            ) {
                (
                    account: AccountID($0.integer(1)),
                    folder: Folder(
                        id: FolderID($0.integer(0)), name: $0.text(2),
                        access: Access(rawValue: $0.text(3)) ?? .private,
                        isDefault: $0.bool(4), isIntake: $0.bool(5))
                )
            }, by: \.account)
        let accounts = try db.rows("SELECT id, number, type, name, language, filing FROM account ORDER BY id")
        { row in
            AccountNumber(row.text(1)).map { number in
                Account(
                    id: AccountID(row.integer(0)), number: number,
                    type: AccountType(rawValue: row.text(2)) ?? .client,
                    name: row.text(3), language: Language(rawValue: row.text(4)) ?? .en,
                    filing: row.optionalText(5).flatMap(FilingMode.init(rawValue:)),
                    folders: (folders[AccountID(row.integer(0))] ?? []).map(\.folder))
            }
        }.compactMap { $0 }
        let contacts = try db.rows("SELECT id, name, kind FROM contact ORDER BY id") {
            Contact(
                id: ContactID($0.integer(0)), name: $0.text(1),
                kind: ContactKind(rawValue: $0.text(2)) ?? .person)
        }
        let entries = try db.rows(
            """
            SELECT account, contact, key, sync, notify, login, sign, primary_account
            FROM account_contact JOIN contact ON contact.id = contact ORDER BY account, contact, key
            """
        ) { row in
            AddressKey(row.text(2)).map {
                DirectoryEntry(
                    account: AccountID(row.integer(0)), contact: ContactID(row.integer(1)), address: $0,
                    switches: Self.switches(row, from: 3), isPrimary: row.optionalInteger(7) == row.integer(0)
                )
            }
        }.compactMap { $0 }
        let domainRules = try db.rows(
            "SELECT domain, account, matches FROM domain_rule ORDER BY domain, account"
        ) { row in
            DomainName(row.text(0)).map {
                DomainRule(account: AccountID(row.integer(1)), domain: $0, isMatch: row.bool(2))
            }
        }.compactMap { $0 }
        let remembered = try db.rows("SELECT contact, thread, word, account FROM remembered_rule ORDER BY id")
        { row in
            let condition: RememberedRule.Condition? =
                row.optionalText(1).flatMap { MessageID($0) }.map { .thread($0) }
                ?? row.optionalText(2).map { .subjectWord($0) }
            return condition.map {
                RememberedRule(
                    contact: ContactID(row.integer(0)), condition: $0, account: AccountID(row.integer(3)))
            }
        }.compactMap { $0 }
        return Mailroom.Directory(
            accounts: accounts, contacts: contacts, entries: entries, domainRules: domainRules,
            rememberedRules: remembered, dropAddresses: try dropAddresses(), freeMail: freeMail)
    }

    static func switches(_ row: Row, from column: Int) -> Switches {
        var switches: Switches = []
        if row.bool(column) { switches.insert(.sync) }
        if row.bool(column + 1) { switches.insert(.notify) }
        if row.bool(column + 2) { switches.insert(.login) }
        if row.bool(column + 3) { switches.insert(.sign) }
        return switches
    }
}
