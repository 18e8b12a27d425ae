internal import Mailroom

extension Phrase {
    /// What is wrong with a search.
    static func problem(_ problem: SearchProblem) -> Phrase {
        switch problem {
        case .unknownOperator(let name, _, _):
            Phrase(
                de: "Es gibt keinen Suchbegriff „\(name):“.", en: "There is no operator “\(name):”.",
                ja: "「\(name):」という検索条件はありません。")
        case .unknownValue(let known, let value, _, _):
            Phrase(
                de: "\(known.rawValue): kennt „\(value)“ nicht, nur \(list(known.values)).",
                en: "\(known.rawValue): does not know “\(value)”, only \(list(known.values)).",
                ja: "\(known.rawValue): に「\(value)」は指定できません。指定できるのは \(list(known.values)) です。")
        case .noValue(let known):
            Phrase(
                de: "Nach \(known.rawValue): fehlt etwas.",
                en: "Something is missing after \(known.rawValue):",
                ja: "\(known.rawValue): の後に値を入力してください。")
        case .noDay(let known, let value):
            Phrase(
                de:
                    "\(known.rawValue): „\(value)“ ist kein Tag. So geht es: 2025-11-21, 21.11.2025, 2025-11 oder 2025.",
                en: "\(known.rawValue): “\(value)” is no day. Write 2025-11-21, 21.11.2025, 2025-11 or 2025.",
                ja: "\(known.rawValue): 「\(value)」は日付ではありません。2025-11-21、2025/11/21、2025-11、2025 のように入力してください。"
            )
        case .notExcludable(let known):
            Phrase(
                de: "\(known.rawValue): lässt sich nicht mit - ausschließen.",
                en: "\(known.rawValue): cannot be excluded with -.", ja: "\(known.rawValue): は - で除外できません。")
        case .tooLong(let characters):
            Phrase(
                de: "Eine Suche darf höchstens \(characters) Zeichen lang sein.",
                en: "A search may be \(characters) characters long at most.", ja: "検索は\(characters)文字までです。")
        case .tooManyWords(let words):
            Phrase(
                de: "Eine Suche darf höchstens \(words) Wörter haben.",
                en: "A search may have \(words) words at most.", ja: "検索は\(words)語までです。")
        case .noSuchAccount(let value):
            Phrase(
                de: "Kein Mandant heißt oder hat die Nummer „\(value)“.",
                en: "No account has the name or number “\(value)”.", ja: "「\(value)」というお客様は見つかりません。")
        case .noSuchMailbox(let value, let known):
            Phrase(
                de: "Es gibt kein Postfach „\(value)“, nur \(list(known)).",
                en: "There is no mailbox “\(value)”, only \(list(known)).",
                ja: "「\(value)」というメールボックスはありません。\(list(known)) から選んでください。")
        case .noSuchColleague(let value, let known):
            Phrase(
                de: "Niemand im Team meldet sich als „\(value)“ an; es gibt me, nobody, \(list(known)).",
                en: "Nobody on the team signs in as “\(value)”; there are me, nobody, \(list(known)).",
                ja: "「\(value)」というスタッフはいません。me、nobody、\(list(known)) から選んでください。")
        }
    }

    private static func list(_ words: [String]) -> String {
        words.isEmpty ? "–" : words.joined(separator: ", ")
    }
}

extension SearchProblem {
    /// The whole query as it was probably meant.
    var corrected: String? {
        switch self {
        case .unknownOperator(_, _, let corrected), .unknownValue(_, _, _, let corrected): corrected
        case .noValue, .noDay, .notExcludable, .tooLong, .tooManyWords, .noSuchAccount, .noSuchMailbox,
            .noSuchColleague:
            nil
        }
    }
}
