internal import Synchronization

/// Wakes whoever waits, before their time.
package final class Bell: Sendable {
    private struct State {
        var rung = false
        var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Wakes all who wait; if nobody does, the next to wait is woken at once.
    package func ring() {
        let waiting = state.withLock { state in
            state.rung = state.waiting.isEmpty
            defer { state.waiting = [:] }
            return state.waiting.values.map { $0 }
        }
        for continuation in waiting { continuation.resume(returning: true) }
    }

    /// Returns after the seconds, when rung, or when the task is cancelled; true when rung.
    @discardableResult
    package func wait(seconds: Int) async -> Bool {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        let timer = Task { [self] in
            try? await Task.sleep(for: .seconds(seconds))
            wake(number)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let rang: Bool? = state.withLock { state in
                    if state.rung || Task.isCancelled {
                        defer { state.rung = false }
                        return state.rung
                    }
                    state.waiting[number] = continuation
                    return nil
                }
                if let rang { continuation.resume(returning: rang) }
            }
        } onCancel: {
            wake(number)
        }
    }

    private func wake(_ number: Int) {
        state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: false)
    }
}
