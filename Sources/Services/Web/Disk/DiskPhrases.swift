internal import Store

/// What stands on the page of changes on the disk.
extension Phrase {
    static let onDisk = Phrase(
        de: "Änderungen auf der Festplatte", en: "Changes on the disk", ja: "ディスク上の変更")
    static let onDiskShort = Phrase(de: "Auf der Festplatte", en: "On the disk", ja: "ディスク上の変更")
    static let nothingOnDisk = Phrase(
        de: "Auf der Festplatte ist alles in Ordnung", en: "All is well on the disk", ja: "ディスクに問題はありません")
    static let nothingOnDiskWords = Phrase(
        de: "Was dort geändert wurde, ist übernommen. Nur was wir nicht deuten können, steht hier.",
        en: "What was changed there has been taken in. Only what we cannot make sense of is asked here.",
        ja: "ディスク上の変更は反映済みです。判断できないものだけがここに表示されます。")

    static let lossTitle = Phrase(de: "Fehlende Dokumente", en: "Documents that are gone", ja: "見つからない書類")
    static let lossWhy = Phrase(
        de:
            "So viel auf einmal wird nicht geglaubt: Es wurde nichts geändert, und die Inhalte sind sicher aufbewahrt.",
        en: "So much at once is not believed: nothing was changed, and the contents are kept safe.",
        ja: "一度に多数の書類が見つからないため、変更は行っていません。内容は安全に保管されています。")
    static let lossComesBack = Phrase(
        de:
            "Ist vielleicht nur ein Laufwerk nicht verbunden oder ein Ordner verschoben? Was von selbst zurückkommt, braucht keine Antwort.",
        en:
            "Is a drive just not connected, or a folder moved? What comes back by itself needs no answer.",
        ja: "ドライブが未接続か、フォルダーが移動された可能性があります。自然に戻るものには回答不要です。")
    static func diskIsGone(_ accounts: Int) -> Phrase {
        Phrase(
            de:
                "Bei \(accounts) Mandanten fehlt etwas: Das sieht nach einem Laufwerk aus, das nicht verbunden ist. Verbinden Sie es, dann erledigt sich alles von selbst.",
            en:
                "Something is missing in \(accounts) accounts: that looks like a drive that is not connected. Connect it, and all of this mends itself.",
            ja: "\(accounts)件のお客様で書類が見つかりません。ドライブが未接続のようです。接続すると自動的に解決します。")
    }
    static func documentsGone(_ count: Int) -> Phrase {
        Phrase(
            de: count == 1 ? "1 Dokument fehlt" : "\(count) Dokumente fehlen",
            en: count == 1 ? "1 document is gone" : "\(count) documents are gone", ja: "書類\(count)件が見つかりません")
    }
    static func documentsGoneSince(_ count: Int, _ since: String) -> Phrase {
        Phrase(
            de: count == 0
                ? "Inzwischen ist alles wieder da."
                : (count == 1 ? "1 Dokument fehlt" : "\(count) Dokumente fehlen")
                    + " auf der Festplatte, seit \(since).",
            en: count == 0
                ? "All of it is back by now."
                : (count == 1 ? "1 document is" : "\(count) documents are")
                    + " gone from the disk, since \(since).",
            ja: count == 0 ? "すべて元に戻っています。" : "\(since)から、ディスク上の書類\(count)件が見つかりません。")
    }
    static func showAllDocuments(_ count: Int) -> Phrase {
        Phrase(de: "Alle \(count) zeigen", en: "Show all \(count)", ja: "\(count)件すべて表示")
    }
    static let putThemBack = Phrase(de: "Zurücklegen", en: "Put them back", ja: "元に戻す")
    static let putThemBackWords = Phrase(
        de: "aus dem, was wir aufbewahren", en: "from what we keep of them", ja: "保管している内容から復元します")
    static let trashThem = Phrase(de: "In den Papierkorb", en: "Move them to the trash", ja: "ゴミ箱に移動")
    static let trashThemWords = Phrase(
        de: "sie wurden absichtlich gelöscht", en: "they were removed on purpose", ja: "意図的に削除された場合")
    static let askTomorrow = Phrase(de: "Morgen wieder fragen", en: "Ask again tomorrow", ja: "明日もう一度確認する")
    static let askNow = Phrase(de: "Jetzt beantworten", en: "Answer now", ja: "今すぐ回答")
    static func trashWarning(_ count: Int, _ account: String) -> Phrase {
        Phrase(
            de:
                "\(count) Dokumente von \(account) kommen in den Papierkorb. Dort bleiben sie 120 Tage und lassen sich wiederherstellen; der Mandant sieht sie nicht mehr.",
            en:
                "\(count) documents of \(account) go to the trash. They stay there for 120 days and can be restored; the client no longer sees them.",
            ja: "\(account)の書類\(count)件をゴミ箱に移動します。120日間は元に戻せますが、お客様には表示されなくなります。")
    }
    static let diskChanged = Phrase(
        de: "Inzwischen hat sich etwas geändert. Bitte sehen Sie noch einmal hin; es wurde nichts getan.",
        en: "Something has changed meanwhile. Please look again; nothing was done.",
        ja: "その間に状況が変わりました。もう一度ご確認ください（変更は行っていません）。")

