package import Mail
package import Mailroom
internal import SQLite

extension StoreTransaction {
    private static let draftColumns = """
        id, staff, kind, message, account, mailbox, recipients, cc, subject, text, opened, changed, letter
        FROM draft
        """

    /// A draft of that person's; nobody sees another's.
    package func draft(_ id: DraftID, of staff: StaffID) throws -> Draft? {
        try db.first(
            "SELECT \(Self.draftColumns) WHERE id = ? AND staff = ?", id.rawValue, staff.rawValue,
            read: Self.draft
        ).flatMap { $0 }.map { try filled($0) }
    }

    /// What that person has begun to write about a message, and not sent.
    package func draft(_ kind: LetterOrder.Kind, of staff: StaffID) throws -> Draft? {
        guard let message = kind.message else { return nil }
        return try db.first(
            """
            SELECT \(Self.draftColumns) WHERE staff = ? AND message = ? AND kind = ? AND letter IS NULL
            ORDER BY changed DESC LIMIT 1
            """, staff.rawValue, message.rawValue, kind.name, read: Self.draft
        ).flatMap { $0 }.map { try filled($0) }
    }

    /// What that person has begun and not sent, the newest first.
    package func drafts(of staff: StaffID, limit: Int = 50) throws -> [Draft] {
        try db.rows(
            """
            SELECT \(Self.draftColumns) WHERE staff = ? AND letter IS NULL ORDER BY changed DESC LIMIT ?
            """, staff.rawValue, limit, read: Self.draft
        ).compactMap { $0 }.map { try filled($0) }
    }

    private static func draft(_ row: Row) -> DraftRow? {
        LetterOrder.Kind(
            name: row.text(2), message: row.optionalInteger(3).map { MessageNumber($0) }
        ).map { kind in
            DraftRow(
                id: DraftID(row.integer(0)), staff: StaffID(row.integer(1)), kind: kind,
                account: row.optionalInteger(4).map { AccountID($0) },
                typed: DraftText(
                    mailbox: row.optionalText(5), to: row.text(6), cc: row.text(7), subject: row.text(8),
                    text: row.text(9)),
                opened: Timestamp(milliseconds: row.integer(10)),
                changed: Timestamp(milliseconds: row.integer(11)),
                letter: row.optionalInteger(12).map { LetterID($0) })
        }
    }

    private struct DraftRow {
        let id: DraftID
        let staff: StaffID
        let kind: LetterOrder.Kind
        let account: AccountID?
        let typed: DraftText
        let opened: Timestamp
        let changed: Timestamp
        let letter: LetterID?
    }

    private func filled(_ row: DraftRow) throws -> Draft {
        let files = try db.rows(
            """
            SELECT id, document, name, media_type, octets, sha256 FROM draft_file WHERE draft = ? ORDER BY id
            """, row.id.rawValue
        ) { file in
            SHA256Digest(octets: file.blob(5)).map { sha256 in
                DraftFile(
                    id: file.integer(0), document: file.optionalInteger(1).map { DocumentID($0) },
                    file: KeptFile(
                        name: file.text(2), mediaType: MediaType(file.text(3)) ?? .octets,
                        octets: file.integer(4), sha256: sha256))
            }
        }.compactMap { $0 }
        return Draft(
            id: row.id, staff: row.staff, kind: row.kind, account: row.account, typed: row.typed,
            opened: row.opened, changed: row.changed, letter: row.letter, files: files)
    }

    // MARK: - Writing

    /// Keeps what was typed so far; nobody's deed yet, so it stands in no audit.
    ///
    /// - Parameter opened: when the sheet was opened; an older draft keeps its own.
    package func saveDraft(
        _ kind: LetterOrder.Kind, _ typed: DraftText, account: AccountID?, id: DraftID?,
        opened: Timestamp, by staff: StaffID, now: Timestamp
    ) throws -> DraftID {
        if let known = try id.flatMap({ try draft($0, of: staff) }) ?? draft(kind, of: staff) {
            guard known.letter == nil else { throw StoreError(.conflict, "that letter was sent already") }
            try db.run(
                """
                UPDATE draft SET mailbox = ?, recipients = ?, cc = ?, subject = ?, text = ?, opened = ?, changed = ?
                WHERE id = ?
                """, typed.mailbox, typed.to, typed.cc, typed.subject, typed.text,
                max(known.opened, opened).milliseconds, now.milliseconds, known.id.rawValue)
            return known.id
        }
        return DraftID(
            try db.insert(
                """
                INSERT INTO draft (staff, kind, message, account, mailbox, recipients, cc, subject, text, opened, changed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, staff.rawValue, kind.name, kind.message?.rawValue, account?.rawValue, typed.mailbox,
                typed.to, typed.cc, typed.subject, typed.text, opened.milliseconds, now.milliseconds))
    }

    /// Takes an upload along; its octets are durable in `content/`.
    package func addFile(_ file: KeptFile, to id: DraftID, by staff: StaffID) throws {
        try addContent(file.sha256, octets: file.octets)
        try insertFile(file, nil, to: try openDraft(id, staff))
    }

    /// Takes a filed document along; whether its letter may have it is decided when that is sent.
    package func addDocument(_ document: DocumentID, to id: DraftID, by staff: StaffID) throws {
        let draft = try openDraft(id, staff)
        guard let listing = try documentListing(document), !listing.isTrashed else {
            throw StoreError(.notFound, "there is no document \(document.rawValue)")
        }
        guard !draft.files.contains(where: { $0.document == document }) else { return }
        try insertFile(
            KeptFile(
                name: listing.name, mediaType: .octets, octets: listing.octets, sha256: listing.sha256),
            document, to: draft)
    }

    private func insertFile(_ file: KeptFile, _ document: DocumentID?, to draft: Draft) throws {
        try db.run(
            """
            INSERT INTO draft_file (draft, document, name, media_type, octets, sha256) VALUES (?, ?, ?, ?, ?, ?)
            """, draft.id.rawValue, document?.rawValue, file.name, file.mediaType.description, file.octets,
            file.sha256.octets)
    }

    package func removeFile(_ file: Int64, from id: DraftID, by staff: StaffID) throws {
        let draft = try openDraft(id, staff)
        try db.run("DELETE FROM draft_file WHERE id = ? AND draft = ?", file, draft.id.rawValue)
    }

    package func discardDraft(_ id: DraftID, by staff: StaffID) throws {
        let draft = try openDraft(id, staff)
        try db.run("DELETE FROM draft WHERE id = ?", draft.id.rawValue)
    }

    private func openDraft(_ id: DraftID, _ staff: StaffID) throws -> Draft {
        guard let draft = try draft(id, of: staff) else {
            throw StoreError(.notFound, "there is no draft \(id)")
        }
        guard draft.letter == nil else { throw StoreError(.conflict, "that letter was sent already") }
        return draft
    }
}
