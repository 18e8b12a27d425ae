internal import CMicroHTTPD
internal import Glibc
internal import Synchronization
internal import Workers

/// One thread that runs one of libmicrohttpd's event loops.
///
/// `@unchecked Sendable` because everything but `control` is touched by its
/// own thread alone, or before that begins.
@safe final class ServerLoop: @unchecked Sendable {
    private struct Control: Sendable {
        var isStopping = false
        var isEnded = false
        var connections = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    let admission: Admission
    private let settings: ServerSettings
    private let peers: PeerCounter
    let bell: LoopBell
    private let control = Mutex(Control())
    private var daemon: OpaquePointer?
    private var connections: [ObjectIdentifier: Connection] = [:]
    private var isStopping = false
    private var beat: Int64 = 0

    /// - Parameter listener: stays the caller's.
    init(
        _ settings: ServerSettings, _ router: Router, _ peers: PeerCounter, listener: Int32
    ) throws(HTTPError) {
        self.settings = settings
        self.peers = peers
        admission = Admission(settings: settings, router: router)
        bell = try LoopBell()
        let own = fcntl(listener, F_DUPFD_CLOEXEC, 3)
        guard own >= 0 else { throw Self.failure() }
        let limits = settings.limits
        let start = unsafe mr_http_start(
            listener: own, connections: UInt32(max(1, limits.connections / settings.threads)),
            idle_seconds: UInt32(limits.idleSeconds), connection_memory: max(limits.header * 2, 32 << 10),
            self: Unmanaged.passUnretained(self).toOpaque(), admit: admitPeer, connection: connectionChanged,
            begin: requestBegins, request: requestProceeds, completed: requestEnds, unescape: unescapeNothing)
        unsafe daemon = withUnsafePointer(to: start) { unsafe mr_http_start($0) }
        guard unsafe daemon != nil else {
            close(own)
            throw Self.failure()
        }
    }

    private static func failure() -> HTTPError {
        HTTPError(.listen, "starting the server", unsafe String(cString: strerror(errno)))
    }

    func start() {
        let isStarted = Threads.start(name: settings.name) { [self] in run() }
        precondition(isStarted, "the system refuses us a thread for the server")
    }

    /// Instead of ``start()``.
    func discard() { unsafe MHD_stop_daemon(daemon) }

    // MARK: - From any thread

    var connectionCount: Int { control.withLock { $0.connections } }

    func askToStop() {
        control.withLock { $0.isStopping = true }
        bell.ring()
    }

    func ended() async {
        await withCheckedContinuation { continuation in
            let isEnded = control.withLock { control in
                if !control.isEnded { control.waiters.append(continuation) }
                return control.isEnded
            }
            if isEnded { continuation.resume() }
        }
    }

    // MARK: - Its own thread

    private func run() {
        // A peer that is gone is an error of the call, no signal.
        var pipe = sigset_t()
        unsafe sigemptyset(&pipe)
        unsafe sigaddset(&pipe, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &pipe, nil)
        var swept = Connection.now()
        beat = swept
        while !control.withLock({ $0.isStopping }) {
            wait(milliseconds: 1000)
            unsafe MHD_run(daemon)
            let now = Connection.now()
            if now - swept >= 1000 {
                swept = now
                sweep(now)
            }
        }
        stop()
    }

    private func wait(milliseconds limit: Int32) {
        var timeout = UInt64(limit)
        var wanted: UInt64 = 0
        if unsafe MHD_get_timeout(daemon, &wanted) == .YES { timeout = min(timeout, wanted) }
        var descriptors = [
            pollfd(fd: unsafe mr_http_poll_descriptor(daemon), events: Int16(POLLIN), revents: 0),
            pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = unsafe poll(&descriptors, 2, Int32(timeout))
        if descriptors[1].revents != 0 { bell.silence() }
    }

    private func sweep(_ now: Int64) {
        let isBeat = now - beat >= Int64(settings.limits.beatSeconds) * 1000
        if isBeat { beat = now }
        for connection in connections.values {
            if let deadline = connection.deadline, deadline < now { connection.cut() }
            connection.exchange?.tick(now: now, isBeat: isBeat)
        }
    }

    private func stop() {
        isStopping = true
        let listener = unsafe MHD_quiesce_daemon(daemon)
        if listener >= 0 { close(listener) }
        let deadline = Connection.now() + Int64(settings.limits.stopMilliseconds)
        for connection in connections.values {
            connection.exchange?.finishEvents()
            if connection.exchange == nil { connection.cut() }
        }
        while !connections.isEmpty, Connection.now() < deadline {
            wait(milliseconds: 50)
            unsafe MHD_run(daemon)
        }
        // What sleeps now is woken, and never sleeps again: libmicrohttpd ends only without sleepers.
        for connection in connections.values {
            connection.exchange?.end()
            connection.cut()
        }
        unsafe MHD_run(daemon)
        unsafe MHD_run(daemon)
        unsafe MHD_stop_daemon(daemon)
        let waiters = control.withLock { control in
            control.isEnded = true
            return control.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    // MARK: - What libmicrohttpd tells

    func admits(_ peer: Peer?) -> Bool {
        guard let peer, let address = peer.address, !settings.proxies.trusts(peer) else { return true }
        return peers.mayHaveMore(address)
    }

    func connected(_ connection: OpaquePointer) -> Connection {
        let socket = unsafe mr_http_socket(connection)
        let peer = unsafe Peer(of: socket, mr_http_peer(connection))
        let new = Connection(socket: socket, peer: peer, settings.limits)
        connections[ObjectIdentifier(new)] = new
        if let address = peer.address { peers.add(address) }
        control.withLock { $0.connections += 1 }
        return new
    }

    func disconnected(_ connection: Connection) {
        connections[ObjectIdentifier(connection)] = nil
        if let address = connection.peer.address { peers.remove(address) }
        control.withLock { $0.connections -= 1 }
    }

    /// The request was answered, or never will be.
    func completed(_ exchange: Exchange, on connection: Connection?) {
        exchange.end()
        connection?.requestEnds()
        if isStopping { connection?.cut() }
    }

    var answerBy: Int64 { Connection.now() + Int64(settings.limits.answerSeconds) * 1000 }
}
