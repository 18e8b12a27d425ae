internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Gives planned documents their files; the same again after a crash changes nothing.
struct DocumentPlacing {
    let vault: Vault
    let store: Store
    let events: Events

    /// A directory holds no two files whose names differ in case alone for some system; staff may have put
    /// some there.
    private static let renamesAllowed = 1000

    func place(_ planned: [DocumentRow]) async throws {
        // Begun before the first name is made, so that a flush that fails in between is noticed.
        let batch = vault.beginBatch()
        var placed: [(DocumentID, String)] = []
        var linked: [SHA256Digest: AccountID] = [:]
        var renamed: [(DocumentID, DocumentRow, String)] = []
        for document in planned {
            let isTaken: Bool
            if let other = linked[document.sha256] {
                isTaken = other != document.account
            } else {
                isTaken = try await store.read {
                    try $0.isContentLinked(document.sha256, otherThan: document.account)
                }
            }
            let (how, name): (DocumentTree.Placement, String)
            do {
                (how, name) = try place(document, sharing: isTaken ? .separate : .link)
            } catch let error as VaultError where !error.isTransient {
                // It stays planned, and is tried at each start; the others are in no one's way.
                events.notPlaced(document.id, "\(error)")
                continue
            }
            if how == .link { linked[document.sha256] = document.account }
            if name != document.name { renamed.append((document.id, document, name)) }
            placed.append((document.id, how.rawValue))
        }
        // The names are durable before it is recorded that they are there.
        try batch.flush()
        let (done, changes) = (placed, renamed)
        try await store.write { transaction in
            for (id, document, name) in changes {
                try transaction.setName(name, of: id, account: document.account)
            }
            for (id, how) in done { try transaction.setPlaced(id, how: how) }
        }
    }

    /// Where somebody else's file has the name, the next free number is taken: nothing is overwritten.
    private func place(
        _ document: DocumentRow, sharing: DocumentTree.Sharing
    ) throws -> (DocumentTree.Placement, String) {
        var name = document.name
        var foreign: Set<String> = []
        for _ in 0..<Self.renamesAllowed {
            do throws(VaultError) {
                let path = DocumentPath(
                    account: document.directory, folders: document.place.folders, name: name)
                return (try vault.documents.place(document.sha256, at: path, sharing: sharing), name)
            } catch {
                guard error.code == .nameTaken else { throw error }
                foreign.insert(SafeName.key(name))
                name = SafeName.unique(document.name) { foreign.contains($0) }
            }
        }
        throw VaultError(.nameTaken, "filing a document under a thousand names")
    }
}
