internal import CLinux
internal import Glibc
internal import Synchronization

/// One thread that waits on every idle connection: a parked task costs no thread.
///
/// `await hub.readable(descriptor, seconds:)` returns when there is something
/// to read (or the peer is gone), when the time is over, or when the task is
/// cancelled.
package final class IdleHub: Sendable {
    package enum Wake: Sendable, Equatable {
        case readable
        case timeout
        case cancelled
    }

    private struct Waiting: Sendable {
        let continuation: CheckedContinuation<Wake, Never>
        let deadline: Int64
    }

    private let descriptor: Int32
    private let waiting = Mutex<[Int32: Waiting]>([:])

    package init() {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        precondition(descriptor >= 0, "no file descriptor is left for the hub of idle connections")
        let started = Threads.start(name: "mailroom-idle") { [self] in run() }
        precondition(started, "the system refuses us a thread for the hub of idle connections")
    }

    package static let shared = IdleHub()

    /// Parks the calling task. One task at a time may wait for a descriptor.
    package func readable(_ connection: Int32, seconds: Int) async -> Wake {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let deadline = Self.now() + Int64(seconds) * 1000
                waiting.withLock { waiting in
                    precondition(waiting[connection] == nil, "two tasks wait for one connection")
                    waiting[connection] = Waiting(continuation: continuation, deadline: deadline)
                }
                var event = unsafe epoll_event()
                unsafe event.events = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLONESHOT.rawValue
                unsafe event.data.fd = connection
                if unsafe epoll_ctl(descriptor, EPOLL_CTL_MOD, connection, &event) != 0,
                    unsafe epoll_ctl(descriptor, EPOLL_CTL_ADD, connection, &event) != 0
                {
                    // A descriptor that epoll refuses is closed: reading will say so.
                    wake(connection, .readable)
                }
                if Task.isCancelled { wake(connection, .cancelled) }
            }
        } onCancel: {
            wake(connection, .cancelled)
        }
    }

    /// Ends a wait; the connection is about to be closed.
    package func forget(_ connection: Int32) {
        _ = epoll_ctl(descriptor, EPOLL_CTL_DEL, connection, nil)
        wake(connection, .cancelled)
    }

    /// Ends a wait as if its time were over; false where nobody waits for the connection.
    @discardableResult
    package func interrupt(_ connection: Int32) -> Bool { wake(connection, .timeout) }

    @discardableResult
    private func wake(_ connection: Int32, _ reason: Wake) -> Bool {
        guard let waiting = waiting.withLock({ $0.removeValue(forKey: connection) }) else { return false }
        waiting.continuation.resume(returning: reason)
        return true
    }

    private func run() {
        var events = unsafe [epoll_event](repeating: epoll_event(), count: 256)
        var swept = Self.now()
        while true {
            let count = unsafe epoll_wait(descriptor, &events, 256, 500)
            for index in 0..<max(0, Int(count)) { unsafe wake(events[index].data.fd, .readable) }
            let now = Self.now()
            guard now - swept >= 500 else { continue }
            swept = now
            let late = waiting.withLock { $0.filter { $0.value.deadline <= now }.map(\.key) }
            for connection in late { wake(connection, .timeout) }
        }
    }

    private static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
