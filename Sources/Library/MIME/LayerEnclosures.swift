import Mail

/// What encloses the part being read: multiparts and messages, and their ends.
extension Layer {
    /// Gives the messages open in this layer the window's octets before `position`.
    ///
    /// A line end there is held back: it is theirs only if no delimiter of
    /// something around them follows.
    mutating func deliverToContainers(
        _ window: Span<UInt8>, upTo position: Int, _ core: inout ParserCore,
        into receiver: inout some MessageReceiver
    ) throws {
        guard position > containerMark else { return }
        defer { containerMark = position }
        guard !containers.isEmpty else { return }
        try deliver(window, upTo: position, to: containers[...], &core, into: &receiver)
        heldByContainers = Self.lineEndCount(window, containerMark..<position)
    }

    /// The line end held earlier, and the octets up to `position` without the line end before it.
    private func deliver(
        _ window: Span<UInt8>, upTo position: Int, to parts: ArraySlice<Int>, _ core: inout ParserCore,
        into receiver: inout some MessageReceiver
    ) throws {
        guard position > containerMark else { return }
        let held = Self.lineEnd(heldByContainers)
        let end = position - Self.lineEndCount(window, containerMark..<position)
        for part in parts {
            if heldByContainers > 0 { try core.deliver(held.span, of: part, into: &receiver) }
            try core.deliver(window.extracting(containerMark..<end), of: part, into: &receiver)
        }
    }

    /// How many octets of line end a stretch ends with.
    private static func lineEndCount(_ window: Span<UInt8>, _ range: Range<Int>) -> Int {
        guard let last = range.last, window[last] == 10 else { return 0 }
        return range.count > 1 && window[last - 1] == 13 ? 2 : 1
    }

    /// Ends what lies within the multipart at `level`, whose delimiter is at `position`.
    mutating func endEnclosures(
        above level: Int, _ window: Span<UInt8>, _ position: Int, _ core: inout ParserCore,
        into receiver: inout some MessageReceiver
    ) throws {
        let ending = stack[(level + 1)...].filter { !$0.isMultipart }.count
        let first = containers.count - ending
        if ending > 0 {
            try deliver(window, upTo: position, to: containers[first...], &core, into: &receiver)
        }
        while stack.count > level + 1 { try endEnclosure(isClosed: false, &core, into: &receiver) }
        if containers.isEmpty { heldByContainers = 0 }
    }

    /// Ends the innermost multipart or message.
    mutating func endEnclosure(
        isClosed: Bool, _ core: inout ParserCore, into receiver: inout some MessageReceiver
    ) throws {
        guard let enclosure = stack.popLast() else { return }
        core.depth -= 1
        if enclosure.isMultipart {
            boundaries.close(downTo: stack.count)
            if !isClosed, !core.isFull {
                core.report(
                    enclosure.wasDelimited == false ? .boundaryNeverSeen : .notClosed, part: enclosure.part)
            }
        } else if containers.last == enclosure.part {
            containers.removeLast()
        }
        try core.end(enclosure.part, into: &receiver)
    }
}
