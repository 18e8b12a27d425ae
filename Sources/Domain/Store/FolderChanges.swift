package import Mail
package import Mailroom
internal import SQLite
internal import Text

extension StoreTransaction {
    /// Makes a top-level folder. A guest's are private.
    package func makeFolder(
        _ typed: String, access: Access, of account: AccountID, by actor: String, now: Timestamp
    ) throws -> FolderID {
        let name = try Self.checked(typed)
        guard try folder(named: name, of: account) == nil else { throw NameMistake.taken }
        try checkAccess(access, of: account)
        let id = try addFolder(NewFolder(name: name, access: access), to: account)
        try audit(
            "folder.add", by: actor, account: account.rawValue, subject: name, detail: access.rawValue,
            at: now)
        return id
    }

    /// Makes a folder below another; it has the top-level folder's access.
    package func makeSubfolder(
        _ typed: String, below place: FolderPlace, of account: AccountID, by actor: String, now: Timestamp
    ) throws -> FolderPlace {
        let name = try Self.checked(typed)
        let folder = try folder(place.folder, of: account)
        guard try !isTaken(name.nameKey, in: place, of: account),
            try !hasSubfolder(named: name.nameKey, in: place)
        else { throw NameMistake.taken }
        let made = FolderPlace(place.folder, path: place.path.isEmpty ? name : place.path + "/" + name)
        try keepSubfolder(made)
        try audit(
            "folder.add", by: actor, account: account.rawValue, subject: shown(folder, made.path), at: now)
        return made
    }

    /// Renames a folder of either kind; the files of its documents follow.
    package func renameFolder(
        _ place: FolderPlace, to typed: String, of account: AccountID, by actor: String, now: Timestamp
    ) throws -> FolderPlace {
        let name = try Self.checked(typed)
        let folder = try folder(place.folder, of: account)
        var renamed = place
        if place.path.isEmpty {
            guard name != folder.name else { return place }
            if let other = try self.folder(named: name, of: account), other != place.folder {
                throw NameMistake.taken
            }
            try leaveAllBehind(place)
            changedDirectory = true
            try db.run("UPDATE folder SET name = ? WHERE id = ?", name, place.folder.rawValue)
            try db.run(
                "UPDATE document SET placed = NULL WHERE folder = ? AND trashed IS NULL",
                place.folder.rawValue)
        } else {
            let parent = FolderPlace(
                place.folder, path: place.path.split(separator: "/").dropLast().joined(separator: "/"))
            renamed = FolderPlace(place.folder, path: parent.path.isEmpty ? name : parent.path + "/" + name)
            guard renamed != place else { return place }
            if renamed.path.nameKey != place.path.nameKey {
                guard try !isTaken(name.nameKey, in: parent, of: account),
                    try !hasSubfolder(named: name.nameKey, in: parent)
                else { throw NameMistake.taken }
            }
            try leaveAllBehind(place)
            try renamePaths(place, to: renamed)
        }
        try audit(
            "folder.rename", by: actor, account: account.rawValue, subject: shown(folder, place.path),
            detail: "→ \(name)", at: now)
        return renamed
    }

    private func renamePaths(_ old: FolderPlace, to new: FolderPlace) throws {
        try db.run(
            """
            UPDATE document SET path = ?3 || substr(path, length(?2) + 1),
              placed = CASE WHEN trashed IS NULL THEN NULL ELSE placed END
            WHERE folder = ?1 AND (path = ?2 OR substr(path, 1, length(?2) + 1) = ?2 || '/')
            """, old.folder.rawValue, old.path, new.path)
        try db.run(
            """
            UPDATE request SET path = ?3 || substr(path, length(?2) + 1)
            WHERE folder = ?1 AND (path = ?2 OR substr(path, 1, length(?2) + 1) = ?2 || '/')
            """, old.folder.rawValue, old.path, new.path)
        // What is still coming goes where its folder went.
        try db.run(
            """
            UPDATE unfinished_upload SET path = ?3 || substr(path, length(?2) + 1)
            WHERE folder = ?1 AND (path = ?2 OR substr(path, 1, length(?2) + 1) = ?2 || '/')
            """, old.folder.rawValue, old.path, new.path)
        let kept = try subfolders(below: old)
        for path in kept { try dropSubfolder(FolderPlace(old.folder, path: path)) }
        for path in kept {
            try keepSubfolder(
                FolderPlace(
                    new.folder,
                    path: ([new.path] + path.split(separator: "/").dropFirst(old.depth).map(String.init))
                        .joined(
                            separator: "/")))
        }
        try keepSubfolder(new)
    }

