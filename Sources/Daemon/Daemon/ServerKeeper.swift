internal import HTTP
internal import Systemd

/// Keeps a router answering where the configuration says, and follows it when it changes.
///
/// A port that is taken is told once and tried again at the next call; mail
/// is read all the same.
actor ServerKeeper {
    /// What is asked of a server beside its address; another one is begun when it changes.
    struct Manner: Hashable, Sendable {
        var hosts = HostPolicy.any
        var proxies = TrustedProxies.none
    }

    private let words: Words
    private let limits: ServerLimits
    private let threads: Int
    private let router: Router
    private let log: Log
    /// Sockets that systemd holds; they are ours for as long as we live, and there is no other then.
    private let held: [Int32]
    private var servers: [ListenerAddress: Server] = [:]
    private var adopted: [Server] = []
    private var manner: Manner?
    private var wanted: [ListenerAddress] = []
    private var wantedManner = Manner()
    private var isBusy = false
    private var complaints: Set<String> = []

    /// How the journal speaks of it, and `top -H`.
    struct Words: Sendable {
        let event: String
        let subject: String
        let thread: String
    }

    init(
        _ words: Words, _ router: Router, log: Log, held: [Int32], threads: Int, limits: ServerLimits
    ) {
        self.words = words
        self.router = router
        self.log = log
        self.held = held
        self.threads = threads
        self.limits = limits
    }

    /// Listens at the addresses and nowhere else.
    func follow(_ addresses: [ListenerAddress], _ manner: Manner) async {
        (wanted, wantedManner) = (addresses, manner)
        // Whoever is at it looks at what is wanted once more.
        guard !isBusy else { return }
        isBusy = true
        defer { isBusy = false }
        while let leaving = superfluous() {
            for server in leaving { await server.stop() }
        }
        self.manner = wantedManner
        if held.isEmpty { openMissing() } else if adopted.isEmpty { adopt() }
    }

    func stop() async {
        wanted = []
        let all = Array(servers.values) + adopted
        (servers, adopted) = ([:], [])
        for server in all { await server.stop() }
    }

    /// Servers whose address or manner is no longer wanted; nil where there is none.
    private func superfluous() -> [Server]? {
        guard held.isEmpty else { return nil }
        let hasChanged = manner != nil && manner != wantedManner
        let gone = servers.filter { hasChanged || !wanted.contains($0.key) }
        for address in gone.keys { servers[address] = nil }
        if hasChanged { manner = wantedManner }
        return gone.isEmpty ? nil : Array(gone.values)
    }

    private func openMissing() {
        for address in wanted where servers[address] == nil {
            do {
                let server = try Server.start(settings, on: try Listener.open(address), router)
                servers[address] = server
                complaints.remove("\(address)")
                tell("\(server.address ?? address)")
            } catch {
                complain("\(address)", "\(error)")
            }
        }
    }

    private func adopt() {
        for descriptor in held {
            do {
                adopted.append(try Server.start(settings, on: try .adopt(descriptor), router))
                tell("a socket of systemd's")
            } catch {
                complain("\(descriptor)", "\(error)")
            }
        }
    }

    private var settings: ServerSettings {
        ServerSettings(
            name: words.thread, threads: threads, hosts: wantedManner.hosts, proxies: wantedManner.proxies,
            limits: limits)
    }

    private func tell(_ place: String) {
        log.event(words.event, .notice, [], "\(words.subject) answered at \(place)")
    }

    /// Once, not every time.
    private func complain(_ place: String, _ why: String) {
        guard complaints.insert(place).inserted else { return }
        log.event("\(words.event)-failed", .error, [], "\(words.subject) not answered: \(why)")
    }
}

extension HostPolicy {
    /// What programs on this machine call the addresses, and the names given; any where others reach them too.
    static func serving(_ addresses: [ListenerAddress], names: [String] = []) -> HostPolicy {
        guard !addresses.isEmpty, addresses.allSatisfy(\.isLocal) else { return .any }
        var all = ["localhost", "127.0.0.1", "[::1]"] + names
        for case .address(let ip, port: _) in addresses { all.append(ip.isIPv4 ? "\(ip)" : "[\(ip)]") }
        return HostPolicy(all)
    }
}
