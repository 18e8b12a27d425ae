internal import Markup
package import Text

/// The texts in force: a firm's own where there is one, else those built in.
package struct LetterTexts: Sendable {
    private let templates: [Key: LetterTemplate]

    private struct Key: Hashable {
        let kind: LetterKind
        let language: Language
    }

    package static let builtIn = LetterTexts()

    private static let builtInTemplates: [Key: LetterTemplate] = {
        var templates: [Key: LetterTemplate] = [:]
        for kind in LetterKind.allCases {
            for language in Language.allCases {
                let lines = builtInText(kind, language).split(
                    separator: "\n", omittingEmptySubsequences: false
                ).map(String.init)
                let (template, mistakes) = LetterTemplate.read(lines, kind: kind)
                guard let template else {
                    preconditionFailure(
                        "the built-in text \(language)/\(kind.rawValue) is wrong: \(mistakes)")
                }
                templates[Key(kind: kind, language: language)] = template
            }
        }
        return templates
    }()

    private init() { templates = Self.builtInTemplates }

    private init(_ templates: [Key: LetterTemplate]) { self.templates = templates }

    /// With a text of the firm's own in place of one.
    package func replacing(
        _ kind: LetterKind, _ language: Language, with template: LetterTemplate
    ) -> LetterTexts {
        var templates = templates
        templates[Key(kind: kind, language: language)] = template
        return LetterTexts(templates)
    }

    /// As a file would hold it: to begin one's own with.
    package static func builtInText(_ kind: LetterKind, _ language: Language) -> String {
        switch language {
        case .de: GermanLetters.text(kind)
        case .ja: JapaneseLetters.text(kind)
        case .en: EnglishLetters.text(kind)
        }
    }

    /// The letter in words.
    package func write(_ letter: Letter) -> LetterText {
        guard let template = templates[Key(kind: letter.kind, language: letter.language)] else {
            preconditionFailure("every kind of letter has a text in every language")
        }
        let page = LetterPage(template, letter)
        return LetterText(
            subject: page.subject, plain: PlainLetter(page).text, html: HTMLLetter(page).page.markup)
    }
}
