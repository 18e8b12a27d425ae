package import Mail
package import Mailroom
internal import SQLite

/// What it takes to show a message: where it lies, and what its ledger says of it.
package struct ShownMessage: Sendable {
    package let summary: MessageSummary
    package let original: (digest: SHA256Digest, octets: Int64, place: OriginalPlace)?
    package let parts: [PartRow]
    /// Whether pictures on its sender's servers are fetched without asking.
    package let showsPictures: Bool
}

extension StoreTransaction {
    /// A message as this person may see it; nil where there is none for them.
    ///
    /// It is hidden with its account, and with the mailboxes it lies in, if all of them are.
    package func shownMessage(_ number: MessageNumber, for staff: StaffID?) throws -> ShownMessage? {
        guard try isVisible(number, to: staff), let summary = try message(number) else { return nil }
        let isAllowed = try db.first(
            """
            SELECT 1 FROM message JOIN picture_sender ON picture_sender.key = from_key
            WHERE message.id = ? AND verdict <> 'against'
            """, number.rawValue
        ) { _ in true }
        return ShownMessage(
            summary: summary, original: try originals(of: number).first, parts: try parts(of: number),
            showsPictures: isAllowed ?? false)
    }

    package func isVisible(_ message: MessageNumber, to staff: StaffID?) throws -> Bool {
        try db.first(
            """
            SELECT 1 FROM message WHERE id = ?1
              AND (?2 IS NULL OR account IS NULL
                OR account NOT IN (SELECT account FROM hidden_account WHERE staff = ?2))
              AND (?2 IS NULL OR NOT EXISTS (SELECT 1 FROM placement WHERE placement.message = ?1)
                OR EXISTS (
                  SELECT 1 FROM placement JOIN mailbox ON mailbox.id = placement.mailbox
                  JOIN source ON source.id = mailbox.source
                  WHERE placement.message = ?1
                    AND source.name NOT IN (SELECT source FROM hidden_source WHERE staff = ?2)))
            """, message.rawValue, staff?.rawValue
        ) { _ in true } ?? false
    }

    /// From now on the sender's pictures are fetched without asking, or no longer so.
    package func setPictures(
        of message: MessageNumber, allowed: Bool, by member: StaffMember, at now: Timestamp
    ) throws {
        guard let key = try senderKey(of: message) else { return }
        if allowed {
            try db.run(
                "INSERT INTO picture_sender (key, staff, allowed) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING",
                key, member.id.rawValue, now.milliseconds)
        } else {
            try db.run("DELETE FROM picture_sender WHERE key = ?", key)
        }
        try audit(allowed ? "pictures.allow" : "pictures.forbid", by: member.name, subject: key, at: now)
    }
}
