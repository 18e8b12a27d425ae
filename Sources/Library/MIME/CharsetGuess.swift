/// The likeliest reading of octets that don't say what they are, or lie.
///
/// Only what is really sent raw is considered: UTF-8, Japan's three, and
/// Windows-1252, which can be anything and so comes last. In Japanese most
/// characters are pairs with a common lead octet; in the languages of the
/// West a letter beyond ASCII stands alone among ASCII letters.
struct CharsetGuess {
    let charset: Charset
    let text: String

    init(_ octets: [UInt8]) {
        if Self.hasJapaneseEscape(octets) {
            charset = .iso2022JP
            text = JapaneseEscapes.decode(octets).text
            return
        }
        if let text = String(validating: octets, as: UTF8.self) {
            charset = .utf8
            self.text = text
            return
        }
        let western = Self.westernScore(octets)
        let euc = Self.eucScore(octets) ?? -1
        let shiftJIS = Self.shiftJISScore(octets) ?? -1
        if euc > western, euc >= shiftJIS, let converted = CharsetConversion.decode(octets, from: "EUC-JP-MS")
        {
            charset = .named("EUC-JP-MS")
            text = converted.text
        } else if shiftJIS > western, let converted = CharsetConversion.decode(octets, from: "CP932") {
            charset = .named("CP932")
            text = converted.text
        } else if Self.isMostlyUTF8(octets) {
            charset = .utf8
            text = String(decoding: octets, as: UTF8.self)
        } else {
            charset = .windows1252
            text = Windows1252.decode(octets)
        }
    }

    static func hasJapaneseEscape(_ octets: [UInt8]) -> Bool {
        var rest = octets[...]
        while let escape = rest.firstIndex(of: 27) {
            rest = rest[(escape + 1)...]
            guard let first = rest.first, let second = rest.dropFirst().first else { return false }
            if first == UInt8(ascii: "$"), second == 0x40 || second == 0x42 || second == 0x28 { return true }
            if first == UInt8(ascii: "("), second == 0x49 { return true }
        }
        return false
    }

    /// Letters beyond ASCII as they stand in the West: alone, or two (Grüße) after an ASCII letter.
    private static func westernScore(_ octets: [UInt8]) -> Int {
        var score = 0
        var start = 0
        while let first = octets[start...].firstIndex(where: { $0 >= 0x80 }) {
            let end = octets[first...].firstIndex { $0 < 0x80 } ?? octets.endIndex
            let areLetters = octets[first..<end].allSatisfy { $0 >= 0xc0 }
            let followsLetter = first > 0 && (97...122).contains(octets[first - 1].lowercasedASCII)
            if areLetters, end - first == 1 { score += 1 }
            if areLetters, end - first == 2, followsLetter { score += 3 }
            start = end
        }
        return score
    }

    /// Nil where the octets are no EUC-JP.
    private static func eucScore(_ octets: [UInt8]) -> Int? {
        var score = 0
        var rest = octets[...]
        while let octet = rest.popFirst() {
            if octet < 0x80 { continue }
            if octet == 0x8f, rest.count >= 2 { rest = rest.dropFirst() }
            guard let second = rest.popFirst(), second >= 0xa1, second <= 0xfe else { return nil }
            switch octet {
            case 0x8e: break
            case 0x8f: score += 1
            case 0xa4, 0xa5: score += 3
            case 0xa1...0xa3, 0xb0...0xf4: score += 2
            case 0xad: score += 1
            default: return nil
            }
        }
        return score
    }

    /// Nil where the octets are no CP932.
    private static func shiftJISScore(_ octets: [UInt8]) -> Int? {
        var score = 0
        var rest = octets[...]
        while let octet = rest.popFirst() {
            switch octet {
            case 0..<0x80: break
            case 0xa1...0xdf: score += 1
            case 0x81...0x9f, 0xe0...0xef, 0xfa...0xfc:
                guard let second = rest.popFirst(), second >= 0x40, second <= 0xfc, second != 0x7f else {
                    return nil
                }
                if octet == 0xfc, second > 0x4b { return nil }
                if (0x85...0x86).contains(octet) { return nil }
                if (0x81...0x9f).contains(octet) { score += 3 }
            default: return nil
            }
        }
        return score
    }

    /// UTF-8 with a few faults: cut in the middle of a character, most often.
    private static func isMostlyUTF8(_ octets: [UInt8]) -> Bool {
        let text = String(decoding: octets, as: UTF8.self)
        var good = 0
        var bad = 0
        for scalar in text.unicodeScalars where scalar.value >= 0x80 {
            if scalar.value == 0xfffd { bad += 1 } else { good += 1 }
        }
        return good > 2 * bad
    }
}
