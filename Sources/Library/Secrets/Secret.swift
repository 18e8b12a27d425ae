/// A password or key that never prints itself.
///
/// Whatever a log line, an error or a debugger makes of it says `•••`; only
/// ``revealed`` gives the text, so that a search for that word finds every use.
package struct Secret: Sendable {
    package let revealed: String

    package init(_ text: String) { revealed = text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package static let mask = "•••"

    package var description: String { Self.mask }
    package var debugDescription: String { Self.mask }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
