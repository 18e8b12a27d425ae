internal import Mailroom
internal import Store

/// What stands on the pages of requests.
enum Asking {
    static let noRequests = Phrase(
        de: "Hier gibt es gerade keine Anforderung", en: "There is no request here", ja: "該当する依頼はありません")
    static let open = Phrase(de: "Offen", en: "Open", ja: "依頼中")
    static let overdue = Phrase(de: "Überfällig", en: "Overdue", ja: "期限超過")
    static let partly = Phrase(de: "Teilweise beantwortet", en: "Partly answered", ja: "一部提出済み")
    static let answered = Phrase(de: "Beantwortet", en: "Answered", ja: "提出済み")
    static let drafts = Phrase(de: "Entwürfe", en: "Drafts", ja: "下書き")
    static let draft = Phrase(de: "Entwurf", en: "Draft", ja: "下書き")
    static let closed = Phrase(de: "Beendet", en: "Ended", ja: "終了")
    static let revoked = Phrase(de: "Widerrufen", en: "Revoked", ja: "取り消し済み")
    static let expired = Phrase(de: "Abgelaufen", en: "Expired", ja: "期限切れ")
    static let undelivered = Phrase(de: "Unzustellbar", en: "Not delivered", ja: "不達")

    static func received(_ count: Int, of all: Int) -> Phrase {
        Phrase(
            de: "\(count) von \(all) erhalten", en: "\(count) of \(all) received", ja: "\(all)件中\(count)件受領")
    }
    static func sentOn(_ when: String) -> Phrase {
        Phrase(de: "Gesendet \(when)", en: "Sent \(when)", ja: "送信：\(when)")
    }
    static func due(_ day: String) -> Phrase { Phrase(de: "bis \(day)", en: "due \(day)", ja: "期限：\(day)") }
    static func validUntil(_ day: String) -> Phrase {
        Phrase(de: "gültig bis \(day)", en: "valid until \(day)", ja: "有効期限：\(day)")
    }
    static func askedBy(_ name: String, _ when: String) -> Phrase {
        Phrase(
            de: "Angefordert von \(name), \(when)", en: "Asked by \(name), \(when)",
            ja: "依頼者：\(name)（\(when)）")
    }

    // MARK: - Items

    static let items = Phrase(de: "Angeforderte Unterlagen", en: "What is asked for", ja: "ご依頼の書類")
    static let noItems = Phrase(
        de: "Ohne einzelne Posten: Jede Datei beantwortet die Anforderung.",
        en: "Without items: any file answers the request.", ja: "項目の指定はありません。ファイルが届けば完了します。")
    static let besides = Phrase(de: "Außerdem gekommen", en: "Came besides", ja: "その他の受領ファイル")
    static func itemState(_ state: ItemState) -> Phrase {
        switch state {
        case .open: Phrase(de: "fehlt noch", en: "still missing", ja: "未提出")
        case .received: Phrase(de: "gekommen", en: "received", ja: "受領済み")
        case .accepted: Phrase(de: "angenommen", en: "accepted", ja: "確認済み")
        case .rejected: Phrase(de: "zurückgewiesen", en: "rejected", ja: "差し戻し")
        case .unavailable: Phrase(de: "gibt es nicht", en: "not available", ja: "該当なし")
        }
    }
    static let accept = Phrase(de: "Annehmen", en: "Accept", ja: "確認する")
    static let acceptAll = Phrase(de: "Alles Gekommene annehmen", en: "Accept all that came", ja: "受領分をすべて確認")
    static let reject = Phrase(de: "Zurückweisen …", en: "Reject …", ja: "差し戻す…")
    static let rejectNow = Phrase(
        de: "Zurückweisen und neu anfordern", en: "Reject and ask again", ja: "差し戻して再依頼")
    static let rejectNote = Phrase(
        de: "Was fehlt oder stimmt nicht? Der Mandant liest das.",
        en: "What is missing or wrong? The client reads this.", ja: "理由（お客様にも表示されます）")
    static let unavailable = Phrase(de: "Gibt es nicht", en: "There is none", ja: "該当なしにする")
    static let tick = Phrase(de: "Ist gekommen", en: "It came", ja: "受領済みにする")
    static let untick = Phrase(de: "Doch nicht gekommen", en: "It did not come", ja: "未提出に戻す")
    static func ofItem(_ deed: Phrase, _ name: String) -> Phrase {
        Phrase(de: "\(deed.de): \(name)", en: "\(deed.en): \(name)", ja: "\(deed.ja)：\(name)")
    }
    static let assign = Phrase(de: "Ist:", en: "Is:", ja: "該当項目：")
    static let chooseItem = Phrase(de: "Posten …", en: "Item …", ja: "項目…")

