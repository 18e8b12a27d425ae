package import Mail
internal import Mailroom
internal import SQLite

/// What became of a letter for one recipient.
package enum SubmissionState: String, Hashable, Sendable, CaseIterable {
    /// Waits: new, or delayed after a 4xx.
    case queued
    /// The final dot may have been sent, and no answer is recorded.
    case intended
    /// The server took it.
    case sent
    /// 5xx, or refused for too long.
    case refused
    /// Taken, and came back.
    case undelivered
    case cancelled
}

/// A letter that is to be submitted now, and to whom.
package struct DueLetter: Sendable {
    package struct Recipient: Sendable, Equatable {
        package let place: Int
        package let address: EmailAddress
        /// Submissions that ended with an answer.
        package let attempts: Int
    }

    package let id: LetterID
    package let kind: NewLetter.Kind
    package let route: String?
    package let reversePath: EmailAddress?
    package let messageID: String
    package let token: String
    package let sha256: SHA256Digest
    package let octets: Int
    package let place: OriginalPlace
    package let needsSMTPUTF8: Bool
    package let isEightBit: Bool
    package let queued: Timestamp
    package var recipients: [Recipient]
}

/// What a server said to one recipient of a letter, or that it said nothing.
package struct SubmissionOutcome: Sendable, Equatable {
    package enum Ending: Sendable, Equatable {
        case sent
        /// 4xx: it is offered again.
        case delayed(until: Timestamp)
        case refused
        /// The line broke before the final dot: nothing was sent, and the letter is not to blame.
        case notBegun(until: Timestamp)
        /// The line broke after the final dot: the row stays as the intent left it.
        case unanswered
    }

    package let place: Int
    package let ending: Ending
    /// RFC 5321 section 4.2.
    package let code: Int?
    /// RFC 3463.
    package let status: String?
    /// The server's words, or ours about the line.
    package let words: String

    package init(place: Int, _ ending: Ending, code: Int? = nil, status: String? = nil, words: String) {
        self.place = place
        self.ending = ending
        self.code = code
        self.status = status
        self.words = words
    }
}

extension StoreTransaction {
    // MARK: - What is to be sent

    private static let waiting = """
        submission.state = 'queued' AND letter.held IS NULL AND letter.cancelled IS NULL AND letter.route IS ?1
        """

    /// Letters of a route that are due, those that have waited longest since they were due first.
    package func dueLetters(route: String?, now: Timestamp, limit: Int) throws -> [DueLetter] {
        let ids = try db.rows(
            """
            SELECT letter.id, min(max(coalesce(next_try, queued), coalesce(not_before, 0))) AS due
            FROM submission JOIN letter ON letter.id = submission.letter
            WHERE \(Self.waiting) AND (next_try IS NULL OR next_try <= ?2)
              AND (not_before IS NULL OR not_before <= ?2)
            GROUP BY letter.id ORDER BY due, letter.id LIMIT ?3
            """, route, now.milliseconds, limit
        ) { LetterID($0.integer(0)) }
        return try ids.compactMap { try dueLetter($0, now: now) }
    }

    private func dueLetter(_ id: LetterID, now: Timestamp) throws -> DueLetter? {
        let recipients = try db.rows(
            """
            SELECT place, address, attempts FROM submission
            WHERE letter = ? AND state = 'queued' AND (next_try IS NULL OR next_try <= ?) ORDER BY place
            """, id.rawValue, now.milliseconds
        ) { row in
            EmailAddress(unquoting: row.text(1)).map {
                DueLetter.Recipient(place: row.int(0), address: $0, attempts: row.int(2))
            }
        }.compactMap { $0 }
        return try letter(id, recipients: recipients)
    }

    /// A letter with its place in the vault; nil where there is none of that number.
    package func letter(_ id: LetterID, recipients: [DueLetter.Recipient] = []) throws -> DueLetter? {
        try db.first(
            """
            SELECT kind, route, reverse_path, letter.message_id, token, letter.sha256, letter.octets, segment, offset,
              length, smtp_utf8, eight_bit, queued
            FROM letter JOIN original ON original.id = letter.original WHERE letter.id = ?
            """, id.rawValue
        ) { row in
            SHA256Digest(octets: row.blob(5)).map {
                DueLetter(
                    id: id, kind: NewLetter.Kind(rawValue: row.text(0)) ?? .free,
                    route: row.optionalText(1), reversePath: EmailAddress(unquoting: row.text(2)),
                    messageID: row.text(3), token: row.text(4), sha256: $0, octets: row.int(6),
                    place: OriginalPlace(
                        segment: row.int(7), offset: row.integer(8), length: row.integer(9)),
                    needsSMTPUTF8: row.bool(10), isEightBit: row.bool(11),
                    queued: Timestamp(milliseconds: row.integer(12)), recipients: recipients)
            }
        } ?? nil
    }

