package import Mail
package import Mailroom
internal import SQLite

/// Something that staff hear of besides mail: a letter refused, a request answered.
package struct StaffEvent: Sendable, Equatable {
    /// Noun and what happened: `request.undelivered`, `letter.refused`.
    package let kind: String
    package let account: AccountID?
    package let request: Int64?
    package let message: MessageNumber?
    package let letter: LetterID?
    /// Whom it is about: an address.
    package let who: String?
    package let words: String

    package init(
        _ kind: String, account: AccountID? = nil, request: Int64? = nil, message: MessageNumber? = nil,
        letter: LetterID? = nil, who: String? = nil, words: String
    ) {
        self.kind = kind
        self.account = account
        self.request = request
        self.message = message
        self.letter = letter
        self.who = who
        self.words = words
    }
}

extension StoreTransaction {
    /// Part of the transaction in which it happened.
    package func addEvent(_ event: StaffEvent, at now: Timestamp) throws {
        try db.run(
            """
            INSERT INTO event (at, kind, account, request, message, letter, who, words)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, now.milliseconds, event.kind, event.account?.rawValue, event.request,
            event.message?.rawValue,
            event.letter?.rawValue, event.who, event.words)
    }

    /// The newest first, of one account or of all.
    package func events(account: AccountID? = nil, limit: Int) throws -> [(at: Timestamp, event: StaffEvent)]
    {
        try db.rows(
            """
            SELECT at, kind, account, request, message, letter, who, words FROM event
            WHERE ?1 IS NULL OR account = ?1 ORDER BY id DESC LIMIT ?2
            """, account?.rawValue, limit
        ) { row in
            (
                Timestamp(milliseconds: row.integer(0)),
                StaffEvent(
                    row.text(1), account: row.optionalInteger(2).map { AccountID($0) },
                    request: row.optionalInteger(3),
                    message: row.optionalInteger(4).map { MessageNumber($0) },
                    letter: row.optionalInteger(5).map { LetterID($0) }, who: row.optionalText(6),
                    words: row.text(7))
            )
        }
    }
}
