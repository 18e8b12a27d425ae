package import Mail
package import Mailroom
internal import SQLite

/// Something that staff hear of besides mail: a request answered, a letter that came back.
package struct StaffEvent: Sendable, Equatable {
    package let at: Timestamp
    /// `request.answered`: what it is about, and what happened.
    package let kind: String
    package let account: AccountID?
    package let request: RequestID?
    package let message: MessageNumber?
    /// Whom it is about: an address.
    package let who: String?
    package let words: String
}

extension StoreTransaction {
    package func addEvent(
        _ kind: String, account: AccountID? = nil, request: RequestID? = nil, message: MessageNumber? = nil,
        share: ShareID? = nil, letter: Int64? = nil, who: String? = nil, words: String, at now: Timestamp
    ) throws {
        let about = EventSubject(
            kind: kind, account: account, request: request, message: message, letter: letter, share: share)
        let conversation = try enterConversation(about, words: words, now: now)
        try db.run(
            """
            INSERT INTO event (at, kind, account, request, message, letter, who, words, conversation, share)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, now.milliseconds, kind, account?.rawValue, request?.rawValue, message?.rawValue, letter, who,
            words, conversation?.rawValue, share?.rawValue)
    }

    /// The newest first, of one request or of all.
    package func staffEvents(request: RequestID? = nil, limit: Int = 100) throws -> [StaffEvent] {
        try db.rows(
            """
            SELECT at, kind, account, request, message, who, words FROM event
            WHERE ?1 IS NULL OR request = ?1 ORDER BY id DESC LIMIT ?2
            """, request?.rawValue, limit
        ) { row in
            StaffEvent(
                at: Timestamp(milliseconds: row.integer(0)), kind: row.text(1),
                account: row.optionalInteger(2).map { AccountID($0) },
                request: row.optionalInteger(3).map { RequestID($0) },
                message: row.optionalInteger(4).map { MessageNumber($0) }, who: row.optionalText(5),
                words: row.text(6))
        }
    }
}
