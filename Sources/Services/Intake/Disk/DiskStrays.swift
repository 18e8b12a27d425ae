internal import Mail
package import Mailroom
internal import Store

// A document that somebody moved or copied on the disk from one account's directory into another's.
//
// It is neither that account's new document nor a version of one of its own
// before staff say so: see `StrayRule`.

extension DiskKeeper {
    /// Of the files whose octets are new to the account, those of which staff are to be asked.
    func newStrays(_ deeds: [DiskJudge.Deed], _ picture: DiskPicture) async throws -> [StrayFind] {
        let id = picture.account.id
        let found = Dictionary(picture.found.map { ($0.place, $0) }) { first, _ in first }
        var asked: [(file: DiskJudge.Found, digest: SHA256Digest)] = []
        for place in deeds.compactMap(\.newOctets) {
            guard let file = found[place], case .read(let digest) = file.state, file.mark.octets > 0,
                picture.allowed[place]?.sha256 != digest
            else { continue }
            asked.append((file, digest))
        }
        guard !asked.isEmpty else { return [] }
        let wanted = asked
        let owners = try await store.read { transaction in
            try wanted.map { try transaction.otherOwners(of: $0.digest, besides: id) }
        }
        var strays: [StrayFind] = []
        for ((file, digest), owners) in zip(asked, owners) where !owners.isEmpty {
            if let stray = try await stray(file, digest, owners, in: id) { strays.append(stray) }
        }
        return strays
    }

    private func stray(
        _ file: DiskJudge.Found, _ digest: SHA256Digest, _ owners: [DocumentRow], in id: AccountID
    ) async throws -> StrayFind? {
        let gone = try owners.first { try vault.documents.mark(at: $0.place) == nil }
        let there = try owners.first { try vault.documents.mark(at: $0.place) != nil }
        let access = try await store.read { try $0.access(of: file.place.folders, in: id) }
        let (isMoved, others) = (there == nil, Set(owners.map(\.account)).count)
        guard let owner = gone ?? there,
            StrayRule.asks(isMoved: isMoved, access: access, others: others)
        else { return nil }
        return StrayFind(
            place: file.place, mark: file.mark, sha256: digest, document: owner.id, isMoved: isMoved)
    }

    /// Does what staff say of stray files; of those that changed since, nothing.
    ///
    /// - Returns: how many it was done for.
    package func settle(_ ids: [Int64], _ answer: StrayAnswer, by actor: String) async throws -> Int {
        let wanted = Set(ids)
        let files = try await store.read { try $0.strayFiles() }.filter {
            wanted.contains($0.id) && !$0.isAllowed
        }
        var done = 0
        for file in files {
            switch answer {
            case .adopt: done += try await allow(file, by: actor) ? 1 : 0
            case .return: done += try await giveBack(file, by: actor) ? 1 : 0
            }
        }
        for account in Set(files.map(\.account)) {
            try await look(at: account)
            // What staff wait for is not to wait for the clock's next tick.
            due[account] = now
        }
        return done
    }

    private func allow(_ file: StrayFile, by actor: String) async throws -> Bool {
        let time = clock()
        guard try await isUnchanged(file) else { return false }
        try await store.write { try $0.allowStray(file, by: actor, now: time) }
        return true
    }

    /// The row first: what a crash leaves in between is asked about again.
    private func giveBack(_ file: StrayFile, by actor: String) async throws -> Bool {
        let (time, documents) = (clock(), vault.documents)
        try await recorder.placeDocuments()
        guard try await isUnchanged(file), let path = try await path(of: file) else { return false }
        try await store.write { transaction in
            guard let owner = try transaction.document(file.found.document) else { return }
            let isThere = try documents.mark(at: owner.place) != nil
            try transaction.returnStray(file, isThere: isThere, by: actor, now: time)
        }
        // Should somebody write to it just now, its octets are kept with the document that it is.
        try documents.setAside(path, of: file.found.document.rawValue)
        try await recorder.placeDocuments()
        return true
    }

    private func isUnchanged(_ file: StrayFile) async throws -> Bool {
        guard let path = try await path(of: file) else { return false }
        return try vault.documents.mark(at: path) == file.found.mark
    }

    private func path(of file: StrayFile) async throws -> DocumentPath? {
        let directory = try await store.read { try $0.diskAccount(file.account, isEditable: true)?.directory }
        return directory.map {
            DocumentPath(account: $0, folders: file.found.place.folders, name: file.found.place.name)
        }
    }
}
