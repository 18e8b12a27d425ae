package import Mail
package import Mailroom
internal import SQLite
package import Text

/// Somebody a request is to go to.
package struct NewRequestRecipient: Hashable, Sendable {
    package let name: String?
    package let address: EmailAddress
    package let key: AddressKey
    package let contact: ContactID?
    /// What their link asks of them.
    package var proof: LinkProof

    package init(
        name: String?, address: EmailAddress, key: AddressKey, contact: ContactID?,
        proof: LinkProof = .nothing
    ) {
        self.name = name
        self.address = address
        self.key = key
        self.contact = contact
        self.proof = proof
    }
}

/// What a request is made of.
package struct NewRequest: Sendable, Equatable {
    package var account: AccountID
    /// Its top level is one of the account's.
    package var folder: FolderPath
    package var title: String
    package var text: String
    package var language: Language
    package var due: CivilDay?
    package var expires: Timestamp
    package var reminders: [Int]?
    package var items: [String]
    package var recipients: [NewRequestRecipient]
    package var documents: [DocumentID]
    /// Whoever asks was told which of them clients can't see.
    package var knowsPrivate: Bool

    package init(
        account: AccountID, folder: FolderPath, title: String, text: String, language: Language,
        due: CivilDay? = nil, expires: Timestamp, reminders: [Int]? = nil, items: [String] = [],
        recipients: [NewRequestRecipient] = [], documents: [DocumentID] = [], knowsPrivate: Bool = false
    ) {
        self.account = account
        self.folder = folder
        self.title = title
        self.text = text
        self.language = language
        self.due = due
        self.expires = expires
        self.reminders = reminders
        self.items = items
        self.recipients = recipients
        self.documents = documents
        self.knowsPrivate = knowsPrivate
    }
}

extension StoreTransaction {
    /// Makes a draft: its rows have the numbers that links are derived from, and nobody has got it yet.
    ///
    /// - Parameter author: who asks, as the client reads it.
    package func addRequest(
        _ new: NewRequest, author: String, by actor: String, now: Timestamp
    ) throws -> RequestID {
        guard let folder = try folder(named: new.folder.top, of: new.account) else {
            throw StoreError(.notFound, "the account has no folder \(new.folder.top)")
        }
        let id = RequestID(
            try db.insert(
                """
                INSERT INTO request (account, folder, path, title, text, language, state, due, expires, reminders,
                  author, created) VALUES (?, ?, ?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?)
                """, new.account.rawValue, folder.rawValue,
                new.folder.components.dropFirst().joined(separator: "/"), new.title, new.text,
                new.language.rawValue, new.due?.number, new.expires.milliseconds, Self.text(new.reminders),
                author, now.milliseconds))
        try insertItems(new.items, to: id, now: now)
        try insertRecipients(new.recipients, to: id, now: now)
        let names = try insertDocuments(
            new.documents, to: id, account: new.account, knowsPrivate: new.knowsPrivate)
        try audit(
            "request.add", by: actor, account: new.account.rawValue, subject: "\(id)",
            detail: names.isEmpty ? new.title : "\(new.title), documents: \(names)", at: now)
        return id
    }

    /// A request goes out, or goes out again: by letters that the same transaction queues, or by a link alone.
    ///
    /// - Parameter recipients: those whose letters are queued.
    package func sendRequest(
        _ id: RequestID, to recipients: [RequestRecipientID], by actor: String, now: Timestamp
    ) throws {
        let request = try permitted(.send, id)
        try setState(of: request, .send, now: now)
        for recipient in recipients {
            try setRecipient(recipient, after: .queue, now: now)
            try forgetProofs(at: .recipient(recipient))
        }
        let addresses = request.recipients.filter { recipients.contains($0.id) }.map(\.address.description)
        try audit(
            "request.send", by: actor, account: request.account.rawValue, subject: "\(id)",
            detail: addresses.isEmpty ? "as a link" : "to " + addresses.joined(separator: ", "), at: now)
    }

