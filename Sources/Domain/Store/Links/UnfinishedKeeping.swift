internal import Files
package import Mail

/// What of unfinished uploads stays, and what goes.
extension DataDirectory {
    /// Removes uploads for whose next piece nobody waits any more, and files that belong to none.
    ///
    /// - Parameter oldest: whoever sent nothing since then has given up.
    /// - Returns: how many had given up.
    @discardableResult
    package func sweepUnfinished(before oldest: Timestamp) async throws -> Int {
        // The files first: the row of one that begins now is there before its file.
        let names = try vault.unfinishedNames()
        let all = try await store.read { try $0.allUnfinished() }
        let waiting = all.filter { $0.last > oldest }
        let gone = all.filter { $0.last <= oldest }
        if !gone.isEmpty { try await store.write { try $0.removeUnfinished(gone.map(\.id)) } }
        let wanted = Set(waiting.filter { $0.sha256 == nil }.map(\.id))
        for name in names where !wanted.contains(name) { try vault.removeUnfinished(name) }
        return gone.count { $0.sha256 == nil }
    }

    /// Makes what has come durable, so that it is there even after the machine was started anew.
    package func settleUnfinished() async throws {
        let all = try await store.read { try $0.allUnfinished() }.filter { $0.sha256 == nil }
        guard !all.isEmpty else { return }
        let sizes = try all.map { ($0.id, try vault.unfinishedOctets($0.id) ?? 0) }
        try vault.settleUnfinished()
        try await store.write { transaction in
            for (id, octets) in sizes { try transaction.setDurable(octets, of: id) }
        }
    }
}
