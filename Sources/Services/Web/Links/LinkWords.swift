internal import Text

/// What the pages of links say to clients.
enum LinkWords {
    static let uploadPlease = Phrase(
        de: "Bitte laden Sie Ihre Unterlagen hoch", en: "Please upload your documents", ja: "書類をアップロードしてください")
    static func writes(_ name: String) -> Phrase {
        Phrase(de: "\(name) schreibt", en: "\(name) writes", ja: "\(name)より")
    }

    static let attached = Phrase(de: "Für Sie beigelegt", en: "For you to look at", ja: "お渡しする書類")

    // MARK: - Sending

    static let takePhoto = Phrase(de: "Foto aufnehmen", en: "Take a photo", ja: "写真を撮る")
    static let sendFiles = Phrase(de: "Senden", en: "Send", ja: "送信する")
    static let whatIsIt = Phrase(de: "Was schicken Sie?", en: "What are you sending?", ja: "書類の種類")
    static let notSure = Phrase(
        de: "Noch nicht zugeordnet", en: "Not one of these, or not sure", ja: "指定しない")
    static let yourName = Phrase(de: "Ihr Name", en: "Your name", ja: "お名前")
    static let yourAddress = Phrase(de: "Ihre E-Mail-Adresse", en: "Your e-mail address", ja: "メールアドレス")
    static let addressWhy = Phrase(
        de: "Dorthin geht die Empfangsbestätigung.", en: "The receipt goes there.", ja: "受領書をお送りします。")
    static let nameMissing = Phrase(
        de: "Bitte sagen Sie uns, wer Sie sind.", en: "Please tell us who you are.", ja: "お名前を入力してください。")
    static let addressMissing = Phrase(
        de: "Das ist noch keine E-Mail-Adresse.", en: "This is not an e-mail address yet.",
        ja: "メールアドレスを確認してください。")

    static func upTo(_ octets: Int64) -> Phrase {
        let size = limit(octets)
        return Phrase(
            de: "PDF, Fotos, Word, Excel und andere Dateien bis \(size).",
            en: "PDF, photos, Word, Excel and other files up to \(size).",
            ja: "PDF、写真、Word、Excel など、1ファイル\(size)まで。")
    }

    /// A limit is configured in whole units of 1024, and said so.
    static func limit(_ octets: Int64) -> String {
        if octets % (1 << 30) == 0 { return "\(octets >> 30)\u{A0}GB" }
        return octets >= 1 << 20 ? "\(octets >> 20)\u{A0}MB" : "\(max(1, octets >> 10))\u{A0}KB"
    }

    // MARK: - What came

    static let yourFiles = Phrase(de: "Ihre Dateien", en: "Your files", ja: "アップロード状況")
    static func received(_ count: Int) -> Phrase {
        Phrase(
            de: count == 1 ? "1 Datei angekommen" : "\(count) Dateien angekommen",
            en: count == 1 ? "1 file received" : "\(count) files received", ja: "\(count)件受け取りました")
    }
    static func otherFiles(_ count: Int) -> Phrase {
        Phrase(
            de: count == 1
                ? "Über diesen Link ist schon 1 weitere Datei angekommen."
                : "Über diesen Link sind schon \(count) weitere Dateien angekommen.",
            en: count == 1
                ? "1 other file came by this link before." : "\(count) other files came by this link before.",
            ja: "このリンクから、ほかに\(count)件受け取っています。")
    }
    /// When, and how large.
    static func receivedAt(_ time: String, _ size: String) -> Phrase {
        Phrase(
            de: "Angekommen, \(time) · \(size)", en: "Received at \(time) · \(size)",
            ja: "受け取りました（\(time)）· \(size)")
    }
    static func emptyAt(_ time: String, _ size: String) -> Phrase {
        Phrase(
            de:
                "Angekommen, \(time) · \(size). Die Datei ist leer: Bitte prüfen Sie sie, und schicken Sie sie noch einmal.",
            en: "Received at \(time) · \(size). The file is empty: please check it and send it again.",
            ja: "受け取りました（\(time)）· \(size)。ファイルの中身が空です。ご確認のうえ、もう一度お送りください。")
    }
    static let chooseAgain = Phrase(
        de: "Noch nicht ganz da. Wählen Sie die Datei noch einmal aus, dann geht es dort weiter.",
        en: "Not all of it is here. Choose the file again, and it goes on from there.",
        ja: "途中までです。同じファイルをもう一度選ぶと、続きから再開します。")
    static let checksum = Phrase(de: "Prüfsumme", en: "Checksum", ja: "チェックサム")

    // MARK: - What is asked for

