import MIME
import Mail

/// Keeps everything a parser says, and puts the original together again from it.
struct Collector: MessageReceiver {
    var octets: [Int: [UInt8]] = [:]
    var began: [PartHead] = []
    var ended: [Int: PartEnd] = [:]
    var originals: [Original] = []
    var mistakes: [String] = []
    private var literals: [UInt8] = []

    enum Original: Equatable {
        case literal([UInt8])
        case run(EncodedRun)
    }

    mutating func partBegan(_ part: PartHead) {
        if part.id != began.count { mistakes.append("part \(part.id) began out of order") }
        began.append(part)
        octets[part.id] = []
    }

    mutating func partOctets(_ part: Int, _ octets: Span<UInt8>) {
        if ended[part] != nil { mistakes.append("octets of part \(part) after its end") }
        if octets.isEmpty { mistakes.append("no octets of part \(part)") }
        octets.withUnsafeBufferPointer { self.octets[part]?.append(contentsOf: $0) }
    }

    mutating func partEnded(_ part: Int, _ end: PartEnd) {
        if ended[part] != nil { mistakes.append("part \(part) ended twice") }
        if octets[part]?.count != end.decodedCount { mistakes.append("part \(part) says another count") }
        ended[part] = end
    }

    mutating func original(_ octets: Span<UInt8>) {
        octets.withUnsafeBufferPointer { literals.append(contentsOf: $0) }
    }

    mutating func original(_ run: EncodedRun) {
        endLiteral()
        originals.append(.run(run))
    }

    mutating func endLiteral() {
        guard !literals.isEmpty else { return }
        originals.append(.literal(literals))
        literals = []
    }

    /// What was fed, made again of literal octets and runs.
    var original: [UInt8] {
        originals.flatMap { piece in
            switch piece {
            case .literal(let octets): octets
            case .run(let run): encoded(octets[run.part, default: []].prefix(run.decodedCount), run)
            }
        }
    }

    var runs: [EncodedRun] {
        originals.compactMap { if case .run(let run) = $0 { run } else { nil } }
    }
}

/// Base64 in lines as a run describes them; written without the decoder's tables.
private func encoded(_ octets: ArraySlice<UInt8>, _ run: EncodedRun) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var characters: [UInt8] = []
    var index = octets.startIndex
    while index < octets.endIndex {
        let group = octets[index..<min(index + 3, octets.endIndex)]
        var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        bits <<= UInt32(8 * (3 - group.count))
        for place in 0..<4 {
            characters.append(
                place <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "="))
        }
        index += 3
    }
    var lines: [UInt8] = []
    for start in stride(from: 0, to: characters.count, by: run.lineLength) {
        lines += characters[start..<min(start + run.lineLength, characters.count)]
        if start + run.lineLength < characters.count || run.lastLineEnded { lines += run.lineEnding.octets }
    }
    return lines
}

/// Feeds a message in pieces and returns what came of it.
func parse(
    _ message: [UInt8], chunks: Int = .max, limits: ParserLimits = ParserLimits()
) throws -> (ParsedMessage, Collector) {
    try parse(message, limits: limits) { _ in chunks }
}

func parse(
    _ message: [UInt8], limits: ParserLimits = ParserLimits(), nextChunk: (Int) -> Int
) throws -> (ParsedMessage, Collector) {
    var parser = MessageParser(limits: limits)
    var collector = Collector()
    var start = 0
    while start < message.count {
        let count = min(max(1, nextChunk(start)), message.count - start)
        try parser.feed(message.span.extracting(start..<start + count), into: &collector)
        start += count
    }
    let parsed = try parser.finish(into: &collector)
    collector.endLiteral()
    return (parsed, collector)
}

func parse(text: String, chunks: Int = .max) throws -> (ParsedMessage, Collector) {
    try parse(Array(text.utf8), chunks: chunks)
}
