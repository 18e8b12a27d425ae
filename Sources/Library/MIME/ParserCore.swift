import Mail

/// What all layers of one message share: its parts so far, its problems, its limits.
struct ParserCore {
    struct Record {
        let head: PartHead
        var decodedCount = 0
        var problems: [Problem.Kind] = []
        var embeddedName: String?
        var envelope: Envelope?

        var end: PartEnd {
            PartEnd(decodedCount: decodedCount, problems: problems, embeddedName: embeddedName)
        }
    }

    let limits: ParserLimits
    var recorder: OriginalRecorder
    var records: [Record] = []
    var problems: [Problem] = []
    /// The message's own header, once it has been read.
    var header = MessageHeader()
    var envelope = Envelope()
    /// Multiparts and messages open at this moment, in all layers.
    var depth = 0
    var headerOctets = 0
    /// Layers open beneath the outermost.
    var layers = 0
    /// No more parts are begun; the rest of the message is only passed through.
    var isFull = false

    init(limits: ParserLimits) {
        self.limits = limits
        recorder = OriginalRecorder(threshold: limits.referenceThreshold)
    }

    /// Notes a problem, once per part.
    mutating func report(_ kind: Problem.Kind, part: Int? = nil) {
        guard let part else {
            if !problems.contains(where: { $0.kind == kind && $0.section == nil }) {
                problems.append(Problem(kind))
            }
            return
        }
        guard !records[part].problems.contains(kind) else { return }
        records[part].problems.append(kind)
        problems.append(Problem(kind, in: records[part].head.section))
    }

    mutating func deliver(
        _ octets: Span<UInt8>, of part: Int, into receiver: inout some MessageReceiver
    ) throws {
        guard !octets.isEmpty else { return }
        records[part].decodedCount += octets.count
        try receiver.partOctets(part, octets)
    }

    mutating func end(_ part: Int, into receiver: inout some MessageReceiver) throws {
        try receiver.partEnded(part, records[part].end)
    }
}
