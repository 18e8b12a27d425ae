/// What somebody typed as a name, of themselves or of a file, before anybody else reads it.
///
/// It is shown as if it were a name: so it is one line, not long, and no
/// program takes a piece of it for a link.
package struct TypedName: Hashable, Sendable {
    /// Empty: there was nothing in it that could be a name.
    package let text: String

    private static let longest = 80
    private static let longestFile = 120

    /// Of a person.
    package init(_ typed: String) {
        let words = Self.words(typed).filter { word in
            let lower = word.lowercased()
            return !lower.contains("://") && !lower.contains("www.") && !lower.contains("@")
        }
        text = Self.line(words, Self.longest)
    }

    /// Of a file: its ending stays what it is.
    package init(file typed: String) {
        let words = Self.words(typed)
        let pieces = words.last?.split(separator: ".", omittingEmptySubsequences: false) ?? []
        guard pieces.count > 1, let ending = pieces.last, (1...8).contains(ending.count) else {
            text = Self.line(words, Self.longestFile)
            return
        }
        let last = pieces.dropLast().joined(separator: ".")
        text = Self.line(words.dropLast() + [last], Self.longestFile) + "." + ending
    }

    private static func line(_ words: [String], _ longest: Int) -> String {
        let all = words.map(apart).joined(separator: " ")
        return all.prefix(longest).split(separator: " ").joined(separator: " ")
    }

    /// Without what has no place on a line, or can't be seen.
    private static func words(_ typed: String) -> [String] {
        var text = String.UnicodeScalarView()
        for scalar in typed.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: text.append(" ")
            case .format, .surrogate, .privateUse, .unassigned: break
            default: text.append(scalar)
            }
        }
        return String(text).split(separator: " ").map(String.init)
    }

    /// `evil.example` with a space in it; `Dr.` and `2025.01` stay.
    private static func apart(_ word: String) -> String {
        let pieces = word.split(separator: ".", omittingEmptySubsequences: false)
        return pieces.dropFirst().reduce(String(pieces.first ?? "")) { text, piece in
            text + (piece.first?.isLetter == true ? ". " : ".") + piece
        }
    }
}
