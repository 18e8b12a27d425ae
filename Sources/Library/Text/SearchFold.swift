internal import CICU

/// What a character is to a search: nothing, a mark, letters without case and accents, or an ideograph.
enum SearchFold {
    case separator
    /// Combines with the letter before it.
    case mark
    /// UTF-8 of the letters, and of how they are spelled where there is no `ä` on the keyboard: `a` and `ae`.
    case letters([UInt8], spelled: [UInt8])
    /// Written without spaces: indexed in pairs.
    case ideographs([UInt32])

    static func of(_ scalar: UInt32) -> SearchFold {
        if scalar < tableEnd { return table[Int(scalar)] }
        if let plain = ideograph(scalar) { return .ideographs([plain]) }
        return compute(scalar)
    }

    /// Kanji, kana and Hangul as they are compared; nil for anything else.
    ///
    /// Katakana are hiragana and small kana large ones: banks know no others,
    /// and キヤノン is no キャノン to itself alone.
    static func ideograph(_ scalar: UInt32) -> UInt32? {
        switch scalar {
        case 0x3041...0x3096, 0x309D, 0x309E: return large(scalar)
        case 0x30A1...0x30F6, 0x30FD, 0x30FE: return large(scalar - 0x60)
        case 0x3005...0x3007, 0x30F7...0x30FA, 0x30FC: return scalar
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21,
            0xFA23, 0xFA24, 0xFA27...0xFA29, 0x20000...0x2F7FF, 0x30000...0x323AF:
            return KanjiVariants.plain(scalar)
        case 0xAC00...0xD7A3: return scalar
        default: return nil
        }
    }

    /// The voiced kana that a mark of its own makes of another: half-width カ and ﾞ, or a name from a Mac.
    static func voiced(_ kana: UInt32, by mark: UInt32) -> UInt32? {
        switch (kana, mark) {
        case (0x3046, 0x3099), (0x3046, 0xFF9E): 0x3094
        case (0x304B...0x3061, 0x3099), (0x304B...0x3061, 0xFF9E): kana % 2 == 1 ? kana + 1 : nil
        case (0x3064...0x3068, 0x3099), (0x3064...0x3068, 0xFF9E): kana % 2 == 0 ? kana + 1 : nil
        case (0x306F...0x307B, 0x3099), (0x306F...0x307B, 0xFF9E): kana % 3 == 0 ? kana + 1 : nil
        case (0x306F...0x307B, 0x309A), (0x306F...0x307B, 0xFF9F): kana % 3 == 0 ? kana + 2 : nil
        default: nil
        }
    }

    private static func large(_ kana: UInt32) -> UInt32 {
        switch kana {
        case 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E: kana + 1
        case 0x3095: 0x304B
        case 0x3096: 0x3051
        default: kana
        }
    }

    // Latin, Greek and Cyrillic: nearly all that is written with letters.
    private static let tableEnd: UInt32 = 0x530
    private static let table: [SearchFold] = (0..<tableEnd).map(compute)

    /// NFKC, then without case, then without marks.
    private static func compute(_ value: UInt32) -> SearchFold {
        guard let scalar = Unicode.Scalar(value) else { return .separator }
        if isMark(scalar) { return .mark }
        let folded = String(scalar).nfkc.caseFolded
        var letters: [UInt8] = []
        var spelled: [UInt8] = []
        var ideographs: [UInt32] = []
        for scalar in folded.unicodeScalars {
            if let plain = ideograph(scalar.value) {
                ideographs.append(plain)
            } else {
                letters += Self.letters(scalar, spelled: false)
                spelled += Self.letters(scalar, spelled: true)
            }
        }
        if !ideographs.isEmpty { return .ideographs(ideographs) }
        return letters.isEmpty ? .separator : .letters(letters, spelled: spelled)
    }

    private static func letters(_ scalar: Unicode.Scalar, spelled: Bool) -> [UInt8] {
        if let special = special[scalar] { return Array((spelled ? special.spelled : special.plain).utf8) }
        var letters: [UInt8] = []
        for part in String(scalar).nfd.unicodeScalars where isLetter(part) {
            letters += Array(
                special[part].map { spelled ? $0.spelled : $0.plain }.map(\.utf8) ?? String(part).utf8)
        }
        return letters
    }

    /// Letters that Unicode does not take apart, and those that have another spelling.
    private static let special: [Unicode.Scalar: (plain: String, spelled: String)] = [
        "ä": ("a", "ae"), "ö": ("o", "oe"), "ü": ("u", "ue"), "å": ("a", "aa"), "ø": ("o", "oe"),
        "æ": ("ae", "ae"), "œ": ("oe", "oe"), "ß": ("ss", "ss"), "ł": ("l", "l"), "đ": ("d", "d"),
        "ð": ("d", "d"), "þ": ("th", "th"), "ħ": ("h", "h"), "ı": ("i", "i"), "ŧ": ("t", "t"),
    ]

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: true
        // Soft hyphens and joiners stand within words.
        case .format: true
        default: false
        }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .spacingMark:
            true
        default: false
        }
    }
}
