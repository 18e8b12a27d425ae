/// The name of a header field, in lower case: case does not matter. RFC 9110 section 5.1.
package struct HeaderName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let text: String

    /// Nil when it is no token.
    package init?(_ text: some StringProtocol) {
        guard Token.isToken(text) else { return nil }
        self.text = text.lowercased()
    }

    package init(stringLiteral text: StaticString) {
        guard let name = HeaderName(text.description) else { preconditionFailure("\(text) names no field") }
        self = name
    }

    package var description: String { text }
}

/// What a header field may say, so that no line of a reply can be forged. RFC 9110 section 5.5.
///
/// Visible ASCII, spaces and tabs: a CR, an LF or a NUL has no way into one,
/// and what is not ASCII must be encoded by whoever knows how.
package struct HeaderValue: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let text: String

    package init?(_ text: some StringProtocol) {
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x09 }) else { return nil }
        self.text = String(text)
    }

    package init(stringLiteral text: StaticString) {
        guard let value = HeaderValue(text.description) else { preconditionFailure("\(text) is no value") }
        self = value
    }

    package init(_ number: some BinaryInteger) { text = String(number) }

    /// Joined by `", "`, as a list is. RFC 9110 section 5.6.1.
    package init(list values: [HeaderValue]) { text = values.map(\.text).joined(separator: ", ") }

    package var description: String { text }
}