    /// Removes a folder; its documents go to the trash. Not the default one, not Intake.
    ///
    /// - Returns: how many documents.
    package func removeFolder(
        _ place: FolderPlace, of account: AccountID, by actor: String, now: Timestamp
    ) throws -> Int {
        let folder = try folder(place.folder, of: account)
        if place.path.isEmpty {
            guard !folder.isDefault else { throw StoreError(.invalid, "the default folder stays") }
            guard !folder.isIntake else { throw StoreError(.invalid, "Intake stays") }
        }
        guard try !isAskedFor(place) else {
            throw StoreError(.conflict, "an open request asks for documents into this folder")
        }
        let documents = try documents(below: place)
        for id in documents { try trashDocument(id, by: actor, now: now) }
        for path in try subfolders(below: place) { try dropSubfolder(FolderPlace(place.folder, path: path)) }
        if place.path.isEmpty {
            changedDirectory = true
            try db.run(
                "UPDATE folder SET removed = ?1, name = name || char(0) || id WHERE id = ?2",
                now.milliseconds,
                place.folder.rawValue)
        }
        try audit(
            "folder.remove", by: actor, account: account.rawValue, subject: shown(folder, place.path),
            detail: "\(documents.count) documents to the trash", at: now)
        return documents.count
    }

    private func isAskedFor(_ place: FolderPlace) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM request WHERE folder = ?1 AND state IN ('draft', 'open')
              AND (?2 = '' OR path = ?2 OR substr(path, 1, length(?2) + 1) = ?2 || '/')
            """, place.folder.rawValue, place.path)
    }

    // MARK: - What is below

    /// Documents in a folder and all below it, the trash apart.
    package func documents(below place: FolderPlace) throws -> [DocumentID] {
        try db.rows(
            """
            SELECT id FROM document WHERE folder = ?1 AND trashed IS NULL
              AND (?2 = '' OR path = ?2 OR substr(path, 1, length(?2) + 1) = ?2 || '/') ORDER BY id
            """, place.folder.rawValue, place.path
        ) { DocumentID($0.integer(0)) }
    }

    /// Paths that staff made, or emptied: the place's own too.
    func subfolders(below place: FolderPlace) throws -> [String] {
        try db.rows(
            """
            SELECT path FROM subfolder WHERE folder = ?1
              AND (?2 = '' OR path = ?2 OR substr(path, 1, length(?2) + 1) = ?2 || '/') ORDER BY path
            """, place.folder.rawValue, place.path
        ) { $0.text(0) }
    }

    private func hasSubfolder(named key: String, in place: FolderPlace) throws -> Bool {
        let paths = try db.rows(
            """
            SELECT DISTINCT path FROM document WHERE folder = ?1 AND trashed IS NULL
              AND (?2 = '' OR substr(path, 1, length(?2) + 1) = ?2 || '/')
            """, place.folder.rawValue, place.path
        ) { $0.text(0) }
        return paths.contains { path in
            path.split(separator: "/").dropFirst(place.depth).first.map { String($0).nameKey == key } ?? false
        }
    }

    /// Has a folder below the top level stay where its last document leaves it.
    func keepSubfolder(_ place: FolderPlace) throws {
        guard !place.path.isEmpty else { return }
        try db.run(
            "INSERT OR IGNORE INTO subfolder (folder, path, path_key) VALUES (?, ?, ?)",
            place.folder.rawValue,
            place.path, place.path.nameKey)
    }

    private func dropSubfolder(_ place: FolderPlace) throws {
        try db.run(
            "DELETE FROM subfolder WHERE folder = ? AND path_key = ?", place.folder.rawValue,
            place.path.nameKey)
    }

    /// Remembers where all the files of a folder lie: see ``pendingMoves()``.
    private func leaveAllBehind(_ place: FolderPlace) throws {
        for id in try documents(below: place) { try leaveBehind(id) }
    }
}

extension FolderPlace {
    /// How many levels below the top-level folder.
    package var depth: Int { path.split(separator: "/").count }
}
