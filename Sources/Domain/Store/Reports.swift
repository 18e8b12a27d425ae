package import Mail
package import Mailroom
internal import SQLite
internal import Text

/// The letter of ours that a machine's mail is about.
package struct ReportedLetter: Sendable, Equatable {
    package let id: LetterID
    /// On whose *Email* tab the report shows.
    package let account: AccountID?
    package let request: RequestID?
}

extension StoreTransaction {
    /// The letter that a report names by one of its secret names; nil: none of ours.
    ///
    /// The name is the proof. A report is written by anybody who has our
    /// address, but the token is known only to who got the letter.
    ///
    /// - Parameter tokens: of the sub-addresses it came to.
    package func reportedLetter(_ names: [MessageID], tokens: [String] = []) throws -> ReportedLetter? {
        for name in names {
            if let letter = try reportedLetter(
                "id = (SELECT letter FROM letter_name WHERE message_id = ?)", name.rawValue)
            {
                return letter
            }
        }
        for token in tokens {
            if let letter = try reportedLetter("token = ?", token.lowercased()) { return letter }
        }
        return nil
    }

    private func reportedLetter(_ condition: String, _ value: any SQLiteBindable) throws -> ReportedLetter? {
        try db.first("SELECT id, account, request FROM letter WHERE \(condition)", value) { row in
            ReportedLetter(
                id: LetterID(row.integer(0)), account: row.optionalInteger(1).map { AccountID($0) },
                request: row.optionalInteger(2).map { RequestID($0) })
        }
    }

    /// The letter that a recorded message reported of.
    package func reportedLetter(by message: MessageNumber) throws -> ReportedLetter? {
        try reportedLetter(
            "id = (SELECT letter FROM report WHERE message = ? LIMIT 1)", message.rawValue)
    }

    /// Records what a message reports of a letter, and what follows from it.
    ///
    /// | action | submission | the request's recipient | staff hear |
    /// |---|---|---|---|
    /// | failed | undelivered | undelivered, with the server's words | of it |
    /// | delayed, delivered, relayed, expanded, displayed, complained, away | as it was | as it was | of it |
    /// | any, for somebody who didn't get the letter | as it was | as it was | of a failure |
    package func record(
        _ reports: [MachineReport], of message: MessageNumber, on letter: ReportedLetter, now: Timestamp
    ) throws {
        let recipients = try self.recipients(of: letter.id)
        for report in reports.prefix(100) {
            let recipient = Self.find(report, among: recipients)
            try db.run(
                """
                INSERT INTO report (message, letter, place, recipient, action, status, words)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, message.rawValue, letter.id.rawValue, recipient?.place, report.recipient?.description,
                report.action.rawValue, report.status?.description, report.words)
            guard let recipient else {
                if report.action == .failed { try tell("letter.reported", report, nil, message, letter, now) }
                continue
            }
            switch report.action {
            case .failed: try fail(recipient, report, message, letter, now)
            case .delayed, .delivered, .relayed, .expanded, .displayed, .away, .complained:
                try tell("letter.\(report.action.rawValue)", report, recipient, message, letter, now)
            }
        }
    }

    private struct Recipient {
        let place: Int
        let address: String
        let key: AddressKey
        let requested: RequestRecipientID?
    }

    private func recipients(of letter: LetterID) throws -> [Recipient] {
        try db.rows(
            "SELECT place, address, key, request_recipient FROM submission WHERE letter = ? ORDER BY place",
            letter.rawValue
        ) { row in
            AddressKey(row.text(2)).map {
                Recipient(
                    place: row.int(0), address: row.text(1), key: $0,
                    requested: row.optionalInteger(3).map { RequestRecipientID($0) })
            }
        }.compactMap { $0 }
    }

    /// Whom a report means; one that names nobody can only mean the one there is.
    private static func find(_ report: MachineReport, among recipients: [Recipient]) -> Recipient? {
        let named = [report.original, report.recipient].compactMap { $0 }
        if named.isEmpty { return recipients.count == 1 ? recipients[0] : nil }
        let keys = named.compactMap { AddressKey($0) }
        return recipients.first { keys.contains($0.key) }
            ?? recipients.first { recipient in
                keys.contains { $0.withoutDetail == recipient.key.withoutDetail }
            }
    }

    private func fail(
        _ recipient: Recipient, _ report: MachineReport, _ message: MessageNumber, _ letter: ReportedLetter,
        _ now: Timestamp
    ) throws {
        let words = report.words.isEmpty ? (report.fault ?? .undelivered).rawValue : report.words
        let changed = try db.run(
            """
            UPDATE submission SET state = 'undelivered', next_try = NULL, status = ?, reply = ?, changed = ?
            WHERE letter = ? AND place = ? AND state IN ('queued', 'intended', 'sent')
            """, report.status?.description, words, now.milliseconds, letter.id.rawValue, recipient.place)
        // A second report of the same, or one of a letter that was taken back.
        guard changed > 0 else { return }
        if let requested = recipient.requested {
            try setRecipient(requested, after: .return, reason: words, now: now)
            try cancelReminders(to: requested, now: now)
        }
        try tell(
            recipient.requested == nil ? "letter.undelivered" : "request.undelivered", report, recipient,
            message, letter, now)
    }

    private func tell(
        _ kind: String, _ report: MachineReport, _ recipient: Recipient?, _ message: MessageNumber,
        _ letter: ReportedLetter, _ now: Timestamp
    ) throws {
        let words = [report.fault?.rawValue, report.words.isEmpty ? nil : report.words].compactMap { $0 }
        try addEvent(
            kind, account: letter.account, request: letter.request, message: message,
            letter: letter.id.rawValue,
            who: recipient?.address ?? report.recipient?.description,
            words: words.isEmpty ? report.action.rawValue : words.joined(separator: ": "), at: now)
    }
}
