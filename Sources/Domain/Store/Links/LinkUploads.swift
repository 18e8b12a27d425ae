package import Mail
package import Mailroom
internal import SQLite

/// A file that came by a link, as whoever sent it sees it.
package struct LinkUpload: Sendable, Equatable {
    package let id: Int64
    /// As its sender calls it.
    package let name: String
    package let octets: Int64
    package let sha256: SHA256Digest
    package let item: RequestItemID?
    package let at: Timestamp
}

/// How many files came for an item of a request, however they came.
package struct ReceivedCounts: Sendable, Equatable {
    package let byItem: [RequestItemID: Int]
    /// Of one link: what it brought, whatever for.
    package let byLink: Int
}

/// Whose part of a message is a file of which sitting.
package struct NewUpload: Sendable, Equatable {
    package let section: Section
    package let item: RequestItemID?
    /// What of it lies in a folder of the request's account: its own section, or its members'.
    package let filed: [Section]
    /// What of it waits for staff.
    package let waiting: [Section]
    /// Of what was filed: what it ticks by its name, where its sender said nothing.
    package let ticks: [Section: ItemTick]

    package init(
        section: Section, item: RequestItemID?, filed: [Section], waiting: [Section],
        ticks: [Section: ItemTick]
    ) {
        self.section = section
        self.item = item
        self.filed = filed
        self.waiting = waiting
        self.ticks = ticks
    }
}

extension StoreTransaction {
    /// What a browser sent, the oldest first.
    package func uploads(of sitting: SittingID) throws -> [LinkUpload] {
        try db.rows(
            "SELECT \(Self.uploadColumns) WHERE sitting = ? ORDER BY upload.id", sitting.rawValue,
            read: Self.upload
        ).compactMap { $0 }
    }

    static let uploadColumns = """
        upload.id, part.name, part.octets, part.sha256, upload.item, upload.at
        FROM upload JOIN part ON part.id = upload.part
        """

    static func upload(_ row: Row) -> LinkUpload? {
        SHA256Digest(octets: row.blob(3)).map {
            LinkUpload(
                id: row.integer(0), name: row.text(1), octets: row.integer(2), sha256: $0,
                item: row.optionalInteger(4).map { RequestItemID($0) },
                at: Timestamp(milliseconds: row.integer(5)))
        }
    }

    /// What a personal link may tell whoever has it: numbers, no names.
    package func receivedCounts(of request: RequestID, by recipient: RequestRecipientID?) throws
        -> ReceivedCounts
    {
        // A file that its sender gave to an item counts even while staff look at it.
        let items = try db.rows(
            """
            SELECT item, count(*) FROM (
              SELECT part, item FROM request_part WHERE request = ?1 AND item IS NOT NULL
              UNION SELECT upload.part, upload.item FROM upload JOIN sitting ON sitting.id = upload.sitting
              WHERE sitting.request = ?1 AND upload.item IS NOT NULL) GROUP BY item
            """, request.rawValue
        ) { (RequestItemID($0.integer(0)), $0.int(1)) }
        let all = try db.first(
            """
            SELECT count(*) FROM upload JOIN sitting ON sitting.id = upload.sitting
            WHERE sitting.request = ? AND coalesce(sitting.recipient, 0) = ?
            """, request.rawValue, recipient?.rawValue ?? 0
        ) { $0.int(0) }
        return ReceivedCounts(
            byItem: Dictionary(items, uniquingKeysWith: { first, _ in first }), byLink: all ?? 0)
    }

    /// The message of what a sitting sends, where it has begun one and goes on with it.
    ///
    /// One that has come to another account takes no file of this request's any more.
    package func message(of sitting: Sitting, openSince: Timestamp) throws -> MessageNumber? {
        guard let message = sitting.message,
            try db.exists(
                """
                SELECT 1 FROM message JOIN request ON request.account = message.account
                WHERE message.id = ? AND request.id = ?
                """, message.rawValue, sitting.request.rawValue)
        else { return nil }
        let last =
            try db.first("SELECT max(at) FROM upload WHERE sitting = ?", sitting.id.rawValue) {
                $0.optionalInteger(0)
            } ?? nil
        guard let last, last >= openSince.milliseconds else { return nil }
        return message
    }

    /// The next file that it sends begins a notice of its own.
    package func endNotice(of sitting: SittingID) throws {
        try db.run("UPDATE sitting SET message = NULL WHERE id = ?", sitting.rawValue)
    }

    /// The name by which the answers to a request find each other: of the last letter, else of what came before.
    package func threadName(of request: RequestID, recipient: RequestRecipientID?) throws
        -> (name: MessageID, source: String?)?
    {
        try db.first(
            """
            SELECT message_id, source FROM (
              SELECT message.message_id, message.source, 2 AS rank, letter.id AS row FROM letter
              JOIN message ON message.id = letter.message JOIN submission ON submission.letter = letter.id
              WHERE letter.request = ?1 AND (submission.request_recipient = ?2 OR ?2 IS NULL)
              UNION ALL SELECT message.message_id, message.source, 1, sitting.id FROM sitting
              JOIN upload ON upload.sitting = sitting.id JOIN part ON part.id = upload.part
              JOIN message ON message.id = part.message WHERE sitting.request = ?1)
            WHERE message_id IS NOT NULL ORDER BY rank DESC, row DESC LIMIT 1
            """, request.rawValue, recipient?.rawValue
        ) { row in MessageID(row.text(0)).map { ($0, row.optionalText(1)) } } ?? nil
    }

