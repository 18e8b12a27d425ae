package import Mail
package import Mailroom
internal import SQLite
internal import Text

/// A file that became a document, or what a document became: its octets are durable.
package struct DiskFile: Sendable, Hashable {
    package let place: DiskPlace
    package let sha256: SHA256Digest
    package let octets: Int64
    package let mark: FileMark

    package init(place: DiskPlace, sha256: SHA256Digest, octets: Int64, mark: FileMark) {
        self.place = place
        self.sha256 = sha256
        self.octets = octets
        self.mark = mark
    }
}

// What people did in the directories themselves, as deeds of the file system.
// The file is there before the row: so nothing is placed, unless it must have
// another name than it was given.

extension StoreTransaction {
    /// The document has other octets now, and so has its file.
    package func adoptVersion(_ file: DiskFile, of id: DocumentID, now: Timestamp) throws {
        let row = try filedDocument(id)
        try tellConversations(of: id)
        try addContent(file.sha256, octets: file.octets)
        try keepVersion(of: id, by: Self.fileSystem, now: now)
        try setOctets(
            file.sha256, file.octets, of: id, origin: .disk, isPlaced: true, by: Self.fileSystem, now: now)
        try note(file.mark, of: id)
        try audit(
            "file.version", by: Self.fileSystem, account: row.account.rawValue, subject: "\(id.rawValue)",
            detail: row.place.shown, at: now)
    }

    /// The document lies elsewhere in its account's directory, and has that folder's access.
    package func adoptMove(_ id: DocumentID, to place: DiskPlace, mark: FileMark, now: Timestamp) throws {
        let row = try filedDocument(id)
        let folder = try folderPlace(of: place.folders, of: row.account, now: now)
        let old = try self.place(of: id)
        let name = try freeName(
            SafeName.file(place.name, .octets), in: folder, of: row.account, besides: id)
        try tellConversations(of: id)
        try keepSubfolder(old)
        try db.run(
            "UPDATE document SET folder = ?, path = ?, name = ?, name_key = ?, placed = 'copy' WHERE id = ?",
            folder.folder.rawValue, folder.path, name, name.nameKey, id.rawValue)
        try note(mark, of: id)
        try audit(
            old == folder ? "file.rename" : "file.move", by: Self.fileSystem, account: row.account.rawValue,
            subject: "\(id.rawValue)", detail: "\(row.place.shown) → \(place)", at: now)
        try settle(id, from: DocumentPath(account: row.directory, folders: place.folders, name: place.name))
    }

    /// A file that somebody put into an account's directory is a document.
    @discardableResult
    package func adopt(_ file: DiskFile, of account: AccountID, now: Timestamp) throws -> DocumentID {
        let place = try folderPlace(of: file.place.folders, of: account, now: now)
        try addContent(file.sha256, octets: file.octets)
        let name = try freeName(SafeName.file(file.place.name, .octets), in: place, of: account)
        let id = DocumentID(
            try db.insert(
                """
                INSERT INTO document (account, folder, path, name, name_key, sha256, octets, filed, origin, filed_by,
                  from_disk, placed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'staff', ?, 1, 'copy')
                """, account.rawValue, place.folder.rawValue, place.path, name, name.nameKey,
                file.sha256.octets, file.octets, now.milliseconds, Self.fileSystem))
        try note(file.mark, of: id)
        try audit(
            "file.add", by: Self.fileSystem, account: account.rawValue, subject: "\(id.rawValue)",
            detail: "\(file.place)", at: now)
        guard let row = try document(id) else { return id }
        try settle(
            id, from: DocumentPath(account: row.directory, folders: file.place.folders, name: file.place.name)
        )
        return id
    }

    /// What a document was for a while, between what it is and what it was when that was written over.
    ///
    /// - Returns: false where the octets are known to have been the document's; nil where there is no such one.
    package func keepInterim(
        _ sha256: SHA256Digest, octets: Int64, of id: DocumentID, now: Timestamp
    ) throws -> Bool? {
        guard let row = try document(id) else { return nil }
        let known = try db.exists(
            """
            SELECT 1 FROM document WHERE id = ?1 AND sha256 = ?2
            UNION ALL SELECT 1 FROM document_version WHERE document = ?1 AND sha256 = ?2
            """, id.rawValue, sha256.octets)
        guard !known else { return false }
        try addContent(sha256, octets: octets)
        try db.run(
            """
            INSERT INTO document_version (document, number, sha256, octets, origin, filed, filed_by, replaced, replaced_by,
              from_disk)
            VALUES (?1, 1 + (SELECT count(*) FROM document_version WHERE document = ?1), ?2, ?3, 'staff', ?4, ?5, ?4,
              coalesce((SELECT filed_by FROM document WHERE id = ?1), 'mailroom'), 1)
            """, id.rawValue, sha256.octets, octets, now.milliseconds, Self.fileSystem)
        try audit(
            "file.version", by: Self.fileSystem, account: row.account.rawValue, subject: "\(id.rawValue)",
            detail: "\(row.place.shown): written before another change, kept as an earlier version", at: now)
        return true
    }

    /// Makes a directory that somebody made below a folder one of ours; false where it is.
    @discardableResult
    package func adoptFolder(_ components: [String], of account: AccountID, now: Timestamp) throws -> Bool {
        guard try isNewFolder(components, of: account),
            let top = try folder(named: components[0], of: account)
        else { return false }
        let path = components.dropFirst().joined(separator: "/")
        try keepSubfolder(FolderPlace(top, path: path))
        try audit(
            "folder.add", by: Self.fileSystem, account: account.rawValue,
            subject: components.joined(separator: "/"), at: now)
        return true
    }

    /// Whether a directory is none of our folders yet, and may be one: below a top-level one, by a fit name.
    package func isNewFolder(_ components: [String], of account: AccountID) throws -> Bool {
        guard components.count > 1, components.allSatisfy({ SafeName.directory($0) == $0 }),
            let top = try folder(named: components[0], of: account)
        else { return false }
        let path = components.dropFirst().joined(separator: "/")
        return try !db.exists(
            """
            SELECT 1 FROM subfolder WHERE folder = ?1 AND path_key = ?2
            UNION ALL SELECT 1 FROM document WHERE folder = ?1 AND trashed IS NULL
              AND (path = ?3 OR substr(path, 1, length(?3) + 1) = ?3 || '/')
            """, top.rawValue, path.nameKey, path)
    }

    /// The folder that a directory is, made where it is missing: at the top a private one.
    private func folderPlace(
        of components: [String], of account: AccountID, now: Timestamp
    ) throws -> FolderPlace {
        let components = components.map { SafeName.directory($0) }
        let top =
            try folder(named: components[0], of: account)
            ?? makeFolder(components[0], access: .private, of: account, by: Self.fileSystem, now: now)
        return FolderPlace(top, path: components.dropFirst().joined(separator: "/"))
    }

    /// Has the file follow where its row has another name for it than somebody gave it.
    private func settle(_ id: DocumentID, from path: DocumentPath) throws {
        guard let row = try document(id), row.place != path else { return }
        try db.run(
            """
            INSERT OR IGNORE INTO document_move (document, directory, folders, name, placed)
            VALUES (?, ?, ?, ?, 'copy')
            """, id.rawValue, path.account, path.folders.joined(separator: "/"), path.name)
        try db.run("UPDATE document SET placed = NULL WHERE id = ?", id.rawValue)
    }
}
