package import Mail
package import Mailroom
internal import SQLite
package import Text

/// Who puts files into folders of an account: an address of a contact, in whatever session.
package struct FolderSender: Hashable, Sendable {
    package let contact: ContactID
    package let key: AddressKey
    package let account: AccountID

    package init(contact: ContactID, key: AddressKey, account: AccountID) {
        self.contact = contact
        self.key = key
        self.account = account
    }
}

extension ClientPerson {
    package func sender(to account: AccountID) -> FolderSender {
        FolderSender(contact: contact, key: key, account: account)
    }
}

/// A file that a client put into a folder, as a receipt lists it.
package struct FolderUpload: Sendable, Equatable {
    package let id: Int64
    /// As its sender calls it.
    package let name: String
    package let octets: Int64
    package let sha256: SHA256Digest
    /// The folder as it was called.
    package let folder: String
}

/// Whom a receipt goes to, and what it lists.
package struct FolderReceipt: Sendable, Equatable {
    package let recipient: NamedAddress
    package let account: String
    package let language: Language
    package let files: [FolderUpload]

    /// Each once, as they were called.
    package var folders: [String] {
        var folders: [String] = []
        for file in files where !folders.contains(file.folder) { folders.append(file.folder) }
        return folders
    }
}

extension StoreTransaction {
    /// What somebody put into folders of an account since then, and what is still coming.
    package func load(of sender: FolderSender, since: Timestamp) throws -> UploadLoad {
        let (key, account) = (sender.key.description, sender.account.rawValue)
        let received = try db.first(
            """
            SELECT count(*), coalesce(sum(part.octets), 0) FROM client_upload
            JOIN part ON part.id = client_upload.part WHERE key = ? AND client_upload.account = ? AND at > ?
            """, key, account, since.milliseconds
        ) { UploadLoad.Amount(files: $0.int(0), octets: $0.integer(1)) }
        let coming = try db.first(
            """
            SELECT count(*), coalesce(sum(octets), 0) FROM unfinished_upload
            WHERE contact = ? AND key = ? AND account = ? AND sha256 IS NULL
            """, sender.contact.rawValue, key, account
        ) { UploadLoad.Amount(files: $0.int(0), octets: $0.integer(1)) }
        let none = UploadLoad.Amount(files: 0, octets: 0)
        return UploadLoad(received: received ?? none, coming: coming ?? none, own: coming ?? none)
    }

    /// Notes a file for the receipt: part of the transaction that files it.
    func addFolderUpload(
        _ section: Section, of message: MessageNumber, from sender: FolderSender, folder: String,
        now: Timestamp
    ) throws {
        try db.run(
            """
            INSERT INTO client_upload (contact, key, account, folder, part, at)
            SELECT ?1, ?2, ?3, ?4, id, ?5 FROM part WHERE message = ?6 AND section = ?7
            """, sender.contact.rawValue, sender.key.description, sender.account.rawValue, folder,
            now.milliseconds, message.rawValue, section.text)
    }

    /// Those who stopped without a word: their last file came before that moment, and no receipt lists it.
    package func sendersWithoutReceipt(quietSince: Timestamp) throws -> [FolderSender] {
        try db.rows(
            """
            SELECT contact, key, account FROM client_upload WHERE contact IS NOT NULL
              AND (key, account) IN (SELECT key, account FROM client_upload WHERE letter IS NULL)
              AND (contact, key, account) IN (SELECT contact, key, account FROM account_contact)
            GROUP BY contact, key, account HAVING max(at) < ? AND sum(letter IS NULL) > 0
            ORDER BY min(id) LIMIT 100
            """, quietSince.milliseconds
        ) { row in
            AddressKey(row.text(1)).map {
                FolderSender(contact: ContactID(row.integer(0)), key: $0, account: AccountID(row.integer(2)))
            }
        }.compactMap { $0 }
    }

    /// What no receipt lists yet; nil where there is nothing, or the address is none of the account's any more.
    package func unreceipted(of sender: FolderSender) throws -> FolderReceipt? {
        let who =
            try db.first(
                """
                SELECT contact.name, ac.address, account.name, account.language FROM account_contact ac
                JOIN contact ON contact.id = ac.contact JOIN account ON account.id = ac.account
                WHERE ac.contact = ? AND ac.key = ? AND ac.account = ?
                """, sender.contact.rawValue, sender.key.description, sender.account.rawValue
            ) { row in
                EmailAddress(row.text(1)).map {
                    (
                        NamedAddress(name: row.text(0), address: $0), row.text(2),
                        Language(rawValue: row.text(3))
                    )
                }
            } ?? nil
        let files = try db.rows(
            """
            SELECT client_upload.id, part.name, part.octets, part.sha256, folder FROM client_upload
            JOIN part ON part.id = client_upload.part
            WHERE contact = ? AND key = ? AND client_upload.account = ? AND letter IS NULL ORDER BY client_upload.id
            """, sender.contact.rawValue, sender.key.description, sender.account.rawValue
        ) { row in
            SHA256Digest(octets: row.blob(3)).map {
                FolderUpload(
                    id: row.integer(0), name: row.text(1), octets: row.integer(2), sha256: $0,
                    folder: row.text(4))
            }
        }.compactMap { $0 }
        guard let who, !files.isEmpty else { return nil }
        return FolderReceipt(recipient: who.0, account: who.1, language: who.2 ?? .en, files: files)
    }

    package func setReceipt(_ letter: LetterID, of receipt: FolderReceipt) throws {
        for file in receipt.files {
            try db.run("UPDATE client_upload SET letter = ? WHERE id = ?", letter.rawValue, file.id)
        }
    }
}
