internal import Glibc

/// An address of IPv4 or IPv6; one of IPv4 in IPv6's clothes is one of IPv4. RFC 4291 section 2.5.5.2.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// Four, or sixteen.
    package let octets: [UInt8]

    init(octets: [UInt8]) {
        precondition(octets.count == 4 || octets.count == 16, "an address has 4 or 16 octets")
        let isMapped =
            octets.count == 16 && octets[..<10].allSatisfy { $0 == 0 } && octets[10...11] == [255, 255]
        self.octets = isMapped ? Array(octets[12...]) : octets
    }

    /// As people write it, with or without the brackets of a URI.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
        guard text.utf8.count < 46, !text.utf8.contains(0) else { return nil }
        var four = [UInt8](repeating: 0, count: 4)
        var sixteen = [UInt8](repeating: 0, count: 16)
        if unsafe inet_pton(AF_INET, text, &four) == 1 {
            self.init(octets: four)
        } else if unsafe inet_pton(AF_INET6, text, &sixteen) == 1 {
            self.init(octets: sixteen)
        } else {
            return nil
        }
    }

    package var isIPv4: Bool { octets.count == 4 }
    package var isLoopback: Bool { isIPv4 ? octets[0] == 127 : octets == Self.loopback6 }
    /// What a listener uses for all addresses of the machine.
    package var isAny: Bool { octets.allSatisfy { $0 == 0 } }

    private static let loopback6: [UInt8] = Array(repeating: 0, count: 15) + [1]

    package var description: String {
        var room = [CChar](repeating: 0, count: 46)
        let family = isIPv4 ? AF_INET : AF_INET6
        guard unsafe inet_ntop(family, octets, &room, socklen_t(room.count)) != nil else {
            preconditionFailure("46 octets hold any address")
        }
        return String(decoding: room.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The network a home or an office has to itself: what a limit for one peer counts. RFC 6177.
    package var neighbourhood: [UInt8] { isIPv4 ? octets : Array(octets.prefix(8)) }
}

/// Addresses with the same first bits: `10.0.0.0/8`, or one address. RFC 4632, RFC 4291 section 2.3.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    private let address: IPAddress
    private let bits: Int

    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(parts[0]) else { return nil }
        let all = address.octets.count * 8
        guard parts.count == 2 else {
            self.address = address
            bits = all
            return
        }
        guard let bits = Int(parts[1]), (0...all).contains(bits) else { return nil }
        self.address = address
        self.bits = bits
    }

    package func contains(_ other: IPAddress) -> Bool {
        guard other.octets.count == address.octets.count else { return false }
        let whole = bits / 8
        guard other.octets.prefix(whole) == address.octets.prefix(whole) else { return false }
        let rest = bits % 8
        return rest == 0 || (other.octets[whole] ^ address.octets[whole]) >> UInt8(8 - rest) == 0
    }

    package var description: String { "\(address)/\(bits)" }
}
