package import Workers

/// A file that comes in, piece by piece, on a thread of its own: an upload.
///
/// Without a name nothing of it stays unless it is filed; with one it is
/// found again by that after a restart.
package actor IncomingFile: WorkerActor {
    package nonisolated let worker = Worker(pool: IncomingFile.pool)
    private let vault: Vault
    private let name: String?
    private let trusted: Int64
    private var writer: ContentWriter?
    private var turn = 0
    private var isTaken = false
    private var isClosed = false

    private static let pool = WorkerPool(name: "mailroom-upload", limit: 16)

    package init(vault: Vault) {
        self.vault = vault
        name = nil
        trusted = 0
    }

    /// - Parameters:
    ///   - name: that no other has.
    ///   - trusted: octets of it that came before, and that are believed.
    package init(vault: Vault, unfinished name: String, trusted: Int64) {
        self.vault = vault
        self.name = name
        self.trusted = trusted
    }

    private func opened() throws(VaultError) -> ContentWriter {
        if let writer { return writer }
        let opened: ContentWriter
        if let name {
            opened = try vault.unfinished(name, trusted: trusted)
        } else {
            opened = vault.contents.begin()
        }
        writer = opened
        return opened
    }

    package func write(_ piece: [UInt8]) throws(VaultError) { try opened().write(piece) }

    /// From now on whoever asked writes, and whoever wrote before no more; with the octets there are.
    ///
    /// Of one that is being filed the last octet is there, and nobody writes; nil: it was closed meanwhile.
    package func takeTurn() throws(VaultError) -> (turn: Int, octets: Int)? {
        guard !isClosed else { return nil }
        let writer = try opened()
        try writer.settle()
        turn += 1
        return (turn, writer.octets)
    }

    /// Writes for whoever has the turn; false where somebody else has it by now.
    package func write(_ piece: [UInt8], turn: Int) throws(VaultError) -> Bool {
        guard turn == self.turn, !isTaken else { return false }
        try opened().write(piece)
        return true
    }

    /// The octets there are, all of them in the file, where that one has the turn still.
    package func octets(turn: Int) throws(VaultError) -> Int? {
        guard turn == self.turn else { return nil }
        let writer = try opened()
        try writer.settle()
        return writer.octets
    }

    /// All of it, once: what is asked for twice was taken by somebody else.
    package func finish() throws(VaultError) -> PendingContent {
        guard !isTaken else { throw VaultError(.missing, "taking a file that came") }
        let writer = try opened()
        isTaken = true
        return try writer.finish()
    }

    /// Nothing is written to it any more; with a name it is there still.
    package func close() {
        turn += 1
        isTaken = true
        isClosed = true
        writer = nil
    }

    /// Nobody wants it any more: whoever still sends is told so.
    package func discard() throws(VaultError) {
        close()
        if let name { try vault.removeUnfinished(name) }
    }
}
