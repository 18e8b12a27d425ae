internal import CLinux
internal import CMicroHTTPD
internal import Glibc

/// The other end of a connection.
package enum Peer: Hashable, Sendable {
    case address(IPAddress, port: UInt16)
    /// Of a Unix socket: the user the kernel says it is.
    case unix(user: UInt32)

    package var address: IPAddress? {
        switch self {
        case .address(let address, port: _): address
        case .unix: nil
        }
    }

    init(of socket: Int32, _ name: UnsafePointer<sockaddr>?) {
        if let name = unsafe name, let peer = unsafe Self.named(name) {
            self = peer
            return
        }
        var credentials = mr_ucred()
        let isKnown = unsafe mr_peer_credentials(socket, &credentials) == 0
        // Nobody's user, where the kernel cannot say.
        self = .unix(user: isKnown ? credentials.uid : UInt32.max)
    }

    static func named(_ name: UnsafePointer<sockaddr>) -> Peer? {
        let octets = unsafe UnsafeRawPointer(name)
        switch Int32(unsafe name.pointee.sa_family) {
        case AF_INET:
            let address = unsafe octets.loadUnaligned(as: sockaddr_in.self)
            let four = unsafe withUnsafeBytes(of: address.sin_addr) { unsafe Array($0) }
            return .address(IPAddress(octets: four), port: UInt16(bigEndian: address.sin_port))
        case AF_INET6:
            let address = unsafe octets.loadUnaligned(as: sockaddr_in6.self)
            let sixteen = unsafe withUnsafeBytes(of: address.sin6_addr) { unsafe Array($0) }
            return .address(IPAddress(octets: sixteen), port: UInt16(bigEndian: address.sin6_port))
        default: return nil
        }
    }
}
