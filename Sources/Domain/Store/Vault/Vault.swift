package import Files

/// What a data directory keeps beside the database: contents, originals and documents.
///
/// | directory | what |
/// |---|---|
/// | `content/` | octets by their SHA-256, each once, mode 0440: ``ContentStore`` |
/// | `originals/` | every message to the octet: ``OriginalStore`` |
/// | `documents/` | the tree that people see: ``DocumentTree`` |
///
/// What belongs together is written through a ``VaultBatch``, which is
/// durable before the database records it. One process at a time opens a
/// vault: see `DirectoryLock`.
package final class Vault: Sendable {
    package let contents: ContentStore
    package let originals: OriginalStore
    package let documents: DocumentTree
    let flush: Flush

    private init(contents: ContentStore, originals: OriginalStore, documents: DocumentTree, flush: Flush) {
        self.contents = contents
        self.originals = originals
        self.documents = documents
        self.flush = flush
    }

    /// Makes what is missing, and sweeps what a crash left under temporary names.
    ///
    /// - Parameters:
    ///   - lastOriginal: the original that the database knows furthest back in the highest segment.
    ///   - isEditable: whether people edit the documents in place.
    package static func open(
        in data: Directory, lastOriginal: OriginalLocation?, isEditable: Bool = false
    ) throws(VaultError) -> Vault {
        let (content, originals, documents) = try files { () throws(FileError) in
            for name in ["content", "originals", "documents"] {
                try data.makeDirectory(name, mode: 0o750)
            }
            return (
                try data.directory("content"), try data.directory("originals"),
                try data.directory("documents")
            )
        }
        let flush = try Flush([data, content, originals, documents])
        let contents = try ContentStore(content, flush: flush)
        return Vault(
            contents: contents,
            originals: try OriginalStore(originals, flush: flush, recorded: lastOriginal),
            documents: try DocumentTree(documents, contents: contents, isEditable: isEditable), flush: flush)
    }

    /// Octets that are free where contents and originals are written.
    package func freeOctets() throws(VaultError) -> Int64 {
        try files { () throws(FileError) in try contents.directory.freeSpace().free }
    }

    package func beginBatch() -> VaultBatch { VaultBatch(vault: self) }
}
