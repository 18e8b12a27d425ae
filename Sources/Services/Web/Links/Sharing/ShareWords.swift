internal import Text

/// What the pages of shares say to whoever may look.
enum ShareWords {
    static func title(_ author: String, _ count: Int) -> Phrase {
        Phrase(
            de: count == 1
                ? "\(author) hat ein Dokument für Sie freigegeben"
                : "\(author) hat \(count) Dokumente für Sie freigegeben",
            en: count == 1
                ? "\(author) has shared a document with you"
                : "\(author) has shared \(count) documents with you",
            ja: "\(author)から書類が\(count)件届いています")
    }
    static func all(_ size: FileSize) -> Phrase {
        Phrase(
            de: "Alles herunterladen (ZIP, \(size[.de]))", en: "Download all (ZIP, \(size[.en]))",
            ja: "まとめてダウンロード（ZIP、\(size[.ja])）")
    }
    static func one(_ size: FileSize) -> Phrase {
        Phrase(
            de: "Herunterladen (\(size[.de]))", en: "Download (\(size[.en]))", ja: "ダウンロード（\(size[.ja])）")
    }
    /// What the file with all of them is called.
    static let archive = Phrase(de: "Dokumente.zip", en: "Documents.zip", ja: "書類.zip")
    static let changed = Phrase(
        de: "Geändert, seit es für Sie freigegeben wurde", en: "Changed since it was shared with you",
        ja: "共有後に更新されました")

    /// - Parameter days: from today.
    static func until(_ last: CivilDay, _ days: Int) -> Phrase {
        let german = days == 0 ? "nur noch heute" : days == 1 ? "noch 1 Tag" : "noch \(days) Tage"
        let english = days == 0 ? "today only" : days == 1 ? "1 day left" : "\(days) days left"
        return Phrase(
            de:
                "Verfügbar bis \(Language.de.longDate(last)) (\(german)). Bitte speichern Sie die Dokumente bis dahin.",
            en:
                "Available until \(Language.en.longDate(last)) (\(english)). Please save the documents by then.",
            ja: "閲覧期限：\(Language.ja.longDate(last))（\(days == 0 ? "本日まで" : "残り\(days)日")）。それまでに保存してください。")
    }
    static let officeSees = Phrase(
        de: "Die Kanzlei sieht, wann dieser Link geöffnet wurde.",
        en: "The office sees when this link was opened.", ja: "リンクが開かれた日時は事務所に記録されます。")
    static let doNotPassOn = Phrase(
        de: "Bitte nicht weiterleiten: Wer den Link hat, kann die Dokumente sehen.",
        en: "Please don’t pass it on: whoever has the link can see the documents.",
        ja: "転送しないでください。リンクを知っている方は書類を閲覧できます。")
    static let gone = Phrase(
        de: "Dieses Dokument ist nicht mehr freigegeben.", en: "This document is not shared any more.",
        ja: "この書類の共有は終了しました。")
    static let nothingLeft = Phrase(
        de: "Zurzeit ist nichts freigegeben. Bitte rufen Sie uns an.",
        en: "There is nothing here just now. Please call us.", ja: "現在、共有中の書類はありません。お電話ください。")
    static let linkOver = Phrase(
        de: "Vielleicht ist er abgelaufen, oder beim Kopieren fehlt ein Stück.",
        en: "It may have expired, or a piece of it got lost in copying.",
        ja: "有効期限が切れたか、リンクの一部が欠けている可能性があります。")
}
