package import Mail

/// Reads address lists: From, To, Cc and their kind. RFC 5322 section 3.4, with the obsolete forms of 4.4.
///
/// Names are decoded only after the addresses have been found: an encoded
/// word can hold `<someone@else.example>`, and that is a name, never an
/// address. What cannot be read is counted and left out, for an address that
/// two readers would read in two ways must not be matched.
package struct AddressParser {
    private struct Word {
        var octets: [UInt8]
        let isQuoted: Bool
        let hasSpaceBefore: Bool
    }

    private enum Token {
        case word(Word)
        case comment([UInt8])
        /// One of `< > , ; : @`.
        case special(UInt8)
    }

    package private(set) var addresses: [NamedAddress] = []
    /// Pieces between commas that are no address.
    package private(set) var unreadable = 0

    private let limit: Int
    private var piece: [Token] = []

    package init(_ value: ArraySlice<UInt8>, limit: Int = ParserLimits().addresses) {
        self.limit = limit
        var scanner = Scanner(rest: value)
        var isInAngle = false
        // `<@one,@two:` before the address: there a comma ends nothing. RFC 5322 section 4.4.
        var isRoute = false
        var isAfterOpening = false
        while addresses.count < limit, let token = scanner.next() {
            defer { isAfterOpening = isSpecial(token, "<") }
            if case .special(let sign) = token {
                switch sign {
                case UInt8(ascii: "<"):
                    isInAngle = true
                    isRoute = false
                case UInt8(ascii: ">"): isInAngle = false
                case UInt8(ascii: "@") where isAfterOpening: isRoute = true
                case UInt8(ascii: ":") where !isInAngle:
                    // A group's name: what follows, up to the semicolon, is an ordinary list.
                    piece = []
                    continue
                case UInt8(ascii: ",") where !isInAngle || !isRoute, UInt8(ascii: ";"):
                    isInAngle = false
                    endPiece()
                    continue
                default: break
                }
            }
            piece.append(token)
        }
        endPiece()
    }

    private func isSpecial(_ token: Token, _ sign: Unicode.Scalar) -> Bool {
        if case .special(let octet) = token { return octet == UInt8(ascii: sign) }
        return false
    }

    private mutating func endPiece() {
        defer { piece = [] }
        guard piece.contains(where: { if case .comment = $0 { false } else { true } }) else { return }
        guard let open = piece.firstIndex(where: { isSpecial($0, "<") }) else {
            readBare(piece)
            return
        }
        let name = phrase(piece[..<open])
        var rest = piece[open...]
        var found = 0
        while let start = rest.firstIndex(where: { isSpecial($0, "<") }) {
            let after = rest[(start + 1)...]
            let end = after.firstIndex { isSpecial($0, ">") } ?? after.endIndex
            if let address = address(withoutRoute(after[..<end])) {
                addresses.append(NamedAddress(name: found == 0 ? name : nil, address: address))
            } else if end > after.startIndex {
                unreadable += 1
            }
            found += 1
            rest = after[min(end + 1, after.endIndex)...]
        }
    }

    private func withoutRoute(_ tokens: ArraySlice<Token>) -> ArraySlice<Token> {
        guard let first = tokens.first, isSpecial(first, "@"),
            let colon = tokens.lastIndex(where: { isSpecial($0, ":") })
        else { return tokens }
        return tokens[(colon + 1)...]
    }

    /// An address without brackets: `a@b`, `a@b (Name)`, and wrongly `Some Name a@b`.
    private mutating func readBare(_ piece: [Token]) {
        let tokens = piece.filter { if case .comment = $0 { false } else { true } }
        var start = 0
        if let at = tokens.firstIndex(where: { isSpecial($0, "@") }) {
            // The local part is the last word before the sign, with what its dots tie to it.
            start = at
            while start > 0, case .word(let word) = tokens[start - 1] {
                start -= 1
                guard start > 0, case .word(let before) = tokens[start - 1],
                    !word.hasSpaceBefore || word.octets.first == 46 || before.octets.last == 46
                else { break }
            }
        }
        guard let address = address(tokens[start...]) else {
            unreadable += 1
            return
        }
        let isNamed = tokens[..<start].contains { if case .word = $0 { true } else { false } }
        if isNamed { unreadable += 1 }
        addresses.append(
            NamedAddress(name: isNamed ? phrase(tokens[..<start]) : comment(piece), address: address))
    }

    /// `local@domain` and nothing else; comments don't count.
    private func address(_ tokens: ArraySlice<Token>) -> EmailAddress? {
        var halves: [[Word]] = [[]]
        for token in tokens {
            switch token {
            case .comment: continue
            case .word(let word): halves[halves.count - 1].append(word)
            case .special(let sign):
                guard sign == UInt8(ascii: "@"), halves.count == 1 else { return nil }
                halves.append([])
            }
        }
        guard halves.count == 2, let local = joined(halves[0]), let domain = joined(halves[1]),
            !halves[1].contains(where: \.isQuoted)
        else { return nil }
        return EmailAddress(localPart: CharsetDecoder.guess(local), domain: CharsetDecoder.guess(domain))
    }

    /// Words that dots or nothing at all hold together.
    private func joined(_ words: [Word]) -> [UInt8]? {
        var octets: [UInt8] = []
        for (index, word) in words.enumerated() {
            if index > 0, word.hasSpaceBefore, octets.last != 46, word.octets.first != 46 { return nil }
            octets += word.octets
        }
        return octets
    }

    private func phrase(_ tokens: ArraySlice<Token>) -> String? {
        var octets: [UInt8] = []
        for token in tokens {
            switch token {
            case .comment: continue
            case .special(let sign): octets.append(sign)
            case .word(let word):
                if word.hasSpaceBefore, !octets.isEmpty { octets.append(32) }
                octets += word.octets
            }
        }
        let name = EncodedWords.decode(octets[...]).trimmed
        return name.isEmpty ? comment(Array(tokens)) : name
    }

    private func comment(_ tokens: [Token]) -> String? {
        for case .comment(let octets) in tokens {
            let name = EncodedWords.decode(octets[...]).trimmed
            if !name.isEmpty { return name }
        }
        return nil
    }

    // MARK: - Tokens

    /// Cuts a field value into words, comments and signs. RFC 5322 section 3.2.
    private struct Scanner {
        var rest: ArraySlice<UInt8>
        private static let signs = Array("<>,;:@".utf8)

        mutating func next() -> Token? {
            var hasSpace = false
            while let octet = rest.first, octet.isFoldingSpace || octet == 0 {
                rest = rest.dropFirst()
                hasSpace = true
            }
            guard let octet = rest.first else { return nil }
            if Self.signs.contains(octet) {
                rest = rest.dropFirst()
                return .special(octet)
            }
            switch octet {
            case UInt8(ascii: "\""):
                return .word(Word(octets: quoted(), isQuoted: true, hasSpaceBefore: hasSpace))
            case UInt8(ascii: "("): return .comment(comment())
            default: return .word(Word(octets: atom(), isQuoted: false, hasSpaceBefore: hasSpace))
            }
        }

        private mutating func quoted() -> [UInt8] {
            rest = rest.dropFirst()
            var octets: [UInt8] = []
            while let octet = rest.popFirst(), octet != UInt8(ascii: "\"") {
                if octet == 27 {
                    octets.append(octet)
                    octets += escaped()
                } else if octet == UInt8(ascii: "\\"), let next = rest.popFirst() {
                    octets.append(next)
                } else if octet != 13, octet != 10 {
                    octets.append(octet)
                }
            }
            return octets
        }

        private mutating func comment() -> [UInt8] {
            var octets: [UInt8] = []
            var depth = 0
            while let octet = rest.popFirst() {
                if octet == UInt8(ascii: "\\"), let next = rest.popFirst() {
                    octets.append(next)
                    continue
                }
                if octet == UInt8(ascii: ")") { depth -= 1 }
                if depth == 0, octet == UInt8(ascii: ")") { return octets }
                if depth > 0 { octets.append(octet) }
                if octet == UInt8(ascii: "(") { depth += 1 }
            }
            return octets
        }

        /// Up to the next sign or space; an encoded word and a domain literal whole, whatever is in them.
        private mutating func atom() -> [UInt8] {
            if let length = encodedWord() ?? literal() {
                defer { rest = rest.dropFirst(length) }
                return Array(rest.prefix(length))
            }
            var octets: [UInt8] = []
            while let octet = rest.first, !octet.isFoldingSpace, octet != UInt8(ascii: "("),
                octet != UInt8(ascii: "\""), !Self.signs.contains(octet)
            {
                octets.append(octet)
                rest = rest.dropFirst()
                if octet == 27 { octets += escaped() }
            }
            return octets
        }

        /// After an ESC: raw ISO-2022-JP up to where it turns back, for its second halves look like signs.
        private mutating func escaped() -> [UInt8] {
            let text: ArraySlice<UInt8>
            switch rest.first {
            case UInt8(ascii: "$"): text = rest.prefix { $0 != 27 && $0 != 10 }
            case UInt8(ascii: "("): text = rest.prefix(2)
            default: return []
            }
            rest = rest.dropFirst(text.count)
            return Array(text)
        }

        private func encodedWord() -> Int? {
            guard rest.starts(with: "=?".utf8) else { return nil }
            let word = rest.prefix(512).prefix { !$0.isFoldingSpace }
            var marks = 0
            for (offset, octet) in word.enumerated() {
                if octet == 63 { marks += 1 }
                if marks >= 4, octet == 61, word[word.startIndex + offset - 1] == 63 { return offset + 1 }
            }
            return nil
        }

        private func literal() -> Int? {
            guard rest.first == UInt8(ascii: "["),
                let end = rest.prefix(256).firstIndex(of: UInt8(ascii: "]"))
            else { return nil }
            return end - rest.startIndex + 1
        }
    }
}
