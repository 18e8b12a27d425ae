internal import Glibc

/// A TCP port of 127.0.0.1 for a server we start.
package enum LoopbackPort {
    /// One that was free a moment ago. Nobody holds it for us: a server that finds it taken is given another.
    package static func free() throws(ProcessError) -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ProcessError(.address, doing: "socket", reason: systemReason()) }
        defer { close(descriptor) }
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { socketAddress in
                unsafe bind(descriptor, socketAddress, length) == 0
                    && getsockname(descriptor, socketAddress, &length) == 0
            }
        }
        guard bound else { throw ProcessError(.address, doing: "bind 127.0.0.1:0", reason: systemReason()) }
        return UInt16(bigEndian: address.sin_port)
    }

    /// The first octets a server says to whoever connects; nil if none come within `time`.
    ///
    /// One try: a refused connection is nil at once.
    package static func greeting(port: UInt16, within time: Duration) -> [UInt8]? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var address = loopback(port: port)
        let connected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { socketAddress in
                unsafe connect(descriptor, socketAddress, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard connected else { return nil }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let milliseconds = Int32(
            clamping: time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000)
        guard unsafe poll(&waiting, 1, milliseconds) == 1 else { return nil }
        var octets = [UInt8](repeating: 0, count: 512)
        let count = unsafe read(descriptor, &octets, octets.count)
        return count > 0 ? Array(octets[..<count]) : nil
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }
}
