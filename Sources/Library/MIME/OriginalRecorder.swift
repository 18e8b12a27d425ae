/// Passes on the message's octets as they came, or the run that stands for them.
///
/// Every octet fed goes through here exactly once and in order: either into
/// a literal stretch of the window at hand, or as regular lines of base64,
/// which are held until they are worth a reference. So what comes out is by
/// construction what went in.
struct OriginalRecorder {
    let threshold: Int
    /// The stretch of the current window that is to be passed on literally.
    private var literal = 0..<0
    private var held = OctetBuffer()
    private var run: (part: Int, decodedCount: Int)?

    init(threshold: Int) { self.threshold = threshold }

    mutating func keep(
        _ window: Span<UInt8>, _ range: Range<Int>, into receiver: inout some MessageReceiver
    ) throws {
        precondition(run == nil, "a run is ended before anything else is kept")
        guard !range.isEmpty else { return }
        if literal.upperBound == range.lowerBound, !literal.isEmpty {
            literal = literal.lowerBound..<range.upperBound
        } else {
            try flush(window, into: &receiver)
            literal = range
        }
    }

    /// Regular lines of base64, and to how many octets all of the part's so far decoded.
    mutating func keepLines(
        _ window: Span<UInt8>, _ range: Range<Int>, of part: Int, decodedCount: Int,
        into receiver: inout some MessageReceiver
    ) throws {
        guard !range.isEmpty else { return }
        if run == nil { try flush(window, into: &receiver) }
        run = (part, decodedCount)
        if decodedCount < threshold {
            held.append(window.extracting(range))
        } else {
            held.removeAll()
        }
    }

    mutating func endRun(
        lineLength: Int, lineEnding: LineEnding?, lastLineEnded: Bool,
        into receiver: inout some MessageReceiver
    ) throws {
        guard let run else { return }
        self.run = nil
        guard run.decodedCount >= threshold, let lineEnding else {
            try receiver.original(held.storage.span.extracting(0..<held.count))
            held.removeAll()
            return
        }
        try receiver.original(
            EncodedRun(
                part: run.part, decodedCount: run.decodedCount, lineLength: lineLength,
                lineEnding: lineEnding,
                lastLineEnded: lastLineEnded))
    }

    /// Passes on what is still only a range of the window, which is about to go.
    mutating func flush(_ window: Span<UInt8>, into receiver: inout some MessageReceiver) throws {
        guard !literal.isEmpty else { return }
        try receiver.original(window.extracting(literal))
        literal = 0..<0
    }
}
