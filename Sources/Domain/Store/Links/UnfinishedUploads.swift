package import Files
package import Mail
package import Mailroom
internal import SQLite
internal import Text

/// Whose a file is that is coming: of a browser at a link, or of a client who put it into a folder.
package enum UnfinishedOwner: Sendable, Equatable {
    case sitting(SittingID, item: RequestItemID?)
    case client(FolderSender, FolderPlace)
}

/// A file of a client of which a part has come, or all of it.
package struct UnfinishedUpload: Sendable, Equatable {
    /// As its sender knows it, and nobody else.
    package let id: String
    package let owner: UnfinishedOwner
    package let name: String
    /// That it will have.
    package let octets: Int64
    /// When a piece of it came, to the hour.
    package let last: Timestamp
    let boot: KernelStart
    let durable: Int64
    /// Of one that is filed: kept for whoever did not hear the answer.
    package let sha256: SHA256Digest?
    /// What became of it, where it went into a folder.
    package let outcome: FolderArrivalOutcome?

    /// How much of what its file has is believed.
    ///
    /// | since it was written | believed |
    /// |---|---|
    /// | the daemon ended, in whatever way | all that the file has |
    /// | the machine was started anew | what was made durable when the daemon ended in peace |
    package func trusted(by kernel: KernelStart) -> Int64 { boot.isSame(as: kernel) ? .max : durable }
}

/// What came to one place, by a link or from a client, and what is still coming.
package struct UploadLoad: Sendable, Equatable {
    package struct Amount: Sendable, Equatable {
        package let files: Int
        /// Of what is coming: as announced.
        package let octets: Int64
    }

    package let received: Amount
    package let coming: Amount
    /// Of that: from the one who asks, or from where they are.
    package let own: Amount
}

/// A file that begins to come.
package struct NewUnfinished: Sendable {
    package let id: String
    package let name: String
    package let octets: Int64
    package let kernel: KernelStart

    package init(id: String, name: String, octets: Int64, kernel: KernelStart) {
        self.id = id
        self.name = name
        self.octets = octets
        self.kernel = kernel
    }
}

extension StoreTransaction {
    /// - Parameters:
    ///   - tokenHash: of the browser that asks; by a link of their own it is one person in any browser.
    ///   - network: where it is, by an open link.
    package func load(of linked: LinkedRequest, tokenHash: [UInt8], network: [UInt8]?) throws -> UploadLoad {
        let link = [linked.request.id.rawValue, linked.recipient?.id.rawValue ?? 0]
        let received = try db.first(
            """
            SELECT count(*), coalesce(sum(part.octets), 0) FROM upload
            JOIN sitting ON sitting.id = upload.sitting JOIN part ON part.id = upload.part
            WHERE sitting.request = ? AND coalesce(sitting.recipient, 0) = ?
            """, link[0], link[1]
        ) { UploadLoad.Amount(files: $0.int(0), octets: $0.integer(1)) }
        let coming = try db.first(
            """
            SELECT count(*), coalesce(sum(octets), 0), count(*) FILTER (WHERE own),
              coalesce(sum(octets) FILTER (WHERE own), 0)
            FROM (SELECT octets, ?2 <> 0 OR token_hash = ?3 OR coalesce(network = ?4, 0) AS own FROM unfinished_upload
              JOIN sitting ON sitting.id = unfinished_upload.sitting
              WHERE sitting.request = ?1 AND coalesce(sitting.recipient, 0) = ?2 AND sha256 IS NULL)
            """, link[0], link[1], tokenHash, network
        ) { row in
            (
                UploadLoad.Amount(files: row.int(0), octets: row.integer(1)),
                UploadLoad.Amount(files: row.int(2), octets: row.integer(3))
            )
        }
        let none = UploadLoad.Amount(files: 0, octets: 0)
        return UploadLoad(
            received: received ?? none, coming: coming?.0 ?? none, own: coming?.1 ?? none)
    }

    /// From everybody together.
    package func countUnfinished() throws -> Int {
        try db.first("SELECT count(*) FROM unfinished_upload WHERE sha256 IS NULL") { $0.int(0) } ?? 0
    }

