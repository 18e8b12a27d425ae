internal import CTOML

/// One run of toml++ over a text: a tree of values, or the first mistake.
enum Parser {
    /// toml++'s own words, and where it stopped.
    struct Refusal: Error {
        let words: String
        let line: Int
        let column: Int
    }

    /// - Parameter shifts: lines that were made longer at their beginning, and by how many columns.
    static func parse(_ text: String, shifts: [Int: Int] = [:]) throws(Refusal) -> Table {
        let handle = try Handle(text)
        if let refusal = handle.refusal { throw refusal }
        return handle.tree(shifts)
    }

    /// The one owner of a `mr_toml *`: freed exactly once, never copied.
    @safe private struct Handle: ~Copyable {
        let toml: OpaquePointer

        init(_ text: String) throws(Refusal) {
            var text = text
            let parsed: OpaquePointer? = text.withUTF8 { octets in
                unsafe octets.withMemoryRebound(to: CChar.self) {
                    unsafe mr_toml_parse($0.baseAddress, $0.count)
                }
            }
            guard let parsed = unsafe parsed else {
                throw Refusal(words: "not enough memory to read it", line: 1, column: 1)
            }
            unsafe toml = parsed
        }

        deinit { unsafe mr_toml_free(toml) }

        var refusal: Refusal? {
            var span = mr_toml_span()
            guard let words = unsafe mr_toml_error(toml, &span) else { return nil }
            return Refusal(
                words: unsafe String(cString: words), line: Int(span.line), column: Int(span.column))
        }

        /// Backwards, because a node's parent always stands before it: no recursion.
        func tree(_ shifts: [Int: Int]) -> Table {
            var count = 0
            let nodes = unsafe UnsafeBufferPointer(start: mr_toml_nodes(toml, &count), count: count)
            var members = [[Table.Member]](repeating: [], count: count)
            var elements = [[Node]](repeating: [], count: count)
            for index in stride(from: count - 1, to: 0, by: -1) {
                let raw = unsafe nodes[index]
                let value: Value
                if unsafe raw.kind == MR_TOML_TABLE {
                    let sorted = members[index].sorted { $0.keySpan < $1.keySpan }
                    value = unsafe .table(Table(sorted, isInline: raw.is_inline != 0))
                } else if unsafe raw.kind == MR_TOML_ARRAY {
                    value = .array(elements[index].reversed())
                } else {
                    value = unsafe Self.scalar(raw)
                }
                let node = unsafe Node(value, span: Span(raw.span, shifts))
                let parent = unsafe Int(raw.parent)
                if let key = unsafe Self.text(raw.key, raw.key_length) {
                    let member = unsafe Table.Member(
                        key: key, keySpan: Span(raw.key_span, shifts), node: node)
                    members[parent].append(member)
                } else {
                    elements[parent].append(node)
                }
            }
            return Table(members.first?.sorted { $0.keySpan < $1.keySpan } ?? [])
        }

        private static func scalar(_ raw: mr_toml_node) -> Value {
            let text = unsafe text(raw.text, raw.text_length) ?? ""
            switch unsafe raw.kind {
            case MR_TOML_STRING: return .string(text)
            case MR_TOML_INTEGER: return unsafe .integer(Int(raw.integer))
            case MR_TOML_REAL: return unsafe .real(raw.real)
            case MR_TOML_BOOLEAN: return unsafe .boolean(raw.integer != 0)
            case MR_TOML_DATE:
                let parts = text.split(separator: "-").compactMap { Int($0) }
                precondition(parts.count == 3, "toml++ writes a date as three numbers")
                return .date(year: parts[0], month: parts[1], day: parts[2])
            case MR_TOML_TIME: return .time(text)
            case MR_TOML_DATE_TIME: return .dateTime(text)
            default: preconditionFailure("toml++ has no other kinds of values")
            }
        }

        private static func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String? {
            guard let start = unsafe start else { return nil }
            return unsafe String(
                decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
        }
    }
}

extension Span {
    fileprivate init(_ raw: mr_toml_span, _ shifts: [Int: Int]) {
        self.init(
            line: Int(raw.line), column: max(1, Int(raw.column) - shifts[Int(raw.line), default: 0]),
            endLine: Int(raw.end_line),
            endColumn: Int(raw.end_column) - shifts[Int(raw.end_line), default: 0])
    }
}
