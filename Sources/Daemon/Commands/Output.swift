internal import Files

/// Where a command's words go: a terminal, a pipe, or back over the control socket.
protocol CommandOutput: Sendable {
    func write(_ octets: [UInt8])
    /// A sentence for people, on standard error.
    func complain(_ words: String)
    /// Whether a person looks at it, and colour is welcome.
    var isTerminal: Bool { get }
}

extension CommandOutput {
    func print(_ line: String) { write(Array((line + "\n").utf8)) }
    /// Lines that say themselves whose they are: diagnostics of a file.
    func complainRaw(_ lines: String) { complain(lines) }
    func print(_ value: JSON) { print(value.text) }
}

/// The process's own standard output and error.
struct StandardOutput: CommandOutput {
    var isTerminal: Bool { StandardStream.output.isTerminal }

    func write(_ octets: [UInt8]) { StandardStream.output.write(octets) }
    func complain(_ words: String) { StandardStream.error.write(Array(("mailroom: " + words + "\n").utf8)) }
}

/// Columns that line up; the last one is as long as it likes, and no line ends in spaces.
struct Table {
    private var rows: [[String]] = []
    private let hasHead: Bool

    /// - Parameter head: no names for no head.
    init(_ head: [String]) {
        hasHead = !head.isEmpty
        if hasHead { rows.append(head) }
    }

    mutating func add(_ row: [String]) { rows.append(row) }

    var isEmpty: Bool { rows.count <= (hasHead ? 1 : 0) }

    /// No column is wider, so that one monstrous cell does not push all others out of sight.
    private static let widest = 60

    var lines: [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { $0.count > column ? $0[column].columns : 0 }.filter { $0 <= Self.widest }.max() ?? 0
        }
        return rows.map { row in
            var line = row.enumerated().map { index, cell in
                if index == row.count - 1 { return cell }
                return cell + String(repeating: " ", count: max(0, widths[index] - cell.columns) + 2)
            }.joined()
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }
}

extension String {
    /// Columns on a terminal: East Asian wide characters take two. Unicode Standard Annex #11, the wide blocks.
    var columns: Int {
        unicodeScalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case 0..<32, 0x300...0x36f, 0x200b...0x200f, 0xfe00...0xfe0f: sum
            case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
                0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
                sum + 2
            default: sum + 1
            }
        }
    }

    /// What may be shown on a terminal: no control or bidi characters of a stranger's making.
    var shown: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0..<32, 0x7f...0x9f, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: "\u{fffd}"
                    default: scalar
                    }
                }))
    }

    /// At most so many columns, with an ellipsis where something was left out.
    func shortened(to width: Int) -> String {
        guard columns > width else { return self }
        var result = ""
        for character in self {
            if (result + String(character)).columns > width - 1 { break }
            result.append(character)
        }
        return result + "…"
    }
}