    /// When the next letter of a route is due, or the next lost answer has waited long enough; nil: never.
    package func nextLetterDue(route: String?, patience: Int) throws -> Timestamp? {
        let queued =
            try db.first(
                """
                SELECT min(max(coalesce(next_try, 0), coalesce(not_before, 0)))
                FROM submission JOIN letter ON letter.id = submission.letter WHERE \(Self.waiting)
                """, route
            ) { $0.optionalInteger(0) } ?? nil
        let lost =
            try db.first(
                """
                SELECT min(changed) FROM submission JOIN letter ON letter.id = submission.letter
                WHERE state = 'intended' AND intents < 2 AND held IS NULL AND cancelled IS NULL AND letter.route IS ?
                """, route
            ) { $0.optionalInteger(0) } ?? nil
        let times = [queued, lost.map { $0 + Int64(patience) * 1000 }].compactMap { $0 }
        return times.min().map { Timestamp(milliseconds: $0) }
    }

    /// Recipients to whom a route sent, or may have sent, since then: what `per_hour` counts.
    ///
    /// What was sent later than now was sent while the clock was wrong, and counts for nothing.
    package func sentCount(route: String?, since: Timestamp, now: Timestamp) throws -> Int {
        try db.first(
            """
            SELECT count(*) FROM submission INDEXED BY submission_gone JOIN letter ON letter.id = submission.letter
            WHERE state IN ('intended', 'sent', 'undelivered') AND changed BETWEEN ? AND ? AND letter.route IS ?
            """, since.milliseconds, now.milliseconds, route
        ) { $0.int(0) } ?? 0
    }

    /// When the oldest of those was sent that a route sent since then.
    package func oldestSent(route: String?, since: Timestamp, now: Timestamp) throws -> Timestamp? {
        try db.first(
            """
            SELECT min(changed) FROM submission INDEXED BY submission_gone JOIN letter ON letter.id = submission.letter
            WHERE state IN ('intended', 'sent', 'undelivered') AND changed BETWEEN ? AND ? AND letter.route IS ?
            """, since.milliseconds, now.milliseconds, route
        ) { $0.optionalInteger(0).map { Timestamp(milliseconds: $0) } } ?? nil
    }

    /// Gives letters that wait for a server which is no longer configured to `[smtp]`; their copies stay theirs.
    package func rerouteLetters(keeping routes: Set<String>) throws {
        let waiting = try db.rows(
            """
            SELECT DISTINCT route FROM letter JOIN submission ON submission.letter = letter.id
            WHERE state IN ('queued', 'intended') AND route IS NOT NULL
            """
        ) { $0.text(0) }
        for route in waiting where !routes.contains(route) {
            try db.run(
                """
                UPDATE letter SET route = NULL, copy_to = coalesce(copy_to, route) WHERE route = ?
                  AND id IN (SELECT letter FROM submission WHERE state IN ('queued', 'intended'))
                """, route)
        }
    }

    // MARK: - Before and after the final dot

    /// Records that the final dot is about to be sent. Only when this is durable may it be.
    ///
    /// Throws where staff took the letter back in the meantime: then nothing is sent.
    package func intend(_ letter: LetterID, places: [Int], now: Timestamp) throws {
        for place in places {
            let changed = try db.run(
                """
                UPDATE submission SET state = 'intended', intents = intents + 1, next_try = NULL, changed = ?,
                  maybe_twice = intents > 0
                WHERE letter = ? AND place = ? AND state = 'queued'
                  AND EXISTS (SELECT 1 FROM letter WHERE id = ?2 AND held IS NULL AND cancelled IS NULL)
                """, now.milliseconds, letter.rawValue, place)
            guard changed == 1 else {
                throw StoreError(.conflict, "letter \(letter) was held back or cancelled")
            }
        }
    }

    /// Records what the server said, and what follows from it: the request's recipient, an event for staff.
    ///
    /// - Parameter copyTo: the source in whose Sent a copy is wanted as soon as anybody was sent the letter,
    ///   where the letter itself names none.
    package func settle(
        _ letter: LetterID, _ outcomes: [SubmissionOutcome], copyTo: String?, now: Timestamp
    ) throws {
        for outcome in outcomes { try settle(letter, outcome, now: now) }
        guard outcomes.contains(where: { $0.ending == .sent }) else { return }
        let own = try db.first(
            "SELECT copy_to FROM letter WHERE id = ? AND is_secret = 0", letter.rawValue
        ) { $0.optionalText(0) }
        // Of one that lets its reader in there is no copy.
        guard let own else { return }
        if let source = own ?? copyTo { try wantCopy(of: letter, in: source) }
    }

