internal import CLinux
internal import Glibc

/// A Unix socket that datagrams are sent from: how one talks to systemd and to the journal.
///
/// Closed when it goes. An address that begins with `@` is in the abstract
/// name space, where a NUL stands in its place.
final class DatagramSocket: Sendable {
    private let descriptor: Int32
    private let address: String

    /// Nil where the system has no socket for us or the address is too long.
    init?(address: String) {
        guard !address.isEmpty, address.utf8.count < 108, !address.utf8.contains(0) else { return nil }
        // Never waits for a listener that is stuck: there is another way to say it, or it is not worth it.
        let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        descriptor = socket(AF_UNIX, kind, 0)
        self.address = address
        guard descriptor >= 0 else { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Sends one datagram; returns the `errno`, zero if it was taken.
    func send(_ octets: [UInt8]) -> Int32 {
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        var path = Array(address.utf8)
        if path.first == UInt8(ascii: "@") { path[0] = 0 }
        unsafe withUnsafeMutableBytes(of: &name.sun_path) { unsafe $0.copyBytes(from: path) }
        // The address ends with its last octet: in the abstract name space zeros count.
        let size = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        while true {
            let sent = unsafe withUnsafePointer(to: &name) { name in
                let address = unsafe UnsafeRawPointer(name).assumingMemoryBound(to: sockaddr.self)
                return unsafe sendto(
                    descriptor, octets, octets.count, Int32(MSG_NOSIGNAL), address, size)
            }
            if sent >= 0 { return 0 }
            if errno != EINTR { return errno }
        }
    }
}
