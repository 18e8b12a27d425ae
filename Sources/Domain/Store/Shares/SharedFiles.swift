package import Mail
package import Mailroom
internal import SQLite

/// A document as the recipient of a share may have it: as it is now.
package struct SharedFile: Sendable, Equatable {
    package let id: DocumentID
    package let name: String
    package let octets: Int64
    package let sha256: SHA256Digest
    package let filed: Timestamp
    /// It is not what it was when it was shared.
    package let isChanged: Bool
    /// Of the folder it lies in now.
    package let access: Access
}

/// What the link of a share leads to.
package struct LinkedShare: Sendable, Equatable {
    package let share: Share
    package let recipient: ShareRecipient
    /// Those of them that are still the account's, and not in the trash.
    package let files: [SharedFile]
}

extension StoreTransaction {
    /// As much as decides about a token; see ``linkFacts(_:)``.
    func shareFacts(_ recipient: ShareRecipientID) throws -> LinkFacts? {
        try db.first(
            "SELECT revoked, generation, expires, proof FROM share_recipient WHERE id = ?", recipient.rawValue
        ) {
            LinkFacts(
                isRevoked: !$0.isNull(0), generation: $0.int(1),
                expires: Timestamp(milliseconds: $0.integer(2)), proof: LinkProof(stored: $0.text(3)))
        }
    }

    /// What a token claims to lead to: whether it does is for ``LinkJudge`` to say.
    package func linkedShare(_ id: ShareRecipientID) throws -> LinkedShare? {
        guard let share = try share(of: id).flatMap({ try share($0) }),
            let recipient = share.recipients.first(where: { $0.id == id })
        else { return nil }
        return LinkedShare(share: share, recipient: recipient, files: try sharedFiles(of: share.id))
    }

    /// A document that went to another account meanwhile is that account's, whatever was shared before.
    package func sharedFiles(of share: ShareID) throws -> [SharedFile] {
        try db.rows(
            """
            SELECT document.id, document.name, document.octets, document.sha256, document.filed,
              document.sha256 <> share_document.sha256, folder.access
            FROM share JOIN share_document ON share_document.share = share.id
            JOIN document ON document.id = share_document.document JOIN folder ON folder.id = document.folder
            WHERE share.id = ? AND document.account = share.account AND document.trashed IS NULL
            ORDER BY share_document.place
            """, share.rawValue
        ) { row in
            SHA256Digest(octets: row.blob(3)).map {
                SharedFile(
                    id: DocumentID(row.integer(0)), name: row.text(1), octets: row.integer(2), sha256: $0,
                    filed: Timestamp(milliseconds: row.integer(4)), isChanged: row.bool(5),
                    access: Access(rawValue: row.text(6)) ?? .private)
            }
        }.compactMap { $0 }
    }

    /// A person, not a program that tries links, has the page before them; staff are told once in a while.
    package func recordOpening(of linked: LinkedShare, now: Timestamp) throws {
        try note("opened", nil, of: linked, now: now)
        try tell("share.opened", of: linked, hours: 12, now: now)
    }

    /// A person took a document, or all of them.
    package func recordDownload(_ document: DocumentID?, of linked: LinkedShare, now: Timestamp) throws {
        try note("downloaded", document, of: linked, now: now)
        try tell("share.downloaded", of: linked, hours: 12, now: now)
    }

    /// Somebody would like a link that works.
    package func recordRenewalWish(_ linked: LinkedShare, now: Timestamp) throws {
        try tell("share.link_wanted", of: linked, hours: 24, now: now)
    }

    /// The same again within ten minutes is the same hand.
    private func note(_ action: String, _ document: DocumentID?, of linked: LinkedShare, now: Timestamp)
        throws
    {
        let isNoted = try db.exists(
            "SELECT 1 FROM share_use WHERE recipient = ? AND action = ? AND document IS ? AND at > ?",
            linked.recipient.id.rawValue, action, document?.rawValue, now.milliseconds - 600_000)
        guard !isNoted else { return }
        try db.run(
            "INSERT INTO share_use (recipient, action, document, at) VALUES (?, ?, ?, ?)",
            linked.recipient.id.rawValue, action, document?.rawValue, now.milliseconds)
        changedParts.formUnion(["shares", "account-\(linked.share.account.rawValue)"])
    }

    /// An event of a link, once in so many hours.
    func tell(_ kind: String, of linked: LinkedShare, hours: Int64, now: Timestamp) throws {
        let who = linked.recipient.address.description
        let wasTold = try db.exists(
            "SELECT 1 FROM event WHERE share = ? AND kind = ? AND who = ? AND at > ?",
            linked.share.id.rawValue, kind, who, now.milliseconds - hours * 3_600_000)
        guard !wasTold else { return }
        let letter = try db.first(
            "SELECT id FROM letter WHERE share_recipient = ? ORDER BY id DESC LIMIT 1",
            linked.recipient.id.rawValue
        ) { $0.integer(0) }
        try addEvent(
            kind, account: linked.share.account, share: linked.share.id, letter: letter, who: who,
            words: try names(of: linked.share.id), at: now)
    }

    /// The names of its documents, as a line that stands for it.
    package func names(of share: ShareID) throws -> String {
        try db.rows(
            """
            SELECT name FROM share JOIN share_document ON share_document.share = share.id
            JOIN document ON document.id = share_document.document AND document.account = share.account
            WHERE share.id = ? ORDER BY place LIMIT 20
            """, share.rawValue
        ) { $0.text(0) }.joined(separator: ", ")
    }
}
