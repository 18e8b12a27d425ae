import Mail

/// What comes after a header: a part's octets, and the lines between parts.
extension Layer {
    /// Reads from `position` to the next delimiter or as far as can be judged; nil when more is needed first.
    mutating func readContent(
        _ window: Span<UInt8>, _ position: Int, _ isLast: Bool, _ core: inout ParserCore,
        into receiver: inout some MessageReceiver
    ) throws -> Int? {
        if preamble?.isGuessing == true {
            guard let next = guessBoundary(window, position, isLast) else { return nil }
            if next > position {
                try readOctets(window, position..<next, true, &core, into: &receiver)
                return next
            }
        }
        let (end, delimiter) = findDelimiter(window, position, isLast)
        if end > position {
            let isComplete = delimiter != nil || isLast
            let taken = try readOctets(window, position..<end, isComplete, &core, into: &receiver)
            return taken > position ? taken : nil
        }
        guard let delimiter else { return nil }
        if delimiter.match.isStale {
            core.report(.partsAfterEnd)
            return try readOctets(window, position..<delimiter.end, true, &core, into: &receiver)
        }
        if delimiter.match.level == stack.count - 1 { preamble = nil }
        try beginFromPreamble(&core, into: &receiver)
        guard try endLeaf(&core, into: &receiver) else { return position }
        try endEnclosures(above: delimiter.match.level, window, position, &core, into: &receiver)
        if isOutermost { try core.recorder.keep(window, position..<delimiter.end, into: &receiver) }
        stack[delimiter.match.level].wasDelimited = true
        boundaries.forgetClosed()
        if delimiter.match.isClosing {
            state = .between
            try endEnclosure(isClosed: true, &core, into: &receiver)
        } else if core.isFull {
            state = .between
        } else {
            state = .header
            isMessageHeader = false
            header = HeaderReader()
        }
        heldByLeaf = 0
        return delimiter.end
    }

    /// Where the octets end that no delimiter is among, and the delimiter that follows them.
    ///
    /// Without one, the end is before anything that might become one, or a
    /// CR that might be half of a line end.
    func findDelimiter(
        _ window: Span<UInt8>, _ start: Int, _ isLast: Bool
    ) -> (end: Int, delimiter: (match: OpenBoundaries.Match, end: Int)?) {
        var end = window.count
        if !isLast, window[end - 1] == 13 { end -= 1 }
        guard !boundaries.isEmpty else { return (end, nil) }
        var position = start
        while position < window.count,
            let hyphen = window.firstIndex(of: 45, from: position)
        {
            let isLineStart = hyphen == start ? isAtLineStart : window[hyphen - 1] == 10
            if isLineStart {
                if hyphen + 1 == window.count {
                    if !isLast { end = hyphen }
                    break
                }
                if window[hyphen + 1] == 45 {
                    let newline = window.firstIndex(of: 10, from: hyphen)
                    let lineEnd = newline.map { $0 + 1 } ?? window.count
                    if newline == nil, !isLast, lineEnd - hyphen <= OpenBoundaries.longestLine {
                        end = hyphen
                        break
                    }
                    if lineEnd - hyphen <= OpenBoundaries.longestLine,
                        let match = boundaries.match(window, hyphen..<lineEnd)
                    {
                        return (hyphen, (match, lineEnd))
                    }
                }
            }
            guard let newline = window.firstIndex(of: 10, from: hyphen) else { break }
            position = newline + 1
        }
        return (max(start, end), nil)
    }

    /// Passes octets that no delimiter is among to where they belong; returns up to where it took them.
    @discardableResult
    private mutating func readOctets(
        _ window: Span<UInt8>, _ range: Range<Int>, _ isComplete: Bool, _ core: inout ParserCore,
        into receiver: inout some MessageReceiver
    ) throws -> Int {
        guard state == .leaf, let current = leaf else {
            if isOutermost { try core.recorder.keep(window, range, into: &receiver) }
            if preamble != nil { try keepPreamble(window, range, &core, into: &receiver) }
            return range.upperBound
        }
        if current.isRegularBase64 {
            let taken = try readLines(window, range, isComplete, &core, into: &receiver)
            if isPaused || taken == range.upperBound || leaf?.isRegularBase64 == true { return taken }
            try readFreely(window, taken..<range.upperBound, &core, into: &receiver)
        } else {
            try readFreely(window, range, &core, into: &receiver)
        }
        return range.upperBound
    }

