package import Mail
package import Mailroom
internal import SQLite
internal import Text

/// A recipient of an open request, with what a ``ReminderPlan`` wants to know.
package struct ReminderSubject: Sendable, Equatable {
    package let recipient: RequestRecipientID
    package let request: RequestID
    package let subject: ReminderPlan.Subject
    /// How many reminders this recipient was sent.
    package let reminded: Int
}

extension StoreTransaction {
    /// Everybody whom a reminder may go to, now or later.
    package func reminderSubjects() throws -> [ReminderSubject] {
        try db.rows("SELECT \(Self.reminderColumns) ORDER BY request_recipient.id", read: Self.reminderRow)
            .map { try filled($0) }
    }

    /// One of them as of this transaction; nil where nothing may be sent there any more.
    package func reminderSubject(_ recipient: RequestRecipientID) throws -> ReminderSubject? {
        try db.first(
            "SELECT \(Self.reminderColumns) AND request_recipient.id = ?", recipient.rawValue,
            read: Self.reminderRow
        ).map { try filled($0) }
    }

    /// Records a reminder in the transaction that queues its letter.
    ///
    /// Whether it is due is asked in that same transaction: see ``reminderSubject(_:)``.
    ///
    /// - Parameters:
    ///   - number: of the cadence; nil: by hand.
    ///   - letter: nil: passed over.
    package func recordReminder(
        _ number: Int?, to recipient: RequestRecipientID, letter: LetterID?, now: Timestamp
    ) throws {
        try db.run(
            "INSERT OR IGNORE INTO reminder (recipient, number, letter, at) VALUES (?, ?, ?, ?)",
            recipient.rawValue, number ?? Self.byHand, letter?.rawValue, now.milliseconds)
    }

    /// When the next open request is over; nil: none is open.
    package func nextExpiry() throws -> Timestamp? {
        try db.first("SELECT min(expires) FROM request WHERE state = 'open'") { row in
            row.optionalInteger(0).map { Timestamp(milliseconds: $0) }
        } ?? nil
    }

    private static let byHand = -1

    private static let reminderColumns = """
        request_recipient.id, request.id, request.state, request_recipient.state, due, expires, reminders,
        coalesce((
          SELECT max(submission.changed) FROM submission JOIN letter ON letter.id = submission.letter
          WHERE submission.request_recipient = request_recipient.id AND submission.state = 'sent'
            AND letter.kind IN ('request', 'rejection')), sent)
        FROM request_recipient JOIN request ON request.id = request_recipient.request
        WHERE request.state = 'open' AND request_recipient.state IN ('sent', 'opened')
        """

    private struct ReminderRow {
        let recipient: RequestRecipientID
        let request: RequestID
        let subject: ReminderPlan.Subject
    }

    private static func reminderRow(_ row: Row) -> ReminderRow {
        ReminderRow(
            recipient: RequestRecipientID(row.integer(0)), request: RequestID(row.integer(1)),
            subject: ReminderPlan.Subject(
                state: RequestState(rawValue: row.text(2)) ?? .draft,
                recipient: RecipientState(rawValue: row.text(3)) ?? .queued,
                due: row.optionalInteger(4).map { CivilDay(number: Int($0)) },
                expires: Timestamp(milliseconds: row.integer(5)),
                days: row.optionalText(6).map { $0.split(separator: ",").compactMap { Int($0) } },
                sent: row.optionalInteger(7).map { Timestamp(milliseconds: $0) }))
    }

    private func filled(_ row: ReminderRow) throws -> ReminderSubject {
        var subject = row.subject
        var reminded = 0
        let done = try db.rows(
            "SELECT number, letter IS NOT NULL, at FROM reminder WHERE recipient = ?", row.recipient.rawValue
        ) { (number: $0.int(0), isSent: $0.bool(1), at: Timestamp(milliseconds: $0.integer(2))) }
        for one in done {
            if one.number != Self.byHand {
                subject.done[one.number] = max(subject.done[one.number] ?? one.at, one.at)
            }
            guard one.isSent else { continue }
            reminded += 1
            subject.lastReminded = max(subject.lastReminded ?? one.at, one.at)
        }
        return ReminderSubject(
            recipient: row.recipient, request: row.request, subject: subject, reminded: reminded)
    }
}
