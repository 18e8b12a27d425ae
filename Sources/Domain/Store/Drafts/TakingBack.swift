package import Mail
package import Mailroom
internal import SQLite

extension StoreTransaction {
    /// Notes what a draft was sent as, and forgets those that can't come back any more.
    ///
    /// In the transaction that queues the letter: a draft is sent once.
    package func noteSent(_ id: DraftID, as letter: LetterID, now: Timestamp) throws {
        let isOpen = try db.run(
            "UPDATE draft SET letter = ?, changed = ? WHERE id = ? AND letter IS NULL", letter.rawValue,
            now.milliseconds, id.rawValue)
        guard isOpen == 1 else { throw StoreError(.conflict, "that letter was sent already") }
        try db.run(
            """
            DELETE FROM draft WHERE letter IS NOT NULL AND letter IN
              (SELECT id FROM letter WHERE coalesce(not_before, 0) < ?)
            """, now.milliseconds - Self.forgotten)
    }

    /// A sent draft is kept a little longer than it can be taken back.
    private static let forgotten: Int64 = 600_000

    /// Where a letter stands among what was said.
    package func conversation(ofLetter id: LetterID) throws -> ConversationID? {
        try db.first(
            "SELECT conversation FROM letter JOIN message ON message.id = letter.message WHERE letter.id = ?",
            id.rawValue
        ) { $0.optionalInteger(0).map { ConversationID($0) } } ?? nil
    }

    /// Takes back a letter that has not left: it is a draft again, and was never sent.
    ///
    /// Nobody but its author can; after its time, or once a server has been
    /// offered it, nobody can.
    ///
    /// - Returns: the draft.
    package func takeBack(
        _ id: LetterID, by staff: StaffID, actor: String, now: Timestamp
    ) throws -> DraftID {
        guard
            let draft = try db.first(
                "SELECT id FROM draft WHERE letter = ? AND staff = ?", id.rawValue, staff.rawValue,
                read: { DraftID($0.integer(0)) })
        else { throw StoreError(.notFound, "there is no letter \(id) to take back") }
        let isHeld = try db.exists(
            """
            SELECT 1 FROM letter WHERE id = ?1 AND not_before > ?2 AND NOT EXISTS
              (SELECT 1 FROM submission WHERE letter = ?1 AND (state <> 'queued' OR attempts > 0))
            """, id.rawValue, now.milliseconds)
        guard isHeld else { throw StoreError(.conflict, "letter \(id) has left already") }
        try cancelLetter(id, by: actor, now: now)
        try db.run(
            "UPDATE draft SET letter = NULL, changed = ? WHERE id = ?", now.milliseconds, draft.rawValue)
        return draft
    }

    /// Who has written in a message's conversation since somebody began to, and what: the newest first.
    ///
    /// - Parameter actor: who asks; their own letters are no news to them.
    package func answers(
        to message: MessageNumber, since: Timestamp, besides actor: String
    ) throws -> [RivalAnswer] {
        try db.rows(
            """
            SELECT letter.id, letter.message, letter.author, letter.queued, letter.subject FROM message
            JOIN letter ON letter.message = message.id
            WHERE message.conversation = (SELECT conversation FROM message WHERE id = ?1)
              AND letter.queued >= ?2 AND letter.author <> ?3 AND letter.cancelled IS NULL AND letter.kind = 'free'
            ORDER BY letter.id DESC LIMIT 5
            """, message.rawValue, since.milliseconds, actor
        ) { row in
            RivalAnswer(
                letter: LetterID(row.integer(0)), message: MessageNumber(row.integer(1)),
                author: row.text(2), queued: Timestamp(milliseconds: row.integer(3)), subject: row.text(4))
        }
    }
}

/// A letter in which a colleague has answered what one is answering oneself.
package struct RivalAnswer: Hashable, Sendable {
    package let letter: LetterID
    package let message: MessageNumber
    /// As in the audit.
    package let author: String
    package let queued: Timestamp
    package let subject: String
}
