/// A folder with words in braces: `{default}/{year}/{month} E-Mail`.
package struct FolderTemplate: Hashable, Sendable {
    package enum Word: String, Hashable, Sendable, CaseIterable {
        case `default`, year, month
        case monthName = "month_name"
    }

    package enum Piece: Hashable, Sendable {
        case literal(String)
        case word(Word)
    }

    /// One list for each folder, from the top; none of them is empty.
    package let components: [[Piece]]
    /// As written.
    package let text: String

    /// What keeps a text from being a template, and the part that is to blame.
    struct Refusal: Error, Hashable {
        let message: String
        let part: String
        let hint: String?
    }

    package static let deepest = 16

    init(_ text: String) throws(Refusal) {
        self.text = text
        var components: [[Piece]] = []
        for part in text.split(separator: "/", omittingEmptySubsequences: false) {
            guard !part.isEmpty else {
                throw Refusal(
                    message: "a folder without a name", part: text.hasPrefix("/") ? "/" : "//",
                    hint: "folders begin in the account: no / at the beginning or the end, no //")
            }
            guard part != ".", part != ".." else {
                throw Refusal(message: "“\(part)” is no folder", part: String(part), hint: nil)
            }
            let isControl: (Unicode.Scalar) -> Bool = { $0.value < 32 || $0.value == 127 }
            guard !part.unicodeScalars.contains(where: isControl) else {
                throw Refusal(
                    message: "a control character in a folder's name", part: String(part), hint: nil)
            }
            components.append(try Self.pieces(part, isFirst: components.isEmpty))
        }
        guard components.count <= Self.deepest else {
            throw Refusal(message: "more than \(Self.deepest) folders deep", part: text, hint: nil)
        }
        self.components = components
    }

    private static func pieces(_ part: Substring, isFirst: Bool) throws(Refusal) -> [Piece] {
        var pieces: [Piece] = []
        var rest = part
        while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[brace] == "{", let end = rest[brace...].firstIndex(of: "}") else {
                throw Refusal(
                    message: "a brace without its partner", part: String(rest[brace...]),
                    hint: "words are \(all)")
            }
            if brace > rest.startIndex { pieces.append(.literal(String(rest[..<brace]))) }
            let written = String(rest[brace...end])
            let name = String(written.dropFirst().dropLast())
            guard let word = Word(rawValue: name) else {
                let near = Suggestion.nearest(to: name, among: Word.allCases.map(\.rawValue))
                throw Refusal(
                    message: "there is no \(written)", part: written,
                    hint: near.map { "did you mean {\($0)}?" } ?? "words are \(all)")
            }
            guard word != .default || (isFirst && written == part) else {
                throw Refusal(
                    message: "{default} is a whole folder, and the first", part: written,
                    hint: "write {default}/…")
            }
            pieces.append(.word(word))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { pieces.append(.literal(String(rest))) }
        return pieces
    }

    private static var all: String {
        Word.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
    }
}