    // MARK: - People and letters

    static let recipients = Phrase(de: "Empfänger", en: "Recipients", ja: "宛先")
    static let noRecipients = Phrase(
        de: "Niemand angeschrieben: Der Link wird von Hand weitergegeben.",
        en: "Nobody was written to: the link is handed over by hand.", ja: "メール送信なし。リンクを直接お渡しください。")
    static func state(_ state: RecipientState) -> Phrase {
        switch state {
        case .queued: Phrase(de: "wird gesendet", en: "being sent", ja: "送信中")
        case .sent: Phrase(de: "gesendet", en: "sent", ja: "送信済み")
        case .undelivered: Phrase(de: "unzustellbar", en: "not delivered", ja: "不達")
        case .opened: Phrase(de: "hat geantwortet", en: "has answered", ja: "返信あり")
        case .done: Phrase(de: "fertig", en: "done", ja: "完了")
        }
    }
    static let letters = Phrase(de: "Briefe", en: "Letters", ja: "送信したメール")
    static func letter(_ kind: NewLetter.Kind) -> Phrase {
        switch kind {
        case .request: Phrase(de: "Anforderung", en: "Request", ja: "依頼")
        case .reminder: Phrase(de: "Erinnerung", en: "Reminder", ja: "リマインド")
        case .rejection: Phrase(de: "Zurückweisung", en: "Rejection", ja: "差し戻し")
        case .receipt: Phrase(de: "Empfangsbestätigung", en: "Receipt", ja: "受領確認")
        case .notice, .automatic, .free, .probe: Phrase(de: "Mitteilung", en: "Notice", ja: "お知らせ")
        }
    }
    static func submission(_ state: SubmissionState) -> Phrase {
        switch state {
        case .queued: Phrase(de: "wartet", en: "waits", ja: "送信待ち")
        case .intended: Phrase(de: "unterwegs", en: "on its way", ja: "送信中")
        case .sent: Phrase(de: "gesendet", en: "sent", ja: "送信済み")
        case .refused: Phrase(de: "abgelehnt", en: "refused", ja: "拒否")
        case .undelivered: Phrase(de: "zurückgekommen", en: "came back", ja: "不達")
        case .cancelled: Phrase(de: "nicht gesendet", en: "not sent", ja: "送信取消")
        }
    }

    // MARK: - Links

    static let link = Phrase(de: "Link zum Hochladen", en: "Upload link", ja: "アップロード用リンク")
    static func linkOf(_ name: String) -> Phrase {
        Phrase(de: "Link für \(name)", en: "Link for \(name)", ja: "\(name) 用リンク")
    }
    static let copyLink = Phrase(de: "Link kopieren", en: "Copy link", ja: "リンクをコピー")
    static let copied = Phrase(de: "Kopiert", en: "Copied", ja: "コピーしました")
    static let asText = Phrase(de: "Als Text für SMS", en: "As text for SMS", ja: "SMS用の文面")
    static let copyText = Phrase(de: "Text kopieren", en: "Copy text", ja: "文面をコピー")
    static let asCode = Phrase(de: "Als QR-Code", en: "As a QR code", ja: "QRコード")
    static let codeFor = Phrase(de: "QR-Code des Links", en: "QR code of the link", ja: "リンクのQRコード")
    static let renew = Phrase(de: "Neue Links", en: "New links", ja: "リンクを再発行")
    static let renewHint = Phrase(
        de: "Die bisherigen Links gelten dann nicht mehr.", en: "The links so far are void then.",
        ja: "これまでのリンクは無効になります。")
    static func message(_ firm: String, _ title: String, _ link: String) -> Phrase {
        Phrase(
            de: "\(firm): Bitte laden Sie hier Ihre Unterlagen hoch („\(title)“): \(link)",
            en: "\(firm): please upload your documents here (“\(title)”): \(link)",
            ja: "\(firm)です。書類（\(title)）のご提出はこちらからお願いいたします：\(link)")
    }

