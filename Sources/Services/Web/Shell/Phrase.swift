package import Text

/// A text of the pages, in every language they speak.
///
/// There is no way to write one and forget a language: the initializer asks
/// for all three. Texts with numbers and names in them are functions that
/// give a phrase. They stand by area in files called …Phrases.
package struct Phrase: Hashable, Sendable {
    package let de: String
    package let en: String
    package let ja: String

    package init(de: String, en: String, ja: String) {
        self.de = de
        self.en = en
        self.ja = ja
    }

    /// What is nobody's language: a name, a number.
    package init(same text: String) { self.init(de: text, en: text, ja: text) }

    package subscript(language: Language) -> String {
        switch language {
        case .de: de
        case .en: en
        case .ja: ja
        }
    }

    /// One thing or several: Japanese has no plural.
    ///
    /// - Parameter de: its two forms, `("Datei", "Dateien")`; the number goes before.
    package static func count(
        _ number: Int, de: (one: String, many: String), en: (one: String, many: String), ja: String
    ) -> Phrase {
        Phrase(
            de: "\(number)\u{A0}" + (number == 1 ? de.one : de.many),
            en: "\(number)\u{A0}" + (number == 1 ? en.one : en.many), ja: ja + "\(number)件")
    }
}
