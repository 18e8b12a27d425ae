internal import Text

/// What the pages of clients who sign in say.
enum ClientWords {
    static let title = Phrase(de: "Ihre Unterlagen", en: "Your documents", ja: "お客様の書類")

    static func signInText(_ firm: String) -> Phrase {
        Phrase(
            de:
                "Hier finden Sie, was \(firm) für Sie bereitgestellt hat. Sie brauchen kein Passwort: Wir schicken Ihnen einen Link, der Sie anmeldet.",
            en:
                "Here is what \(firm) has put there for you. You need no password: we send you a link that signs you in.",
            ja: "\(firm)からお渡しする書類をご覧いただけます。パスワードは不要です。ログイン用のリンクをメールでお送りします。")
    }
    static let addressHint = Phrase(
        de: "Die Adresse, an die unsere Einladung ging.", en: "The address that our invitation went to.",
        ja: "ご案内をお送りしたメールアドレスをご入力ください。")
    static let sendLink = Phrase(de: "Link zusenden", en: "Send me the link", ja: "リンクを送る")
    static let askedTitle = Phrase(
        de: "Sehen Sie in Ihr Postfach", en: "Look into your mailbox", ja: "メールをご確認ください")
    static let askedText = Phrase(
        de:
            "Wenn wir diese Adresse eingeladen haben, ist der Link unterwegs. Er gilt 20 Minuten und für eine Anmeldung.",
        en: "If we have invited this address, the link is on its way. It works for 20 minutes, and once.",
        ja: "ご登録のあるアドレスには、リンクをお送りしました。有効時間は20分、ご利用は1回限りです。")
    static let askedHelp = Phrase(
        de: "Nichts angekommen? Sehen Sie auch im Spam-Ordner nach, und prüfen Sie die Adresse.",
        en: "Nothing there? Look into the spam folder as well, and check the address.",
        ja: "届かない場合は、迷惑メールフォルダーとアドレスをご確認ください。")
    static let askAgain = Phrase(
        de: "Neuen Link anfordern", en: "Ask for a new link", ja: "新しいリンクを依頼する")
    static func tooOften(_ minutes: Int64) -> Phrase {
        Phrase(
            de: "Von hier aus wurde zu oft gefragt. Bitte in \(minutes) Min. noch einmal.",
            en: "This was asked too often from here. Please try again in \(minutes) min.",
            ja: "リクエストが多すぎます。\(minutes)分後にもう一度お試しください。")
    }
    static func linkText(_ firm: String) -> Phrase {
        Phrase(
            de:
                "Mit einem Klick sind Sie bei \(firm) angemeldet, für höchstens zwölf Stunden auf diesem Gerät.",
            en: "One click signs you in with \(firm), on this device, for twelve hours at most.",
            ja: "ボタンを押すと、この端末で\(firm)のページにログインします（最長12時間）。")
    }
    static let signIn = Phrase(de: "Anmelden", en: "Sign in", ja: "ログイン")
    static let signOut = Phrase(de: "Abmelden", en: "Sign out", ja: "ログアウト")
    static let linkOverTitle = Phrase(
        de: "Dieser Link gilt nicht (mehr)", en: "This link is not valid (any more)", ja: "このリンクは無効です")
    static let linkOverText = Phrase(
        de: "Ein Link zum Anmelden gilt 20 Minuten und nur einmal. Fordern Sie einfach einen neuen an.",
        en: "A link that signs in works for 20 minutes, and only once. Just ask for a new one.",
        ja: "ログイン用のリンクの有効時間は20分、1回限りです。新しいリンクをお送りします。")

