/// Why a secret could not be had, and what its keeper should do.
///
/// Names files and commands' exit codes, never a word of what was read.
package struct SecretError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// No such file in any of the places.
        case missing
        /// Group or others may read or write it, or it belongs to somebody else.
        case exposed
        /// A link, a directory or a device where a file belongs; or no permission.
        case unreadable
        /// Empty, too long, of several lines, or no text.
        case unusable
        case commandFailed
        case timedOut
    }

    package let code: Code
    /// One sentence or two, with what to do.
    package let description: String

    /// A command may find its server or its key again; a file does not mend itself.
    package var isTransient: Bool {
        switch code {
        case .commandFailed, .timedOut: true
        case .missing, .exposed, .unreadable, .unusable: false
        }
    }
}
