internal import CLinux
internal import Glibc

/// A line-by-line talk over a socket of the file system: the daemon's control socket.
///
/// Lines are bounded, so that no peer can make us hold much; who the peer is,
/// the kernel says (`SO_PEERCRED`). Reading and accepting block: on a worker.
package final class UnixSocket: Sendable {
    package struct Failure: Error, Sendable, CustomStringConvertible {
        package let code: Int32
        package let doing: String

        static func last(_ doing: String) -> Failure { Failure(code: errno, doing: doing) }

        /// Nobody listens there: no such socket, or its owner is gone.
        package var isNobodyThere: Bool { code == ENOENT || code == ECONNREFUSED }
        package var isNotAllowed: Bool { code == EACCES || code == EPERM }
        package var description: String { "\(doing): \(unsafe String(cString: strerror(code)))" }
    }

    private let descriptor: Int32
    /// Set for a listening socket: its name is taken away when it closes.
    private let boundPath: String?

    private init(descriptor: Int32, boundPath: String? = nil) {
        self.descriptor = descriptor
        self.boundPath = boundPath
    }

    deinit {
        Glibc.close(descriptor)
        if let boundPath { _ = unsafe unlink(boundPath) }
    }

    /// Listens at `path`, in the place of a socket whose owner is gone.
    package static func listen(path: String, mode: UInt32) throws(Failure) -> UnixSocket {
        let descriptor = try open(doing: "listening on \(path)")
        _ = unsafe unlink(path)
        let result = try unsafe withAddress(path) { address, size in unsafe bind(descriptor, address, size) }
        guard result == 0, unsafe chmod(path, mode_t(mode)) == 0, Glibc.listen(descriptor, 16) == 0 else {
            let failure = Failure.last("listening on \(path)")
            Glibc.close(descriptor)
            throw failure
        }
        return UnixSocket(descriptor: descriptor, boundPath: path)
    }

    /// A socket that listens already, by whoever opened it for us; its name stays when we end.
    package static func adopt(_ descriptor: Int32) -> UnixSocket { UnixSocket(descriptor: descriptor) }

    package static func connect(path: String) throws(Failure) -> UnixSocket {
        let descriptor = try open(doing: "connecting to \(path)")
        let result = try unsafe withAddress(path) { address, size in
            unsafe Glibc.connect(descriptor, address, size)
        }
        guard result == 0 else {
            let failure = Failure.last("connecting to \(path)")
            Glibc.close(descriptor)
            throw failure
        }
        return UnixSocket(descriptor: descriptor)
    }

    /// The next caller; nil once `shutDown` was called.
    package func accept() -> UnixSocket? {
        while true {
            let caller = mr_accept(descriptor)
            if caller >= 0 { return UnixSocket(descriptor: caller) }
            guard errno == EINTR || errno == ECONNABORTED || errno == EMFILE || errno == ENFILE else {
                return nil
            }
        }
    }

    /// Ends whatever waits on this socket, from any thread.
    package func shutDown() { Glibc.shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// The user the other end runs as. `SO_PEERCRED`.
    package var peerUser: UInt32? {
        var credentials = mr_ucred()
        guard unsafe mr_peer_credentials(descriptor, &credentials) == 0 else { return nil }
        return credentials.uid
    }

    /// Reads up to the next line feed; nil at the end, or when a line is longer than `limit`.
    package func readLine(limit: Int, buffer: inout [UInt8]) -> [UInt8]? {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = Array(buffer[..<end])
                buffer.removeSubrange(...end)
                return line
            }
            guard buffer.count <= limit else { return nil }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = unsafe recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            buffer += chunk[..<count]
        }
    }

    /// Writes all octets; false when the other end is gone.
    @discardableResult
    package func write(_ octets: [UInt8]) -> Bool {
        var rest = octets[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func open(doing: String) throws(Failure) -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .last(doing) }
        return descriptor
    }

    private static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws(Failure) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let octets = Array(path.utf8)
        guard octets.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw Failure(code: ENAMETOOLONG, doing: "naming the socket \(path)")
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: octets) }
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe body(pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
