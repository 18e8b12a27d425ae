package import Mail
package import Mailroom
internal import SQLite
package import Text

/// What of a request is to be another than it is; nil: as it is.
package struct RequestChange: Sendable, Equatable {
    package var title: String?
    package var text: String?
    package var language: Language?
    package var folder: FolderPath?
    package var due: CivilDay??
    package var reminders: [Int]??
    /// Of each recipient's link.
    package var proof: LinkProof?

    package init() {}

    package var isEmpty: Bool { self == RequestChange() }
}

extension StoreTransaction {
    package func editRequest(
        _ id: RequestID, _ change: RequestChange, by actor: String, now: Timestamp
    ) throws {
        let request = try permitted(.edit, id)
        if let title = change.title { try set("title", title, of: id) }
        if let text = change.text { try set("text", text, of: id) }
        if let language = change.language { try set("language", language.rawValue, of: id) }
        if let due = change.due { try set("due", due?.number, of: id) }
        if let reminders = change.reminders { try set("reminders", Self.text(reminders), of: id) }
        if let path = change.folder {
            guard let folder = try folder(named: path.top, of: request.account) else {
                throw StoreError(.notFound, "the account has no folder \(path.top)")
            }
            try set("folder", folder.rawValue, of: id)
            try set("path", path.components.dropFirst().joined(separator: "/"), of: id)
        }
        if let proof = change.proof { try set(proof, of: request) }
        let changes = [
            change.title.map { "title: \($0)" }, change.text.map { _ in "text" },
            change.language.map { "language: \($0.rawValue)" }, change.folder.map { "folder: \($0)" },
            change.due.map { "due: \($0?.description ?? "never")" },
            change.reminders.map { "reminders: \(Self.text($0) ?? "as the firm")" },
            change.proof.map { "proof: \($0.rawValue)" },
        ].compactMap { $0 }
        try audit(
            "request.edit", by: actor, account: request.account.rawValue, subject: "\(id)",
            detail: changes.joined(separator: ", "), at: now)
    }

    /// What every link of its recipients asks from now on; whoever gave a code before gives another.
    private func set(_ proof: LinkProof, of request: Request) throws {
        for recipient in request.recipients where recipient.proof != proof {
            try db.run(
                "UPDATE request_recipient SET proof = ? WHERE id = ?", proof.rawValue, recipient.id.rawValue)
            try forgetProofs(at: .recipient(recipient.id))
        }
        changedRequests = true
    }

    /// Asks for more; what was answered is open again.
    package func addItems(
        _ names: [String], to id: RequestID, holdingUntil end: Timestamp, by actor: String, now: Timestamp
    ) throws {
        let request = try permitted(.addItems, id)
        try insertItems(names, to: id, now: now)
        try reopen(request, holdingUntil: end, now: now)
        try audit(
            "request.add", by: actor, account: request.account.rawValue, subject: "\(id)",
            detail: "items: " + names.joined(separator: ", "), at: now)
    }

    package func addDocuments(
        _ documents: [DocumentID], to id: RequestID, knowsPrivate: Bool = false, by actor: String,
        now: Timestamp
    ) throws {
        let request = try permitted(.attach, id)
        let names = try insertDocuments(
            documents, to: id, account: request.account, knowsPrivate: knowsPrivate)
        try audit(
            "request.add", by: actor, account: request.account.rawValue, subject: "\(id)",
            detail: "documents: \(names)", at: now)
        changedRequests = true
    }

    /// More people to ask; a letter to each is queued by whoever calls, with ``sendRequest(_:to:by:now:)``.
    ///
    /// - Returns: those that it did not go to yet.
    package func addRecipients(
        _ recipients: [NewRequestRecipient], to id: RequestID, by actor: String, now: Timestamp
    ) throws -> [RequestRecipientID] {
        let request = try permitted(.addRecipients, id)
        let added = try insertRecipients(recipients, to: id, now: now)
        try audit(
            "request.add", by: actor, account: request.account.rawValue, subject: "\(id)",
            detail: "recipients: " + recipients.map(\.address.description).joined(separator: ", "), at: now)
        return added
    }

    package func extendRequest(
        _ id: RequestID, until end: Timestamp, due: CivilDay??, by actor: String, now: Timestamp
    ) throws {
        let request = try permitted(.extend, id)
        guard end > now else { throw StoreError(.invalid, "that day is over already") }
        try setState(of: request, .extend, now: now)
        try set("expires", end.milliseconds, of: id)
        if let due { try set("due", due?.number, of: id) }
        try audit(
            "request.extend", by: actor, account: request.account.rawValue, subject: "\(id)",
            detail: "until \(end)", at: now)
    }

