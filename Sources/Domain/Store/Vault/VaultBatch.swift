package import Mail

/// Contents, originals and documents that become durable together, and only then recorded.
///
/// In this order: ``add(_:)``, ``publish(isRecorded:)``, then the documents
/// are placed, ``flush()``, the transaction of the database is committed, and
/// ``end()``. A crash anywhere before the commit leaves files that no row
/// knows; the next start replaces or sweeps them.
package final class VaultBatch {
    private let vault: Vault
    private var contents: [PendingContent] = []
    private var published: [SHA256Digest] = []
    private var generation: Int

    init(vault: Vault) {
        self.vault = vault
        generation = vault.flush.generation
    }

    deinit { vault.contents.release(published) }

    package func add(_ content: PendingContent) {
        contents.append(content)
        generation = min(generation, content.generation)
    }

    package func add(_ original: StoredOriginal) { generation = min(generation, original.generation) }

    /// Gives the new contents their names.
    ///
    /// - Parameter isRecorded: whether the database has the content, as of now or later.
    package func publish(
        isRecorded: (SHA256Digest) throws(VaultError) -> Bool
    ) throws(VaultError) {
        for content in contents {
            try vault.contents.publish(content, isRecorded: isRecorded)
            published.append(content.digest)
        }
        contents.removeAll()
    }

    /// Returns when all of the batch is on the disk: now it may be recorded.
    ///
    /// After an error nothing of it may be: the batch is dropped and made anew from the server's octets.
    package func flush() throws(VaultError) {
        precondition(contents.isEmpty, "a batch is published before it is flushed")
        try vault.flush.flush(since: generation)
    }

    /// The rows are committed; the contents may be removed again when nothing refers to them.
    package func end() {
        vault.contents.release(published)
        published.removeAll()
    }
}
