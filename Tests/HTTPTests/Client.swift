import Glibc
import TestServers
import Workers

/// What a server said.
struct Reply: Sendable {
    var status = 0
    var fields: [(name: String, value: String)] = []
    var body: [UInt8] = []

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// A client that sends what octets it likes.
///
/// It blocks, so it has a thread of its own: handlers run on Swift's few.
actor Client: WorkerActor {
    nonisolated let worker = Worker(pool: Client.pool)
    private static let pool = WorkerPool(name: "test-clients", limit: 64)
    private let socket: TestSocket

    init(_ port: UInt16) {
        guard let socket = TestSocket.connected(to: port) else { fatalError("nobody listens at \(port)") }
        self.init(socket)
    }

    init(_ socket: TestSocket) {
        self.socket = socket
        // Whoever waits longer than this waits for ever.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket.descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    @discardableResult
    func send(_ octets: [UInt8]) -> Bool { socket.send(octets) }

    @discardableResult
    func send(_ text: String) -> Bool { socket.send(Array(text.utf8)) }

    /// One octet every so many milliseconds, until the server hangs up; how long that took.
    @discardableResult
    func trickle(_ octets: [UInt8], milliseconds: Int) -> Duration {
        let start = ContinuousClock.now
        for octet in octets {
            guard socket.send([octet]), !socket.waits(milliseconds: Int32(milliseconds)) else { break }
        }
        return ContinuousClock.now - start
    }

    /// Octets that went out before nobody took any for half a second.
    func sendUntilItBlocks(_ octets: [UInt8], most: Int) -> Int {
        var limit = timeval(tv_sec: 0, tv_usec: 500_000)
        setsockopt(socket.descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var sent = 0
        for _ in 0..<most {
            let count = Glibc.send(socket.descriptor, octets, octets.count, Int32(MSG_NOSIGNAL))
            guard count > 0 else { break }
            sent += count
            if count < octets.count { break }
        }
        return sent
    }

    /// Whether such a line comes.
    func skip(to wanted: String) -> Bool {
        while let line = socket.readLine() { if line == wanted { return true } }
        return false
    }

    func close() { socket.shutdown() }

    func line() -> String? { socket.readLine() }

    /// The next reply; nil when there is none.
    func reply(to method: String = "GET") -> Reply? {
        guard let status = socket.readLine(), status.hasPrefix("HTTP/1.1 ") else { return nil }
        var reply = Reply()
        reply.status = Int(status.dropFirst(9).prefix(3)) ?? 0
        if reply.status == 100 {
            _ = socket.readLine()
            return self.reply(to: method)
        }
        while let line = socket.readLine(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            reply.fields.append((parts[0].lowercased(), String(parts[1].drop { $0 == " " })))
        }
        if method == "HEAD" || reply.status == 304 || reply.status == 204 { return reply }
        if let length = reply["content-length"].flatMap({ Int($0) }) {
            reply.body = socket.read(length) ?? []
        } else if reply["transfer-encoding"] == "chunked" {
            while let line = socket.readLine(), let count = Int(line, radix: 16) {
                reply.body += socket.read(count) ?? []
                _ = socket.readLine()
                if count == 0 { break }
            }
        } else {
            while let octet = socket.read(1) { reply.body += octet }
        }
        return reply
    }

    /// Whether the server has hung up, and said nothing more.
    func isClosed() -> Bool { socket.read(1) == nil }

    /// What comes until the server hangs up.
    func rest() -> String {
        var octets: [UInt8] = []
        while let octet = socket.read(1) { octets += octet }
        return String(decoding: octets, as: UTF8.self)
    }

    func ask(_ method: String, _ target: String, _ fields: [String] = [], body: [UInt8] = []) -> Reply? {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
        for field in fields { head += field + "\r\n" }
        if !body.isEmpty { head += "Content-Length: \(body.count)\r\n" }
        send(Array((head + "\r\n").utf8) + body)
        return reply(to: method)
    }
}
