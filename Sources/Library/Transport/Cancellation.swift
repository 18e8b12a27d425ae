internal import CLinux
internal import Glibc
internal import Synchronization

/// A way to cut short, from any thread, whatever a connection is waiting for.
///
/// It exists before the connection does, so that looking up a name and
/// connecting can be cut short too, and it outlives it, so that a late
/// `cancel()` never touches a descriptor that is somebody else's by now.
package final class Cancellation: Sendable {
    enum Readiness: Hashable {
        case ready
        case timeout
        case cancelled
    }

    private struct State: Sendable {
        var isCancelled = false
        /// The connection's socket while it is open.
        var socket: Int32?
    }

    private let state = Mutex(State())
    /// Readable once cancelled, and never read.
    private let event: Int32

    package init() {
        event = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(event >= 0, "no file descriptor is left for a connection")
    }

    deinit { close(event) }

    package var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Ends every wait of the connection, now and later.
    package func cancel() {
        state.withLock { state in
            guard !state.isCancelled else { return }
            state.isCancelled = true
            _ = eventfd_write(event, 1)
            // Who waits in `IdleHub` sees the socket alone.
            if let socket = state.socket { _ = shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    func attach(_ socket: Int32) {
        state.withLock { state in
            state.socket = socket
            if state.isCancelled { _ = shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// To be called before the socket is closed.
    func detach() { state.withLock { $0.socket = nil } }

    /// Waits for one of the descriptors; errors and hang-ups count as ready.
    func wait(for descriptors: [(descriptor: Int32, events: Int32)], until deadline: ContinuousClock.Instant)
        -> Readiness
    {
        var polled = descriptors.map { pollfd(fd: $0.descriptor, events: Int16($0.events), revents: 0) }
        polled.append(pollfd(fd: event, events: Int16(POLLIN), revents: 0))
        while true {
            let left = ContinuousClock.now.duration(to: deadline)
            let milliseconds = max(0, left.wholeMilliseconds + 1)
            let count = unsafe poll(&polled, nfds_t(polled.count), Int32(clamping: milliseconds))
            if polled[descriptors.count].revents != 0 { return .cancelled }
            if count > 0 { return .ready }
            if count == 0, ContinuousClock.now >= deadline { return .timeout }
            precondition(count >= 0 || errno == EINTR || errno == ENOMEM, "poll of our own descriptors")
        }
    }
}

extension Duration {
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        guard seconds < Int64(Int32.max) else { return Int64(Int32.max) }
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
