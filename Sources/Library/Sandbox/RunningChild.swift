internal import CLinux
internal import Glibc

/// A child that was started: ended, with all it started, and reaped when this goes away.
struct RunningChild: ~Copyable {
    private let process: pid_t
    /// Readable when the process has ended.
    let ended: Descriptor
    private var status: Int32?

    /// Starts `path` with descriptor 3 to read from; the environment is a path and a language, nothing else.
    static func start(
        _ path: String, _ arguments: [String], output: Int32, errors: Int32, input: Int32
    ) throws(SandboxError) -> RunningChild {
        let doing = "starting \(arguments.joined(separator: " "))"
        let nothing = try Descriptor.open("/dev/null", O_RDWR, doing: doing)
        let environment = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"]
        let process = unsafe withCStrings(arguments) { arguments in
            unsafe withCStrings(environment) { environment in
                unsafe mr_spawn(path, arguments, environment, [nothing.number, output, errors, input])
            }
        }
        guard process > 0 else { throw SandboxError(errno: -process, doing: doing) }
        let number = mr_pidfd_open(process)
        guard number >= 0 else {
            let error = SandboxError(errno: errno, doing: doing)
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
            throw error
        }
        return RunningChild(process: process, ended: Descriptor(number))
    }

    private init(process: pid_t, ended: consuming Descriptor) {
        self.process = process
        self.ended = ended
    }

    /// The status as `waitpid` gives it; ends the child first when it has not ended by itself.
    mutating func finish() -> Int32 {
        if let status { return status }
        // The group before the child is reaped: until then its number is nobody else's.
        kill(-process, SIGKILL)
        var status: Int32 = 0
        while unsafe waitpid(process, &status, 0) < 0 {
            precondition(errno == EINTR, "nobody else reaps a child of ours")
        }
        self.status = status
        return status
    }

    deinit {
        guard status == nil else { return }
        kill(-process, SIGKILL)
        while waitpid(process, nil, 0) < 0, errno == EINTR {}
    }

    /// Strings as C wants them: an array of pointers that ends with a null.
    private static func withCStrings<R>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> R
    ) -> R {
        var pointers = unsafe strings.map { unsafe strdup($0) }
        unsafe pointers.append(nil)
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe pointers.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
    }
}
