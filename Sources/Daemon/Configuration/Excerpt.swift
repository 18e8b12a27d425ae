internal import TOML
internal import Text

/// A line of a file as it is shown under a mistake, with carets under the wrong word.
///
/// Whatever follows a key that sounds like a password is masked, control
/// characters are shown as pictures, and a long line is cut to the part that
/// matters.
package struct Excerpt: Hashable, Sendable {
    package let text: String
    /// Blanks (and the line's own tabs) up to the first caret.
    let padding: String
    let carets: String

    private static let widest = 140

    init(_ source: SourceText, _ span: Span) {
        var scalars = Array(source.line(span.line).unicodeScalars)
        var first = min(max(0, span.column - 1), scalars.count)
        var last = span.endLine == span.line ? span.endColumn - 1 : scalars.count
        if let secret = source.secretColumn(line: span.line), secret <= scalars.count {
            scalars = scalars.prefix(secret - 1) + Array("•••".unicodeScalars)
            first = min(first, secret - 1)
            last = last > secret - 1 ? scalars.count : last
        }
        last = min(max(last, first + 1), max(scalars.count, first + 1))
        var cutFront = false
        if scalars.count > Self.widest {
            let start = first > 100 ? first - 40 : 0
            let end = min(scalars.count, start + Self.widest)
            cutFront = start > 0
            let cutBack = end < scalars.count
            scalars = (cutFront ? ["…"] : []) + scalars[start..<end] + (cutBack ? ["…"] : [])
            let shift = start - (cutFront ? 1 : 0)
            first -= shift
            last = min(last - shift, scalars.count)
        }
        text = scalars.map { $0 == "\t" ? "\t" : Self.printable(String($0)) }.joined()
        padding = scalars.prefix(first).map { scalar in
            scalar == "\t" ? "\t" : String(repeating: " ", count: DisplayWidth.of(scalar))
        }.joined()
        let marked = scalars.dropFirst(first).prefix(last - first).reduce(0) { $0 + DisplayWidth.of($1) }
        carets = String(repeating: "^", count: max(1, marked))
    }

    /// Control characters as their pictures, so that no file can steer a terminal.
    static func printable(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<32: shown.append(picture(scalar.value))
            case 127: shown.append("\u{2421}")
            case 0x80..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
                shown.append("\u{FFFD}")
            default: shown.append(scalar)
            }
        }
        return String(shown)
    }

    private static func picture(_ value: UInt32) -> Unicode.Scalar {
        Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}"
    }
}
