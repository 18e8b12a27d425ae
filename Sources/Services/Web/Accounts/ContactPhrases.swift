/// What the page of contacts says.
extension Phrase {
    static let addContact = Phrase(de: "Adresse eintragen", en: "Add an address", ja: "アドレスを追加")
    static let noContacts = Phrase(de: "Noch kein Kontakt", en: "No contact yet", ja: "ご担当者は未登録です")
    static let switchSync = Phrase(de: "Post zuordnen", en: "Sync mail", ja: "メール取込")
    static let switchNotify = Phrase(de: "Benachrichtigen", en: "Notify", ja: "通知")
    static let switchLogin = Phrase(de: "Zugang", en: "Login", ja: "ログイン")
    static let switchSign = Phrase(de: "Darf unterschreiben", en: "May sign", ja: "署名")
    static let switches = Phrase(de: "Was die Adresse darf", en: "What the address may do", ja: "アドレスの権限")
    static let primary = Phrase(de: "Hauptmandant", en: "Primary account", ja: "主なお客様")
    static let kindPerson = Phrase(de: "Person", en: "Person", ja: "個人")
    static let kindDevice = Phrase(
        de: "Gerät (Scanner, Fax)", en: "Device (scanner, fax)", ja: "機器（スキャナー・FAX）")
    static let kindService = Phrase(de: "Portal", en: "Service", ja: "ポータル")
    static let removeAddress = Phrase(de: "Adresse entfernen", en: "Remove address", ja: "アドレスを削除")
    static let moveContactTo = Phrase(
        de: "Kontakt zu Mandant (Nummer)", en: "Move contact to account (number)", ja: "移動先のお客様番号")
    static let noSuchAccount = Phrase(
        de: "Diesen Mandanten gibt es nicht.", en: "There is no such account.", ja: "該当するお客様はありません。")
    static let domains = Phrase(de: "Eigene Domains", en: "Own domains", ja: "自社ドメイン")
    static let domainsHint = Phrase(
        de: "Post von unbekannten Adressen dieser Domain wird dem Mandanten vorgeschlagen.",
        en: "Mail of unknown addresses at this domain is suggested for this account.",
        ja: "このドメインの未登録アドレスからのメールを、このお客様の候補にします。")
    static let domainMatches = Phrase(
        de: "ohne Rückfrage zuordnen", en: "match without asking", ja: "確認なしで紐付ける")
    static let domain = Phrase(de: "Domain", en: "Domain", ja: "ドメイン")
    static let addDomain = Phrase(de: "Domain eintragen", en: "Add domain", ja: "ドメインを追加")
    static let remove = Phrase(de: "Entfernen", en: "Remove", ja: "削除")
    static let domainMalformed = Phrase(
        de: "Das ist keine Domain. Sie sieht so aus: smith.example",
        en: "This is no domain. It looks like smith.example",
        ja: "ドメインの形式ではありません（例：smith.example）。")
    static func switchOf(_ name: Phrase, _ address: String) -> Phrase {
        Phrase(de: "\(name.de): \(address)", en: "\(name.en): \(address)", ja: "\(name.ja)：\(address)")
    }
}
