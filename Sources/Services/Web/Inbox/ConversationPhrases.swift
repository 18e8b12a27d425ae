/// One conversation: its account, its files, what was said and what happened.
extension Phrase {
    static let why = Phrase(de: "Warum?", en: "Why?", ja: "理由")
    static let whyTitle = Phrase(
        de: "Warum es hier liegt", en: "Why it went where it went", ja: "振り分けの理由")
    static let changeAccount = Phrase(de: "Mandant ändern", en: "Change account", ja: "お客様を変更")
    static let linkSender = Phrase(de: "Absender zuordnen", en: "Link the sender", ja: "差出人を登録")
    static let nobodyFound = Phrase(
        de: "Zu diesem Absender ist noch kein Mandant bekannt.",
        en: "No account is known for this sender yet.",
        ja: "この差出人に対応するお客様はまだ登録されていません。")
    static let senderProven = Phrase(
        de: "Absender bestätigt", en: "Sender confirmed", ja: "差出人を確認済み")
    static let senderOpen = Phrase(
        de: "Absender nicht bestätigt", en: "Sender not confirmed", ja: "差出人が未確認")
    static let senderAgainst = Phrase(
        de: "Absender nicht glaubwürdig", en: "Sender not to be believed", ja: "差出人を信用できません")

    static let filesFiled = Phrase(de: "Abgelegt in", en: "Filed in", ja: "保存先：")
    static let filesWaiting = Phrase(de: "Noch nicht abgelegt", en: "Not filed yet", ja: "未保存")
    static let filesSent = Phrase(de: "Mitgeschickt", en: "Sent along", ja: "送信した添付")
    static let duplicateFile = Phrase(de: "lag dort schon", en: "was there already", ja: "登録済み")
    static let fileActions = Phrase(de: "Datei: Aktionen", en: "File: actions", ja: "ファイルの操作")
    static let moveFile = Phrase(de: "Verschieben", en: "Move", ja: "移動")
    static let unfileFile = Phrase(de: "Ablage zurücknehmen", en: "Un-file", ja: "保存を取り消す")
    static let fileIt = Phrase(de: "Ablegen", en: "File", ja: "保存する")
    static let fileElsewhere = Phrase(de: "Woanders ablegen", en: "File elsewhere", ja: "別の場所に保存")

    static let original = Phrase(de: "Original", en: "Original", ja: "原文")
    static let headers = Phrase(de: "Kopfzeilen", en: "Headers", ja: "ヘッダー")
    static let from = Phrase(de: "Von uns", en: "From us", ja: "事務所より")
    static let wroteNote = Phrase(
        de: "schrieb eine Notiz · nur das Team sieht sie", en: "wrote a note · only the team sees it",
        ja: "さんのメモ · 社内のみ表示")
    static let noteLabel = Phrase(
        de: "Notiz für das Team (mit @Name rufen Sie jemanden dazu)",
        en: "Note for the team (@name calls a colleague)", ja: "社内メモ（@名前で相手に通知）")
    static let noteSave = Phrase(de: "Notiz speichern", en: "Save note", ja: "メモを保存")
    static let noteEmpty = Phrase(
        de: "Die Notiz ist leer.", en: "The note is empty.", ja: "メモが入力されていません。")
    static let replyHint = Phrase(de: "Antwort schreiben …", en: "Write a reply …", ja: "返信を書く…")

    static func recipients(_ names: String) -> Phrase {
        Phrase(de: "an \(names)", en: "to \(names)", ja: "宛先：\(names)")
    }
    static func filesCount(_ count: Int) -> Phrase {
        Phrase(
            de: count == 1 ? "1 Datei" : "\(count) Dateien", en: count == 1 ? "1 file" : "\(count) files",
            ja: "\(count)件")
    }

