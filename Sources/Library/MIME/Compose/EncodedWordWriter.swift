/// Writes text as encoded words, UTF-8 in whichever of the two encodings is shorter. RFC 2047.
///
/// A word is cut between letters as people see them, or between code points
/// where one letter alone is too long: never inside a code point.
struct EncodedWordWriter {
    private static let prologue = "=?UTF-8?"
    /// Of a word, RFC 2047 section 2; the line it stands on has one more.
    private static let longest = 75
    /// Around the text: `=?UTF-8?Q?` and `?=`.
    private static let frame = 12

    private let usesQ: Bool

    init(for text: String) {
        let quoted = text.utf8.reduce(0) { $0 + Self.quotedCount($1) }
        usesQ = quoted <= (text.utf8.count + 2) / 3 * 4
    }

    /// The next word, at most `room` characters long, its text taken off `rest`.
    mutating func next(_ rest: inout Substring, room: Int) -> String {
        let room = min(room, Self.longest) - Self.frame
        precondition(room >= 16, "an encoded word has room for one code point")
        let text = rest
        let letters = cuts(in: text, room) { text.index(after: $0) }
        let scalars = cuts(in: text, room) { text.unicodeScalars.index(after: $0) }
        let end =
            usesQ || letters.last == text.endIndex
            ? letters.last ?? scalars.last
            : letters.unpadded ?? scalars.unpadded ?? letters.last ?? scalars.last
        guard let end else { preconditionFailure("a code point has four octets at most") }
        let chunk = Array(rest[..<end].utf8)
        rest = rest[end...]
        return Self.prologue + (usesQ ? "Q?" + Self.quoted(chunk) : "B?" + Base64Alphabet.text(chunk)) + "?="
    }

    /// The last places where the text may be cut so that the word is short enough; nil where none is.
    ///
    /// In base64 rather after a multiple of three octets: GMime (3.2, 2020)
    /// reads words that follow each other as one, up to the first padding.
    private func cuts(
        in rest: Substring, _ room: Int, after: (String.Index) -> String.Index
    ) -> (last: String.Index?, unpadded: String.Index?) {
        var count = 0
        var octets = 0
        var start = rest.startIndex
        var cuts: (last: String.Index?, unpadded: String.Index?) = (nil, nil)
        while start < rest.endIndex {
            let place = after(start)
            let piece = rest[start..<place].utf8
            octets += piece.count
            count += usesQ ? piece.reduce(0) { $0 + Self.quotedCount($1) } : 0
            guard (usesQ ? count : (octets + 2) / 3 * 4) <= room else { break }
            cuts.last = place
            if octets % 3 == 0 { cuts.unpadded = place }
            start = place
        }
        return cuts
    }

    /// What may stand in a word before an address too. RFC 2047 section 5 (3).
    private static func isPlain(_ octet: UInt8) -> Bool {
        octet.isASCIILetterOrDigit || "!*+-/".utf8.contains(octet)
    }

    private static func quotedCount(_ octet: UInt8) -> Int { octet == 32 || isPlain(octet) ? 1 : 3 }

    private static func quoted(_ octets: [UInt8]) -> String {
        octets.reduce(into: "") { text, octet in
            if octet == 32 {
                text += "_"
            } else {
                text += isPlain(octet) ? String(Unicode.Scalar(octet)) : "=" + octet.hex
            }
        }
    }
}

extension UInt8 {
    var isASCIILetterOrDigit: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 32)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }

    /// Two digits, upper case, as quoted-printable and percent-encoding want them.
    var hex: String {
        let digits = String(self, radix: 16, uppercase: true)
        return self < 16 ? "0" + digits : digits
    }
}
