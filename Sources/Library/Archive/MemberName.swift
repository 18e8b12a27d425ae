internal import Glibc

/// Reads the name of a member whose container does not say in what charset it is.
///
/// A zip without the UTF-8 flag has, by its specification, names in CP437
/// (APPNOTE.TXT section 4.4.4 and appendix D); in truth they are in whatever
/// the sender's Windows used: CP850 in western Europe, CP932 in Japan.
/// The case table, the first that fits:
///
/// | octets | read as |
/// |---|---|
/// | a codepage is named and they are right in it | that |
/// | UTF-8 | UTF-8 |
/// | CP932, with kana or kanji that no western name has by chance | CP932 |
/// | else | of CP437, CP850 and Windows-1252 the one that makes most of them letters |
enum MemberName {
    static func decode(_ octets: [UInt8], codepage: UInt16) -> String {
        if octets.allSatisfy({ $0 < 0x80 }) { return String(decoding: octets, as: UTF8.self) }
        // 0 and 1 are "the system's" on Windows.
        if codepage > 1, codepage != MemberHead.utf8, let text = convert(octets, from: "CP\(codepage)") {
            return text
        }
        if let text = String(validating: octets, as: UTF8.self) { return text }
        let western = ["CP437", "CP850", "CP1252"].compactMap { convert(octets, from: $0) }
        let best = western.max { letters($0) < letters($1) }
        if let japanese = convert(octets, from: "CP932") {
            // Other charsets make signs and boxes of most of it.
            let isWestern = best.map { 4 * letters($0) >= 3 * octets.count { $0 >= 0x80 } } ?? false
            if CP932Evidence(octets).isStrong || !isWestern { return japanese }
        }
        return best ?? String(decoding: octets, as: UTF8.self)
    }

    /// Letters of Latin-1 outside ASCII, and ª and º; not Iceland's, which in CP850 are where CP932 has
    /// kana.
    private static func letters(_ text: String) -> Int {
        text.unicodeScalars.count { scalar in
            switch scalar {
            case "\u{D0}", "\u{D7}", "\u{DE}", "\u{F0}", "\u{F7}", "\u{FE}": false
            case "\u{AA}", "\u{BA}", "\u{C0}"..."\u{FF}": true
            default: false
            }
        }
    }

    /// Nil where an octet has no meaning in the charset.
    private static func convert(_ octets: [UInt8], from charset: String) -> String? {
        let descriptor = unsafe iconv_open("UTF-8", charset)
        guard unsafe descriptor != iconv_t(bitPattern: -1) else { return nil }
        defer { _ = unsafe iconv_close(descriptor) }
        var input = octets.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: 4 * octets.count)
        let left = unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output -> Int? in
                var source = input.baseAddress
                var sourceLeft = input.count
                var target = output.baseAddress
                var targetLeft = output.count
                let result = unsafe iconv(descriptor, &source, &sourceLeft, &target, &targetLeft)
                return result == Int(bitPattern: UInt(bitPattern: -1)) || sourceLeft > 0 ? nil : targetLeft
            }
        }
        guard let left else { return nil }
        let text = output.prefix(output.count - left).map { UInt8(bitPattern: $0) }
        return String(validating: text, as: UTF8.self)
    }
}

/// How sure it is that octets which are right in CP932 are Japanese.
///
/// `Größe` in CP437 is right in CP932 too: `Gr秤e`. A western letter is one
/// octet between ASCII letters, so two kana or common kanji in a row, whose
/// second octets are not all ASCII letters, are what no western name has.
private struct CP932Evidence {
    private(set) var isStrong = false

    init(_ octets: [UInt8]) {
        var position = 0
        var run = 0
        var runHasHighTrail = false
        while position < octets.count {
            let lead = octets[position]
            guard Self.isLead(lead), position + 1 < octets.count else {
                position += 1
                run = 0
                runHasHighTrail = false
                continue
            }
            let trail = octets[position + 1]
            if Self.isCommon(lead, trail) {
                run += 1
                runHasHighTrail = runHasHighTrail || !Self.isASCIILetter(trail)
                if run >= 2, runHasHighTrail { isStrong = true }
            } else {
                run = 0
                runHasHighTrail = false
            }
            position += 2
        }
    }

    private static func isLead(_ octet: UInt8) -> Bool {
        (0x81...0x9F).contains(octet) || (0xE0...0xFC).contains(octet)
    }

    /// Hiragana, katakana, and the kanji of JIS X 0208's first level.
    private static func isCommon(_ lead: UInt8, _ trail: UInt8) -> Bool {
        switch lead {
        case 0x82: (0x9F...0xF1).contains(trail)
        case 0x83: (0x40...0x96).contains(trail)
        case 0x88...0x97: true
        default: false
        }
    }

    private static func isASCIILetter(_ octet: UInt8) -> Bool {
        (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
    }
}
