/// What stands at one place of a document, and the place.
///
/// A value whose place is lost is worth little to us: every mistake is told
/// with line, column and a caret.
package struct Node: Sendable {
    package let value: Value
    package let span: Span

    package init(_ value: Value, span: Span) {
        self.value = value
        self.span = span
    }
}

/// A value of TOML 1.0.
package enum Value: Sendable {
    case string(String)
    case integer(Int)
    case real(Double)
    case boolean(Bool)
    /// `2025-01-01`, always a day that exists.
    case date(year: Int, month: Int, day: Int)
    /// `08:30:00`, as written.
    case time(String)
    /// `2025-01-01T08:30:00Z`, as written.
    case dateTime(String)
    case array([Node])
    case table(Table)

    /// As people call it, with its article.
    package var kind: String {
        switch self {
        case .string: "a text"
        case .integer: "a number"
        case .real: "a fraction"
        case .boolean: "a switch"
        case .date: "a date"
        case .time: "a time of day"
        case .dateTime: "a moment"
        case .array: "a list"
        case .table: "a section"
        }
    }
}

/// A table's members, in the order of the file.
package struct Table: Sendable {
    package struct Member: Sendable {
        package let key: String
        package let keySpan: Span
        package let node: Node
    }

    package let members: [Member]
    /// Written `{ … }`, in one line.
    package let isInline: Bool

    package init(_ members: [Member], isInline: Bool = false) {
        self.members = members
        self.isInline = isInline
    }

    package subscript(key: String) -> Member? { members.first { $0.key == key } }
}
