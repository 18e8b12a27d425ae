/// What stands around a message's words.
extension Phrase {
    static let earlierWords = Phrase(de: "Früherer Text", en: "Earlier text", ja: "以前の本文")
    static let quotedText = Phrase(de: "Zitat", en: "Quoted text", ja: "引用")
    static let messageText = Phrase(de: "Text der Nachricht", en: "Text of the message", ja: "メッセージの本文")
    static let noWords = Phrase(
        de: "Diese Nachricht enthält keinen Text.", en: "This message has no text.", ja: "このメッセージには本文がありません。")
    static let noOriginal = Phrase(
        de: "Von dieser Nachricht liegt kein Original vor.", en: "There is no original of this message here.",
        ja: "このメッセージの原本はありません。")
    static let pageTooLarge = Phrase(
        de: "Die gestaltete Fassung ist zu groß zum Anzeigen; hier ist ihr Text.",
        en: "The formatted version is too large to show; this is its text.",
        ja: "書式付きの本文は大きすぎるため、テキストのみ表示しています。")
    static let showPictures = Phrase(de: "Bilder anzeigen", en: "Show pictures", ja: "画像を表示")
    static let alwaysShowPictures = Phrase(
        de: "Immer bei diesem Absender", en: "Always for this sender", ja: "この差出人は常に表示")
    static let neverShowPictures = Phrase(
        de: "Bei diesem Absender nicht mehr laden", en: "Stop loading for this sender", ja: "この差出人の画像を表示しない")
    static let picturesShown = Phrase(
        de: "Bilder von fremden Servern werden geladen.", en: "Pictures from other servers are loaded.",
        ja: "外部サーバーの画像を表示しています。")
    static let messageHeader = Phrase(de: "Kopfzeilen", en: "Headers", ja: "ヘッダー")
    static let downloadAll = Phrase(de: "Alle herunterladen", en: "Download all", ja: "すべてダウンロード")
    /// What the file with all of them is called.
    static let filesArchive = Phrase(de: "Anhänge.zip", en: "Attachments.zip", ja: "添付ファイル.zip")
    static let downloadOriginal = Phrase(
        de: "Original herunterladen (.eml)", en: "Download original (.eml)", ja: "原本をダウンロード（.eml）")

    static func picturesLeftOut(_ count: Int) -> Phrase {
        Phrase(
            de: count == 1
                ? "1\u{A0}Bild von einem fremden Server nicht geladen."
                : "\(count)\u{A0}Bilder von fremden Servern nicht geladen.",
            en: count == 1
                ? "1\u{A0}picture from another server not loaded."
                : "\(count)\u{A0}pictures from other servers not loaded.",
            ja: "外部サーバーの画像\(count)件を読み込んでいません。")
    }
}
