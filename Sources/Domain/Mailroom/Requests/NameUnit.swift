/// Letters and digits that belong together: `rechnung`, or `w` and `2` of `W-2`.
struct NameUnit: Hashable {
    let tokens: [String]

    /// Without joints, but between digits, where they mean something: `w2`, `2025-11`.
    let squeezed: String

    init(_ tokens: [String]) {
        self.tokens = tokens
        squeezed = tokens.reduce("") { text, token in
            let isBetweenDigits = text.last?.isNumber == true && token.first?.isNumber == true
            return text + (isBetweenDigits ? "-" : "") + token
        }
    }

    /// The words that it consists of, where it consists of nothing else: `w-2-2025` of `w-2` and `2025`.
    func covering(_ words: [NameUnit]) -> [NameUnit]? {
        var found: [NameUnit] = []
        var rest = tokens[...]
        let longestFirst = words.sorted { $0.tokens.count > $1.tokens.count }
        while !rest.isEmpty {
            guard let word = longestFirst.first(where: { rest.starts(with: $0.tokens) }) else { return nil }
            found.append(word)
            rest = rest.dropFirst(word.tokens.count)
        }
        return found.count > 1 ? found : nil
    }
}

/// A folded text on its way to units.
struct NameText {
    private let characters: [Character]

    init(_ folded: String) { characters = Array(folded) }

    /// What stands between spaces and signs that join nothing.
    var chunks: [Substring] {
        String(characters).split { !($0.isWord || $0.isUnspaced || $0.isJoint) }.map { chunk in
            var chunk = chunk
            while chunk.first?.isJoint == true { chunk.removeFirst() }
            while chunk.last?.isJoint == true { chunk.removeLast() }
            return chunk
        }.filter { !$0.isEmpty }
    }

    /// Runs of letters and digits, with those that a joint joins to them.
    var units: [NameUnit] {
        var units: [NameUnit] = []
        var tokens: [String] = []
        var token = ""
        func isWord(_ index: Int) -> Bool { characters.indices.contains(index) && characters[index].isWord }
        func endToken() {
            if !token.isEmpty { tokens.append(token) }
            token = ""
        }
        func endUnit() {
            endToken()
            if !tokens.isEmpty { units.append(NameUnit(tokens)) }
            tokens = []
        }
        for (index, character) in characters.enumerated() {
            if character.isWord {
                if character.isNumber, isDatedWord(token, digitsFrom: index) { endUnit() }
                token.append(character)
            } else if character.isJoint, isWord(index - 1), isWord(index + 1) {
                endToken()
            } else if character == ".", isWord(index - 1), token.allSatisfy(\.isNumber), tokens.isEmpty,
                index + 1 < characters.count
            {
                // `2. November`: an ordinal is no number of a document.
                token.append(character)
                endUnit()
            } else {
                endUnit()
            }
        }
        endUnit()
        return units
    }

    /// As ``units``; in a name that has hyphens for spaces, `rechnung-november-2025`, words are apart.
    var fileUnits: [NameUnit] {
        let units = units
        guard units.count == 1, !characters.contains(where: { $0 == " " || $0 == "_" }) else { return units }
        var words: [NameUnit] = []
        var open: [String] = []
        for token in units[0].tokens {
            if let last = open.last, last.count >= 4, token.count >= 4,
                !(last.allSatisfy(\.isNumber) && token.allSatisfy(\.isNumber))
            {
                words.append(NameUnit(open))
                open = []
            }
            open.append(token)
        }
        return words + (open.isEmpty ? [] : [NameUnit(open)])
    }

    /// `rechnung2025`, `kontoauszug202511`: a word with a date right behind it.
    private func isDatedWord(_ word: String, digitsFrom index: Int) -> Bool {
        guard word.count >= 4, word.allSatisfy(\.isLetter) else { return false }
        let digits = characters[index...].prefix(while: \.isNumber)
        let isEnd = !(characters.dropFirst(index + digits.count).first?.isWord ?? false)
        return [4, 6, 8].contains(digits.count) && isEnd
            && (digits.starts(with: "20") || digits.starts(with: "19"))
    }
}

extension Character {
    /// A letter or digit of a script that writes spaces.
    fileprivate var isWord: Bool { (isLetter || isNumber) && !isUnspaced }

    /// What joins two words to one: `W-2`, `11.2025`, `R+V`.
    fileprivate var isJoint: Bool { "-./+&".contains(self) }

    /// Of a script that writes no spaces: Han, kana.
    var isUnspaced: Bool { String(self).utf16.first?.isUnspaced ?? false }
}

extension UInt16 {
    /// Han, kana, and what lies beyond the first plane.
    var isUnspaced: Bool {
        switch self {
        case 0x3005...0x3007, 0x3040...0x30fa, 0x30fc...0x30ff, 0x31f0...0x31ff, 0x3400...0x4dbf,
            0x4e00...0x9fff,
            0xd800...0xdfff, 0xf900...0xfaff:
            true
        default: false
        }
    }

    var isDigit: Bool { (48...57).contains(self) }
    var isJoint: Bool { [0x2d, 0x2e, 0x2f].contains(self) }
    var isAlphanumeric: Bool { isDigit || (65...90).contains(self) || (97...122).contains(self) }
}
