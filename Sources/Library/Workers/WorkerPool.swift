internal import Glibc
internal import Synchronization

/// Threads that may block, lent to ``Worker``s while they have work.
///
/// Swift's own pool has a thread per core and must never block; a C library
/// that reads from a socket does nothing else. Threads are made when all
/// others are busy, up to `limit`, and leave after ten idle seconds.
package final class WorkerPool: Sendable {
    private struct State: Sendable {
        var waiting: [Worker] = []
        var threads = 0
        var idle = 0
    }

    private let name: String
    private let limit: Int
    private let state = Mutex(State())
    /// Posted once for each worker put into `waiting`.
    private let bell = Semaphore()

    /// - Parameters:
    ///   - name: as `top -H` shows it, at most 15 octets.
    ///   - limit: threads at most; work queues up behind them.
    package init(name: String, limit: Int) {
        precondition(limit > 0, "a pool without threads never runs anything")
        precondition(name.utf8.count <= 15, "Linux shows 15 octets of a thread's name")
        self.name = name
        self.limit = limit
    }

    /// The pool that IMAP sessions and other users of slow C calls share.
    package static let shared = WorkerPool(name: "mailroom-work", limit: 64)

    /// Queues a worker that has jobs; a thread of the pool drains it.
    func submit(_ worker: Worker) {
        let needsThread = state.withLock { state in
            state.waiting.append(worker)
            if state.idle >= state.waiting.count || state.threads >= limit { return false }
            state.threads += 1
            return true
        }
        bell.post()
        guard needsThread else { return }
        let started = Threads.start(name: name) { [self] in
            while let worker = next() { worker.drain() }
        }
        guard !started else { return }
        // Without a new thread the work waits for one of the others.
        let others = state.withLock { state in
            state.threads -= 1
            return state.threads
        }
        precondition(others > 0, "the system refuses us even one thread")
    }

    /// The next worker with jobs; nil when none came for ten seconds and the thread may go.
    private func next() -> Worker? {
        state.withLock { $0.idle += 1 }
        while true {
            let rang = bell.wait(seconds: 10)
            let (worker, leave): (Worker?, Bool) = state.withLock { state in
                if !state.waiting.isEmpty {
                    state.idle -= 1
                    return (state.waiting.removeFirst(), false)
                }
                if rang { return (nil, false) }
                state.idle -= 1
                state.threads -= 1
                return (nil, true)
            }
            if let worker { return worker }
            if leave { return nil }
        }
    }
}
