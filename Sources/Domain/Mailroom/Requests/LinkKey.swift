/// What all links are derived from: 32 octets that stay outside the database.
///
/// Whoever has it can make any link, so it never prints itself.
package struct LinkKey: Sendable, CustomStringConvertible, CustomReflectable {
    let octets: [UInt8]

    package static let length = 32

    /// Nil unless it is as long as a key of ours.
    package init?(_ octets: [UInt8]) {
        guard octets.count == Self.length else { return nil }
        self.octets = octets
    }

    package var description: String { "the key of links" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
