/// A file or directory that could not be read at all.
package struct TOMLError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        case missing, notReadable, notAFile, tooLarge
    }

    package let code: Code
    /// A sentence without a full stop.
    package let description: String

    /// Whether the same call may work later without anybody's doing.
    package var isTransient: Bool { false }
}
