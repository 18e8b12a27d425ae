/// What stands on every page.
extension Phrase {
    static let inbox = Phrase(de: "Posteingang", en: "Inbox", ja: "受信トレイ")
    static let mine = Phrase(de: "Mir zugewiesen", en: "Assigned to me", ja: "自分の担当")
    static let mineShort = Phrase(de: "Meine", en: "Mine", ja: "自分")
    static let unassigned = Phrase(de: "Nicht zugewiesen", en: "Unassigned", ja: "担当者なし")
    static let waiting = Phrase(de: "Wartet auf Mandant", en: "Waiting for client", ja: "お客様の返信待ち")
    static let snoozed = Phrase(de: "Wiedervorlage", en: "Snoozed", ja: "後で対応")
    static let done = Phrase(de: "Erledigt", en: "Done", ja: "完了")
    static let other = Phrase(de: "Sonstige Post", en: "Other mail", ja: "その他のメール")
    static let needsALook = Phrase(de: "Bitte prüfen", en: "Needs a look", ja: "要確認")
    static let unknownSenders = Phrase(de: "Unbekannte Absender", en: "Unknown senders", ja: "不明な差出人")
    static let heldFiles = Phrase(de: "Zurückgehaltene Dateien", en: "Held files", ja: "保留中のファイル")
    static let work = Phrase(de: "Arbeit", en: "Work", ja: "業務")
    static let accounts = Phrase(de: "Mandanten", en: "Accounts", ja: "お客様")
    static let documents = Phrase(de: "Dokumente", en: "Documents", ja: "書類")
    static let requests = Phrase(de: "Anforderungen", en: "Requests", ja: "書類のご依頼")
    static let newRequest = Phrase(de: "Neue Anforderung", en: "New request", ja: "新しい依頼")
    static let mailboxes = Phrase(de: "Postfächer", en: "Mailboxes", ja: "メールボックス")
    static let settings = Phrase(de: "Einstellungen", en: "Settings", ja: "設定")
    static let staff = Phrase(de: "Team", en: "Staff", ja: "スタッフ")
    static let signOut = Phrase(de: "Abmelden", en: "Sign out", ja: "サインアウト")
    static let search = Phrase(de: "Suchen", en: "Search", ja: "検索")
    static let searchHint = Phrase(
        de: "Post, Dateien, Mandanten suchen", en: "Search mail, files, accounts", ja: "メール、ファイル、お客様を検索")
    static let more = Phrase(de: "Mehr", en: "More", ja: "その他")
    static let views = Phrase(de: "Ansichten", en: "Views", ja: "表示")
    static let skipToContent = Phrase(de: "Zum Inhalt springen", en: "Skip to content", ja: "本文へ移動")
    static let undo = Phrase(de: "Rückgängig", en: "Undo", ja: "元に戻す")
    static let close = Phrase(de: "Schließen", en: "Close", ja: "閉じる")
    static let cancel = Phrase(de: "Abbrechen", en: "Cancel", ja: "キャンセル")
    static let save = Phrase(de: "Speichern", en: "Save", ja: "保存")
    static let back = Phrase(de: "Zurück", en: "Back", ja: "戻る")
    static let accountNumber = Phrase(de: "Mandantennummer", en: "Account number", ja: "お客様番号")
    static let optional = Phrase(de: "freiwillig", en: "optional", ja: "任意")
    static let roleOwner = Phrase(de: "Inhaber", en: "Owner", ja: "管理者")
    static let roleMember = Phrase(de: "Mitarbeit", en: "Staff", ja: "スタッフ")
    static let offline = Phrase(
        de: "Keine Verbindung zum Server. Es geht von selbst weiter, sobald er antwortet.",
        en: "No connection to the server. This mends itself as soon as it answers.",
        ja: "サーバーに接続できません。応答があり次第、自動的に再開します。")

    static let clientMayEdit = Phrase(
        de: "Mandant kann ansehen und bearbeiten", en: "Client can view and edit", ja: "お客様が閲覧・編集可")
    static let clientMayView = Phrase(
        de: "Mandant kann ansehen", en: "Client can view", ja: "お客様が閲覧可")
    static let teamOnly = Phrase(de: "Intern (nur Kanzlei)", en: "Team only", ja: "社内のみ")

    static func synced(_ ago: Phrase) -> Phrase {
        Phrase(de: "synchronisiert \(ago.de)", en: "synced \(ago.en)", ja: "\(ago.ja)に同期")
    }
    static let syncing = Phrase(de: "wird synchronisiert", en: "syncing", ja: "同期中")
    static let notYetSynced = Phrase(de: "noch nicht synchronisiert", en: "not synced yet", ja: "まだ同期していません")
    static func trouble(_ words: String, nextTry: Phrase?) -> Phrase {
        Phrase(
            de: words + (nextTry.map { " · nächster Versuch \($0.de)" } ?? ""),
            en: words + (nextTry.map { " · next try \($0.en)" } ?? ""),
            ja: words + (nextTry.map { " · 次回 \($0.ja)" } ?? ""))
    }
    static let noMailbox = Phrase(
        de: "Noch kein Postfach eingerichtet", en: "No mailbox is set up yet", ja: "メールボックスは未設定です")
}
