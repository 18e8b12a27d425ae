internal import CLinux
internal import Glibc

/// What a child may use of the machine. `setrlimit`.
package struct ResourceLimits: Hashable, Sendable {
    /// Octets of address space, code and libraries included.
    package let memory: Int
    package let processorSeconds: Int
    /// Descriptors open at a time.
    package let files: Int

    /// A decoder that can't do without; processes it has none all the same: ``SeccompFilter``.
    package let threads: Bool

    package init(memory: Int, processorSeconds: Int, files: Int = 32, threads: Bool = false) {
        self.memory = memory
        self.processorSeconds = processorSeconds
        self.files = files
        self.threads = threads
    }

    /// Sets them for good, and forbids files that grow, further processes and core dumps.
    func apply() throws(SandboxError) {
        var table: [(resource: Int32, value: Int)] = [
            (Int32(RLIMIT_CORE.rawValue), 0), (Int32(RLIMIT_FSIZE.rawValue), 0),
            (Int32(RLIMIT_NOFILE.rawValue), files), (Int32(RLIMIT_CPU.rawValue), processorSeconds),
            (Int32(RLIMIT_AS.rawValue), memory),
        ]
        // It counts all of a user's processes and their threads, so there is no number but none.
        if !threads { table.append((Int32(bitPattern: UInt32(__RLIMIT_NPROC.rawValue)), 0)) }
        for row in table where mr_limit(row.resource, UInt64(row.value)) != 0 {
            throw SandboxError(errno: errno, doing: "limiting what a child may use")
        }
    }
}
