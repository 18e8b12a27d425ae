internal import CMicroHTTPD
internal import Glibc

/// One connection as its loop sees it: who is there, and how long it may go on like this.
///
/// It belongs to the loop's thread. libmicrohttpd knows idle time alone: one
/// octet now and then holds a connection for ever. These deadlines are absolute.
final class Connection {
    let socket: Int32
    let peer: Peer
    private let limits: ServerLimits
    /// When it is cut; nil while it is ours to act. Monotonic milliseconds.
    private(set) var deadline: Int64?
    /// The request it is busy with.
    var exchange: Exchange?
    private var begun: Int64 = 0
    private var octets: Int64 = 0
    private var pausedAt: Int64?

    init(socket: Int32, peer: Peer, _ limits: ServerLimits) {
        self.socket = socket
        self.peer = peer
        self.limits = limits
        deadline = Self.now() + Int64(limits.headerSeconds) * 1000
        // A peer that acknowledges nothing is gone; a Unix socket knows no such thing.
        _ = mr_http_give_up_after(socket, 60_000)
    }

    static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Its request line is there.
    func headerBegins() {
        let limit = Self.now() + Int64(limits.headerSeconds) * 1000
        deadline = min(deadline ?? limit, limit)
    }

    func contentBegins() {
        begun = Self.now()
        octets = 0
        pausedAt = nil
        setRateDeadline()
    }

    func received(_ count: Int) {
        if let pausedAt { begun += Self.now() - pausedAt }
        pausedAt = nil
        octets += Int64(count)
        setRateDeadline()
    }

    /// It is we who take no more: no fault of the peer's.
    func pause() {
        pausedAt = Self.now()
        deadline = nil
    }

    func answerBegins() { deadline = nil }

    /// - Parameter length: nil where nobody knows; then only idle time counts.
    func replyBegins(length: Int64?) {
        guard let length else {
            deadline = nil
            return
        }
        begun = Self.now()
        octets = length
        setRateDeadline()
    }

    func requestEnds() {
        exchange = nil
        deadline = Self.now() + Int64(limits.idleSeconds) * 1000
    }

    private func setRateDeadline() {
        deadline =
            begun + Int64(limits.graceSeconds) * 1000 + octets * 1000 / Int64(max(1, limits.minimumRate))
    }

    /// Ends it from under libmicrohttpd, which then closes it. It is known to be open: we are told before it closes.
    func cut() {
        deadline = nil
        _ = shutdown(socket, Int32(SHUT_RDWR))
    }
}
