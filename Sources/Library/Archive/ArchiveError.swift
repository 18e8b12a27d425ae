/// Why a container gave less than all its members.
///
/// Thrown inside the child, and told to the parent as an ``UnwrapEnding``:
/// the words are the parser's, or ours where the parser is.
package struct ArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
    package let code: UnwrapEnding
    /// What we were doing, in the words of the format's specification.
    package let doing: String
    /// What the library said.
    package let words: String

    package var isTransient: Bool { code.isTransient }
    package var description: String { words.isEmpty ? doing : "\(doing): \(words)" }

    init(_ code: UnwrapEnding, _ doing: String, words: String = "") {
        self.code = code
        self.doing = doing
        self.words = words
    }
}
