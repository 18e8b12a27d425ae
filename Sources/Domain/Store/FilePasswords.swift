package import Mail
package import Mailroom
internal import SQLite

/// A password that staff had remembered for an account's files.
package struct FilePassword: Sendable, Hashable {
    package let id: Int64
    /// See ``LinkKey``; about the account: ``StoreTransaction/filePasswordSubject(_:)``.
    package let sealed: [UInt8]
}

extension StoreTransaction {
    /// As many are tried, so as many are kept.
    private static let mostFilePasswords = 12

    /// What a sealed password is about: in the row of another account it opens nothing.
    package static func filePasswordSubject(_ account: AccountID) -> String {
        "file password of account \(account.rawValue)"
    }

    /// The one that helped last first.
    package func filePasswords(of account: AccountID) throws -> [FilePassword] {
        try db.rows(
            "SELECT id, sealed FROM file_password WHERE account = ? ORDER BY at DESC, id DESC",
            account.rawValue
        ) { FilePassword(id: $0.integer(0), sealed: $0.blob(1)) }
    }

    package func addFilePassword(
        _ sealed: [UInt8], of account: AccountID, by actor: String, now: Timestamp
    ) throws {
        try db.run(
            "INSERT INTO file_password (account, sealed, by, at) VALUES (?, ?, ?, ?)", account.rawValue,
            sealed, actor, now.milliseconds)
        try db.run(
            """
            DELETE FROM file_password WHERE account = ?1 AND id NOT IN (
              SELECT id FROM file_password WHERE account = ?1 ORDER BY at DESC, id DESC LIMIT ?2)
            """, account.rawValue, Self.mostFilePasswords)
        try audit(
            "password.remember", by: actor, account: account.rawValue, subject: "files of the account",
            at: now)
    }

    /// It opened something.
    package func useFilePassword(_ id: Int64, now: Timestamp) throws {
        try db.run("UPDATE file_password SET at = ? WHERE id = ?", now.milliseconds, id)
    }

    package func forgetFilePasswords(of account: AccountID, by actor: String, now: Timestamp) throws {
        let count = try db.run("DELETE FROM file_password WHERE account = ?", account.rawValue)
        guard count > 0 else { return }
        try audit(
            "password.forget", by: actor, account: account.rawValue, subject: "files of the account",
            detail: "\(count) forgotten", at: now)
    }
}
