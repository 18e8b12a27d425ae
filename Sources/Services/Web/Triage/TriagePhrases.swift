/// What stands on the pages of held files and of unknown senders.
extension Phrase {
    static let nothingWaits = Phrase(de: "Nichts wartet", en: "Nothing waits", ja: "保留はありません")
    static let nothingWaitsWords = Phrase(
        de: "Alles, was kam, liegt, wo es hingehört.", en: "All that came is where it belongs.",
        ja: "届いたものはすべて適切な場所にあります。")
    static let nobodyUnknown = Phrase(
        de: "Alle Absender sind bekannt", en: "Every sender is known", ja: "不明な差出人はありません")
    static let triageKeys = Phrase(
        de: "Tasten: J/K weiter und zurück, 1–9 antworten, Enter öffnen, U rückgängig",
        en: "Keys: J/K next and previous, 1–9 answer, Enter open, U undo",
        ja: "キー：J/K 次・前、1–9 回答、Enter 開く、U 元に戻す")
    static let fileAnyway = Phrase(de: "Trotzdem ablegen", en: "File anyway", ja: "それでも保存する")
    static let leaveIt = Phrase(
        de: "In der Nachricht lassen", en: "Leave in the message", ja: "メールに残す")
    static let anotherPlace = Phrase(
        de: "Anderer Mandant oder Ordner …", en: "Another account or folder …", ja: "別のお客様・フォルダー…")
    static let askByUpload = Phrase(
        de: "Upload-Link senden", en: "Send an upload link", ja: "アップロード用リンクを送る")
    static let noLook = Phrase(
        de: "Hiervon gibt es keine Vorschau.", en: "There is no preview of this.", ja: "プレビューできません。")
    static let noLookWords = Phrase(
        de: "Öffnen Sie die Datei mit einem Programm auf Ihrem Rechner.",
        en: "Open the file with a program on your computer.", ja: "ダウンロードして、お使いのアプリで開いてください。")
    static func pageOf(_ page: Int, _ count: Int) -> Phrase {
        Phrase(de: "Seite \(page) von \(count)", en: "Page \(page) of \(count)", ja: "\(page)/\(count)ページ")
    }
    static let mailWithoutSubject = Phrase(de: "(kein Betreff)", en: "(no subject)", ja: "（件名なし）")
    static let fileWithoutName = Phrase(de: "ohne Namen", en: "without a name", ja: "名前なし")
    static let byTheRules = Phrase(de: "nach den Regeln", en: "by the rules", ja: "ルールに従う")
    static let findAccount = Phrase(
        de: "Mandant suchen: Name oder Nummer", en: "Find an account: name or number", ja: "お客様を検索：名前または番号")
    static let findNow = Phrase(de: "Suchen", en: "Find", ja: "検索")
    static let noAccountFound = Phrase(
        de: "Kein Mandant heißt so.", en: "No account is called that.", ja: "該当するお客様がありません。")
    static let chooseAccountFirst = Phrase(
        de: "Bitte wählen Sie einen Mandanten.", en: "Please choose an account.", ja: "お客様を選択してください。")

    static let unconfirmedTitle = Phrase(
        de: "Absender nicht bestätigt", en: "Sender not confirmed", ja: "差出人が未確認")
    static let unconfirmedWhy = Phrase(
        de:
            "Nichts spricht für oder gegen die Echtheit. Die Dateien liegen im Eingang des Mandanten, den nur die Kanzlei sieht. Eine Bestätigung gibt alle frei, auch künftige.",
        en:
            "Nothing speaks for or against the sender. The files lie in the account’s Intake, which only the team sees. Confirming releases all of them, and those to come.",
        ja: "差出人の真正性は確認できていません。ファイルは社内のみの受付フォルダーにあります。確認すると、今後の分も含めてすべて通常どおり保存されます。")
    static func confirmSender(_ count: Int) -> Phrase {
        Phrase(
            de: count == 1
                ? "Absender bestätigen und 1 Datei freigeben"
                : "Absender bestätigen und \(count) Dateien freigeben",
            en: count == 1
                ? "Confirm sender and release 1 file" : "Confirm sender and release \(count) files",
            ja: "差出人を確認し、\(count)件を解放する")
    }
    static func fileCount(_ count: Int) -> Phrase {
        .count(count, de: ("Datei", "Dateien"), en: ("file", "files"), ja: "ファイル")
    }
    static func mailCount(_ count: Int) -> Phrase {
        .count(count, de: ("Nachricht", "Nachrichten"), en: ("message", "messages"), ja: "メール")
    }
    static func intoFolder(_ folder: String) -> Phrase {
        Phrase(de: "nach \(folder)", en: "to \(folder)", ja: "保存先：\(folder)")
    }
    static func fileInto(_ count: Int, _ folder: String) -> Phrase {
        Phrase(
            de: count == 1 ? "Ablegen in \(folder)" : "\(count) ablegen in \(folder)",
            en: count == 1 ? "File in \(folder)" : "File \(count) in \(folder)",
            ja: count == 1 ? "\(folder)に保存" : "\(count)件を\(folder)に保存")
    }
    static func scannerFound(_ name: String) -> Phrase {
        Phrase(de: "Gefunden: \(name)", en: "Found: \(name)", ja: "検出：\(name)")
    }
    static func expires(_ text: String) -> Phrase {
        Phrase(de: "läuft ab: \(text)", en: "expires: \(text)", ja: "期限：\(text)")
    }