    static let needed = Phrase(de: "Angeforderte Unterlagen", en: "What is needed", ja: "必要な書類")
    static let add = Phrase(de: "Datei", en: "Add", ja: "追加")
    static let itemThere = Phrase(de: "liegt uns vor", en: "we have it", ja: "受領済み")
    static let youHaveNone = Phrase(de: "nicht vorhanden", en: "you have none", ja: "該当なし")
    static let askedAgain = Phrase(de: "Bitte noch einmal", en: "Please send it again", ja: "再提出をお願いします")
    static let haveNone = Phrase(de: "Habe ich nicht", en: "I don’t have it", ja: "該当の書類がない")
    static let whyNone = Phrase(
        de: "Warum? (freiwillig)", en: "Why? (if you like)", ja: "理由（任意）")
    static let tellOffice = Phrase(de: "An die Kanzlei melden", en: "Tell the office", ja: "事務所に伝える")

    // MARK: - The end

    static let iAmDone = Phrase(
        de: "Fertig, Kanzlei benachrichtigen", en: "I’m done, tell the office", ja: "提出を完了し、事務所に通知する")
    static let moreLater = Phrase(
        de: "Sie können später mit demselben Link weitere Dateien schicken.",
        en: "You can send more files later with the same link.", ja: "同じリンクから、あとで追加することもできます。")
    static let filesSent = Phrase(
        de: "Angekommen. Unten steht, was wir von Ihnen haben.",
        en: "Received. Below is what we have from you.", ja: "受け取りました。内容は下に表示されています。")
    static let doneThanks = Phrase(
        de: "Danke, die Kanzlei weiß Bescheid. Die Empfangsbestätigung kommt per E-Mail.",
        en: "Thank you, the office knows. The receipt comes by e-mail.",
        ja: "ありがとうございました。事務所に通知しました。受領書はメールでお送りします。")
    static let toldThanks = Phrase(
        de: "Danke, die Kanzlei weiß Bescheid.", en: "Thank you, the office knows.",
        ja: "ありがとうございました。事務所に通知しました。")
    static let unmailedThanks = Phrase(
        de:
            "Danke, die Kanzlei weiß Bescheid. Diesmal geht keine Empfangsbestätigung per E-Mail hinaus; was angekommen ist, steht unten.",
        en:
            "Thank you, the office knows. No receipt is sent by e-mail this time; what has been received is listed below.",
        ja: "ありがとうございました。事務所に通知しました。今回は受領書をメールでお送りしません。受け取ったファイルは下に表示されています。")
    static let nothingYet = Phrase(
        de: "Von Ihnen ist noch nichts angekommen. Bitte wählen Sie zuerst Ihre Dateien aus.",
        en: "Nothing has come from you yet. Please choose your files first.",
        ja: "まだ何も受け取っていません。先にファイルを選んでください。")
    static let declinedThanks = Phrase(
        de: "Danke, wir haben es notiert.", en: "Thank you, we have noted it.", ja: "承りました。")
    static let linkHolds = Phrase(
        de: "Dieser Link gilt noch: Sie brauchen keinen neuen.",
        en: "This link still works: you need no other.", ja: "このリンクは現在も有効です。")

    // MARK: - Beside

    static let goodToKnow = Phrase(de: "Gut zu wissen", en: "Good to know", ja: "ご案内")
    static func dueBy(_ day: String) -> Phrase {
        Phrase(de: "Erbeten bis \(day)", en: "Please send it by \(day)", ja: "提出期限：\(day)")
    }
    static func sentEncrypted(_ firm: String) -> Phrase {
        Phrase(
            de: "Verschlüsselt übertragen, direkt an \(firm).", en: "Sent encrypted, straight to \(firm).",
            ja: "通信は暗号化され、\(firm) に直接届きます。")
    }
    static let noAccountNeeded = Phrase(
        de: "Sie brauchen kein Konto und kein Passwort.", en: "You need no account and no password.",
        ja: "アカウントもパスワードも不要です。")
    static func linkWorksUntil(_ day: String) -> Phrase {
        Phrase(de: "Der Link gilt bis \(day).", en: "The link works until \(day).", ja: "リンクの有効期限：\(day)")
    }
    static let questions = Phrase(de: "Fragen?", en: "Questions?", ja: "お問い合わせ：")
    static func pageOf(_ firm: String) -> Phrase {
        Phrase(
            de: "Diese Seite betreibt \(firm)", en: "This page belongs to \(firm)",
            ja: "このページは \(firm) が運営しています")
    }
    static let privacyPage = Phrase(de: "Datenschutz", en: "Privacy", ja: "プライバシーポリシー")
    static let imprintPage = Phrase(de: "Impressum", en: "Legal notice", ja: "運営者情報")

    // MARK: - A link that is good no longer

