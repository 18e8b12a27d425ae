package import Mail
package import Mailroom
internal import SQLite

/// A document as lists show it.
package struct DocumentListing: Sendable, Equatable {
    package let id: DocumentID
    package let account: AccountID
    package let accountNumber: String
    /// With what is below the top level: `Mandantenunterlagen/2026`.
    package let folder: String
    package let access: Access
    package let name: String
    package let octets: Int64
    package let sha256: SHA256Digest
    package let message: MessageNumber?
    package let section: Section?
    /// The name of the container it came out of.
    package let container: String?
    package let filed: Timestamp
    /// How often the same content came to this account.
    package let sightings: Int
    package let isTrashed: Bool
    package let origin: DocumentOrigin
}

extension StoreTransaction {
    private static let listingColumns = """
        document.id, document.account, account.number, folder.name, document.path, folder.access,
        document.name, document.octets, document.sha256, document.message, document.section, document.filed,
        (SELECT count(*) FROM part WHERE part.document = document.id)
          + (SELECT count(*) FROM document_sighting WHERE document_sighting.document = document.id)
          + (origin <> 'mail'),
        (SELECT outer.name FROM part JOIN part AS outer
           ON outer.message = part.message AND outer.section = part.unwrapped_from
         WHERE part.message = document.message AND part.section = document.section), trashed,
        \(DocumentOrigin.columns(of: "document"))
        FROM document JOIN account ON account.id = document.account JOIN folder ON folder.id = document.folder
        """

    private static func listing(_ row: Row) -> DocumentListing? {
        SHA256Digest(octets: row.blob(8)).map { sha256 in
            DocumentListing(
                id: DocumentID(row.integer(0)), account: AccountID(row.integer(1)),
                accountNumber: row.text(2),
                folder: row.text(4).isEmpty ? row.text(3) : row.text(3) + "/" + row.text(4),
                access: Access(rawValue: row.text(5)) ?? .private, name: row.text(6),
                octets: row.integer(7),
                sha256: sha256, message: row.optionalInteger(9).map { MessageNumber($0) },
                section: row.optionalText(10).map { Section($0) }, container: row.optionalText(13),
                filed: Timestamp(milliseconds: row.integer(11)), sightings: max(1, row.int(12)),
                isTrashed: !row.isNull(14), origin: DocumentOrigin(rawValue: row.text(15)) ?? .mail)
        }
    }

    /// Documents in their folders, the trash apart, by account, folder and name.
    package func documents(account: AccountID? = nil, limit: Int) throws -> [DocumentListing] {
        try db.rows(
            """
            SELECT \(Self.listingColumns) WHERE trashed IS NULL AND (?1 IS NULL OR document.account = ?1)
            ORDER BY account.number, folder.id, document.path, document.name LIMIT ?2
            """, account?.rawValue, limit, read: Self.listing
        ).compactMap { $0 }
    }

    package func documentListing(_ id: DocumentID) throws -> DocumentListing? {
        try db.first(
            "SELECT \(Self.listingColumns) WHERE document.id = ?", id.rawValue, read: Self.listing) ?? nil
    }

    /// Parts of a state by reason, most first.
    package func reasonCounts(state: LedgerState) throws -> [(reason: String, count: Int)] {
        try db.rows(
            """
            SELECT coalesce(reason, ''), count(*) FROM part WHERE state = ?
            GROUP BY reason ORDER BY count(*) DESC, reason
            """, state.rawValue
        ) { ($0.text(0), $0.int(1)) }
    }

    /// Messages by mailbox, as the server has them.
    package func mailboxCounts() throws -> [(name: String, count: Int)] {
        try db.rows(
            """
            SELECT mailbox.name, count(*) FROM placement JOIN mailbox ON mailbox.id = placement.mailbox
            WHERE gone IS NULL AND superseded IS NULL GROUP BY mailbox.id ORDER BY mailbox.name
            """
        ) { ($0.text(0), $0.int(1)) }
    }

    /// The messages recorded last, the newest first.
    package func newestMessages(limit: Int) throws -> [MessageNumber] {
        try db.rows("SELECT id FROM message ORDER BY id DESC LIMIT ?", limit) { MessageNumber($0.integer(0)) }
    }

    /// Documents in Intake whose sender nobody had confirmed, of a sender or of one message.
    ///
    /// Those with macros stay there.
    package func unconfirmedDocuments(
        from key: String?, message: MessageNumber? = nil
    ) throws -> [(document: DocumentID, message: MessageNumber, section: Section)] {
        try db.rows(
            """
            SELECT document.id, document.message, document.section FROM document
            JOIN folder ON folder.id = document.folder
            JOIN message ON message.id = document.message
            JOIN part ON part.message = document.message AND part.section = document.section
            WHERE is_intake = 1 AND trashed IS NULL AND verdict = 'open' AND into_intake = 0
              AND (?1 IS NULL OR (from_key = ?1 AND document.origin <> 'upload')) AND (?2 IS NULL OR message.id = ?2)
              AND part.state = 'filed' AND part.document = document.id AND part.reason IS NULL
            ORDER BY document.id
            """, key, message?.rawValue
        ) { (DocumentID($0.integer(0)), MessageNumber($0.integer(1)), Section($0.text(2))) }
    }
}
