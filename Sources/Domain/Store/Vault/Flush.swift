internal import Files
internal import Synchronization

/// Makes all that was written before durable: one `syncfs` for a whole batch.
///
/// It promises what an `fsync` of each file and of each directory promises,
/// for it is their sum: all dirty octets, sizes and names of the file system
/// are written and waited for, and the disk's own cache is flushed, before it
/// returns. It costs one wait where they cost one each. What differs is how
/// failure is told: for the file system, once, and not for the file. So when
/// one flush fails, every batch with octets written before is lost with it,
/// and is written again under new inodes: the pages that could not be written
/// are clean in memory, and a second flush would find nothing wrong.
final class Flush: Sendable {
    /// One directory for each file system that the vault is on.
    private let directories: [Directory]
    /// How many flushes have failed. What was written when it was less is in doubt.
    private let failures = Atomic(0)
    /// Whose turn it is to flush; not to be waited for by those who only write.
    private let turn = Mutex(())

    init(_ directories: [Directory]) throws(VaultError) {
        var kept: [Directory] = []
        var devices: Set<UInt64> = []
        for directory in directories {
            let status = try files { () throws(FileError) in try directory.status() }
            if devices.insert(status.identity.device).inserted { kept.append(directory) }
        }
        self.directories = kept
    }

    /// To be noted before the first octet is written.
    var generation: Int { failures.load(ordering: .acquiring) }

    /// Returns when everything written since `generation` was noted is on the disk.
    func flush(since generation: Int) throws(VaultError) {
        // One at a time: an error is told to one caller, and the others must know of it before they go on.
        try turn.withLock { _ throws(VaultError) in
            guard self.generation == generation else { throw VaultError(.lost, "flushing a batch") }
            for directory in directories {
                do throws(FileError) {
                    try directory.synchronizeFileSystem()
                } catch {
                    failures.add(1, ordering: .releasing)
                    throw VaultError(error)
                }
            }
        }
    }
}
