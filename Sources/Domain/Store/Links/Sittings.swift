package import Mail
package import Mailroom
internal import SQLite
package import Text

/// The row of a sitting in the store.
package struct SittingID: Hashable, Sendable {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// One browser at one link, from the first thing that it did.
///
/// What it sent is shown by name to it alone: whoever is passed the link
/// learns nothing of that. PRODUCT.md section 4.
package struct Sitting: Sendable, Equatable {
    package let id: SittingID
    package let request: RequestID
    /// Nil: it came by the open link.
    package let recipient: RequestRecipientID?
    /// Of the link that it came by.
    package let generation: Int
    /// By an open link: as typed.
    package let name: String?
    package let address: EmailAddress?
    package let language: Language
    package let last: Timestamp
    /// As which staff see what it sends.
    package let message: MessageNumber?
}

/// What a link leads to.
package struct LinkedRequest: Sendable, Equatable {
    package let request: Request
    /// Nil: of an open link, it is whoever has it.
    package let recipient: RequestRecipient?
    /// The account's name, as the client reads it.
    package let account: String
}

extension StoreTransaction {
    /// As much as decides about a token: one small question, whatever the answer, so that its time tells nothing.
    package func linkFacts(_ target: LinkTarget) throws -> LinkFacts? {
        let (request, recipient): (Int64, Int64)
        switch target {
        case .request(let id): (request, recipient) = (id.rawValue, 0)
        case .recipient(let id): (request, recipient) = (0, id.rawValue)
        case .share(let id): return try shareFacts(id)
        }
        return try db.first(
            """
            SELECT state, generation, expires,
              coalesce((SELECT proof FROM request_recipient WHERE id = ?2), 'none'), lapsed FROM request
            WHERE id = coalesce((SELECT request FROM request_recipient WHERE id = ?2), ?1)
            """, request, recipient
        ) {
            LinkFacts(
                state: RequestState(rawValue: $0.text(0)) ?? .revoked, generation: $0.int(1),
                lapsed: $0.optionalInteger(4).map { Int($0) },
                expires: Timestamp(milliseconds: $0.integer(2)), proof: LinkProof(stored: $0.text(3)))
        }
    }

    /// What a token claims to lead to: whether it does is for ``LinkJudge`` to say.
    package func linked(_ target: LinkTarget) throws -> LinkedRequest? {
        let (id, recipient) = try requestLinked(target)
        guard let request = try id.flatMap({ try request($0) }) else { return nil }
        let account = try db.first("SELECT name FROM account WHERE id = ?", request.account.rawValue) {
            $0.text(0)
        }
        return LinkedRequest(
            request: request,
            recipient: recipient.flatMap { id in request.recipients.first { $0.id == id } },
            account: account ?? "")
    }

    private func requestLinked(_ target: LinkTarget) throws -> (RequestID?, RequestRecipientID?) {
        switch target {
        case .request(let id): (id, nil)
        case .recipient(let recipient): (try request(of: recipient), recipient)
        case .share: (nil, nil)
        }
    }

    /// - Parameter tokenHash: of what the browser's cookie says.
    package func sitting(tokenHash: [UInt8], at target: LinkTarget) throws -> Sitting? {
        let (request, recipient) = try requestLinked(target)
        return try db.first(
            """
            SELECT \(Self.sittingColumns) WHERE token_hash = ? AND request = ? AND coalesce(recipient, 0) = ?
            """, tokenHash, request?.rawValue ?? 0, recipient?.rawValue ?? 0, read: Self.sitting)
    }

    package func sitting(_ id: SittingID) throws -> Sitting? {
        try db.first("SELECT \(Self.sittingColumns) WHERE id = ?", id.rawValue, read: Self.sitting)
    }

    private static let sittingColumns =
        "id, request, recipient, generation, name, address, language, last, message FROM sitting"

    private static func sitting(_ row: Row) -> Sitting {
        Sitting(
            id: SittingID(row.integer(0)), request: RequestID(row.integer(1)),
            recipient: row.optionalInteger(2).map { RequestRecipientID($0) }, generation: row.int(3),
            name: row.optionalText(4), address: row.optionalText(5).flatMap { EmailAddress($0) },
            language: Language(rawValue: row.text(6)) ?? .en,
            last: Timestamp(milliseconds: row.integer(7)),
            message: row.optionalInteger(8).map { MessageNumber($0) })
    }

    /// Remembers a browser, or that it is still there; with the name and the address where it gave them.
    ///
    /// - Parameter network: where it came from, by an open link.
    @discardableResult
    package func sit(
        tokenHash: [UInt8], at linked: LinkedRequest, name: String? = nil, address: EmailAddress? = nil,
        network: [UInt8]? = nil, language: Language, now: Timestamp
    ) throws -> SittingID {
        let (request, recipient) = (linked.request.id.rawValue, linked.recipient?.id.rawValue)
        try db.run(
            """
            INSERT INTO sitting (request, recipient, generation, token_hash, name, address, language, began, last,
              network)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)
            ON CONFLICT (token_hash, request, coalesce(recipient, 0)) DO UPDATE SET
              generation = ?3, name = coalesce(?5, name), address = coalesce(?6, address), language = ?7, last = ?8,
              network = coalesce(?9, network)
            """, request, recipient, linked.request.generation, tokenHash, name, address?.addrSpec,
            language.rawValue, now.milliseconds, network)
        let id = try db.first(
            "SELECT id FROM sitting WHERE token_hash = ? AND request = ? AND coalesce(recipient, 0) = ?",
            tokenHash, request, recipient ?? 0
        ) { SittingID($0.integer(0)) }
        guard let id else { throw StoreError(.notFound, "a sitting is not there that was just made") }
        return id
    }

    /// A person, not a program that tries links, has the page before them; staff are told once in a while.
    package func recordOpening(of linked: LinkedRequest, now: Timestamp) throws {
        if let recipient = linked.recipient { try setRecipient(recipient.id, after: .open, now: now) }
        try tell("link.opened", of: linked, hours: 12, now: now)
    }

    /// Somebody would like a link that works, and we can't tell whom to send it to.
    package func recordRenewalWish(_ linked: LinkedRequest, now: Timestamp) throws {
        try tell("upload.link_wanted", of: linked, hours: 24, now: now)
    }

    /// An event of a link, once in so many hours.
    func tell(
        _ kind: String, of linked: LinkedRequest, hours: Int64, now: Timestamp
    ) throws {
        let who = linked.recipient?.address.description
        let wasTold = try db.exists(
            "SELECT 1 FROM event WHERE request = ? AND kind = ? AND who IS ? AND at > ?",
            linked.request.id.rawValue, kind, who, now.milliseconds - hours * 3_600_000)
        guard !wasTold else { return }
        try addEvent(
            kind, account: linked.request.account, request: linked.request.id, who: who,
            words: linked.request.title, at: now)
    }

    /// Whether a recipient was sent a letter of a request so short a time ago that another would be a nuisance.
    package func wasWrittenTo(_ recipient: RequestRecipientID, since: Timestamp) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM letter JOIN submission ON submission.letter = letter.id
            WHERE submission.request_recipient = ? AND letter.queued >= ? AND letter.cancelled IS NULL
            """, recipient.rawValue, since.milliseconds)
    }
}
