internal import Synchronization

/// A serial executor whose jobs may block: the home of an actor that owns a C handle.
///
/// It borrows a thread of its pool only while it has jobs, so that a
/// thousand idle actors cost no thread. See ``WorkerActor``.
package final class Worker: SerialExecutor {
    private struct State: Sendable {
        var jobs: [UnownedJob] = []
        var running = false
    }

    private let pool: WorkerPool
    private let state = Mutex(State())

    package init(pool: WorkerPool = .shared) { self.pool = pool }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let wasIdle = state.withLock { state in
            state.jobs.append(job)
            defer { state.running = true }
            return !state.running
        }
        if wasIdle { pool.submit(self) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }

    /// Runs jobs on the calling thread until there are none.
    func drain() {
        while true {
            let jobs = state.withLock { state in
                let jobs = state.jobs
                state.jobs = []
                state.running = !jobs.isEmpty
                return jobs
            }
            if jobs.isEmpty { return }
            for job in jobs { unsafe job.runSynchronously(on: asUnownedSerialExecutor()) }
        }
    }
}

/// An actor whose work runs on a ``Worker``.
package protocol WorkerActor: Actor {
    nonisolated var worker: Worker { get }
}

extension WorkerActor {
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe worker.asUnownedSerialExecutor()
    }
}
