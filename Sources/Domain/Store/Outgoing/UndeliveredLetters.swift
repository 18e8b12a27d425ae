package import Mail
package import Mailroom
internal import SQLite

/// A letter of somebody's that came back or was refused, and nobody was written to about it.
package struct UndeliveredLetter: Sendable, Hashable {
    package let letter: LetterID
    /// Of the recipient in the letter's envelope.
    package let place: Int
    package let subject: String
    package let address: String
    /// What the remote server said.
    package let words: String
    package let account: AccountID?
    package let accountName: String?
    /// A login, or who else had it sent.
    package let author: String
}

// What a bounce does to a request is told where it is read; here are those that a person still has to hear of.

extension StoreTransaction {
    /// What came back within the last days, for whoever had it sent; the newest last.
    ///
    /// Of what we write to staff ourselves nobody is told: that would go round in circles.
    package func untoldUndelivered(since: Timestamp, limit: Int) throws -> [UndeliveredLetter] {
        try db.rows(
            """
            SELECT letter.id, place, letter.subject, address, coalesce(reply, status, ''), account.id, account.name, author
            FROM submission JOIN letter ON letter.id = submission.letter LEFT JOIN account ON account.id = letter.account
            WHERE submission.state IN ('refused', 'undelivered') AND changed >= ? AND (told IS NULL OR told < changed)
              AND (kind IN ('request', 'reminder', 'rejection', 'free') OR (kind = 'notice' AND author <> 'mailroom'))
            ORDER BY changed, letter.id, place LIMIT ?
            """, since.milliseconds, limit
        ) { row in
            UndeliveredLetter(
                letter: LetterID(row.integer(0)), place: row.int(1), subject: row.text(2),
                address: row.text(3),
                words: row.text(4), account: row.optionalInteger(5).map { AccountID($0) },
                accountName: row.optionalText(6), author: row.text(7))
        }
    }

    package func setTold(_ letters: [UndeliveredLetter], now: Timestamp) throws {
        for failure in letters {
            try db.run(
                "UPDATE submission SET told = max(?, changed) WHERE letter = ? AND place = ?",
                now.milliseconds,
                failure.letter.rawValue, failure.place)
        }
    }

    /// Who hears of it: who had it sent, else the colleague whose account it is; nobody who may not see the account.
    package func hearer(of failure: UndeliveredLetter) throws -> StaffMember? {
        try db.first(
            """
            SELECT \(Self.memberColumns) FROM staff WHERE disabled IS NULL AND email <> ''
              AND (login = ?1 OR id = (SELECT assignee FROM account WHERE account.id = ?2))
              AND (?2 IS NULL OR id NOT IN (SELECT staff FROM hidden_account WHERE account = ?2))
            ORDER BY login <> ?1 LIMIT 1
            """, failure.author, failure.account?.rawValue
        ) { Self.member($0) }
    }
}
