internal import Glibc

/// Sockets that systemd opened before it started us. `sd_listen_fds(3)`.
package struct ListeningSocket: Hashable, Sendable {
    /// Of `FileDescriptorName=`; `unknown` where the unit gives none.
    package let name: String
    /// Ours to close.
    package let descriptor: Int32

    /// Takes what was passed to this process; empty when nothing was, or it is for another.
    ///
    /// To be called once; the descriptors are closed in children from here on.
    package static func take(environment: Environment = .process) throws(SystemdError) -> [ListeningSocket] {
        guard environment["LISTEN_PID"] == String(getpid()), let text = environment["LISTEN_FDS"] else {
            return []
        }
        guard let count = Int32(text), (0...1024).contains(count) else {
            throw SystemdError(code: 0, doing: "reading LISTEN_FDS, which is no number of sockets")
        }
        let names = (environment["LISTEN_FDNAMES"] ?? "").split(
            separator: ":", omittingEmptySubsequences: false)
        var sockets: [ListeningSocket] = []
        for index in 0..<count {
            // SD_LISTEN_FDS_START
            let descriptor = 3 + index
            guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
                throw SystemdError(code: errno, doing: "taking socket \(index) of \(count) from systemd")
            }
            let name = names.count == Int(count) ? String(names[Int(index)]) : "unknown"
            sockets.append(ListeningSocket(name: name, descriptor: descriptor))
        }
        return sockets
    }
}
