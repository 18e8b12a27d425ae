/// Text of header fields: `=?charset?B?…?=` and what stands around it. RFC 2047.
///
/// Read as leniently as people read: words glued to other text, words that
/// split a character between them, raw octets of some charset (RFC 6532 makes
/// them UTF-8; old software doesn't know), spaces inside a word.
package enum EncodedWords {
    private struct Word {
        let charset: String
        let octets: [UInt8]
        let end: Int
    }

    /// Unfolds and decodes; never fails.
    package static func decode(_ value: ArraySlice<UInt8>) -> String {
        let octets = unfold(value)
        guard mayHoldWord(octets) else { return CharsetDecoder.guess(octets) }
        var text = ""
        var plain: [UInt8] = []
        var pending: (charset: String, octets: [UInt8])?
        func flushWord() {
            guard let word = pending else { return }
            text += CharsetDecoder.decode(word.octets, charset: word.charset).text
            pending = nil
        }
        var position = 0
        while position < octets.count {
            guard let word = word(octets, at: position) else {
                plain.append(octets[position])
                position += 1
                continue
            }
            position = word.end
            let isAdjacent = pending != nil && plain.allSatisfy(\.isFoldingSpace)
            if isAdjacent, pending?.charset == word.charset {
                pending?.octets += word.octets
            } else {
                flushWord()
                if !isAdjacent { text += CharsetDecoder.guess(plain) }
                pending = (word.charset, word.octets)
            }
            plain = []
        }
        flushWord()
        return text + CharsetDecoder.guess(plain)
    }

    /// Unfolded and trimmed, as UTF-8 where it is that.
    static func unfolded(_ value: ArraySlice<UInt8>) -> String { CharsetDecoder.guess(unfold(value)) }

    /// Takes the line ends out and the white space at both ends off. RFC 5322 section 2.2.3.
    private static func unfold(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var slice = value
        while let first = slice.first, first.isFoldingSpace { slice = slice.dropFirst() }
        while let last = slice.last, last.isFoldingSpace { slice = slice.dropLast() }
        return slice.contains(10) || slice.contains(13) ? slice.filter { $0 != 13 && $0 != 10 } : Array(slice)
    }

    private static func mayHoldWord(_ octets: [UInt8]) -> Bool {
        var isAfterEquals = false
        for octet in octets {
            if isAfterEquals, octet == 63 { return true }
            isAfterEquals = octet == 61
        }
        return false
    }

    /// The length of an encoded word's charset and encoding is bounded, or finding them would not be linear.
    private static let longestCharset = 64

    private static func word(_ octets: [UInt8], at start: Int) -> Word? {
        guard octets[start] == 61, start + 1 < octets.count, octets[start + 1] == 63 else { return nil }
        let limit = min(octets.count, start + 2 + longestCharset)
        guard let mark = octets[(start + 2)..<limit].firstIndex(of: 63), mark > start + 2,
            mark + 2 < octets.count,
            octets[mark + 2] == 63, let end = end(octets, from: mark + 3)
        else { return nil }
        let label = octets[(start + 2)..<mark].prefix { $0 != UInt8(ascii: "*") }
        let charset = String(decoding: label.map(\.lowercasedASCII), as: UTF8.self)
        let text = octets[(mark + 3)..<end]
        switch octets[mark + 1].lowercasedASCII {
        case UInt8(ascii: "b"): return Word(charset: charset, octets: base64(text), end: end + 2)
        case UInt8(ascii: "q"): return Word(charset: charset, octets: quoted(text), end: end + 2)
        default: return nil
        }
    }

    /// Where the `?=` is. A word longer than any header should hold is none.
    private static func end(_ octets: [UInt8], from start: Int) -> Int? {
        var position = start
        let limit = min(octets.count, start + 8192)
        while position + 1 < limit {
            if octets[position] == 63 {
                if octets[position + 1] == 61 { return position }
                // `=?` begins the next word: this one has no end.
                if position > start, octets[position - 1] == 61 { return nil }
            }
            position += 1
        }
        return nil
    }

    private static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var decoder = Base64Decoder()
        var output = OctetBuffer()
        let octets = Array(text)
        decoder.decodeLoosely(octets.span, 0..<octets.count, into: &output)
        decoder.finish(into: &output)
        return output.storage.span.copy(0..<output.count)
    }

    /// The `Q` encoding. RFC 2047 section 4.2.
    private static func quoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var octets: [UInt8] = []
        var rest = text
        while let octet = rest.popFirst() {
            if octet == UInt8(ascii: "_") {
                octets.append(32)
            } else if octet == 61, let high = rest.first?.hexValue, let low = rest.dropFirst().first?.hexValue
            {
                octets.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                octets.append(octet)
            }
        }
        return octets
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        var scalars = unicodeScalars[...]
        while let first = scalars.first, first.value <= 32 { scalars.removeFirst() }
        while let last = scalars.last, last.value <= 32 { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }
}
