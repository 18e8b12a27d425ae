package import Mail
package import Mailroom
internal import SQLite
package import Text

/// A part of an answer with what was decided about its item.
package struct AnswerPart: Sendable, Equatable {
    /// The part's row.
    package let id: Int64
    package let section: Section
    package let name: String?
    package let sha256: SHA256Digest
    /// It lies in a folder of the request's account, by this message or an earlier one.
    package let isFiled: Bool
    /// Nobody has ticked it, and nobody said that it ticks nothing.
    package let isUndecided: Bool
}

/// What a part of an answer does.
package struct AnswerTick: Sendable, Equatable {
    package let part: Int64
    package let item: RequestItemID?
    package let because: String

    package init(part: Int64, item: RequestItemID?, because: String) {
        self.part = part
        self.item = item
        self.because = because
    }
}

extension StoreTransaction {
    /// The letters of ours that a message names, with the requests they belong to.
    package func answeredLetters(_ names: AnswerNames, now: Timestamp) throws -> [AnsweredLetter] {
        // A firm that never wrote need not look for each name of each thread.
        guard !names.isEmpty, try db.exists("SELECT 1 FROM letter LIMIT 1") else { return [] }
        var found: [(letter: Int64, naming: AnsweredLetter.Naming)] = []
        func add(_ letter: Int64?, _ naming: AnsweredLetter.Naming) {
            guard let letter, !found.contains(where: { $0.letter == letter }) else { return }
            found.append((letter, naming))
        }
        for token in names.tokens {
            add(
                try db.first("SELECT id FROM letter WHERE token = ?", token) { $0.integer(0) }, .subAddress)
        }
        for (ids, naming) in [
            (names.inReplyTo, AnsweredLetter.Naming.inReplyTo), (names.references, .references),
        ] {
            for id in ids {
                add(
                    try db.first("SELECT letter FROM letter_name WHERE message_id = ?", id.rawValue) {
                        $0.integer(0)
                    }, naming)
            }
        }
        return try found.compactMap { try answeredLetter($0.letter, $0.naming, names, now: now) }
    }

    private func answeredLetter(
        _ letter: Int64, _ naming: AnsweredLetter.Naming, _ names: AnswerNames, now: Timestamp
    ) throws -> AnsweredLetter? {
        let row = try db.first("SELECT subject, account, request, token FROM letter WHERE id = ?", letter) {
            (
                subject: $0.text(0), account: $0.optionalInteger(1).map { AccountID($0) },
                request: $0.optionalInteger(2).map { RequestID($0) }, token: $0.text(3)
            )
        }
        guard let row else { return nil }
        let keys = try db.rows("SELECT key FROM submission WHERE letter = ?", letter) {
            AddressKey($0.text(0))
        }
        let request = try row.request.flatMap { try self.request($0) }
        return AnsweredLetter(
            naming: naming, subject: row.subject, account: row.account ?? request?.account,
            recipients: Set(keys.compactMap { $0 }), request: request.map { $0.answered(at: now) },
            isBySecret: names.tell(row.token))
    }

    /// The request a recorded message came in answer to, by what was noted then.
    package func answeredRequest(of message: MessageNumber, now: Timestamp) throws -> AnsweredRequest? {
        let id = try db.first(
            """
            SELECT request FROM request_part JOIN part ON part.id = request_part.part
            WHERE part.message = ? ORDER BY request DESC LIMIT 1
            """, message.rawValue
        ) { RequestID($0.integer(0)) }
        return try id.flatMap { try request($0) }?.answered(at: now)
    }

    /// The attachments of a message as far as they can answer: filed ones, and ones that wait for that.
    package func answerParts(of message: MessageNumber, to request: RequestID) throws -> [AnswerPart] {
        try db.rows(
            """
            SELECT part.id, part.section, part.name, part.sha256, state, request_part.item, request_part.ticked_by,
              document.account = (SELECT account FROM request WHERE id = ?2)
            FROM part LEFT JOIN request_part ON request_part.part = part.id AND request_part.request = ?2
            LEFT JOIN document ON document.id = part.document
            WHERE part.message = ?1 AND container = 0 AND state IN ('filed', 'duplicate', 'needs_filing', 'failed')
            ORDER BY part.id
            """, message.rawValue, request.rawValue
        ) { row in
            SHA256Digest(octets: row.blob(3)).map {
                AnswerPart(
                    id: row.integer(0), section: Section(row.text(1)), name: row.optionalText(2), sha256: $0,
                    isFiled: ["filed", "duplicate"].contains(row.text(4)) && !row.isNull(7) && row.bool(7),
                    isUndecided: row.isNull(5) && row.isNull(6))
            }
        }.compactMap { $0 }
    }

    /// Notes what came in answer, ticks what it ticks, and closes the request where that was the last of it.
    ///
    /// - Parameters:
    ///   - sender: who answered, where From is believed; nil: nothing of it counts yet.
    ///   - isFiled: something of it lies in a folder.
    package func recordAnswer(
        _ message: MessageNumber, to id: RequestID, _ ticks: [AnswerTick], from sender: AddressKey?,
        isFiled: Bool, now: Timestamp
    ) throws {
        var isTicked = false
        for tick in ticks {
            if let item = tick.item {
                isTicked = true
                try setItem(item, .received, note: nil, now: now)
            }
            try db.run(
                """
                INSERT INTO request_part (request, part, item, because, ticked_by) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (request, part) DO UPDATE SET item = ?3, because = ?4, ticked_by = ?5
                """, id.rawValue, tick.part, tick.item?.rawValue, tick.because,
                tick.item == nil ? nil : "mailroom")
        }
        guard let sender else { return }
        let before = try knownRequest(id)
        for recipient in before.recipients where AddressKey(recipient.address) == sender {
            try setRecipient(recipient.id, after: .open, now: now)
        }
        try settle(id, isAnswered: isFiled, message: message, now: now)
        let request = try knownRequest(id)
        if isTicked, request.state != .answered {
            try addEvent(
                "request.partly_answered", account: request.account, request: id, message: message,
                who: sender.description,
                words:
                    "\(request.items.count - request.askedFor.count)/\(request.items.count) · \(request.title)",
                at: now)
        }
    }
}

extension Request {
    /// As far as an answer depends on it.
    package func answered(at now: Timestamp) -> AnsweredRequest {
        AnsweredRequest(
            id: id, account: account, title: title, folder: folder, state: state,
            takesReplies: takesReplies(at: now))
    }
}