    static let historyTitle = Phrase(
        de: "Post von vor dem Start", en: "Mail from before the start", ja: "導入前のメール")
    static let historyWhy = Phrase(
        de:
            "Diese Anhänge waren schon vor dem ersten Start da. Nichts davon wird abgelegt, bis der Inhaber es je Mandant freigibt.",
        en:
            "These attachments were there before the first start. None is filed until the owner releases them, account by account.",
        ja: "初回起動前からあった添付ファイルです。管理者がお客様ごとに許可するまで保存されません。")
    static let historyOwner = Phrase(
        de: "Das kann nur der Inhaber freigeben.", en: "Only the owner can release these.",
        ja: "許可できるのは管理者のみです。")
    static let releaseHistory = Phrase(de: "Ablegen", en: "File them", ja: "保存する")
    static func historyUnsure(_ ambiguous: Int, _ against: Int, _ unknown: Int) -> Phrase {
        Phrase(
            de: "Dazu \(ambiguous) mehrdeutig, \(against) unglaubwürdig, \(unknown) von Unbekannten.",
            en: "Besides, \(ambiguous) ambiguous, \(against) not believable, \(unknown) of unknown senders.",
            ja: "ほかに、複数候補 \(ambiguous)件、疑わしい差出人 \(against)件、不明な差出人 \(unknown)件。")
    }

    static let unknownWhy = Phrase(
        de:
            "Diese Absender gehören zu keinem Mandanten. Werbung und Rundschreiben stehen unter „Sonstige Post“.",
        en: "These senders belong to no account. Advertising and newsletters are under Other mail.",
        ja: "どのお客様にも紐づいていない差出人です。広告やお知らせは「その他のメール」にあります。")
    static let linkTo = Phrase(de: "Zuordnen …", en: "Link to …", ja: "お客様に紐づける…")
    static let strangersAccount = Phrase(de: "Neuer Mandant", en: "New account", ja: "新しいお客様")
    static let guestAccount = Phrase(de: "Gast", en: "Guest", ja: "ゲスト")
    static let guestWhy = Phrase(
        de: "Für Dokumente von Nichtmandanten: nur intern, ohne Kontakt.",
        en: "For documents of people who are no clients: team only, no contact.",
        ja: "お客様でない方の書類用です。社内のみで、連絡先は登録されません。")
    static let ignoreSender = Phrase(de: "Ignorieren", en: "Ignore", ja: "無視する")
    static let alsoSent = Phrase(de: "Was noch kam", en: "What else they sent", ja: "その他の受信メール")
    static let remembersAddress = Phrase(
        de: "Diese Adresse spricht künftig für den Mandanten",
        en: "This address speaks for the account from now on",
        ja: "今後このアドレスをお客様の連絡先とする")
    static let earlierTitle = Phrase(
        de: "Auch das Frühere ablegen?", en: "File the earlier ones too?", ja: "以前のメールも保存しますか")
    static func earlier(_ messages: Int, _ files: Int, _ name: String) -> Phrase {
        Phrase(
            de:
                "\(messages) frühere Nachrichten würden zu \(name) gehören, \(files) Dateien würden abgelegt.",
            en: "\(messages) earlier messages would belong to \(name), \(files) files would be filed.",
            ja: "以前のメール\(messages)件が\(name)に紐づき、\(files)件のファイルが保存されます。")
    }
    static func earlierWait(_ count: Int) -> Phrase {
        Phrase(
            de: "\(count) davon warten danach noch auf Sie.",
            en: "\(count) of them would still wait for you.",
            ja: "うち\(count)件は引き続き確認が必要です。")
    }
    static func fileEarlier(_ count: Int) -> Phrase {
        Phrase(
            de: count == 1 ? "1 Datei ablegen" : "\(count) Dateien ablegen",
            en: count == 1 ? "File 1 earlier file too" : "File \(count) earlier files too",
            ja: "\(count)件のファイルも保存する")
    }
    static let linkEarlier = Phrase(
        de: "Frühere zuordnen", en: "Link the earlier ones", ja: "以前のメールも紐づける")
    static let notNow = Phrase(de: "Nein, so lassen", en: "No, leave them", ja: "いいえ、そのままにする")
    static let newAccountName = Phrase(de: "Name", en: "Name", ja: "名称")
    static let newAccountNumber = Phrase(de: "Mandantennummer", en: "Account number", ja: "お客様番号")
    static let newAccountNumberHint = Phrase(
        de: "Buchstaben, Ziffern und . _ - , höchstens 32", en: "Letters, digits and . _ - , at most 32",
        ja: "英数字と . _ -、32文字まで")
    static let newContactName = Phrase(de: "Ansprechpartner", en: "Contact", ja: "ご担当者")
    static let newAccountLanguage = Phrase(de: "Sprache", en: "Language", ja: "言語")
    static let makeAndLink = Phrase(
        de: "Anlegen und zuordnen", en: "Create and link", ja: "作成して紐づける")
    static let accountNameMissing = Phrase(
        de: "Der Name fehlt.", en: "The name is missing.", ja: "名称を入力してください。")

