/// What the search says.
extension Phrase {
    static let searchMail = Phrase(de: "Post", en: "Mail", ja: "メール")
    static let searchFiles = Phrase(de: "Dateien", en: "Files", ja: "ファイル")
    static let searchLabel = Phrase(
        de: "Wörter, „Wortfolgen“ oder Suchbegriffe wie from:",
        en: "Words, “phrases”, or operators such as from:",
        ja: "語句、「フレーズ」、または from: などの条件")
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
    static func contactFound(_ name: String) -> Phrase {
        Phrase(de: "Kontakt: \(name)", en: "Contact: \(name)", ja: "連絡先：\(name)")
    }
}

/// The help beside the field: what can be typed, and what it does.
struct SearchHelpLine: Sendable {
    let example: String
    let words: Phrase

    static let all = [
        SearchHelpLine(
            example: "lohn november",
            words: Phrase(
                de: "alle Wörter, auch als Wortanfang", en: "all words, or what begins with them",
                ja: "すべての語を含む（前方一致）")),
        SearchHelpLine(
            example: "\"lohn november\"",
            words: Phrase(de: "genau diese Wortfolge", en: "exactly this phrase", ja: "このとおりの語句")),
        SearchHelpLine(
            example: "-newsletter",
            words: Phrase(de: "ohne dieses Wort", en: "without this word", ja: "この語を除く")),
        SearchHelpLine(
            example: "from:hofmann", words: Phrase(de: "von wem", en: "who wrote it", ja: "差出人")),
        SearchHelpLine(example: "to:kanzlei", words: Phrase(de: "an wen", en: "to whom", ja: "宛先")),
        SearchHelpLine(
            example: "account:10482",
            words: Phrase(de: "Mandant: Nummer oder Name", en: "account: number or name", ja: "お客様の番号または名前")),
        SearchHelpLine(
            example: "mailbox:office", words: Phrase(de: "Postfach", en: "mailbox", ja: "メールボックス")),
        SearchHelpLine(
            example: "has:file", words: Phrase(de: "mit Anlage", en: "with an attachment", ja: "添付ファイルあり")),
        SearchHelpLine(
            example: "file:pdf",
            words: Phrase(de: "Art oder Name der Datei", en: "kind or name of the file", ja: "ファイルの種類または名前")),
        SearchHelpLine(
            example: "is:unread",
            words: Phrase(de: "ungelesen, oder is:read", en: "unread, or is:read", ja: "未読（既読は is:read）")),
        SearchHelpLine(
            example: "assigned:me",
            words: Phrase(
                de: "mir zugewiesen, oder nobody, oder ein Name", en: "assigned to me, or nobody, or a name",
                ja: "自分の担当（担当者なしは nobody、または名前）")),
        SearchHelpLine(
            example: "in:done",
            words: Phrase(
                de: "erledigt; auch open, waiting, snoozed", en: "done; also open, waiting, snoozed",
                ja: "完了（ほかに open、waiting、snoozed）")),
        SearchHelpLine(
            example: "after:2025-11-01",
            words: Phrase(
                de: "ab diesem Tag; before: davor", en: "from this day on; before: until it",
                ja: "この日以降（before: はその日より前）")),
    ]
}
