/// What is wrong with a value that is there.
struct ValueExplanation {
    private let statement: Explanation
    /// Where the whole value begins, from 1.
    private let column: Int
    /// Without a comment, if it has no quotes.
    private let text: String

    init(_ statement: Explanation, column: Int, text: String) {
        self.statement = statement
        self.column = column
        self.text = text
    }

    var mistake: Mistake {
        // Nothing of a line that may hold a password is quoted.
        if statement.source.secretColumn(line: statement.refusal.line) != nil { return secret }
        switch text.unicodeScalars.first {
        case "\"", "'": return quoted
        case "[", "{": return nested
        default: return bare(text, column: column, line: statement.statement.firstLine)
        }
    }

    private var secret: Mistake {
        let span = statement.whole(from: column)
        if isBroken { return acrossLines }
        if text.first == "{" { return statement.inTheirWords(isSecret: true) }
        return Mistake(
            "this value cannot be read", at: span, hint: "\(statement.line.key) = { credential = \"…\" }")
    }

    private var quoted: Mistake {
        let place = statement.refusal
        if statement.says("unknown escape") {
            let span = Span(line: place.line, column: max(1, place.column - 1), length: 2)
            return Mistake(
                "in double quotes a backslash begins an escape", at: span,
                hint: "write it twice: \\\\, or use single quotes: 'text'")
        }
        let line = Line(statement.source.line(place.line))
        if let index = line.scalars.firstIndex(where: { $0.value < 32 && $0 != "\t" }) {
            let code = String(line.scalars[index].value, radix: 16, uppercase: true)
            let number = String(repeating: "0", count: 4 - code.count) + code
            return Mistake(
                "a control character (U+\(number))", at: Span(line: place.line, column: index + 1, length: 1))
        }
        if statement.says("control characters") || statement.says("end-of-file") {
            return Mistake(
                "the closing quote is missing", at: statement.whole(from: column),
                hint: "a text ends in its line, with the quote it began with")
        }
        if statement.says("expected a comment") { return trailing }
        return statement.inTheirWords()
    }

    /// A value is whole, and then comes something.
    private var trailing: Mistake {
        let span = statement.whole(from: min(statement.refusal.column, statement.line.scalars.count))
        return Mistake("something follows the value", at: span, hint: "a comment begins with #")
    }

    /// Whether a line ends within braces.
    private var isBroken: Bool { statement.says("inline table") && statement.says("saw '\\n'") }

    private var acrossLines: Mistake {
        Mistake("{ … } must stand in one line", at: statement.whole(from: column))
    }

    private var nested: Mistake {
        let place = statement.refusal
        let here = Span(line: place.line, column: max(1, place.column), length: 1)
        if statement.says("expected comma") || statement.says("expected ','") {
            return Mistake("a comma is missing before this", at: here)
        }
        if isBroken { return acrossLines }
        if statement.says("expected a comment") { return trailing }
        if statement.says("unknown escape") { return quoted }
        // toml++ stops inside the word: take all of it.
        let line = Line(statement.source.line(place.line))
        let isPart: (Unicode.Scalar) -> Bool = { !",[]{} \t=\"'".unicodeScalars.contains($0) }
        let stop = min(max(0, place.column - 1), line.scalars.count)
        let before = line.scalars[..<stop].reversed().prefix(while: isPart).count
        let after = line.scalars[stop...].prefix(while: isPart).count
        let word = String(String.UnicodeScalarView(line.scalars[(stop - before)..<(stop + after)]))
        guard !word.isEmpty else { return statement.inTheirWords() }
        return bare(word, column: stop - before + 1, line: place.line)
    }

    private func bare(_ word: String, column: Int, line: Int) -> Mistake {
        let span = Span(line: line, column: column, length: word.unicodeScalars.count)
        let message = "“\(word)” is not a value"
        if let first = word.first, "“”„‘’‚«»「".contains(first) {
            let plain = word.filter { !"“”„‘’‚«»「」".contains($0) }
            return Mistake("typographic quotes are no quotes here", at: span, hint: "write \"\(plain)\"")
        }
        switch word.lowercased() {
        case "true", "yes", "on", "ja": return Mistake(message, at: span, hint: "write true")
        case "false", "no", "off", "nein": return Mistake(message, at: span, hint: "write false")
        default: break
        }
        if statement.says("64 bits") {
            return Mistake("\(word) is too large a number", at: span)
        }
        let numbers = word.split(separator: ".", omittingEmptySubsequences: false)
        if numbers.count == 3, numbers[2].count == 4, let day = Int(numbers[0]), let month = Int(numbers[1]) {
            let date = "\(numbers[2])-\(Self.twoDigits(month))-\(Self.twoDigits(day))"
            return Mistake("“\(word)” is not a date", at: span, hint: "write \(date)")
        }
        if word.unicodeScalars.allSatisfy({ ("0"..."9").contains($0) }), let number = Int(word) {
            return Mistake(
                "“\(word)” begins with a zero", at: span, hint: "write \(number), or \"\(word)\" for a text")
        }
        let escaped = word.flatMap { $0 == "\\" || $0 == "\"" ? ["\\", $0] : [$0] }
        return Mistake(message, at: span, hint: "text needs quotes: \"\(String(escaped))\"")
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