    private func settle(_ letter: LetterID, _ outcome: SubmissionOutcome, now: Timestamp) throws {
        // A known answer takes the doubt back that the intent raised, but for a letter that was taken.
        // Cancelled while the server thought about it: what was taken was sent, what was put off is over.
        let (state, counts, wasTaken, next): (SubmissionState, Int, Bool, Timestamp?)
        switch outcome.ending {
        case .sent: (state, counts, wasTaken, next) = (.sent, 1, true, nil)
        case .delayed(let until): (state, counts, wasTaken, next) = (.queued, 1, false, until)
        case .refused: (state, counts, wasTaken, next) = (.refused, 1, false, nil)
        case .notBegun(let until): (state, counts, wasTaken, next) = (.queued, 0, false, until)
        case .unanswered:
            try db.run(
                """
                UPDATE submission SET reply_code = NULL, status = NULL, reply = ?
                WHERE letter = ? AND place = ? AND state = 'intended'
                """, outcome.words, letter.rawValue, outcome.place)
            return
        }
        let changed = try db.run(
            """
            UPDATE submission SET
              state = CASE WHEN ?1 = 'queued' AND (SELECT cancelled FROM letter WHERE id = ?9) IS NOT NULL
                THEN 'cancelled' ELSE ?1 END,
              attempts = attempts + ?2, next_try = ?3, reply_code = ?4, status = ?5, reply = ?6, changed = ?7,
              intents = CASE WHEN ?8 OR state <> 'intended' THEN intents ELSE intents - 1 END,
              maybe_twice = CASE WHEN ?8 THEN intents > 1 ELSE 0 END
            WHERE letter = ?9 AND place = ?10
              AND (state IN ('queued', 'intended') OR ?8 AND state = 'cancelled' AND intents > 0)
            """, state.rawValue, counts, next?.milliseconds, outcome.code, outcome.status, outcome.words,
            now.milliseconds, wasTaken, letter.rawValue, outcome.place)
        guard changed == 1 else { return }
        if state == .sent || state == .refused {
            try follow(letter, outcome.place, state, words: outcome.words, now: now)
        }
    }

    /// Brings the request's recipient after its letter.
    private func follow(
        _ letter: LetterID, _ place: Int, _ state: SubmissionState, words: String, now: Timestamp
    ) throws {
        let about = try db.first(
            """
            SELECT address, request_recipient, request, account, message FROM submission
            JOIN letter ON letter.id = submission.letter WHERE letter = ? AND place = ?
            """, letter.rawValue, place
        ) {
            (
                address: $0.text(0), recipient: $0.optionalInteger(1).map { RequestRecipientID($0) },
                request: $0.optionalInteger(2).map { RequestID($0) },
                account: $0.optionalInteger(3).map { AccountID($0) },
                message: $0.optionalInteger(4).map { MessageNumber($0) }
            )
        }
        guard let about else { return }
        if let recipient = about.recipient {
            try setRecipient(
                recipient, after: state == .sent ? .take : .return, reason: state == .sent ? nil : words,
                now: now)
            if state == .refused { try cancelReminders(to: recipient, now: now) }
        }
        guard state == .refused else { return }
        try addEvent(
            about.recipient == nil ? "letter.refused" : "request.undelivered", account: about.account,
            request: about.request, message: about.message, letter: letter.rawValue, who: about.address,
            words: words, at: now)
    }

    /// Offers letters once more whose answer was lost that long ago; a second time nobody does but staff.
    ///
    /// A copy that the server itself filed, and that was met in Sent, is an answer too.
    package func releaseUnanswered(route: String?, patience: Int, now: Timestamp) throws -> Int {
        let before = now.milliseconds - Int64(patience) * 1000
        let met = try db.rows(
            """
            SELECT submission.letter, place FROM submission JOIN letter ON letter.id = submission.letter
            WHERE state = 'intended' AND changed <= ?1 AND letter.route IS ?2
              AND EXISTS (SELECT 1 FROM placement WHERE placement.message = letter.message)
              AND NOT EXISTS (SELECT 1 FROM sent_copy WHERE sent_copy.letter = letter.id AND tries > 0)
            """, before, route
        ) { (letter: LetterID($0.integer(0)), place: $0.int(1)) }
        for one in met {
            try settle(
                one.letter, SubmissionOutcome(place: one.place, .sent, words: "its copy was met in Sent"),
                now: now)
        }
        return try db.run(
            """
            UPDATE submission SET state = 'queued', next_try = NULL, changed = ?1
            WHERE state = 'intended' AND intents < 2 AND changed <= ?2
              AND letter IN (SELECT id FROM letter WHERE route IS ?3 AND held IS NULL AND cancelled IS NULL)
            """, now.milliseconds, before, route)
    }
}

extension EmailAddress {
    /// As `description` wrote it: a local part in quotes is unquoted again.
    init?(unquoting text: String) {
        guard text.hasPrefix("\""), let at = text.lastIndex(of: "@") else {
            self.init(text)
            return
        }
        var local = ""
        var isEscaped = false
        for character in text[..<at].dropFirst().dropLast() {
            if !isEscaped, character == "\\" {
                isEscaped = true
            } else {
                local.append(character)
                isEscaped = false
            }
        }
        self.init(localPart: local, domain: String(text[text.index(after: at)...]))
    }
}
