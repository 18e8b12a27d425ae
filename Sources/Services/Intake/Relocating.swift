internal import Mail
package import Mailroom
internal import Store
internal import Text
internal import Workers

extension Clerk {
    /// Moves a document to another folder, of its own account or of another.
    ///
    /// - Parameter folder: its top level is one of the account's folders.
    /// - Returns: the name it has there: another where its own was taken.
    package func move(
        _ document: DocumentID, to folder: FolderPath, of account: AccountID
    ) async throws -> String {
        let rules = await recorder.currentRules
        try await recorder.placeDocuments()
        let clerk = self
        let name = try await store.write { transaction in
            let decider = Decider(
                rules: rules, directory: try transaction.directory(freeMail: rules.freeMail), checks: .none)
            guard let row = try transaction.document(document),
                let target = decider.directory.accounts[account]
            else { throw StoreError(.notFound, "there is no document \(document.rawValue)") }
            if row.account != account,
                let other = try transaction.document(content: row.sha256, account: account)
            {
                throw StoreError(
                    .conflict,
                    "account \(target.number) has a document of the same content already: \(other.rawValue)")
            }
            let filing = Filing(transaction: transaction, decider: decider, now: clerk.now)
            let isThere = row.account == account && row.place.folders == folder.components
            let name = isThere ? row.name : filing.freeName(row.name, in: folder, of: target)
            guard !isThere else { throw StoreError(.conflict, "it lies there already") }
            if row.account != account {
                try transaction.untick(document, by: clerk.actor, now: clerk.now)
            }
            try transaction.moveDocument(
                document, to: account,
                destination: Destination(
                    folder: folder, name: name, access: target.folder(folder.top)?.access ?? .private))
            try transaction.audit(
                "file.move", by: clerk.actor, account: account.rawValue, subject: "\(document.rawValue)",
                detail:
                    "from \(row.accountNumber) \(row.place.folders.joined(separator: "/")) to \(target.number) \(folder)",
                at: clerk.now)
            return name
        }
        Fault.reached("move-recorded")
        try await recorder.placeDocuments()
        return name
    }

    /// Takes a document out of its folder; the parts it came by wait for staff again.
    ///
    /// - Returns: how many parts.
    package func unfile(_ document: DocumentID) async throws -> Int {
        try await recorder.placeDocuments()
        let clerk = self
        let parts = try await store.write { transaction in
            guard let row = try transaction.document(document) else {
                throw StoreError(.notFound, "there is no document \(document.rawValue)")
            }
            try transaction.untick(document, by: clerk.actor, now: clerk.now)
            let parts = try transaction.takeOut(document, now: clerk.now)
            try transaction.audit(
                "file.unfile", by: clerk.actor, account: row.account.rawValue,
                subject: "\(document.rawValue)",
                detail: "from \(row.place.folders.joined(separator: "/"))", at: clerk.now)
            return parts
        }
        Fault.reached("move-recorded")
        try await recorder.placeDocuments()
        return parts
    }
}
