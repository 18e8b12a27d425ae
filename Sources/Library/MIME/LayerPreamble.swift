import Mail

/// What stands before a multipart's first delimiter, which may turn out to be all there is.
///
/// A preamble is nobody's octets, but when no delimiter follows (a wrong or
/// missing boundary, a message cut short) it is the text somebody wrote. So a
/// little of it is kept, and becomes a part of its own once it is clear that
/// it was none, or is longer than any preamble.
struct Preamble {
    static let longest = 16 << 10

    /// No boundary was declared: the first line that looks like one is.
    var isGuessing: Bool
    var octets: [UInt8] = []
}

extension Layer {
    /// Adopts a boundary where none was declared; nil when the line at `position` has not come whole.
    mutating func guessBoundary(_ window: Span<UInt8>, _ position: Int, _ isLast: Bool) -> Int? {
        let newline = window.firstIndex(of: 10, from: position)
        let end = newline.map { $0 + 1 } ?? window.count
        if newline == nil, !isLast, end - position <= OpenBoundaries.longestLine { return nil }
        guard isAtLineStart, end - position > 2, end - position <= OpenBoundaries.longestLine,
            window[position] == 45, window[position + 1] == 45
        else { return newline == nil && !isLast && window[end - 1] == 13 ? end - 1 : end }
        var boundary = window.copy(position + 2..<end)
        while let last = boundary.last, last.isFoldingSpace { boundary.removeLast() }
        if !boundary.isEmpty {
            preamble?.isGuessing = false
            boundaries.open(boundary, level: stack.count - 1)
            return position
        }
        return end
    }

    /// Keeps octets before the first delimiter; past the limit they become a part.
    mutating func keepPreamble(
        _ window: Span<UInt8>, _ range: Range<Int>, _ core: inout ParserCore,
        into receiver: inout some MessageReceiver
    ) throws {
        preamble?.octets.append(window, range)
        if let preamble, preamble.octets.count > Preamble.longest {
            try beginFromPreamble(&core, into: &receiver)
        }
    }

    /// Makes a text part of the preamble, if there is anything in it.
    mutating func beginFromPreamble(
        _ core: inout ParserCore, into receiver: inout some MessageReceiver
    ) throws {
        guard var octets = preamble?.octets else { return }
        preamble = nil
        guard octets.contains(where: { !$0.isFoldingSpace }), core.records.count < core.limits.parts else {
            return
        }
        let nothing: [UInt8] = []
        isMessageHeader = false
        try begin(
            ContentFields(MessageHeader(), isInDigest: false), nothing.span, 0, isRoot: false, &core,
            into: &receiver)
        var ending = 0
        if octets.last == 10 {
            ending = octets.dropLast().last == 13 ? 2 : 1
            octets.removeLast(ending)
        }
        try decode(octets.span, 0..<octets.count, &core, into: &receiver)
        heldByLeaf = ending
    }
}
