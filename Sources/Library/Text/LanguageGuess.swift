extension Language {
    /// The language that some words are most likely in; nil where they do not tell.
    ///
    /// Good enough to choose glyphs and a voice by, which is what `lang` in a
    /// page is for: kana are Japanese alone, and small words tell German from
    /// English. Only the beginning is looked at.
    package static func guess(_ text: some StringProtocol) -> Language? {
        var word = ""
        var (german, english) = (0, 0)
        for scalar in text.unicodeScalars.prefix(4000) {
            switch scalar {
            // Hiragana, Katakana, and half-width Katakana.
            case "\u{3041}"..."\u{30FF}", "\u{FF66}"..."\u{FF9D}": return .ja
            case "ä", "ö", "ü", "ß", "Ä", "Ö", "Ü":
                german += 1
                word.unicodeScalars.append(scalar)
            case "a"..."z", "A"..."Z": word.unicodeScalars.append(scalar)
            default:
                if germanWords.contains(word.lowercased()) { german += 1 }
                if englishWords.contains(word.lowercased()) { english += 1 }
                word = ""
            }
        }
        if germanWords.contains(word.lowercased()) { german += 1 }
        if englishWords.contains(word.lowercased()) { english += 1 }
        return german == english ? nil : german > english ? .de : .en
    }

    private static let germanWords: Set<String> = [
        "und", "der", "die", "das", "ist", "nicht", "ich", "wir", "sie", "mit", "auf", "ein", "eine", "den",
        "dem",
        "von", "zu", "im", "bitte", "anbei", "hallo", "herr", "frau", "guten", "danke", "grüße", "ihre",
        "ihr",
        "sehr", "geehrte", "unterlagen", "rechnung", "beleg", "belege",
    ]
    private static let englishWords: Set<String> = [
        "the", "and", "is", "not", "we", "you", "your", "with", "for", "of", "to", "a", "please", "attached",
        "hello", "dear", "thanks", "thank", "regards", "have", "has", "our", "from", "invoice", "statement",
    ]
}
