/// Reads a message as it arrives, and tells a receiver what it finds.
///
/// Nothing is recursive and nothing of a message is kept but its headers, so
/// a mail of a hundred levels or a hundred megabytes costs no more memory
/// than another. Feed the octets in pieces of any size, then `finish`; after
/// an error of the receiver's the parser is of no further use.
package struct MessageParser: Sendable {
    /// So much of a chunk is worked on at once: what was decoded is still in the cache when it is delivered.
    private static let windowSize = 64 << 10

    private var core: ParserCore
    private var layers = [Layer(outermost: true)]
    private var byteCount = 0

    package init(limits: ParserLimits = ParserLimits()) {
        core = ParserCore(limits: limits)
    }

    package mutating func feed(_ chunk: Span<UInt8>, into receiver: inout some MessageReceiver) throws {
        byteCount += chunk.count
        var position = 0
        while position < chunk.count {
            let window = chunk.extracting(position..<min(chunk.count, position + Self.windowSize))
            position += try layers[0].take(window, isLast: false, &core, into: &receiver)
            try settle(into: &receiver)
        }
    }

    /// Ends the message: what is still open is ended as it stands.
    package mutating func finish(into receiver: inout some MessageReceiver) throws -> ParsedMessage {
        repeat {
            try drain(0, into: &receiver)
            try settle(into: &receiver)
        } while try layers[0].hasCarry || !layers[0].finish(&core, into: &receiver)
        return ParsedMessage(
            envelope: core.envelope, header: core.header,
            parts: core.records.map { .init(head: $0.head, end: $0.end, envelope: $0.envelope) },
            problems: core.problems, byteCount: byteCount, isMail: !core.header.isEmpty)
    }

    /// Lets the layers within read what they were given, innermost first, and ends those whose end has come.
    private mutating func settle(into receiver: inout some MessageReceiver) throws {
        while true {
            try passInwards(into: &receiver)
            let waiting = layers.lastIndex { $0.awaitsInner }
            if let busy = layers.lastIndex(where: \.hasInput), busy > waiting ?? 0 {
                try layers[busy].takeInput(&core, into: &receiver)
                continue
            }
            guard let waiting else { return }
            let inner = waiting + 1
            if layers[inner].hasCarry {
                try drain(inner, into: &receiver)
            } else if try layers[inner].finish(&core, into: &receiver) {
                precondition(inner == layers.count - 1, "a layer ends after the one within it")
                layers.removeLast()
                layers[waiting].innerEnded()
                core.layers -= 1
                core.depth -= 1
            }
        }
    }

    /// Offers a layer once more what it waits with, now that nothing follows.
    private mutating func drain(_ index: Int, into receiver: inout some MessageReceiver) throws {
        guard layers[index].hasCarry else { return }
        let nothing: [UInt8] = []
        _ = try layers[index].take(nothing.span, isLast: true, &core, into: &receiver)
    }

    /// Begins a layer that was found, and hands on what was decoded for it.
    private mutating func passInwards(into receiver: inout some MessageReceiver) throws {
        for index in layers.indices {
            if let part = layers[index].begins {
                layers[index].begins = nil
                layers.append(Layer(outermost: false, section: core.records[part].head.section, part: part))
                core.layers += 1
            }
            if layers[index].hasInner, !layers[index].output.isEmpty {
                var buffer = layers[index].output
                layers[index].output = OctetBuffer()
                layers[index + 1].give(&buffer)
                layers[index].output = buffer
                layers[index].passedOn = 0
            }
        }
    }
}
