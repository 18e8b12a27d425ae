/// Turns octets of a declared charset, or of none, into text. RFC 2046 section 4.1.2.
///
/// Labels mean what senders mean by them: ISO-8859-1 is Windows-1252,
/// Shift_JIS is CP932, GB2312 is GB18030. What is not in the charset it
/// claims is guessed; nothing is refused.
package enum CharsetDecoder {
    package static func decode(
        _ octets: [UInt8], charset label: String?
    ) -> (text: String, problems: [Problem.Kind]) {
        let charset = label.map(Charset.init(label:)) ?? .unknown
        switch charset {
        case .utf8:
            if let text = String(validating: octets, as: UTF8.self) { return (withoutMark(text), []) }
            let guess = CharsetGuess(octets)
            return (guess.charset == .utf8 ? withoutMark(guess.text) : guess.text, [.wrongCharset])
        case .ascii:
            let text = guess(octets)
            return (text, text.utf8.count == octets.count ? [] : [.wrongCharset])
        case .unknown:
            return (guess(octets), [])
        case .windows1252:
            // Escapes are no text in any charset but Japan's.
            if CharsetGuess.hasJapaneseEscape(octets) {
                return (JapaneseEscapes.decode(octets).text, [.wrongCharset])
            }
            return (Windows1252.decode(octets), [])
        case .iso2022JP:
            let (text, isClean) = JapaneseEscapes.decode(octets)
            return (text, isClean ? [] : [.wrongCharset])
        case .named(let name):
            guard let (text, isClean) = CharsetConversion.decode(octets, from: name) else {
                return (guess(octets), [.wrongCharset])
            }
            return (withoutMark(text), isClean ? [] : [.wrongCharset])
        }
    }

    /// Text of octets that declare no charset: UTF-8 if they can be, else the likeliest really sent.
    package static func guess(_ octets: [UInt8]) -> String {
        if !octets.contains(27), let text = String(validating: octets, as: UTF8.self) { return text }
        return CharsetGuess(octets).text
    }

    /// Without the byte order mark that Windows puts before UTF-8.
    private static func withoutMark(_ text: String) -> String {
        text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
    }
}

/// A charset by what we decode it with.
enum Charset: Hashable {
    case utf8
    case ascii
    case windows1252
    case iso2022JP
    /// By the name `iconv` knows.
    case named(String)
    /// Not declared, or declared as unknown.
    case unknown

    init(label: String) {
        let name = String(label.lowercased().trimmed.filter { $0 != "\"" && $0 != "'" })
        switch name {
        case "utf-8", "utf8", "unicode-1-1-utf-8", "cp65001", "utf-8mb4": self = .utf8
        case "us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us", "iso-ir-6", "646": self = .ascii
        case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "windows-1252", "cp1252",
            "windows1252", "win-1252", "cp-1252", "ansi", "x-ansi", "iso-8859-1-windows-3.1-latin-1", "cp819":
            self = .windows1252
        case "iso-2022-jp", "iso2022-jp", "csiso2022jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3",
            "iso-2022-jp-ms", "cp50220", "cp50221", "cp50222", "iso-2022-jp-2004", "jis":
            self = .iso2022JP
        case "shift_jis", "shift-jis", "shiftjis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "cp932",
            "ms932", "csshiftjis", "shift_jis-2004":
            self = .named("CP932")
        case "euc-jp", "eucjp", "x-euc-jp", "cseucpkdfmtjapanese", "euc_jp", "cp51932", "eucjp-ms":
            self = .named("EUC-JP-MS")
        case "gb2312", "gbk", "x-gbk", "gb_2312-80", "cp936", "euc-cn", "csgb2312", "gb18030":
            self = .named("GB18030")
        case "ks_c_5601-1987", "euc-kr", "ksc5601", "ks_c_5601", "cp949", "windows-949", "korean", "uhc":
            self = .named("CP949")
        case "big5", "big-5", "cn-big5", "x-x-big5", "csbig5", "cp950": self = .named("CP950")
        case "big5-hkscs": self = .named("BIG5-HKSCS")
        case "iso-8859-8-i", "iso-8859-8-e", "visual", "logical": self = .named("ISO-8859-8")
        case "iso-8859-9": self = .named("CP1254")
        case "iso-8859-11", "tis-620": self = .named("CP874")
        case "unicode-1-1-utf-7", "utf-7", "x-unicode-2-0-utf-7": self = .named("UTF-7")
        case "x-mac-roman", "macintosh", "x-macroman", "mac": self = .named("MACINTOSH")
        case "unicode", "utf-16", "ucs-2": self = .named("UTF-16")
        case "", "unknown-8bit", "x-unknown", "unknown", "default", "x-user-defined", "8bit", "7bit", "none":
            self = .unknown
        case let name:
            // `windows1250`, `win-1250`, `x-cp1250`, `iso8859-15`, `iso_8859-2`: one digit group tells.
            let digits = name.split { !$0.isNumber }
            if name.contains("8859"), let part = digits.last, part != "8859" {
                self = .named("ISO-8859-\(part)")
            } else if name.hasPrefix("win") || name.hasPrefix("cp") || name.hasPrefix("x-cp"),
                digits.count == 1
            {
                self = .named("CP\(digits[0])")
            } else {
                self = .named(
                    name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.:".contains($0)) })
            }
        }
    }
}

/// Windows-1252, with the controls of ISO-8859-1 where it has nothing: as browsers read it.
enum Windows1252 {
    private static let high: [UInt16] = [
        0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122,
        0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
    ]

    static func decode(_ octets: [UInt8]) -> String {
        if !octets.contains(where: { $0 >= 128 }) { return String(decoding: octets, as: UTF8.self) }
        var text: [UInt8] = []
        text.reserveCapacity(octets.count + octets.count / 8)
        for octet in octets {
            let unit = (0x80...0x9f).contains(octet) ? high[Int(octet) - 0x80] : UInt16(octet)
            switch unit {
            case 0..<0x80: text.append(octet)
            case 0x80..<0x800: text += [0xC0 | UInt8(unit >> 6), 0x80 | UInt8(unit & 0x3F)]
            default:
                text += [0xE0 | UInt8(unit >> 12), 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F)]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
