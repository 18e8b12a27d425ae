internal import Synchronization

/// Octets on their way from whoever makes them to a connection, a bounded number at a time.
final class Outflow: Sendable {
    /// What the connection gets when it asks.
    enum Pull: Equatable {
        case octets(Int)
        /// Nothing now: it was told to sleep, and will be woken.
        case later
        case end
        case failure
    }

    private enum Ending: Sendable { case open, complete, failed }

    private struct State: Sendable {
        var queue: [[UInt8]] = []
        /// Octets of the first piece that are gone already.
        var sent = 0
        var octets = 0
        var ending = Ending.open
        /// Nobody takes any more.
        var isClosed = false
        var isAsleep = false
        var waiters: [CheckedContinuation<Void, Never>] = []
        var wake: (@Sendable () -> Void)?
    }

    static let room = 128 << 10

    private let state = Mutex(State())

    /// The connection that will take the octets; it is woken with the closure.
    func connect(wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }

    // MARK: - Whoever makes them

    /// Waits while too much is on its way; throws when nobody takes it.
    func write(_ octets: [UInt8]) async throws(HTTPError) {
        while true {
            if Task.isCancelled { throw HTTPError(.cancelled, "sending the content of a reply") }
            let (isGone, isFull) = state.withLock { ($0.isClosed, $0.octets >= Self.room) }
            if isGone { throw HTTPError(.disconnected, "sending the content of a reply") }
            if !isFull { break }
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let mustWait = state.withLock { state in
                        guard state.octets >= Self.room, !state.isClosed, !Task.isCancelled else {
                            return false
                        }
                        state.waiters.append(continuation)
                        return true
                    }
                    if !mustWait { continuation.resume() }
                }
            } onCancel: {
                release()
            }
        }
        put(octets)
    }

    /// Without waiting; false when more than `limit` octets are on their way, or nobody takes them.
    func offer(_ octets: [UInt8], limit: Int) -> Bool {
        let isPossible = state.withLock { !$0.isClosed && $0.octets + octets.count <= limit }
        if isPossible { put(octets) }
        return isPossible
    }

    func finish() { end(.complete) }
    /// The reply stays incomplete, and the peer learns of it.
    func fail() { end(.failed) }

    private func put(_ octets: [UInt8]) {
        guard !octets.isEmpty else { return }
        change { state in
            state.queue.append(octets)
            state.octets += octets.count
        }
    }

    private func end(_ ending: Ending) {
        change { state in
            if case .open = state.ending { state.ending = ending }
        }
    }

    /// The connection is woken under the lock, so that it cannot end meanwhile.
    private func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            body(&state)
            guard state.isAsleep else { return }
            state.isAsleep = false
            state.wake?()
        }
    }

    private func release() {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    // MARK: - The connection

    /// - Parameter sleep: what puts the connection to sleep: under the same lock as what wakes it.
    func pull(into room: UnsafeMutableRawBufferPointer, sleep: () -> Void) -> Pull {
        let result = state.withLock { state -> Pull in
            var taken = 0
            while let first = state.queue.first, taken < room.count {
                let end = min(first.count, state.sent + room.count - taken)
                unsafe UnsafeMutableRawBufferPointer(rebasing: room[taken...])
                    .copyBytes(from: first[state.sent..<end])
                taken += end - state.sent
                state.sent = end
                if end == first.count {
                    state.queue.removeFirst()
                    state.sent = 0
                }
            }
            state.octets -= taken
            if taken > 0 { return .octets(taken) }
            switch state.ending {
            case .complete: return .end
            case .failed: return .failure
            case .open:
                state.isAsleep = true
                sleep()
                return .later
            }
        }
        release()
        return result
    }

    /// The connection is gone, or its request is over.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.isAsleep = false
            state.wake = nil
            state.queue = []
            state.octets = 0
        }
        release()
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }
}
