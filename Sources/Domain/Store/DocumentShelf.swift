package import Mail
package import Mailroom
internal import SQLite
internal import Text

/// A document as the pages of an account and of the firm show it.
package struct ShelvedDocument: Sendable, Equatable {
    package let id: DocumentID
    package let account: AccountID
    package let accountNumber: String
    package let accountName: String
    package let place: FolderPlace
    /// The top-level folder's name.
    package let folder: String
    package let access: Access
    package let name: String
    package let octets: Int64
    package let sha256: SHA256Digest
    package let origin: DocumentOrigin
    /// Who uploaded it, or the sender of the mail it came with.
    package let who: String?
    package let message: MessageNumber?
    package let filed: Timestamp
    /// How many earlier versions there are.
    package let versions: Int
    package let trashed: Timestamp?
    package let trashedBy: String?
}

/// Which documents are asked for.
package struct ShelfQuery: Sendable, Hashable {
    package var account: AccountID?
    /// In this very folder, not below it.
    package var place: FolderPlace?
    package var isTrash = false
    package var origin: DocumentOrigin?
    package var kind: FileKind?
    /// Part of a name.
    package var text: String?
    /// Filed before that one: the next page.
    package var before: DocumentID?
    package var limit = 100
    /// Who asks; nil: without restriction.
    package var staff: StaffID?
    /// Trash that is older than this is empty.
    package var trashedSince: Timestamp?

    package init() {}
}

/// Kinds of files that staff look for, by the endings of their names.
package enum FileKind: String, Hashable, Sendable, CaseIterable {
    case pdf, picture, table, text, data, archive

    package var endings: [String] {
        switch self {
        case .pdf: ["pdf"]
        case .picture: ["jpg", "jpeg", "png", "heic", "heif", "tif", "tiff", "webp", "gif"]
        case .table: ["xlsx", "xls", "ods", "csv", "xlsm"]
        case .text: ["docx", "doc", "odt", "txt", "rtf", "md"]
        case .data: ["xml", "sta", "mt940", "json"]
        case .archive: ["zip", "7z", "eml", "msg"]
        }
    }
}

extension StoreTransaction {
    private static let shelfColumns = """
        document.id, document.account, account.number, account.name, document.folder, document.path, folder.name,
        folder.access, document.name, document.octets, document.sha256,
        \(DocumentOrigin.columns(of: "document")),
        coalesce(CASE document.origin WHEN 'staff' THEN \(name(ofActor: "filed_by")) ELSE filed_by END,
          message.from_name, message.from_address), document.message, document.filed,
        (SELECT count(*) FROM document_version WHERE document_version.document = document.id), trashed,
        \(name(ofActor: "trashed_by"))
        """

    private static func shelved(_ row: Row) -> ShelvedDocument? {
        SHA256Digest(octets: row.blob(10)).map { sha256 in
            ShelvedDocument(
                id: DocumentID(row.integer(0)), account: AccountID(row.integer(1)),
                accountNumber: row.text(2),
                accountName: row.text(3), place: FolderPlace(FolderID(row.integer(4)), path: row.text(5)),
                folder: row.text(6), access: Access(rawValue: row.text(7)) ?? .private, name: row.text(8),
                octets: row.integer(9), sha256: sha256,
                origin: DocumentOrigin(rawValue: row.text(11)) ?? .mail, who: row.optionalText(12),
                message: row.optionalInteger(13).map { MessageNumber($0) },
                filed: Timestamp(milliseconds: row.integer(14)), versions: row.int(15),
                trashed: row.optionalInteger(16).map { Timestamp(milliseconds: $0) },
                trashedBy: row.optionalText(17))
        }
    }

    private static let hidden =
        "(?1 IS NULL OR document.account NOT IN (SELECT account FROM hidden_account WHERE staff = ?1))"

