package import Mail
package import Mailroom
internal import SQLite

/// What people at links say they have none of, and that they are done.
extension StoreTransaction {
    /// What a browser said of itself that it has none of.
    package func declined(by sitting: SittingID) throws -> Set<RequestItemID> {
        Set(
            try db.rows("SELECT item FROM sitting_decline WHERE sitting = ?", sitting.rawValue) {
                RequestItemID($0.integer(0))
            })
    }

    /// The client has none of what an item asks for.
    ///
    /// What a recipient of the request says holds for the item. By an open
    /// link anybody can say so: staff hear of it, and decide.
    package func declineItem(
        _ id: RequestItemID, at linked: LinkedRequest, in sitting: SittingID, reason: String?, who: String,
        now: Timestamp
    ) throws {
        let request = linked.request
        guard let item = request.items.first(where: { $0.id == id }) else {
            throw StoreError(.notFound, "request \(request.id) has no such item")
        }
        let isNew =
            try db.run(
                "INSERT OR IGNORE INTO sitting_decline (sitting, item, at) VALUES (?, ?, ?)",
                sitting.rawValue, id.rawValue, now.milliseconds) > 0
        let words = item.name + (reason.map { ": \($0)" } ?? "")
        guard linked.recipient == nil else {
            guard item.state.after(.decline) != nil else {
                throw StoreError(.conflict, "that item is there already")
            }
            try changeItem(
                item.number, of: request.id, .decline, note: reason, holdingUntil: request.expires, by: who,
                now: now)
            try addEvent(
                "request.declined", account: request.account, request: request.id, who: who, words: words,
                at: now)
            return
        }
        guard isNew, try !isTalkedOver(request.id, now: now) else { return }
        try audit(
            "request.none_said", by: who, account: request.account.rawValue, subject: "\(request.id)",
            detail: "item \(item.number) \(words)", at: now)
        try addEvent(
            "request.none_said", account: request.account, request: request.id, who: who, words: words,
            at: now)
    }

    /// Whether so much was said by an open link within a day that staff need not hear more of it.
    private func isTalkedOver(_ request: RequestID, now: Timestamp) throws -> Bool {
        let count = try db.first(
            "SELECT count(*) FROM event WHERE request = ? AND kind = 'request.none_said' AND at > ?",
            request.rawValue, now.milliseconds - 86_400_000
        ) { $0.int(0) }
        return (count ?? 0) >= 50
    }

    /// The sender says that this was all.
    ///
    /// - Returns: false where nothing came, and nothing was said: there is nothing to tell staff.
    package func finishSitting(_ id: SittingID, who: String, now: Timestamp) throws -> Bool {
        guard let sitting = try sitting(id) else { return false }
        let request = try knownRequest(sitting.request)
        let isReceived = try db.exists("SELECT 1 FROM upload WHERE sitting = ?", id.rawValue)
        guard try isReceived || !declined(by: id).isEmpty else { return false }
        try endNotice(of: id)
        if let recipient = sitting.recipient, request.askedFor.isEmpty {
            try setRecipient(recipient, after: .finish, now: now)
        }
        // Of each item that there is none of, staff were told when it was said.
        guard isReceived else { return true }
        try addEvent(
            "upload.done", account: request.account, request: request.id, who: who,
            words: request.title, at: now)
        return true
    }
}
