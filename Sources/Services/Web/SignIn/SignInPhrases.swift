/// What the pages before the first page say.
extension Phrase {
    static let signIn = Phrase(de: "Anmelden", en: "Sign in", ja: "サインイン")
    static let login = Phrase(de: "Benutzername", en: "Login", ja: "ログイン名")
    static let password = Phrase(de: "Passwort", en: "Password", ja: "パスワード")
    static let goOn = Phrase(de: "Weiter", en: "Continue", ja: "続ける")
    static let signInWrong = Phrase(
        de: "Benutzername oder Passwort stimmt nicht.", en: "The login or the password is not right.",
        ja: "ログイン名またはパスワードが正しくありません。")
    static let passwordForgotten = Phrase(
        de: "Passwort vergessen? Wer in der Kanzlei Mailroom verwaltet, gibt Ihnen einen Anmeldelink.",
        en: "Forgotten? Whoever looks after Mailroom in the firm can give you a sign-in link.",
        ja: "パスワードをお忘れの場合は、事務所の管理者からサインイン用リンクを受け取ってください。")
    static func signInWait(_ seconds: Int64) -> Phrase {
        let minutes = (seconds + 59) / 60
        return seconds < 90
            ? Phrase(
                de: "Zu viele Versuche. Bitte in \(seconds) Sekunden noch einmal.",
                en: "Too many tries. Please try again in \(seconds) seconds.",
                ja: "試行回数が多すぎます。\(seconds)秒後にもう一度お試しください。")
            : Phrase(
                de: "Zu viele Versuche. Bitte in \(minutes) Minuten noch einmal.",
                en: "Too many tries. Please try again in \(minutes) minutes.",
                ja: "試行回数が多すぎます。\(minutes)分後にもう一度お試しください。")
    }
    static let signInBusy = Phrase(
        de: "Gerade melden sich zu viele auf einmal an. Bitte gleich noch einmal.",
        en: "Too many people are signing in at once. Please try again in a moment.",
        ja: "現在サインインが集中しています。しばらくしてからもう一度お試しください。")
    static let signInNotProtected = Phrase(
        de:
            "Diese Verbindung ist nicht verschlüsselt: Ihr Passwort wäre unterwegs lesbar. Öffnen Sie die Seite "
            + "mit https://. Ist sie das schon, fehlt der Webserver davor in trusted_proxies.",
        en: "This connection is not encrypted: your password could be read on its way. Open the page with "
            + "https://. If you did, the web server in front is missing in trusted_proxies.",
        ja: "この接続は暗号化されておらず、パスワードが途中で読み取られる恐れがあります。https:// で開いてください。"
            + "既に https:// の場合は、前段のウェブサーバーが trusted_proxies に設定されていません。")
    static let signedOut = Phrase(de: "Sie sind abgemeldet.", en: "You are signed out.", ja: "サインアウトしました。")
    static let signedOutMeanwhileTitle = Phrase(
        de: "Sie sind inzwischen abgemeldet", en: "You were signed out meanwhile", ja: "サインアウトされています")
    static let signedOutMeanwhileText = Phrase(
        de:
            "Es wurde nichts geändert. Melden Sie sich an, gehen Sie dann hierher und eine Seite zurück: Was Sie "
            + "geschrieben haben, steht noch dort.",
        en:
            "Nothing was changed. Sign in, then come back here and go back one page: what you wrote is still there.",
        ja: "変更は行われていません。サインインしてからこのページに戻り、ブラウザで1つ前のページに戻ると、入力内容が残っています。")
    static let languageOfPage = Phrase(de: "Sprache", en: "Language", ja: "言語")

    static let secondFactor = Phrase(
        de: "Bestätigung in zwei Schritten", en: "Two-step verification", ja: "2段階認証")
    static let appCode = Phrase(de: "Code der App", en: "Code from the app", ja: "アプリのコード")
    static let appCodeHint = Phrase(
        de: "Sechs Ziffern aus Ihrer Authenticator-App, oder einer Ihrer Wiederherstellungscodes.",
        en: "Six digits from your authenticator app, or one of your recovery codes.",
        ja: "認証アプリの6桁の数字、または回復コードを入力してください。")
    static let appCodeWrong = Phrase(
        de: "Dieser Code gilt nicht (mehr). Warten Sie auf den nächsten.",
        en: "This code is not good, or no longer. Wait for the next one.",
        ja: "このコードは無効です。次のコードが表示されるまでお待ちください。")
    static let startAgain = Phrase(de: "Von vorn beginnen", en: "Start again", ja: "最初からやり直す")

