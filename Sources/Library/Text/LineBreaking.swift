/// Where a line of text may be broken: after a space, and between ideographs.
///
/// UAX #14 as far as letters of ours need it: no line of Japanese begins with
/// what closes or ends with what opens, and an address of a page is never broken.
package enum LineBreaking {
    /// Pieces of at most so many columns, where words let them; together they are the line.
    package static func pieces(of line: String, columns: Int) -> [Substring] {
        var pieces: [Substring] = []
        var start = line.startIndex
        var breakable: String.Index?
        var width = 0
        var sinceBreak = 0
        var index = line.startIndex
        while index < line.endIndex {
            let letter = line[index]
            let next = line.index(after: index)
            let letterWidth = DisplayWidth.of(String(letter))
            // A space may stand beyond the edge.
            if width + letterWidth > columns, letter != " ", let place = breakable, place > start {
                pieces.append(line[start..<place])
                start = place
                width = sinceBreak
                breakable = nil
            }
            width += letterWidth
            sinceBreak += letterWidth
            if next < line.endIndex, mayBreak(between: letter, and: line[next]) {
                breakable = next
                sinceBreak = 0
            }
            index = next
        }
        if start < line.endIndex || pieces.isEmpty { pieces.append(line[start...]) }
        return pieces
    }

    private static func mayBreak(between letter: Character, and next: Character) -> Bool {
        if letter == " " { return next != " " }
        guard let one = letter.unicodeScalars.first, let other = next.unicodeScalars.first,
            isIdeographic(one) || isIdeographic(other)
        else { return false }
        if next == " " || one.value < 0x80 && other.value < 0x80 { return false }
        return !neverLast.contains(letter) && !neverFirst.contains(next)
    }

    /// Kana, kanji and the signs that go with them.
    package static func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0x30FF, 0x31F0...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFF60, 0x20000...0x3FFFD: true
        default: false
        }
    }

    private static let neverFirst: Set<Character> = Set(
        "、。，．・：；？！）］｝〕〉》」』】ーゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ”’%)]}.,:;?!…‥")
    private static let neverLast: Set<Character> = Set("（［｛〔〈《「『【“‘([{¥￥＄$")
}
