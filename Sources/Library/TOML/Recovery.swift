/// Reads what can be read of a text that is not all TOML.
///
/// A statement that toml++ refuses is blanked, and a header that it refuses is
/// replaced by one of a name nobody can write, so that its keys do not fall
/// into the section above. Each round ends one statement, so it ends.
struct Recovery {
    private let source: SourceText
    private var lines: [String]
    private(set) var mistakes: [Mistake]
    private var blanked: Set<Int> = []
    /// How much longer than theirs our headers are, so that what is told of them has their columns.
    private var shifts: [Int: Int] = [:]
    private(set) var unread: [Document.Unread] = []

    /// Begins the keys of sections whose headers were replaced.
    static let mark: Character = "\u{1}"

    init(_ source: SourceText) {
        self.source = source
        lines = source.lines
        mistakes = source.mistakes
    }

    mutating func parse() -> [Table] {
        for _ in 0..<Document.mostMistakes {
            do throws(Parser.Refusal) {
                return Self.fragments(try Parser.parse(lines.joined(separator: "\n"), shifts: shifts))
            } catch {
                guard let index = culprit(error) else {
                    mistakes.append(
                        Mistake(error.words, at: Span(line: error.line, column: error.column, length: 1)))
                    return []
                }
                mistakes.append(Explanation(source, source.statements[index], error).mistake)
                blank(index)
            }
        }
        let last = mistakes.last?.span ?? Span(line: 1, column: 1, length: 1)
        mistakes.append(Mistake("this is too much; what follows was not read", at: last))
        return []
    }

    /// The statement to blame: one left open above, or else the one where toml++ stopped.
    private func culprit(_ refusal: Parser.Refusal) -> Int? {
        let candidates = source.statements.indices.filter {
            !blanked.contains($0) && source.statements[$0].firstLine <= refusal.line
        }
        return candidates.first { source.statements[$0].isUnclosed } ?? candidates.last
    }

    private mutating func blank(_ index: Int) {
        let statement = source.statements[index]
        blanked.insert(index)
        for line in statement.firstLine...statement.lastLine { lines[line - 1] = "" }
        guard let header = statement.header else {
            let headers = source.statements[..<index].filter { $0.header != nil }
            let key = Line(source.line(statement.firstLine)).key
            unread.append(Document.Unread(key: key, header: headers.last?.firstLine ?? 0))
            return
        }
        let isPlain =
            Line("[\(header)]").looksLikeHeader && !header.contains("..")
            && header.first != "." && header.last != "."
        let prefix = "\"\\u0001\(index)\"."
        let name = prefix + (isPlain ? header : "\"\\u0001\"")
        let line = Line(source.line(statement.firstLine))
        let brackets = statement.isList ? 2 : 1
        let blanks = line.scalars.dropFirst(line.indent + brackets).prefix { $0 == " " || $0 == "\t" }.count
        shifts[statement.firstLine] = prefix.utf8.count - line.indent - blanks
        lines[statement.firstLine - 1] = statement.isList ? "[[\(name)]]" : "[\(name)]"
    }

    /// The text's own root, then the sections whose headers were replaced, each under its own root.
    private static func fragments(_ root: Table) -> [Table] {
        let own = Table(root.members.filter { $0.key.first != mark })
        let rescued = root.members.filter { $0.key.first == mark }.compactMap { member -> Table? in
            guard case .table(let table) = member.node.value else { return nil }
            return Table(table.members.filter { $0.key.first != mark })
        }
        return [own] + rescued
    }
}
