/// Where in a message a body part is: `2.1`, as IMAP counts (RFC 9051 section 6.4.5.1).
///
/// A body part of an attached message in part 2 is `2.1`; members of an
/// archive or winmail.dat in part 3 are `3/1`, `3/2`.
package struct Section: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    /// The body part numbered `number` within this one.
    package func part(_ number: Int) -> Section { Section(text.isEmpty ? "\(number)" : "\(text).\(number)") }

    /// The member numbered `number` of the container that is this body part.
    package func member(_ number: Int) -> Section { Section("\(text)/\(number)") }

    package static let message = Section("")

    package var description: String { text }

    package static func < (left: Section, right: Section) -> Bool {
        left.steps.lexicographicallyPrecedes(right.steps)
    }

    private var steps: [Int] { text.split { $0 == "." || $0 == "/" }.map { Int($0) ?? 0 } }
}
