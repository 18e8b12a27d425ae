internal import Files
internal import Mail
internal import Mailroom
internal import Store
internal import Workers

/// Has files follow the documents that staff moved or took out; the same again after a crash changes nothing.
///
/// The row is changed first and remembers where the file still lies; then the
/// file is renamed, which is there or not, never half and never twice; then
/// the memory is ended.
///
/// | the power fails | the next start finds |
/// |---|---|
/// | before the row is changed | all as it was |
/// | before the rename | the memory, and the file at the old place: it is renamed |
/// | before the memory is ended | the memory, and nothing at the old place: the document is placed again, onto itself |
///
/// What a new version replaced, and what lay in the trash, goes from the disk,
/// and the document is placed anew from its content: that done twice is done
/// once, too.
///
/// Where people edit in place, a file that somebody may have written to since
/// it was last looked at does not go: it is set aside, to be looked at. A file
/// that does not let itself be moved stays remembered, and is in no other's way.
///
/// It runs within one transaction, so that nobody files a document under the
/// old name before the old file has gone from there.
struct DocumentMoving {
    let vault: Vault
    let transaction: StoreTransaction

    private static let renamesAllowed = 1000

    func finish() throws {
        let moves = try transaction.pendingMoves()
        guard !moves.isEmpty else { return }
        var done: [(DocumentID, String?)] = []
        for move in moves {
            do {
                done.append((move.document.id, try follow(move)))
            } catch let error as VaultError where vault.documents.isEditable && !error.isTransient {
                // In a directory of somebody else's making: the next look at the account tells of it.
                continue
            }
        }
        Fault.reached("move-renamed")
        // The names are durable before it is recorded that they are there.
        try vault.beginBatch().flush()
        for (document, placed) in done { try transaction.endMove(document, placed: placed) }
    }

    /// How the file is at its new place; nil where it was not at the old one.
    private func follow(_ move: PendingMove) throws -> String? {
        switch move.kind {
        case .restored:
            guard !move.isTrashed else { return move.placed }
            try vault.documents.purge("\(move.document.id.rawValue)")
            return nil
        case .replaced:
            if try isThere(move) && !setAside(move) { try vault.documents.remove(move.old) }
            return nil
        case .moved: break
        }
        guard try isThere(move) else { return nil }
        if move.isTrashed {
            if try setAside(move) { return nil }
            try vault.documents.discard(move.old, as: "\(move.document.id.rawValue)")
            return move.placed
        }
        guard move.document.place != move.old else { return move.placed }
        var foreign: Set<String> = []
        var name = move.document.name
        for _ in 0..<Self.renamesAllowed {
            let target = DocumentPath(
                account: move.document.directory, folders: move.document.place.folders, name: name)
            do throws(VaultError) {
                try vault.documents.move(move.old, to: target)
                if name != move.document.name {
                    try rename(move.document, to: name)
                }
                return move.placed
            } catch {
                guard error.code == .nameTaken else { throw error }
                foreign.insert(SafeName.key(name))
                name = SafeName.unique(move.document.name) { foreign.contains($0) }
            }
        }
        throw VaultError(.nameTaken, "moving a document under a thousand names")
    }

    /// What somebody else put there instead is none of ours to take away: a directory, with all that is in it.
    private func isThere(_ move: PendingMove) throws -> Bool {
        try vault.documents.mark(at: move.old) != nil
    }

    /// False where the file is the very one that was last seen with the document's octets, or none.
    private func setAside(_ move: PendingMove) throws -> Bool {
        guard vault.documents.isEditable, let status = try vault.documents.status(of: move.old),
            try status.kind == .file && !transaction.isUntouched(move.document.id, status.mark)
        else { return false }
        try vault.documents.setAside(move.old, of: move.document.id.rawValue)
        return true
    }

    private func rename(_ document: DocumentRow, to name: String) throws(VaultError) {
        do {
            try transaction.setName(name, of: document.id, account: document.account)
        } catch {
            throw VaultError(.nameTaken, "\(error)")
        }
    }
}