    static func linkFor(_ name: String) -> Phrase {
        Phrase(de: "Als \(name) anmelden", en: "Sign in as \(name)", ja: "\(name) としてサインイン")
    }
    static let linkText = Phrase(
        de: "Dieser Link gilt nur einmal. Danach können Sie in den Einstellungen ein Passwort festlegen.",
        en: "This link works once. After that you can set a password in the settings.",
        ja: "このリンクは1回のみ有効です。サインイン後、設定画面でパスワードを設定できます。")
    static let linkOverTitle = Phrase(
        de: "Dieser Link gilt nicht mehr", en: "This link is no longer good", ja: "このリンクは無効です")
    static let linkOverText = Phrase(
        de: "Er wurde schon benutzt oder ist abgelaufen. Bitten Sie um einen neuen.",
        en: "It was used already, or it is too old. Ask for a new one.",
        ja: "既に使用されたか、有効期限が切れています。新しいリンクをご依頼ください。")

    static let welcome = Phrase(
        de: "Willkommen bei Mailroom", en: "Welcome to Mailroom", ja: "Mailroom へようこそ")
    static let welcomeText = Phrase(
        de:
            "Hier gibt es noch niemanden, der sich anmelden könnte. Auf dem Server zeigt dieser Befehl einen Link, "
            + "mit dem Sie sich als Inhaberin oder Inhaber eintragen:",
        en: "There is nobody yet who could sign in. On the server, this command shows a link with which you "
            + "become the owner:",
        ja: "まだ利用者が登録されていません。サーバー上で次のコマンドを実行すると、管理者として登録するためのリンクが表示されます。")
    static let welcomeWhy = Phrase(
        de: "So kann es nur, wer den Server verwaltet, und niemand, der zufällig vorbeikommt.",
        en: "So only whoever looks after the server can do it, and nobody who happens to come by.",
        ja: "これにより、サーバーの管理者だけが登録できます。")
    static let becomeOwner = Phrase(
        de: "Als Inhaber eintragen", en: "Become the owner", ja: "管理者として登録")
    static let becomeOwnerText = Phrase(
        de: "Sie dürfen dann alles, auch Kolleginnen und Kollegen hinzufügen.",
        en: "You may then do everything, and add colleagues.", ja: "すべての操作と、スタッフの追加ができるようになります。")
    static let yourName = Phrase(de: "Ihr Name", en: "Your name", ja: "お名前")
    static let nameHint = Phrase(
        de: "Wie ihn Kollegen und Mandanten lesen.", en: "As colleagues and clients read it.",
        ja: "同僚やお客様に表示されます。")
    static let emailAddress = Phrase(de: "E-Mail-Adresse", en: "E-mail address", ja: "メールアドレス")
    static let loginHint = Phrase(
        de: "Ein Wort aus kleinen Buchstaben und Ziffern, etwa „jana“.",
        en: "One word of small letters and digits, such as “jana”.", ja: "英小文字と数字で入力してください（例：jana）。")
    static let loginWrong = Phrase(
        de: "Nur a bis z, Ziffern, Punkt, Strich; ein Buchstabe zuerst.",
        en: "Only a to z, digits, dots and dashes; a letter first.", ja: "英字で始まり、英数字・ピリオド・ハイフンのみ使用できます。")
    static let loginTaken = Phrase(
        de: "Diesen Benutzernamen gibt es schon.", en: "There is such a login already.",
        ja: "このログイン名は既に使われています。")
    static let nameWrong = Phrase(
        de: "Bitte einen Namen, höchstens 100 Zeichen.", en: "Please write a name, at most 100 characters.",
        ja: "名前を100文字以内で入力してください。")
    static let emailWrong = Phrase(
        de: "Das ist keine E-Mail-Adresse.", en: "This is no e-mail address.", ja: "メールアドレスの形式が正しくありません。")

    static let passwordHint = Phrase(
        de: "Mindestens 10 Zeichen. Ein ganzer Satz ist gut.",
        en: "At least 10 characters. A whole sentence is fine.", ja: "10文字以上。短い文章にすると安全です。")
    static let passwordTooShort = Phrase(
        de: "Es braucht mindestens 10 Zeichen.", en: "It needs at least 10 characters.", ja: "10文字以上にしてください。")
    static let passwordTooLong = Phrase(de: "Das ist zu lang.", en: "This is too long.", ja: "長すぎます。")
    static let passwordControl = Phrase(
        de: "Darin steht ein unsichtbares Zeichen.", en: "There is an invisible character in it.",
        ja: "使用できない文字が含まれています。")
    static let passwordGuessable = Phrase(
        de: "Das würde jemand als Erstes probieren. Nehmen Sie ein anderes.",
        en: "Somebody would try this first. Take another one.", ja: "推測されやすいパスワードです。別のものにしてください。")
}
