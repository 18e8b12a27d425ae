internal import Synchronization

/// Makes children as copies of one process, which is started on first need and again after a crash.
final class ReadyChild: Sendable {
    private struct State {
        var process: ReadyProcess?
        /// How often there was none to be had, one time after the other.
        var failures = 0
    }

    /// After as many every child is a start of its own: slower, and all the same.
    private static let mostFailures = 3

    private let program: String
    private let leading: [String]
    private let state = Mutex(State())

    init(_ program: String, _ leading: [String]) {
        self.program = program
        self.leading = leading
    }

    /// Nil where none stands ready.
    ///
    /// - Parameter descriptors: what it has as 0 to 3.
    func copy(_ words: [String], _ descriptors: [Int32]) -> RunningChild? {
        guard let process = current() else { return nil }
        guard let child = process.copy(words, descriptors) else {
            failed(process)
            return nil
        }
        state.withLock { $0.failures = 0 }
        return child
    }

    /// The copies that run go on; the next one is made of another.
    func renew() { state.withLock { $0.process = nil } }

    private func current() -> ReadyProcess? {
        state.withLock { state in
            if state.process == nil, state.failures < Self.mostFailures {
                state.process = try? ReadyProcess.start(program, leading)
                if state.process == nil { state.failures += 1 }
            }
            return state.process
        }
    }

    private func failed(_ process: ReadyProcess) {
        state.withLock { state in
            guard state.process === process else { return }
            state.process = nil
            state.failures += 1
        }
    }
}
