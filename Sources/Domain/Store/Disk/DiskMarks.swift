package import Mail
package import Mailroom
internal import SQLite

/// An account as the look at its directory needs it.
package struct DiskAccount: Sendable {
    package let id: AccountID
    /// Its directory under `documents/`.
    package let directory: String
    /// Documents whose files are known to be where their rows say.
    package let documents: [DiskJudge.Remembered]
    /// Places where a file of ours is about to come or to go: nothing is said of them yet.
    package let unsettled: Set<DiskPlace>
    /// Of those, where a file is to go from.
    package let leaving: Set<DiskPlace>
    /// Of the documents that have no file yet: one with these octets may be theirs.
    package let planned: Set<SHA256Digest>
    /// Files of which staff are asked whose they are, or were.
    package let strays: [DiskPlace: StrayFile]
}

extension StoreTransaction {
    /// Whoever changed a file in the directory itself, for the audit: the system does not tell who it was.
    package static let fileSystem = "file system"

    /// Every account and its directory.
    package func accountDirectories() throws -> [(id: AccountID, directory: String)] {
        try db.rows("SELECT id, directory FROM account ORDER BY id") {
            (AccountID($0.integer(0)), $0.text(1))
        }
    }

    package func diskAccount(_ id: AccountID, isEditable: Bool) throws -> DiskAccount? {
        let directory = try db.first("SELECT directory FROM account WHERE id = ?", id.rawValue) { $0.text(0) }
        guard let directory else { return nil }
        let settled = """
            placed IS NOT NULL AND document.id NOT IN (SELECT document FROM document_move)
            """
        let documents = try db.rows(
            """
            SELECT document.id, folder.name, document.path, document.name, document.sha256,
              disk_mark.inode, disk_mark.octets, disk_mark.modified
            FROM document JOIN folder ON folder.id = document.folder
            LEFT JOIN disk_mark ON disk_mark.document = document.id
            WHERE document.account = ?1 AND trashed IS NULL AND \(settled)
              AND (?2 = 0 OR placed <> 'link')
            """, id.rawValue, isEditable
        ) { row in
            SHA256Digest(octets: row.blob(4)).map {
                DiskJudge.Remembered(
                    document: DocumentID(row.integer(0)),
                    place: Self.place(row.text(1), row.text(2), row.text(3)), sha256: $0,
                    mark: row.isNull(5)
                        ? nil
                        : FileMark(
                            inode: UInt64(bitPattern: row.integer(5)), octets: row.integer(6),
                            modified: row.integer(7)))
            }
        }.compactMap { $0 }
        let coming = try db.rows(
            """
            SELECT folder.name, document.path, document.name, document.sha256
            FROM document JOIN folder ON folder.id = document.folder
            WHERE document.account = ?1 AND trashed IS NULL AND (NOT (\(settled)) OR ?2 = 1 AND placed = 'link')
            """, id.rawValue, isEditable
        ) {
            (place: Self.place($0.text(0), $0.text(1), $0.text(2)), sha256: SHA256Digest(octets: $0.blob(3)))
        }
        let going = try pendingMoves().filter { $0.old.account == directory }
            .map { DiskPlace($0.old.folders, $0.old.name) }
        return DiskAccount(
            id: id, directory: directory, documents: documents,
            unsettled: Set(coming.map(\.place) + going), leaving: Set(going),
            planned: Set(coming.compactMap(\.sha256)),
            strays: Dictionary(try strayFiles(of: id).map { ($0.found.place, $0) }) { first, _ in first })
    }

    private static func place(_ folder: String, _ path: String, _ name: String) -> DiskPlace {
        DiskPlace([folder] + path.split(separator: "/").map(String.init), name)
    }

    /// Remembers a file as having the document's octets.
    package func note(_ mark: FileMark, of id: DocumentID) throws {
        try db.run(
            "INSERT OR REPLACE INTO disk_mark (document, inode, octets, modified) VALUES (?, ?, ?, ?)",
            id.rawValue, Int64(bitPattern: mark.inode), mark.octets, mark.modified)
    }

    /// Whether a file is still the one that was last seen with the document's octets, or those of the version
    /// it was then.
    package func isUntouched(_ id: DocumentID, _ mark: FileMark) throws -> Bool {
        try db.exists(
            "SELECT 1 FROM disk_mark WHERE document = ? AND inode = ? AND octets = ? AND modified = ?",
            id.rawValue, Int64(bitPattern: mark.inode), mark.octets, mark.modified)
    }

    /// How many documents are known to be on the disk: of each account, the trash apart.
    package func placedCounts() throws -> [AccountID: Int] {
        let rows = try db.rows(
            """
            SELECT account, count(*) FROM document WHERE trashed IS NULL AND placed IS NOT NULL GROUP BY account
            """
        ) { (AccountID($0.integer(0)), $0.int(1)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// How many documents went to the trash because their files were gone, since a moment; of one account or of all.
    package func lostCount(of account: AccountID? = nil, since: Timestamp) throws -> Int {
        try db.first(
            """
            SELECT count(*) FROM document WHERE trashed >= ?1 AND trashed_by = ?2 AND (?3 IS NULL OR account = ?3)
            """, since.milliseconds, Self.fileSystem, account?.rawValue
        ) { $0.int(0) } ?? 0
    }

    /// Has documents that are links into `content/` made copies: people are about to edit them.
    package func unlinkDocuments() throws -> Int {
        try db.run(
            """
            UPDATE document SET placed = NULL WHERE placed = 'link' AND trashed IS NULL
              AND id NOT IN (SELECT document FROM document_move)
            """)
    }

    /// Has documents' files made anew from their contents.
    package func placeAnew(_ documents: [DocumentID]) throws {
        for id in documents {
            try db.run(
                """
                UPDATE document SET placed = NULL WHERE id = ? AND trashed IS NULL
                  AND id NOT IN (SELECT document FROM document_move)
                """, id.rawValue)
            try db.run("DELETE FROM disk_mark WHERE document = ?", id.rawValue)
        }
    }
}

extension StoreTransaction {
    /// Folders below the top level that hold no document, nor one that is about to come or to go.
    package func emptySubfolders(of account: AccountID) throws -> [(place: FolderPlace, components: [String])]
    {
        try db.rows(
            """
            SELECT folder.id, folder.name, subfolder.path FROM subfolder JOIN folder ON folder.id = subfolder.folder
            WHERE folder.account = ?1 AND folder.removed IS NULL AND NOT EXISTS (
              SELECT 1 FROM document WHERE document.folder = folder.id AND trashed IS NULL AND (
                document.path = subfolder.path
                OR substr(document.path, 1, length(subfolder.path) + 1) = subfolder.path || '/'))
            ORDER BY subfolder.path
            """, account.rawValue
        ) { row in
            (
                FolderPlace(FolderID(row.integer(0)), path: row.text(2)),
                [row.text(1)] + row.text(2).split(separator: "/").map(String.init)
            )
        }
    }
}
