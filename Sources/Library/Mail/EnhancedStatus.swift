/// What became of a message, more exactly than a ``ReplyCode`` can say: `5.1.1`. RFC 3463 section 2.
package struct EnhancedStatus: Hashable, Sendable, CustomStringConvertible {
    package enum Class: UInt16, Hashable, Sendable {
        case success = 2
        case persistentTransient = 4
        case permanent = 5
    }

    package let `class`: Class
    /// Of what the status speaks: 1 the address, 2 the mailbox, 3 the system, 7 policy.
    package let subject: UInt16
    package let detail: UInt16

    package init(_ class: Class, _ subject: UInt16, _ detail: UInt16) {
        self.class = `class`
        self.subject = subject
        self.detail = detail
    }

    /// Reads `5.1.1` and nothing else; each number has at most three digits.
    package init?(_ text: some StringProtocol) {
        let pieces = text.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count == 3 else { return nil }
        let numbers = pieces.compactMap { piece in
            (1...3).contains(piece.utf8.count) && piece.utf8.allSatisfy { (48...57).contains($0) }
                ? UInt16(piece) : nil
        }
        guard numbers.count == 3, let kind = Class(rawValue: numbers[0]) else { return nil }
        self.init(kind, numbers[1], numbers[2])
    }

    package var description: String { "\(`class`.rawValue).\(subject).\(detail)" }
}
