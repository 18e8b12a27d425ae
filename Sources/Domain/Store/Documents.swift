package import Mail
package import Mailroom
internal import SQLite
internal import Text

/// A document whose file is to be, or is, in the tree of documents.
package struct DocumentRow: Sendable, Equatable {
    package let id: DocumentID
    package let account: AccountID
    package let accountNumber: String
    /// The account's directory under `documents/`.
    package let directory: String
    package let folder: String
    /// Below the folder, with `/`; empty for none.
    package let path: String
    package let name: String
    package let sha256: SHA256Digest

    package var place: DocumentPath {
        DocumentPath(
            account: directory, folders: [folder] + path.split(separator: "/").map(String.init), name: name)
    }
}

extension StoreTransaction {
    /// The document of this content in an account, the trash apart.
    package func document(content: SHA256Digest, account: AccountID) throws -> DocumentID? {
        try db.first(
            "SELECT id FROM document WHERE sha256 = ? AND account = ? AND trashed IS NULL LIMIT 1",
            content.octets, account.rawValue
        ) { DocumentID($0.integer(0)) }
    }

    /// The account's top-level folder of that name, made private where it is missing.
    package func folder(_ name: String, of account: AccountID, access: Access) throws -> FolderID {
        try folder(named: name, of: account) ?? addFolder(NewFolder(name: name, access: access), to: account)
    }

    /// The account's top-level folder of that name, however it is spelled: on some disks two spellings are
    /// one.
    package func folder(named name: String, of account: AccountID) throws -> FolderID? {
        let folders = try db.rows(
            "SELECT id, name FROM folder WHERE account = ? ORDER BY id", account.rawValue
        ) {
            (id: FolderID($0.integer(0)), name: $0.text(1))
        }
        return folders.first { $0.name == name }?.id
            ?? folders.first { $0.name.nameKey == name.nameKey }?.id
    }

    package func isNameTaken(_ nameKey: String, path: String, folder: FolderID, account: AccountID) throws
        -> Bool
    {
        try db.exists(
            "SELECT 1 FROM document WHERE account = ? AND folder = ? AND path = ? AND name_key = ?",
            account.rawValue, folder.rawValue, path, nameKey)
    }

    /// Records where a document goes; its file is placed afterwards, and again after a crash, until it is
    /// there.
    package func planDocument(
        content: SHA256Digest, octets: Int64, account: AccountID, destination: Destination,
        origin: (message: MessageNumber, section: Section)?, now: Timestamp
    ) throws -> DocumentID {
        let folder = try folder(destination.folder.top, of: account, access: destination.access)
        return DocumentID(
            try db.insert(
                """
                INSERT INTO document (account, folder, path, name, name_key, sha256, octets, message, section, filed,
                  from_client)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, EXISTS (SELECT 1 FROM client_upload
                  JOIN part ON part.id = client_upload.part WHERE part.message = ?8))
                """, account.rawValue, folder.rawValue,
                destination.folder.components.dropFirst().joined(separator: "/"), destination.name,
                destination.name.nameKey, content.octets, octets, origin?.message.rawValue,
                origin?.section.text, now.milliseconds))
    }

    private static let documentColumns = """
        document.id, account.id, account.number, account.directory, folder.name, path, document.name, sha256
        FROM document JOIN account ON account.id = document.account JOIN folder ON folder.id = document.folder
        """

    private static func document(_ row: Row) -> DocumentRow? {
        SHA256Digest(octets: row.blob(7)).map {
            DocumentRow(
                id: DocumentID(row.integer(0)), account: AccountID(row.integer(1)),
                accountNumber: row.text(2),
                directory: row.text(3), folder: row.text(4), path: row.text(5), name: row.text(6),
                sha256: $0)
        }
    }

    /// Documents that are recorded and not yet known to be on disk.
    package func plannedDocuments(after last: DocumentID? = nil, limit: Int) throws -> [DocumentRow] {
        try db.rows(
            """
            SELECT \(Self.documentColumns) WHERE placed IS NULL AND trashed IS NULL AND document.id > ?
            ORDER BY document.id LIMIT ?
            """, last?.rawValue ?? 0, limit, read: Self.document
        ).compactMap { $0 }
    }

    package func document(_ id: DocumentID) throws -> DocumentRow? {
        try db.first("SELECT \(Self.documentColumns) WHERE document.id = ?", id.rawValue, read: Self.document)
            ?? nil
    }

    /// Whether another account has a document whose file is the very inode in `content/`.
    package func isContentLinked(_ digest: SHA256Digest, otherThan account: AccountID) throws -> Bool {
        try db.exists(
            "SELECT 1 FROM document WHERE sha256 = ? AND account <> ? AND placed = 'link'", digest.octets,
            account.rawValue)
    }

    package func setPlaced(_ id: DocumentID, how: String) throws {
        try db.run("UPDATE document SET placed = ? WHERE id = ?", how, id.rawValue)
    }

    /// Gives a document another name or place: a foreign file had its name, or staff moved it.
    package func setDestination(_ id: DocumentID, account: AccountID, destination: Destination) throws {
        let folder = try folder(destination.folder.top, of: account, access: destination.access)
        try db.run(
            "UPDATE document SET account = ?, folder = ?, path = ?, name = ?, name_key = ?, placed = NULL WHERE id = ?",
            account.rawValue, folder.rawValue,
            destination.folder.components.dropFirst().joined(separator: "/"),
            destination.name, destination.name.nameKey, id.rawValue)
    }

    /// Takes a document out of its folder; the octets stay as long as an original or another document has
    /// them.
    package func unfile(_ id: DocumentID, now: Timestamp) throws {
        try db.run(
            "UPDATE document SET trashed = ?, name_key = name_key || char(0) || id WHERE id = ?",
            now.milliseconds,
            id.rawValue)
    }
}
