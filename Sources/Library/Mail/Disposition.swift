/// How the sender wants a body part shown. RFC 2183.
package enum Disposition: Hashable, Sendable, CustomStringConvertible {
    case inline
    case attachment
    /// To be treated as an attachment (RFC 2183 section 2.8); lower case.
    case other(String)

    package init(_ token: String) {
        switch token.lowercased() {
        case "inline": self = .inline
        case "attachment": self = .attachment
        case let token: self = .other(token)
        }
    }

    package var description: String {
        switch self {
        case .inline: "inline"
        case .attachment: "attachment"
        case .other(let token): token
        }
    }
}