    static let whichAccount = Phrase(
        de: "Um wessen Unterlagen geht es?", en: "Whose documents?", ja: "どちらの書類をご覧になりますか。")
    static let allAccounts = Phrase(de: "Alle", en: "All", ja: "一覧へ")
    static let youMayEdit = Phrase(
        de: "Sie können ansehen und ändern", en: "You can view and edit", ja: "閲覧・編集できます")
    static let youMayView = Phrase(de: "Sie können ansehen", en: "You can view", ja: "閲覧できます")
    static let nothingShared = Phrase(
        de: "Hier liegt noch nichts für Sie", en: "There is nothing here for you yet", ja: "書類はまだありません")
    /// What the script of the upload page says otherwise here.
    static func ofScript(_ clients: ClientSettings) -> [String: Phrase] {
        [
            "many": tooMany(clients.mostFiles), "signedout": signedOut, "stale": pageTooOld,
            "maynot": mayNotUpload,
            "known": ClientNote.known.words, "waits": ClientNote.waiting.words,
        ]
    }
    static let addFiles = Phrase(
        de: "Dateien in diesen Ordner legen", en: "Put files into this folder", ja: "このフォルダーに追加する")
    static func tooMany(_ files: Int) -> Phrase {
        Phrase(
            de:
                "Mehr als \(files) Dateien am Tag nehmen wir nicht an. Bitte morgen weiter, oder rufen Sie uns an.",
            en: "We take no more than \(files) files in a day. Please go on tomorrow, or call us.",
            ja: "1日に受け取れるのは\(files)件までです。明日以降にお送りいただくか、お電話ください。")
    }
    static let signedOut = Phrase(
        de:
            "Sie sind nicht mehr angemeldet. Melden Sie sich neu an und wählen Sie die Datei noch einmal aus, dann geht es dort weiter.",
        en:
            "You are no longer signed in. Sign in again and choose the file once more: it goes on from there.",
        ja: "ログインの有効時間が過ぎました。再度ログインして同じファイルを選ぶと、続きから再開します。")
    static let pageTooOld = Phrase(
        de: "Diese Seite war zu lange offen. Laden Sie sie neu und wählen Sie die Datei noch einmal aus.",
        en: "This page was open for too long. Reload it and choose the file once more.",
        ja: "ページの有効時間が過ぎました。再読み込みして、もう一度ファイルを選んでください。")
    static let mayNotUpload = Phrase(
        de: "In diesen Ordner können Sie nichts (mehr) legen. Die Datei wurde nicht abgelegt.",
        en: "You can’t put anything into this folder (any more). The file was not filed.",
        ja: "このフォルダーには追加できません。ファイルは保存されていません。")
    static let delete = Phrase(de: "Löschen", en: "Delete", ja: "削除する")
    static let deleteTitle = Phrase(
        de: "Dokument löschen?", en: "Delete this document?", ja: "書類を削除しますか")
    static let deleteText = Phrase(
        de: "Sie sehen es dann nicht mehr. Die Kanzlei erfährt davon und kann es wiederherstellen.",
        en: "You will no longer see it. The office is told, and can restore it.",
        ja: "一覧に表示されなくなります。事務所に通知され、必要に応じて元に戻すことができます。")

    static let renameFolder = Phrase(
        de: "Ordner umbenennen", en: "Rename this folder", ja: "フォルダー名を変更")
    static let removeFolder = Phrase(
        de: "Ordner löschen", en: "Delete this folder", ja: "フォルダーを削除")
    static func removeFolderText(_ documents: Int) -> Phrase {
        documents == 0
            ? Phrase(de: "Der Ordner ist leer.", en: "The folder is empty.", ja: "フォルダーは空です。")
            : Phrase(
                de: documents == 1
                    ? "Mit dem Ordner löschen Sie 1 Dokument. Sie sehen es dann nicht mehr. Die Kanzlei erfährt davon und kann es wiederherstellen."
                    : "Mit dem Ordner löschen Sie \(documents) Dokumente. Sie sehen sie dann nicht mehr. Die Kanzlei erfährt davon und kann sie wiederherstellen.",
                en: documents == 1
                    ? "With the folder you delete 1 document. You will no longer see it. The office is told, and can restore it."
                    : "With the folder you delete \(documents) documents. You will no longer see them. The office is told, and can restore them.",
                ja:
                    "フォルダーと中の書類\(documents)件を削除します。一覧に表示されなくなりますが、事務所に通知され、必要に応じて元に戻すことができます。")
    }
    static let folderChanged = Phrase(
        de: "In dem Ordner liegt inzwischen etwas anderes. Bitte sehen Sie noch einmal hin.",
        en: "What is in the folder has changed meanwhile. Please look again.",
        ja: "フォルダーの内容が変わりました。もう一度ご確認ください。")
    static let folderStays = Phrase(
        de: "Diesen Ordner braucht die Kanzlei noch. Er lässt sich nicht löschen.",
        en: "The office still needs this folder. It can’t be deleted.",
        ja: "このフォルダーは事務所で使用しているため、削除できません。")

