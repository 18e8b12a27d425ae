package import Mail
internal import Synchronization

/// How the tree of documents is looked after, for `status`.
package struct DiskHealth: Sendable, Equatable {
    /// Directories that the kernel tells of; nil: it tells of none, and only the passes see what changes.
    package var watched: Int?
    /// When all of it was last looked at.
    package var lastPass: Timestamp?
    /// How long that took.
    package var passMilliseconds: Int64?
    /// Since the start: documents that were changed, moved, put there or taken away on the disk.
    package var adopted = 0
}

/// Where the keeper of the tree says how it is.
package final class DiskBoard: Sendable {
    private let state = Mutex(DiskHealth())

    package init() {}

    package var health: DiskHealth { state.withLock { $0 } }
    func set(_ change: (inout DiskHealth) -> Void) { state.withLock { change(&$0) } }
}
