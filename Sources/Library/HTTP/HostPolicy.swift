/// The names a server answers to.
///
/// A page of a stranger's whose name points at our address would else read
/// ours as its own (DNS rebinding), and links that we make would lead where a
/// stranger wants. RFC 9110 section 7.2.
package struct HostPolicy: Hashable, Sendable {
    private let names: Set<String>?

    /// - Parameter names: without a port, in any case; `[::1]` with its brackets.
    package init(_ names: some Sequence<String>) { self.names = Set(names.map { $0.lowercased() }) }

    private init() { names = nil }

    /// Where whoever gets through to the port may read all there is.
    package static let any = HostPolicy()
    /// What a browser or a tool on this machine calls it.
    package static let loopback = HostPolicy(["localhost", "127.0.0.1", "[::1]"])

    func allows(_ host: AuthorityHost) -> Bool { names.map { $0.contains(host.name) } ?? true }
}

/// `Host`: a name or an address, and perhaps a port. RFC 9110 section 7.2, RFC 3986 section 3.2.
package struct AuthorityHost: Hashable, Sendable, CustomStringConvertible {
    /// Lower case, without a dot at its end; an address of IPv6 in its brackets.
    package let name: String
    package let port: UInt16?

    package init?(_ text: some StringProtocol) {
        var name = text.lowercased()
        var port: UInt16?
        if let colon = name.lastIndex(of: ":"), !name.hasSuffix("]") {
            let digits = name[name.index(after: colon)...]
            guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            if !digits.isEmpty {
                guard let number = UInt16(digits) else { return nil }
                port = number
            }
            name = String(name[..<colon])
        }
        if name.hasSuffix("."), name.utf8.count > 1 { name.removeLast() }
        if name.hasPrefix("[") {
            guard name.hasSuffix("]"), IPAddress(name).map({ !$0.isIPv4 }) == true else { return nil }
        } else {
            let isName = name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
            guard isName, !name.isEmpty, name.utf8.count <= 253 else { return nil }
        }
        self.name = name
        self.port = port
    }

    package var description: String { port.map { "\(name):\($0)" } ?? name }
}
