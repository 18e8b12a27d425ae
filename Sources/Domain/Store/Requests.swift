internal import Mail
package import Mailroom
internal import SQLite
internal import Text

extension StoreTransaction {
    private static let requestColumns = """
        request.id, request.account, folder.name, request.path, request.title, request.text, request.language,
        request.state, request.due, request.expires, request.reminders, request.generation, request.author,
        request.created, request.closed
        FROM request JOIN folder ON folder.id = request.folder
        """

    package func request(_ id: RequestID) throws -> Request? {
        try db.first("SELECT \(Self.requestColumns) WHERE request.id = ?", id.rawValue, read: Self.request)?
            .filled(by: self)
    }

    /// The request of that number; throws where there is none.
    package func knownRequest(_ id: RequestID) throws -> Request {
        guard let request = try request(id) else { throw StoreError(.notFound, "there is no request \(id)") }
        return request
    }

    /// The request of that number, where its account is not hidden from that person.
    package func request(_ id: RequestID, for staff: StaffID) throws -> Request? {
        guard let request = try request(id), try !isHidden(request.account, from: staff) else { return nil }
        return request
    }

    /// Whether colleagues alone see an account.
    package func isHidden(_ account: AccountID, from staff: StaffID) throws -> Bool {
        try db.exists(
            "SELECT 1 FROM hidden_account WHERE staff = ? AND account = ?", staff.rawValue, account.rawValue)
    }

    /// The newest first, of one account or of all, in those states.
    ///
    /// - Parameters:
    ///   - staff: who looks; nil: who sees everything.
    ///   - before: the last that was shown.
    package func requests(
        account: AccountID? = nil, states: Set<RequestState> = Set(RequestState.allCases),
        for staff: StaffID? = nil, before: RequestID? = nil, limit: Int = 1000
    ) throws -> [Request] {
        try db.rows(
            """
            SELECT \(Self.requestColumns) WHERE \(account == nil ? "?1 IS NULL" : "request.account = ?1")
              AND instr(?2, ' ' || request.state || ' ') > 0
              AND (?4 IS NULL OR request.account NOT IN (SELECT account FROM hidden_account WHERE staff = ?4))
              AND (?5 IS NULL OR request.id < ?5)
            ORDER BY request.id DESC LIMIT ?3
            """, account?.rawValue, " " + states.map(\.rawValue).joined(separator: " ") + " ", limit,
            staff?.rawValue, before?.rawValue, read: Self.request
        ).map { try $0.filled(by: self) }
    }

    /// Open requests whose letter to somebody came back, and that nobody was asked by since.
    ///
    /// Sending it again or to somebody else deals with it, by letter or by a link handed over; so does its end.
    package func undeliveredRequestCount() throws -> Int {
        try db.first(
            """
            SELECT count(DISTINCT request.id) FROM request
            JOIN request_recipient ON request_recipient.request = request.id
            WHERE request.state = 'open' AND request_recipient.state = 'undelivered' AND NOT EXISTS (
              SELECT 1 FROM audit WHERE audit.account = request.account AND at >= request_recipient.changed
              AND action = 'request.send' AND subject = CAST(request.id AS TEXT))
            """
        ) { $0.int(0) } ?? 0
    }

    package func items(of request: RequestID) throws -> [RequestItem] {
        try db.rows(
            "SELECT id, place, name, state, note FROM request_item WHERE request = ? ORDER BY place",
            request.rawValue
        ) { row in
            RequestItem(
                id: RequestItemID(row.integer(0)), number: row.int(1), name: row.text(2),
                state: ItemState(rawValue: row.text(3)) ?? .open, note: row.optionalText(4))
        }
    }

    package func recipients(of request: RequestID) throws -> [RequestRecipient] {
        try db.rows(
            """
            SELECT id, place, name, address, contact, state, reason, sent, proof FROM request_recipient
            WHERE request = ? ORDER BY place
            """, request.rawValue
        ) { row in
            EmailAddress(stored: row.text(3)).map { address in
                RequestRecipient(
                    id: RequestRecipientID(row.integer(0)), number: row.int(1), name: row.optionalText(2),
                    address: address, contact: row.optionalInteger(4).map { ContactID($0) },
                    state: RecipientState(rawValue: row.text(5)) ?? .queued, reason: row.optionalText(6),
                    sent: row.optionalInteger(7).map { Timestamp(milliseconds: $0) },
                    proof: LinkProof(stored: row.text(8)))
            }
        }.compactMap { $0 }
    }

    /// Which request a recipient's row is of.
    package func request(of recipient: RequestRecipientID) throws -> RequestID? {
        try db.first("SELECT request FROM request_recipient WHERE id = ?", recipient.rawValue) {
            RequestID($0.integer(0))
        }
    }

    fileprivate func documents(of request: RequestID) throws -> [DocumentID] {
        try db.rows(
            "SELECT document FROM request_attachment WHERE request = ? ORDER BY place", request.rawValue
        ) { DocumentID($0.integer(0)) }
    }

    private static func request(_ row: Row) -> RequestRow {
        RequestRow(
            id: RequestID(row.integer(0)), account: AccountID(row.integer(1)),
            folder: FolderPath([row.text(2)] + row.text(3).split(separator: "/").map(String.init))
                ?? FolderPath(top: row.text(2)),
            title: row.text(4), text: row.text(5), language: Language(rawValue: row.text(6)) ?? .en,
            state: RequestState(rawValue: row.text(7)) ?? .draft,
            due: row.optionalInt(8).map { CivilDay(number: $0) },
            expires: Timestamp(milliseconds: row.integer(9)),
            reminders: row.optionalText(10).map { $0.split(separator: ",").compactMap { Int($0) } },
            generation: row.int(11), author: row.text(12), created: Timestamp(milliseconds: row.integer(13)),
            closed: row.optionalInteger(14).map { Timestamp(milliseconds: $0) })
    }
}

/// A request as its own row has it.
private struct RequestRow {
    let id: RequestID
    let account: AccountID
    let folder: FolderPath
    let title: String
    let text: String
    let language: Language
    let state: RequestState
    let due: CivilDay?
    let expires: Timestamp
    let reminders: [Int]?
    let generation: Int
    let author: String
    let created: Timestamp
    let closed: Timestamp?

    func filled(by transaction: StoreTransaction) throws -> Request {
        Request(
            id: id, account: account, folder: folder, title: title, text: text, language: language,
            state: state, due: due, expires: expires, reminders: reminders, generation: generation,
            author: author, created: created, closed: closed, items: try transaction.items(of: id),
            recipients: try transaction.recipients(of: id), documents: try transaction.documents(of: id))
    }
}

extension EmailAddress {
    /// As the store keeps it: halves apart by the last `@`, the local part never quoted.
    fileprivate init?(stored text: String) { self.init(text) }
}