    /// What happened besides mail; the words of others stay as they were said.
    static func happened(_ kind: String, who: String?, words: String) -> Phrase {
        let name = who.map { " (\($0))" } ?? ""
        switch kind {
        case "request.answered":
            return Phrase(
                de: "Anforderung ist beantwortet", en: "The request is answered", ja: "ご依頼の書類がすべて届きました")
        case "request.partly_answered":
            return Phrase(
                de: "Anforderung ist teilweise beantwortet\(name)",
                en: "The request is partly answered\(name)",
                ja: "ご依頼の書類が一部届きました\(name)")
        case "request.declined":
            return Phrase(
                de: "Nicht vorhanden\(name): \(words)", en: "Not available\(name): \(words)",
                ja: "該当なし\(name)：\(words)")
        case "request.none_said":
            return Phrase(
                de: "Über den offenen Link gesagt, nicht vorhanden\(name): \(words)",
                en: "Said by the open link, not available\(name): \(words)",
                ja: "公開リンクからの申告：該当なし\(name)：\(words)")
        case "link.opened":
            return Phrase(de: "Link geöffnet\(name)", en: "Link opened\(name)", ja: "リンクが開かれました\(name)")
        case "link.guessed":
            return Phrase(
                de: "Fünf falsche Codes am Link\(name): Vielleicht hat ihn jemand anders.",
                en: "Five wrong codes at the link\(name): perhaps somebody else has it.",
                ja: "確認コードが5回続けて誤入力されました\(name)。リンクが第三者に渡った可能性があります")
        case "share.guessed":
            return Phrase(
                de:
                    "Fünf falsche Codes am Link der Freigabe\(name): Vielleicht hat ihn jemand anders. \(words)",
                en: "Five wrong codes at the link of a share\(name): perhaps somebody else has it. \(words)",
                ja: "共有リンクで確認コードが5回続けて誤入力されました\(name)。リンクが第三者に渡った可能性があります：\(words)")
        case "upload.done":
            return Phrase(
                de: "Hochladen abgeschlossen\(name)", en: "Upload finished\(name)", ja: "アップロードが完了しました\(name)"
            )
        case "client.rename":
            return Phrase(
                de: "Vom Mandanten umbenannt\(name): \(words)", en: "Renamed by the client\(name): \(words)",
                ja: "お客様が名前を変更\(name)：\(words)")
        case "client.move":
            return Phrase(
                de: "Vom Mandanten verschoben\(name): \(words)", en: "Moved by the client\(name): \(words)",
                ja: "お客様が移動\(name)：\(words)")
        case "client.trash":
            return Phrase(
                de: "Vom Mandanten gelöscht, im Papierkorb\(name): \(words)",
                en: "Deleted by the client, in the trash\(name): \(words)",
                ja: "お客様が削除（ゴミ箱にあります）\(name)：\(words)")
        case "client.folder":
            return Phrase(
                de: "Neuer Ordner des Mandanten\(name): \(words)",
                en: "New folder by the client\(name): \(words)",
                ja: "お客様がフォルダーを作成\(name)：\(words)")
        case "disk.gone":
            return Phrase(
                de: "Dokumente fehlen auf der Festplatte; es wurde nichts geändert: \(words)",
                en: "Documents are gone from the disk; nothing was changed: \(words)",
                ja: "ディスクから書類が失われています（変更は行っていません）：\(words)")
        case "disk.stray":
            return Phrase(
                de: "Auf der Festplatte liegt hier das Dokument eines anderen Mandanten: \(words)",
                en: "A document of another account lies here on the disk: \(words)",
                ja: "ディスク上のこのお客様のフォルダーに、別のお客様の書類があります：\(words)")
        case "upload.link_wanted":
            return Phrase(
                de: "Neuer Link gewünscht\(name)", en: "A new link is wanted\(name)",
                ja: "新しいリンクのご要望\(name)")
        case "share.opened":
            return Phrase(
                de: "Freigabe geöffnet\(name): \(words)", en: "Share opened\(name): \(words)",
                ja: "共有書類が開かれました\(name)：\(words)")
        case "share.downloaded":
            return Phrase(
                de: "Freigabe heruntergeladen\(name): \(words)", en: "Share downloaded\(name): \(words)",
                ja: "共有書類がダウンロードされました\(name)：\(words)")
        case "share.link_wanted":
            return Phrase(
                de: "Neuer Link zur Freigabe gewünscht\(name): \(words)",
                en: "A new link to a share is wanted\(name): \(words)",
                ja: "共有書類の新しいリンクのご要望\(name)：\(words)")
        case "request.expired":
            return Phrase(
                de: "Anforderung ist abgelaufen", en: "The request has expired", ja: "ご依頼の期限が切れました")
        case "request.undelivered", "letter.undelivered":
            return Phrase(
                de: "Nicht zugestellt\(name): \(words)", en: "Not delivered\(name): \(words)",
                ja: "配信されませんでした\(name)：\(words)")
        case "letter.refused":
            return Phrase(
                de: "Nicht angenommen\(name): \(words)", en: "Refused\(name): \(words)",
                ja: "受信を拒否されました\(name)：\(words)")
        case "letter.delayed":
            return Phrase(
                de: "Zustellung verzögert\(name)", en: "Delivery is delayed\(name)", ja: "配信が遅れています\(name)")
        case "letter.delivered":
            return Phrase(de: "Zugestellt\(name)", en: "Delivered\(name)", ja: "配信されました\(name)")
        case "letter.displayed":
            return Phrase(de: "Geöffnet\(name)", en: "Opened\(name)", ja: "開封されました\(name)")
        case "letter.away":
            return Phrase(de: "Abwesenheitsnotiz\(name)", en: "Away\(name)", ja: "不在通知\(name)")
        default: return Phrase(same: words)
        }
    }
}
