/// Which strings may be names of files.
///
/// The last line of defence: names that come by mail were cleaned long
/// before, and whatever gets here wrong is refused, never repaired.
package enum PathComponent {
    /// One component that stays where it is: not empty, `.` or `..`, no `/`, no control characters, 255 octets.
    package static func isSafe(_ name: String) -> Bool {
        let octets = name.utf8
        return !octets.isEmpty && octets.count <= 255 && name != "." && name != ".."
            && octets.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") }
    }

    /// A path that the system will read to its end: a NUL would cut it short unseen.
    static func isPath(_ path: String) -> Bool { !path.isEmpty && !path.utf8.contains(0) }
}
