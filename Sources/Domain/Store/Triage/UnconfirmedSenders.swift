package import Mail
package import Mailroom
internal import SQLite

/// A sender whom nobody has confirmed, with the documents that lie in Intake for it.
package struct UnconfirmedSender: Sendable, Hashable {
    package struct Document: Sendable, Hashable {
        package let id: DocumentID
        package let message: MessageNumber
        package let name: String
        package let account: AccountChoice
    }

    /// As compared.
    package let key: String
    package let name: String
    package let address: String
    /// Why it isn't confirmed, of the newest message.
    package let verdictReason: String
    package let newest: Timestamp
    package let documents: [Document]
}

extension StoreTransaction {
    /// Senders with documents in Intake that one word would release, the newest first.
    ///
    /// What came by a page lies where its link is for, and waits for no word on its sender.
    ///
    /// - Parameter staff: sees a sender only where every document of it is of an account he sees: one word
    ///   releases all of them.
    package func unconfirmedSenders(for staff: StaffID?) throws -> [UnconfirmedSender] {
        let rows = try db.rows(
            """
            SELECT from_key, coalesce(nullif(from_name, ''), from_address), from_address, verdict_reason, received,
              document.id, message.id, document.name, account.id, account.number, account.name
            FROM folder CROSS JOIN document ON document.account = folder.account AND document.folder = folder.id
            CROSS JOIN message ON message.id = document.message
            JOIN account ON account.id = document.account
            JOIN part ON part.message = document.message AND part.section = document.section
            WHERE is_intake = 1 AND trashed IS NULL AND verdict = 'open' AND into_intake = 0
              AND part.state = 'filed' AND part.document = document.id AND part.reason IS NULL
              AND document.origin <> 'upload'
              AND from_key IS NOT NULL AND from_key NOT IN (SELECT key FROM confirmed_sender)
            ORDER BY received DESC, document.id
            """
        ) { row in
            (
                key: row.text(0), name: row.text(1), address: row.text(2), reason: row.text(3),
                received: Timestamp(milliseconds: row.integer(4)),
                document: UnconfirmedSender.Document(
                    id: DocumentID(row.integer(5)), message: MessageNumber(row.integer(6)), name: row.text(7),
                    account: AccountChoice(
                        id: AccountID(row.integer(8)), number: row.text(9), name: row.text(10)))
            )
        }
        let hidden = try hiddenAccounts(from: staff)
        var order: [String] = []
        var bySender: [String: UnconfirmedSender] = [:]
        for row in rows {
            if bySender[row.key] == nil { order.append(row.key) }
            let known = bySender[row.key]
            bySender[row.key] = UnconfirmedSender(
                key: row.key, name: known?.name ?? row.name, address: known?.address ?? row.address,
                verdictReason: known?.verdictReason ?? row.reason, newest: known?.newest ?? row.received,
                documents: (known?.documents ?? []) + [row.document])
        }
        return order.compactMap { bySender[$0] }.filter { sender in
            !sender.documents.contains { hidden.contains($0.account.id) }
        }
    }

    /// Accounts that named colleagues alone may see, and this person is none of them.
    func hiddenAccounts(from staff: StaffID?) throws -> Set<AccountID> {
        guard let staff else { return [] }
        return Set(
            try db.rows("SELECT account FROM hidden_account WHERE staff = ?", staff.rawValue) {
                AccountID($0.integer(0))
            })
    }
}
