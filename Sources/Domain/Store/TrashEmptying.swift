package import Mail
package import Mailroom
internal import SQLite

/// A document that the trash lets go of.
package struct TrashedDocument: Hashable, Sendable {
    package let id: DocumentID
    let account: AccountID
    let place: String
}

extension StoreTransaction {
    /// What was put in the trash before a moment, the oldest first.
    ///
    /// What staff took out to have it asked about again lies there too. One
    /// whose file has yet to follow waits for that.
    ///
    /// - Parameter account: nil: every account's.
    package func trash(before end: Timestamp, of account: AccountID? = nil, limit: Int) throws
        -> [TrashedDocument]
    {
        try db.rows(
            """
            SELECT document.id, document.account, folder.name, document.path, document.name FROM document
            JOIN folder ON folder.id = document.folder
            WHERE trashed IS NOT NULL AND emptied IS NULL AND trashed < ?1
              AND (?2 IS NULL OR document.account = ?2 AND trashed_by IS NOT NULL)
              AND document.id NOT IN (SELECT document FROM document_move)
            ORDER BY trashed, document.id LIMIT ?3
            """, end.milliseconds, account?.rawValue, limit
        ) { row in
            let folders = [row.text(2), row.text(3), row.text(4)].filter { !$0.isEmpty }
            return TrashedDocument(
                id: DocumentID(row.integer(0)), account: AccountID(row.integer(1)),
                place: folders.joined(separator: "/"))
        }
    }

    /// Nobody sees it any more; its octets stay as long as documents are kept.
    package func letGo(_ document: TrashedDocument, by actor: String, now: Timestamp) throws {
        try db.run("UPDATE document SET emptied = ? WHERE id = ?", now.milliseconds, document.id.rawValue)
        try audit(
            "file.purge", by: actor, account: document.account.rawValue, subject: "\(document.id.rawValue)",
            detail: document.place, at: now)
    }
}

extension DocumentDesk {
    /// Empties the trash of what was put there before a moment; its files go, too.
    ///
    /// The files go first: should the power fail between, what is restored
    /// has its file made anew from its content, and the next time finds
    /// nothing more to remove.
    ///
    /// - Parameters:
    ///   - account: nil: every account's.
    ///   - actor: whoever wanted it; `mailroom` for what happens of itself.
    /// - Returns: how many documents.
    @discardableResult
    package func emptyTrash(
        before end: Timestamp, of account: AccountID? = nil, by actor: String, now: Timestamp
    ) async throws -> Int {
        var count = 0
        while true {
            let emptied = try await change { [vault] transaction in
                let found = try transaction.trash(before: end, of: account, limit: Self.emptiedAtOnce)
                for document in found {
                    try vault.documents.purge("\(document.id.rawValue)")
                    try transaction.letGo(document, by: actor, now: now)
                }
                return found.count
            }
            count += emptied
            if emptied < Self.emptiedAtOnce { return count }
        }
    }

    /// A writer that is at it for long keeps the mail waiting.
    private static let emptiedAtOnce = 100
}
