/// What staff read where they let people look at documents.
enum Sharing {
    static let newShare = Phrase(de: "Dokumente freigeben", en: "Share documents", ja: "書類を共有する")
    static let share = Phrase(de: "Freigeben …", en: "Share …", ja: "共有…")
    static let shares = Phrase(de: "Freigaben", en: "Shares", ja: "共有")
    static let shareByMail = Phrase(de: "Freigeben und senden", en: "Share and send", ja: "共有してメールで送る")
    static let text = Phrase(
        de: "Nachricht an die Empfänger", en: "Message to the recipients", ja: "宛先へのメッセージ")
    static let moreDocuments = Phrase(
        de: "Weitere Dokumente", en: "More documents", ja: "ほかの書類")
    static let nothingChosen = Phrase(
        de: "Bitte mindestens ein Dokument auswählen.", en: "Please choose at least one document.",
        ja: "書類を1件以上選択してください。")
    static func privateWarning(_ names: String) -> Phrase {
        Phrase(
            de: "Liegt in einem internen Ordner (nur Kanzlei): \(names)",
            en: "In a folder that the team alone sees: \(names)", ja: "社内専用フォルダーの書類です：\(names)")
    }
    static let shareAllTheSame = Phrase(
        de: "Trotzdem freigeben: Wer den Link hat, kann es sehen.",
        en: "Share it all the same: whoever has the link can see it.",
        ja: "それでも共有する（リンクを知っている方は閲覧できます）")
    static func otherClient(_ address: String) -> Phrase {
        Phrase(
            de: "\(address) ist Kontakt eines anderen Mandanten: Diese Dokumente dürfen dorthin nicht.",
            en: "\(address) is a contact of another account: these documents may not go there.",
            ja: "\(address) は別のお客様の連絡先です。この書類は共有できません。")
    }

    static let nothingShared = Phrase(
        de: "Noch nichts freigegeben", en: "Nothing shared yet", ja: "共有した書類はありません")
    static func sharedBy(_ name: String) -> Phrase {
        Phrase(de: "Freigegeben von \(name)", en: "Shared by \(name)", ja: "\(name)が共有")
    }
    static let opened = Phrase(de: "geöffnet", en: "opened", ja: "閲覧済み")
    static let uses = Phrase(de: "Was mit dem Link geschah", en: "What was done by the link", ja: "リンクの利用履歴")
    static let downloaded = Phrase(de: "heruntergeladen", en: "downloaded", ja: "ダウンロード済み")
    static let onItsWay = Phrase(de: "wird gesendet", en: "being sent", ja: "送信待ち")
    static let sent = Phrase(de: "gesendet", en: "sent", ja: "送信済み")
    static let linkOnly = Phrase(de: "nur Link", en: "link only", ja: "リンクのみ")
    static let changed = Phrase(de: "seither geändert", en: "changed since", ja: "共有後に更新")
    static func missing(_ count: Int) -> Phrase {
        Phrase(
            de: count == 1
                ? "1 Dokument liegt nicht mehr hier und wird nicht mehr gezeigt."
                : "\(count) Dokumente liegen nicht mehr hier und werden nicht mehr gezeigt.",
            en: count == 1
                ? "1 document is not here any more, and not shown any more."
                : "\(count) documents are not here any more, and not shown any more.",
            ja: "\(count)件の書類は移動または削除されたため、表示されません。")
    }
    /// What is put into a short message by hand.
    static func message(_ firm: String, _ link: String) -> Phrase {
        Phrase(
            de: "\(firm): Hier finden Sie Ihre Unterlagen: \(link)",
            en: "\(firm): your documents are here: \(link)",
            ja: "\(firm)です。書類はこちらからご覧いただけます：\(link)")
    }
    static let newLink = Phrase(
        de: "Neuer Link (der alte gilt nicht mehr)", en: "New link (the old one is void)",
        ja: "リンクを再発行（旧リンクは無効）")
    static let revokeQuestion = Phrase(
        de: "Diese Freigabe widerrufen?", en: "Revoke this share?", ja: "この共有を取り消しますか？")
    static let revokeWarning = Phrase(
        de: "Der Link gilt dann für immer nicht mehr. Was heruntergeladen wurde, bleibt dort.",
        en: "The link is void for ever. What was downloaded stays there.",
        ja: "リンクは無効になります。ダウンロード済みのファイルは相手の手元に残ります。")
    static let tooLate = Phrase(
        de: "Das geht nicht mehr: Die Freigabe wurde inzwischen geändert.",
        en: "That can’t be done any more: the share was changed meanwhile.",
        ja: "共有の状態が変わったため、実行できませんでした。")
}

/// What was done with shares.
extension DoneNote {
    static let sharing: [DoneNote] = [shareSent, shareOpen, shareRevoked]

    static let shareSent = DoneNote(
        "share-sent",
        Phrase(
            de: "Freigegeben, der Brief geht hinaus", en: "Shared; the letter goes out",
            ja: "共有しました。メールを送信します"))
    static let shareOpen = DoneNote(
        "share-open",
        Phrase(
            de: "Der Link gilt ab jetzt. Bitte selbst weitergeben.",
            en: "The link holds from now on. Please hand it over yourself.", ja: "リンクが有効になりました。相手の方へお渡しください。")
    )
    static let shareRevoked = DoneNote(
        "share-revoked",
        Phrase(
            de: "Widerrufen: Der Link gilt nicht mehr", en: "Revoked: the link is void",
            ja: "取り消しました。リンクは無効です"))
}
