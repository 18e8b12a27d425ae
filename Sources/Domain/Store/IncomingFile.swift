package import Workers

/// A file that comes in, piece by piece, on a thread of its own: an upload.
///
/// Nothing of it stays unless it is filed.
package actor IncomingFile: WorkerActor {
    package nonisolated let worker = Worker(pool: IncomingFile.pool)
    private let writer: ContentWriter

    private static let pool = WorkerPool(name: "mailroom-upload", limit: 16)

    package init(vault: Vault) { writer = vault.contents.begin() }

    package func write(_ piece: [UInt8]) throws(VaultError) { try writer.write(piece) }

    package func finish() throws(VaultError) -> PendingContent { try writer.finish() }
}
