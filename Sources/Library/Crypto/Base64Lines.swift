/// Writes base64 again exactly as a mail program laid it out. RFC 2045 section 6.8, RFC 4648 section 4.
///
/// An original keeps its large parts decoded, once for all mails that carry
/// them; this makes the octets that were received of them. Any line length
/// of one character or more will do, also one that is no multiple of four.
package struct Base64Lines: Sendable {
    /// How the text was broken into lines.
    package struct Layout: Hashable, Sendable {
        package enum Ending: UInt8, Hashable, Sendable {
            case lf = 1
            case crlf = 2

            package var octets: [UInt8] { self == .lf ? [0x0A] : [0x0D, 0x0A] }
        }

        /// In characters, without the ending; all lines but the last have it.
        package let lineLength: Int
        package let ending: Ending
        package let lastLineEnded: Bool

        package init(lineLength: Int, ending: Ending, lastLineEnded: Bool) {
            precondition(lineLength > 0, "a line of base64 has at least one character")
            self.lineLength = lineLength
            self.ending = ending
            self.lastLineEnded = lastLineEnded
        }

        /// How many octets of text so many decoded ones make.
        package func encodedCount(decodedCount: Int) -> Int {
            let characters = (decodedCount + 2) / 3 * 4
            guard characters > 0 else { return 0 }
            let breaks = (characters - 1) / lineLength + (lastLineEnded ? 1 : 0)
            return characters + breaks * Int(ending.rawValue)
        }
    }

    private let layout: Layout
    private let ending: [UInt8]
    private var column = 0
    /// Octets of an unfinished group of three.
    private var rest: [UInt8] = []
    private var characters: [UInt8] = []

    package init(_ layout: Layout) {
        self.layout = layout
        ending = layout.ending.octets
    }

    /// Appends the text of the next octets to `text`; up to two octets wait for more.
    package mutating func encode(_ octets: Span<UInt8>, into text: inout [UInt8]) {
        var start = 0
        if !rest.isEmpty {
            while rest.count < 3, start < octets.count {
                rest.append(octets[start])
                start += 1
            }
            guard rest.count == 3 else { return }
            let group = rest
            rest.removeAll()
            write(group.span, into: &text)
        }
        let groups = (octets.count - start) / 3 * 3
        write(octets.extracting(start..<start + groups), into: &text)
        for index in start + groups..<octets.count { rest.append(octets[index]) }
    }

    /// Appends what is left, padded, and the last ending if there was one.
    package mutating func finish(into text: inout [UInt8]) {
        if !rest.isEmpty {
            let padding = 3 - rest.count
            let group = rest + [UInt8](repeating: 0, count: padding)
            encode(group.span)
            for place in 0..<padding { characters[3 - place] = UInt8(ascii: "=") }
            breakIntoLines(&text)
            rest.removeAll()
        }
        if column > 0, layout.lastLineEnded { text.append(contentsOf: ending) }
        column = 0
    }

    private mutating func write(_ groups: Span<UInt8>, into text: inout [UInt8]) {
        guard groups.count > 0 else { return }
        encode(groups)
        breakIntoLines(&text)
    }

    /// Makes ``characters`` of whole groups of three octets.
    private mutating func encode(_ groups: Span<UInt8>) {
        let count = groups.count / 3
        unsafe groups.withUnsafeBufferPointer { octets in
            unsafe Self.pairs.withUnsafeBufferPointer { pairs in
                unsafe characters = .init(unsafeUninitializedCapacity: count * 4) { output, written in
                    for group in 0..<count {
                        let first = unsafe UInt32(octets[group * 3]) << 16
                        let second = unsafe UInt32(octets[group * 3 + 1]) << 8
                        let bits = unsafe first | second | UInt32(octets[group * 3 + 2])
                        let left = unsafe pairs[Int(bits >> 12)]
                        let right = unsafe pairs[Int(bits & 0xFFF)]
                        unsafe output[group * 4] = UInt8(truncatingIfNeeded: left >> 8)
                        unsafe output[group * 4 + 1] = UInt8(truncatingIfNeeded: left)
                        unsafe output[group * 4 + 2] = UInt8(truncatingIfNeeded: right >> 8)
                        unsafe output[group * 4 + 3] = UInt8(truncatingIfNeeded: right)
                    }
                    written = count * 4
                }
            }
        }
    }

    /// Appends ``characters``, with an ending before each character that begins a line after the first.
    private mutating func breakIntoLines(_ text: inout [UInt8]) {
        var start = 0
        while start < characters.count {
            if column == layout.lineLength {
                text.append(contentsOf: ending)
                column = 0
            }
            let end = min(characters.count, start + layout.lineLength - column)
            text.append(contentsOf: characters[start..<end])
            column += end - start
            start = end
        }
    }

    /// The two characters of every twelve bits: half as many steps as one character at a time.
    private static let pairs: [UInt16] = {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        return (0..<4096).map { UInt16(alphabet[$0 >> 6]) << 8 | UInt16(alphabet[$0 & 63]) }
    }()
}
