internal import CLinux
internal import Glibc

/// A child that was started: ended, with all it started, and reaped when this goes away.
struct RunningChild: ~Copyable, Sendable {
    /// Who learns its status.
    private enum Origin: Sendable {
        /// It is a child of this process.
        case started(pid_t)
        case copied(Report)
    }

    /// Where the process that it is a copy of tells its status.
    private final class Report: Sendable {
        let ready: ReadyProcess
        let socket: Descriptor

        init(_ ready: ReadyProcess, _ socket: consuming Descriptor) {
            self.ready = ready
            self.socket = socket
        }

        /// Waits for it. With the process that it is a copy of it has ended, too; one that is not heard of
        /// is given up with it.
        func status() -> Int32 {
            var polled = pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&polled, 1, ReadyProcess.patience) == 1 else { return SIGKILL }
            var status: Int32 = 0
            var number: Int32 = 0
            let size = MemoryLayout<Int32>.size
            let count = unsafe mr_receive(socket.number, &status, size, nil, &number)
            return count == size ? status : SIGKILL
        }
    }

    private let origin: Origin
    /// Readable when the process has ended.
    let ended: Descriptor
    private var status: Int32?

    /// Starts `path`; the environment is a path and a language, nothing else.
    ///
    /// - Parameter descriptors: what it has as 0 to 3.
    static func start(
        _ path: String, _ arguments: [String], _ descriptors: [Int32]
    ) throws(SandboxError) -> RunningChild {
        let doing = "starting \(arguments.joined(separator: " "))"
        let environment = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"]
        let process = unsafe withCStrings(arguments) { arguments in
            unsafe withCStrings(environment) { environment in
                unsafe mr_spawn(path, arguments, environment, descriptors)
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
        return RunningChild(.started(process), ended: Descriptor(number))
    }

    /// - Parameter ended: a pidfd.
    init(copyOf ready: ReadyProcess, report: consuming Descriptor, ended: consuming Descriptor) {
        self.init(.copied(Report(ready, report)), ended: ended)
    }

    private init(_ origin: Origin, ended: consuming Descriptor) {
        self.origin = origin
        self.ended = ended
    }

    /// The status as `waitpid` gives it; ends the child first when it has not ended by itself.
    mutating func finish() -> Int32 {
        if let status { return status }
        let status = end()
        self.status = status
        return status
    }

    deinit {
        if status == nil { _ = end() }
    }

    private borrowing func end() -> Int32 {
        var status: Int32 = 0
        switch origin {
        case .started(let process):
            // The group before the child is reaped: until then its number is nobody else's.
            kill(-process, SIGKILL)
            while unsafe waitpid(process, &status, 0) < 0 {
                precondition(errno == EINTR, "nobody else reaps a child of ours")
            }
        case .copied(let report):
            // Of a copy there is but one process: it may start no other.
            mr_pidfd_kill(ended.number)
            status = report.status()
        }
        return status
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
