import Glibc
import Synchronization

/// A program under test: signalled, killed and waited for, and gone when the tests are.
///
/// It is the very process that was started, not a shell's child, so that what
/// the kernel says of it is of it. A watcher holds a pipe of ours: when that
/// closes, because we let go or because the tests crashed, it kills.
package final class RunningProgram: Sendable {
    package let process: pid_t
    private let leash: Mutex<Int32>
    private let status = Mutex<Int32?>(nil)

    /// - Parameter log: gets what the program prints.
    package init?(_ arguments: [String], environment: [String: String] = [:], log: String) {
        let pipes = ChildProcess.pair()
        let output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        let script = #"exec 3<&0; (read _ <&3; kill -9 $$) 2>/dev/null & exec "$@" 3<&- </dev/null"#
        let settings = environment.map { "\($0.key)=\($0.value)" }.sorted()
        process = ChildProcess.spawn(
            ["/bin/sh", "-c", script, "sh", "/usr/bin/env"] + settings + arguments, input: pipes.0,
            output: output)
        close(pipes.0)
        close(output)
        leash = Mutex(pipes.1)
        guard process > 0 else {
            release()
            return nil
        }
    }

    deinit {
        if process > 0 { kill() }
        release()
    }

    package func signal(_ number: Int32) {
        // What was waited for has no number of its own any more.
        status.withLock { if $0 == nil { _ = Glibc.kill(process, number) } }
    }

    /// Kills it as a power cut would, and waits until it is gone; what it ended with before, if it had.
    @discardableResult
    package func kill() -> Int32 {
        signal(SIGKILL)
        return status.withLock { status in
            let ended = status ?? ChildProcess.wait(process)
            status = ended
            return ended
        }
    }

    /// The exit status, or 128 and the signal's number; nil while it runs.
    package var ended: Int32? {
        let ended = status.withLock { status in
            var raw: Int32 = 0
            if status == nil, waitpid(process, &raw, WNOHANG) == process {
                status = ChildProcess.exit(of: raw)
            }
            return status
        }
        if ended != nil { release() }
        return ended
    }

    /// The exit status, once it has ended; nil if it has not by then.
    package func end(within seconds: Double) async -> Int32? {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if let ended { return ended }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return ended
    }

    /// A figure of `/proc/PID/status`, in its own unit: `VmHWM` in KB, `Threads`.
    package func figure(_ name: String) -> Int? {
        let text = String(decoding: TestDirectory.read("/proc/\(process)/status") ?? [], as: UTF8.self)
        return text.split(separator: "\n").first { $0.hasPrefix(name + ":") }?
            .split(whereSeparator: { " \t".contains($0) }).dropFirst().first.flatMap { Int($0) }
    }

    private func release() {
        leash.withLock { pipe in
            if pipe >= 0 { close(pipe) }
            pipe = -1
        }
    }
}
