internal import Mailroom
internal import Text

extension Phrase {
    /// What is wrong with a search.
    static func problem(_ problem: SearchProblem) -> Phrase {
        Phrase(de: german(problem), en: problem.sentence, ja: japanese(problem))
    }

    private static func german(_ problem: SearchProblem) -> String {
        switch problem {
        case .unknownOperator(let name, _, _): "Es gibt keinen Suchbegriff „\(name):“."
        case .unknownValue(let known, let value, _, _):
            "\(known.name(.de)): kennt „\(value)“ nicht, nur \(SearchProblem.list(known.values(.de)))."
        case .noValue(let known): "Nach \(known.name(.de)): fehlt etwas."
        case .noDay(let known, let value):
            "\(known.name(.de)): „\(value)“ ist kein Tag. So geht es: 2025-11-21, 21.11.2025, 2025-11 oder 2025."
        case .notExcludable(let known): "\(known.name(.de)): lässt sich nicht mit - ausschließen."
        case .tooLong(let characters): "Eine Suche darf höchstens \(characters) Zeichen lang sein."
        case .tooManyWords(let words): "Eine Suche darf höchstens \(words) Wörter haben."
        case .noSuchAccount(let value): "Kein Mandant heißt oder hat die Nummer „\(value)“."
        case .noSuchMailbox(let value, let known):
            "Es gibt kein Postfach „\(value)“, nur \(SearchProblem.list(known))."
        case .noSuchColleague(let value, let known):
            "Niemand im Team meldet sich als „\(value)“ an; es gibt mir, niemand, \(SearchProblem.list(known))."
        }
    }

    private static func japanese(_ problem: SearchProblem) -> String {
        switch problem {
        case .unknownOperator(let name, _, _): "「\(name):」という検索条件はありません。"
        case .unknownValue(let known, let value, _, _):
            "\(known.name(.ja)): に「\(value)」は指定できません。指定できるのは \(SearchProblem.list(known.values(.ja))) です。"
        case .noValue(let known): "\(known.name(.ja)): の後に値を入力してください。"
        case .noDay(let known, let value):
            "\(known.name(.ja)): 「\(value)」は日付ではありません。2025-11-21、2025/11/21、2025-11、2025 のように入力してください。"
        case .notExcludable(let known): "\(known.name(.ja)): は - で除外できません。"
        case .tooLong(let characters): "検索は\(characters)文字までです。"
        case .tooManyWords(let words): "検索は\(words)語までです。"
        case .noSuchAccount(let value): "「\(value)」というお客様は見つかりません。"
        case .noSuchMailbox(let value, let known):
            "「\(value)」というメールボックスはありません。\(SearchProblem.list(known)) から選んでください。"
        case .noSuchColleague(let value, let known):
            "「\(value)」というスタッフはいません。自分、なし、\(SearchProblem.list(known)) から選んでください。"
        }
    }
}
