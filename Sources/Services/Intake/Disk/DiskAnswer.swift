package import Mail
package import Mailroom
package import Store

// What staff say of documents that are gone from the disk: the pages and the command ask for it here.

/// What was done, and when: that names it to whoever takes it back.
package struct DiskAnswered: Sendable, Hashable {
    package let count: Int
    package let time: Timestamp
}

extension DiskKeeper {
    /// An account's documents that have no file, in the order of their places.
    package func missing(of id: AccountID) async throws -> [MissingDocument] {
        let isEditable = isEditable
        guard let account = try await store.read({ try $0.diskAccount(id, isEditable: isEditable) }) else {
            return []
        }
        let files = try vault.documents.survey(account.directory) { _, _ in }?.files ?? []
        let there = Set(files.map(\.place))
        return account.documents.filter { !there.contains($0.place) }
            .map { MissingDocument(document: $0.document, place: $0.place) }
            .sorted { "\($0.place)" < "\($1.place)" }
    }

    /// Does it for every document of an account that has no file.
    ///
    /// - Parameter shown: the ``MissingDocument/mark(of:)`` of what was shown to whoever answers; nil: of whatever
    ///   is gone now.
    /// - Throws: a conflict where something else is gone than was shown.
    package func answer(
        _ answer: DiskAnswer, of id: AccountID, shown: String? = nil, by actor: String
    ) async throws -> DiskAnswered {
        try await recorder.placeDocuments()
        let (time, documents, isEditable) = (clock(), vault.documents, isEditable)
        let count = try await store.write { transaction in
            guard let account = try transaction.diskAccount(id, isEditable: isEditable) else { return 0 }
            let missing = try account.documents.filter { document in
                let path = DocumentPath(
                    account: account.directory, folders: document.place.folders, name: document.place.name)
                return try documents.mark(at: path) == nil
            }.map { MissingDocument(document: $0.document, place: $0.place) }
            guard shown == nil || shown == MissingDocument.mark(of: missing) else {
                throw StoreError(.conflict, "other documents are gone now than were shown")
            }
            let gone = missing.map(\.document)
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
        return DiskAnswered(count: count, time: time)
    }

    /// Takes back from the trash what an answer put there; the files are made anew from what is kept of them.
    ///
    /// - Returns: how many documents.
    package func takeBack(_ moment: Timestamp, of id: AccountID, by actor: String) async throws -> Int {
        try await recorder.placeDocuments()
        let time = clock()
        let count = try await store.write {
            try $0.takeBackTrash(of: id, at: moment, by: actor, now: time)
        }
        try await recorder.placeDocuments()
        try await look(at: id)
        return count
    }
}
