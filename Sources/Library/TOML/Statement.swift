/// The lines of one header or one `key = value`, found without reading them as TOML.
///
/// It is needed where TOML fails: to know how much to blank. So a line that
/// looks like the next key ends a list whose bracket was forgotten.
struct Statement: Sendable {
    let firstLine: Int
    let lastLine: Int
    /// The text between the brackets of a header; nil for a key with its value.
    let header: String?
    /// Lists of tables have two brackets.
    let isList: Bool
    /// Brackets or quotes that are open at its end.
    let isUnclosed: Bool

    /// Lines are counted from 1; blank lines and comments belong to no statement.
    static func split(_ lines: [String]) -> [Statement] {
        var statements: [Statement] = []
        var index = 0
        while index < lines.count {
            let line = Line(lines[index])
            if line.isBlank {
                index += 1
            } else if let header = line.header {
                statements.append(
                    Statement(
                        firstLine: index + 1, lastLine: index + 1, header: header.name,
                        isList: header.isList, isUnclosed: false))
                index += 1
            } else {
                let (last, isUnclosed) = end(of: index, in: lines)
                statements.append(
                    Statement(
                        firstLine: index + 1, lastLine: last + 1, header: nil, isList: false,
                        isUnclosed: isUnclosed))
                index = last + 1
            }
        }
        return statements
    }

    /// The last line of the value that begins on line `first`.
    private static func end(of first: Int, in lines: [String]) -> (last: Int, isUnclosed: Bool) {
        var scan = Scan()
        var index = first
        scan.read(lines[index])
        // `password =`, and its value on the next line: it belongs to it, also where it is to be masked.
        if !scan.isOpen, Line(lines[first]).value == nil, first + 1 < lines.count {
            let next = Line(lines[first + 1])
            if !next.isBlank, !next.looksLikeHeader, !next.looksLikeKey, Line(lines[first]).endsInSign {
                index += 1
                scan.read(lines[index])
            }
        }
        while scan.isOpen, index + 1 < lines.count {
            let next = Line(lines[index + 1])
            // Braces hold keys, texts hold anything; a list holds neither keys nor headers.
            let mayHoldKeys = scan.quotes != nil || scan.brackets.last == "{"
            let isClosed = mayHoldKeys && closes(scan, after: index, in: lines)
            if !isClosed, next.looksLikeHeader || next.looksLikeKey || scan.brackets.last == "{" { break }
            index += 1
            scan.read(lines[index])
        }
        return (index, scan.isOpen)
    }

    /// Whether what is open now is closed before the next header: else it was forgotten.
    private static func closes(_ scan: Scan, after index: Int, in lines: [String]) -> Bool {
        var scan = scan
        for line in lines[(index + 1)...].prefix(100) {
            if scan.quotes == nil, Line(line).looksLikeHeader { return false }
            scan.read(line)
            if !scan.isOpen { return true }
        }
        return false
    }
}

/// What brackets and quotes of a value are open after some of its lines.
private struct Scan {
    var brackets: [Unicode.Scalar] = []
    /// `"""` or `'''`.
    var quotes: String?

    var isOpen: Bool { !brackets.isEmpty || quotes != nil }

    mutating func read(_ line: String) {
        var rest = Substring(line).unicodeScalars[...]
        while let scalar = rest.first {
            if let open = quotes {
                if rest.starts(with: open.unicodeScalars) {
                    rest = rest.dropFirst(3)
                    quotes = nil
                } else {
                    rest = rest.dropFirst(scalar == "\\" && open.first == "\"" ? 2 : 1)
                }
                continue
            }
            switch scalar {
            case "#": return
            case "\"", "'":
                let triple = String(repeating: Character(scalar), count: 3)
                if rest.starts(with: triple.unicodeScalars) {
                    quotes = triple
                    rest = rest.dropFirst(3)
                } else {
                    rest = Self.afterText(rest)
                }
                continue
            case "[", "{": brackets.append(scalar)
            case "]", "}": _ = brackets.popLast()
            default: break
            }
            rest = rest.dropFirst()
        }
    }

    /// Past a text of one line; a text never ends later than its line.
    private static func afterText(
        _ text: Substring.UnicodeScalarView.SubSequence
    ) -> Substring.UnicodeScalarView.SubSequence {
        guard let quote = text.first else { return text }
        var rest = text.dropFirst()
        while let scalar = rest.first, scalar != quote {
            rest = rest.dropFirst(scalar == "\\" && quote == "\"" ? 2 : 1)
        }
        return rest.dropFirst()
    }
}
