internal import Mail
internal import Mailroom
internal import Store

/// What people did in an account's directory, to be recorded in one transaction.
///
/// Between the look and the transaction others may have written: each deed
/// asks again whether the disk and the rows still are as it takes them to be,
/// and is left for the next look where they are not. Files of ours move only
/// within transactions, so what is asked here stays true until the end.
struct DiskChange: Sendable {
    let account: AccountID
    let deeds: [DiskJudge.Deed]
    /// By their places: files whose octets are kept.
    let files: [DiskPlace: DiskFile]
    /// The documents as they were remembered.
    let remembered: [DocumentID: DiskJudge.Remembered]
    /// Directories that are there, and those of folders that are not any more.
    let folders: [[String]]
    let goneFolders: [[String]]
    let now: Timestamp

    struct Outcome: Sendable {
        var done = 0
        /// Whether something was not as it was taken to be.
        var isStale = false
        /// Folders whose directories are made again, for a request needs them.
        var wanted: [[String]] = []
    }

    var isEmpty: Bool { deeds.isEmpty && folders.isEmpty && goneFolders.isEmpty }

    func record(_ transaction: StoreTransaction, _ documents: DocumentTree) throws -> Outcome {
        var outcome = Outcome()
        guard let fresh = try transaction.diskAccount(account, isEditable: true) else { return outcome }
        let today = Dictionary(fresh.documents.map { ($0.document, $0) }) { first, _ in first }
        let places = Set(fresh.documents.map(\.place)).union(fresh.unsettled)
        func mark(_ place: DiskPlace) throws -> FileMark? {
            try documents.mark(
                at: DocumentPath(account: fresh.directory, folders: place.folders, name: place.name))
        }
        func isSame(_ id: DocumentID) -> Bool {
            guard let old = remembered[id], let new = today[id] else { return false }
            return old.place == new.place && old.sha256 == new.sha256
        }
        for deed in deeds {
            var isDone = false
            switch deed {
            case .read, .wait: continue
            case .note(let id, let mark):
                guard isSame(id) else { break }
                try transaction.note(mark, of: id)
                continue
            case .version(let id, let place):
                guard isSame(id), let file = files[place], try mark(place) == file.mark else { break }
                if file.sha256 == today[id]?.sha256 {
                    try transaction.note(file.mark, of: id)
                    continue
                }
                try transaction.adoptVersion(file, of: id, now: now)
                isDone = true
            case .move(let id, let place):
                guard isSame(id), let old = remembered[id], !places.contains(place),
                    let file = files[place], try mark(place) == file.mark, try mark(old.place) == nil
                else { break }
                try transaction.adoptMove(id, to: place, mark: file.mark, now: now)
                isDone = true
            case .adopt(let place):
                guard let file = files[place], !places.contains(place), !fresh.planned.contains(file.sha256),
                    try mark(place) == file.mark
                else { break }
                try transaction.adopt(file, of: account, now: now)
                isDone = true
            case .trash(let id):
                guard isSame(id), let old = remembered[id], try mark(old.place) == nil else { break }
                try transaction.trashDocument(id, by: StoreTransaction.fileSystem, now: now)
                isDone = true
            }
            if isDone { outcome.done += 1 } else { outcome.isStale = true }
        }
        try follow(&outcome, transaction)
        if outcome.done > 0 { transaction.changedParts.insert("account-\(account.rawValue)") }
        return outcome
    }

    /// New directories become folders, and folders whose empty directories are gone go, too.
    private func follow(_ outcome: inout Outcome, _ transaction: StoreTransaction) throws {
        for folder in folders where try transaction.adoptFolder(folder, of: account, now: now) {
            outcome.done += 1
        }
        guard !goneFolders.isEmpty else { return }
        var removed: [[String]] = []
        for (place, components) in try transaction.emptySubfolders(of: account)
        where goneFolders.contains(components) {
            guard !removed.contains(where: { components.starts(with: $0) }) else { continue }
            do {
                _ = try transaction.removeFolder(
                    place, of: account, by: StoreTransaction.fileSystem, now: now)
                removed.append(components)
                outcome.done += 1
            } catch let error as StoreError where error.code == .conflict {
                outcome.wanted.append(components)
            }
        }
    }
}
