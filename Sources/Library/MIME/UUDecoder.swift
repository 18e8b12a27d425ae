/// Decodes what `uuencode` made: IEEE Std 1003.1, `uuencode`.
///
/// Lines before `begin` and after `end` are no data. A line too short for
/// its count is filled with zeros, as the tools do: mail servers eat the
/// spaces at its end.
struct UUDecoder {
    private(set) var problems: Set<Problem.Kind> = []
    /// What the `begin` line calls it.
    private(set) var name: String?
    private enum State { case before, inside, after }
    private var state = State.before
    private var line: [UInt8] = []
    private static let longestLine = 1000

    mutating func decode(_ window: Span<UInt8>, _ range: Range<Int>, into output: inout OctetBuffer) {
        var position = range.lowerBound
        while position < range.upperBound {
            let newline = window.firstIndex(of: 10, in: position..<range.upperBound)
            let end = newline ?? range.upperBound
            line.append(window, position..<min(end, position + max(0, Self.longestLine - line.count)))
            position = end
            if newline != nil {
                takeLine(into: &output)
                position += 1
            }
        }
    }

    mutating func finish(into output: inout OctetBuffer) {
        if !line.isEmpty { takeLine(into: &output) }
        if state != .after { problems.insert(.uuencodeBroken) }
    }

    private mutating func takeLine(into output: inout OctetBuffer) {
        if line.last == 13 { line.removeLast() }
        defer { line.removeAll(keepingCapacity: true) }
        switch state {
        case .before:
            guard line.starts(with: "begin ".utf8) else { return }
            state = .inside
            let words = line.split(separator: 32, maxSplits: 2)
            if words.count == 3 { name = CharsetDecoder.guess(Array(words[2])).trimmed }
        case .inside:
            if line == Array("end".utf8) {
                state = .after
            } else if let first = line.first, first >= 32, first <= 96 {
                decodeLine(count: Int((first - 32) & 63), into: &output)
            } else if !line.isEmpty {
                problems.insert(.uuencodeBroken)
            }
        case .after:
            break
        }
    }

    private mutating func decodeLine(count: Int, into output: inout OctetBuffer) {
        var left = count
        var position = 1
        while left > 0 {
            var group: UInt32 = 0
            for offset in 0..<4 {
                let octet = position + offset < line.count ? line[position + offset] : 32
                if octet < 32 || octet > 96 { problems.insert(.uuencodeBroken) }
                group = group << 6 | UInt32((octet &- 32) & 63)
            }
            for shift in [16, 8, 0].prefix(left) {
                output.append(UInt8(truncatingIfNeeded: group >> UInt32(shift)))
            }
            left -= min(3, left)
            position += 4
        }
    }
}
