package import Mail
package import Mailroom
internal import SQLite

extension StoreTransaction {
    /// Who alone sees an account; empty: everybody.
    package func viewers(of account: AccountID) throws -> [StaffMember] {
        try db.rows(
            """
            SELECT \(Self.memberColumns) FROM account_viewer JOIN staff ON staff.id = account_viewer.staff
            WHERE account = ? ORDER BY staff.name, staff.id
            """, account.rawValue
        ) { Self.member($0) }
    }

    /// Who alone sees what came through a source; empty: everybody.
    package func viewers(ofSource source: String) throws -> [StaffMember] {
        try db.rows(
            """
            SELECT \(Self.memberColumns) FROM source_viewer JOIN staff ON staff.id = source_viewer.staff
            WHERE source = ? ORDER BY staff.name, staff.id
            """, source
        ) { Self.member($0) }
    }

    /// Has named staff alone see an account; nobody: everybody.
    package func setViewers(
        _ staff: [StaffID], of account: AccountID, by actor: String, now: Timestamp
    ) throws {
        try db.run("DELETE FROM account_viewer WHERE account = ?", account.rawValue)
        for id in staff {
            try db.run(
                "INSERT OR IGNORE INTO account_viewer (account, staff) VALUES (?, ?)", account.rawValue,
                id.rawValue)
        }
        changedParts.formUnion(["inbox", "account-\(account.rawValue)"])
        try audit(
            "account.visibility", by: actor, account: account.rawValue, subject: try accountNumber(account),
            detail: try names(staff), at: now)
    }

    /// Has named staff alone see what came through a source; nobody: everybody.
    package func setViewers(
        _ staff: [StaffID], ofSource source: String, by actor: String, now: Timestamp
    ) throws {
        try db.run("DELETE FROM source_viewer WHERE source = ?", source)
        for id in staff {
            try db.run(
                "INSERT OR IGNORE INTO source_viewer (source, staff) VALUES (?, ?)", source, id.rawValue)
        }
        if !staff.isEmpty { try partConversations(ofRestricted: source) }
        changedParts.insert("inbox")
        try audit("mailbox.visibility", by: actor, subject: source, detail: try names(staff), at: now)
    }

    private func names(_ staff: [StaffID]) throws -> String {
        let logins = try staff.map { try login(of: $0) }
        return logins.isEmpty ? "visible to all" : "visible to " + logins.joined(separator: ", ")
    }

    /// The accounts that named staff alone see, with those: as administration lists them.
    package func restrictedAccounts() throws -> [(account: AccountID, staff: StaffID)] {
        try db.rows("SELECT account, staff FROM account_viewer ORDER BY account, staff") {
            (AccountID($0.integer(0)), StaffID($0.integer(1)))
        }
    }

    /// The sources that named staff alone see, with those.
    package func restrictedSources() throws -> [(source: String, staff: StaffID)] {
        try db.rows("SELECT source, staff FROM source_viewer ORDER BY source, staff") {
            ($0.text(0), StaffID($0.integer(1)))
        }
    }
}
