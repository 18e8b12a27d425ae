internal import Mailroom

/// Why something waits, as the page of held files has it in sections, in this order.
enum HeldKind: Hashable, CaseIterable {
    case ambiguous, asks, fileLink, encrypted, type, tooLarge, container, secure, unscanned, against,
        suspicious
    case infected

    /// Nil for what has a place of its own: strangers, history, machines' answers, and what needs nobody.
    init?(_ reason: LedgerReason) {
        switch reason {
        case .ambiguous: self = .ambiguous
        case .suggested, .filingOff, .openStrict: self = .asks
        case .fileLink: self = .fileLink
        case .encrypted: self = .encrypted
        case .type, .macro: self = .type
        case .tooLarge: self = .tooLarge
        case .containerDamaged: self = .container
        case .secureMessage: self = .secure
        case .unscanned: self = .unscanned
        case .against: self = .against
        case .suspicious: self = .suspicious
        case .infected: self = .infected
        case .text, .inline, .smallPicture, .repeatedPicture, .signature, .calendar, .card, .history,
            .unmatched, .automatic, .otherList, .gaveNothing, .unreadable, .storage:
            return nil
        }
    }

    /// Whether staff's word is enough to file it.
    var isFilable: Bool { self != .infected && self != .fileLink }

    var title: Phrase {
        switch self {
        case .ambiguous:
            Phrase(de: "Welcher Mandant?", en: "Which account?", ja: "どのお客様ですか")
        case .asks:
            Phrase(de: "Wartet auf Ihr Ja", en: "Waits for your yes", ja: "承認待ち")
        case .fileLink: Phrase(de: "Links zu Dateien", en: "Links to files", ja: "ファイルへのリンク")
        case .encrypted: Phrase(de: "Verschlüsselt", en: "Encrypted", ja: "暗号化されたファイル")
        case .type:
            Phrase(de: "Ungewöhnlicher Dateityp", en: "Unusual kind of file", ja: "通常と異なる種類のファイル")
        case .tooLarge: Phrase(de: "Sehr groß", en: "Very large", ja: "サイズ超過")
        case .container:
            Phrase(de: "Archiv nicht lesbar", en: "Archive can’t be read", ja: "開けない圧縮ファイル")
        case .secure: Phrase(de: "Gesicherte Nachricht", en: "Secure message", ja: "セキュアメール")
        case .unscanned:
            Phrase(de: "Noch nicht auf Viren geprüft", en: "Not scanned for viruses", ja: "ウイルス未検査")
        case .against:
            Phrase(de: "Absender nicht glaubwürdig", en: "Sender not believable", ja: "差出人が疑わしいメール")
        case .suspicious: Phrase(de: "Verdächtige Datei", en: "Suspicious file", ja: "不審なファイル")
        case .infected: Phrase(de: "Schadsoftware gefunden", en: "Malware found", ja: "マルウェアを検出")
        }
    }

    /// What is the matter, and what to do, in a sentence.
    var why: Phrase {
        switch self {
        case .ambiguous:
            Phrase(
                de:
                    "Die Absender sprechen für mehrere Mandanten. Eine Antwort gilt für alles, was hier von ihnen wartet.",
                en:
                    "These senders speak for several accounts. One answer goes for all that waits of theirs here.",
                ja: "複数のお客様を担当する差出人です。一度選ぶと、この差出人の保留分すべてに適用されます。")
        case .asks:
            Phrase(
                de:
                    "Hier soll vor dem Ablegen gefragt werden, oder jemand hat die Datei aus ihrem Ordner genommen.",
                en: "Filing is set to ask first here, or somebody took the file out of its folder.",
                ja: "保存前に確認する設定になっているか、担当者がフォルダーから取り出したファイルです。")
        case .fileLink:
            Phrase(
                de:
                    "Statt eines Anhangs kam ein Link. Er wird nie von selbst geöffnet: Bitten Sie mit einem Upload-Link um die Dateien.",
                en:
                    "A link came instead of an attachment. It is never opened by itself: ask for the files with an upload link.",
                ja: "添付の代わりにリンクが届きました。自動では開きません。アップロード用リンクで提出をお願いできます。")
        case .encrypted:
            Phrase(
                de: "Ohne Passwort lässt sich der Inhalt nicht prüfen.",
                en: "Without the password nobody can look inside.", ja: "パスワードがないと内容を確認できません。")
        case .type:
            Phrase(
                de: "Diese Art von Datei wird nicht ungefragt abgelegt.",
                en: "This kind of file is not filed unasked.", ja: "この種類のファイルは確認なしには保存されません。")
        case .tooLarge:
            Phrase(
                de: "Größer, als ungefragt abgelegt wird.", en: "Larger than what is filed unasked.",
                ja: "自動保存の上限を超えています。")
        case .container:
            Phrase(
                de: "Das Archiv ist beschädigt oder zu verschachtelt; es wird nur als Ganzes abgelegt.",
                en: "The archive is damaged or nested too deep; it is filed only as a whole.",
                ja: "圧縮ファイルが破損しているか階層が深すぎます。そのままの形でのみ保存できます。")
        case .secure:
            Phrase(
                de: "Der Inhalt liegt bei einem anderen Dienst oder ist nur dort lesbar.",
                en: "Its content lies with another service, or can be read only there.",
                ja: "内容は別のサービスでのみ閲覧できます。")
        case .unscanned:
            Phrase(
                de: "Der Virenscanner hat nicht geantwortet.", en: "The virus scanner did not answer.",
                ja: "ウイルススキャナーが応答しませんでした。")
        case .against:
            Phrase(
                de:
                    "Es spricht etwas dagegen, dass die Nachricht wirklich von dieser Adresse kommt. Fragen Sie im Zweifel telefonisch nach.",
                en:
                    "Something speaks against this mail coming from that address. When in doubt, ask by telephone.",
                ja: "表示の差出人からではない可能性があります。迷う場合は電話でご確認ください。")
        case .suspicious:
            Phrase(
                de: "Die Datei ist etwas anderes, als ihr Name sagt, oder ein Programm.",
                en: "The file is something else than its name says, or a program.",
                ja: "ファイル名と実際の内容が異なるか、プログラムです。")
        case .infected:
            Phrase(
                de: "Solche Dateien legt niemand ab. Das Original bleibt unverändert erhalten.",
                en: "Nobody files these. The original is kept unaltered.",
                ja: "このファイルは保存できません。原本はそのまま保管されます。")
        }
    }
}
