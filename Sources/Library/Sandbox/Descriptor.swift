internal import CLinux
internal import Glibc

/// The one owner of an open file descriptor: closed exactly once.
struct Descriptor: ~Copyable, Sendable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { close(number) }

    static func open(_ path: String, _ flags: Int32, doing: String) throws(SandboxError) -> Descriptor {
        let number = unsafe Glibc.open(path, flags | O_CLOEXEC)
        guard number >= 0 else { throw SandboxError(errno: errno, doing: doing) }
        return Descriptor(number)
    }

    /// The same open file under a position of its own, for reading and nothing else.
    ///
    /// A duplicate would share the position, and with a writable descriptor
    /// the child could change what it was only to read. A pipe has no
    /// position: there a duplicate is the same thing.
    static func reopened(_ original: Int32) throws(SandboxError) -> Descriptor {
        let again = unsafe Glibc.open("/proc/self/fd/\(original)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if again >= 0 { return Descriptor(again) }
        let copy = fcntl(original, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw SandboxError(errno: errno, doing: "reopening a child's input") }
        return Descriptor(copy)
    }
}

/// What is written into one end comes out of the other; neither end survives an exec.
struct Pipe: ~Copyable {
    let reading: Descriptor
    let writing: Descriptor

    /// Closes the other end.
    consuming func readingEnd() -> Descriptor { reading }

    static func open(doing: String) throws(SandboxError) -> Pipe {
        var ends: [Int32] = [-1, -1]
        guard unsafe mr_pipe(&ends) == 0 else { throw SandboxError(errno: errno, doing: doing) }
        return Pipe(reading: Descriptor(ends[0]), writing: Descriptor(ends[1]))
    }
}
