/// Takes what a ``MessageParser`` finds, as it finds it.
///
/// Hashing, writing and storing are the receiver's; the parser holds a few
/// kilobytes whatever the message's size. An error thrown here ends the
/// parsing and reaches the caller of `feed`.
package protocol MessageReceiver {
    /// A part's header has been read. Multiparts are announced too, but have no octets.
    mutating func partBegan(_ part: PartHead) throws

    /// The next octets of a part, after transfer decoding and before any charset conversion.
    ///
    /// A container's octets and those of the leaves within it interleave, told apart by the id.
    mutating func partOctets(_ part: Int, _ octets: Span<UInt8>) throws

    mutating func partEnded(_ part: Int, _ end: PartEnd) throws

    /// The next octets of the original, to be kept as they are.
    mutating func original(_ octets: Span<UInt8>) throws

    /// In place of the next octets of the original: how to make them from a part's. It comes
    /// once the run has ended: after the part's octets it speaks of, before or after the part's end.
    mutating func original(_ run: EncodedRun) throws
}

/// A stretch of the original that is the base64 of a part's first octets, and nothing else.
///
/// A message whose attachments are kept by content needs no second copy of
/// them: encoding the octets `0..<decodedCount` of the part again gives back
/// the original to the octet. RFC 2045 section 6.8.
package struct EncodedRun: Hashable, Sendable {
    package let part: Int
    package let decodedCount: Int
    /// How many characters each line has but the last, which may have fewer. A multiple of four.
    package let lineLength: Int
    package let lineEnding: LineEnding
    /// False when the original ended without a line end.
    package let lastLineEnded: Bool

    package init(
        part: Int, decodedCount: Int, lineLength: Int, lineEnding: LineEnding, lastLineEnded: Bool
    ) {
        precondition(lineLength > 0 && lineLength % 4 == 0, "a line of base64 holds whole groups of four")
        self.part = part
        self.decodedCount = decodedCount
        self.lineLength = lineLength
        self.lineEnding = lineEnding
        self.lastLineEnded = lastLineEnded
    }

    /// How many octets of the original the run stands for.
    package var encodedCount: Int {
        let characters = (decodedCount + 2) / 3 * 4
        let lines = (characters + lineLength - 1) / lineLength
        return characters + (lastLineEnded ? lines : lines - 1) * lineEnding.octets.count
    }
}

/// How lines end: CRLF on the wire, LF in many a file.
package enum LineEnding: String, Hashable, Sendable {
    case crlf = "\r\n"
    case lf = "\n"

    package var octets: [UInt8] { Array(rawValue.utf8) }
}
