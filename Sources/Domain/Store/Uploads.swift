package import Mail
package import Mailroom
internal import SQLite
internal import Text

/// How a document came into its folder.
package enum DocumentOrigin: String, Hashable, Sendable, CaseIterable {
    case mail
    case staff
    /// By a link that a client was sent.
    case upload
    /// Put into a folder by a client who was signed in.
    case client
    /// Put into the directory itself, where staff edit in place.
    case disk

    /// As the column `origin` has it: that one knows neither ``client`` nor ``disk``.
    var column: String {
        switch self {
        case .mail, .staff, .upload: rawValue
        case .client: DocumentOrigin.upload.rawValue
        case .disk: DocumentOrigin.staff.rawValue
        }
    }

    /// As all of the columns tell it, of `document` or `document_version`.
    static func columns(of table: String) -> String {
        """
        CASE WHEN \(table).from_disk THEN 'disk' WHEN \(table).from_client THEN 'client' ELSE \(table).origin END
        """
    }
}

/// A directory of an account's documents: a top-level folder, and the path below it.
package struct FolderPlace: Hashable, Sendable {
    package let folder: FolderID
    /// With `/`; empty for the folder itself.
    package let path: String

    package init(_ folder: FolderID, path: String = "") {
        self.folder = folder
        self.path = path
    }
}

/// Octets that are durable, to be filed under a name.
package struct UploadedFile: Sendable, Equatable {
    package let sha256: SHA256Digest
    package let octets: Int64
    /// As its owner calls it.
    package let name: String

    package init(sha256: SHA256Digest, octets: Int64, name: String) {
        self.sha256 = sha256
        self.octets = octets
        self.name = name
    }
}

/// What became of an upload.
package struct FiledUpload: Sendable, Equatable {
    package let document: DocumentID
    /// Another than it came under where that was taken, or where the account had the octets already.
    package let name: String
    /// The account had these octets: nothing was filed but one more sighting.
    package let isDuplicate: Bool
}

extension StoreTransaction {
    /// Files octets that somebody uploaded; their file is placed afterwards, as any document's.
    ///
    /// | in that account | what happens |
    /// |---|---|
    /// | the same octets, the trash apart | one more sighting of that document |
    /// | the same name in that folder | `name (2)` |
    /// | neither | a document of that name |
    package func fileUpload(
        _ file: UploadedFile, into place: FolderPlace, of account: AccountID,
        origin: DocumentOrigin = .staff, by actor: String, now: Timestamp
    ) throws -> FiledUpload {
        let folder = try folder(place.folder, of: account)
        try addContent(file.sha256, octets: file.octets)
        if let known = try document(content: file.sha256, account: account), let row = try document(known) {
            try db.run(
                "INSERT INTO document_sighting (document, name, at, by) VALUES (?, ?, ?, ?)", known.rawValue,
                SafeName.file(file.name, .octets), now.milliseconds, actor)
            try audit(
                "file.upload", by: actor, account: account.rawValue, subject: "\(known.rawValue)",
                detail: "“\(SafeName.file(file.name, .octets))” was there already: \(row.place.shown)",
                at: now)
            return FiledUpload(document: known, name: row.name, isDuplicate: true)
        }
        let name = try freeName(SafeName.file(file.name, .octets), in: place, of: account)
        let id = try db.insert(
            """
            INSERT INTO document (account, folder, path, name, name_key, sha256, octets, filed, origin, filed_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, account.rawValue, place.folder.rawValue, place.path, name, name.nameKey, file.sha256.octets,
            file.octets, now.milliseconds, origin.column, actor)
        try audit(
            "file.upload", by: actor, account: account.rawValue, subject: "\(id)",
            detail: "\(name) → \(shown(folder, place.path))", at: now)
        return FiledUpload(document: DocumentID(id), name: name, isDuplicate: false)
    }

    /// The name itself, or with the number that makes it free in that folder.
    func freeName(
        _ name: String, in place: FolderPlace, of account: AccountID, besides own: DocumentID? = nil
    ) throws -> String {
        var failure: (any Error)?
        let free = SafeName.unique(name) { key in
            do { return try isTaken(key, in: place, of: account, besides: own) } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
        return free
    }

    func isTaken(
        _ nameKey: String, in place: FolderPlace, of account: AccountID, besides own: DocumentID? = nil
    ) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM document WHERE account = ? AND folder = ? AND path = ? AND name_key = ? AND id <> ?
            """, account.rawValue, place.folder.rawValue, place.path, nameKey, own?.rawValue ?? 0)
            || db.exists(
                "SELECT 1 FROM subfolder WHERE folder = ? AND path_key = ?", place.folder.rawValue,
                place.path.isEmpty ? nameKey : place.path.nameKey + "/" + nameKey)
    }

    /// A folder that this account has, and that nobody removed.
    package func folder(_ id: FolderID, of account: AccountID) throws -> Folder {
        let folder = try db.first(
            """
            SELECT name, access, is_default, is_intake FROM folder
            WHERE id = ? AND account = ? AND removed IS NULL
            """, id.rawValue, account.rawValue
        ) {
            Folder(
                id: id, name: $0.text(0), access: Access(rawValue: $0.text(1)) ?? .private,
                isDefault: $0.bool(2), isIntake: $0.bool(3))
        }
        guard let folder else { throw StoreError(.notFound, "the account has no folder \(id.rawValue)") }
        return folder
    }

    /// For the audit: `Mandantenunterlagen/2026`.
    func shown(_ folder: Folder, _ path: String) -> String {
        path.isEmpty ? folder.name : folder.name + "/" + path
    }
}

extension DocumentPath {
    /// For the audit: without the account.
    var shown: String { (folders + [name]).joined(separator: "/") }
}
