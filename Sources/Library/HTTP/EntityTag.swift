package import Mail

/// A name for one state of a resource. RFC 9110 section 8.8.3.
package struct EntityTag: Hashable, Sendable, CustomStringConvertible {
    /// Without the quotes.
    package let opaque: String
    /// Means the same, but perhaps not to the octet.
    package let isWeak: Bool

    /// - Parameter opaque: made by us, visible ASCII without quotes: a hash, a number.
    package init(_ opaque: String, isWeak: Bool = false) {
        precondition(Self.isOpaque(opaque), "an entity tag is visible ASCII without quotes")
        self.opaque = opaque
        self.isWeak = isWeak
    }

    /// As a peer writes it.
    init?(received text: String) {
        isWeak = text.hasPrefix("W/")
        let quoted = isWeak ? text.dropFirst(2) : text[...]
        guard quoted.utf8.count >= 2, quoted.hasPrefix("\""), quoted.hasSuffix("\"") else { return nil }
        opaque = String(quoted.dropFirst().dropLast())
    }

    private static func isOpaque(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") }
    }

    /// Both strong, and the same. RFC 9110 section 8.8.3.2.
    func isStronglyEqual(to other: EntityTag) -> Bool { !isWeak && !other.isWeak && opaque == other.opaque }
    func isWeaklyEqual(to other: EntityTag) -> Bool { opaque == other.opaque }

    package var description: String { (isWeak ? "W/" : "") + "\"\(opaque)\"" }
}

/// What tells a client that its copy is still good: a tag, or the time of the last change.
package struct Validator: Hashable, Sendable {
    package let tag: EntityTag?
    package let modified: Timestamp?

    package init(_ tag: EntityTag? = nil, modified: Timestamp? = nil) {
        self.tag = tag
        self.modified = modified
    }
}
