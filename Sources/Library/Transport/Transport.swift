internal import CLinux
internal import Glibc
package import Mail

/// A connected stream of octets with deadlines, a budget and a way to cut it short.
///
/// A closed connection is an error here and never zero octets: libetpan 1.9.4
/// reads on for ever when it is told that nothing came, and a message that ends
/// early must not pass for a whole one. `poll` and not `select`: a descriptor
/// above 1023 is nothing special.
///
/// Used by one thread at a time; ``cancellation`` alone is for all.
package final class Transport {
    package let cancellation: Cancellation
    /// For `IdleHub`; nobody else reads from it.
    package let descriptor: Int32
    package private(set) var octetsRead: UInt64 = 0
    package private(set) var octetsWritten: UInt64 = 0

    private let peer: String
    private var tls: TLS?
    private var exchange: Exchange
    private var isOpen = true
    /// Read by ``hasInput()`` and not yet handed out.
    private var ahead: UInt8?

    private init(_ socket: Int32, _ peer: String, _ exchange: Exchange, _ cancellation: Cancellation) {
        descriptor = socket
        self.peer = peer
        self.exchange = exchange
        self.cancellation = cancellation
    }

    deinit { close() }

    /// Connects to whichever address of the host answers first.
    ///
    /// - Parameter pace: looking up, connecting and a handshake that follows take its seconds together.
    package static func connect(
        to host: String, port: UInt16, pace: Pace, cancellation: Cancellation
    ) throws(TransportError) -> Transport {
        var exchange = Exchange(pace: pace)
        let began = ContinuousClock.now
        let socket = try Dial.connect(to: host, port: port, until: began + exchange.patience, cancellation)
        exchange.waited = began.duration(to: .now)
        let transport = Transport(socket, "\(host):\(port)", exchange, cancellation)
        cancellation.attach(socket)
        // A line that died without a word is found out after two minutes and a half.
        for (level, option, value) in [
            (Int32(IPPROTO_TCP), TCP_NODELAY, 1), (SOL_SOCKET, SO_KEEPALIVE, 1),
            (Int32(IPPROTO_TCP), TCP_KEEPIDLE, 60), (Int32(IPPROTO_TCP), TCP_KEEPINTVL, 30),
            (Int32(IPPROTO_TCP), TCP_KEEPCNT, 3),
        ] as [(Int32, Int32, Int32)] {
            var value = value
            _ = unsafe setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
        }
        return transport
    }

    /// Goes on encrypted, with a peer proven to be `host`, or not at all.
    ///
    /// Whoever calls it after STARTTLS has made sure that nothing is buffered:
    /// what came before the handshake may be anybody's. RFC 9051 section 11.1.
    ///
    /// - Parameter caFile: PEM with the authorities to believe; nil for the system's.
    package func startTLS(host: String, caFile: String?) throws(TransportError) {
        precondition(tls == nil, "TLS is started once")
        let tls = try TLS.client(of: descriptor, host: host, trust: try Trust.shared(caFile: caFile))
        let doing = "TLS handshake with \(peer)"
        do throws(TransportError) {
            while case .wait(let events) = try tls.handshake() { try wait(events, doing) }
        } catch {
            throw explained(error)
        }
        self.tls = tls
    }

    /// Begins a new exchange: its time and budget count from here.
    package func begin(_ pace: Pace) { exchange = Exchange(pace: pace) }

    /// Reads at least one octet; returns how many.
    package func read(into span: inout MutableRawSpan) throws(TransportError) -> Int {
        precondition(!span.isEmpty, "a read of nothing would look like the end of the stream")
        if let octet = ahead {
            ahead = nil
            span.storeBytes(of: octet, toByteOffset: 0, as: UInt8.self)
            return 1
        }
        let doing = "reading from \(peer)"
        while true {
            let step = try unsafe span.withUnsafeMutableBytes { buffer throws(TransportError) in
                try unsafe receive(into: buffer, doing)
            }
            switch step {
            case .wait(let events): try wait(events, doing)
            case .done(let count): return try account(count, doing)
            }
        }
    }

    /// Whether there is something to read, without waiting for it.
    ///
    /// A socket that is readable may hold nothing but a TLS ticket or half a
    /// record; who has been told so by `IdleHub` asks here before it blocks.
    package func hasInput() throws(TransportError) -> Bool {
        if ahead != nil { return true }
        let doing = "reading from \(peer)"
        var octet: UInt8 = 0
        let step = try unsafe withUnsafeMutableBytes(of: &octet) { buffer throws(TransportError) in
            try unsafe receive(into: buffer, doing)
        }
        guard case .done(let count) = step else { return false }
        _ = try account(count, doing)
        ahead = octet
        return true
    }

    /// Writes all octets.
    package func write(_ octets: Span<UInt8>) throws(TransportError) {
        let doing = "writing to \(peer)"
        var sent = 0
        while sent < octets.count {
            switch try send(octets.extracting(droppingFirst: sent), doing) {
            case .wait(let events): try wait(events, doing)
            case .done(let count):
                sent += count
                octetsWritten += UInt64(count)
            }
        }
    }

    /// Whether octets are here that the socket will not announce.
    package var hasBuffered: Bool { ahead != nil || (tls?.buffered ?? 0) > 0 }

    /// `TLS1.3`; nil in plain text.
    package var tlsVersion: String? { tls?.version }

    /// When the peer's certificate ends; nil in plain text.
    package var certificateExpiry: Timestamp? { tls?.certificateExpiry }

    /// Ends the connection; nothing may be read or written afterwards.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        tls?.end()
        tls = nil
        cancellation.detach()
        Glibc.close(descriptor)
    }

    private func receive(
        into buffer: UnsafeMutableRawBufferPointer, _ doing: String
    ) throws(TransportError) -> TLS.Step {
        precondition(isOpen, "reading from a connection that we closed")
        do throws(TransportError) {
            if let tls { return try unsafe tls.read(into: buffer) }
            let count = unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
            return try Self.step(count, Int32(POLLIN), doing)
        } catch {
            throw explained(error)
        }
    }

    /// Counts what has come; nothing is the end of the stream.
    private func account(_ count: Int, _ doing: String) throws(TransportError) -> Int {
        guard count > 0 else {
            throw explained(TransportError(.closed, doing: doing, words: "the peer closed the connection"))
        }
        octetsRead += UInt64(count)
        exchange.octets += UInt64(count)
        guard exchange.octets <= exchange.pace.octets else {
            throw TransportError(
                .tooLarge, doing: doing, words: "more than \(exchange.pace.octets) octets at once")
        }
        return count
    }

    /// Whatever ends a connection that we have cut short ourselves, it was cancelled.
    private func explained(_ error: TransportError) -> TransportError {
        guard cancellation.isCancelled else { return error }
        return TransportError(.cancelled, doing: error.doing, words: "cut short")
    }

    private func send(_ octets: Span<UInt8>, _ doing: String) throws(TransportError) -> TLS.Step {
        precondition(isOpen, "writing to a connection that we closed")
        return try unsafe octets.withUnsafeBytes { buffer throws(TransportError) -> TLS.Step in
            do throws(TransportError) {
                if let tls { return try unsafe tls.write(buffer) }
                let count = unsafe Glibc.send(
                    descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
                return try Self.step(count, Int32(POLLOUT), doing)
            } catch {
                throw explained(error)
            }
        }
    }

    private static func step(_ count: Int, _ events: Int32, _ doing: String) throws(TransportError)
        -> TLS.Step
    {
        if count >= 0 { return .done(count) }
        if errno == EAGAIN || errno == EINTR { return .wait(events) }
        throw TransportError(.closed, doing: doing, words: unsafe String(cString: strerror(errno)))
    }

    private func wait(_ events: Int32, _ doing: String) throws(TransportError) {
        let began = ContinuousClock.now
        let readiness = cancellation.wait(for: [(descriptor, events)], until: began + exchange.patience)
        exchange.waited += began.duration(to: .now)
        switch readiness {
        case .ready: return
        case .cancelled: throw TransportError(.cancelled, doing: doing, words: "cut short")
        case .timeout:
            let words =
                exchange.octets == 0 ? "no answer in time" : "too slow: \(exchange.octets) octets in time"
            throw TransportError(.timeout, doing: doing, words: words)
        }
    }
}
