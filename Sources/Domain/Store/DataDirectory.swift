package import Files
package import Mail
internal import SQLite

/// All that Mailroom keeps: the database and, beside it, the octets. One process at a time holds it.
///
/// | name | what |
/// |---|---|
/// | `lock` | held by whoever has the directory open |
/// | `attempts` | what is being read just now: ``AttemptMarks`` |
/// | `mailroom.db` | what is remembered: ``Store`` |
/// | `content/`, `originals/`, `documents/` | the octets: ``Vault`` |
/// | `cache/` | what can be made again, such as pictures of pages: safe to delete |
package final class DataDirectory: Sendable {
    package let path: String
    package let store: Store
    package let vault: Vault
    package let directory: Directory
    package let marks: AttemptMarks
    private let lock: DirectoryLock

    private init(
        path: String, store: Store, vault: Vault, directory: Directory, marks: AttemptMarks,
        lock: DirectoryLock
    ) {
        self.path = path
        self.store = store
        self.vault = vault
        self.directory = directory
        self.marks = marks
        self.lock = lock
    }

    /// Takes the lock, opens the database and the vault, and sweeps what a crash left.
    ///
    /// - Parameters:
    ///   - check: reads the whole database once before anything is written.
    ///   - isEditable: whether people edit the documents in place.
    package static func open(
        path: String, check: Bool = false, isEditable: Bool = false
    ) async throws -> DataDirectory {
        let directory = try Directory.create(path: path, mode: 0o750)
        let lock = try await takeLock(in: directory, path)
        let store = try Store.open(path: path + "/mailroom.db", check: check)
        let last = try await store.read { try $0.lastOriginal() }
        let vault = try Vault.open(
            in: directory,
            lastOriginal: last.map {
                OriginalLocation(segment: $0.segment, offset: Int($0.offset), length: Int($0.length))
            }, isEditable: isEditable)
        let marks = try AttemptMarks(in: directory)
        if !marks.unended.isEmpty { try await store.write { try $0.settle(marks.unended) } }
        marks.noteCrashes()
        return DataDirectory(
            path: path, store: store, vault: vault, directory: directory, marks: marks, lock: lock)
    }

    /// A command holds the data for a moment: a daemon that starts just then waits for it.
    private static let patience = 20

    private static func takeLock(in directory: Directory, _ path: String) async throws -> DirectoryLock {
        for attempt in 1... {
            switch try DirectoryLock.take(in: directory) {
            case .locked(let taken): return taken
            case .held(let holder):
                guard attempt == patience else {
                    try await Task.sleep(for: .milliseconds(50))
                    continue
                }
                throw StoreError(
                    .locked,
                    "\(path) is in use by process \(holder.map { "\($0)" } ?? "of unknown number"): "
                        + "one Mailroom at a time. mailroom status talks to the one that runs.")
            }
        }
        preconditionFailure("the last attempt takes the lock or throws")
    }

    /// Removes contents that no row knows: what a crash left between flush and commit.
    ///
    /// Safe while nothing else writes; done at the start. Originals that no row
    /// knows stay in their segments: a database restored from a backup knows
    /// less than they do.
    package func sweep() async throws {
        let contents = try await store.read { try $0.allContents() }
        try vault.contents.sweep { contents.contains($0) }
    }
}

extension StoreTransaction {
    /// The end of what the originals' segments hold, as far as it is recorded.
    package func lastOriginal() throws -> OriginalPlace? {
        try db.first(
            "SELECT segment, offset, length FROM original ORDER BY segment DESC, offset DESC LIMIT 1"
        ) {
            OriginalPlace(segment: $0.int(0), offset: $0.integer(1), length: $0.integer(2))
        }
    }

    package func allContents() throws -> Set<SHA256Digest> {
        Set(try db.rows("SELECT sha256 FROM content") { SHA256Digest(octets: $0.blob(0)) }.compactMap { $0 })
    }
}
