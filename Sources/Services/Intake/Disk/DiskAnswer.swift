internal import Mail
package import Mailroom
internal import Store

/// What staff say of documents that are gone from the disk, where nothing is done before somebody says so.
package enum DiskAnswer: String, Sendable, CaseIterable {
    /// They were deleted on purpose.
    case trash
    /// They are made anew from what is kept of them.
    case restore
}

extension DiskKeeper {
    /// Does it for every document of an account that has no file.
    ///
    /// - Returns: how many.
    package func answer(
        _ answer: DiskAnswer, of id: AccountID, by actor: String
    ) async throws -> Int {
        try await recorder.placeDocuments()
        let (time, documents, isEditable) = (clock(), vault.documents, isEditable)
        let count = try await store.write { transaction in
            guard let account = try transaction.diskAccount(id, isEditable: isEditable) else { return 0 }
            let gone = try account.documents.filter { document in
                try documents.status(
                    of: DocumentPath(
                        account: account.directory, folders: document.place.folders, name: document.place.name
                    )
                ) == nil
            }.map(\.document)
            switch answer {
            case .trash:
                for document in gone { try transaction.trashDocument(document, by: actor, now: time) }
            case .restore: try transaction.placeAnew(gone)
            }
            guard !gone.isEmpty else { return 0 }
            try transaction.audit(
                "disk.\(answer.rawValue)", by: actor, account: id.rawValue, subject: account.directory,
                detail: "\(gone.count) documents that were gone from the disk", at: time)
            return gone.count
        }
        try await recorder.placeDocuments()
        try await look(at: id)
        return count
    }
}
