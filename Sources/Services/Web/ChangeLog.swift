internal import Synchronization

/// The last changes that open pages were told of.
///
/// A page listens only some moments after it was drawn: what changed in
/// between it asks for by the number that it was drawn at.
final class ChangeLog: Sendable {
    private let log = Mutex(Log())
    private static let most = 256

    private struct Log {
        var count = 0
        /// The newest last.
        var names: [[String]] = []
    }

    /// How many changes there have been.
    var count: Int { log.withLock { $0.count } }

    func add(_ names: some Collection<String>) {
        log.withLock { log in
            log.count += 1
            if log.names.count == Self.most { log.names.removeFirst() }
            log.names.append(Array(names))
        }
    }

    /// What has changed since there were so many, each name once; of a number that was never reached nothing: it is
    /// from before we started, and such a page looks at everything anew.
    func names(since count: Int) -> [String] {
        log.withLock { log in
            guard count >= 0, count < log.count else { return [] }
            return Set(log.names.suffix(log.count - count).joined()).sorted()
        }
    }
}
