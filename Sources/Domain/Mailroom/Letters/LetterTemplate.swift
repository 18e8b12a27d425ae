/// The text of one kind of letter in one language: what the built-in ones and the files of a firm are made of.
///
/// ```
/// Subject: Bitte um Unterlagen: {title}
///
/// {greeting}
///
/// Angeforderte Unterlagen:
/// {items}
///
/// Unterlagen hochladen: {link}
/// ```
///
/// An empty line ends a paragraph. A line whose field has no value is left
/// out, and so is the paragraph where a list has none.
package struct LetterTemplate: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case text(String)
        case field(LetterField)
    }

    typealias Line = [Piece]

    let subject: Line
    let paragraphs: [[Line]]

    /// Why a text is none, and where. Lines and columns count from 1, in code points.
    package struct Mistake: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            case noSubject
            case noText
            case unknownField(String)
            case openBrace
            /// A list or a text among other words.
            case notAlone(LetterField)
            case linkNotLast
            case notInSubject(LetterField)
            case missing(LetterField)
        }

        package let kind: Kind
        package let line: Int
        package let column: Int
        package let length: Int
    }

    /// Reads a text, and all that is wrong with it.
    package static func read(
        _ lines: [String], kind: LetterKind
    ) -> (template: LetterTemplate?, mistakes: [Mistake]) {
        var reader = LetterTemplateReader()
        let template = reader.read(lines, kind: kind)
        return (reader.mistakes.isEmpty ? template : nil, reader.mistakes)
    }
}

/// Takes a template apart, line by line.
private struct LetterTemplateReader {
    typealias Piece = LetterTemplate.Piece

    private(set) var mistakes: [LetterTemplate.Mistake] = []
    private var used: Set<LetterField> = []
    private static let subjectKey = "Subject:"

    mutating func read(_ lines: [String], kind: LetterKind) -> LetterTemplate {
        var subject: [Piece] = []
        let first = lines.firstIndex { !$0.allSatisfy(\.isWhitespace) }
        if let first, lines[first].lowercased().hasPrefix(Self.subjectKey.lowercased()) {
            subject = pieces(lines[first], number: first + 1, from: Self.subjectKey.count, isSubject: true)
        }
        if subject.isEmpty, mistakes.isEmpty {
            let length = first.map { max(1, lines[$0].unicodeScalars.count) } ?? 1
            mistakes.append(.init(kind: .noSubject, line: (first ?? 0) + 1, column: 1, length: length))
        }
        var paragraphs: [[LetterTemplate.Line]] = [[]]
        for (index, line) in lines.enumerated() where index > (first ?? -1) {
            let pieces = pieces(line, number: index + 1)
            if pieces.isEmpty {
                paragraphs.append([])
            } else {
                paragraphs[paragraphs.count - 1].append(pieces)
            }
        }
        paragraphs.removeAll(where: \.isEmpty)
        if paragraphs.isEmpty, mistakes.allSatisfy({ $0.kind == .noSubject }) {
            mistakes.append(.init(kind: .noText, line: max(1, lines.count), column: 1, length: 1))
        } else if mistakes.isEmpty {
            for field in kind.needed where !used.contains(field) {
                mistakes.append(.init(kind: .missing(field), line: 1, column: 1, length: 1))
            }
        }
        return LetterTemplate(subject: subject, paragraphs: paragraphs)
    }

    /// A brace itself is written twice.
    private mutating func pieces(
        _ line: String, number: Int, from start: Int = 0, isSubject: Bool = false
    ) -> [Piece] {
        let scalars = Array(line.unicodeScalars)
        var pieces: [Piece] = []
        var text = String.UnicodeScalarView()
        var fields: [(field: LetterField, column: Int, end: Int)] = []
        func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
        var last = scalars.count
        while last > start, isSpace(scalars[last - 1]) { last -= 1 }
        var index = start
        while index < last, isSpace(scalars[index]) { index += 1 }
        let firstColumn = index
        while index < last {
            let scalar = scalars[index]
            guard scalar == "{" || scalar == "}" else {
                text.append(scalar)
                index += 1
                continue
            }
            if index + 1 < last, scalars[index + 1] == scalar {
                text.append(scalar)
                index += 2
                continue
            }
            guard scalar == "{", let end = scalars[index..<last].firstIndex(of: "}") else {
                mistakes.append(
                    .init(kind: .openBrace, line: number, column: index + 1, length: last - index))
                break
            }
            let name = String(String.UnicodeScalarView(scalars[(index + 1)..<end]))
            if let field = LetterField(rawValue: name) {
                if !text.isEmpty { pieces.append(.text(String(text))) }
                text = String.UnicodeScalarView()
                pieces.append(.field(field))
                fields.append((field, index, end + 1))
            } else {
                mistakes.append(
                    .init(
                        kind: .unknownField(name), line: number, column: index + 1, length: end + 1 - index))
            }
            index = end + 1
        }
        if !text.isEmpty { pieces.append(.text(String(text))) }
        for (field, column, end) in fields {
            if !isSubject { used.insert(field) }
            let kind: LetterTemplate.Mistake.Kind? =
                switch field.place {
                case .inline: nil
                case _ where isSubject: .notInSubject(field)
                case .block: column == firstColumn && end == last ? nil : .notAlone(field)
                case .button: end == last && fields.count == 1 ? nil : .linkNotLast
                }
            guard let kind else { continue }
            mistakes.append(.init(kind: kind, line: number, column: column + 1, length: end - column))
        }
        return pieces
    }
}
