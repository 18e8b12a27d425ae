package import Mail
package import Mailroom
internal import SQLite
internal import Text

/// What a client sees of a document: nothing of who else has it, where it came from, or what it was before.
package struct ClientDocument: Sendable, Equatable {
    package let id: DocumentID
    package let account: AccountID
    package let place: FolderPlace
    /// The top-level folder's name.
    package let folder: String
    package let access: Access
    package let name: String
    package let octets: Int64
    package let sha256: SHA256Digest
    package let filed: Timestamp
}

extension Folder {
    /// As the rule for clients asks of it.
    package func client(_ account: AccountID) -> ClientFolder {
        ClientFolder(account: account, access: access, isIntake: isIntake)
    }
}

extension FolderNode {
    /// As the rule for clients asks of it.
    package func client(_ account: AccountID) -> ClientFolder {
        ClientFolder(account: account, access: access, isIntake: isIntake, isTop: place.path.isEmpty)
    }
}

extension StoreTransaction {
    /// The folders of an account that this person sees.
    package func clientTree(of account: AccountID, for access: ClientAccess) throws -> [FolderNode] {
        guard access.accounts.contains(account) else { return [] }
        return try folderTree(of: account) { access.allows(.list, in: $0.client(account)) }
    }

    /// A folder of an account, for an action; nil: for this person it is not there.
    package func clientFolder(
        _ id: FolderID, of account: AccountID, for access: ClientAccess
    ) throws -> (folder: Folder, may: (ClientAction) -> Bool)? {
        guard let folder = try? folder(id, of: account) else { return nil }
        let facts = folder.client(account)
        guard access.allows(.list, in: facts) else { return nil }
        return (folder, { access.allows($0, in: facts) })
    }

    /// What the rule says of doing something with a document, whatever its number: one small question.
    package func verdict(
        _ action: ClientAction, on document: DocumentID, for access: ClientAccess
    ) throws -> ClientVerdict {
        let folder = try db.first(
            """
            SELECT document.account, folder.access, folder.is_intake FROM document
            JOIN folder ON folder.id = document.folder
            WHERE document.id = ? AND document.trashed IS NULL AND folder.removed IS NULL
            """, document.rawValue
        ) {
            ClientFolder(
                account: AccountID($0.integer(0)), access: Access(rawValue: $0.text(1)) ?? .private,
                isIntake: $0.bool(2))
        }
        // A number that nothing has is asked of the rule like any other.
        let nowhere = ClientFolder(account: AccountID(0), access: .private)
        let verdict = access.verdict(action, in: folder ?? nowhere)
        return folder == nil ? .hidden : verdict
    }

    private static let clientColumns = """
        document.id, document.account, document.folder, document.path, folder.name, folder.access, document.name,
        document.octets, document.sha256, document.filed
        FROM document JOIN folder ON folder.id = document.folder
        """

    private static func clientDocument(_ row: Row) -> ClientDocument? {
        SHA256Digest(octets: row.blob(8)).map { sha256 in
            ClientDocument(
                id: DocumentID(row.integer(0)), account: AccountID(row.integer(1)),
                place: FolderPlace(FolderID(row.integer(2)), path: row.text(3)), folder: row.text(4),
                access: Access(rawValue: row.text(5)) ?? .private, name: row.text(6), octets: row.integer(7),
                sha256: sha256, filed: Timestamp(milliseconds: row.integer(9)))
        }
    }

    /// A document that this person may do something with; nil: for them it is not there.
    package func clientDocument(
        _ id: DocumentID, _ action: ClientAction, for access: ClientAccess
    ) throws -> ClientDocument? {
        guard try verdict(action, on: id, for: access) == .allowed else { return nil }
        return try db.first(
            "SELECT \(Self.clientColumns) WHERE document.id = ?", id.rawValue, read: Self.clientDocument)
            ?? nil
    }

    /// The documents of one folder, by name.
    package func clientShelf(_ place: FolderPlace, of account: AccountID, limit: Int = 1000) throws
        -> [ClientDocument]
    {
        try db.rows(
            """
            SELECT \(Self.clientColumns) WHERE document.account = ? AND document.folder = ? AND document.path = ?
              AND trashed IS NULL ORDER BY document.name_key, document.id LIMIT ?
            """, account.rawValue, place.folder.rawValue, place.path, limit, read: Self.clientDocument
        ).compactMap { $0 }
    }

    /// The document of this content that the client sees; what they don't see is none, or they would learn of it.
    package func document(content: SHA256Digest, account: AccountID, for access: ClientAccess) throws
        -> DocumentID?
    {
        let found = try db.rows(
            """
            SELECT document.id, folder.access, folder.is_intake FROM document
            JOIN folder ON folder.id = document.folder
            WHERE sha256 = ? AND document.account = ? AND trashed IS NULL ORDER BY document.id
            """, content.octets, account.rawValue
        ) {
            (
                id: DocumentID($0.integer(0)),
                folder: ClientFolder(
                    account: account, access: Access(rawValue: $0.text(1)) ?? .private,
                    isIntake: $0.bool(2))
            )
        }
        return found.first { access.allows(.list, in: $0.folder) }?.id
    }
}