    // MARK: - Deeds

    static let sendNow = Phrase(de: "Jetzt senden", en: "Send now", ja: "今すぐ送信")
    static let sendAgain = Phrase(de: "Erneut senden", en: "Send again", ja: "再送信")
    static let remind = Phrase(de: "Erinnern", en: "Remind", ja: "催促する")
    static let edit = Phrase(de: "Bearbeiten", en: "Edit", ja: "編集")
    static let extend = Phrase(de: "Verlängern", en: "Extend", ja: "期限延長")
    static let lastDay = Phrase(de: "Gültig bis", en: "Valid until", ja: "有効期限")
    static let revoke = Phrase(de: "Widerrufen", en: "Revoke", ja: "取り消す")
    static let revokeQuestion = Phrase(
        de: "Diese Anforderung widerrufen?", en: "Revoke this request?", ja: "この依頼を取り消しますか？")
    static let revokeWarning = Phrase(
        de:
            "Alle ihre Links gelten dann für immer nicht mehr, und es wird nicht mehr erinnert. Was gekommen ist, bleibt.",
        en: "All its links are void for ever, and nobody is reminded any more. What came stays.",
        ja: "すべてのリンクが無効になり、催促も停止します。受領済みの書類は残ります。")
    static let history = Phrase(de: "Verlauf", en: "History", ja: "履歴")
    static let moreActions = Phrase(de: "Weitere Aktionen", en: "More actions", ja: "その他の操作")

    static let changeItem = Phrase(de: "Ändern", en: "Change", ja: "変更")
    static let withdraw = Phrase(de: "Nicht mehr anfordern", en: "Ask for it no more", ja: "依頼から外す")

    static func moment(_ action: String) -> Phrase? {
        switch action {
        case "request.add": Phrase(de: "angelegt oder ergänzt", en: "made or added to", ja: "作成・追加")
        case "request.send": Phrase(de: "gesendet", en: "sent", ja: "送信")
        case "request.remind": Phrase(de: "erinnert", en: "reminded", ja: "催促")
        case "request.edit": Phrase(de: "geändert", en: "changed", ja: "編集")
        case "request.extend": Phrase(de: "verlängert", en: "extended", ja: "期限延長")
        case "request.link": Phrase(de: "neue Links gemacht", en: "made new links", ja: "リンク再発行")
        case "request.revoke": Phrase(de: "widerrufen", en: "revoked", ja: "取り消し")
        case "request.expire": Phrase(de: "abgelaufen", en: "expired", ja: "期限切れ")
        case "request.accept": Phrase(de: "angenommen", en: "accepted", ja: "確認")
        case "request.reconsider":
            Phrase(de: "Annahme zurückgenommen", en: "acceptance taken back", ja: "確認を取り消し")
        case "request.reject": Phrase(de: "zurückgewiesen", en: "rejected", ja: "差し戻し")
        case "request.tick": Phrase(de: "als gekommen markiert", en: "marked as received", ja: "受領を記録")
        case "request.untick": Phrase(de: "als fehlend markiert", en: "marked as missing", ja: "未提出に変更")
        case "request.decline":
            Phrase(de: "als nicht vorhanden markiert", en: "marked as not available", ja: "該当なしと記録")
        case "request.none_said":
            Phrase(
                de: "sagt über den offenen Link: nicht vorhanden", en: "said by the open link: not available",
                ja: "公開リンクからの申告：該当なし")
        case "request.answered": Phrase(de: "vollständig beantwortet", en: "answered in full", ja: "すべて受領")
        case "request.partly_answered": Phrase(de: "teilweise beantwortet", en: "partly answered", ja: "一部受領")
        case "link.opened": Phrase(de: "Link geöffnet", en: "link opened", ja: "リンクを開封")
        case "link.guessed":
            Phrase(de: "falsche Codes am Link", en: "wrong codes at the link", ja: "確認コードの誤入力")
        case "upload.done": Phrase(de: "Hochladen abgeschlossen", en: "upload finished", ja: "アップロード完了")
        case "upload.link_wanted": Phrase(de: "neuer Link gewünscht", en: "new link wanted", ja: "新しいリンクのご要望")
        case "request.undelivered": Phrase(de: "nicht zugestellt", en: "not delivered", ja: "不達")
        default: nil
        }
    }
}
