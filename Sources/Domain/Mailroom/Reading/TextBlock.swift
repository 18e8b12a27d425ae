/// A stretch of a message's plain text, by who wrote it.
///
/// Whoever answers mail all day reads what is new; what was read before is
/// folded away. Nothing is ever left out: what a program's marks do not tell
/// stands as the writer's own.
package struct TextBlock: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case own
        /// Lines that answer stand right below it: too short to be folded.
        case shortQuote
        /// What was written before, with the line that says by whom.
        case quote
        /// A message passed on, or all that an answer was written above: with its header, to the end.
        case earlier
        case signature
    }

    package let kind: Kind
    /// Without line ends; those of a quote keep their marks.
    package let lines: [Substring]

    /// The lines joined again.
    package var text: String { lines.joined(separator: "\n") }

    /// A quote of so many lines that is answered below is read with the answer.
    private static let short = 6

    /// In order; every line of the text is in one of them, but for empty ones at their ends.
    package static func blocks(of text: String) -> [TextBlock] {
        var reader = BlockReader(text.split(separator: "\n", omittingEmptySubsequences: false))
        let blocks = reader.blocks()
        return blocks.enumerated().map { index, block in
            let isAnswered = blocks[(index + 1)...].contains { $0.kind == .own }
            guard block.kind == .quote, block.lines.count <= short, isAnswered else { return block }
            return TextBlock(kind: .shortQuote, lines: block.lines)
        }
    }
}

/// Goes through the lines once, and says what each of them begins.
private struct BlockReader {
    private let lines: [Substring]
    private var blocksSoFar: [TextBlock] = []
    private var own: [Substring] = []

    init(_ lines: [Substring]) { self.lines = lines }

    mutating func blocks() -> [TextBlock] {
        var index = 0
        while index < lines.count {
            let line = lines[index]
            if QuoteSigns.isQuoted(line) {
                index = takeQuote(at: index)
            } else if QuoteSigns.beginsEarlier(lines[index...]) {
                finishOwn()
                add(.earlier, lines[index...])
                return blocksSoFar
            } else if QuoteSigns.isSignatureMark(line) {
                finishOwn()
                index = takeSignature(at: index)
            } else {
                own.append(line)
                index += 1
            }
        }
        finishOwn()
        return blocksSoFar
    }

    /// Marked lines, and empty ones between them; the line before that says who wrote them belongs to them.
    private mutating func takeQuote(at start: Int) -> Int {
        var end = start
        var next = start
        while next < lines.count, QuoteSigns.isQuoted(lines[next]) || QuoteSigns.isBlank(lines[next]) {
            next += 1
            if QuoteSigns.isQuoted(lines[next - 1]) { end = next }
        }
        var heading: [Substring] = []
        while own.last.map(QuoteSigns.isBlank) == true { own.removeLast() }
        if let count = QuoteSigns.attribution(endOf: own[...]) {
            heading = Array(own.suffix(count))
            own.removeLast(count)
        }
        finishOwn()
        add(.quote, heading + lines[start..<end])
        return end
    }

    private mutating func takeSignature(at start: Int) -> Int {
        var end = start + 1
        while end < lines.count, !QuoteSigns.isQuoted(lines[end]), !QuoteSigns.beginsEarlier(lines[end...]) {
            end += 1
        }
        var signature = lines[start..<end]
        // Who is quoted below says so after the signature.
        if end < lines.count, QuoteSigns.isQuoted(lines[end]) {
            while signature.last.map(QuoteSigns.isBlank) == true { signature.removeLast() }
            if let count = QuoteSigns.attribution(endOf: signature.dropFirst()) {
                own = Array(signature.suffix(count))
                signature = signature.dropLast(count)
            }
        }
        add(.signature, signature)
        return end
    }

    private mutating func finishOwn() {
        add(.own, own)
        own = []
    }

    private mutating func add(_ kind: TextBlock.Kind, _ lines: some Collection<Substring>) {
        var lines = Array(lines)[...]
        lines = lines.drop(while: QuoteSigns.isBlank)
        while lines.last.map(QuoteSigns.isBlank) == true { lines.removeLast() }
        if !lines.isEmpty { blocksSoFar.append(TextBlock(kind: kind, lines: Array(lines))) }
    }
}
