internal import Glibc

/// A program that says a secret on its first line.
///
/// It gets no input and a short environment, its complaints go where ours go
/// (the journal), and it is ended with all its children when its time is over.
enum SecretCommand {
    private static let passedOn = [
        "PATH", "HOME", "USER", "LANG", "GNUPGHOME", "CREDENTIALS_DIRECTORY", "XDG_RUNTIME_DIR",
    ]

    static func run(_ words: [String], timeLimit: Duration) throws(SecretError) -> Secret {
        precondition(!words.isEmpty, "the configuration refuses an empty command")
        let deadline = ContinuousClock.now + timeLimit
        let (child, output) = try start(words)
        defer { close(output) }
        let heard = listen(output, until: deadline)
        guard heard.isAll, let status = wait(for: child, until: deadline) else {
            kill(-child, SIGKILL)
            var status: Int32 = 0
            while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
            throw SecretError(
                code: .timedOut,
                description: "The command for the password had not ended after "
                    + "\(timeLimit.components.seconds) seconds.")
        }
        // As the macros WIFEXITED and WEXITSTATUS do, which Swift does not see.
        guard status & 0x7F == 0 else {
            throw SecretError(
                code: .commandFailed,
                description: "The command for the password was ended by signal \(status & 0x7F).")
        }
        let code = (status >> 8) & 0xFF
        guard code == 0 else {
            throw SecretError(
                code: .commandFailed,
                description: "The command for the password ended with exit code \(code). Try it as the user "
                    + "mailroom.")
        }
        let line = heard.octets.prefix { $0 != 0x0A }
        return try SecretFile.secret(in: Array(line), from: "The first line of the command for the password")
    }

    private static func start(_ words: [String]) throws(SecretError) -> (child: pid_t, output: Int32) {
        var ends: [Int32] = [-1, -1]
        // A socket, for a pipe that no other thread's child inherits is not to be had from Swift.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw cannotStart(errno) }
        defer { close(ends[1]) }

        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1)

        // Its own group, so that its children end with it; our blocked and ignored signals are not its.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let environment = passedOn.compactMap { name in
            unsafe getenv(name).map { unsafe "\(name)=\(String(cString: $0))" }
        }
        var child: pid_t = 0
        let result = unsafe withVector(words) { arguments in
            unsafe withVector(environment) { environment in
                unsafe posix_spawnp(&child, words[0], &actions, &attributes, arguments, environment)
            }
        }
        guard result == 0 else {
            close(ends[0])
            throw cannotStart(result)
        }
        return (child, ends[0])
    }

    private static func cannotStart(_ number: Int32) -> SecretError {
        SecretError(
            code: .commandFailed,
            description: "The command for the password cannot be started: "
                + "\(unsafe String(cString: strerror(number))).")
    }

    /// Calls `body` with a null-ended vector of C strings that live as long as the call.
    private static func withVector<Result>(
        _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let vector = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe vector.forEach { unsafe free($0) } }
        return unsafe body(vector)
    }

    /// All it says until it closes its output; too much is read and forgotten.
    private static func listen(
        _ output: Int32, until deadline: ContinuousClock.Instant
    ) -> (octets: [UInt8], isAll: Bool) {
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            let ready = unsafe poll(&waiting, 1, milliseconds(until: deadline))
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return (octets, false) }
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe Glibc.read(output, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return (octets, true) }
            if octets.count <= SecretFile.longest { octets += buffer[..<count] }
        }
    }

    /// Its exit status; nil when it is still running at the deadline.
    private static func wait(for child: pid_t, until deadline: ContinuousClock.Instant) -> Int32? {
        var status: Int32 = 0
        while true {
            let ended = unsafe waitpid(child, &status, WNOHANG)
            if ended == child { return status }
            if ended < 0, errno != EINTR { return nil }
            guard ContinuousClock.now < deadline else { return nil }
            // It closed its output and did not end: rare, and then for a moment.
            poll(nil, 0, 5)
        }
    }

    private static func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
        let left = ContinuousClock.now.duration(to: deadline).components
        let milliseconds = left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000
        return Int32(clamping: max(0, milliseconds))
    }
}
