/// What a server allows its peers.
package struct ServerLimits: Hashable, Sendable {
    /// Open connections, idle ones included.
    package var connections = 4_096
    /// From one address of IPv4, or one /64 of IPv6; proxies are not counted.
    package var connectionsPerPeer = 64
    /// From the first octet a connection could have sent to the end of the header.
    package var headerSeconds = 10
    /// Until the next request on a connection that is kept.
    package var idleSeconds = 60
    /// Before the minimum rate is asked of content, in either direction.
    package var graceSeconds = 15
    /// Octets in a second, on average.
    package var minimumRate = 1_024
    /// Until a handler has answered.
    package var answerSeconds = 60
    /// Between the comments on an event stream that has nothing to say.
    package var beatSeconds = 15
    /// Octets of request line and header together, about.
    package var header = 32 << 10
    /// Until connections that are still busy are cut when the server stops.
    package var stopMilliseconds = 700

    package init() {}
}

/// How a server serves: who is let in, under which names, on how many threads.
package struct ServerSettings: Sendable {
    /// As `top -H` shows its threads; at most 15 octets.
    package let name: String
    package let threads: Int
    package let hosts: HostPolicy
    package let proxies: TrustedProxies
    package let limits: ServerLimits

    package init(
        name: String, threads: Int = 2, hosts: HostPolicy, proxies: TrustedProxies = .none,
        limits: ServerLimits = ServerLimits()
    ) {
        precondition(threads > 0, "a server without threads answers nobody")
        self.name = name
        self.threads = threads
        self.hosts = hosts
        self.proxies = proxies
        self.limits = limits
    }
}
