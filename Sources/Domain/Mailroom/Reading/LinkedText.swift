/// A stretch of a line that may lead somewhere.
package enum LinkedText: Hashable, Sendable {
    case text(String)
    /// - Parameter address: `https:`, `http:`, `mailto:`.
    case link(String, address: String)

    /// The addresses in a line, and what stands between them. Linear in its length.
    package static func pieces(of line: some StringProtocol) -> [LinkedText] {
        // Most lines hold none.
        guard line.utf8.contains(58) || line.utf8.contains(64) || line.utf8.contains(119) else {
            return line.isEmpty ? [] : [.text(String(line))]
        }
        let scalars = Array(line.unicodeScalars)
        var pieces: [LinkedText] = []
        var (start, index) = (0, 0)
        func string(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
        func add(_ range: Range<Int>, _ prefix: String) {
            if start < range.lowerBound { pieces.append(.text(string(start..<range.lowerBound))) }
            pieces.append(.link(string(range), address: prefix + string(range)))
            (start, index) = (range.upperBound, range.upperBound)
        }
        while index < scalars.count {
            switch scalars[index] {
            case "h", "H", "w", "W":
                let isInWord = index > start && isWord(scalars[index - 1])
                if !isInWord, let (length, prefix) = opening(scalars[index...]) {
                    let end = addressEnd(scalars, from: index + length)
                    if end > index + length {
                        add(index..<end, prefix)
                        continue
                    }
                }
            case "@":
                if let range = mailbox(scalars, around: index, from: start) {
                    add(range, "mailto:")
                    continue
                }
            default: break
            }
            index += 1
        }
        if start < scalars.count { pieces.append(.text(string(start..<scalars.count))) }
        return pieces
    }

    private static func opening(_ rest: ArraySlice<Unicode.Scalar>) -> (length: Int, prefix: String)? {
        for (text, prefix) in [("https://", ""), ("http://", ""), ("www.", "https://")] {
            let length = text.unicodeScalars.count
            if rest.count > length,
                String(String.UnicodeScalarView(rest.prefix(length))).lowercased() == text
            {
                return (length, prefix)
            }
        }
        return nil
    }

    /// Where an address ends: before what can be in none, and before the sentence's own signs.
    private static func addressEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
        var end = start
        var brackets = 0
        while end < scalars.count, end - start < 2000 {
            let scalar = scalars[end]
            // Japanese goes on without a blank.
            guard scalar.value > 0x20, scalar.value < 0x2E80, !scalar.properties.isWhitespace,
                !"<>\"“”„‹›«»`|\\^{}\u{7F}".unicodeScalars.contains(scalar)
            else { break }
            if scalar == "(" { brackets += 1 }
            if scalar == ")" {
                if brackets == 0 { break }
                brackets -= 1
            }
            end += 1
        }
        while end > start, ".,;:!?'*_]".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
        return end
    }

    private static func mailbox(
        _ scalars: [Unicode.Scalar], around sign: Int, from start: Int
    ) -> Range<Int>? {
        var first = sign
        while first > start, sign - first < 64,
            isWord(scalars[first - 1]) || "._%+-".unicodeScalars.contains(scalars[first - 1])
        {
            first -= 1
        }
        while first < sign, ".-".unicodeScalars.contains(scalars[first]) { first += 1 }
        var end = sign + 1
        while end < scalars.count, end - sign < 254,
            isWord(scalars[end]) || scalars[end] == "." || scalars[end] == "-"
        {
            end += 1
        }
        while end > sign, ".-".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
        guard first < sign, scalars[(sign + 1)..<max(end, sign + 1)].contains(".") else { return nil }
        return first..<end
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
    }
}
