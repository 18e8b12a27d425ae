package import Mail
package import Mailroom
internal import SQLite

/// A letter as `mailroom queue` shows it, with what became of it for each recipient.
package struct QueuedLetter: Sendable {
    package struct Submission: Sendable {
        package let place: Int
        package let address: String
        package let state: SubmissionState
        package let attempts: Int
        package let intents: Int
        package let nextTry: Timestamp?
        package let code: Int?
        package let status: String?
        package let reply: String?
        package let maybeTwice: Bool
        package let changed: Timestamp
    }

    package let id: LetterID
    package let kind: NewLetter.Kind
    package let route: String?
    package let messageID: String
    package let subject: String
    package let octets: Int
    package let message: MessageNumber?
    package let accountNumber: String?
    package let request: RequestID?
    package let author: String
    package let queued: Timestamp
    package let notBefore: Timestamp?
    package let held: Timestamp?
    package let cancelled: Timestamp?
    /// `wanted`, `intended`, `there` or `given_up`; nil: no copy is wanted.
    package let copy: String?
    package let copyReason: String?
    package let submissions: [Submission]

    package var isOpen: Bool { submissions.contains { $0.state == .queued || $0.state == .intended } }
}

/// How many letters wait, and what of the outbox needs a person.
package struct QueueCounts: Sendable, Equatable {
    /// Letters that are still to be sent to somebody, those held back apart.
    package var queued = 0
    package var oldest: Timestamp?
    package var held = 0
    /// Letters whose answer was lost twice: nobody but staff sends them again.
    package var unanswered = 0
    /// Letters that were refused and belong to no request, where it would be seen.
    package var refused = 0
    package var copiesGivenUp = 0
}

extension StoreTransaction {
    // MARK: - Looking

    private static let columns = """
        letter.id, kind, route, letter.message_id, subject, octets, message, account.number, request, author, queued,
        not_before, held, cancelled, sent_copy.state, sent_copy.reason
        FROM letter LEFT JOIN account ON account.id = letter.account
        LEFT JOIN sent_copy ON sent_copy.letter = letter.id
        """

    /// Newest first.
    ///
    /// - Parameter all: also what was sent or cancelled; else what waits, is in doubt, or was refused.
    package func queuedLetters(all: Bool, limit: Int) throws -> [QueuedLetter] {
        let ids = try db.rows(
            """
            SELECT id FROM letter WHERE ?1 OR id IN (
              SELECT letter FROM submission WHERE state IN ('queued', 'intended')
              UNION SELECT letter FROM submission WHERE state = 'refused')
            ORDER BY id DESC LIMIT ?2
            """, all, limit
        ) { LetterID($0.integer(0)) }
        return try ids.compactMap { try queuedLetter($0) }
    }

    package func queuedLetter(_ id: LetterID) throws -> QueuedLetter? {
        let submissions = try db.rows(
            """
            SELECT place, address, state, attempts, intents, next_try, reply_code, status, reply, maybe_twice, changed
            FROM submission WHERE letter = ? ORDER BY place
            """, id.rawValue
        ) { row in
            QueuedLetter.Submission(
                place: row.int(0), address: row.text(1),
                state: SubmissionState(rawValue: row.text(2)) ?? .queued,
                attempts: row.int(3), intents: row.int(4),
                nextTry: row.optionalInteger(5).map { Timestamp(milliseconds: $0) },
                code: row.optionalInt(6), status: row.optionalText(7), reply: row.optionalText(8),
                maybeTwice: row.bool(9), changed: Timestamp(milliseconds: row.integer(10)))
        }
        func time(_ row: Row, _ column: Int) -> Timestamp? {
            row.optionalInteger(column).map { Timestamp(milliseconds: $0) }
        }
        return try db.first("SELECT \(Self.columns) WHERE letter.id = ?", id.rawValue) { row in
            QueuedLetter(
                id: id, kind: NewLetter.Kind(rawValue: row.text(1)) ?? .free, route: row.optionalText(2),
                messageID: row.text(3), subject: row.text(4), octets: row.int(5),
                message: row.optionalInteger(6).map { MessageNumber($0) }, accountNumber: row.optionalText(7),
                request: row.optionalInteger(8).map { RequestID($0) }, author: row.text(9),
                queued: Timestamp(milliseconds: row.integer(10)), notBefore: time(row, 11),
                held: time(row, 12), cancelled: time(row, 13), copy: row.optionalText(14),
                copyReason: row.optionalText(15), submissions: submissions)
        }
    }

    /// A server may take as long for its answer to the final dot: RFC 5321 section 4.5.3.2.6.
    private static let inFlight: Int64 = 600_000

