internal import CLinux
internal import Glibc
package import Workers

/// Waits on this machine for the browser that comes back from a sign-in. RFC 8252 section 7.3.
///
/// It listens on loopback alone, on 127.0.0.1 and, where there is one, on ::1,
/// because `localhost` may be either. Whoever comes is nobody in particular:
/// requests are bounded in octets and time, and every answer but the right one is refused
/// while the wait goes on. Where a person sits at the terminal, a line typed there counts as well:
/// the address that a browser on another machine could not open.
package actor RedirectListener: WorkerActor {
    package nonisolated let worker = Worker(pool: RedirectListener.pool)
    private static let pool = WorkerPool(name: "mailroom-login", limit: 2)

    package nonisolated let port: UInt16
    private nonisolated let sockets: [Int32]

    /// What is to be said to whoever brought an answer.
    package enum Verdict: Sendable {
        /// That was it; the wait ends.
        case taken
        /// Not what we wait for, with a sentence why.
        case refused(String)
    }

    private struct Visitor {
        let socket: Int32
        var octets: [UInt8] = []
        let deadline: ContinuousClock.Instant
    }

    /// Listens on this port, or for 0 on one of the system's choice; for nil on none: then there are lines alone.
    package init(port wanted: UInt16? = 0) throws(OAuth2Error) {
        guard let wanted else {
            port = 0
            sockets = []
            return
        }
        guard let (first, port) = Self.listen(AF_INET, wanted) else {
            throw OAuth2Error(
                .unusable, doing: "listening for the redirect",
                words: "127.0.0.1:\(wanted): \(unsafe String(cString: strerror(errno)))")
        }
        self.port = port
        sockets = [first] + (Self.listen(AF_INET6, port).map { [$0.socket] } ?? [])
    }

    deinit { for socket in sockets { close(socket) } }

    /// Waits until an answer is taken; false when the time is over or the task is cancelled.
    ///
    /// - Parameters:
    ///   - readsLines: whether lines of standard input count as answers too.
    ///   - endsWithInput: whether the end of standard input is the end of the wait.
    ///   - judge: hears of each answer: a path with its query, or a line.
    package func wait(
        seconds: Int, readsLines: Bool, endsWithInput: Bool, judge: @Sendable (String) -> Verdict
    ) -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var visitors: [Visitor] = []
        defer { for visitor in visitors { close(visitor.socket) } }
        var typed: [UInt8] = []
        var input: Int32 = readsLines ? STDIN_FILENO : -1
        while ContinuousClock.now < deadline, !Task.isCancelled {
            let waited = (sockets + [input] + visitors.map(\.socket)).map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            var polled = waited
            // A quarter of a second, so that a cancelled task ends soon.
            guard unsafe poll(&polled, nfds_t(polled.count), 250) >= 0 else { continue }
            let ready = Set(polled.filter { $0.revents != 0 }.map(\.fd))
            if input >= 0, ready.contains(input) {
                guard Self.read(input, into: &typed, limit: 65_536) else {
                    if endsWithInput || sockets.isEmpty { return false }
                    input = -1
                    continue
                }
                while let end = typed.firstIndex(of: 10) {
                    let line = String(decoding: typed[..<end], as: UTF8.self)
                    typed.removeSubrange(...end)
                    if line.contains(where: { !$0.isWhitespace }), case .taken = judge(line) { return true }
                }
            }
            var staying: [Visitor] = []
            var isTaken = false
            for var visitor in visitors {
                var isOpen = ContinuousClock.now < visitor.deadline
                if isOpen, ready.contains(visitor.socket) {
                    isOpen = Self.read(visitor.socket, into: &visitor.octets, limit: 32_768)
                    if Self.isWhole(visitor.octets) {
                        isTaken = Self.answer(visitor, judge) || isTaken
                        isOpen = false
                    }
                }
                if isOpen { staying.append(visitor) } else { close(visitor.socket) }
            }
            visitors = staying
            if isTaken { return true }
            for socket in sockets where ready.contains(socket) && visitors.count < 16 {
                let visitor = mr_accept(socket)
                guard visitor >= 0 else { continue }
                visitors.append(Visitor(socket: visitor, deadline: ContinuousClock.now + .seconds(30)))
            }
        }
        return false
    }

    // MARK: - One request

    private static func isWhole(_ octets: [UInt8]) -> Bool {
        String(decoding: octets, as: UTF8.self).firstRange(of: "\r\n\r\n") != nil
    }

    /// Whether the request brought what is waited for.
    private static func answer(_ visitor: Visitor, _ judge: (String) -> Verdict) -> Bool {
        let line = String(decoding: visitor.octets.prefix { $0 != 13 }, as: UTF8.self)
        let words = line.split(separator: " ")
        // A browser asks for more than it was sent to: icons, for one.
        guard words.count == 3, words[0] == "GET", words[1].contains("?") else {
            send(visitor.socket, "404 Not Found", "There is nothing here.")
            return false
        }
        switch judge(String(words[1])) {
        case .taken:
            send(
                visitor.socket, "200 OK",
                "Mailroom has the answer. Close this window, and look at the terminal.")
            return true
        case .refused(let why):
            send(visitor.socket, "400 Bad Request", "Mailroom did not take this answer: \(why).")
            return false
        }
    }

    /// A page that loads nothing, is kept nowhere, and does not tell others where it was.
    private static func send(_ socket: Int32, _ status: String, _ text: String) {
        let escaped = text.map { character -> String in
            switch character {
            case "<": "&lt;"
            case "&": "&amp;"
            default: String(character)
            }
        }
        let body =
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Mailroom</title><p>"
            + escaped.joined() + "</p></html>\n"
        let head = """
            HTTP/1.1 \(status)\r
            Content-Type: text/html; charset=utf-8\r
            Content-Length: \(body.utf8.count)\r
            Content-Security-Policy: default-src 'none'\r
            Cache-Control: no-store\r
            Referrer-Policy: no-referrer\r
            Connection: close\r
            \r

            """
        var rest = Array((head + body).utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
        shutdown(socket, Int32(SHUT_WR))
    }

    // MARK: - Sockets

    /// False at the end, or when there is more than `limit`.
    private static func read(_ descriptor: Int32, into octets: inout [UInt8], limit: Int) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 8192)
        let count = unsafe chunk.withUnsafeMutableBytes {
            unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
        }
        if count < 0 { return errno == EINTR || errno == EAGAIN }
        guard count > 0, octets.count + count <= limit else { return false }
        octets += chunk[..<count]
        return true
    }

    private static func listen(_ family: Int32, _ port: UInt16) -> (socket: Int32, port: UInt16)? {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { return nil }
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size)
        if family == AF_INET6 {
            _ = unsafe setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &on, size)
        }
        guard let bound = bind(descriptor, family, port), Glibc.listen(descriptor, 16) == 0 else {
            let reason = errno
            close(descriptor)
            errno = reason
            return nil
        }
        return (descriptor, bound)
    }

    /// Binds to loopback; the port that it became.
    private static func bind(_ descriptor: Int32, _ family: Int32, _ port: UInt16) -> UInt16? {
        if family == AF_INET6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            address.sin6_addr = in6addr_loopback
            return named(descriptor, &address) ? port : nil
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        guard named(descriptor, &address) else { return nil }
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &length)
            }
        }
        return result == 0 ? UInt16(bigEndian: address.sin_port) : nil
    }

    private static func named<Address>(_ descriptor: Int32, _ address: inout Address) -> Bool {
        let size = socklen_t(MemoryLayout<Address>.size)
        return unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.bind(descriptor, $0, size) == 0
            }
        }
    }
}
