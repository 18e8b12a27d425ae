internal import Glibc
internal import Synchronization
internal import Workers

/// Answers requests until it is stopped.
///
/// A few threads of ours run libmicrohttpd's event loops and never block;
/// handlers run on Swift's, while their connections sleep.
package final class Server: Sendable {
    /// Where it listens; nil for a socket that was passed to us.
    package let address: ListenerAddress?
    private let loops: [ServerLoop]
    private let listener: Mutex<Listener?>

    private init(_ loops: [ServerLoop], _ listener: consuming Listener) {
        self.loops = loops
        address = listener.address
        self.listener = Mutex(consume listener)
    }

    /// Serves at once.
    package static func start(
        _ settings: ServerSettings, on listener: consuming Listener, _ router: Router
    ) throws(HTTPError) -> Server {
        let peers = PeerCounter(limit: settings.limits.connectionsPerPeer)
        var loops: [ServerLoop] = []
        do throws(HTTPError) {
            for _ in 0..<settings.threads {
                loops.append(try ServerLoop(settings, router, peers, listener: listener.descriptor))
            }
        } catch {
            for loop in loops { loop.discard() }
            throw error
        }
        for loop in loops { loop.start() }
        return Server(loops, listener)
    }

    /// Lets nobody in any more, waits for what is being answered, for less than a second, and closes the rest.
    package func stop() async {
        listener.withLock { $0 = nil }
        for loop in loops { loop.askToStop() }
        for loop in loops { await loop.ended() }
    }

    /// Open connections, idle ones included.
    package var connections: Int { loops.reduce(0) { $0 + $1.connectionCount } }
}

/// How many connections each neighbourhood has.
final class PeerCounter: Sendable {
    private let counts = Mutex<[[UInt8]: Int]>([:])
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func mayHaveMore(_ address: IPAddress) -> Bool {
        counts.withLock { $0[address.neighbourhood, default: 0] < limit }
    }

    func add(_ address: IPAddress) { counts.withLock { $0[address.neighbourhood, default: 0] += 1 } }

    func remove(_ address: IPAddress) {
        counts.withLock { counts in
            let count = counts[address.neighbourhood, default: 0]
            counts[address.neighbourhood] = count > 1 ? count - 1 : nil
        }
    }
}
