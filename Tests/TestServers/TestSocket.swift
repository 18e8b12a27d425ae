import CLinux
import Glibc
import Synchronization

/// A blocking socket on loopback, for servers and clients that need no cleverness.
package final class TestSocket: @unchecked Sendable {
    // `@unchecked Sendable` because the kernel takes care of who reads and who shuts down.
    package let descriptor: Int32
    private var buffered: [UInt8] = []
    private var tls: TestTLSSession?

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        // Small answers would wait 40 ms for one another.
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { Glibc.close(descriptor) }

    /// A listener on a port that the system chooses.
    package static func listening(backlog: Int32 = 1024) -> (TestSocket, port: UInt16) {
        let listener = TestSocket(
            socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
        var address = loopback(0)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(listener.descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        precondition(
            bound == 0 && Glibc.listen(listener.descriptor, backlog) == 0, "loopback has a free port")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(listener.descriptor, $0, &length)
            }
        }
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    /// A port that was free a moment ago, for a server that cannot choose by itself.
    package static func freePort() -> UInt16 { listening().port }

    /// Nil while nobody listens there.
    package static func connected(to port: UInt16) -> TestSocket? {
        let client = TestSocket(
            socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
        var address = loopback(port)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(client.descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return result == 0 ? client : nil
    }

    /// The same for a socket of the file system.
    package static func connected(toPath path: String) -> TestSocket? {
        let client = TestSocket(
            socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(client.descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result == 0 ? client : nil
    }

    /// Nil when the listener was shut down.
    package func accept() -> TestSocket? {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&polled, 1, -1) < 0, errno == EINTR {}
        return ChildProcess.inheritance.withLock { _ in
            let accepted = Glibc.accept(descriptor, nil, nil)
            guard accepted >= 0 else { return nil }
            _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
            return TestSocket(accepted)
        }
    }

    /// Ends reading and writing, from any thread.
    package func shutdown() { Glibc.shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Goes on in TLS, as its server; false when the peer does not want it so.
    package func startTLS(_ kind: TestCertificates.Kind, of certificates: TestCertificates) -> Bool {
        tls = TestTLSSession(descriptor, certificates.certificate(kind), certificates.key(kind))
        return tls != nil
    }

    /// What came before it was asked for, which is thrown away.
    package func discardInput() -> Int {
        defer { buffered = [] }
        return buffered.count
    }

    /// Whether all octets went out.
    @discardableResult
    package func send(_ octets: [UInt8]) -> Bool {
        if let tls { return tls.send(octets) }
        var sent = 0
        while sent < octets.count {
            let count = octets[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// A line without its end; nil at the end of the stream.
    package func readLine() -> String? {
        while true {
            if let end = buffered.firstIndex(of: 10) {
                let line = buffered[..<end]
                defer { buffered.removeFirst(end + 1) }
                return String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
            }
            guard fill() else { return nil }
        }
    }

    /// All up to a line that is these octets, its end among them; nil at the end of the stream.
    package func read(throughLine line: [UInt8]) -> [UInt8]? {
        var start = 0
        while true {
            while let end = newline(from: start) {
                if buffered[start...end].elementsEqual(line) { return read(end + 1) }
                start = end + 1
            }
            guard fill() else { return nil }
        }
    }

    private func newline(from start: Int) -> Int? {
        buffered.withUnsafeBytes { octets in
            guard start < octets.count, let base = octets.baseAddress else { return nil }
            return memchr(base + start, 10, octets.count - start).map { UnsafeRawPointer($0) - base }
        }
    }

    /// So many octets; nil when the stream ends before.
    package func read(_ count: Int) -> [UInt8]? {
        while buffered.count < count { guard fill() else { return nil } }
        defer { buffered.removeFirst(count) }
        return Array(buffered[..<count])
    }

    /// Whether something can be read, or the peer is gone, before the milliseconds are over.
    package func waits(milliseconds: Int32) -> Bool {
        guard buffered.isEmpty, tls?.hasInput != true else { return true }
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, milliseconds) > 0
    }

    private func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = tls.map { $0.read(&chunk) } ?? recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        buffered += chunk[..<count]
        return true
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }
}
