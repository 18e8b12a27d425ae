package import Mail
package import Mailroom
internal import SQLite

/// The messages as which staff see what clients put into folders: gathered, one for what comes close together.
extension StoreTransaction {
    /// The message of what a session sends to an account, where it has begun one and goes on with it.
    package func clientNotice(
        of session: ClientSessionID, account: AccountID, openSince: Timestamp
    ) throws -> MessageNumber? {
        try db.first(
            """
            SELECT message FROM client_notice JOIN message ON message.id = message
            WHERE session = ?1 AND client_notice.account = ?2 AND message.account = ?2 AND last >= ?3
            """, session.rawValue, account.rawValue, openSince.milliseconds
        ) { MessageNumber($0.integer(0)) }
    }

    package func addClientNotice(
        _ kept: KeptLetter, of session: ClientSessionID, account: AccountID, _ matching: Matching,
        now: Timestamp
    ) throws -> MessageNumber {
        let number = try addNotice(kept, .ofClientFolder, matching, source: nil, now: now)
        try db.run(
            "INSERT OR REPLACE INTO client_notice (session, account, message, last) VALUES (?, ?, ?, ?)",
            session.rawValue, account.rawValue, number.rawValue, now.milliseconds)
        return number
    }

    /// What was filed of them is the client's, and staff hear of it: part of the transaction that files.
    ///
    /// - Parameters:
    ///   - sections: of the files themselves.
    ///   - folder: as it is called now.
    package func recordFolderUploads(
        _ sections: [Section], in message: MessageNumber, of session: ClientSession, account: AccountID,
        folder: String, now: Timestamp
    ) throws {
        for section in sections {
            try addFolderUpload(
                section, of: message, from: session.person.sender(to: account), folder: folder, now: now)
        }
        try db.run(
            """
            UPDATE document SET origin = 'upload', from_client = 1, filed_by = ?
            WHERE message = ? AND origin = 'mail'
            """, session.person.actor, message.rawValue)
        try db.run(
            "UPDATE client_notice SET last = ? WHERE session = ? AND account = ?", now.milliseconds,
            session.id.rawValue, account.rawValue)
        let names = try db.rows(
            """
            SELECT name FROM part WHERE message = ? AND unwrapped_from IS NULL AND name IS NOT NULL
            ORDER BY id DESC LIMIT 5
            """, message.rawValue
        ) { $0.text(0) }
        try tellAgain(message, names, now: now)
        changedParts.insert("account-\(account.rawValue)")
    }
}