    /// The documents of a folder by name; of the trash and of the firm the newest first.
    package func shelf(_ query: ShelfQuery) throws -> [ShelvedDocument] {
        // What is asked for by itself is looked up in an index; by "or anything" it never is.
        var conditions = [
            Self.hidden, query.account == nil ? "?2 IS NULL" : "document.account = ?2",
            query.place == nil ? "?3 IS NULL AND ?4 IS NULL" : "document.folder = ?3 AND document.path = ?4",
            "(?5 IS NULL OR \(DocumentOrigin.columns(of: "document")) = ?5)",
            #"(?6 IS NULL OR document.name_key LIKE '%' || ?6 || '%' ESCAPE '\')"#,
            "(?7 IS NULL OR (document.filed, document.id) < (SELECT filed, id FROM document WHERE id = ?7))",
        ]
        conditions.append(
            query.isTrash
                ? "trashed IS NOT NULL AND trashed_by IS NOT NULL AND emptied IS NULL AND trashed >= ?8"
                : "trashed IS NULL AND ?8 = ?8")
        if let kind = query.kind {
            conditions.append(
                "(" + kind.endings.map { "document.name LIKE '%.\($0)'" }.joined(separator: " OR ") + ")")
        }
        let order =
            query.isTrash
            ? "trashed DESC, document.id DESC"
            : query.place == nil ? "document.filed DESC, document.id DESC" : "document.name_key, document.id"
        return try db.rows(
            """
            SELECT \(Self.shelfColumns) FROM document JOIN account ON account.id = document.account
            JOIN folder ON folder.id = document.folder LEFT JOIN message ON message.id = document.message
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(order) LIMIT ?9
            """, query.staff?.rawValue, query.account?.rawValue, query.place?.folder.rawValue,
            query.place?.path,
            query.origin?.rawValue, query.text.map(Self.pattern), query.before?.rawValue,
            query.trashedSince?.milliseconds ?? 0, query.limit, read: Self.shelved
        ).compactMap { $0 }
    }

    /// A document in its folder or in the trash; nil for one that this person may not see.
    package func shelved(_ id: DocumentID, for staff: StaffID?) throws -> ShelvedDocument? {
        try db.first(
            """
            SELECT \(Self.shelfColumns) FROM document JOIN account ON account.id = document.account
            JOIN folder ON folder.id = document.folder LEFT JOIN message ON message.id = document.message
            WHERE \(Self.hidden) AND document.id = ?2 AND (trashed IS NULL OR trashed_by IS NOT NULL AND emptied IS NULL)
            """, staff?.rawValue, id.rawValue, read: Self.shelved) ?? nil
    }

    /// A folder and all below it, each with its name within the archive: for download.
    package func shelf(below place: FolderPlace, of account: AccountID) throws -> [ShelvedDocument] {
        try db.rows(
            """
            SELECT \(Self.shelfColumns) FROM document JOIN account ON account.id = document.account
            JOIN folder ON folder.id = document.folder LEFT JOIN message ON message.id = document.message
            WHERE document.folder = ?1 AND document.account = ?2 AND trashed IS NULL
              AND (?3 = '' OR document.path = ?3 OR substr(document.path, 1, length(?3) + 1) = ?3 || '/')
            ORDER BY document.path, document.name_key, document.id
            """, place.folder.rawValue, account.rawValue, place.path, read: Self.shelved
        ).compactMap { $0 }
    }

    /// How many documents an account's trash shows.
    package func trashCount(of account: AccountID, now: Timestamp) throws -> Int {
        try db.first(
            """
            SELECT count(*) FROM document
            WHERE account = ? AND trashed IS NOT NULL AND trashed_by IS NOT NULL AND emptied IS NULL AND trashed >= ?
            """, account.rawValue, Self.trashStart(now).milliseconds
        ) { $0.int(0) } ?? 0
    }

    /// What was put in the trash before is no longer shown, and goes.
    package static func trashStart(_ now: Timestamp) -> Timestamp {
        Timestamp(milliseconds: now.milliseconds - trashDays * 86_400_000)
    }

    private static func pattern(_ text: String) -> String {
        var escaped = ""
        for character in text.nameKey {
            if character == "%" || character == "_" || character == "\\" { escaped += "\\" }
            escaped.append(character)
        }
        return escaped
    }
}
