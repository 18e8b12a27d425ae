internal import Glibc

/// What opens a file that asks for it: told to a child on its standard input, and nowhere else.
package struct Password: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    package let octets: [UInt8]

    /// Nobody's password is longer, and all of it goes through a pipe at once.
    private static let most = 512

    /// Nil for an empty one, or one that ends a line: no program could be told it.
    package init?(_ text: String) { self.init(Array(text.utf8)) }

    private init?(_ octets: [UInt8]) {
        guard (1...Self.most).contains(octets.count), octets.allSatisfy({ $0 >= 0x20 }) else { return nil }
        self.octets = octets
    }

    package var description: String { "a password" }
    package var debugDescription: String { description }

    /// In the child; nil where nobody gave one.
    static func read(from descriptor: Int32) throws(ArchiveError) -> Password? {
        var buffer = [UInt8](repeating: 0, count: most + 1)
        let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return nil }
        guard let password = Password(Array(buffer[..<count])) else {
            throw ArchiveError(.encrypted, "reading a password")
        }
        return password
    }
}
