internal import Text

/// A pattern for names with `*`, `?` and `[ _-]`; case and Unicode form don't count.
///
/// Matched in time proportional to pattern times name, whatever either holds:
/// names come from strangers.
package struct NamePattern: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    private let tokens: [Token]

    private enum Token: Hashable, Sendable {
        case any
        case one
        case scalar(Unicode.Scalar)
        case set([ClosedRange<Unicode.Scalar>], negated: Bool)
    }

    /// Nil when a `[` has no end, or the pattern is empty or longer than 256 characters.
    package init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= 1024 else { return nil }
        var tokens: [Token] = []
        var rest = Array(text.nameKey.unicodeScalars)[...]
        while let next = rest.popFirst() {
            switch next {
            case "*": if tokens.last != .any { tokens.append(.any) }
            case "?": tokens.append(.one)
            case "[":
                guard let set = Self.set(from: &rest) else { return nil }
                tokens.append(set)
            default: tokens.append(.scalar(next))
            }
        }
        self.text = text
        self.tokens = tokens
    }

    package var description: String { text }

    package func matches(_ name: String) -> Bool {
        let scalars = Array(name.nameKey.unicodeScalars)
        var token = 0
        var position = 0
        // Where to go on when what follows the last star doesn't fit.
        var star: (token: Int, position: Int)?
        while position < scalars.count {
            if token < tokens.count, tokens[token] == .any {
                star = (token, position)
                token += 1
            } else if token < tokens.count, Self.fits(tokens[token], scalars[position]) {
                token += 1
                position += 1
            } else if let last = star {
                star = (last.token, last.position + 1)
                token = last.token + 1
                position = last.position + 1
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .any }
    }

    private static func fits(_ token: Token, _ scalar: Unicode.Scalar) -> Bool {
        switch token {
        case .any, .one: true
        case .scalar(let wanted): wanted == scalar
        case .set(let ranges, let negated): ranges.contains { $0.contains(scalar) } != negated
        }
    }

    /// What stands between `[` and `]`: scalars, and ranges `a-z`; `!` or `^` first means none of them.
    private static func set(from rest: inout ArraySlice<Unicode.Scalar>) -> Token? {
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var negated = false
        if rest.first == "!" || rest.first == "^" {
            negated = true
            rest.removeFirst()
        }
        var isFirst = true
        while let next = rest.popFirst() {
            if next == "]", !isFirst { return .set(ranges, negated: negated) }
            isFirst = false
            if rest.first == "-", rest.count > 1, rest[rest.startIndex + 1] != "]" {
                rest.removeFirst()
                let end = rest.removeFirst()
                guard next <= end else { return nil }
                ranges.append(next...end)
            } else {
                ranges.append(next...next)
            }
        }
        return nil
    }
}
