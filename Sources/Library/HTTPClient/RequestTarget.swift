/// An address that may be asked: checked before libcurl sees it, for its reading of addresses is generous.
struct RequestTarget {
    let scheme: String
    /// Scheme, host and port, for people: what follows may hold a secret.
    let origin: String

    /// Nil where it is not `https`, or `http` to this very machine.
    init?(_ url: String) {
        guard url.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }) else {
            return nil
        }
        let schemes = ["https", "http"].filter { url.lowercased().hasPrefix("\($0)://") }
        guard let scheme = schemes.first else { return nil }
        let authority = url.dropFirst(scheme.count + 3).prefix { !"/?#".contains($0) }
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        let host: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[...end]
        } else {
            host = authority.prefix { $0 != ":" }
        }
        let isLoopback = ["localhost", "127.0.0.1", "[::1]"].contains(host.lowercased())
        guard scheme == "https" || isLoopback else { return nil }
        self.scheme = scheme
        origin = "\(scheme)://\(authority)"
    }
}
