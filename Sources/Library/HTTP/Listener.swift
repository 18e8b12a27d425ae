internal import CLinux
internal import Glibc

/// Where a server listens, as the configuration says it.
package enum ListenerAddress: Hashable, Sendable, CustomStringConvertible {
    /// Port 0 is one that the kernel chooses.
    case address(IPAddress, port: UInt16)
    case unix(path: String)

    /// `127.0.0.1:9125`, `[::1]:9125`, `0.0.0.0:80`, or an absolute path.
    package init?(_ text: String) {
        if text.hasPrefix("/") {
            guard text.utf8.count < 108, !text.utf8.contains(0) else { return nil }
            self = .unix(path: text)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        let host = text[..<colon]
        let needsBrackets = host.contains(":") || host.hasPrefix("[")
        guard let address = IPAddress(host), !needsBrackets || host.hasPrefix("[") else { return nil }
        self = .address(address, port: port)
    }

    /// Whether only this machine gets there.
    package var isLocal: Bool {
        switch self {
        case .address(let address, port: _): address.isLoopback
        case .unix: true
        }
    }

    package var description: String {
        switch self {
        case .address(let address, let port): address.isIPv4 ? "\(address):\(port)" : "[\(address)]:\(port)"
        case .unix(let path): path
        }
    }
}

/// A socket that listens: the one owner of its descriptor.
package struct Listener: ~Copyable {
    let descriptor: Int32
    /// Where it listens, with the port that the kernel chose; nil for a socket that was passed to us.
    package let address: ListenerAddress?

    private init(descriptor: Int32, address: ListenerAddress?) {
        self.descriptor = descriptor
        self.address = address
    }

    deinit {
        close(descriptor)
        if case .unix(let path) = address { _ = unsafe unlink(path) }
    }

    /// A socket that systemd opened before it started us; it stays open when we close ours.
    package static func adopt(_ descriptor: Int32) throws(HTTPError) -> Listener {
        let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard own >= 0 else { throw last("taking a socket of systemd's") }
        _ = fcntl(own, F_SETFL, fcntl(own, F_GETFL) | O_NONBLOCK)
        return Listener(descriptor: own, address: nil)
    }

    /// - Parameter mode: of a Unix socket: who may connect.
    package static func open(_ address: ListenerAddress, mode: UInt32 = 0o660) throws(HTTPError) -> Listener {
        switch address {
        case .address(let ip, let port):
            return ip.isIPv4 ? try open4(ip, port) : try open6(ip, port)
        case .unix(let path):
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &name.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
            try takeAway(path, name)
            let descriptor = try listen(AF_UNIX, name, "listening on \(path)")
            guard unsafe chmod(path, mode_t(mode)) == 0 else {
                let error = last("listening on \(path)")
                close(descriptor)
                throw error
            }
            return Listener(descriptor: descriptor, address: address)
        }
    }

    private static func open4(_ ip: IPAddress, _ port: UInt16) throws(HTTPError) -> Listener {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        unsafe withUnsafeMutableBytes(of: &name.sin_addr) { unsafe $0.copyBytes(from: ip.octets) }
        let doing = "listening on \(ListenerAddress.address(ip, port: port))"
        let descriptor = try listen(AF_INET, name, doing)
        var bound = sockaddr_in()
        nameOf(descriptor, &bound)
        return Listener(
            descriptor: descriptor, address: .address(ip, port: UInt16(bigEndian: bound.sin_port)))
    }

    private static func open6(_ ip: IPAddress, _ port: UInt16) throws(HTTPError) -> Listener {
        var name = sockaddr_in6()
        name.sin6_family = sa_family_t(AF_INET6)
        name.sin6_port = port.bigEndian
        unsafe withUnsafeMutableBytes(of: &name.sin6_addr) { unsafe $0.copyBytes(from: ip.octets) }
        let doing = "listening on \(ListenerAddress.address(ip, port: port))"
        let descriptor = try listen(AF_INET6, name, doing)
        var bound = sockaddr_in6()
        nameOf(descriptor, &bound)
        return Listener(
            descriptor: descriptor, address: .address(ip, port: UInt16(bigEndian: bound.sin6_port)))
    }

    private static func nameOf<Name>(_ descriptor: Int32, _ name: inout Name) {
        var size = socklen_t(MemoryLayout<Name>.size)
        unsafe withUnsafeMutablePointer(to: &name) { pointer in
            let address = unsafe UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: sockaddr.self)
            _ = unsafe getsockname(descriptor, address, &size)
        }
    }

    private static func listen<Name>(
        _ family: Int32, _ name: Name, _ doing: String
    ) throws(HTTPError) -> Int32 {
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let descriptor = socket(family, Int32(kind), 0)
        guard descriptor >= 0 else { throw last(doing) }
        var yes: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        if family != AF_UNIX { _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size) }
        let isBound = unsafe withUnsafePointer(to: name) { pointer in
            let address = unsafe UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self)
            return unsafe bind(descriptor, address, socklen_t(MemoryLayout<Name>.size)) == 0
        }
        guard isBound, Glibc.listen(descriptor, 1024) == 0 else {
            let error = last(doing)
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// A name whose owner is gone is taken away; one that somebody listens at is not.
    private static func takeAway(_ path: String, _ name: sockaddr_un) throws(HTTPError) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return }
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { throw last("listening on \(path)") }
        defer { close(probe) }
        let isAnswered = unsafe withUnsafePointer(to: name) { pointer in
            let address = unsafe UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self)
            return unsafe connect(probe, address, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
        }
        guard !isAnswered else {
            throw HTTPError(.addressInUse, "listening on \(path)", "another program listens there")
        }
        _ = unsafe unlink(path)
    }

    private static func last(_ doing: String) -> HTTPError {
        guard errno != EADDRINUSE else {
            return HTTPError(.addressInUse, doing, "another program listens there")
        }
        return HTTPError(.listen, doing, unsafe String(cString: strerror(errno)))
    }
}
