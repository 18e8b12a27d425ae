internal import Synchronization

/// The pieces of a request's content on their way from the connection to the handler.
final class Inflow: Sendable {
    private enum Ending: Sendable {
        case open
        case complete
        case failed(HTTPError)
    }

    private struct State: Sendable {
        var pieces: [[UInt8]] = []
        var octets = 0
        var ending = Ending.open
        var waiter: CheckedContinuation<Void, Never>?
    }

    /// More than this waits in the kernel, and then with the peer.
    static let room = 256 << 10

    private let state: Mutex<State>
    /// There is room again.
    private let drained: @Sendable () -> Void

    init(drained: @escaping @Sendable () -> Void) {
        self.drained = drained
        state = Mutex(State())
    }

    init(whole octets: [UInt8]) {
        drained = {}
        state = Mutex(State(pieces: octets.isEmpty ? [] : [octets], octets: octets.count, ending: .complete))
    }

    var isFull: Bool { state.withLock { $0.octets >= Self.room } }

    func accept(_ piece: [UInt8]) {
        wake { state in
            guard case .open = state.ending else { return }
            state.pieces.append(piece)
            state.octets += piece.count
        }
    }

    func finish() {
        wake { state in
            if case .open = state.ending { state.ending = .complete }
        }
    }

    /// What has come is worth nothing any more.
    func fail(_ error: HTTPError) {
        wake { state in
            guard case .open = state.ending else { return }
            state.pieces = []
            state.octets = 0
            state.ending = .failed(error)
        }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    func next() async throws(HTTPError) -> [UInt8]? {
        while true {
            let (taken, isOver, error) = take()
            if let taken {
                if !isFull { drained() }
                return taken
            }
            if let error { throw error }
            if isOver { return nil }
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let mustWait = state.withLock { state in
                        guard state.pieces.isEmpty, case .open = state.ending else { return false }
                        precondition(state.waiter == nil, "one task at a time reads the content of a request")
                        state.waiter = continuation
                        return true
                    }
                    if !mustWait { continuation.resume() }
                }
            } onCancel: {
                fail(HTTPError(.cancelled, "reading the content of a request"))
            }
        }
    }

    private func take() -> (piece: [UInt8]?, isOver: Bool, error: HTTPError?) {
        state.withLock { state in
            guard state.pieces.isEmpty else {
                let piece = state.pieces.removeFirst()
                state.octets -= piece.count
                return (piece, false, nil)
            }
            return switch state.ending {
            case .open: (nil, false, nil)
            case .complete: (nil, true, nil)
            case .failed(let error): (nil, true, error)
            }
        }
    }
}
