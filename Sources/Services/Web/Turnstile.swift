internal import Synchronization

/// Lets so many through at a time; the others wait in the order they came.
///
/// When the inbox changes, all open pages ask for it anew at once. Begun
/// together they would all hold their lists in memory and all be done at the
/// end; one after the other half of them are done in half the time, and
/// whoever clicks meanwhile need not wait for them.
final class Turnstile: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
        /// Of those waiting, how many were let through: dropped when they are most.
        var passed = 0
    }

    private let state: Mutex<State>

    init(_ count: Int) { state = Mutex(State(free: count)) }

    func pass<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        await enter()
        defer { leave() }
        return try await work()
    }

    private func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    private func leave() {
        let next: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard state.passed < state.waiting.count else {
                state.free += 1
                return nil
            }
            let next = state.waiting[state.passed]
            state.passed += 1
            if state.passed * 2 > state.waiting.count {
                state.waiting.removeFirst(state.passed)
                state.passed = 0
            }
            return next
        }
        next?.resume()
    }
}
