package import Mail
package import Mailroom
internal import SQLite

/// Which receipts list what came by links, and how many went out.
extension StoreTransaction {
    /// Files that no receipt lists yet.
    package func unreceipted(of sitting: SittingID) throws -> [LinkUpload] {
        try db.rows(
            "SELECT \(Self.uploadColumns) WHERE sitting = ? AND upload.letter IS NULL ORDER BY upload.id",
            sitting.rawValue, read: Self.upload
        ).compactMap { $0 }
    }

    package func setReceipt(_ letter: LetterID, of uploads: [LinkUpload]) throws {
        for upload in uploads {
            try db.run("UPDATE upload SET letter = ? WHERE id = ?", letter.rawValue, upload.id)
            try db.run(
                "UPDATE sitting SET withheld = NULL WHERE id = (SELECT sitting FROM upload WHERE id = ?)",
                upload.id)
        }
    }

    /// How many went out by open links of late; nil: whoever sent this came by a link of their own.
    package func receiptPace(of sitting: Sitting, now: Timestamp) throws -> ReceiptPace? {
        guard sitting.recipient == nil else { return nil }
        return try db.first(
            """
            SELECT count(DISTINCT CASE WHEN other.request = this.request THEN letter.id END),
              count(DISTINCT CASE WHEN other.network = this.network THEN letter.id END),
              count(DISTINCT CASE WHEN lower(other.address) = lower(this.address) THEN letter.id END)
            FROM sitting AS this
            JOIN letter ON letter.kind = 'receipt' AND letter.queued > ?2
            JOIN upload ON upload.letter = letter.id
            JOIN sitting AS other ON other.id = upload.sitting AND other.recipient IS NULL
            WHERE this.id = ?1
            """, sitting.id.rawValue, now.milliseconds - ReceiptPace.milliseconds
        ) { ReceiptPace(ofLink: $0.int(0), ofNetwork: $0.int(1), toAddress: $0.int(2)) }
    }

    /// One receipt was one too many: the page said so, and nobody tries again of himself.
    package func withholdReceipt(of sitting: SittingID, now: Timestamp) throws {
        try db.run("UPDATE sitting SET withheld = ? WHERE id = ?", now.milliseconds, sitting.rawValue)
    }

    package func isReceiptWithheld(of sitting: SittingID) throws -> Bool {
        try db.exists("SELECT 1 FROM sitting WHERE id = ? AND withheld IS NOT NULL", sitting.rawValue)
    }

    /// Sittings that ended without a word: their last file came before that moment, and no receipt lists it.
    ///
    /// - Parameter after: the last one of the page before.
    package func sittingsWithoutReceipt(quietSince: Timestamp, after: SittingID? = nil) throws -> [SittingID]
    {
        try db.rows(
            """
            SELECT sitting FROM upload WHERE sitting IN (SELECT sitting FROM upload WHERE letter IS NULL)
              AND sitting NOT IN (SELECT id FROM sitting WHERE withheld IS NOT NULL) AND sitting > ?2
            GROUP BY sitting HAVING max(at) < ?1 ORDER BY sitting LIMIT 100
            """, quietSince.milliseconds, after?.rawValue ?? 0
        ) { SittingID($0.integer(0)) }
    }
}