    package func begin(_ new: NewUnfinished, of owner: UnfinishedOwner, now: Timestamp) throws {
        var columns: (sitting: Int64?, item: Int64?, sender: FolderSender?, place: FolderPlace?)
        switch owner {
        case .sitting(let sitting, let item): columns = (sitting.rawValue, item?.rawValue, nil, nil)
        case .client(let sender, let place): columns = (nil, nil, sender, place)
        }
        try db.run(
            """
            INSERT INTO unfinished_upload (id, sitting, item, contact, key, account, folder, path, name, octets, last,
              boot)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, new.id, columns.sitting, columns.item, columns.sender?.contact.rawValue,
            columns.sender?.key.description, columns.sender?.account.rawValue,
            columns.place?.folder.rawValue, columns.place?.path, new.name, new.octets, now.milliseconds,
            new.kernel.milliseconds)
    }

    /// One that came by that link; by another it is not there.
    package func unfinished(_ id: String, at linked: LinkedRequest, since oldest: Timestamp) throws
        -> UnfinishedUpload?
    {
        try db.first(
            """
            SELECT \(Self.unfinishedColumns) JOIN sitting ON sitting.id = unfinished_upload.sitting
            WHERE unfinished_upload.id = ? AND request = ? AND coalesce(recipient, 0) = ?
              AND unfinished_upload.last > ?
            """, id, linked.request.id.rawValue, linked.recipient?.id.rawValue ?? 0, oldest.milliseconds,
            read: Self.unfinished) ?? nil
    }

    /// One of that person for that account, in whatever session it was begun; anybody else's is not there.
    package func unfinished(_ id: String, of sender: FolderSender, since oldest: Timestamp) throws
        -> UnfinishedUpload?
    {
        try db.first(
            """
            SELECT \(Self.unfinishedColumns)
            WHERE unfinished_upload.id = ? AND contact = ? AND unfinished_upload.key = ?
              AND unfinished_upload.account = ? AND unfinished_upload.last > ?
            """, id, sender.contact.rawValue, sender.key.description, sender.account.rawValue,
            oldest.milliseconds, read: Self.unfinished) ?? nil
    }

    /// What a browser began and has not ended.
    package func unfinished(of sitting: SittingID, since oldest: Timestamp) throws -> [UnfinishedUpload] {
        try db.rows(
            """
            SELECT \(Self.unfinishedColumns) WHERE sitting = ? AND sha256 IS NULL AND last > ?
            ORDER BY name, unfinished_upload.id
            """, sitting.rawValue, oldest.milliseconds, read: Self.unfinished
        ).compactMap { $0 }
    }

    /// What a person began to put into a folder and has not ended.
    package func unfinished(
        of sender: FolderSender, in place: FolderPlace, since oldest: Timestamp
    ) throws -> [UnfinishedUpload] {
        try db.rows(
            """
            SELECT \(Self.unfinishedColumns) WHERE contact = ? AND key = ? AND account = ? AND folder = ? AND path = ?
              AND sha256 IS NULL AND last > ? ORDER BY name, unfinished_upload.id
            """, sender.contact.rawValue, sender.key.description, sender.account.rawValue,
            place.folder.rawValue, place.path, oldest.milliseconds, read: Self.unfinished
        ).compactMap { $0 }
    }

    package func allUnfinished() throws -> [UnfinishedUpload] {
        try db.rows("SELECT \(Self.unfinishedColumns)", read: Self.unfinished).compactMap { $0 }
    }

    private static let unfinishedColumns = """
        unfinished_upload.id, sitting, item, unfinished_upload.name, octets, unfinished_upload.last, boot, durable,
        sha256, outcome, unfinished_upload.contact, unfinished_upload.key, unfinished_upload.account,
        unfinished_upload.folder, unfinished_upload.path FROM unfinished_upload
        """

    private static func unfinished(_ row: Row) -> UnfinishedUpload? {
        owner(row).map { owner in
            UnfinishedUpload(
                id: row.text(0), owner: owner, name: row.text(3), octets: row.integer(4),
                last: Timestamp(milliseconds: row.integer(5)),
                boot: KernelStart(milliseconds: row.integer(6)), durable: row.integer(7),
                sha256: row.optionalBlob(8).flatMap { SHA256Digest(octets: $0) },
                outcome: row.optionalText(9).flatMap { FolderArrivalOutcome(rawValue: $0) })
        }
    }

    private static func owner(_ row: Row) -> UnfinishedOwner? {
        if let sitting = row.optionalInteger(1) {
            return .sitting(
                SittingID(sitting), item: row.optionalInteger(2).map { RequestItemID($0) })
        }
        guard let contact = row.optionalInteger(10), let key = AddressKey(row.text(11)) else { return nil }
        let sender = FolderSender(
            contact: ContactID(contact), key: key, account: AccountID(row.integer(12)))
        return .client(sender, FolderPlace(FolderID(row.integer(13)), path: row.text(14)))
    }

    /// A piece of it came: it waits for the next.
    package func touchUnfinished(_ id: String, kernel: KernelStart, now: Timestamp) throws {
        try db.run(
            "UPDATE unfinished_upload SET last = ?, boot = ? WHERE id = ?", now.milliseconds,
            kernel.milliseconds, id)
    }

    package func setDurable(_ octets: Int64, of id: String) throws {
        try db.run("UPDATE unfinished_upload SET durable = ? WHERE id = ?", octets, id)
    }

    /// All of it is there, and filed by this very transaction.
    package func endUnfinished(
        _ id: String, _ digest: SHA256Digest, _ outcome: FolderArrivalOutcome? = nil
    ) throws {
        try db.run(
            "UPDATE unfinished_upload SET sha256 = ?, outcome = ? WHERE id = ?", digest.octets,
            outcome?.rawValue, id)
    }

    /// Nobody can go on with what was coming by its links: they are void. Its octets go with the next sweep.
    func removeUnfinished(of request: RequestID) throws {
        try db.run(
            """
            DELETE FROM unfinished_upload WHERE sha256 IS NULL
              AND sitting IN (SELECT id FROM sitting WHERE request = ?)
            """, request.rawValue)
    }

    package func removeUnfinished(_ ids: [String]) throws {
        for id in ids { try db.run("DELETE FROM unfinished_upload WHERE id = ?", id) }
    }
}
