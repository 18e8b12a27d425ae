package import Text

/// What can stand before a colon in a search, in the words of any of the three languages.
///
/// | operator | what |
/// |---|---|
/// | `from:` `to:` | a word or address of who wrote, or to whom |
/// | `account:` | its number, or how its name begins |
/// | `mailbox:` | `[mailbox.NAME]` |
/// | `has:file` | anything attached |
/// | `file:` | a word of a file's name, `pdf` among them |
/// | `is:` | `unread`, `read` |
/// | `assigned:` | `me`, `nobody`, or a colleague |
/// | `in:` | `open`, `waiting`, `snoozed`, `done` |
/// | `before:` `after:` | `2025-11-21`, `2025-11`, `2025`, 21.11.2025, 2025/11/21 |
///
/// Whoever learned the English ones uses them in any language: an address
/// with a search in it reads the same for every colleague.
package enum SearchOperator: String, Hashable, Sendable, CaseIterable {
    case from, to, account, mailbox, has, file, `is`, assigned, `in`, before, after

    /// As it is written in a language: its own word, without the colon.
    package func name(_ language: Language) -> String { names(language)[0] }

    private func names(_ language: Language) -> [String] {
        switch (self, language) {
        case (_, .en): [rawValue]
        case (.from, .de): ["von"]
        case (.from, .ja): ["差出人"]
        case (.to, .de): ["an"]
        case (.to, .ja): ["宛先"]
        case (.account, .de): ["mandant"]
        case (.account, .ja): ["お客様", "顧客"]
        case (.mailbox, .de): ["postfach"]
        case (.mailbox, .ja): ["メールボックス"]
        case (.has, .de): ["mit", "hat"]
        case (.has, .ja): ["添付"]
        case (.file, .de): ["datei", "anlage", "anhang"]
        case (.file, .ja): ["ファイル"]
        case (.is, .de): ["ist"]
        case (.is, .ja): ["状態"]
        case (.assigned, .de): ["zugewiesen"]
        case (.assigned, .ja): ["担当"]
        case (.in, .de): ["unter"]
        case (.in, .ja): ["対応"]
        case (.before, .de): ["vor", "bis"]
        case (.before, .ja): ["以前", "前"]
        case (.after, .de): ["ab", "nach", "seit"]
        case (.after, .ja): ["以降", "後"]
        }
    }

    /// By its name in any language, folded; nil where there is none.
    init?(named name: String) {
        guard let found = Self.byName[name] else { return nil }
        self = found
    }

    /// Every name, for what was probably meant.
    static let allNames = byName.keys.sorted()

    private static let byName: [String: SearchOperator] = {
        var names: [String: SearchOperator] = [:]
        for one in allCases {
            for language in Language.allCases {
                for name in one.names(language) { names[name.nfkc.caseFolded] = one }
            }
        }
        return names
    }()

    /// The values it knows, as they are written in a language; nothing where any will do.
    package func values(_ language: Language) -> [String] { known.map { $0.names(language)[0] } }

    /// What a value stands for, in English; nil where it is none that it knows.
    func value(_ text: String) -> String? {
        known.first { value in Language.allCases.contains { value.names($0).contains(text) } }?.names(.en)[0]
    }

    /// Whether only some values will do.
    var isChoice: Bool {
        switch self {
        case .has, .is, .in: true
        case .from, .to, .account, .mailbox, .file, .assigned, .before, .after: false
        }
    }

    var allValues: [String] { known.flatMap { value in Language.allCases.flatMap(value.names) } }

    private var known: [SearchValue] {
        switch self {
        case .has: [SearchValue(["file"], de: ["anlage", "datei", "anhang"], ja: ["あり"])]
        case .is:
            [
                SearchValue(["unread"], de: ["ungelesen"], ja: ["未読"]),
                SearchValue(["read"], de: ["gelesen"], ja: ["既読"]),
            ]
        case .in:
            [
                SearchValue(["open"], de: ["offen"], ja: ["未対応"]),
                SearchValue(["waiting"], de: ["wartend"], ja: ["返信待ち"]),
                SearchValue(["snoozed"], de: ["wiedervorlage"], ja: ["後で対応", "後で"]),
                SearchValue(["done"], de: ["erledigt"], ja: ["完了"]),
            ]
        case .assigned:
            [
                SearchValue(["me"], de: ["mir", "ich"], ja: ["自分"]),
                SearchValue(["nobody", "none"], de: ["niemand", "niemandem"], ja: ["なし"]),
            ]
        case .from, .to, .account, .mailbox, .file, .before, .after: []
        }
    }
}

/// One of the values of an operator, in each language; the first of each is what help and suggestions say.
private struct SearchValue {
    private let en: [String]
    private let de: [String]
    private let ja: [String]

    init(_ en: [String], de: [String], ja: [String]) {
        self.en = en
        self.de = de
        self.ja = ja
    }

    func names(_ language: Language) -> [String] {
        switch language {
        case .en: en
        case .de: de
        case .ja: ja
        }
    }
}
