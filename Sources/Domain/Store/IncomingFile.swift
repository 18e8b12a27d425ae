package import Workers

/// A file that comes in, piece by piece, on a thread of its own: an upload.
///
/// Nothing of it stays unless it is filed.
package actor IncomingFile: WorkerActor {
    package nonisolated let worker = Worker(pool: IncomingFile.pool)
    private let writer: ContentWriter
    private var turn = 0

    private static let pool = WorkerPool(name: "mailroom-upload", limit: 16)

    package init(vault: Vault) { writer = vault.contents.begin() }

    package func write(_ piece: [UInt8]) throws(VaultError) { try writer.write(piece) }

    /// From now on whoever asked writes, and whoever wrote before no more; with the octets there are.
    package func takeTurn() -> (turn: Int, octets: Int) {
        turn += 1
        return (turn, writer.octets)
    }

    /// Writes for whoever has the turn; false where somebody else has it by now.
    package func write(_ piece: [UInt8], turn: Int) throws(VaultError) -> Bool {
        guard turn == self.turn else { return false }
        try writer.write(piece)
        return true
    }

    /// The octets there are, where that one has the turn still.
    package func octets(turn: Int) -> Int? { turn == self.turn ? writer.octets : nil }

    package func finish() throws(VaultError) -> PendingContent { try writer.finish() }
}
