/// What its writer probably meant by a statement that toml++ refused.
///
/// toml++'s own words can be obscure (`expected 'inf', saw 'im'` for a text
/// without quotes); they are the last resort.
struct Explanation {
    let source: SourceText
    let statement: Statement
    let refusal: Parser.Refusal
    let line: Line

    init(_ source: SourceText, _ statement: Statement, _ refusal: Parser.Refusal) {
        self.source = source
        self.statement = statement
        self.refusal = refusal
        line = Line(source.line(statement.firstLine))
    }

    var mistake: Mistake {
        if statement.header != nil { return header }
        if statement.isUnclosed { return unclosed }
        if says("cannot redefine") { return twice }
        if says("expected '='") || says("expected keys") { return key }
        guard let value = line.value else {
            return Mistake(
                "“\(line.key)” has no value", at: whole(from: line.indent + 1),
                hint: "write a value, or # before the line for the default")
        }
        return ValueExplanation(self, column: value.column, text: value.text).mistake
    }

    func says(_ words: String) -> Bool { refusal.words.contains(words) }

    /// From `column` of the statement's first line to the line's end.
    func whole(from column: Int) -> Span {
        let tail = line.scalars.dropFirst(column - 1)
        let blanks = tail.reversed().prefix { $0 == " " || $0 == "\t" }.count
        return Span(line: statement.firstLine, column: column, length: max(1, tail.count - blanks))
    }

    /// toml++'s words, at its place.
    func inTheirWords(isSecret: Bool = false) -> Mistake {
        let place = Span(line: refusal.line, column: max(1, refusal.column), length: 1)
        guard !isSecret else { return Mistake("this value cannot be read", at: place) }
        let words = refusal.words.unicodeScalars.map { $0.value < 32 ? " " : String($0) }.joined()
        return Mistake("this cannot be read: \(words)", at: place)
    }

    private var header: Mistake {
        let name = statement.header ?? ""
        let written = statement.isList ? "[[\(name)]]" : "[\(name)]"
        let indent = line.indent
        if says("cannot redefine") {
            let span = Span(line: statement.firstLine, column: indent + 1, length: written.count)
            let first = earlier { $0.header == name }
            if let first, first.isList, !statement.isList {
                return Mistake("[\(name)] is a list", at: span, hint: "write [[\(name)]]")
            }
            if let first, statement.isList, !first.isList {
                return Mistake(
                    "[[\(name)]] has two brackets, [\(name)] on line \(first.firstLine) has one", at: span)
            }
            let hint = first.map { "the first is on line \($0.firstLine): put both together" }
            return Mistake("\(written) is there twice", at: span, hint: hint)
        }
        let closing = statement.isList ? "]]" : "]"
        if says("expected ']'") || says("end-of-file") {
            return Mistake(
                "the closing \(closing) is missing", at: whole(from: indent + 1), hint: "write \(written)")
        }
        if says("saw ']'") {
            return Mistake("a bracket too many", at: whole(from: indent + 1), hint: "write \(written)")
        }
        return inTheirWords()
    }

    private func earlier(_ isIt: (Statement) -> Bool) -> Statement? {
        source.statements.first { $0.firstLine < statement.firstLine && isIt($0) }
    }

    private var twice: Mistake {
        let span = Span(
            line: statement.firstLine, column: line.indent + 1, length: line.key.unicodeScalars.count)
        let above = source.statements.prefix { $0.firstLine < statement.firstLine }
        let begin = above.lastIndex { $0.header != nil }
        let section = begin.flatMap { above[$0].header }.map { " in [\($0)]" } ?? ""
        let first = above[(begin.map { $0 + 1 } ?? 0)...].first {
            Line(source.line($0.firstLine)).key == line.key
        }
        return Mistake(
            "“\(line.key)” is set twice\(section)", at: span,
            hint: first.map { "the first is on line \($0.firstLine)" })
    }

    private var unclosed: Mistake {
        let column = line.value?.column ?? line.indent + 1
        let opening = line.scalars.dropFirst(column - 1).first
        switch opening {
        case "\"", "'":
            let quotes = String(repeating: String(opening ?? "\""), count: 3)
            return Mistake("the closing \(quotes) is missing", at: whole(from: column))
        case "{":
            return Mistake(
                "the closing } is missing", at: whole(from: column), hint: "{ … } stands in one line")
        default:
            return Mistake(
                "the closing ] is missing", at: whole(from: column),
                hint: "the list of “\(line.key)” never ends")
        }
    }

    private var key: Mistake {
        let start = line.scalars.dropFirst(line.indent)
        if start.starts(with: ["/", "/"]) || [";", "!"].contains(start.first) {
            return Mistake(
                "this is no setting", at: whole(from: line.indent + 1), hint: "a comment begins with #")
        }
        let word = line.key
        let span = Span(
            line: statement.firstLine, column: line.indent + 1, length: max(1, word.unicodeScalars.count))
        if says("expected keys") {
            return Mistake("“\(word)” is no name of a setting", at: word.isEmpty ? whole(from: 1) : span)
        }
        let after = start.dropFirst(word.unicodeScalars.count).first { $0 != " " && $0 != "\t" }
        if after == ":" {
            let isAlone = start.last == ":"
            return Mistake(
                "“\(word)” is followed by :", at: span,
                hint: isAlone ? "write [\(word)]" : "write \(word) = …")
        }
        return Mistake("“\(word)” has no value", at: span, hint: "write \(word) = …")
    }
}
