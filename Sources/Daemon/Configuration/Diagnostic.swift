package import TOML

/// One thing that is wrong with the configuration, told so that it can be mended at once.
///
/// ```
/// mailroom.toml:41:1: error: unknown setting “pasword” in [mailbox.office]
///   41 | pasword  = { credential = "office-imap" }
///      | ^^^^^^^ did you mean “password”?
/// ```
package struct Diagnostic: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable {
        /// The configuration is not used.
        case error
        /// It is used, and probably not what was meant.
        case warning
    }

    package let severity: Severity
    package let file: String
    /// Nil when the file as a whole is meant.
    package let span: Span?
    /// A sentence without a full stop.
    package let message: String
    package let hint: String?
    /// The line with the mistake, its secrets masked.
    package let excerpt: Excerpt?

    package init(
        _ severity: Severity, _ message: String, at span: Span, of source: SourceText, hint: String? = nil
    ) {
        self.severity = severity
        file = source.name
        self.span = span
        self.message = Excerpt.printable(message)
        self.hint = hint.map(Excerpt.printable)
        excerpt = source.line(span.line).isEmpty ? nil : Excerpt(source, span)
    }

    /// About a file that cannot be read, or as a whole.
    package init(_ severity: Severity, _ message: String, file: String, hint: String? = nil) {
        self.severity = severity
        self.file = file
        span = nil
        self.message = Excerpt.printable(message)
        self.hint = hint.map(Excerpt.printable)
        excerpt = nil
    }

    /// As people read it, of one to three lines, without a newline at the end.
    package var text: String {
        let place = span.map { "\(file):\($0.line):\($0.column)" } ?? file
        let head = "\(place): \(severity.rawValue): \(message)"
        guard let span, let excerpt else { return hint.map { "\(head)\n     | \($0)" } ?? head }
        let number = String(span.line)
        let margin = String(repeating: " ", count: max(0, 4 - number.count)) + number
        let gap = String(repeating: " ", count: margin.count)
        let marked = "\(gap) | \(excerpt.padding)\(excerpt.carets)" + (hint.map { " \($0)" } ?? "")
        return "\(head)\n\(margin) | \(excerpt.text)\n\(marked)"
    }

    /// As programs read it: an object in one line.
    package var json: String {
        var fields = [
            ("severity", JSONText.quoted(severity.rawValue)), ("file", JSONText.quoted(file)),
            ("message", JSONText.quoted(message)), ("hint", hint.map(JSONText.quoted) ?? "null"),
        ]
        if let span {
            fields += [
                ("line", "\(span.line)"), ("column", "\(span.column)"), ("end_line", "\(span.endLine)"),
                ("end_column", "\(span.endColumn)"),
            ]
        } else {
            fields += ["line", "column", "end_line", "end_column"].map { ($0, "null") }
        }
        fields.append(("source", excerpt.map { JSONText.quoted($0.text) } ?? "null"))
        return "{" + fields.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
    }

    /// The last line of a check: `11 errors, 1 warning; nothing was changed`.
    package static func summary(_ diagnostics: [Diagnostic]) -> String {
        func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = diagnostics.count - errors
        let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }.map(counted)
        guard !counts.isEmpty else { return "no errors" }
        return counts.joined(separator: ", ") + (errors > 0 ? "; nothing was changed" : "")
    }
}