    /// Puts a recipient into the state that follows.
    ///
    /// - Parameter reason: of a letter that came back, the remote server's words.
    package func setRecipient(
        _ id: RequestRecipientID, after event: RecipientState.Event, reason: String? = nil, now: Timestamp
    ) throws {
        guard
            let word = try db.first(
                "SELECT state FROM request_recipient WHERE id = ?", id.rawValue, read: { $0.text(0) }),
            let state = RecipientState(rawValue: word)
        else { throw StoreError(.notFound, "there is no recipient \(id.rawValue) of a request") }
        let next = state.after(event)
        changedRequests = true
        try db.run(
            """
            UPDATE request_recipient SET state = ?1, changed = ?2,
              reason = CASE WHEN ?1 = 'undelivered' THEN coalesce(?3, reason) END,
              sent = CASE WHEN ?4 THEN coalesce(sent, ?2) ELSE sent END WHERE id = ?5
            """, next.rawValue, now.milliseconds, reason, event == .take, id.rawValue)
    }

    // MARK: - Rows

    func insertItems(_ names: [String], to request: RequestID, now: Timestamp) throws {
        let last = try db.first(
            """
            SELECT max(last_item, coalesce((SELECT max(place) FROM request_item WHERE request = ?1), 0))
            FROM request WHERE id = ?1
            """, request.rawValue
        ) { $0.int(0) }
        for (index, name) in names.enumerated() {
            try db.run(
                "INSERT INTO request_item (request, place, name, state, changed) VALUES (?, ?, ?, 'open', ?)",
                request.rawValue, (last ?? 0) + index + 1, name, now.milliseconds)
        }
    }

    /// Each address once, however often it is named.
    @discardableResult
    func insertRecipients(
        _ recipients: [NewRequestRecipient], to request: RequestID, now: Timestamp
    ) throws -> [RequestRecipientID] {
        var added: [RequestRecipientID] = []
        for recipient in recipients {
            let known = try db.exists(
                "SELECT 1 FROM request_recipient WHERE request = ? AND key = ?", request.rawValue,
                recipient.key.description)
            guard !known else { continue }
            added.append(
                RequestRecipientID(
                    try db.insert(
                        """
                        INSERT INTO request_recipient (request, place, name, address, key, contact, state, changed, proof)
                        VALUES (?1, (SELECT coalesce(max(place), 0) + 1 FROM request_recipient WHERE request = ?1),
                          ?2, ?3, ?4, ?5, 'queued', ?6, ?7)
                        """, request.rawValue, recipient.name,
                        "\(recipient.address.localPart)@\(recipient.address.domain)",
                        recipient.key.description, recipient.contact?.rawValue, now.milliseconds,
                        recipient.proof.rawValue)))
        }
        return added
    }

    /// Throws a ``DeskRefusal`` where one may not be shown to whoever has the link.
    ///
    /// - Returns: their names, for the audit.
    func insertDocuments(
        _ ids: [DocumentID], to request: RequestID, account: AccountID, knowsPrivate: Bool
    ) throws -> String {
        let documents = try shareable(ids, of: account, knowsPrivate: knowsPrivate)
        for document in documents {
            try db.run(
                """
                INSERT OR IGNORE INTO request_attachment (request, document, place)
                VALUES (?1, ?2, (SELECT count(*) FROM request_attachment WHERE request = ?1))
                """, request.rawValue, document.id.rawValue)
        }
        return documents.map(\.name).joined(separator: ", ")
    }

    /// The request, unless it is too late for that.
    func permitted(_ deed: RequestDeed, _ id: RequestID) throws -> Request {
        let request = try knownRequest(id)
        if let refusal = deed.refusal(in: request.state) {
            throw StoreError(.conflict, "request \(id) \(refusal)")
        }
        return request
    }

    /// The state that follows, with the moment it was closed.
    @discardableResult
    func setState(of request: Request, _ event: RequestState.Event, now: Timestamp) throws -> RequestState {
        guard let next = request.state.after(event) else {
            throw StoreError(.conflict, "request \(request.id) is \(request.state.rawValue)")
        }
        guard next != request.state else { return next }
        changedRequests = true
        let isClosed = next != .open && next != .draft
        try db.run(
            "UPDATE request SET state = ?, closed = ? WHERE id = ?", next.rawValue,
            isClosed ? now.milliseconds : nil, request.id.rawValue)
        return next
    }

    static func text(_ days: [Int]?) -> String? { days?.map(String.init).joined(separator: ",") }
}
