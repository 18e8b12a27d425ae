/// Why a message could not be written.
package struct ComposeError: Error, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// An address that no header field may hold.
        case address
        /// A message without a sender, or without a recipient in its header.
        case incomplete
        /// A Message-ID that no header field may hold.
        case messageID
        /// A content that has another number of octets than was said.
        case content
    }

    package let code: Code
    /// A sentence for people; never of the body.
    package let words: String

    init(_ code: Code, _ words: String) {
        self.code = code
        self.words = words
    }

    /// The same message will fail again.
    package var isTransient: Bool { false }
    package var description: String { words }
}
