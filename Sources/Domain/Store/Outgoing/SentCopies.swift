package import Mail
internal import SQLite

/// A letter whose copy is still to be seen to, in the Sent of a source.
package struct SentCopy: Sendable, Equatable {
    package let letter: LetterID
    /// A copy may have been appended already, and nothing was recorded of it: it is searched for first.
    package let isIntended: Bool
    package let tries: Int
    /// When the letter was sent: servers that file their own copy take a moment.
    package let sent: Timestamp
    /// Whether the server that sent it files a copy by itself; nil: nobody has found out.
    package let serverFilesCopy: Bool?
}

extension StoreTransaction {
    /// A copy is wanted once; wanting it again changes nothing.
    func wantCopy(of letter: LetterID, in source: String) throws {
        changedOutgoing = true
        try db.run(
            "INSERT OR IGNORE INTO sent_copy (letter, source, state) VALUES (?, ?, 'wanted')",
            letter.rawValue, source)
    }

    /// Copies of a source that are due, oldest letter first.
    package func dueCopies(source: String, now: Timestamp, limit: Int) throws -> [SentCopy] {
        try db.rows(
            """
            SELECT sent_copy.letter, sent_copy.state, sent_copy.tries,
              (SELECT min(changed) FROM submission WHERE submission.letter = sent_copy.letter
                AND submission.state IN ('sent', 'undelivered')), route_habit.files_copy
            FROM sent_copy JOIN letter ON letter.id = sent_copy.letter
            LEFT JOIN route_habit ON route_habit.route = coalesce(letter.route, '')
            WHERE source = ? AND sent_copy.state IN ('wanted', 'intended')
              AND (next_try IS NULL OR next_try <= ?)
            ORDER BY sent_copy.letter LIMIT ?
            """, source, now.milliseconds, limit
        ) { row in
            SentCopy(
                letter: LetterID(row.integer(0)), isIntended: row.text(1) == "intended", tries: row.int(2),
                sent: Timestamp(milliseconds: row.integer(3)),
                serverFilesCopy: row.isNull(4) ? nil : row.bool(4))
        }
    }

    /// When the next copy of a source is due; nil: none is wanted.
    package func nextCopyDue(source: String) throws -> Timestamp? {
        try db.first(
            """
            SELECT min(coalesce(next_try, 0)) FROM sent_copy
            WHERE source = ? AND state IN ('wanted', 'intended')
            """, source
        ) { $0.optionalInteger(0).map { Timestamp(milliseconds: $0) } } ?? nil
    }

    /// Sources in whose Sent a copy is wanted.
    package func sourcesWantingCopies() throws -> [String] {
        try db.rows(
            "SELECT DISTINCT source FROM sent_copy WHERE state IN ('wanted', 'intended') ORDER BY source"
        ) { $0.text(0) }
    }

    /// Records that a copy is about to be appended: from now on it is searched for before another is.
    package func intendCopy(of letter: LetterID) throws {
        try db.run(
            "UPDATE sent_copy SET state = 'intended', tries = tries + 1 WHERE letter = ?", letter.rawValue)
    }

    /// The copy is in Sent, whoever put it there.
    package func copyIsThere(of letter: LetterID) throws {
        try db.run(
            "UPDATE sent_copy SET state = 'there', next_try = NULL, reason = NULL WHERE letter = ?",
            letter.rawValue)
    }

    package func delayCopy(of letter: LetterID, until: Timestamp, reason: String?) throws {
        try db.run(
            "UPDATE sent_copy SET next_try = ?, reason = coalesce(?, reason) WHERE letter = ?",
            until.milliseconds, reason, letter.rawValue)
    }

    package func giveUpCopy(of letter: LetterID, reason: String) throws {
        try db.run(
            "UPDATE sent_copy SET state = 'given_up', next_try = NULL, reason = ? WHERE letter = ?", reason,
            letter.rawValue)
    }

    /// Copies that will not be there: what `status` says.
    package func copiesGivenUp() throws -> Int {
        try db.first("SELECT count(*) FROM sent_copy WHERE state = 'given_up'") { $0.int(0) } ?? 0
    }

    /// Names by which a letter's copy is told in Sent: what stands in its Message-ID and its References.
    package func names(of letter: LetterID) throws -> [MessageID] {
        try db.rows(
            "SELECT message_id FROM letter_name WHERE letter = ? ORDER BY message_id", letter.rawValue
        ) { MessageID($0.text(0)) }.compactMap { $0 }
    }
}
