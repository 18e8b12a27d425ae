internal import CLinux
internal import Glibc

/// A connection being made to whichever address of a host answers first.
///
/// A host with an IPv6 address that swallows every packet must not cost the
/// whole time we have: the next address is tried beside it after a quarter of
/// a second. RFC 8305 section 5, without its history of addresses.
struct Dial: ~Copyable {
    private var attempts: [(socket: Int32, address: Address)] = []
    private var failures: [String] = []
    private let peer: String

    private static let stagger = Duration.milliseconds(250)

    private init(_ peer: String) { self.peer = peer }

    deinit { for attempt in attempts { close(attempt.socket) } }

    /// A connected, non-blocking socket.
    static func connect(
        to host: String, port: UInt16, until deadline: ContinuousClock.Instant, _ cancellation: Cancellation
    ) throws(TransportError) -> Int32 {
        let addresses = try Lookup.addresses(of: host, port: port, until: deadline, cancellation)
        return try connect(to: addresses, of: "\(host):\(port)", until: deadline, cancellation)
    }

    /// The same for addresses that are known, in this order.
    static func connect(
        to addresses: [Address], of peer: String, until deadline: ContinuousClock.Instant,
        _ cancellation: Cancellation
    ) throws(TransportError) -> Int32 {
        var remaining = addresses[...]
        var dial = Dial(peer)
        var next = ContinuousClock.now
        while true {
            if let address = remaining.first, dial.attempts.isEmpty || ContinuousClock.now >= next {
                remaining.removeFirst()
                if let socket = dial.start(address) { return socket }
                next = .now + stagger
                continue
            }
            guard !dial.attempts.isEmpty else { throw dial.error(.connect, "no address") }
            let waited = dial.attempts.map { (descriptor: $0.socket, events: Int32(POLLOUT)) }
            let until = remaining.isEmpty ? deadline : min(next, deadline)
            switch cancellation.wait(for: waited, until: until) {
            case .ready: if let socket = dial.settle() { return socket }
            case .timeout:
                if ContinuousClock.now >= deadline { throw dial.error(.timeout, "no answer in time") }
            case .cancelled: throw dial.error(.cancelled, "cut short")
            }
        }
    }

    /// Begins an attempt; the socket when it is connected at once.
    private mutating func start(_ address: Address) -> Int32? {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let socket = Glibc.socket(address.family, kind, 0)
        guard socket >= 0 else {
            fail(address, errno)
            return nil
        }
        var storage = address.storage
        let result = unsafe withUnsafePointer(to: &storage) { pointer in
            let name = unsafe UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self)
            return unsafe Glibc.connect(socket, name, address.length)
        }
        if result == 0 { return socket }
        guard errno == EINPROGRESS else {
            fail(address, errno)
            close(socket)
            return nil
        }
        attempts.append((socket, address))
        return nil
    }

    /// The first attempt that has connected; those that have failed are put aside.
    private mutating func settle() -> Int32? {
        var index = 0
        while index < attempts.count {
            let (socket, address) = attempts[index]
            var polled = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
            guard unsafe poll(&polled, 1, 0) == 1 else {
                index += 1
                continue
            }
            attempts.remove(at: index)
            var error: Int32 = 0
            var length = socklen_t(MemoryLayout<Int32>.size)
            unsafe getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length)
            if error == 0 { return socket }
            fail(address, error)
            close(socket)
        }
        return nil
    }

    private mutating func fail(_ address: Address, _ error: Int32) {
        guard failures.count < 8 else { return }
        failures.append("\(address.text): \(unsafe String(cString: strerror(error)))")
    }

    private borrowing func error(_ code: TransportError.Code, _ otherwise: String) -> TransportError {
        let words = failures.isEmpty ? otherwise : failures.joined(separator: "; ")
        return TransportError(code, doing: "connecting to \(peer)", words: words)
    }
}
