package import Mail
package import Mailroom
internal import SQLite

/// What becomes visible, or stops being so, when a folder's access changes.
package struct AccessChange: Sendable, Equatable {
    package let folder: Folder
    package let access: Access
    package let documents: Int
    /// Who may log in and see it: contacts of the account with the switch *login*.
    package let people: [AccessPerson]

    /// Whether clients see more than before: staff confirm that.
    package var reveals: Bool { folder.access == .private && access != .private }
    /// Whether clients may change what they could only see, or could not see at all.
    package var opens: Bool { folder.access != .edit && access == .edit }
}

/// A contact, by one of its addresses.
package struct AccessPerson: Sendable, Hashable {
    package let name: String
    package let address: String
}

extension StoreTransaction {
    /// What a change would do, for the warning before it.
    package func accessChange(_ id: FolderID, to access: Access, of account: AccountID) throws -> AccessChange
    {
        let folder = try folder(id, of: account)
        let people = try db.rows(
            """
            SELECT name, min(address) FROM account_contact JOIN contact ON contact.id = contact
            WHERE account = ? AND login = 1 GROUP BY contact.id ORDER BY name, contact.id
            """, account.rawValue
        ) { AccessPerson(name: $0.text(0), address: $0.text(1)) }
        return AccessChange(
            folder: folder, access: access, documents: try documents(below: FolderPlace(id)).count,
            people: people)
    }

    /// Changes what clients may do in a top-level folder and all below it. Intake stays private, and so does
    /// all of a guest's.
    package func setAccess(
        _ access: Access, of id: FolderID, account: AccountID, by actor: String, now: Timestamp
    ) throws {
        let change = try accessChange(id, to: access, of: account)
        guard change.folder.access != access else { return }
        guard !change.folder.isIntake else { throw StoreError(.invalid, "Intake stays private") }
        try checkAccess(access, of: account)
        changedDirectory = true
        try db.run("UPDATE folder SET access = ? WHERE id = ?", access.rawValue, id.rawValue)
        let people = change.people.map(\.address).joined(separator: ", ")
        try audit(
            "folder.access", by: actor, account: account.rawValue, subject: change.folder.name,
            detail: "\(change.folder.access.rawValue) → \(access.rawValue): \(change.documents) documents"
                + (people.isEmpty ? "" : ", \(people)"), at: now)
    }

    func checkAccess(_ access: Access, of account: AccountID) throws {
        guard try !isGuest(account) || access == .private else {
            throw StoreError(.invalid, "a guest account has private folders only")
        }
    }
}
