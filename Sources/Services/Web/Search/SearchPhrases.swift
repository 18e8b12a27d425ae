internal import Mailroom
internal import Text

/// What the search says.
extension Phrase {
    static let searchMail = Phrase(de: "Post", en: "Mail", ja: "メール")
    static let searchFiles = Phrase(de: "Dateien", en: "Files", ja: "ファイル")
    static let searchLabel = Phrase(
        de: "Wörter, „Wortfolgen“ oder Suchbegriffe wie von:",
        en: "Words, “phrases”, or operators such as from:",
        ja: "語句、「フレーズ」、または 差出人: などの条件")
    static let searchBegin = Phrase(
        de: "Wonach suchen Sie?", en: "What are you looking for?", ja: "何をお探しですか。")
    static let searchBeginHint = Phrase(
        de:
            "Gesucht wird in Betreff, Namen, Text und Dateinamen der Post, im Inhalt von PDF- und Office-Dateien und in den Mandanten.",
        en:
            "Subjects, people, text and file names of mail, the contents of PDF and office files, and accounts are searched.",
        ja: "メールの件名・差出人・宛先・本文・ファイル名、PDFやOfficeファイルの内容、お客様を検索します。")
    static let nothingFound = Phrase(de: "Nichts gefunden", en: "Nothing found", ja: "見つかりませんでした")
    static let nothingFoundHint = Phrase(
        de: "Versuchen Sie es mit weniger Wörtern oder ohne Einschränkungen.",
        en: "Try fewer words, or fewer restrictions.", ja: "語句や条件を減らしてお試しください。")
    static func stillIndexing(_ number: Int) -> Phrase {
        Phrase(
            de: "\(number) Nachrichten und Dateien werden noch eingelesen und erst dann gefunden.",
            en: "\(number) messages and files are still being read, and are found only after that.",
            ja: "\(number)件のメールとファイルを読み込み中です。完了後に検索できるようになります。")
    }
    static let moreMail = Phrase(de: "Weitere Post", en: "More mail", ja: "メールをさらに表示")
    static let moreFiles = Phrase(de: "Weitere Dateien", en: "More files", ja: "ファイルをさらに表示")
    static let allAnswers = Phrase(de: "Alle Ergebnisse", en: "All results", ja: "すべての結果")
    static let toClient = Phrase(de: "gesendet", en: "sent", ja: "送信済み")
    static let inTheMessage = Phrase(de: "Zur Nachricht", en: "To the message", ja: "メールを開く")
    static let searchHelp = Phrase(
        de: "So lässt sich die Suche eingrenzen", en: "How to narrow a search", ja: "検索条件の使い方")
    static func didYouMean(_ text: String) -> Phrase {
        Phrase(de: "Meinten Sie \(text)?", en: "Did you mean \(text)?", ja: "\(text) ではありませんか。")
    }
    static let searchEverything = Phrase(
        de: "Auch in Dateien und Mandanten suchen", en: "Search files and accounts too",
        ja: "ファイルとお客様も検索")
    static let endSearch = Phrase(de: "Suche beenden", en: "End the search", ja: "検索を終了")
    static let lookOnward = Phrase(
        de: "In älterer Post weitersuchen", en: "Search older mail too", ja: "さらに古いメールを検索")
    static func cutBeginning(_ word: String) -> Phrase {
        Phrase(
            de:
                "Sehr viele Wörter beginnen mit „\(word)“: gesucht wurde nach den häufigsten. Tippen Sie das Wort weiter aus.",
            en:
                "Very many words begin with “\(word)”: the most usual were searched for. Type more of the word.",
            ja: "「\(word)」で始まる語が多すぎるため、よく使われる語のみ検索しました。続きを入力してください。")
    }
    static func contactFound(_ name: String) -> Phrase {
        Phrase(de: "Kontakt: \(name)", en: "Contact: \(name)", ja: "連絡先：\(name)")
    }
}

/// The help beside the field: what can be typed, and what it does.
struct SearchHelpLine: Sendable {
    let example: Phrase
    let words: Phrase

    private init(_ example: Phrase, _ words: Phrase) {
        self.example = example
        self.words = words
    }

    private init(_ operator: SearchOperator, de: String, en: String, ja: String, _ words: Phrase) {
        example = Phrase(
            de: "\(`operator`.name(.de)):\(de)", en: "\(`operator`.name(.en)):\(en)",
            ja: "\(`operator`.name(.ja)):\(ja)")
        self.words = words
    }

    static let all = [
        SearchHelpLine(
            Phrase(de: "lohn november", en: "payroll november", ja: "給与 11月"),
            Phrase(
                de: "alle Wörter, auch als Wortanfang", en: "all words, or what begins with them",
                ja: "すべての語を含む（前方一致）")),
        SearchHelpLine(
            Phrase(de: "\"lohn november\"", en: "\"payroll november\"", ja: "「給与明細」"),
            Phrase(de: "genau diese Wortfolge", en: "exactly this phrase", ja: "このとおりの語句")),
        SearchHelpLine(
            Phrase(same: "-newsletter"),
            Phrase(de: "ohne dieses Wort", en: "without this word", ja: "この語を除く")),
        SearchHelpLine(
            .from, de: "hofmann", en: "hofmann", ja: "hofmann",
            Phrase(de: "von wem", en: "who wrote it", ja: "差出人")),
        SearchHelpLine(
            .to, de: "kanzlei", en: "office", ja: "office", Phrase(de: "an wen", en: "to whom", ja: "宛先")),
        SearchHelpLine(
            .account, de: "10482", en: "10482", ja: "10482",
            Phrase(de: "Mandant: Nummer oder Name", en: "account: number or name", ja: "お客様の番号または名前")),
        SearchHelpLine(
            .mailbox, de: "office", en: "office", ja: "office",
            Phrase(de: "Postfach", en: "mailbox", ja: "メールボックス")),
        SearchHelpLine(
            .has, de: "anlage", en: "file", ja: "あり",
            Phrase(de: "mit Anlage", en: "with an attachment", ja: "添付ファイルあり")),
        SearchHelpLine(
            .file, de: "pdf", en: "pdf", ja: "pdf",
            Phrase(de: "Art oder Name der Datei", en: "kind or name of the file", ja: "ファイルの種類または名前")),
        SearchHelpLine(
            .is, de: "ungelesen", en: "unread", ja: "未読",
            Phrase(de: "ungelesen, oder ist:gelesen", en: "unread, or is:read", ja: "未読（既読は 状態:既読）")),
        SearchHelpLine(
            .assigned, de: "mir", en: "me", ja: "自分",
            Phrase(
                de: "mir zugewiesen, oder niemand, oder ein Name", en: "assigned to me, or nobody, or a name",
                ja: "自分の担当（担当者なしは「なし」、または名前）")),
        SearchHelpLine(
            .in, de: "erledigt", en: "done", ja: "完了",
            Phrase(
                de: "erledigt; auch offen, wartend, wiedervorlage", en: "done; also open, waiting, snoozed",
                ja: "完了（ほかに 未対応、返信待ち、後で対応）")),
        SearchHelpLine(
            .after, de: "2025-11-01", en: "2025-11-01", ja: "2025-11-01",
            Phrase(
                de: "ab diesem Tag; vor: davor", en: "from this day on; before: until it",
                ja: "この日以降（以前: はその日より前）")),
    ]
}
