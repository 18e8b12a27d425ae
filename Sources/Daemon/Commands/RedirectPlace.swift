/// Where a browser is sent back to: loopback with a port, or an address that only a person can carry here.
///
/// RFC 8252 sections 7.3 and 8.3: a native program listens on loopback, and any port will do.
struct RedirectPlace {
    /// The port to listen on; 0: any. Nil where the address is not of this machine.
    let port: UInt16?
    private let before: String
    private let after: String

    /// - Parameter configured: checked, so that it begins with a scheme and a host.
    init(_ configured: String?, loopback: String) {
        guard let configured else {
            port = 0
            before = "http://\(loopback)"
            after = "/"
            return
        }
        guard configured.hasPrefix("http://") else {
            port = nil
            before = configured
            after = ""
            return
        }
        let rest = configured.dropFirst("http://".count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let host =
            authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        port = UInt16(authority.dropFirst(host.count + 1)) ?? 0
        before = "http://\(host)"
        after = String(rest.dropFirst(authority.count))
    }

    /// The address, once there is a port.
    func address(_ port: UInt16) -> String {
        self.port == nil ? before : "\(before):\(port)\(after)"
    }
}