    static let notThereTitle = Phrase(de: "Hier ist nichts", en: "There is nothing here", ja: "ページが見つかりません")
    static let notThereText = Phrase(
        de: "Die Adresse stimmt nicht, oder die Datei wurde verschoben oder entfernt.",
        en: "The address is wrong, or the file was moved or removed.",
        ja: "アドレスが正しくないか、ファイルが移動または削除されています。")
    static let mayNotTitle = Phrase(
        de: "Das geht hier nicht", en: "That can’t be done here", ja: "この操作はできません")
    static let mayNotText = Phrase(
        de: "In diesem Ordner können Sie nur ansehen, oder die Seite war zu lange offen. Laden Sie sie neu.",
        en: "In this folder you can only look, or the page was open for too long. Please reload it.",
        ja: "このフォルダーは閲覧のみです。または、ページの有効時間が過ぎています。再読み込みしてください。")
    static let whatCameStays = Phrase(
        de: "Was schon angekommen ist, ist bei uns.", en: "What has been received already is with us.",
        ja: "すでに届いた書類は受け取っています。")
    static let tooMuchTitle = Phrase(
        de: "Das ist zu viel auf einmal", en: "This is too much at once", ja: "一度に送れる量を超えています")
    static let tooMuchText = Phrase(
        de: "Bitte schicken Sie weniger auf einmal, große Dateien am besten einzeln.",
        en: "Please send less at once, and large files best one by one.",
        ja: "一度に送るファイルを減らすか、大きなファイルは1つずつお送りください。")
    static let refusedText = Phrase(
        de: "Bitte gehen Sie zurück zur Seite, laden Sie sie neu, und versuchen Sie es noch einmal.",
        en: "Please go back to the page, reload it, and try again.",
        ja: "ページに戻って再読み込みし、もう一度お試しください。")
    static func brokenText(_ number: String) -> Phrase {
        Phrase(
            de:
                "Es liegt nicht an Ihnen. Bitte versuchen Sie es später noch einmal; am Telefon hilft uns die Nummer \(number).",
            en:
                "It is not your fault. Please try again later; if you call us, the number \(number) helps us.",
            ja: "お客様の操作が原因ではありません。時間をおいて再度お試しください。お電話の際は番号 \(number) をお伝えください。")
    }
    static let toDocuments = Phrase(
        de: "Zu Ihren Unterlagen", en: "To your documents", ja: "書類の一覧へ")
}

/// What was just done, as the next page says it; the address has its name, never its words.
enum ClientNote: String {
    case asked, uploaded, empty, waiting, known, renamed, moved, deleted, folder, removed

    var words: Phrase {
        switch self {
        case .asked: ClientWords.askedText
        case .uploaded: Phrase(de: "Angekommen.", en: "Received.", ja: "受け取りました。")
        case .empty:
            Phrase(
                de:
                    "Angekommen, aber eine der Dateien ist leer (0 Byte). Bitte prüfen Sie sie, und schicken Sie sie noch einmal.",
                en: "Received, but one of the files is empty (0 bytes). Please check it and send it again.",
                ja: "受け取りましたが、中身が空のファイル（0バイト）があります。ご確認のうえ、もう一度お送りください。")
        case .waiting:
            Phrase(
                de: "Angekommen. Die Kanzlei sieht sich die Datei noch an, bevor sie hier erscheint.",
                en: "Received. The office looks at the file before it appears here.",
                ja: "受け取りました。事務所で確認のうえ、こちらに表示されます。")
        case .known:
            Phrase(
                de: "Diese Datei liegt schon in Ihren Unterlagen.",
                en: "This file is in your documents already.", ja: "同じファイルがすでにあります。")
        case .renamed: Phrase(de: "Umbenannt.", en: "Renamed.", ja: "名前を変更しました。")
        case .moved: Phrase(de: "Verschoben.", en: "Moved.", ja: "移動しました。")
        case .deleted: Phrase(de: "Gelöscht.", en: "Deleted.", ja: "削除しました。")
        case .removed: Phrase(de: "Ordner gelöscht.", en: "Folder deleted.", ja: "フォルダーを削除しました。")
        case .folder: Phrase(de: "Ordner angelegt.", en: "Folder made.", ja: "フォルダーを作成しました。")
        }
    }
}
