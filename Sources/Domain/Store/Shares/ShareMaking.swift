package import Mail
package import Mailroom
internal import SQLite
package import Text

/// What a share is made of.
package struct NewShare: Sendable, Equatable {
    package let account: AccountID
    package let documents: [DocumentID]
    package let text: String
    package let language: Language
    package let expires: Timestamp
    package let recipients: [NewRequestRecipient]
    /// Whoever shares was told which of them clients can't see.
    package let knowsPrivate: Bool

    package init(
        account: AccountID, documents: [DocumentID], text: String, language: Language, expires: Timestamp,
        recipients: [NewRequestRecipient], knowsPrivate: Bool
    ) {
        self.account = account
        self.documents = documents
        self.text = text
        self.language = language
        self.expires = expires
        self.recipients = recipients
        self.knowsPrivate = knowsPrivate
    }
}

extension StoreTransaction {
    /// Makes a share, with the rows that its links are derived from.
    ///
    /// A document of another account, one in the trash, and one that the team
    /// alone sees while nobody was told so, are refused in the transaction that
    /// would give them away.
    ///
    /// - Parameter author: who shares, as the recipient reads it.
    package func addShare(
        _ new: NewShare, author: String, by actor: String, now: Timestamp
    ) throws -> ShareID {
        let documents = try shareable(new)
        let id = ShareID(
            try db.insert(
                "INSERT INTO share (account, text, language, author, created) VALUES (?, ?, ?, ?, ?)",
                new.account.rawValue, new.text, new.language.rawValue, author, now.milliseconds))
        for (place, document) in documents.enumerated() {
            try db.run(
                "INSERT INTO share_document (share, document, place, sha256) VALUES (?, ?, ?, ?)",
                id.rawValue, document.id.rawValue, place, document.sha256.octets)
        }
        var keys: Set<AddressKey> = []
        let recipients = new.recipients.filter { keys.insert($0.key).inserted }
        for (index, recipient) in recipients.enumerated() {
            try db.run(
                """
                INSERT INTO share_recipient (share, place, name, address, key, contact, expires, proof)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, id.rawValue, index + 1, recipient.name, recipient.address.addrSpec,
                recipient.key.description, recipient.contact?.rawValue, new.expires.milliseconds,
                recipient.proof.rawValue)
        }
        try audit(
            "share.add", by: actor, account: new.account.rawValue, subject: "\(id)",
            detail: documents.map(\.name).joined(separator: ", ") + " to "
                + recipients.map(\.address.description).joined(separator: ", "), at: now)
        changedShares(of: new.account)
        return id
    }

    /// The documents of a new share, each once; throws a ``DeskRefusal`` where one may not be shared.
    package func shareable(_ new: NewShare) throws -> [DocumentListing] {
        let documents = try shareable(new.documents, of: new.account, knowsPrivate: new.knowsPrivate)
        guard !documents.isEmpty else { throw DeskRefusal(.noDocument, "there is nothing to share") }
        return documents
    }

    /// Documents that whoever has a link is to see: of a share, or of a request.
    package func shareable(
        _ ids: [DocumentID], of account: AccountID, knowsPrivate: Bool
    ) throws -> [DocumentListing] {
        var documents: [DocumentListing] = []
        for id in ids where !documents.contains(where: { $0.id == id }) {
            guard let document = try documentListing(id), !document.isTrashed else {
                throw DeskRefusal(.noDocument, "there is no document \(id.rawValue)", about: "\(id.rawValue)")
            }
            guard document.account == account else {
                throw DeskRefusal(
                    .othersDocument, "document \(id.rawValue) is not of that account", about: document.name)
            }
            documents.append(document)
        }
        let hidden = documents.filter { $0.access == .private }.map(\.name).joined(separator: ", ")
        guard hidden.isEmpty || knowsPrivate else {
            throw DeskRefusal(
                .privateDocument, "in a folder that the team alone sees: \(hidden)", about: hidden)
        }
        return documents
    }

    /// A share goes out, or goes out again: by letters that the same transaction queues.
    package func sendShare(
        _ id: ShareID, to recipients: [ShareRecipientID], by actor: String, now: Timestamp
    ) throws {
        let share = try knownShare(id)
        let chosen = share.recipients.filter { recipients.contains($0.id) }
        guard chosen.allSatisfy({ $0.state(at: now) == .open }) else {
            throw StoreError(.conflict, "a link of share \(id) was revoked or has expired")
        }
        for recipient in chosen { try forgetProofs(at: .share(recipient.id)) }
        try audit(
            "share.send", by: actor, account: share.account.rawValue, subject: "\(id)",
            detail: "to " + chosen.map(\.address.description).joined(separator: ", "), at: now)
        changedShares(of: share.account)
    }

    /// The link of a recipient holds until another moment; one that expired holds again.
    package func extendShare(
        _ recipient: ShareRecipientID, until end: Timestamp, by actor: String, now: Timestamp
    ) throws {
        let (share, row) = try known(recipient, now: now)
        guard row.expires != end else { return }
        try db.run(
            "UPDATE share_recipient SET expires = ? WHERE id = ?", end.milliseconds, recipient.rawValue)
        try audit(
            "share.extend", by: actor, account: share.account.rawValue, subject: "\(share.id)",
            detail: "for \(row.address)", at: now)
        changedShares(of: share.account)
    }

    /// Makes the links of a recipient void, and new ones.
    package func renewShareLink(of recipient: ShareRecipientID, by actor: String, now: Timestamp) throws {
        let (share, row) = try known(recipient, now: now)
        try db.run(
            "UPDATE share_recipient SET generation = generation + 1 WHERE id = ?", recipient.rawValue)
        try cancelShareLetters(to: recipient, now: now)
        try audit(
            "share.link", by: actor, account: share.account.rawValue, subject: "\(share.id)",
            detail: "a new one for \(row.address)", at: now)
        changedShares(of: share.account)
    }

    /// Takes a share back for good, from one of its recipients or from all: letters that wait are not sent.
    package func revokeShare(
        _ id: ShareID, from recipients: [ShareRecipientID]? = nil, by actor: String, now: Timestamp
    ) throws {
        let share = try knownShare(id)
        let chosen = share.recipients.filter {
            (recipients?.contains($0.id) ?? true) && $0.revoked == nil
        }
        guard !chosen.isEmpty else { throw StoreError(.conflict, "share \(id) is revoked already") }
        for recipient in chosen {
            try db.run(
                "UPDATE share_recipient SET revoked = ? WHERE id = ?", now.milliseconds,
                recipient.id.rawValue)
            try cancelShareLetters(to: recipient.id, now: now)
        }
        try audit(
            "share.revoke", by: actor, account: share.account.rawValue, subject: "\(id)",
            detail: "from " + chosen.map(\.address.description).joined(separator: ", "), at: now)
        changedShares(of: share.account)
    }

    /// What the link of a recipient asks of them from now on; whoever gave a code before gives another.
    package func setProof(
        _ proof: LinkProof, of recipient: ShareRecipientID, by actor: String, now: Timestamp
    ) throws {
        let (share, row) = try known(recipient, now: now)
        guard row.proof != proof else { return }
        try db.run("UPDATE share_recipient SET proof = ? WHERE id = ?", proof.rawValue, recipient.rawValue)
        try forgetProofs(at: .share(recipient))
        try audit(
            "share.proof", by: actor, account: share.account.rawValue, subject: "\(share.id)",
            detail: "\(proof.rawValue) for \(row.address)", at: now)
        changedShares(of: share.account)
    }

    private func known(_ recipient: ShareRecipientID, now: Timestamp) throws -> (Share, ShareRecipient) {
        guard let share = try share(of: recipient).flatMap({ try share($0) }),
            let row = share.recipients.first(where: { $0.id == recipient })
        else { throw StoreError(.notFound, "there is no recipient \(recipient.rawValue) of a share") }
        guard row.revoked == nil else {
            throw StoreError(.conflict, "share \(share.id) was revoked for \(row.address)")
        }
        return (share, row)
    }

    private func cancelShareLetters(to recipient: ShareRecipientID, now: Timestamp) throws {
        let waiting = try db.rows(
            """
            SELECT DISTINCT letter.id FROM letter JOIN submission ON submission.letter = letter.id
            WHERE share_recipient = ? AND state IN ('queued', 'intended')
            """, recipient.rawValue
        ) { $0.integer(0) }
        for letter in waiting {
            try db.run(
                "UPDATE letter SET cancelled = ? WHERE id = ? AND cancelled IS NULL", now.milliseconds, letter
            )
            try db.run(
                """
                UPDATE submission SET state = 'cancelled', next_try = NULL, changed = ?
                WHERE letter = ? AND state = 'queued'
                """, now.milliseconds, letter)
        }
    }

    private func changedShares(of account: AccountID) {
        changedParts.formUnion(["shares", "account-\(account.rawValue)"])
    }
}
