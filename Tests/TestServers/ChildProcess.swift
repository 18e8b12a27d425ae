import Glibc
import Synchronization

/// A program run by a test.
package enum ChildProcess {
    package struct Output: Sendable {
        package let status: Int32
        package let text: String
    }

    /// Runs a program to its end; standard output and error together.
    package static func run(_ arguments: [String], input: [UInt8] = []) -> Output {
        let pipes = pair()
        let feed = feeder(input)
        let process = spawn(arguments, input: feed, output: pipes.1)
        close(pipes.1)
        if feed >= 0 { close(feed) }
        defer { close(pipes.0) }
        guard process > 0 else { return Output(status: 127, text: "cannot start \(arguments.first ?? "")") }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(pipes.0, &buffer, buffer.count)
            if count > 0 { text += buffer[..<count] } else if count == 0 || errno != EINTR { break }
        }
        return Output(status: wait(process), text: String(decoding: text, as: UTF8.self))
    }

    /// Where a program is found; nil if it is not installed.
    package static func find(_ name: String) -> String? {
        ["/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin", "/usr/local/sbin"]
            .map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    static func wait(_ process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return exit(of: status)
    }

    /// What a shell would say: 128 and the signal's number for who died of one.
    static func exit(of status: Int32) -> Int32 {
        status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
    }

    /// - Returns: the process, or 0.
    static func spawn(_ arguments: [String], input: Int32, output: Int32) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if input >= 0 {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        if output >= 0 {
            posix_spawn_file_actions_adddup2(&actions, output, 1)
            posix_spawn_file_actions_adddup2(&actions, output, 2)
        }
        // Swift's threads block most signals, and a child inherits that: SIGTERM would not end it.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        let result = inheritance.withLock { _ in
            posix_spawnp(&process, arguments[0], &actions, &attributes, &words, environ)
        }
        return result == 0 ? process : 0
    }

    /// A descriptor that the octets can be read from; -1 for none.
    private static func feeder(_ octets: [UInt8]) -> Int32 {
        guard !octets.isEmpty else { return -1 }
        let (reading, writing) = pair()
        precondition(write(writing, octets, octets.count) == octets.count, "a small input fits in a socket")
        close(writing)
        return reading
    }

    /// Two ends of a stream that no other child inherits.
    static func pair() -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        precondition(socketpair(AF_UNIX, kind, 0, &ends) == 0, "no file descriptor is left")
        return (ends[0], ends[1])
    }

    /// Held while a child is started, and while a descriptor is not yet safe from being inherited.
    static let inheritance = Mutex(())
}

/// A server program that ends when we let go of it, however that comes about.
///
/// A shell holds it on a pipe of ours: when the pipe closes, because we closed
/// it or because the tests crashed, the shell kills the program.
package final class LeashedProcess: Sendable {
    private let leash: Mutex<(pipe: Int32, shell: pid_t)?>

    /// - Parameter log: gets what the program prints.
    package init?(_ arguments: [String], log: String) {
        let pipes = ChildProcess.pair()
        let output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        let script = #""$@" & program=$!; read _; kill $program; wait $program"#
        let shell = ChildProcess.spawn(
            ["/bin/sh", "-c", script, "sh"] + arguments, input: pipes.0, output: output)
        close(pipes.0)
        close(output)
        leash = Mutex((pipes.1, shell))
        guard shell > 0 else {
            stop()
            return nil
        }
    }

    deinit { stop() }

    /// Ends the program and waits until it is gone.
    package func stop() {
        let held = leash.withLock { held in
            defer { held = nil }
            return held
        }
        guard let held else { return }
        close(held.pipe)
        if held.shell > 0 { _ = ChildProcess.wait(held.shell) }
    }
}