    /// Base64 while it is regular.
    private mutating func readLines(
        _ window: Span<UInt8>, _ range: Range<Int>, _ isComplete: Bool, _ core: inout ParserCore,
        into receiver: inout some MessageReceiver
    ) throws -> Int {
        guard let part = leaf?.part else { return range.lowerBound }
        let taken =
            leaf?.base64?.decodeLines(
                window, from: range.lowerBound, to: range.upperBound, isComplete: isComplete, into: &output)
            ?? range.lowerBound
        let decodedCount = core.records[part].decodedCount + output.count - passedOn
        try passOn(part, &core, into: &receiver)
        if isOutermost {
            try core.recorder.keepLines(
                window, range.lowerBound..<taken, of: part, decodedCount: decodedCount, into: &receiver)
            if leaf?.isRegularBase64 != true { try endRun(&core, into: &receiver) }
        }
        return taken
    }

    /// Anything else: straight through, or through a decoder that takes what comes.
    private mutating func readFreely(
        _ window: Span<UInt8>, _ range: Range<Int>, _ core: inout ParserCore,
        into receiver: inout some MessageReceiver
    ) throws {
        if isOutermost { try core.recorder.keep(window, range, into: &receiver) }
        if heldByLeaf > 0 {
            let ending = heldByLeaf
            heldByLeaf = 0
            try decode(Self.lineEnd(ending).span, 0..<ending, &core, into: &receiver)
        }
        var end = range.upperBound
        if !boundaries.isEmpty, window[end - 1] == 10 {
            end -= 1
            if end > range.lowerBound, window[end - 1] == 13 { end -= 1 }
            heldByLeaf = range.upperBound - end
        }
        try decode(window, range.lowerBound..<end, &core, into: &receiver)
    }

    /// Gives octets of the leaf to its decoder, and what comes of them to whom it concerns.
    mutating func decode(
        _ window: Span<UInt8>, _ range: Range<Int>, _ core: inout ParserCore,
        into receiver: inout some MessageReceiver
    ) throws {
        guard let current = leaf else { return }
        if current.isIdentity {
            try core.deliver(window.extracting(range), of: current.part, into: &receiver)
            return
        }
        leaf?.decode(window, range, into: &output)
        try passOn(current.part, &core, into: &receiver)
    }

    /// Delivers what was decoded, and keeps it only where a layer within waits for it.
    private mutating func passOn(
        _ part: Int, _ core: inout ParserCore, into receiver: inout some MessageReceiver
    ) throws {
        try core.deliver(output.storage.span.extracting(passedOn..<output.count), of: part, into: &receiver)
        if hasInner { passedOn = output.count } else { output.removeAll() }
    }

    private mutating func endRun(
        _ core: inout ParserCore, into receiver: inout some MessageReceiver
    ) throws {
        guard isOutermost, let base64 = leaf?.base64 else { return }
        try core.recorder.endRun(
            lineLength: base64.lineLength, lineEnding: base64.lineEnding, lastLineEnded: base64.lastLineEnded,
            into: &receiver)
    }

    /// Ends the part being read; false when the layer within it must end first.
    mutating func endLeaf(
        _ core: inout ParserCore, into receiver: inout some MessageReceiver
    ) throws -> Bool {
        guard let current = leaf else { return true }
        if !current.isFlushed {
            try endRun(&core, into: &receiver)
            leaf?.finish(into: &output)
            leaf?.isFlushed = true
            try passOn(current.part, &core, into: &receiver)
        }
        if hasInner {
            awaitsInner = true
            return false
        }
        core.records[current.part].embeddedName = current.uuencode?.name
        for kind in leaf?.problems ?? [] { core.report(kind, part: current.part) }
        try core.end(current.part, into: &receiver)
        leaf = nil
        return true
    }
}
