package import Mail
package import Mailroom
internal import SQLite

/// Something that somebody did by the link of a share.
package struct ShareUse: Sendable, Hashable {
    package enum Action: String, Sendable, Hashable {
        case opened, downloaded
    }

    package let recipient: ShareRecipientID
    package let action: Action
    /// The document as it is called now; nil: the page, or all of it.
    package let document: String?
    package let at: Timestamp
}

extension StoreTransaction {
    /// What was done by the links of a share, the newest first.
    ///
    /// - Parameter limit: for each recipient.
    package func uses(of share: ShareID, limit: Int) throws -> [ShareRecipientID: [ShareUse]] {
        let uses = try db.rows(
            """
            SELECT recipient, action, name, at FROM (
              SELECT share_use.recipient, action, document.name, at,
                row_number() OVER (PARTITION BY share_use.recipient ORDER BY at DESC) AS row
              FROM share_use JOIN share_recipient ON share_recipient.id = share_use.recipient
              JOIN share ON share.id = share_recipient.share
              LEFT JOIN document ON document.id = share_use.document AND document.account = share.account
              WHERE share.id = ?)
            WHERE row <= ? ORDER BY at DESC
            """, share.rawValue, limit
        ) { row in
            ShareUse.Action(rawValue: row.text(1)).map {
                ShareUse(
                    recipient: ShareRecipientID(row.integer(0)), action: $0, document: row.optionalText(2),
                    at: Timestamp(milliseconds: row.integer(3)))
            }
        }.compactMap { $0 }
        return Dictionary(grouping: uses, by: \.recipient)
    }
}