    /// Begins the message as which staff see what a sitting sends: its text is ours, its files are the parts.
    package func addNotice(
        _ kept: KeptLetter, of sitting: Sitting, _ matching: Matching, source: String?, now: Timestamp
    ) throws -> MessageNumber {
        let number = try addNotice(
            kept, sitting.recipient == nil ? .ofOpenLink : .ofLink, matching, source: source, now: now)
        try db.run("UPDATE sitting SET message = ? WHERE id = ?", number.rawValue, sitting.id.rawValue)
        return number
    }

    /// - Parameter judgement: how it came, as whoever asks why is told.
    func addNotice(
        _ kept: KeptLetter, _ judgement: Judgement, _ matching: Matching, source: String?, now: Timestamp
    ) throws -> MessageNumber {
        var new = NewMessage(
            identity: kept.identity, envelope: kept.envelope, received: now, isHistory: false,
            matching: matching, matchReason: judgement.because, judgement: judgement, problems: [],
            droppingDetail: false)
        new.snippet = kept.snippet
        new.source = source
        let number = try addMessage(new, now: now)
        for part in kept.parts {
            try addPart(
                part.facts, charset: part.charset, stored: part.isStored, plan: part.plan, document: nil,
                of: number)
        }
        _ = try recordOriginal(of: kept, message: number)
        return number
    }

    /// The number of the next part of a message: `3` after `1`, `2` and `2/1`.
    package func nextSection(of message: MessageNumber) throws -> Int {
        let count = try db.first(
            "SELECT count(*) FROM part WHERE message = ? AND unwrapped_from IS NULL", message.rawValue
        ) { $0.int(0) }
        return (count ?? 0) + 1
    }

    /// Notes files that a sitting sent, and what they are for the request: part of the transaction that files them.
    ///
    /// - Parameter names: as the lists of the inbox tell them.
    package func recordUploads(
        _ uploads: [NewUpload], of sitting: Sitting, in message: MessageNumber, by actor: String,
        now: Timestamp
    ) throws {
        let request = try knownRequest(sitting.request)
        for upload in uploads {
            let part = try part(upload.section, of: message)
            try db.run(
                "INSERT INTO upload (sitting, part, item, at) VALUES (?, ?, ?, ?)", sitting.id.rawValue, part,
                upload.item?.rawValue, now.milliseconds)
            let item = request.items.first { $0.id == upload.item }
            for section in upload.filed {
                let tick = item.map { ItemTick(item: $0.id, because: "its sender said so") }
                try note(section, tick ?? upload.ticks[section], of: message, for: request, now: now)
            }
            for section in upload.waiting {
                try note(
                    section, ItemTick(item: nil, because: "it is not filed yet"), of: message, for: request,
                    now: now)
            }
        }
        try db.run(
            "UPDATE document SET origin = 'upload', filed_by = ? WHERE message = ? AND origin = 'mail'",
            actor,
            message.rawValue)
        try db.run(
            "UPDATE sitting SET last = ? WHERE id = ?", now.milliseconds, sitting.id.rawValue)
        if let recipient = sitting.recipient { try setRecipient(recipient, after: .open, now: now) }
        try tellAgain(message, now: now)
        try settle(
            request.id, isAnswered: uploads.contains { !$0.filed.isEmpty }, message: message, now: now)
    }

    private func part(_ section: Section, of message: MessageNumber) throws -> Int64 {
        let id = try db.first(
            "SELECT id FROM part WHERE message = ? AND section = ?", message.rawValue, section.text
        ) { $0.integer(0) }
        guard let id else { throw StoreError(.notFound, "message \(message) has no part \(section)") }
        return id
    }

    private func note(
        _ section: Section, _ tick: ItemTick?, of message: MessageNumber, for request: Request,
        now: Timestamp
    ) throws {
        let part = try part(section, of: message)
        if let id = tick?.item, let item = try items(of: request.id).first(where: { $0.id == id }),
            let next = item.state.after(.tick), next != item.state
        {
            try setItem(id, next, note: nil, now: now)
        }
        try db.run(
            """
            INSERT INTO request_part (request, part, item, because, ticked_by) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (request, part) DO UPDATE SET item = ?3, because = ?4, ticked_by = ?5
            """, request.id.rawValue, part, tick?.item?.rawValue, tick?.because ?? ItemTicking.fitsNothing,
            tick?.item == nil ? nil : "mailroom")
    }

    /// One more file of a message that staff may have read: it is news again, with all their names.
    private func tellAgain(_ message: MessageNumber, now: Timestamp) throws {
        let names = try db.rows(
            """
            SELECT part.name FROM upload JOIN part ON part.id = upload.part WHERE part.message = ?
            ORDER BY upload.id DESC LIMIT 5
            """, message.rawValue
        ) { $0.text(0) }
        try tellAgain(message, names, now: now)
    }

    func tellAgain(_ message: MessageNumber, _ names: [String], now: Timestamp) throws {
        let snippet = names.joined(separator: ", ")
        try db.run("UPDATE message SET snippet = ? WHERE id = ?", snippet, message.rawValue)
        guard let id = try conversation(of: message), var record = try conversationRecord(id) else { return }
        record.state = .open
        record.until = nil
        record.snippet = snippet
        record.latest = max(record.latest, now.milliseconds)
        record.arrived = max(record.arrived + 1, now.milliseconds)
        try update(record)
        changedParts.formUnion(["inbox", "requests", "conversation-\(id)"])
    }
}
