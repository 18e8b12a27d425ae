/// A file's text in lines, as people see it in their editor.
///
/// A byte-order mark and the `\r` of Windows are not part of a line. Octets
/// that are no UTF-8 become U+FFFD, so that the rest can still be read, and
/// are a mistake of their own.
package struct SourceText: Sendable {
    /// As messages call it: `conf.d/50-site.toml`.
    package let name: String
    package let lines: [String]
    /// What is wrong with the text itself, whatever its lines mean.
    package let mistakes: [Mistake]
    let statements: [Statement]

    /// Longer lines are no configuration, and toml++ nests keys with dots without a limit.
    package static let longestLine = 16_384

    package init(name: String, octets: [UInt8]) {
        self.name = name
        if octets.starts(with: [0xFF, 0xFE]) || octets.starts(with: [0xFE, 0xFF]) {
            lines = []
            statements = []
            let start = Span(line: 1, column: 1, length: 0)
            mistakes = [Mistake("the file is UTF-16", at: start, hint: "save it as UTF-8")]
            return
        }
        let hasMark = octets.starts(with: [0xEF, 0xBB, 0xBF])
        var lines: [String] = []
        var mistakes: [Mistake] = []
        let rows = octets.dropFirst(hasMark ? 3 : 0).split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, row) in rows.enumerated() {
            let row = row.last == 0x0D ? row.dropLast() : row
            if row.count > Self.longestLine {
                mistakes.append(
                    Mistake(
                        "this line has more than \(Self.longestLine) octets",
                        at: Span(line: index + 1, column: 1, length: 1), hint: "spread it over lines"))
                lines.append("")
                continue
            }
            let line = String(decoding: row, as: UTF8.self)
            if !line.utf8.elementsEqual(row) {
                let column = 1 + (line.unicodeScalars.prefix { $0 != "\u{FFFD}" }).count
                mistakes.append(
                    Mistake(
                        "here is an octet that is no UTF-8",
                        at: Span(line: index + 1, column: column, length: 1), hint: "save the file as UTF-8"))
            }
            lines.append(line)
        }
        self.lines = lines
        self.mistakes = mistakes
        statements = Statement.split(lines)
    }

    package init(name: String, text: String) {
        self.init(name: name, octets: Array(text.utf8))
    }

    /// Line `number`, from 1; empty past the end.
    package func line(_ number: Int) -> String {
        lines.indices.contains(number - 1) ? lines[number - 1] : ""
    }

    /// The column (from 1) from which on line `number` may hold a password; nil when it holds none.
    ///
    /// Told by the key, even a misspelled one, and down to the end of its
    /// statement: rather a comment hidden than a secret shown.
    package func secretColumn(line number: Int) -> Int? {
        guard let statement = statements.last(where: { $0.firstLine <= number }) else { return nil }
        guard number <= statement.lastLine else { return nil }
        for line in statement.firstLine...statement.lastLine {
            guard let column = Secrecy.column(in: self.line(line), isFirst: line == statement.firstLine)
            else { continue }
            if number == line { return column }
            if number > line { return 1 }
        }
        return nil
    }
}
