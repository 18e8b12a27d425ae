package import Mail

/// What a body part's own header says of it, decoded. RFC 2045, RFC 2183.
package struct PartHead: Sendable {
    package enum Kind: Hashable, Sendable {
        /// Has octets and nothing within.
        case leaf
        /// Has parts and no octets of its own.
        case multipart
        /// A whole message, with octets of its own and parts within.
        case message
    }

    /// Its place in ``ParsedMessage/parts``.
    package let id: Int
    /// RFC 9051 section 6.4.5.1; a multipart that is all of a message shares that message's section.
    package let section: Section
    package let parent: Int?
    package let kind: Kind
    package let mediaType: MediaType
    /// Content-Type's.
    package let parameters: Parameters
    package let disposition: Disposition?
    /// As sent: decoded, and nothing else done to it. Not fit for a file system.
    package let name: String?
    /// Without the angle brackets.
    package let contentID: String?
    package let contentLocation: String?
    package let contentDescription: String?
    package let transferEncoding: TransferEncoding

    /// As declared, lower case.
    package var charset: String? { parameters["charset"]?.lowercased() }

    /// Whether the part is a message that was unwrapped: RFC 2046 section 5.2.1, RFC 6532 section 3.7.
    package var isContainer: Bool { kind == .message }

    /// RFC 3676 section 4.
    package var isFlowed: Bool {
        mediaType == .plainText && parameters["format"]?.lowercased() == "flowed"
    }
    package var deletesSpace: Bool { parameters["delsp"]?.lowercased() == "yes" }
}

/// What is known of a part once its last octet is through.
package struct PartEnd: Hashable, Sendable {
    /// How many octets `partOctets` brought.
    package let decodedCount: Int
    package let problems: [Problem.Kind]
    /// What a uuencoded body calls itself in its `begin` line.
    package let embeddedName: String?
}

/// How a body part's octets were made fit for transport. RFC 2045 section 6.
package enum TransferEncoding: Hashable, Sendable, CustomStringConvertible {
    case sevenBit
    case eightBit
    case binary
    case base64
    case quotedPrintable
    /// Older than MIME, and still labelled `x-uuencode`.
    case uuencode
    /// Unknown, lower case: the octets are taken as they are.
    case other(String)

    package init(_ token: String) {
        switch token.lowercased() {
        case "7bit", "7-bit", "": self = .sevenBit
        case "8bit", "8-bit": self = .eightBit
        case "binary": self = .binary
        case "base64": self = .base64
        case "quoted-printable": self = .quotedPrintable
        case "x-uuencode", "x-uue", "uuencode", "x-uu": self = .uuencode
        case let token: self = .other(token)
        }
    }

    package var description: String {
        switch self {
        case .sevenBit: "7bit"
        case .eightBit: "8bit"
        case .binary: "binary"
        case .base64: "base64"
        case .quotedPrintable: "quoted-printable"
        case .uuencode: "x-uuencode"
        case .other(let token): token
        }
    }
}
