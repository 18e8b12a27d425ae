/// What a request wants done. RFC 9110 section 9; names are case-sensitive.
package struct Method: Hashable, Sendable, CustomStringConvertible {
    package let name: String

    /// Nil when it is no token.
    package init?(_ name: String) {
        guard Token.isToken(name), name.utf8.count <= 32 else { return nil }
        self.name = name
    }

    private init(known name: String) { self.name = name }

    package static let get = Method(known: "GET")
    package static let head = Method(known: "HEAD")
    package static let post = Method(known: "POST")
    package static let put = Method(known: "PUT")
    package static let patch = Method(known: "PATCH")
    package static let delete = Method(known: "DELETE")
    package static let options = Method(known: "OPTIONS")

    /// Asks, and changes nothing. RFC 9110 section 9.2.1.
    package var isSafe: Bool { self == .get || self == .head || self == .options }

    package var description: String { name }
}

/// `token` of RFC 9110 section 5.6.2.
enum Token {
    static func isToken(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isTokenOctet)
    }

    static func isTokenOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(octet)
        }
    }
}
