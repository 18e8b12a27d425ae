package import HTTP
internal import Systemd

/// What monitoring asks: figures, and whether all is well.
package struct Monitoring: Sendable {
    /// One thing that must be in order for mail to be read and kept.
    package struct Check: Hashable, Sendable {
        package let name: String
        package let isGood: Bool
        /// A few words of ours; never a server's, which could name people.
        package let words: String

        package init(_ name: String, _ isGood: Bool, _ words: String) {
            self.name = name
            self.isGood = isGood
            self.words = words
        }
    }

    /// In Prometheus' text format.
    let figures: @Sendable () async throws -> String
    let checks: @Sendable () async throws -> [Check]

    package init(
        figures: @escaping @Sendable () async throws -> String,
        checks: @escaping @Sendable () async throws -> [Check]
    ) {
        self.figures = figures
        self.checks = checks
    }

    /// `/healthz`, `/readyz` and `/metrics`.
    package var router: Router {
        var router = Router()
        router.get("/healthz") { _ in .text("alive\n") }
        router.get("/readyz") { [checks] _ in
            do {
                let checks = try await checks()
                let text = checks.map { "\($0.name): \($0.words)\n" }.joined()
                return .text(text, checks.allSatisfy(\.isGood) ? .ok : .serviceUnavailable)
            } catch {
                return .text("database: it does not answer\n", .serviceUnavailable)
            }
        }
        router.get("/metrics") { [figures] _ in
            Response(type: "text/plain; version=0.0.4; charset=utf-8", Array(try await figures().utf8))
        }
        return router
    }
}

/// Answers monitoring where the configuration says, and follows it when it changes.
///
/// A port that is taken is told and tried again; mail is read all the same.
actor MetricsServer {
    private let monitoring: Monitoring
    private let log: Log
    /// A socket that systemd holds; it is ours for as long as we live.
    private let held: Int32?
    private var server: Server?
    private var address: ListenerAddress?
    private var wanted: ListenerAddress?
    private var isBusy = false
    /// Told once, not every time.
    private var complaint: String?

    init(_ monitoring: Monitoring, log: Log, held: Int32?) {
        self.monitoring = monitoring
        self.log = log
        self.held = held
    }

    /// Listens at the address and nowhere else.
    func follow(_ address: ListenerAddress?) async {
        wanted = address
        // Whoever is at it looks at what is wanted once more.
        guard !isBusy else { return }
        isBusy = true
        defer { isBusy = false }
        while let server, held == nil, self.address != wanted {
            self.server = nil
            await server.stop()
        }
        guard server == nil, held != nil || wanted != nil else { return }
        do {
            server = try start(wanted)
            self.address = wanted
            complaint = nil
            let place = server?.address?.description ?? "a socket of systemd's"
            log.event("metrics", .notice, [], "monitoring is answered at \(place)")
        } catch {
            let words = "monitoring is not answered: \(error)"
            if complaint != words { log.event("metrics-failed", .error, [], words) }
            complaint = words
        }
    }

    func stop() async {
        wanted = nil
        let server = server
        self.server = nil
        await server?.stop()
    }

    private func start(_ address: ListenerAddress?) throws(HTTPError) -> Server {
        var limits = ServerLimits()
        limits.connections = 128
        limits.connectionsPerPeer = 16
        limits.answerSeconds = 10
        limits.stopMilliseconds = 500
        let isLocal = held == nil && address?.isLocal ?? true
        let settings = ServerSettings(
            name: "mailroom-metric", threads: 1, hosts: isLocal ? .loopback(address) : .any, limits: limits)
        if let held { return try Server.start(settings, on: try .adopt(held), monitoring.router) }
        guard let address else { preconditionFailure("there is a socket or an address") }
        return try Server.start(settings, on: try Listener.open(address), monitoring.router)
    }
}

extension HostPolicy {
    /// What a program on this machine calls the address.
    fileprivate static func loopback(_ address: ListenerAddress?) -> HostPolicy {
        guard case .address(let ip, port: _) = address else { return .any }
        return HostPolicy(["localhost", "127.0.0.1", "[::1]", ip.isIPv4 ? "\(ip)" : "[\(ip)]"])
    }
}
