import Glibc
import TestServers

/// What systemd is on the other side of `$NOTIFY_SOCKET`. `sd_notify(3)`.
final class NotifySocket: Sendable {
    let path: String
    private let descriptor: Int32

    init(in directory: TestDirectory) {
        path = directory.file("notify")
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        precondition(bound == 0, "a socket can be bound in a directory of ours")
    }

    deinit { close(descriptor) }

    /// The next line that begins so, without what it begins with; nil when the seconds are over.
    func next(_ prefix: String, within seconds: Double) async throws -> String? {
        var found: String?
        _ = try await until(seconds) {
            var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            while found == nil, poll(&polled, 1, 0) > 0 {
                var octets = [UInt8](repeating: 0, count: 8192)
                let count = max(0, recv(descriptor, &octets, octets.count, 0))
                let lines = String(decoding: octets[..<count], as: UTF8.self).split(separator: "\n")
                found = lines.first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
            }
            return found != nil
        }
        return found
    }
}
