internal import Glibc

/// One connection to clamd, with one deadline for all that is done on it.
///
/// The socket never blocks; every wait is a `poll` with what is left of the
/// deadline, and ends early when the caller is cut short.
struct ClamdConnection: ~Copyable {
    private let descriptor: Int32
    private let deadline: Int
    private let cutShort: Int32
    private let doing: String

    /// A reply is a line; a name of a signature is not this long.
    private static let replyOctets = 4096

    static func open(
        _ path: String, seconds: Int, cutShort: Int32?, doing: String
    ) throws(ScannerError) -> ClamdConnection {
        let name = Array(path.utf8)
        var address = sockaddr_un()
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard !name.isEmpty, name.count < room, !name.contains(0) else {
            throw ScannerError(
                .down, doing: doing, words: "its socket's path is longer than \(room - 1) octets")
        }
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw ScannerError(errno: errno, doing: doing) }
        let connection = ClamdConnection(
            descriptor: descriptor, deadline: now() + seconds * 1000, cutShort: cutShort ?? -1, doing: doing)
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
        while true {
            let result = unsafe withUnsafePointer(to: &address) { address in
                unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    unsafe connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            if result == 0 { return connection }
            switch errno {
            case EINTR: continue
            // The queue of a busy clamd is full.
            case EAGAIN: try connection.pause()
            default: throw ScannerError(errno: errno, doing: doing)
            }
        }
    }

    private init(descriptor: Int32, deadline: Int, cutShort: Int32, doing: String) {
        self.descriptor = descriptor
        self.deadline = deadline
        self.cutShort = cutShort
        self.doing = doing
    }

    deinit { close(descriptor) }

    /// Sends all of it. False: clamd reads no more, and has perhaps said why.
    func send(_ octets: Span<UInt8>) throws(ScannerError) -> Bool {
        var sent = 0
        while sent < octets.count {
            let rest = octets.extracting(sent...)
            let count = unsafe rest.withUnsafeBufferPointer { rest in
                unsafe Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                sent += count
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: try wait(POLLOUT)
            case EPIPE, ECONNRESET: return false
            default: throw ScannerError(errno: errno, doing: doing)
            }
        }
        return true
    }

    /// The reply up to its NUL, or to the end of the connection.
    func reply() throws(ScannerError) -> String {
        var reply: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1024)
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 {
                reply += buffer[..<count]
                if let end = reply.firstIndex(of: 0) { return String(decoding: reply[..<end], as: UTF8.self) }
                guard reply.count <= Self.replyOctets else {
                    throw ScannerError(.refused, doing: doing, words: "its reply has no end")
                }
                continue
            }
            if count == 0 { break }
            switch errno {
            case EINTR: continue
            case EAGAIN: try wait(POLLIN)
            // It has closed with data of ours unread; what it wrote before comes first.
            case ECONNRESET where !reply.isEmpty: return String(decoding: reply, as: UTF8.self)
            default: throw ScannerError(errno: errno, doing: doing)
            }
        }
        guard !reply.isEmpty else {
            throw ScannerError(.down, doing: doing, words: "it closed the connection without a reply")
        }
        return String(decoding: reply, as: UTF8.self)
    }

    private func wait(_ events: Int32) throws(ScannerError) {
        try poll([
            pollfd(fd: descriptor, events: Int16(events), revents: 0),
            pollfd(fd: cutShort, events: Int16(POLLIN), revents: 0),
        ])
    }

    /// A Unix socket whose queue is full cannot be waited for: a fiftieth of a second, then again.
    private func pause() throws(ScannerError) {
        try poll([pollfd(fd: cutShort, events: Int16(POLLIN), revents: 0)], atMost: 20)
    }

    private func poll(_ descriptors: [pollfd], atMost: Int = .max) throws(ScannerError) {
        var descriptors = descriptors
        let left = deadline - Self.now()
        guard left > 0 else { throw ScannerError(.timeout, doing: doing, words: "no answer in time") }
        _ = unsafe Glibc.poll(&descriptors, nfds_t(descriptors.count), Int32(min(left, atMost, 3_600_000)))
        if let last = descriptors.last, last.revents != 0 {
            throw ScannerError(.cutShort, doing: doing, words: "we were told to stop")
        }
    }

    private static func now() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
