package import Mail
package import Mailroom
internal import SQLite
internal import Text

/// A document whose file is not yet where its row says.
package struct PendingMove: Sendable, Equatable {
    package let document: DocumentRow
    /// Where the file still lies.
    package let old: DocumentPath
    /// How it came to be there: a rename changes nothing of it.
    package let placed: String
    /// Taken out: it goes to the trash.
    package let isTrashed: Bool
    package let kind: Kind

    package enum Kind: String, Sendable, Equatable {
        /// The document lies at the old place.
        case moved
        /// What it was before lies there: it is kept as a content, and the file goes.
        case replaced
        /// It lies in the trash, and is placed anew.
        case restored
    }
}

extension StoreTransaction {
    /// Gives a placed document another place; its file follows: see ``pendingMoves()``.
    ///
    /// - Parameter destination: its top-level folder is one of the account's.
    package func moveDocument(_ id: DocumentID, to account: AccountID, destination: Destination) throws {
        try leaveBehind(id)
        try setDestination(id, account: account, destination: destination)
    }

    /// Takes a document out of its folder; every part that it came by waits for staff again.
    ///
    /// - Returns: how many parts.
    package func takeOut(_ id: DocumentID, now: Timestamp) throws -> Int {
        try leaveBehind(id)
        try unfile(id, now: now)
        return try db.run(
            """
            UPDATE part SET state = 'needs_filing', reason = 'suggested', place = NULL, document = NULL, unfiled = 1,
              because = 'staff took it out of its folder'
            WHERE document = ?
            """, id.rawValue)
    }

    /// Remembers where a document's file lies, once: a second move before the first is done changes nothing
    /// of that.
    func leaveBehind(_ id: DocumentID) throws {
        try tellConversations(of: id)
        guard let document = try document(id),
            let placed = try db.first(
                """
                SELECT coalesce(document.placed, document_move.placed), trashed FROM document
                LEFT JOIN document_move ON document_move.document = document.id WHERE document.id = ?
                """, id.rawValue, read: { (how: $0.optionalText(0), isTrashed: !$0.isNull(1)) })
        else { throw StoreError(.notFound, "there is no document \(id.rawValue)") }
        guard !placed.isTrashed else {
            throw StoreError(.notFound, "document \(id.rawValue) was taken out of its folder")
        }
        guard let how = placed.how else {
            throw StoreError(.conflict, "document \(id.rawValue) is only just being filed: try again")
        }
        try db.run(
            """
            INSERT OR IGNORE INTO document_move (document, directory, folders, name, placed) VALUES (?, ?, ?, ?, ?)
            """, id.rawValue, document.directory, document.place.folders.joined(separator: "/"),
            document.name, how)
    }

    /// The conversations that a document came by show where it lies.
    func tellConversations(of id: DocumentID) throws {
        let conversations = try db.rows(
            """
            SELECT DISTINCT conversation FROM part JOIN message ON message.id = part.message
            WHERE part.document = ? AND conversation IS NOT NULL
            """, id.rawValue
        ) { "conversation-\($0.integer(0))" }
        changedParts.formUnion(conversations)
    }

    /// Documents whose file has yet to follow, in the order they were first moved.
    package func pendingMoves() throws -> [PendingMove] {
        try db.rows(
            """
            SELECT document_move.document, document_move.directory, folders, document_move.name,
              document_move.placed, trashed, kind
            FROM document_move JOIN document ON document.id = document_move.document ORDER BY document_move.rowid
            """
        ) { row in
            (
                id: DocumentID(row.integer(0)),
                old: DocumentPath(
                    account: row.text(1), folders: row.text(2).split(separator: "/").map(String.init),
                    name: row.text(3)),
                placed: row.text(4), isTrashed: !row.isNull(5),
                kind: PendingMove.Kind(rawValue: row.text(6)) ?? .moved
            )
        }.compactMap { move in
            try document(move.id).map {
                PendingMove(
                    document: $0, old: move.old, placed: move.placed, isTrashed: move.isTrashed,
                    kind: move.kind)
            }
        }
    }

    /// The file is where the row says, or in the trash.
    ///
    /// - Parameter placed: how it is there; nil when it is to be placed anew from its content.
    package func endMove(_ id: DocumentID, placed: String?) throws {
        try db.run("DELETE FROM document_move WHERE document = ?", id.rawValue)
        try db.run("UPDATE document SET placed = ? WHERE id = ?", placed, id.rawValue)
    }

    /// The parts that a document came by, itself the first.
    package func sightings(of document: DocumentID) throws -> [(message: MessageNumber, section: Section)] {
        try db.rows("SELECT message, section FROM part WHERE document = ? ORDER BY id", document.rawValue) {
            (MessageNumber($0.integer(0)), Section($0.text(1)))
        }
    }
}
