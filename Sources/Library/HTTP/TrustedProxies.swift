/// Whose word about the client is believed, and in which fields they give it.
///
/// The kind is told and not guessed: a proxy overwrites the fields it knows
/// and passes on the others as the client sent them, so that whoever believed
/// both kinds would believe the client. RFC 7239 section 8.1.
package struct TrustedProxies: Hashable, Sendable {
    package enum Fields: Hashable, Sendable {
        /// X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host.
        case xForwarded
        /// RFC 7239.
        case forwarded
    }

    package let ranges: [AddressRange]
    /// Whether whoever reaches a Unix socket is a proxy: its permissions say who that is.
    package let includesUnix: Bool
    package let fields: Fields

    package init(_ ranges: [AddressRange] = [], includesUnix: Bool = false, fields: Fields = .xForwarded) {
        self.ranges = ranges
        self.includesUnix = includesUnix
        self.fields = fields
    }

    package static let none = TrustedProxies()

    /// What a request is, as far as it can be believed.
    struct Origin: Hashable, Sendable {
        /// Nil on a Unix socket without a proxy.
        var client: IPAddress?
        var isSecure: Bool
        /// What the proxy was asked for, where it says so.
        var host: String?
    }

    func trusts(_ peer: Peer) -> Bool {
        switch peer {
        case .address(let address, port: _): ranges.contains { $0.contains(address) }
        case .unix: includesUnix
        }
    }

    /// Walks the chain from its near end, past each address that is trusted; the first other one is the client.
    func origin(of peer: Peer, _ headers: Headers) -> Origin {
        var origin = Origin(client: peer.address, isSecure: false, host: nil)
        guard trusts(peer) else { return origin }
        let hops = hops(headers)
        for hop in hops.reversed() {
            origin.isSecure = hop.scheme.map { $0 == "https" } ?? origin.isSecure
            origin.host = hop.host ?? origin.host
            // What names no address (`unknown`, `_hidden`) ends what is known.
            guard let address = hop.client else { break }
            origin.client = address
            guard ranges.contains(where: { $0.contains(address) }) else { break }
        }
        return origin
    }

    private struct Hop {
        var client: IPAddress?
        var scheme: String?
        var host: String?
    }

    private func hops(_ headers: Headers) -> [Hop] {
        switch fields {
        case .xForwarded:
            var hops = (headers.list("x-forwarded-for") ?? []).map { Hop(client: Self.address($0)) }
            let scheme = headers.list("x-forwarded-proto")?.last?.lowercased()
            let host = headers.list("x-forwarded-host")?.last
            if hops.isEmpty { return [Hop(scheme: scheme, host: host)] }
            hops[hops.count - 1].scheme = scheme
            hops[hops.count - 1].host = host
            return hops
        case .forwarded:
            return (headers.list("forwarded") ?? []).map { element in
                var hop = Hop()
                for pair in FieldText.split(element, at: UInt8(ascii: ";")).compactMap(FieldText.parameter) {
                    switch pair.name {
                    case "for": hop.client = Self.address(pair.value)
                    case "proto": hop.scheme = pair.value.lowercased()
                    case "host": hop.host = pair.value
                    default: break
                    }
                }
                return hop
            }
        }
    }

    /// An address, perhaps with a port: `192.0.2.1:80`, `[2001:db8::1]:80`. RFC 7239 section 6.
    private static func address(_ node: String) -> IPAddress? {
        if let address = IPAddress(node) { return address }
        if node.hasPrefix("["), let end = node.firstIndex(of: "]") { return IPAddress(node[...end]) }
        guard let colon = node.lastIndex(of: ":") else { return nil }
        return IPAddress(node[..<colon])
    }
}