    package func queueCounts(now: Timestamp) throws -> QueueCounts {
        var counts = QueueCounts()
        (counts.queued, counts.oldest) =
            try db.first(
                """
                SELECT count(DISTINCT letter.id), min(queued) FROM submission JOIN letter ON letter.id = submission.letter
                WHERE state IN ('queued', 'intended') AND held IS NULL AND cancelled IS NULL
                """
            ) { ($0.int(0), $0.optionalInteger(1).map { Timestamp(milliseconds: $0) }) } ?? (0, nil)
        counts.held =
            try db.first(
                """
                SELECT count(DISTINCT letter.id) FROM submission JOIN letter ON letter.id = submission.letter
                WHERE state IN ('queued', 'intended') AND held IS NOT NULL AND cancelled IS NULL
                """
            ) { $0.int(0) } ?? 0
        counts.unanswered =
            try db.first(
                """
                SELECT count(DISTINCT letter) FROM submission
                WHERE state = 'intended' AND intents > 1 AND changed <= ?
                """, now.milliseconds - Self.inFlight
            ) { $0.int(0) } ?? 0
        counts.refused =
            try db.first(
                """
                SELECT count(DISTINCT letter.id) FROM submission JOIN letter ON letter.id = submission.letter
                WHERE state = 'refused' AND request IS NULL AND kind NOT IN ('probe', 'automatic')
                """
            ) { $0.int(0) } ?? 0
        counts.copiesGivenUp = try copiesGivenUp()
        return counts
    }

    // MARK: - What staff do

    /// Holds a letter back, or lets it go on; what was sent to some is held for the others.
    package func holdLetter(_ id: LetterID, _ hold: Bool, by actor: String, now: Timestamp) throws {
        let letter = try openLetter(id)
        changedOutgoing = true
        try db.run(
            "UPDATE letter SET held = ? WHERE id = ?", hold ? now.milliseconds : nil, id.rawValue)
        try audit(hold ? "queue.hold" : "queue.release", by: actor, letter, at: now)
    }

    /// Takes a letter back from those it was not sent to.
    ///
    /// Of one whose answer was lost it only says that nobody is to send it again.
    package func cancelLetter(_ id: LetterID, by actor: String, now: Timestamp) throws {
        let letter = try knownLetter(id)
        let changed = try db.run(
            """
            UPDATE submission SET state = 'cancelled', next_try = NULL, changed = ?
            WHERE letter = ? AND state IN ('queued', 'intended', 'refused')
            """, now.milliseconds, id.rawValue)
        guard changed > 0 else { throw StoreError(.conflict, "letter \(id) was sent to everybody") }
        try db.run("UPDATE letter SET cancelled = ? WHERE id = ?", now.milliseconds, id.rawValue)
        try letterTakenBack(id)
        try audit("queue.cancel", by: actor, letter, at: now)
    }

    /// Offers a letter again at once: delayed, refused, or in doubt.
    ///
    /// One in doubt may then arrive twice, and is shown so.
    package func retryLetter(_ id: LetterID, by actor: String, now: Timestamp) throws {
        let letter = try knownLetter(id)
        guard letter.cancelled == nil else { throw StoreError(.conflict, "letter \(id) was cancelled") }
        let refused = try db.rows(
            """
            SELECT request_recipient FROM submission
            WHERE letter = ? AND state = 'refused' AND request_recipient IS NOT NULL
            """, id.rawValue
        ) { RequestRecipientID($0.integer(0)) }
        for recipient in refused { try setRecipient(recipient, after: .queue, now: now) }
        let changed = try db.run(
            """
            UPDATE submission SET state = 'queued', next_try = NULL, changed = ?,
              attempts = CASE state WHEN 'refused' THEN 0 ELSE attempts END
            WHERE letter = ? AND state IN ('queued', 'intended', 'refused')
            """, now.milliseconds, id.rawValue)
        guard changed > 0 else { throw StoreError(.conflict, "letter \(id) was sent to everybody") }
        changedOutgoing = true
        try db.run("UPDATE letter SET held = NULL, not_before = NULL WHERE id = ?", id.rawValue)
        try audit("queue.retry", by: actor, letter, at: now)
    }

    private func knownLetter(_ id: LetterID) throws -> QueuedLetter {
        guard let letter = try queuedLetter(id) else {
            throw StoreError(.notFound, "there is no letter \(id) in the queue")
        }
        return letter
    }

    private func openLetter(_ id: LetterID) throws -> QueuedLetter {
        let letter = try knownLetter(id)
        guard letter.isOpen else { throw StoreError(.conflict, "letter \(id) waits for nothing any more") }
        return letter
    }

    private func audit(_ action: String, by actor: String, _ letter: QueuedLetter, at now: Timestamp) throws {
        let account = try db.first("SELECT account FROM letter WHERE id = ?", letter.id.rawValue) {
            $0.optionalInteger(0)
        }
        try audit(
            action, by: actor, account: account ?? nil, subject: "\(letter.id)",
            detail: letter.submissions.map(\.address).joined(separator: ", "), at: now)
    }
}
