package import Mail
package import Mailroom
internal import SQLite

/// A file in an account's directory that has the octets of another account's document.
package struct StrayFile: Sendable, Hashable {
    package let id: Int64
    package let account: AccountID
    package let found: StrayFind
    package let since: Timestamp
    /// Staff are not to be asked before.
    package let later: Timestamp?
    /// Somebody said that it belongs where it lies.
    package let isAllowed: Bool
}

/// What was found of it.
package struct StrayFind: Sendable, Hashable {
    package let place: DiskPlace
    package let mark: FileMark
    package let sha256: SHA256Digest
    /// Whose octets it has.
    package let document: DocumentID
    /// Whether that one's own file was gone.
    package let isMoved: Bool

    package init(
        place: DiskPlace, mark: FileMark, sha256: SHA256Digest, document: DocumentID, isMoved: Bool
    ) {
        self.place = place
        self.mark = mark
        self.sha256 = sha256
        self.document = document
        self.isMoved = isMoved
    }
}

extension StoreTransaction {
    /// Files that staff have been asked about, or have allowed, by their places.
    package func strayFiles(of account: AccountID? = nil) throws -> [StrayFile] {
        try db.rows(
            """
            SELECT id, account, path, inode, octets, modified, sha256, document, is_moved, since, later, allowed
            FROM stray_file WHERE ?1 IS NULL OR account = ?1 ORDER BY account, path
            """, account?.rawValue
        ) { row in
            let components = row.text(2).split(separator: "/").map(String.init)
            return SHA256Digest(octets: row.blob(6)).map { digest in
                StrayFile(
                    id: row.integer(0), account: AccountID(row.integer(1)),
                    found: StrayFind(
                        place: DiskPlace(components.dropLast(), components.last ?? ""),
                        mark: FileMark(
                            inode: UInt64(bitPattern: row.integer(3)), octets: row.integer(4),
                            modified: row.integer(5)),
                        sha256: digest, document: DocumentID(row.integer(7)), isMoved: row.int(8) == 1),
                    since: Timestamp(milliseconds: row.integer(9)),
                    later: row.optionalInteger(10).map { Timestamp(milliseconds: $0) },
                    isAllowed: row.int(11) == 1)
            }
        }.compactMap { $0 }
    }

    /// Other accounts' documents that have or had these octets; none where the account has or had them itself.
    package func otherOwners(
        of sha256: SHA256Digest, besides account: AccountID, limit: Int = 50
    ) throws -> [DocumentRow] {
        let owners = """
            SELECT id, account FROM document WHERE sha256 = ?1 AND emptied IS NULL
            UNION SELECT document.id, account FROM document_version JOIN document ON document.id = document
            WHERE document_version.sha256 = ?1 AND emptied IS NULL
            """
        let own = try db.exists(
            "SELECT 1 FROM (\(owners)) WHERE account = ?2", sha256.octets, account.rawValue)
        guard !own else { return [] }
        return try db.rows(
            "SELECT id FROM (\(owners)) ORDER BY id LIMIT ?2", sha256.octets, limit
        ) { DocumentID($0.integer(0)) }.compactMap { try document($0) }
    }

    /// Who sees what lies in a directory: nobody but staff where it is to be a new folder.
    package func access(of components: [String], in account: AccountID) throws -> Access {
        guard let top = components.first, let id = try folder(named: top, of: account) else {
            return .private
        }
        let access = try db.first("SELECT access FROM folder WHERE id = ?", id.rawValue) { $0.text(0) }
        return access.flatMap(Access.init(rawValue:)) ?? .private
    }

    /// Replaces what is known of an account's stray files, or does nothing where all is known.
    ///
    /// Staff are told of new ones once for each look, and again when it is time.
    package func reportStrays(_ found: [StrayFind], of account: AccountID, now: Timestamp) throws {
        let old = try strayFiles(of: account)
        let known = Dictionary(old.map { ($0.found.place, $0) }) { first, _ in first }
        let places = Set(found.map(\.place))
        for file in old where !places.contains(file.found.place) {
            try db.run("DELETE FROM stray_file WHERE id = ?", file.id)
            changedParts.insert("disk")
        }
        var isDue = false
        for file in found {
            let before = known[file.place]
            if let before, before.found == file {
                guard let later = before.later, later <= now else { continue }
                try db.run("UPDATE stray_file SET later = NULL WHERE id = ?", before.id)
                isDue = true
                continue
            }
            isDue = isDue || before == nil
            try db.run(
                """
                INSERT INTO stray_file (account, path, document, is_moved, sha256, inode, octets, modified, since)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                ON CONFLICT (account, path) DO UPDATE SET document = ?3, is_moved = ?4, sha256 = ?5, inode = ?6,
                  octets = ?7, modified = ?8, since = ?9, later = NULL, allowed = 0
                """, account.rawValue, "\(file.place)", file.document.rawValue, file.isMoved,
                file.sha256.octets, Int64(bitPattern: file.mark.inode), file.mark.octets,
                file.mark.modified, now.milliseconds)
            try audit(
                "disk.stray", by: "mailroom", account: account.rawValue, subject: "\(file.place)",
                detail: "it has the octets of document \(file.document.rawValue) of another account; "
                    + "nothing was done", at: now)
            changedParts.insert("disk")
        }
        guard isDue, let first = found.first else { return }
        changedParts.insert("disk")
        let more = found.count > 1 ? " + \(found.count - 1)" : ""
        try addEvent("disk.stray", account: account, words: "\(first.place)\(more)", at: now)
    }

    /// Whether just these are known, and staff have no more to be told of them now.
    package func areStraysKnown(_ found: [StrayFind], of account: AccountID, now: Timestamp) throws -> Bool {
        let old = try strayFiles(of: account)
        return Set(old.map(\.found)) == Set(found)
            && !old.contains { file in file.later.map { $0 <= now } ?? false }
    }

    /// Somebody says that a file belongs where it lies.
    package func allowStray(_ file: StrayFile, by actor: String, now: Timestamp) throws {
        try db.run("UPDATE stray_file SET allowed = 1 WHERE id = ?", file.id)
        try audit(
            "disk.adopt", by: actor, account: file.account.rawValue, subject: "\(file.found.place)",
            detail: "it belongs here, though it has the octets of document \(file.found.document.rawValue)",
            at: now)
        changedParts.insert("disk")
    }

    /// Somebody says that a file lies there by mistake: whose it is has its document back.
    ///
    /// - Parameter isThere: whether that one's own file is at its place.
    package func returnStray(
        _ file: StrayFile, isThere: Bool, by actor: String, now: Timestamp
    ) throws {
        let document = file.found.document
        if try db.exists(
            "SELECT 1 FROM document WHERE id = ? AND trashed IS NOT NULL AND trashed_by = ?",
            document.rawValue, Self.fileSystem)
        {
            try restoreDocument(document, by: actor, now: now)
        } else if !isThere {
            try placeAnew([document])
        }
        let here = try diskAccount(file.account, isEditable: true)?.documents.first {
            $0.place == file.found.place
        }
        // What a document was written over with goes; its own octets come back.
        if let here { try placeAnew([here.document]) }
        try audit(
            "disk.return", by: actor, account: file.account.rawValue, subject: "\(file.found.place)",
            detail: "it is document \(document.rawValue) of another account", at: now)
        changedParts.insert("disk")
    }
}
