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
}

extension StoreTransaction {
    /// Documents in their folders, the trash apart, by account, folder and name.
    package func documents(account: AccountID? = nil, limit: Int) throws -> [DocumentListing] {
        try db.rows(
            """
            SELECT document.id, document.account, account.number, folder.name, document.path, folder.access,
              document.name, document.octets, document.sha256, document.message, document.section, document.filed,
              (SELECT count(*) FROM part WHERE part.document = document.id),
              (SELECT outer.name FROM part JOIN part AS outer
                 ON outer.message = part.message AND outer.section = part.unwrapped_from
               WHERE part.message = document.message AND part.section = document.section)
            FROM document JOIN account ON account.id = document.account JOIN folder ON folder.id = document.folder
            WHERE trashed IS NULL AND (?1 IS NULL OR document.account = ?1)
            ORDER BY account.number, folder.id, document.path, document.name LIMIT ?2
            """, account?.rawValue, limit
        ) { row in
            SHA256Digest(octets: row.blob(8)).map { sha256 in
                DocumentListing(
                    id: DocumentID(row.integer(0)), account: AccountID(row.integer(1)),
                    accountNumber: row.text(2),
                    folder: row.text(4).isEmpty ? row.text(3) : row.text(3) + "/" + row.text(4),
                    access: Access(rawValue: row.text(5)) ?? .private, name: row.text(6),
                    octets: row.integer(7),
                    sha256: sha256, message: row.optionalInteger(9).map { MessageNumber($0) },
                    section: row.optionalText(10).map { Section($0) }, container: row.optionalText(13),
                    filed: Timestamp(milliseconds: row.integer(11)), sightings: max(1, row.int(12)))
            }
        }.compactMap { $0 }
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
}
