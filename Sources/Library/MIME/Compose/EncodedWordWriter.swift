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
        var chunk: [UInt8] = []
        while let letter = rest.first, fits(chunk, Array(letter.utf8), room) {
            chunk += letter.utf8
            rest.removeFirst()
        }
        if chunk.isEmpty {
            while let scalar = rest.unicodeScalars.first, fits(chunk, Array(String(scalar).utf8), room) {
                chunk += String(scalar).utf8
                rest.unicodeScalars.removeFirst()
            }
        }
        return Self.prologue + (usesQ ? "Q?" + Self.quoted(chunk) : "B?" + Base64Alphabet.text(chunk)) + "?="
    }

    private func fits(_ chunk: [UInt8], _ more: [UInt8], _ room: Int) -> Bool {
        if !usesQ { return (chunk.count + more.count + 2) / 3 * 4 <= room }
        return (chunk + more).reduce(0) { $0 + Self.quotedCount($1) } <= room
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
