package import Mail
package import Mailroom
internal import SQLite

/// A part that waits because it asks for a password, and that Mailroom could open with it.
package struct LockedPart: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case pdf, zip
    }

    package let message: MessageNumber
    package let section: Section
    package let kind: Kind
    package let name: String?
    package let mediaType: MediaType
    package let octets: Int64
    package let sha256: SHA256Digest
    /// Whose it is, as far as somebody knows.
    package let account: AccountID?
}

extension StoreTransaction {
    /// A PDF that asks for one, or a zip with a member that does; of the table `part`.
    static let lockedPart = """
        (part.state = 'needs_filing' AND (part.encrypted = 1 OR part.unwrapping = 'encrypted')
          AND part.stored = 1 AND (part.family = 'pdf' AND part.encrypted = 1
            OR part.unwrapping = 'encrypted' AND part.family = 'zip'))
        """

    /// - Parameter section: nil: all of the message.
    package func lockedParts(of message: MessageNumber, section: Section? = nil) throws -> [LockedPart] {
        try db.rows(
            """
            SELECT \(Self.lockedColumns) FROM part JOIN message ON message.id = part.message
            WHERE message.id = ?1 AND \(Self.lockedPart) AND (?2 IS NULL OR part.section = ?2)
            ORDER BY part.id
            """, message.rawValue, section?.text, read: Self.readLocked
        ).compactMap { $0 }
    }

    private static let lockedColumns = """
        part.section, part.family, part.name, part.media_type, part.octets, part.sha256, message.account,
        message.id
        """

    private static func readLocked(_ row: Row) -> LockedPart? {
        guard let sha256 = SHA256Digest(octets: row.blob(5)) else { return nil }
        return LockedPart(
            message: MessageNumber(row.integer(7)), section: Section(row.text(0)),
            kind: row.text(1) == "pdf" ? .pdf : .zip, name: row.optionalText(2),
            mediaType: MediaType(row.text(3)) ?? .octets, octets: row.integer(4), sha256: sha256,
            account: row.optionalInteger(6).map { AccountID($0) })
    }

    /// What passwords are tried on by themselves: an account's, and nothing from before the first start. Few
    /// parts are locked, so it begins with their index.
    ///
    /// - Parameter mails: with every mail of the sender's as `later`.
    private static func waitingForPassword(mails: Bool) -> String {
        """
        part INDEXED BY part_locked CROSS JOIN message ON message.id = part.message
          \(mails ? "CROSS JOIN message AS later ON later.from_key = message.from_key" : "")
        WHERE \(lockedPart) AND part.reason = 'encrypted' AND part.unfiled = 0
          AND message.account IS NOT NULL AND message.history = 0
          AND part.id NOT IN (SELECT part FROM part_aside)
        """
    }

    /// A part that a password of its account's was not tried on.
    package func partWithUntriedPassword() throws -> LockedPart? {
        try db.first(
            """
            SELECT \(Self.lockedColumns) FROM \(Self.waitingForPassword(mails: false))
              AND EXISTS (SELECT 1 FROM file_password WHERE file_password.account = message.account
                AND NOT EXISTS (SELECT 1 FROM file_password_try
                  WHERE password = file_password.id AND file_password_try.part = part.id))
            LIMIT 1
            """, read: Self.readLocked) ?? nil
    }

    /// How long after a file its password may come.
    private static let mailDays: Int64 = 14

    /// A part and a mail in whose text its password may stand: its own, or a later one of the same sender.
    package func partWithUnreadMail(now: Timestamp) throws -> (part: LockedPart, mail: MessageNumber)? {
        try db.first(
            """
            SELECT \(Self.lockedColumns), later.id
            FROM \(Self.waitingForPassword(mails: true)) AND message.received > ?2
              AND (later.id = message.id
                OR later.received BETWEEN message.received AND message.received + ?1)
              AND NOT EXISTS (SELECT 1 FROM file_password_mail
                WHERE file_password_mail.part = part.id AND file_password_mail.message = later.id)
            LIMIT 1
            """, Self.mailDays * 86_400_000, now.milliseconds - 2 * Self.mailDays * 86_400_000,
            read: { row in Self.readLocked(row).map { ($0, MessageNumber(row.integer(8))) } }) ?? nil
    }

    /// The text of a mail was looked through for the part's password.
    package func noteMailRead(for part: LockedPart, _ mail: MessageNumber) throws {
        try db.run(
            """
            INSERT OR IGNORE INTO file_password_mail (part, message)
            SELECT id, ?3 FROM part WHERE message = ?1 AND section = ?2
            """, part.message.rawValue, part.section.text, mail.rawValue)
    }

    /// Every password that there is for the part's account was tried on it.
    package func notePasswordsTried(on part: LockedPart, _ passwords: [Int64]) throws {
        for password in passwords {
            try db.run(
                """
                INSERT OR IGNORE INTO file_password_try (part, password)
                SELECT id, ?3 FROM part WHERE message = ?1 AND section = ?2
                """, part.message.rawValue, part.section.text, password)
        }
    }

    /// What came out stands in the ledger now: the part itself is a container of which all is there.
    package func setOpened(_ part: LockedPart) throws {
        try db.run(
            """
            UPDATE part SET encrypted = 0, unwrapping = 'complete', container = 1
            WHERE message = ? AND section = ?
            """, part.message.rawValue, part.section.text)
        // It counted as a file itself; now what is in it does.
        try db.run(
            """
            UPDATE conversation SET files = max(files - 1, 0)
            WHERE id = (SELECT conversation FROM message WHERE id = ?)
            """, part.message.rawValue)
    }
}