    static func refusal(_ reason: TriageRefusal.Reason) -> Phrase {
        switch reason {
        case .gone:
            Phrase(de: "Das gibt es nicht mehr.", en: "It is no longer there.", ja: "すでに存在しません。")
        case .noAccount: .chooseAccountFirst
        case .filedElsewhere:
            Phrase(
                de:
                    "Dokumente dieser Nachricht liegen schon bei einem anderen Mandanten oder an diesem Ort. Nehmen Sie sie dort zuerst heraus.",
                en:
                    "Documents of this message lie in another account, or there already. Take them out first.",
                ja: "このメールの書類はすでに別のお客様または同じ場所にあります。先に取り出してください。")
        case .known:
            Phrase(de: "Es ist dort schon bekannt.", en: "It is known there already.", ja: "すでに登録されています。")
        case .sameFolder:
            Phrase(de: "Es liegt schon dort.", en: "It lies there already.", ja: "すでにその場所にあります。")
        case .numberTaken:
            Phrase(
                de: "Diese Nummer hat schon ein anderer Mandant.",
                en: "Another account has this number already.",
                ja: "この番号はすでに使われています。")
        case .badNumber:
            Phrase(
                de: "Keine gültige Nummer: Buchstaben, Ziffern und . _ - , höchstens 32.",
                en: "Not a valid number: letters, digits and . _ - , at most 32.",
                ja: "番号が正しくありません。英数字と . _ -、32文字までです。")
        case .badAddress:
            Phrase(
                de: "Die Nachricht nennt keine brauchbare Adresse.",
                en: "The message names no usable address.",
                ja: "メールに有効なアドレスがありません。")
        case .ours:
            Phrase(
                de: "Die Adresse gehört zur Kanzlei.", en: "The address is one of ours.", ja: "社内のアドレスです。")
        case .guest:
            Phrase(
                de: "Ein Gast hat keine Kontakte.", en: "A guest account has no contacts.",
                ja: "ゲストには連絡先を登録できません。")
        case .strict:
            Phrase(
                de:
                    "Nach den Einstellungen wird hier keinem Absender auf ein Wort geglaubt. Legen Sie die Dateien einzeln ab.",
                en: "By the settings no sender is believed by word here. File each message by itself.",
                ja: "設定により差出人を一括で確認できません。個別に保存してください。")
        case .failed:
            Phrase(de: "Das ging nicht.", en: "That did not work.", ja: "処理できませんでした。")
        }
    }
}

/// What a toast of triage says.
extension DoneNote {
    static let triage = [
        filesOpened, passwordsForgotten, partsFiled, mailLinked, senderBelieved, leftInMail, senderIgnored,
        wordTakenBack, documentMoved,
        documentUnfiled,
    ]

    static let partsFiled = DoneNote("triage-filed", Phrase(de: "Abgelegt", en: "Filed", ja: "保存しました"))
    static let mailLinked = DoneNote("triage-linked", Phrase(de: "Zugeordnet", en: "Linked", ja: "紐づけました"))
    static let senderBelieved = DoneNote(
        "triage-believed", Phrase(de: "Absender bestätigt", en: "Sender confirmed", ja: "差出人を確認しました"))
    static let leftInMail = DoneNote(
        "triage-left", Phrase(de: "Bleibt in der Nachricht", en: "Left in the message", ja: "メールに残しました"))
    static let senderIgnored = DoneNote(
        "triage-ignored", Phrase(de: "Absender wird ignoriert", en: "Sender is ignored", ja: "差出人を無視します"))
    static let wordTakenBack = DoneNote(
        "triage-back", Phrase(de: "Rückgängig gemacht", en: "Taken back", ja: "元に戻しました"))
    static let documentMoved = DoneNote("triage-moved", Phrase(de: "Verschoben", en: "Moved", ja: "移動しました"))
    static let documentUnfiled = DoneNote(
        "triage-unfiled",
        Phrase(de: "Aus dem Ordner genommen", en: "Taken out of its folder", ja: "フォルダーから取り出しました"))
}