    static let strayTitle = Phrase(
        de: "Dokumente im Ordner eines anderen Mandanten", en: "Documents in another account’s folder",
        ja: "別のお客様のフォルダーにある書類")
    static let strayWhy = Phrase(
        de:
            "Jemand hat sie auf der Festplatte verschoben oder kopiert. Niemand sieht sie dort, bevor Sie antworten.",
        en: "Somebody moved or copied them on the disk. Nobody sees them there before you answer.",
        ja: "ディスク上で移動またはコピーされました。回答いただくまで、そこでは誰にも表示されません。")
    static func filesOfAnother(_ count: Int) -> Phrase {
        .count(
            count, de: ("Datei eines anderen Mandanten", "Dateien eines anderen Mandanten"),
            en: ("file of another account", "files of another account"), ja: "別のお客様のファイル")
    }
    static func straysMoved(_ count: Int, from other: String, _ since: String) -> Phrase {
        Phrase(
            de: (count == 1 ? "1 Dokument von \(other) liegt" : "\(count) Dokumente von \(other) liegen")
                + " jetzt hier, bei \(other) fehlen sie. Gesehen am \(since).",
            en: (count == 1 ? "1 document of \(other) lies" : "\(count) documents of \(other) lie")
                + " here now, and no longer there. Seen on \(since).",
            ja: "\(other)の書類\(count)件がここに移動されています。確認日時：\(since)")
    }
    static func straysCopied(_ count: Int, from other: String, _ since: String) -> Phrase {
        Phrase(
            de: (count == 1 ? "1 Dokument von \(other) liegt" : "\(count) Dokumente von \(other) liegen")
                + " als Kopie hier. Gesehen am \(since).",
            en: (count == 1
                ? "A copy of 1 document of \(other) lies" : "Copies of \(count) documents of \(other) lie")
                + " here. Seen on \(since).",
            ja: "\(other)の書類\(count)件のコピーがここにあります。確認日時：\(since)")
    }
    static func straysOfHidden(_ count: Int, _ since: String) -> Phrase {
        Phrase(
            de: (count == 1 ? "1 Dokument" : "\(count) Dokumente")
                + " eines Mandanten, den Sie nicht sehen dürfen, seit \(since). Antworten kann, wer beide sieht.",
            en: (count == 1 ? "1 document" : "\(count) documents")
                + " of an account that you may not see, since \(since). Whoever sees both can answer.",
            ja: "表示権限のないお客様の書類\(count)件（\(since)から）。両方のお客様を表示できるスタッフが回答できます。")
    }
    static func strayFrom(_ place: String) -> Phrase {
        Phrase(de: "eigener Platz: \(place)", en: "its own place: \(place)", ja: "本来の場所：\(place)")
    }
    static func strayBack(_ name: String) -> Phrase {
        Phrase(de: "Zurück zu \(name)", en: "Back to \(name)", ja: "\(name)に戻す")
    }
    static let strayBackWords = Phrase(
        de: "sie kamen versehentlich hierher", en: "they came here by mistake", ja: "誤って移動された場合")
    static let strayCopyAway = Phrase(de: "Kopie entfernen", en: "Remove the copy", ja: "コピーを削除")
    static let strayCopyAwayWords = Phrase(
        de: "das Original bleibt, wo es ist", en: "the original stays where it is", ja: "元の書類はそのまま残ります")
    static func strayStays(_ name: String) -> Phrase {
        Phrase(de: "Gehört zu \(name)", en: "Belongs to \(name)", ja: "\(name)の書類です")
    }
    static let strayStaysSeen = Phrase(
        de: "der Mandant kann es dann sehen", en: "the client can see it then", ja: "お客様に表示されます")
    static let strayStaysUnseen = Phrase(
        de: "nur das Team sieht es", en: "the team alone sees it", ja: "社内のみに表示されます")
    static func strayWarning(_ count: Int, _ seen: Int, from other: String, to account: String) -> Phrase {
        Phrase(
            de:
                "\(count == 1 ? "1 Dokument" : "\(count) Dokumente") von \(other) \(count == 1 ? "wird" : "werden") auch Dokument von \(account), und \(account) kann \(seen == 1 ? "1 davon" : "\(seen) davon") sehen. Was gesehen wurde, lässt sich nicht zurückholen.",
            en:
                "\(count == 1 ? "1 document" : "\(count) documents") of \(other) will be \(account)’s, too, and \(account) can see \(seen) of them. What was seen cannot be taken back.",
            ja: "\(other)の書類\(count)件が\(account)の書類にもなり、うち\(seen)件は\(account)が閲覧できます。閲覧された内容は取り消せません。")
    }

