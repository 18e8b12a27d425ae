internal import CLinux
internal import Glibc
internal import Synchronization

/// A child process in a process group of its own.
///
/// A group of its own, so that the Ctrl-C a terminal sends to us does not end
/// it behind our back, and so that whatever it started ends with it. It has a clean signal mask, and no
/// descriptor of ours but three.
package final class Subprocess: Sendable {
    package enum Ending: Hashable, Sendable {
        case exited(Int32)
        case signalled(Int32)
    }

    private struct State {
        var ending: Ending?
        var input: Int32?
    }

    /// Of the process and of its group.
    package let id: Int32
    private let state: Mutex<State>

    private init(id: Int32, input: Int32?) {
        self.id = id
        state = Mutex(State(ending: nil, input: input))
    }

    deinit {
        if let input = state.withLock(\.input) { close(input) }
    }

    /// - Parameters:
    ///   - program: a full path; nothing is sought.
    ///   - output: the file both standard output and standard error are added to; nil: nowhere.
    ///   - keepsInput: standard input is a pipe that ends when we do, or at ``closeInput()``.
    package static func start(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], directory: String,
        output: String? = nil, keepsInput: Bool = false
    ) throws(ProcessError) -> Subprocess {
        var pipes: [Int32] = [-1, -1]
        if keepsInput {
            guard unsafe mr_pipe_cloexec(&pipes) == 0 else {
                throw ProcessError(.notStarted, doing: "pipe for \(program)", reason: systemReason())
            }
        }
        let plan = SpawnPlan(directory: directory, input: keepsInput ? pipes[0] : nil, output: output)
        var id: pid_t = 0
        let variables = environment.merging(["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"]) {
            own, _ in own
        }
        let words = CStrings([program] + arguments)
        let settings = CStrings(variables.map { "\($0)=\($1)" })
        let result = unsafe posix_spawn(
            &id, program, plan.actions, plan.attributes, words.pointers, settings.pointers)
        if keepsInput { close(pipes[0]) }
        guard result == 0 else {
            if keepsInput { close(pipes[1]) }
            let code: ProcessError.Code = result == ENOENT ? .notInstalled : .notStarted
            throw ProcessError(code, doing: "posix_spawn \(program)", reason: systemReason(result))
        }
        return Subprocess(id: id, input: keepsInput ? pipes[1] : nil)
    }

    /// How it ended; nil if it still runs after `time`.
    ///
    /// Asks every few milliseconds: a pidfd would wake us, and some sandboxed kernels have none.
    package func ending(within time: Duration) -> Ending? {
        let deadline = ContinuousClock.now + time
        while true {
            if let ending = reapIfEnded(killingGroup: false) { return ending }
            if ContinuousClock.now >= deadline { return nil }
            usleep(5000)
        }
    }

    /// To every process of the group.
    ///
    /// Nothing once the process itself was reaped: its number may be another's by now.
    package func signal(_ number: Int32) {
        state.withLock { state in
            if state.ending == nil { _ = Glibc.kill(-id, number) }
        }
    }

    package func closeInput() {
        let input = state.withLock { state in
            defer { state.input = nil }
            return state.input
        }
        if let input { close(input) }
    }

    /// Ends it and its group at once, unasked.
    ///
    /// Its input is still open then, so it cannot take our going for its cue.
    package func kill() {
        signal(SIGKILL)
        _ = ending(within: .seconds(10))
        closeInput()
    }

    /// Asks it to end, then makes it: SIGTERM, and after `grace` SIGKILL, to all of its group.
    ///
    /// It is reaped when this returns, and its group is gone unless the system is slow to bury it.
    @discardableResult
    package func stop(grace: Duration) -> Ending? {
        closeInput()
        if let ending = state.withLock(\.ending) { return ending }
        signal(SIGTERM)
        var ending = ended(within: grace)
        if ending == nil {
            signal(SIGKILL)
            ending = ended(within: .seconds(10))
        }
        let deadline = ContinuousClock.now + .seconds(2)
        while Glibc.kill(-id, 0) == 0, ContinuousClock.now < deadline { usleep(2000) }
        return ending
    }

    /// As ``ending(within:)``, and the rest of the group ends with the leader.
    private func ended(within time: Duration) -> Ending? {
        let deadline = ContinuousClock.now + time
        repeat {
            if let ending = reapIfEnded(killingGroup: true) { return ending }
            usleep(5000)
        } while ContinuousClock.now < deadline
        return nil
    }

    /// Looks without reaping first: while the leader is a zombie its number is the group's, and killing the
    /// group cannot hit a stranger.
    private func reapIfEnded(killingGroup: Bool) -> Ending? {
        state.withLock { state in
            if let ending = state.ending { return ending }
            var information = unsafe siginfo_t()
            guard unsafe waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT) == 0,
                unsafe information.si_signo == SIGCHLD
            else { return nil }
            if killingGroup { _ = Glibc.kill(-id, SIGKILL) }
            var status: Int32 = 0
            guard unsafe waitpid(id, &status, 0) == id else { return nil }
            let signal = status & 0x7f
            state.ending = signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
            return state.ending
        }
    }
}
