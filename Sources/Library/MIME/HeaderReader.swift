/// Collects the fields of one header, line by line. RFC 5322 section 2.2.
struct HeaderReader {
    /// What a line of a header turns out to be.
    enum Line {
        /// Cannot be told without more of it.
        case unknown
        /// Up to where the empty line goes.
        case blank(end: Int)
        case field(name: Range<Int>, valueStart: Int)
        case continuation
        /// Belongs into no header, but is seen at its top: mbox files.
        case mbox
        case delimiter
        /// No header's line: the body begins without an empty line.
        case other
    }

    private static let longestName = 998

    var header = MessageHeader()
    /// The line being read has been judged, but has not ended.
    var isInsideLine = false
    private var isKept = false
    private var isFieldOpen = false
    private(set) var octetCount = 0
    private(set) var isCut = false

    /// Judges the line that begins at `start`.
    func judge(
        _ window: Span<UInt8>, _ start: Int, isLast: Bool, _ boundaries: OpenBoundaries
    ) -> Line {
        let count = window.count
        let first = window[start]
        if first == 10 { return .blank(end: start + 1) }
        if first == 13 {
            var next = start
            while next < count, window[next] == 13 { next += 1 }
            if next == count { return isLast ? .blank(end: next) : next - start > 16 ? .other : .unknown }
            return window[next] == 10 ? .blank(end: next + 1) : .other
        }
        if first.isBlank { return .continuation }
        if first == 45, !boundaries.isEmpty {
            if start + 1 == count, !isLast { return .unknown }
            if start + 1 < count, window[start + 1] == 45 {
                let newline = window.firstIndex(of: 10, from: start)
                let end = newline.map { $0 + 1 } ?? count
                if end - start <= OpenBoundaries.longestLine {
                    if newline == nil, !isLast { return .unknown }
                    if boundaries.match(window, start..<end)?.isStale == false { return .delimiter }
                }
            }
        }
        return judgeField(window, start, isLast: isLast)
    }

    private func judgeField(_ window: Span<UInt8>, _ start: Int, isLast: Bool) -> Line {
        let count = window.count
        var nameEnd = start
        let limit = min(count, start + Self.longestName)
        while nameEnd < limit, window[nameEnd] > 32, window[nameEnd] < 127, window[nameEnd] != 58 {
            nameEnd += 1
        }
        if nameEnd == start + Self.longestName { return .other }
        var colon = nameEnd
        while colon < limit, window[colon].isBlank { colon += 1 }
        if colon == limit { return isLast || limit < count ? .other : .unknown }
        if window[colon] == 58, nameEnd > start {
            return .field(name: start..<nameEnd, valueStart: colon + 1)
        }
        if colon > nameEnd, isMbox(window, start..<nameEnd) { return .mbox }
        return .other
    }

    private func isMbox(_ window: Span<UInt8>, _ word: Range<Int>) -> Bool {
        let text = window.copy(word)
        return text == Array("From".utf8) || text == Array(">From".utf8)
    }

    /// Begins a line that has been judged; `isKept` false for one that is only passed over.
    mutating func beginLine(_ line: Line, at start: Int, limits: ParserLimits) {
        isInsideLine = true
        switch line {
        case .field(let name, let valueStart):
            endField()
            isKept = header.entries.count < limits.headerFields && !isCut
            if !isKept { isCut = true }
            guard isKept else { return }
            isFieldOpen = true
            let offset = header.octets.count - start
            header.entries.append(
                .init(
                    name: name.lowerBound + offset..<name.upperBound + offset,
                    value: valueStart + offset..<valueStart + offset))
        case .continuation: if header.entries.isEmpty { isKept = false }
        case .mbox: isKept = false
        case .unknown, .blank, .delimiter, .other: preconditionFailure("only lines of a header are begun")
        }
    }

    /// Takes the next octets of the line, as far as limits let it keep them.
    mutating func append(_ window: Span<UInt8>, _ range: Range<Int>, limit: Int) {
        octetCount += range.count
        guard isKept else { return }
        if header.octets.count + range.count > limit {
            // Half an address is another address: a field that is cut is none.
            isKept = false
            isCut = true
            isFieldOpen = false
            if let cut = header.entries.popLast() { header.octets.removeSubrange(cut.name.lowerBound...) }
            return
        }
        header.octets.append(window, range)
    }

    /// Puts the last field's end where it is.
    mutating func endField() {
        guard isFieldOpen, let last = header.entries.indices.last else { return }
        isFieldOpen = false
        let start = header.entries[last].value.lowerBound
        var end = header.octets.count
        if end > start, header.octets[end - 1] == 10 { end -= 1 }
        if end > start, header.octets[end - 1] == 13 { end -= 1 }
        header.entries[last].value = start..<max(start, end)
    }
}
