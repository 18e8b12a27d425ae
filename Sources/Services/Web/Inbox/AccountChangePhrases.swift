/// Conversations that get another account.
extension Phrase {
    static let bulkAccount = Phrase(de: "Mandant", en: "Account", ja: "お客様")
    static let someoneElses = Phrase(
        de: "Gehört zu einem anderen Mandanten", en: "Is someone else’s", ja: "別のお客様のメール")
    static let accountsOffered = Phrase(de: "Vorschläge", en: "Suggestions", ja: "候補")
    static let accountsRecent = Phrase(
        de: "Zuletzt bearbeitet", en: "Recently worked on", ja: "最近の作業")
    static func manyConversations(_ count: Int) -> Phrase {
        Phrase(
            de: count == 1 ? "1 Vorgang" : "\(count) Vorgänge",
            en: count == 1 ? "1 conversation" : "\(count) conversations", ja: "やり取り\(count)件")
    }
    static func belongsTo(_ name: String) -> Phrase {
        Phrase(de: "Gehört bisher zu: \(name)", en: "Belongs so far to: \(name)", ja: "現在のお客様：\(name)")
    }
    static let noDocumentsGo = Phrase(
        de: "Daraus ist nichts abgelegt, was mit umziehen würde.",
        en: "No document was filed from it that would move along.",
        ja: "一緒に移動する保存済みの書類はありません。")
    static func documentsGo(_ count: Int) -> Phrase {
        Phrase(
            de: (count == 1 ? "1 abgelegte Datei zieht" : "\(count) abgelegte Dateien ziehen")
                + " mit um, nach den Ablageregeln des neuen Mandanten. Was dort erst zu prüfen wäre, kommt in dessen "
                + "Posteingang, den nur die Kanzlei sieht.",
            en: (count == 1 ? "1 filed document moves" : "\(count) filed documents move")
                + " along, by the filing rules of the new account. What would have to be checked there goes to its "
                + "Intake, which only the team sees.",
            ja: "保存済みの書類\(count)件も、新しいお客様の保存ルールに従って移動します。確認が必要なものは、社内のみ表示の「受信」に入ります。")
    }
    static let nobodySawThem = Phrase(
        de: "Kein Mandant konnte bisher etwas davon sehen.", en: "No client could see any of it so far.",
        ja: "これまでお客様には表示されていません。")
    static func couldBeSeen(_ count: Int) -> Phrase {
        Phrase(
            de: (count == 1 ? "1 davon konnte" : "\(count) davon konnten")
                + " die Kontakte des bisherigen Mandanten schon sehen; damit ist es vorbei, zurückholen lässt sich nichts.",
            en:
                "The contacts of the account so far could already see \(count) of them; they no longer can, but what "
                + "they saw they have seen.",
            ja: "そのうち\(count)件は、これまでのお客様の連絡先がすでに閲覧できました。移動後は表示されませんが、閲覧された内容は取り消せません。")
    }
    static func seenSince(_ when: String) -> Phrase {
        Phrase(de: "seit \(when)", en: "since \(when)", ja: "\(when)から")
    }
    static func requestsStay(_ titles: String) -> Phrase {
        Phrase(
            de: "Die Schreiben der Anforderung \(titles) bleiben beim bisherigen Mandanten.",
            en: "The letters of the request \(titles) stay with the account so far.",
            ja: "ご依頼\(titles)のお手紙は、これまでのお客様に残ります。")
    }
    static let onlyRequest = Phrase(
        de: "Dieser Vorgang besteht nur aus einer Anforderung; die gehört ihrem Mandanten.",
        en: "This conversation is a request alone, which is its account’s.",
        ja: "このやり取りはご依頼のみのため、お客様を変更できません。")
}

extension DoneNote {
    static let accountChanged = DoneNote(
        "account-changed",
        Phrase(
            de: "Mandant geändert, die Dateien sind mit umgezogen",
            en: "Account changed; the files moved along",
            ja: "お客様を変更し、書類も移動しました"))
}
