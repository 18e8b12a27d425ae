package import Mail
package import Mailroom
internal import SQLite

/// Somebody of the staff, as lists name them.
package struct Colleague: Sendable, Hashable {
    package let id: StaffID
    package let login: String
    package let name: String

    package init(id: StaffID, login: String, name: String) {
        self.id = id
        self.login = login
        self.name = name
    }
}

// Whose an account is, and who wants to hear of it besides. What is new in an account is its colleague's from
// the start, as long as that one may see it.

extension StoreTransaction {
    static let colleagueColumns = "staff.id, staff.login, staff.name"

    /// Nil where the columns from there on are null.
    static func colleague(_ row: Row, from column: Int) -> Colleague? {
        row.optionalInteger(column).map {
            Colleague(id: StaffID($0), login: row.text(column + 1), name: row.text(column + 2))
        }
    }

    /// Who can be given an account: those of the staff who may see it, by name.
    ///
    /// - Parameter account: nil: one to come, which everybody sees.
    package func colleagues(seeing account: AccountID?) throws -> [Colleague] {
        try db.rows(
            """
            SELECT \(Self.colleagueColumns) FROM staff WHERE disabled IS NULL
              AND id NOT IN (SELECT staff FROM hidden_account WHERE account = ?) ORDER BY name, id
            """, account?.rawValue
        ) { Self.colleague($0, from: 0) }.compactMap { $0 }
    }

    /// Who follows an account, by name.
    package func followers(of account: AccountID) throws -> [Colleague] {
        try db.rows(
            """
            SELECT \(Self.colleagueColumns) FROM account_follower JOIN staff ON staff.id = account_follower.staff
            WHERE account = ? ORDER BY staff.name, staff.id
            """, account.rawValue
        ) { Self.colleague($0, from: 0) }.compactMap { $0 }
    }

    /// Has these follow an account, and nobody else.
    package func setFollowers(
        _ staff: [StaffID], of account: AccountID, by actor: String, now: Timestamp
    ) throws {
        let before = try followers(of: account)
        guard Set(before.map(\.id)) != Set(staff) else { return }
        try db.run("DELETE FROM account_follower WHERE account = ?", account.rawValue)
        for id in staff {
            try db.run(
                "INSERT OR IGNORE INTO account_follower (account, staff) VALUES (?, ?)", account.rawValue,
                id.rawValue)
        }
        changedParts.insert("account-\(account.rawValue)")
        let logins = try followers(of: account).map(\.login)
        try audit(
            "account.followers", by: actor, account: account.rawValue, subject: try accountNumber(account),
            detail: logins.isEmpty ? "nobody" : logins.joined(separator: ", "), at: now)
    }

    func setAssignee(_ staff: StaffID?, of account: AccountID) throws {
        try db.run("UPDATE account SET assignee = ? WHERE id = ?", staff?.rawValue, account.rawValue)
        changedParts.formUnion(["accounts", "account-\(account.rawValue)"])
    }

    /// Who gets a message of what a client sent: whoever may see the account, has an address and wants it.
    package func hearers(_ circle: UploadHearers, of account: AccountID) throws -> [StaffMember] {
        let condition: String
        switch circle {
        case .assignee: condition = "id = (SELECT assignee FROM account WHERE account.id = ?1)"
        case .followers:
            condition = """
                (id = (SELECT assignee FROM account WHERE account.id = ?1)
                  OR id IN (SELECT staff FROM account_follower WHERE account = ?1))
                """
        case .all: condition = "?1 IS NOT NULL"
        case .nobody: return []
        }
        return try db.rows(
            """
            SELECT \(Self.memberColumns) FROM staff WHERE \(condition) AND email <> '' AND hears AND disabled IS NULL
              AND id NOT IN (SELECT staff FROM hidden_account WHERE account = ?1) ORDER BY id
            """, account.rawValue
        ) { Self.member($0) }
    }

    /// A conversation of another account from now on: who had it as that one's colleague hands it over.
    func reassign(_ record: inout ConversationRecord, from account: Int64?) throws {
        let handsOver = try db.exists(
            "SELECT 1 FROM account WHERE id = ? AND assignee = ?", account, record.assigned)
        if handsOver { record.assigned = nil }
        try assign(&record)
    }

    /// A conversation that somebody waits in, and that nobody has taken, is that of the account's colleague.
    func assign(_ record: inout ConversationRecord) throws {
        guard record.state == .open, record.assigned == nil, let account = record.account else { return }
        record.assigned = try db.first(
            """
            SELECT assignee FROM account JOIN staff ON staff.id = assignee WHERE account.id = ?1 AND disabled IS NULL
              AND assignee NOT IN (SELECT staff FROM hidden_account WHERE account = ?1)
              AND NOT EXISTS (SELECT 1 FROM hidden_source WHERE source = ?2 AND staff = assignee)
            """, account, record.source
        ) { $0.integer(0) }
    }
}
