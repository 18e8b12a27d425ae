internal import Mailroom
internal import TOML
internal import Text

/// The texts of letters that the firm wrote itself: `texts/de/request.txt` and the like.
///
/// They are part of the configuration: read with it, checked with it, and a
/// mistake in one keeps all of it from being taken over.
struct LetterFiles {
    private(set) var texts = LetterTexts.builtIn
    /// As messages call them.
    private(set) var files: [String] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// A letter is no book.
    private static let largest = 64 << 10

    /// - Parameters:
    ///   - directory: one that is not there holds no texts.
    ///   - name: as messages call it.
    init(_ directory: String, name: String) {
        let languages = Text.Language.allCases.map(\.rawValue)
        for entry in names(directory, name, ending: "") {
            guard let language = Text.Language(rawValue: entry) else {
                let near = Suggestion.nearest(to: entry, among: languages)
                warn(
                    "this is not read: texts are in directories named for their language",
                    "\(name)/\(entry)", near.map { "did you mean \($0)?" } ?? "they are de, ja and en")
                continue
            }
            for file in names("\(directory)/\(entry)", "\(name)/\(entry)", ending: "") {
                read("\(directory)/\(entry)/\(file)", "\(name)/\(entry)/\(file)", file, language)
            }
        }
    }

    private mutating func names(_ directory: String, _ name: String, ending: String) -> [String] {
        do throws(TOMLError) {
            return try SourceFile.list(directory, ending: ending)
        } catch {
            diagnostics.append(Diagnostic(.error, "cannot read this directory: \(error)", file: name))
            return []
        }
    }

    private mutating func read(_ path: String, _ name: String, _ file: String, _ language: Text.Language) {
        let known = LetterKind.allCases.map { "\($0.rawValue).txt" }
        guard file.hasSuffix(".txt"), let kind = LetterKind(rawValue: String(file.dropLast(4))) else {
            let near = Suggestion.nearest(to: file, among: known)
            // What editors and packages leave behind is nobody's mistake.
            let isLeftBehind = near == nil || known.contains(where: file.hasPrefix)
            if isLeftBehind, !file.hasSuffix(".txt") { return }
            return warn(
                "this is not read: there is no such letter", name,
                near.map { "did you mean \($0)?" } ?? "they are \(known.joined(separator: ", "))")
        }
        files.append(name)
        do throws(TOMLError) {
            let source = try SourceFile.read(path, name: name, largest: Self.largest)
            for mistake in source.mistakes {
                fail(mistake.message, mistake.span, source, mistake.hint)
            }
            guard source.mistakes.isEmpty else { return }
            let (template, mistakes) = LetterTemplate.read(source.lines, kind: kind)
            for mistake in mistakes { report(mistake, kind, source) }
            if let template { texts = texts.replacing(kind, language, with: template) }
        } catch {
            diagnostics.append(Diagnostic(.error, "cannot read this file: \(error)", file: name))
        }
    }

    private mutating func report(
        _ mistake: LetterTemplate.Mistake, _ kind: LetterKind, _ source: SourceText
    ) {
        let span = Span(line: mistake.line, column: mistake.column, length: mistake.length)
        switch mistake.kind {
        case .noSubject:
            fail("a letter begins with its subject", span, source, "write Subject: {title}")
        case .noText: fail("a letter without a text", span, source)
        case .unknownField(let name):
            let names = LetterField.allCases.map(\.rawValue)
            let near = Suggestion.nearest(to: name, among: names)
            fail(
                "there is no {\(name)}", span, source,
                near.map { "did you mean {\($0)}?" } ?? "see man mailroom-texts")
        case .openBrace:
            fail("a brace without its partner", span, source, "a brace itself is written twice")
        case .notAlone(let field):
            fail("\(field.braced) stands on a line of its own", span, source)
        case .linkNotLast:
            fail("{link} ends its line", span, source, "what stands before it is what the button says")
        case .notInSubject(let field): fail("\(field.braced) is too much for a subject", span, source)
        case .missing(let field):
            let all = kind.needed.map(\.braced).joined(separator: ", ")
            diagnostics.append(
                Diagnostic(
                    .error, "this letter does not say \(field.braced)", file: source.name,
                    hint: "it needs \(all)"))
        }
    }

    private mutating func fail(_ message: String, _ span: Span, _ source: SourceText, _ hint: String? = nil) {
        diagnostics.append(Diagnostic(.error, message, at: span, of: source, hint: hint))
    }

    private mutating func warn(_ message: String, _ file: String, _ hint: String) {
        diagnostics.append(Diagnostic(.warning, message, file: file, hint: hint))
    }
}
