/// What stands on the sheet where staff ask for documents.
enum RequestWords {
    static let title = Phrase(de: "Titel", en: "Title", ja: "件名")
    static let titleHint = Phrase(
        de: "Der Mandant liest ihn als Betreff, zum Beispiel „Lohnunterlagen November“",
        en: "The client reads it as the subject, such as “Payroll documents November”",
        ja: "お客様へのメールの件名になります（例：月次処理のための書類）")
    static let folder = Phrase(de: "Antworten ablegen in", en: "Answers go to", ja: "保存先フォルダー")
    static let folderHint = Phrase(
        de: "Unterordner mit / dazu, zum Beispiel Mandantenunterlagen/2026",
        en: "With / for folders below, such as Documents/2026", ja: "サブフォルダーは / で区切ります")
    static let text = Phrase(de: "Nachricht an den Mandanten", en: "Message to the client", ja: "お客様へのメッセージ")
    static let items = Phrase(de: "Was gebraucht wird", en: "What is needed", ja: "必要な書類")
    static let itemsHint = Phrase(
        de: "Je Zeile ein Posten; leere zählen nicht. Ohne Posten beantwortet jede Datei die Anforderung.",
        en: "One item a line; empty ones don’t count. Without items any file answers the request.",
        ja: "1行に1項目。空欄は無視されます。項目がない場合は、どのファイルでも提出済みになります。")
    static func item(_ number: Int) -> Phrase {
        Phrase(de: "Posten \(number)", en: "Item \(number)", ja: "項目\(number)")
    }
    static let moreItems = Phrase(de: "Weitere Zeilen", en: "More lines", ja: "行を追加")
    static let recipients = Phrase(de: "An", en: "To", ja: "宛先")
    static let otherRecipients = Phrase(
        de: "Weitere Adressen", en: "Other addresses", ja: "その他のアドレス")
    static let otherHint = Phrase(
        de: "Mehrere durch Komma getrennt. Jeder bekommt seinen eigenen Brief.",
        en: "Several separated by commas. Each gets a letter of their own.",
        ja: "複数の場合はコンマ区切り。それぞれに個別のメールが届きます。")
    static let due = Phrase(de: "Fällig am", en: "Due on", ja: "提出期限")
    static let language = Phrase(de: "Sprache", en: "Language", ja: "言語")
    static let reminders = Phrase(de: "Erinnerungen", en: "Reminders", ja: "リマインド")
    static let remindersHint = Phrase(
        de: "Leer: wie in der Kanzlei üblich. Sonst Tage um die Fälligkeit: -3,1,7",
        en: "Empty: as the firm has it. Else days around the due one: -3,1,7",
        ja: "空欄：事務所の標準設定。指定する場合は期限前後の日数（例：-3,1,7）")
    static let documents = Phrase(
        de: "Dokumente zum Ansehen mitschicken", en: "Documents to look at", ja: "参考書類を添える")
    static let attached = Phrase(
        de: "Zum Ansehen beigelegt", en: "Documents they can look at", ja: "添えた参考書類")
    static let attachedTrashed = Phrase(
        de: "im Papierkorb, nicht mehr zu sehen", en: "in the trash, no longer to be seen",
        ja: "ゴミ箱にあり、閲覧できません")
    static let preview = Phrase(de: "Vorschau", en: "Preview", ja: "プレビュー")
    static let showPreview = Phrase(de: "Brief ansehen", en: "Show the letter", ja: "メールを表示")
    static let previewHint = Phrase(
        de: "So sieht der Brief aus. Der Link darin gilt erst nach dem Senden.",
        en: "This is the letter. Its link holds once it is sent.", ja: "お客様に届くメールです。リンクは送信後に有効になります。")
    static let send = Phrase(de: "Anforderung senden", en: "Send request", ja: "依頼を送信")
    static let linkOnly = Phrase(de: "Nur Link erzeugen", en: "Only make the link", ja: "リンクのみ作成")
    static let keep = Phrase(de: "Als Entwurf behalten", en: "Keep as a draft", ja: "下書きとして保存")
    static let notADay = Phrase(
        de: "Das ist kein Tag. Beispiel: 2026-12-10", en: "That is no day. Such as 2026-12-10",
        ja: "日付として読み取れません（例：2026-12-10）")
    static let moreHeading = Phrase(de: "Dazu anfordern", en: "Ask for more", ja: "追加で依頼する")
    static let moreRecipients = Phrase(
        de: "Weitere Empfänger", en: "More recipients", ja: "宛先を追加")
    static let save = Phrase(de: "Änderungen speichern", en: "Save changes", ja: "変更を保存")
    static let german = Phrase(same: "Deutsch")
    static let english = Phrase(same: "English")
    static let japanese = Phrase(same: "日本語")
}
