package import Mail
internal import SQLite

/// Who did what, and when: one row for everything a person or Mailroom decided.
package struct AuditEntry: Sendable, Equatable {
    package let at: Timestamp
    /// A login name, or `mailroom`.
    package let actor: String
    /// Noun and verb as on the command line: `file.release`.
    package let action: String
    package let account: Int64?
    package let subject: String
    package let detail: String
}

extension StoreTransaction {
    /// Part of the transaction that does the deed: there is no deed without its row.
    package func audit(
        _ action: String, by actor: String, account: Int64? = nil, subject: String, detail: String = "",
        at now: Timestamp
    ) throws {
        try db.run(
            "INSERT INTO audit (at, actor, action, account, subject, detail) VALUES (?, ?, ?, ?, ?, ?)",
            now.milliseconds, actor, action, account, subject, detail)
    }

    /// The name of whoever did it, for a page: rows hold login names, which `mailroom audit --by` takes.
    static func name(ofActor column: String) -> String {
        "coalesce((SELECT name FROM staff WHERE login = \(column)), \(column))"
    }

    /// The newest entries first: of one account or of all, of one actor or of all.
    package func auditEntries(
        account: Int64? = nil, by actor: String? = nil, since: Timestamp? = nil, limit: Int = 100
    ) throws -> [AuditEntry] {
        try db.rows(
            """
            SELECT at, actor, action, account, subject, detail FROM audit
            WHERE (?1 IS NULL OR account = ?1) AND (?2 IS NULL OR actor = ?2) AND (?3 IS NULL OR at >= ?3)
            ORDER BY id DESC LIMIT ?4
            """, account, actor, since?.milliseconds, limit
        ) {
            AuditEntry(
                at: Timestamp(milliseconds: $0.integer(0)), actor: $0.text(1), action: $0.text(2),
                account: $0.optionalInteger(3), subject: $0.text(4), detail: $0.text(5))
        }
    }
}
