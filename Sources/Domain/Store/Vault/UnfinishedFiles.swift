internal import Files

/// Files of which a part has come: `content/unfinished/NAME`, from one process to the next.
///
/// They are no contents: nothing refers to them by a hash, and nothing but
/// the sender's next piece is wanted of them.
extension Vault {
    /// Opens one to go on with, or makes it.
    ///
    /// - Parameter trusted: octets of it that are believed; what is behind them goes.
    func unfinished(_ name: String, trusted: Int64) throws(VaultError) -> ContentWriter {
        guard PathComponent.isSafe(name) else { throw VaultError(.unsafeName, "going on with a file") }
        // After a flush that failed nobody knows what of the older octets the disk has.
        let believed = flush.generation == 0 ? trusted : 0
        let file = try TemporaryFile(staying: name, in: contents.unfinished, trusted: believed)
        return try ContentWriter(store: contents, goingOnWith: file)
    }

    func removeUnfinished(_ name: String) throws(VaultError) {
        _ = try files { () throws(FileError) in try contents.unfinished.remove(name) }
    }

    func unfinishedNames() throws(VaultError) -> [String] {
        try files { () throws(FileError) in try contents.unfinished.names() }
    }

    /// How much of it is there; nil: nothing.
    package func unfinishedOctets(_ name: String) throws(VaultError) -> Int64? {
        do throws(FileError) {
            return try contents.unfinished.status(of: name).size
        } catch {
            if error.isMissing { return nil }
            throw VaultError(error)
        }
    }

    /// Returns when all of them are on the disk as they are.
    func settleUnfinished() throws(VaultError) { try flush.flush(since: flush.generation) }
}
