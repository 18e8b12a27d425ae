/// A message's flag: `\Seen`, `$Forwarded`, a keyword. Case doesn't count. RFC 9051 section 2.3.2.
package struct Flag: Hashable, Sendable, CustomStringConvertible {
    /// As the server spells it.
    package let name: String

    package init(_ name: String) { self.name = name }

    package static let seen = Flag("\\Seen")
    package static let deleted = Flag("\\Deleted")
    package static let draft = Flag("\\Draft")

    package var description: String { name }

    package static func == (left: Flag, right: Flag) -> Bool {
        left.name.lowercased() == right.name.lowercased()
    }
    package func hash(into hasher: inout Hasher) { hasher.combine(name.lowercased()) }
}
