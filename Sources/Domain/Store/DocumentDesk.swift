package import Mail
package import Mailroom
package import Workers

/// Makes what staff upload durable, has it filed, and has the files follow.
///
/// Everything a person does with documents goes through here: first the
/// octets are durable, then one transaction records the deed with its audit
/// row, then the files in the tree follow. A crash after the transaction
/// leaves documents planned and moves remembered, which the next start ends.
package actor DocumentDesk: WorkerActor {
    package nonisolated let worker = Worker(pool: DocumentDesk.pool)
    let vault: Vault
    private let store: Store
    private let placing: @Sendable () async throws -> Void

    private static let pool = WorkerPool(name: "mailroom-desk", limit: 4)

    /// - Parameter placing: gives planned documents their files: the recorder's.
    package init(vault: Vault, store: Store, placing: @escaping @Sendable () async throws -> Void) {
        self.vault = vault
        self.store = store
        self.placing = placing
    }

    /// Files what came in.
    package func file(
        _ files: [(content: PendingContent, name: String)], into place: FolderPlace, of account: AccountID,
        origin: DocumentOrigin = .staff, by actor: String, now: Timestamp
    ) async throws -> [FiledUpload] {
        let uploads = files.map {
            UploadedFile(sha256: $0.content.digest, octets: Int64($0.content.octets), name: $0.name)
        }
        return try await keep(files.map(\.content)) { transaction in
            try uploads.map {
                try transaction.fileUpload($0, into: place, of: account, origin: origin, by: actor, now: now)
            }
        }
    }

    /// Makes octets durable, and then records what `body` does with them.
    @discardableResult
    package func keep<Value: Sendable>(
        _ contents: [PendingContent], andThen body: @escaping @Sendable (StoreTransaction) throws -> Value
    ) async throws -> Value {
        let batch = vault.beginBatch()
        for content in contents { batch.add(content) }
        let digests = Set(contents.map(\.digest))
        let known = try await store.read { try $0.recordedContents(digests) }
        try batch.publish { known.contains($0) }
        Fault.reached("upload-published")
        try batch.flush()
        Fault.reached("upload-flushed")
        let value = try await store.write(body)
        batch.end()
        Fault.reached("upload-recorded")
        try await placing()
        return value
    }

    /// Records a deed that needs no octets, and has the files follow.
    ///
    /// What a deed before it left to be placed is placed first: a document whose file is not there yet can't
    /// be moved.
    @discardableResult
    package func change<Value: Sendable>(
        _ body: @escaping @Sendable (StoreTransaction) throws -> Value
    ) async throws -> Value {
        try await placing()
        let value = try await store.write(body)
        Fault.reached("change-recorded")
        try await placing()
        return value
    }

    /// Makes the folders of an account on the disk as they are remembered, and removes an old one that is empty.
    ///
    /// What fails of it is made with the first document, or stays as an empty directory: no reason to fail.
    package func arrangeFolders(of account: AccountID, without old: FolderPath? = nil) async throws {
        let found = try await store.read { transaction in
            (try transaction.account(account)?.directory, try transaction.folderTree(of: account))
        }
        guard let directory = found.0 else { return }
        if let old { try? vault.documents.removeEmptyFolder(account: directory, folders: old.components) }
        for top in found.1 {
            for node in top.all {
                let folders = [top.name] + node.place.path.split(separator: "/").map(String.init)
                try? vault.documents.makeFolder(account: directory, folders: folders)
            }
        }
    }
}
