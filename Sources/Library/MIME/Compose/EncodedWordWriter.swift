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
        usesQ = Self.quotedCount(text[...]) <= Self.base64Count(text[...])
    }

    /// The next word, at most `room` characters long, its text taken off `rest`.
    func next(_ rest: inout Substring, room: Int) -> String {
        let room = min(room, Self.longest) - Self.frame
        precondition(room >= 16, "an encoded word has room for one code point")
        let text = rest
        let base64End = usesQ ? nil : Self.base64End(of: text, room)
        guard let end = base64End ?? Self.quotedEnd(of: text, room) else {
            preconditionFailure("a code point has four octets at most")
        }
        let chunk = Array(rest[..<end].utf8)
        rest = rest[end...]
        let word = base64End == nil ? "Q?" + Self.quoted(chunk) : "B?" + Base64Alphabet.text(chunk)
        return Self.prologue + word + "?="
    }

    /// Where a word of base64 ends: with the text, or after a multiple of three octets, without padding.
    ///
    /// GMime (3.2, 2020) reads words of one encoding that follow each other as
    /// one, up to the first padding. Where no cut goes without (`10月分の…`), one
    /// word is quoted.
    private static func base64End(of text: Substring, _ room: Int) -> String.Index? {
        let letters = cuts(in: text, room, count: base64Count) { text.index(after: $0) }
        if letters.last == text.endIndex { return letters.last }
        return letters.unpadded
            ?? cuts(in: text, room, count: base64Count) { text.unicodeScalars.index(after: $0) }.unpadded
    }

    private static func quotedEnd(of text: Substring, _ room: Int) -> String.Index? {
        cuts(in: text, room, count: quotedCount) { text.index(after: $0) }.last
            ?? cuts(in: text, room, count: quotedCount) { text.unicodeScalars.index(after: $0) }.last
    }

    /// The last places where the text may be cut so that the word is short enough; nil where none is.
    private static func cuts(
        in rest: Substring, _ room: Int, count: (Substring) -> Int, after: (String.Index) -> String.Index
    ) -> (last: String.Index?, unpadded: String.Index?) {
        var octets = 0
        var start = rest.startIndex
        var cuts: (last: String.Index?, unpadded: String.Index?) = (nil, nil)
        while start < rest.endIndex {
            let place = after(start)
            guard count(rest[..<place]) <= room else { break }
            octets += rest[start..<place].utf8.count
            cuts.last = place
            if octets % 3 == 0 { cuts.unpadded = place }
            start = place
        }
        return cuts
    }

    private static func base64Count(_ text: Substring) -> Int { (text.utf8.count + 2) / 3 * 4 }

    private static func quotedCount(_ text: Substring) -> Int {
        text.utf8.reduce(0) { $0 + quotedCount($1) }
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
