package import Mail
package import Mailroom
internal import SQLite

/// What came in answer to a request: a part of a message, beside the items or on one of them.
package struct RequestPart: Sendable, Equatable {
    /// The part's row.
    package let id: Int64
    package let message: MessageNumber
    package let section: Section
    package let name: String?
    package let octets: Int64
    package let sha256: SHA256Digest
    package let state: LedgerState
    /// Where it is filed: folder and name.
    package let document: String?
    package let item: RequestItemID?
    package let because: String
    /// A person, or `mailroom`; nil: nobody has said anything.
    package let tickedBy: String?
}

extension StoreTransaction {
    private static let partColumns = """
        part.id, part.message, part.section, part.name, part.octets, part.sha256, part.state,
        folder.name || CASE document.path WHEN '' THEN '' ELSE '/' || document.path END || '/' || document.name,
        request_part.item, request_part.because, request_part.ticked_by
        FROM request_part JOIN part ON part.id = request_part.part
        LEFT JOIN document ON document.id = part.document LEFT JOIN folder ON folder.id = document.folder
        """

    /// What came, in the order it came; what staff gave to another account since is that account's alone.
    package func parts(of request: RequestID) throws -> [RequestPart] {
        try db.rows(
            """
            SELECT \(Self.partColumns)
            JOIN message ON message.id = part.message JOIN request ON request.id = request_part.request
            WHERE request_part.request = ?
              AND coalesce(document.account, message.account, request.account) = request.account
            ORDER BY part.id
            """, request.rawValue, read: Self.part
        ).compactMap { $0 }
    }

    private static func part(_ row: Row) -> RequestPart? {
        guard let sha256 = SHA256Digest(octets: row.blob(5)) else { return nil }
        return RequestPart(
            id: row.integer(0), message: MessageNumber(row.integer(1)), section: Section(row.text(2)),
            name: row.optionalText(3), octets: row.integer(4), sha256: sha256,
            state: LedgerState(rawValue: row.text(6)) ?? .needsFiling, document: row.optionalText(7),
            item: row.optionalInteger(8).map { RequestItemID($0) }, because: row.text(9),
            tickedBy: row.optionalText(10))
    }

    /// Staff change an item: take it, refuse it, tick or untick it.
    ///
    /// An item that is asked for again opens an answered request, one that
    /// was the last open one answers it.
    ///
    /// - Parameters:
    ///   - number: of the item, from 1.
    ///   - part: with a tick, the document it stands for.
    ///   - end: until when a request holds that is asked for again.
    package func changeItem(
        _ number: Int, of id: RequestID, _ event: ItemState.Event, note: String? = nil, part: Int64? = nil,
        holdingUntil end: Timestamp, by actor: String, now: Timestamp
    ) throws {
        let request = try permitted(event.deed, id)
        guard let item = request.items.first(where: { $0.number == number }) else {
            throw StoreError(.notFound, "request \(id) has no item \(number)")
        }
        guard let next = item.state.after(event) else {
            throw StoreError(.conflict, "item \(number) of request \(id) is \(item.state.rawValue)")
        }
        try setItem(item.id, next, note: note, now: now)
        switch event {
        case .untick, .reject:
            try db.run(
                """
                UPDATE request_part SET item = NULL, because = ?, ticked_by = ? WHERE request = ? AND item = ?
                """, event == .untick ? "staff unticked it" : "staff rejected it", actor, id.rawValue,
                item.id.rawValue)
        case .tick, .accept, .decline, .reconsider: break
        }
        if let part {
            let changed = try db.run(
                """
                UPDATE request_part SET item = ?, because = 'staff said so', ticked_by = ?
                WHERE request = ? AND part = ?
                """, item.id.rawValue, actor, id.rawValue, part)
            guard changed > 0 else {
                throw StoreError(.notFound, "no such document came in answer to request \(id)")
            }
        }
        if next.isAskedFor { try reopen(request, holdingUntil: end, now: now) }
        try audit(
            "request.\(event.verb)", by: actor, account: request.account.rawValue, subject: "\(id)",
            detail: "item \(number) \(item.name)" + (note.map { ": \($0)" } ?? ""), at: now)
        try settle(id, isAnswered: false, message: nil, now: now)
    }

    func setItem(_ id: RequestItemID, _ state: ItemState, note: String?, now: Timestamp) throws {
        try db.run(
            "UPDATE request_item SET state = ?, note = ?, changed = ? WHERE id = ?", state.rawValue, note,
            now.milliseconds, id.rawValue)
    }

    /// Closes a request of which nothing is asked for any more, and tells staff.
    ///
    /// - Parameter isAnswered: something was filed: that answers a request without items.
    func settle(_ id: RequestID, isAnswered: Bool, message: MessageNumber?, now: Timestamp) throws {
        let request = try knownRequest(id)
        guard request.state == .open || request.state == .expired else { return }
        guard request.items.isEmpty ? isAnswered : request.askedFor.isEmpty else { return }
        try setState(of: request, .answer, now: now)
        for recipient in request.recipients { try setRecipient(recipient.id, after: .finish, now: now) }
        // Nobody is reminded of what is there.
        try cancelLetters(of: id, kinds: [.reminder], now: now)
        try addEvent(
            "request.answered", account: request.account, request: id, message: message,
            words: request.title, at: now)
    }
}

extension ItemState.Event {
    fileprivate var deed: RequestDeed {
        switch self {
        case .tick: .tick
        case .accept, .decline, .reconsider: .accept
        case .reject: .reject
        case .untick: .untick
        }
    }

    /// As the audit calls it.
    fileprivate var verb: String {
        switch self {
        case .tick: "tick"
        case .accept: "accept"
        case .reject: "reject"
        case .untick: "untick"
        case .decline: "decline"
        case .reconsider: "reconsider"
        }
    }
}
