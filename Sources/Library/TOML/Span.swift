/// From where to where something stands in a file.
///
/// Lines and columns count from 1, columns in code points, as editors and
/// toml++ do; the end is one past the last.
package struct Span: Hashable, Sendable {
    package let line: Int
    package let column: Int
    package let endLine: Int
    package let endColumn: Int

    package init(line: Int, column: Int, endLine: Int, endColumn: Int) {
        self.line = line
        self.column = column
        self.endLine = endLine
        self.endColumn = endColumn
    }

    /// `length` code points of one line.
    package init(line: Int, column: Int, length: Int) {
        self.init(line: line, column: column, endLine: line, endColumn: column + length)
    }
}

extension Span: Comparable {
    package static func < (one: Span, other: Span) -> Bool {
        (one.line, one.column) < (other.line, other.column)
    }
}
