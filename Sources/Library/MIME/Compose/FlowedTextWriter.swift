internal import Text

/// Breaks long lines so that programs that know `format=flowed` put them together again. RFC 3676.
///
/// A paragraph is read as it was written in a wide window, in a narrow one
/// and on a telephone, and a program that knows nothing of this shows lines of
/// at most 72 columns. Between Japanese letters there is no space to break at:
/// then every break has a space of its own, which `delsp=yes` takes out again.
/// ``FlowedText`` is the other way round.
enum FlowedTextWriter {
    /// RFC 3676 section 4.2 allows 78; some room for marks of quotation.
    private static let widest = 72

    /// Lines ended by CRLF, and whether a break brought a space of its own.
    static func write(_ lines: [String]) -> (text: String, deletesSpace: Bool) {
        let deletesSpace = lines.contains { $0.unicodeScalars.contains(where: LineBreaking.isIdeographic) }
        var text = ""
        for line in lines {
            for piece in pieces(of: line) {
                text += stuffed(piece, isFirst: piece.startIndex == line.startIndex)
                if deletesSpace, piece.endIndex < line.endIndex { text += " " }
                text += "\r\n"
            }
        }
        return (text, deletesSpace)
    }

    /// Quoted lines and those that are short are one piece.
    private static func pieces(of line: String) -> [Substring] {
        guard !line.hasPrefix(">") else { return [line[...]] }
        return LineBreaking.pieces(of: line, columns: widest).reduce(into: []) { pieces, piece in
            // Alone on its line this would be read as what comes before a signature.
            if let last = pieces.last, last == "-- " {
                pieces[pieces.count - 1] = line[last.startIndex..<piece.endIndex]
            } else {
                pieces.append(piece)
            }
        }
    }

    /// RFC 3676 section 4.4; what was quoted in the text itself stays quoted.
    private static func stuffed(_ piece: Substring, isFirst: Bool) -> String {
        let isMistakable =
            piece.hasPrefix(" ") || piece.hasPrefix("From ") || piece.hasPrefix(">") && !isFirst
        return (isMistakable ? " " : "") + piece
    }
}
