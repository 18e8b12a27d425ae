import Glibc

/// What this machine is called by its own programs.
///
/// A tree without `/etc/hosts`, such as a container's or a chroot's, knows no
/// `localhost`: what is tested over loopback must not need the name.
package enum Loopback {
    package static let knowsLocalhost: Bool = {
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo("localhost", nil, nil, &found) == 0 else { return false }
        freeaddrinfo(found)
        return true
    }()

    /// For tests that are about something else.
    package static let host = knowsLocalhost ? "localhost" : "127.0.0.1"

    /// Every name a certificate has to be good for; says by the test's name what it leaves out.
    package static func hosts(for test: String) -> [String] {
        if knowsLocalhost { return ["localhost", "127.0.0.1"] }
        print("SKIPPED: \(test): localhost does not resolve here, so by 127.0.0.1 alone")
        return ["127.0.0.1"]
    }
}
