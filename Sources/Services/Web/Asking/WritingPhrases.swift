/// What stands on the sheet where staff write letters.
enum Writing {
    static let writeMail = Phrase(de: "E-Mail schreiben", en: "Write an e-mail", ja: "メールを作成")
    static let reply = Phrase(de: "Antworten", en: "Reply", ja: "返信")
    static let replyAll = Phrase(de: "Allen antworten", en: "Reply all", ja: "全員に返信")
    static let forward = Phrase(de: "Weiterleiten", en: "Forward", ja: "転送")
    static let drafts = Phrase(de: "Entwürfe", en: "Drafts", ja: "下書き")
    static let noDrafts = Phrase(
        de: "Keine angefangenen E-Mails", en: "No e-mail is half written", ja: "下書きはありません")
    static func replyTo(_ name: String) -> Phrase {
        Phrase(de: "Antwort an \(name) …", en: "Reply to \(name) …", ja: "\(name) 様へ返信…")
    }
    static let from = Phrase(de: "Von", en: "From", ja: "差出人")
    static let to = Phrase(de: "An", en: "To", ja: "宛先")
    static let cc = Phrase(de: "Kopie", en: "Cc", ja: "Cc")
    static let subject = Phrase(de: "Betreff", en: "Subject", ja: "件名")
    static let message = Phrase(de: "Nachricht", en: "Message", ja: "本文")
    static let addressesHint = Phrase(
        de: "Mehrere durch Komma getrennt", en: "Several are separated by commas", ja: "複数の場合はコンマで区切ってください")
    static let othersHadIt = Phrase(
        de: "Die Nachricht ging auch an", en: "The message also went to", ja: "このメールの他の宛先")
    static let attachments = Phrase(de: "Anhänge", en: "Attachments", ja: "添付ファイル")
    static let notTheSafest = Phrase(
        de:
            "E-Mail ist nicht der sicherste Weg für Dokumente: Eine Freigabe oder eine Anfrage mit Link ist es eher.",
        en:
            "E-mail is not the safest way for documents: sharing them, or asking for them, by a link is safer.",
        ja: "メールは書類の送付に最も安全な方法ではありません。リンクでの共有・依頼をおすすめします。")
    static let attachFiles = Phrase(de: "Dateien anhängen", en: "Attach files", ja: "ファイルを添付")
    static let attachDocument = Phrase(de: "Dokument anhängen", en: "Attach a document", ja: "保管書類を添付")
    static let chooseDocument = Phrase(
        de: "Dokument des Mandanten …", en: "A document of the account …", ja: "お客様の書類を選択…")
    static let attach = Phrase(de: "Anhängen", en: "Attach", ja: "添付する")
    static let remove = Phrase(de: "Entfernen", en: "Remove", ja: "削除")
    static func removeFile(_ name: String) -> Phrase {
        Phrase(de: "\(name) entfernen", en: "Remove \(name)", ja: "\(name) を削除")
    }
    static let insertLink = Phrase(de: "Upload-Link einfügen", en: "Insert upload link", ja: "アップロード用リンクを挿入")
    static let chooseRequest = Phrase(
        de: "Offene Anforderung …", en: "An open request …", ja: "進行中の依頼を選択…")
    static let insert = Phrase(de: "Einfügen", en: "Insert", ja: "挿入")
    static let send = Phrase(de: "Senden", en: "Send", ja: "送信")
    static let sendAnyway = Phrase(de: "Trotzdem senden", en: "Send anyway", ja: "それでも送信")
    static let saveDraft = Phrase(de: "Entwurf speichern", en: "Save draft", ja: "下書きを保存")
    static let discard = Phrase(de: "Verwerfen", en: "Discard", ja: "破棄")
    static let quoted = Phrase(de: "Zitierter Text", en: "Quoted text", ja: "引用文")
    static let asFile = Phrase(
        de: "Als Datei anhängen statt im Text", en: "As a file instead of in the text", ja: "本文に含めず、ファイルとして添付"
    )
    static let draftSaved = Phrase(de: "Entwurf gespeichert", en: "Draft saved", ja: "下書きを保存しました")
    static let draftUnsaved = Phrase(
        de: "Noch nicht gespeichert", en: "Not saved yet", ja: "まだ保存されていません")
    static let withoutSubject = Phrase(de: "(ohne Betreff)", en: "(no subject)", ja: "（件名なし）")
    static let toNobodyYet = Phrase(de: "noch ohne Empfänger", en: "to nobody yet", ja: "宛先未設定")

    static func answeredMeanwhile(_ name: String, _ when: String) -> Phrase {
        Phrase(
            de: "\(name) hat inzwischen geantwortet (\(when)). Bitte lesen Sie das zuerst.",
            en: "\(name) has answered meanwhile (\(when)). Please read that first.",
            ja: "\(name) さんがすでに返信しています（\(when)）。先にご確認ください。")
    }

    static let toWhom = Phrase(
        de: "Bitte einen Empfänger eintragen.", en: "Please say whom it goes to.", ja: "宛先を入力してください。")
    static func unreadableAddress(_ text: String) -> Phrase {
        Phrase(
            de: "Das ist keine vollständige Adresse: „\(text)“. Sie sieht so aus: kate@smith.example",
            en: "This is no complete address: “\(text)”. It looks like kate@smith.example",
            ja: "メールアドレスとして読み取れません：「\(text)」。例：kate@smith.example")
    }
    static let subjectMissing = Phrase(
        de: "Bitte einen Betreff eintragen.", en: "Please give it a subject.", ja: "件名を入力してください。")
    static let textMissing = Phrase(
        de: "Die Nachricht ist noch leer.", en: "The message is still empty.", ja: "本文が入力されていません。")
    static func filesTooLarge(_ limit: String) -> Phrase {
        Phrase(
            de: "Zusammen dürfen Anhänge höchstens \(limit) haben. Größeres geht über einen Upload-Link.",
            en: "Attachments may have \(limit) together at most. What is larger goes by an upload link.",
            ja: "添付ファイルは合計 \(limit) までです。それより大きいものはリンクをご利用ください。")
    }
    static let tooLateToUndo = Phrase(
        de: "Dafür ist es zu spät: Die E-Mail ist schon unterwegs.",
        en: "It is too late for that: the e-mail is on its way.",
        ja: "すでに送信されたため、取り消せません。")
}