    static let clientLinkOver = Phrase(
        de: "Dieser Link gilt nicht (mehr)", en: "This link is not valid (any more)", ja: "このリンクは無効です")
    static let linkOverHelp = Phrase(
        de:
            "Vielleicht ist er abgelaufen, oder beim Kopieren fehlt ein Stück. Was Sie schon geschickt haben, ist bei uns.",
        en:
            "It may have expired, or a piece of it got lost in copying. What you have sent already is with us.",
        ja: "有効期限が切れたか、リンクの一部が欠けている可能性があります。すでにお送りいただいた書類は届いています。")
    static let newLink = Phrase(de: "Neuen Link anfordern", en: "Send me a new link", ja: "新しいリンクを送ってもらう")
    static let newLinkAsked = Phrase(
        de: "Wenn er von uns kam, geht ein neuer an die ursprüngliche Adresse.",
        en: "If it came from us, a new one goes to the original address.",
        ja: "当事務所からお送りしたリンクであれば、元のメールアドレスに新しいリンクをお送りします。")
    static func waitFor(_ seconds: Int64) -> Phrase {
        Phrase(
            de:
                "Bitte warten Sie \(seconds == 1 ? "eine Sekunde" : "\(seconds) Sekunden"). Was schon angekommen ist, ist bei uns.",
            en:
                "Please wait \(seconds == 1 ? "a second" : "\(seconds) seconds"). What has been received is with us.",
            ja: "\(seconds)秒お待ちください。すでに届いた書類は受け取っています。")
    }
    static let backToLink = Phrase(de: "Zurück zur Seite", en: "Back to the page", ja: "ページに戻る")
    static let orCallUs = Phrase(de: "Oder rufen Sie uns an:", en: "Or call us:", ja: "お電話でも承ります：")
}

/// What the script of the page says; `{…}` it fills in.
extension LinkWords {
    static let dragHere = Phrase(
        de: "Dateien hierher ziehen", en: "Drag files here", ja: "ここにファイルをドラッグ＆ドロップ")
    static let pasteToo = Phrase(
        de: "Einfügen mit Strg+V geht auch.", en: "Pasting with Ctrl+V works too.", ja: "Ctrl+V での貼り付けもできます。")
    static let resumeNow = Phrase(de: "Jetzt fortsetzen", en: "Resume now", ja: "今すぐ再開")

    static func ofScript(_ clients: ClientSettings) -> [(String, Phrase)] {
        [
            ("waiting", Phrase(de: "wartet", en: "waiting", ja: "待機中")),
            (
                "going",
                Phrase(
                    de: "{percent} % · {speed}/s · noch etwa {left}",
                    en: "{percent} % · {speed}/s · about {left} left", ja: "{percent}%・{speed}/秒・残り約{left}")
            ),
            ("started", Phrase(de: "{percent} %", en: "{percent} %", ja: "{percent}%")),
            ("soon", Phrase(de: "ein paar Sekunden", en: "a few seconds", ja: "数秒")),
            ("seconds", Phrase(de: "{n} Sekunden", en: "{n} seconds", ja: "{n}秒")),
            ("minutes", Phrase(de: "{n} Minuten", en: "{n} minutes", ja: "{n}分")),
            (
                "cut",
                Phrase(
                    de:
                        "Verbindung unterbrochen. Es geht bei {percent} % weiter, sobald Sie wieder online sind.",
                    en: "Connection lost. It goes on from {percent} % as soon as you are online again.",
                    ja: "接続が切れました。再接続すると{percent}%から自動で再開します。")
            ),
            (
                "busy",
                Phrase(
                    de: "Gerade ist viel los. Es geht in {n} Sekunden von selbst bei {percent} % weiter.",
                    en: "It is busy just now. It goes on from {percent} % by itself in {n} seconds.",
                    ja: "混み合っています。{n}秒後に{percent}%から自動で再開します。")
            ),
            ("received", receivedAt("{time}", "{size}")), ("empty", emptyAt("{time}", "{size}")),
            (
                "status",
                Phrase(
                    de: "{done} von {all} angekommen", en: "{done} of {all} received",
                    ja: "{all}件中{done}件が受領済み")
            ),
            ("remove", Phrase(de: "Entfernen: {name}", en: "Remove: {name}", ja: "取り消す：{name}")),
            ("again", Phrase(de: "Fortsetzen: {name}", en: "Resume: {name}", ja: "再開：{name}")),
            ("large", refused(LinkRefusal(reason: .tooLarge, names: ["{name}"]), clients)),
            ("many", refused(LinkRefusal(reason: .tooMany), clients)),
            ("full", refused(LinkRefusal(reason: .tooMuch), clients)),
            ("room", refused(LinkRefusal(reason: .noRoom), clients)),
            (
                "who",
                Phrase(
                    de: "Bitte sagen Sie uns zuerst, wer Sie sind.", en: "Please tell us first who you are.",
                    ja: "お名前とメールアドレスを先に入力してください。")
            ),
            ("address", addressMissing), ("over", clientLinkOver), ("proof", ProofWords.reload),
            (
                "failed",
                Phrase(
                    de: "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal, oder rufen Sie uns an.",
                    en: "This did not work. Please try again, or call us.",
                    ja: "送信できませんでした。もう一度お試しいただくか、お電話ください。")
            ),
            (
                "unreadable",
                Phrase(
                    de: "Die Datei lässt sich nicht lesen. Ein Ordner? Bitte wählen Sie seine Dateien aus.",
                    en: "The file can’t be read. A folder? Please choose the files in it.",
                    ja: "ファイルを読み取れません。フォルダの場合は、中のファイルを選んでください。")
            ),
        ]
    }
}
