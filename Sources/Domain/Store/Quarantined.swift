package import Mail
internal import SQLite

/// A placement whose message could not be read: set aside, and retried by command.
package struct QuarantinedPlacement: Sendable, Equatable {
    package let source: String
    package let mailbox: String
    package let uidValidity: Int
    package let uid: UID
    /// Why, in our words or the server's.
    package let reason: String
    /// Of the original, where its octets could be had at all.
    package let sha256: SHA256Digest?
    package let firstWanted: Timestamp
    package let isGone: Bool
}

/// A message that only its original can be read from: the server has it no more.
package struct KeptUnread: Sendable, Equatable {
    package let mailbox: MailboxRecord
    package let uid: UID
    package let attempts: Int
    package let flags: [Flag]
    package let internalDate: Timestamp?
    package let digest: SHA256Digest
    package let place: OriginalPlace
}

extension StoreTransaction {
    /// All of them, by source and mailbox.
    package func quarantined(limit: Int) throws -> [QuarantinedPlacement] {
        try db.rows(
            """
            SELECT source.name, mailbox.name, uid_validity, uid, reason, sha256, first_wanted, gone
            FROM placement INDEXED BY placement_quarantined
            JOIN mailbox ON mailbox.id = placement.mailbox JOIN source ON source.id = mailbox.source
            LEFT JOIN original ON original.id = placement.original
            WHERE state = 'quarantined' ORDER BY source.name, mailbox.name, uid_validity, uid LIMIT ?
            """, limit
        ) { row in
            UID(UInt32(row.int(3))).map {
                QuarantinedPlacement(
                    source: row.text(0), mailbox: row.text(1), uidValidity: row.int(2), uid: $0,
                    reason: row.optionalText(4) ?? "unreadable",
                    sha256: row.optionalBlob(5).flatMap { SHA256Digest(octets: $0) },
                    firstWanted: Timestamp(milliseconds: row.integer(6)), isGone: !row.isNull(7))
            }
        }.compactMap { $0 }
    }

    /// Has what was set aside in a source read once more, as if it were new; returns how many.
    ///
    /// What is gone from the server is read from its original: see ``keptUnread(source:)``. Where there is none
    /// it stays set aside.
    package func retryQuarantined(source: Int64) throws -> Int {
        try db.run(
            """
            UPDATE placement SET state = 'wanted', attempts = 0, tries = 0, next_try = NULL, reason = NULL
            WHERE state = 'quarantined' AND (gone IS NULL OR original IS NOT NULL)
              AND mailbox IN (SELECT id FROM mailbox WHERE source = ?)
            """, source)
    }

    /// What is wanted of a source, is gone from the server, and has its original.
    package func keptUnread(source: Int64) throws -> [KeptUnread] {
        try db.rows(
            """
            SELECT \(Self.mailboxColumns), uid, attempts, flags, internal_date, sha256, segment, offset, length
            FROM placement INDEXED BY placement_open
            JOIN mailbox ON mailbox.id = placement.mailbox JOIN original ON original.id = placement.original
            WHERE source = ? AND state IN ('wanted', 'absent') AND gone IS NOT NULL
            ORDER BY placement.mailbox, uid
            """, source
        ) { row in
            guard let mailbox = Self.mailbox(row), let uid = UID(UInt32(row.int(8))),
                let digest = SHA256Digest(octets: row.blob(12))
            else { return nil }
            return KeptUnread(
                mailbox: mailbox, uid: uid, attempts: row.int(9),
                flags: row.text(10).split(separator: " ").map { Flag(String($0)) },
                internalDate: row.optionalInteger(11).map { Timestamp(milliseconds: $0) }, digest: digest,
                place: OriginalPlace(segment: row.int(13), offset: row.integer(14), length: row.integer(15)))
        }.compactMap { $0 }
    }
}
