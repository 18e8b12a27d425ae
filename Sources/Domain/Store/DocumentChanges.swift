package import Mail
package import Mailroom
internal import SQLite
internal import Text

/// Whether a name may be a file's or a folder's as staff typed it.
package enum NameMistake: Error, Hashable, Sendable {
    case empty
    case tooLong
    /// With a slash, or a character that some system has no file by; what it would become.
    case unfit(String)
    case taken
}

extension StoreTransaction {
    /// A name as typed, or why it can be none.
    package static func checked(_ name: String) throws(NameMistake) -> String {
        guard name.contains(where: { !$0.isWhitespace }) else { throw .empty }
        guard name.utf8.count <= SafeName.longest else { throw .tooLong }
        let safe = SafeName.directory(name)
        guard safe == name.nfc else { throw .unfit(safe) }
        return safe
    }

    /// Gives a document another name in its folder; its file follows: see ``pendingMoves()``.
    package func renameDocument(_ id: DocumentID, to typed: String, by actor: String, now: Timestamp) throws {
        let name = try Self.checked(typed)
        let row = try filedDocument(id)
        guard name != row.name else { return }
        let place = try place(of: id)
        guard try !isTaken(name.nameKey, in: place, of: row.account, besides: id) else {
            throw NameMistake.taken
        }
        try leaveBehind(id)
        try setPlace(place, name: name, of: id)
        try audit(
            "file.rename", by: actor, account: row.account.rawValue, subject: "\(id.rawValue)",
            detail: "\(row.name) → \(name)", at: now)
    }

    /// Moves a document to another folder of its account, and with it under that one's access.
    ///
    /// - Returns: the name it has there: another where its own was taken.
    @discardableResult
    package func moveDocument(
        _ id: DocumentID, to place: FolderPlace, by actor: String, now: Timestamp
    ) throws -> String {
        let row = try filedDocument(id)
        let folder = try folder(place.folder, of: row.account)
        let old = try self.place(of: id)
        guard old != place else { return row.name }
        let name = try freeName(row.name, in: place, of: row.account)
        try leaveBehind(id)
        try keepSubfolder(old)
        try setPlace(place, name: name, of: id)
        try audit(
            "file.move", by: actor, account: row.account.rawValue, subject: "\(id.rawValue)",
            detail: "\(row.name): \(row.place.folders.joined(separator: "/")) → \(shown(folder, place.path))",
            at: now)
        return name
    }

    /// How long the trash keeps what is in it. PRODUCT.md section 7.
    package static let trashDays: Int64 = 120

    /// Puts a document in the trash. What it ticked is asked for again.
    package func trashDocument(_ id: DocumentID, by actor: String, now: Timestamp) throws {
        let row = try filedDocument(id)
        try untick(id, by: actor, now: now)
        try leaveBehind(id)
        try keepSubfolder(try place(of: id))
        try unfile(id, now: now)
        try db.run("UPDATE document SET trashed_by = ? WHERE id = ?", actor, id.rawValue)
        try audit(
            "file.trash", by: actor, account: row.account.rawValue, subject: "\(id.rawValue)",
            detail: row.place.shown, at: now)
    }

    /// Takes a document back from the trash: to its folder, or where that was removed, to the default one.
    ///
    /// - Returns: the name it has there: another where its own was taken meanwhile.
    @discardableResult
    package func restoreDocument(_ id: DocumentID, by actor: String, now: Timestamp) throws -> String {
        guard
            let trashed = try db.first(
                """
                SELECT account, name, coalesce(placed, 'copy') FROM document
                WHERE id = ? AND trashed IS NOT NULL AND trashed_by IS NOT NULL AND emptied IS NULL
                """, id.rawValue,
                read: { (account: AccountID($0.integer(0)), name: $0.text(1), placed: $0.text(2)) })
        else { throw StoreError(.notFound, "document \(id.rawValue) is not in the trash") }
        var place = try place(of: id)
        if try !db.exists("SELECT 1 FROM folder WHERE id = ? AND removed IS NULL", place.folder.rawValue) {
            place = FolderPlace(try defaultFolder(of: trashed.account))
        }
        let name = try freeName(trashed.name, in: place, of: trashed.account, besides: id)
        try db.run(
            """
            INSERT OR IGNORE INTO document_move (document, directory, folders, name, placed, kind)
            VALUES (?, '', '', '', ?, 'restored')
            """, id.rawValue, trashed.placed)
        try setPlace(place, name: name, of: id)
        try db.run("UPDATE document SET trashed = NULL, trashed_by = NULL WHERE id = ?", id.rawValue)
        try audit(
            "file.restore", by: actor, account: trashed.account.rawValue, subject: "\(id.rawValue)",
            detail: shown(try folder(place.folder, of: trashed.account), place.path) + "/" + name, at: now)
        return name
    }

    /// A document in its folder; what is in the trash is not found.
    func filedDocument(_ id: DocumentID) throws -> DocumentRow {
        guard try db.exists("SELECT 1 FROM document WHERE id = ? AND trashed IS NULL", id.rawValue),
            let row = try document(id)
        else { throw StoreError(.notFound, "there is no document \(id.rawValue)") }
        return row
    }

    package func place(of id: DocumentID) throws -> FolderPlace {
        let place = try db.first("SELECT folder, path FROM document WHERE id = ?", id.rawValue) {
            FolderPlace(FolderID($0.integer(0)), path: $0.text(1))
        }
        guard let place else { throw StoreError(.notFound, "there is no document \(id.rawValue)") }
        return place
    }

    private func setPlace(_ place: FolderPlace, name: String, of id: DocumentID) throws {
        try db.run(
            "UPDATE document SET folder = ?, path = ?, name = ?, name_key = ?, placed = NULL WHERE id = ?",
            place.folder.rawValue, place.path, name, name.nameKey, id.rawValue)
    }

    func defaultFolder(of account: AccountID) throws -> FolderID {
        let folder = try db.first(
            """
            SELECT id FROM folder WHERE account = ? AND removed IS NULL ORDER BY is_default DESC, id LIMIT 1
            """, account.rawValue
        ) { FolderID($0.integer(0)) }
        guard let folder else { throw StoreError(.notFound, "the account has no folder") }
        return folder
    }
}
