package import Mail
package import Mailroom
internal import SQLite

extension StoreTransaction {
    /// Unticks what a document ticked that leaves its account's folders; part of the transaction that takes it.
    ///
    /// An item without its document would stop the reminders for something
    /// that is not there.
    ///
    /// | the request is | then |
    /// |---|---|
    /// | open, expired | its items are asked for again |
    /// | answered, and in its time | the same, and it is open again |
    /// | answered long ago, revoked | as it was: nobody is asked for what was settled |
    ///
    /// What staff have accepted they have seen: it stays.
    package func untick(_ document: DocumentID, by actor: String, now: Timestamp) throws {
        let requests = try db.rows(
            """
            SELECT DISTINCT request FROM request_part JOIN part ON part.id = request_part.part
            WHERE part.document = ? ORDER BY request
            """, document.rawValue
        ) { RequestID($0.integer(0)) }
        for id in requests { try untick(document, of: try knownRequest(id), by: actor, now: now) }
    }

    private func untick(
        _ document: DocumentID, of request: Request, by actor: String, now: Timestamp
    ) throws {
        switch request.state {
        case .open, .expired: break
        case .answered: guard request.expires > now else { return }
        case .draft, .revoked: return
        }
        var lost: [RequestItem] = []
        for item in request.items where item.state == .received {
            let changed = try db.run(
                """
                UPDATE request_part SET item = NULL, ticked_by = NULL, because = 'its document was taken away'
                WHERE request = ? AND item = ? AND part IN (SELECT id FROM part WHERE document = ?)
                """, request.id.rawValue, item.id.rawValue, document.rawValue)
            let hasOther = try db.exists(
                "SELECT 1 FROM request_part WHERE request = ? AND item = ?", request.id.rawValue,
                item.id.rawValue)
            guard changed > 0, !hasOther else { continue }
            try setItem(item.id, .open, note: nil, now: now)
            lost.append(item)
        }
        let isEmptied = try request.items.isEmpty && !hasDocument(request.id, besides: document)
        guard !lost.isEmpty || isEmptied else { return }
        if request.state == .answered {
            let end = now.milliseconds + Int64(RequestTerms.daysWhenAskedAgain) * 86_400_000
            try reopen(request, holdingUntil: Timestamp(milliseconds: end), now: now)
        }
        try audit(
            "request.untick", by: actor, account: request.account.rawValue, subject: "\(request.id)",
            detail: (["document \(document.rawValue) was taken away"]
                + lost.map { "item \($0.number) \($0.name)" }).joined(separator: ", "), at: now)
    }

    private func hasDocument(_ request: RequestID, besides document: DocumentID) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM request_part JOIN part ON part.id = request_part.part
            JOIN document ON document.id = part.document JOIN request ON request.id = request_part.request
            WHERE request_part.request = ? AND document.id <> ? AND document.account = request.account
            """, request.rawValue, document.rawValue)
    }

    /// What is no news to a request: octets that somebody has decided about, and the firm's own that it sent along.
    package func knownContents(of request: RequestID) throws -> Set<SHA256Digest> {
        Set(
            try db.rows(
                """
                SELECT part.sha256 FROM request_part JOIN part ON part.id = request_part.part
                WHERE request = ?1 AND (item IS NOT NULL OR ticked_by IS NOT NULL)
                UNION SELECT document.sha256 FROM request_attachment
                JOIN document ON document.id = request_attachment.document WHERE request = ?1
                """, request.rawValue
            ) { SHA256Digest(octets: $0.blob(0)) }.compactMap { $0 })
    }
}
