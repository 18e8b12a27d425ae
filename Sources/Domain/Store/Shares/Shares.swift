package import Mail
package import Mailroom
internal import SQLite
internal import Text

extension StoreTransaction {
    private static let shareColumns = "id, account, text, language, author, created FROM share"

    package func share(_ id: ShareID) throws -> Share? {
        try db.first("SELECT \(Self.shareColumns) WHERE id = ?", id.rawValue, read: Self.shareRow)?
            .filled(by: self)
    }

    /// The share of that number; throws where there is none.
    package func knownShare(_ id: ShareID) throws -> Share {
        guard let share = try share(id) else { throw StoreError(.notFound, "there is no share \(id)") }
        return share
    }

    /// The share of that number, where its account is not hidden from that person.
    package func share(_ id: ShareID, for staff: StaffID) throws -> Share? {
        guard let share = try share(id), try !isHidden(share.account, from: staff) else { return nil }
        return share
    }

    /// The newest first, of one account or of all.
    ///
    /// - Parameters:
    ///   - staff: who looks; nil: who sees everything.
    ///   - before: the last that was shown.
    package func shares(
        account: AccountID? = nil, for staff: StaffID? = nil, before: ShareID? = nil, limit: Int = 1000
    ) throws -> [Share] {
        try db.rows(
            """
            SELECT \(Self.shareColumns) WHERE \(account == nil ? "?1 IS NULL" : "account = ?1")
              AND (?2 IS NULL OR account NOT IN (SELECT account FROM hidden_account WHERE staff = ?2))
              AND (?3 IS NULL OR id < ?3) ORDER BY id DESC LIMIT ?4
            """, account?.rawValue, staff?.rawValue, before?.rawValue, limit, read: Self.shareRow
        ).map { try $0.filled(by: self) }
    }

    /// How many recipients of an account's shares have a link that works.
    package func openShareCount(of account: AccountID, now: Timestamp) throws -> Int {
        try db.first(
            """
            SELECT count(*) FROM share_recipient JOIN share ON share.id = share_recipient.share
            WHERE share.account = ? AND revoked IS NULL AND expires > ?
            """, account.rawValue, now.milliseconds
        ) { $0.int(0) } ?? 0
    }

    /// Which share a recipient's row is of.
    package func share(of recipient: ShareRecipientID) throws -> ShareID? {
        try db.first("SELECT share FROM share_recipient WHERE id = ?", recipient.rawValue) {
            ShareID($0.integer(0))
        }
    }

    private static func shareRow(_ row: Row) -> ShareRow {
        ShareRow(
            id: ShareID(row.integer(0)), account: AccountID(row.integer(1)), text: row.text(2),
            language: Language(rawValue: row.text(3)) ?? .en, author: row.text(4),
            created: Timestamp(milliseconds: row.integer(5)))
    }

    fileprivate func documents(of share: ShareID) throws -> [DocumentID] {
        try db.rows("SELECT document FROM share_document WHERE share = ? ORDER BY place", share.rawValue) {
            DocumentID($0.integer(0))
        }
    }

    fileprivate func recipients(of share: ShareID) throws -> [ShareRecipient] {
        try db.rows(
            """
            SELECT id, place, name, address, contact, generation, expires, revoked,
              (SELECT min(at) FROM share_use WHERE recipient = share_recipient.id),
              (SELECT max(at) FROM share_use WHERE recipient = share_recipient.id AND action = 'downloaded'),
              (SELECT state FROM letter JOIN submission ON submission.letter = letter.id
                WHERE letter.share_recipient = share_recipient.id ORDER BY letter.id DESC LIMIT 1), proof
            FROM share_recipient WHERE share = ? ORDER BY place
            """, share.rawValue
        ) { row in
            EmailAddress(unquoting: row.text(3)).map { address in
                ShareRecipient(
                    id: ShareRecipientID(row.integer(0)), number: row.int(1), name: row.optionalText(2),
                    address: address, contact: row.optionalInteger(4).map { ContactID($0) },
                    generation: row.int(5), expires: Timestamp(milliseconds: row.integer(6)),
                    revoked: row.optionalInteger(7).map { Timestamp(milliseconds: $0) },
                    opened: row.optionalInteger(8).map { Timestamp(milliseconds: $0) },
                    downloaded: row.optionalInteger(9).map { Timestamp(milliseconds: $0) },
                    letter: row.optionalText(10).flatMap { SubmissionState(rawValue: $0) }?.fate,
                    proof: LinkProof(stored: row.text(11)))
            }
        }.compactMap { $0 }
    }
}

/// A share as its own row has it.
private struct ShareRow {
    let id: ShareID
    let account: AccountID
    let text: String
    let language: Language
    let author: String
    let created: Timestamp

    func filled(by transaction: StoreTransaction) throws -> Share {
        Share(
            id: id, account: account, text: text, language: language, author: author, created: created,
            documents: try transaction.documents(of: id), recipients: try transaction.recipients(of: id))
    }
}

extension SubmissionState {
    /// As whoever shared is told.
    fileprivate var fate: ShareRecipient.LetterFate {
        switch self {
        case .queued, .intended: .waiting
        case .sent: .sent
        case .refused, .undelivered: .undelivered
        case .cancelled: .cancelled
        }
    }
}
