package import Mail
package import Mailroom
internal import SQLite

/// What staff change of what a request asks for, though it is out.
extension StoreTransaction {
    /// Calls an item otherwise; what came for it stays with it.
    package func renameItem(
        _ number: Int, of id: RequestID, to name: String, by actor: String, now: Timestamp
    ) throws {
        let (request, item) = try changeable(number, of: id)
        guard item.name != name else { return }
        try db.run(
            "UPDATE request_item SET name = ?, changed = ? WHERE id = ?", name, now.milliseconds,
            item.id.rawValue)
        changedRequests = true
        try audit(
            "request.edit", by: actor, account: request.account.rawValue, subject: "\(id)",
            detail: "item \(number): \(item.name) → \(name)", at: now)
    }

    /// Asks for an item no more. What its sender said was it lies beside the items.
    ///
    /// Its number is nobody's after: a page that is open still must not name another one by it. Where nothing
    /// else is asked for, the request is answered.
    package func withdrawItem(_ number: Int, of id: RequestID, by actor: String, now: Timestamp) throws {
        let (request, item) = try changeable(number, of: id)
        guard item.state != .received, item.state != .accepted else {
            throw StoreError(.conflict, "item \(number) of request \(id) has come already")
        }
        try db.run(
            "UPDATE request_part SET item = NULL, because = ?, ticked_by = ? WHERE request = ? AND item = ?",
            "staff asked for it no more", actor, id.rawValue, item.id.rawValue)
        try db.run("UPDATE upload SET item = NULL WHERE item = ?", item.id.rawValue)
        try db.run(
            "UPDATE request SET last_item = max(last_item, ?) WHERE id = ?", number, id.rawValue)
        try db.run("DELETE FROM request_item WHERE id = ?", item.id.rawValue)
        changedRequests = true
        try audit(
            "request.edit", by: actor, account: request.account.rawValue, subject: "\(id)",
            detail: "item \(number) \(item.name): not asked for any more", at: now)
        // A request whose items were all withdrawn waits for any document, as one that never had any.
        try settle(id, isAnswered: false, message: nil, now: now)
    }

    private func changeable(_ number: Int, of id: RequestID) throws -> (Request, RequestItem) {
        let request = try permitted(.edit, id)
        guard let item = request.items.first(where: { $0.number == number }) else {
            throw StoreError(.notFound, "request \(id) has no item \(number)")
        }
        return (request, item)
    }
}
