internal import Text

/// One thing between blanks of a query: `-from:"Sabine Hofmann"`.
struct SearchWord {
    /// Before the colon, folded; nil where there is none, or what looks like one is none.
    let name: String?
    let value: String
    let isQuoted: Bool
    let isExcluded: Bool
    /// All of it, without the minus and the quotation marks.
    let whole: String
    private let range: Range<String.Index>

    /// The query with another operator, or another value, in this word's place.
    func replacing(name: String, value: String? = nil, in text: String) -> String {
        let mark = isQuoted ? "\"" : ""
        let word = (isExcluded ? "-" : "") + name + ":" + mark + (value ?? self.value) + mark
        return text.replacing(range, with: word)
    }

    static func all(in text: String) -> [SearchWord] {
        var words: [SearchWord] = []
        var position = text.startIndex
        while position < text.endIndex {
            if text[position].isWhitespace {
                position = text.index(after: position)
            } else {
                words.append(read(text, &position))
            }
        }
        return words
    }

    private static func read(_ text: String, _ position: inout String.Index) -> SearchWord {
        let start = position
        var isExcluded = false
        let behind = text.index(after: position)
        if minus.contains(text[position]), behind < text.endIndex, !text[behind].isWhitespace {
            isExcluded = true
            position = behind
        }
        var name: String?
        var value = ""
        var isQuoted = false
        let first = position
        while position < text.endIndex, !text[position].isWhitespace {
            let character = text[position]
            if quotes.contains(character), value.isEmpty, !isQuoted {
                isQuoted = true
                position = text.index(after: position)
                value = String(text[position...].prefix { !quotes.contains($0) })
                position = text.index(position, offsetBy: value.count)
                if position < text.endIndex { position = text.index(after: position) }
                break
            }
            position = text.index(after: position)
            if colons.contains(character), name == nil, isName(value), !isAddress(text[position...]) {
                name = value.nfkc.caseFolded
                value = ""
            } else {
                value.append(character)
            }
        }
        let whole = name == nil ? value : String(text[first..<position])
        return SearchWord(
            name: name, value: value, isQuoted: isQuoted, isExcluded: isExcluded, whole: whole,
            range: start..<position)
    }

    private static let minus: Set<Character> = ["-", "\u{2212}", "\u{FF0D}"]
    private static let colons: Set<Character> = [":", "："]
    private static let quotes: Set<Character> = ["\"", "„", "“", "”", "«", "»", "「", "」", "＂"]

    /// Letters alone: 10:30 is a time.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.count <= 20 && text.allSatisfy(\.isLetter)
    }

    /// `https://…` is no operator.
    private static func isAddress(_ rest: Substring) -> Bool { rest.hasPrefix("//") }
}

extension String {
    fileprivate func replacing(_ range: Range<String.Index>, with other: String) -> String {
        String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