    /// Lets a request whose time is over hold again, by new links alone.
    ///
    /// - Parameter expected: of the links that are over; another one was renewed meanwhile.
    /// - Returns: whether it was done.
    package func renewLapsed(
        _ id: RequestID, generation expected: Int, until end: Timestamp, by actor: String, now: Timestamp
    ) throws -> Bool {
        let request = try knownRequest(id)
        guard request.generation == expected, request.state == .expired || request.expires <= now else {
            return false
        }
        try extendRequest(id, until: end, due: nil, by: actor, now: now)
        try db.run(
            "UPDATE request SET lapsed = generation, generation = generation + 1 WHERE id = ?", id.rawValue)
        return true
    }

    /// Takes a request back: its links are void for ever, and no letter of it goes out any more.
    package func revokeRequest(_ id: RequestID, by actor: String, now: Timestamp) throws {
        let request = try permitted(.revoke, id)
        try setState(of: request, .revoke, now: now)
        try db.run("UPDATE request SET generation = generation + 1 WHERE id = ?", id.rawValue)
        try cancelLetters(of: id, kinds: NewLetter.Kind.allCases, now: now)
        try removeUnfinished(of: id)
        try audit(
            "request.revoke", by: actor, account: request.account.rawValue, subject: "\(id)",
            detail: request.title, at: now)
    }

    /// Makes every link of it void; new ones can be copied at once.
    package func renewLinks(of id: RequestID, by actor: String, now: Timestamp) throws {
        let request = try permitted(.copyLink, id)
        try db.run("UPDATE request SET generation = generation + 1 WHERE id = ?", id.rawValue)
        try removeUnfinished(of: id)
        try audit(
            "request.link", by: actor, account: request.account.rawValue, subject: "\(id)",
            detail: "the links before this one are void", at: now)
    }

    /// Ends the open requests whose time is over.
    @discardableResult
    package func expireRequests(now: Timestamp) throws -> [RequestID] {
        let over = try db.rows(
            "SELECT id FROM request WHERE state = 'open' AND expires <= ? ORDER BY id", now.milliseconds
        ) { RequestID($0.integer(0)) }
        for id in over {
            let request = try knownRequest(id)
            try setState(of: request, .expire, now: now)
            try cancelLetters(of: id, kinds: [.request, .reminder, .rejection], now: now)
            try addEvent(
                "request.expired", account: request.account, request: id,
                words: request.title, at: now)
            try audit(
                "request.expire", by: "mailroom", account: request.account.rawValue, subject: "\(id)",
                detail: request.title, at: now)
        }
        return over
    }

    /// An answered request is asked for again, and holds long enough for that; an open one stays as it is.
    func reopen(_ request: Request, holdingUntil end: Timestamp, now: Timestamp) throws {
        let next = try setState(of: request, .askAgain, now: now)
        guard next == .open, request.state != .open else { return }
        try db.run(
            "UPDATE request SET expires = max(expires, ?) WHERE id = ?", end.milliseconds,
            request.id.rawValue)
        for recipient in request.recipients {
            try setRecipient(recipient.id, after: .askAgain, now: now)
        }
    }

    /// Takes back the letters of a request as far as they were not sent.
    ///
    /// One on its way now, or whose answer was lost, may arrive; but nobody offers it again.
    func cancelLetters(of id: RequestID, kinds: [NewLetter.Kind], now: Timestamp) throws {
        for kind in kinds {
            try db.run(
                """
                UPDATE letter SET cancelled = ?1 WHERE request = ?2 AND kind = ?3 AND cancelled IS NULL AND EXISTS
                  (SELECT 1 FROM submission WHERE submission.letter = letter.id
                   AND state IN ('queued', 'intended', 'refused'))
                """, now.milliseconds, id.rawValue, kind.rawValue)
            try db.run(
                """
                UPDATE submission SET state = 'cancelled', next_try = NULL, changed = ?1 WHERE state = 'queued'
                  AND letter IN (SELECT id FROM letter WHERE request = ?2 AND kind = ?3)
                """, now.milliseconds, id.rawValue, kind.rawValue)
        }
    }

    /// Takes back the reminders that wait for somebody whom no letter reaches.
    func cancelReminders(to recipient: RequestRecipientID, now: Timestamp) throws {
        let waiting = try db.rows(
            """
            SELECT letter.id FROM submission JOIN letter ON letter.id = submission.letter
            WHERE request_recipient = ? AND kind = 'reminder' AND state IN ('queued', 'intended')
            """, recipient.rawValue
        ) { $0.integer(0) }
        for letter in waiting {
            try db.run(
                "UPDATE letter SET cancelled = ? WHERE id = ? AND cancelled IS NULL", now.milliseconds, letter
            )
            try db.run(
                """
                UPDATE submission SET state = 'cancelled', next_try = NULL, changed = ?
                WHERE letter = ? AND state = 'queued'
                """, now.milliseconds, letter)
        }
    }

    private func set(_ column: String, _ value: any SQLiteBindable, of id: RequestID) throws {
        changedRequests = true
        try db.run("UPDATE request SET \(column) = ? WHERE id = ?", value, id.rawValue)
    }
}
