/// A piece of text in which what was looked for is marked.
package struct MarkedText: Sendable, Equatable {
    package struct Run: Sendable, Equatable {
        package let text: String
        package let isMarked: Bool

        package init(_ text: String, isMarked: Bool = false) {
            self.text = text
            self.isMarked = isMarked
        }
    }

    package let runs: [Run]

    package init(runs: [Run]) { self.runs = runs }

    package var text: String { runs.map(\.text).joined() }
    package var hasMarks: Bool { runs.contains(where: \.isMarked) }

    /// As `snippet()` and `highlight()` of FTS5 give it, between U+0001 and U+0002: no indexed text has those.
    init(fts5 text: String) {
        var runs: [Run] = []
        var current = ""
        var isMarked = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{1}", "\u{2}":
                if !current.isEmpty { runs.append(Run(current, isMarked: isMarked)) }
                current = ""
                isMarked = scalar == "\u{1}"
            default: current.unicodeScalars.append(scalar)
            }
        }
        if !current.isEmpty { runs.append(Run(current, isMarked: isMarked)) }
        self.runs = runs
    }
}