    static let laterTitle = Phrase(de: "Später", en: "Later", ja: "後で確認")
    static let laterWhy = Phrase(
        de: "Danach wird wieder gefragt; bis dahin bleibt alles, wie es ist.",
        en: "You are asked again then; until then all stays as it is.", ja: "指定の日時に再度確認します。それまで変更は行いません。")
    static let toldTitle = Phrase(de: "Nicht übernommen", en: "Not taken in", ja: "反映されていないもの")
    static let toldWhy = Phrase(
        de:
            "Das liegt auf der Festplatte und wurde nicht angerührt. Es verschwindet hier, sobald es in Ordnung ist.",
        en: "This lies on the disk and was not touched. It goes from here as soon as it is in order.",
        ja: "ディスク上にありますが、手を加えていません。解消されると一覧から消えます。")
}

/// What a toast says after an answer.
extension DoneNote {
    static let onDisk = [
        diskRestored, diskTrashed, diskTakenBack, straysAdopted, straysReturned, askedLater,
    ]

    static let diskRestored = DoneNote(
        "disk-restored",
        Phrase(de: "Die Dokumente liegen wieder da", en: "The documents are back", ja: "書類を元に戻しました"))
    static let diskTrashed = DoneNote(
        "disk-trashed",
        Phrase(de: "In den Papierkorb gelegt", en: "Moved to the trash", ja: "ゴミ箱に移動しました"))
    static let diskTakenBack = DoneNote(
        "disk-taken-back",
        Phrase(de: "Aus dem Papierkorb zurück", en: "Back from the trash", ja: "ゴミ箱から元に戻しました"))
    static let straysAdopted = DoneNote(
        "strays-adopted", Phrase(de: "Hier übernommen", en: "Taken in here", ja: "この場所に登録しました"))
    static let straysReturned = DoneNote(
        "strays-returned", Phrase(de: "Zurückgegeben", en: "Given back", ja: "元のお客様に戻しました"))
    static let askedLater = DoneNote(
        "disk-later",
        Phrase(de: "Morgen wird wieder gefragt", en: "You are asked again tomorrow", ja: "明日もう一度確認します"))
}
