/// What the pages about oneself and about colleagues say.
extension Phrase {
    static let aboutMe = Phrase(de: "Über mich", en: "About me", ja: "プロフィール")
    static let appearance = Phrase(de: "Darstellung und Tasten", en: "Looks and keys", ja: "表示とキー操作")
    static let theme = Phrase(de: "Farben", en: "Colours", ja: "配色")
    static let themeSystem = Phrase(de: "wie das Gerät", en: "as the device", ja: "端末の設定に合わせる")
    static let themeLight = Phrase(de: "hell", en: "light", ja: "ライト")
    static let themeDark = Phrase(de: "dunkel", en: "dark", ja: "ダーク")
    static let density = Phrase(de: "Posteingang", en: "Inbox", ja: "受信トレイの表示")
    static let densityComfortable = Phrase(
        de: "drei Zeilen je Nachricht", en: "three lines a message", ja: "標準（3行）")
    static let densityCompact = Phrase(
        de: "eine Zeile je Nachricht", en: "one line a message", ja: "コンパクト（1行）")
    static let densityList = Phrase(de: "nur die Liste", en: "the list alone", ja: "一覧のみ")
    static let shortcuts = Phrase(de: "Tastenkürzel", en: "Keyboard shortcuts", ja: "キーボードショートカット")
    static let hearsOfUploads = Phrase(
        de: "Mir schreiben, wenn Mandanten Dateien senden", en: "Write to me when clients send files",
        ja: "お客様からファイルが届いたらメールで知らせる")
    static let hearsHint = Phrase(
        de:
            "An diese Adresse, gesammelt, je nach Einstellung der Kanzlei: für die eigenen Mandanten, auch für die, denen Sie folgen, oder für alle.",
        en:
            "To this address, gathered, as the firm has it: for your own accounts, for those you follow too, or for all.",
        ja: "上のアドレスにまとめてお送りします。対象（自分の担当、フォロー中、またはすべて）は事務所の設定によります。")
    static let shortcutsHint = Phrase(
        de: "Einzelne Tasten wie J, K und E. Die Taste ? zeigt alle. Wer diktiert, schaltet sie besser aus.",
        en: "Single keys such as J, K and E; ? shows them all. Switch them off if you dictate.",
        ja: "J、K、E などの1文字キー。「?」で一覧を表示します。音声入力をお使いの場合はオフにしてください。")

    static let passwordCurrent = Phrase(de: "Jetziges Passwort", en: "Current password", ja: "現在のパスワード")
    static let passwordNew = Phrase(de: "Neues Passwort", en: "New password", ja: "新しいパスワード")
    static let passwordChange = Phrase(de: "Passwort ändern", en: "Change password", ja: "パスワードを変更")
    static let passwordSet = Phrase(de: "Passwort festlegen", en: "Set a password", ja: "パスワードを設定")
    static let passwordNone = Phrase(
        de: "Sie haben noch kein Passwort. Legen Sie eines fest, damit Sie sich wieder anmelden können.",
        en: "You have no password yet. Set one, so that you can sign in again.",
        ja: "パスワードが未設定です。次回もサインインできるよう設定してください。")
    static let passwordEverywhere = Phrase(
        de: "Danach sind Sie überall sonst abgemeldet.", en: "After that you are signed out everywhere else.",
        ja: "変更すると、他のすべての端末からサインアウトされます。")
    static let passwordNotCurrent = Phrase(
        de: "Das ist nicht Ihr jetziges Passwort.", en: "This is not your current password.",
        ja: "現在のパスワードが正しくありません。")

    static let totpOff = Phrase(
        de:
            "Aus. Mit einer App auf dem Telefon ist Ihr Zugang auch dann sicher, wenn jemand Ihr Passwort kennt.",
        en:
            "Off. With an app on your telephone your account stays safe even if somebody knows your password.",
        ja: "オフです。スマートフォンのアプリを使うと、パスワードを知られてもアカウントを守れます。")
    static func totpOn(_ codes: Int) -> Phrase {
        Phrase(
            de: "Ein. Sie haben noch \(codes) Wiederherstellungscodes.",
            en: "On. You have \(codes) recovery codes left.", ja: "オンです。回復コードは残り\(codes)個です。")
    }
    static let totpSetUp = Phrase(de: "Einrichten", en: "Set up", ja: "設定する")
    static let totpSwitchOff = Phrase(de: "Ausschalten", en: "Switch off", ja: "オフにする")
    static let totpScan = Phrase(
        de: "Lesen Sie das Bild mit einer Authenticator-App, oder tippen Sie den Schlüssel ab.",
        en: "Scan the picture with an authenticator app, or type the key.",
        ja: "認証アプリでQRコードを読み取るか、キーを入力してください。")
    static let totpPicture = Phrase(
        de: "QR-Code mit dem Schlüssel, der daneben steht", en: "QR code with the key that stands beside it",
        ja: "隣に表示されているキーのQRコード")
    static let totpKey = Phrase(de: "Schlüssel", en: "Key", ja: "キー")
    static let totpConfirm = Phrase(de: "Einschalten", en: "Switch on", ja: "オンにする")
    static let totpConfirmHint = Phrase(
        de: "Die sechs Ziffern, die die App jetzt zeigt.", en: "The six digits that the app shows now.",
        ja: "アプリに表示されている6桁の数字。")
    static let recoveryCodes = Phrase(de: "Wiederherstellungscodes", en: "Recovery codes", ja: "回復コード")
    static let recoveryText = Phrase(
        de:
            "Drucken Sie diese Codes aus oder schreiben Sie sie ab: Jeder ersetzt einmal die App, wenn das Telefon "
            + "weg ist. Sie werden nur jetzt gezeigt.",
        en:
            "Print these codes or write them down: each takes the place of the app once, when the telephone is "
            + "gone. They are shown only now.",
        ja: "印刷または書き留めて保管してください。スマートフォンを紛失した際に、各コードを1回ずつ使用できます。表示されるのは今回のみです。")
    static let recoveryNew = Phrase(de: "Neue Codes", en: "New codes", ja: "新しいコードを発行")
    static let recoveryKept = Phrase(
        de: "Ich habe sie aufbewahrt", en: "I have kept them", ja: "保管しました")

    static let sessions = Phrase(de: "Wo Sie angemeldet sind", en: "Where you are signed in", ja: "サインイン中の端末")
    static let sessionHere = Phrase(de: "hier", en: "here", ja: "この端末")
    static let sessionUnknown = Phrase(de: "Unbekanntes Gerät", en: "Unknown device", ja: "不明な端末")
    static let sessionEnd = Phrase(de: "Abmelden", en: "Sign out", ja: "サインアウト")
    static let sessionsEndOthers = Phrase(
        de: "Überall sonst abmelden", en: "Sign out everywhere else", ja: "他のすべての端末からサインアウト")
    static func sessionSeen(_ when: String) -> Phrase {
        Phrase(de: "zuletzt \(when)", en: "last seen \(when)", ja: "最終アクセス \(when)")
    }

    static let staffAdd = Phrase(de: "Person hinzufügen", en: "Add a person", ja: "スタッフを追加")
    static let staffAddText = Phrase(
        de: "Sie bekommen dann einen Anmeldelink zum Weitergeben; das Passwort legt die Person selbst fest.",
        en: "You then get a sign-in link to hand over; the person sets the password.",
        ja: "追加後に表示されるサインイン用リンクを本人にお渡しください。パスワードは本人が設定します。")
    static let nameOfPerson = Phrase(de: "Name", en: "Name", ja: "名前")
    static let role = Phrase(de: "Rolle", en: "Role", ja: "役割")
    static let roleHint = Phrase(
        de:
            "Inhaber dürfen alles; Mitarbeit die ganze tägliche Arbeit, aber weder das Team noch die Sichtbarkeit ändern.",
        en:
            "Owners may do everything; staff all daily work, but neither manage staff nor decide who sees what.",
        ja: "管理者はすべての操作が可能です。スタッフは日常業務が可能ですが、スタッフ管理と閲覧範囲の変更はできません。")
    static let lastOwner = Phrase(
        de: "Das ist der letzte Inhaber: Machen Sie erst jemand anderen dazu.",
        en: "This is the last owner: make somebody else an owner first.",
        ja: "最後の管理者です。先に別の管理者を指定してください。")
    static let staffDisable = Phrase(de: "Zugang sperren", en: "Disable", ja: "利用を停止")
    static let staffEnable = Phrase(de: "Zugang freigeben", en: "Enable", ja: "利用を再開")
    static let staffDisabled = Phrase(de: "gesperrt", en: "disabled", ja: "停止中")
    static let staffLink = Phrase(de: "Anmeldelink", en: "Sign-in link", ja: "サインイン用リンク")
    static let staffLinkMake = Phrase(de: "Anmeldelink erstellen", en: "Make a sign-in link", ja: "リンクを発行")
    static func staffLinkText(_ name: String, _ until: String) -> Phrase {
        Phrase(
            de:
                "Geben Sie diesen Link nur an \(name). Er gilt einmal, bis \(until), und wird nur jetzt gezeigt.",
            en: "Give this link to \(name) alone. It works once, until \(until), and is shown only now.",
            ja: "このリンクは\(name)さんご本人にのみお渡しください。\(until)まで1回のみ有効で、表示されるのは今回のみです。")
    }
    static let staffNoTOTP = Phrase(
        de: "Zweiten Schritt ausschalten", en: "Switch two-step off", ja: "2段階認証をオフにする")
    static let signsInBy = Phrase(de: "Anmeldung", en: "Signs in by", ja: "サインイン方法")
    static let byPassword = Phrase(de: "Passwort", en: "password", ja: "パスワード")
    static let byPasswordAndApp = Phrase(de: "Passwort und App", en: "password and app", ja: "パスワードとアプリ")
    static let byLink = Phrase(de: "nur Link", en: "link only", ja: "リンクのみ")
    static let lastSeen = Phrase(de: "Zuletzt hier", en: "Last seen", ja: "最終アクセス")
    static let never = Phrase(de: "–", en: "–", ja: "–")

    static let visibility = Phrase(de: "Wer sieht was", en: "Who sees what", ja: "閲覧範囲")
    static let visibilityText = Phrase(
        de:
            "Ohne Haken sehen alle alles. Mit Haken sehen nur diese Personen das Postfach oder den Mandanten, auch "
            + "Inhaber nicht, die hier fehlen.",
        en: "Without a tick everybody sees everything. With ticks these people alone see the mailbox or the "
            + "account; an owner who is missing here does not.",
        ja: "チェックがない場合は全員が閲覧できます。チェックした場合、その人だけが閲覧でき、管理者も含まれていなければ閲覧できません。")
    static let visibleToAll = Phrase(de: "alle", en: "everybody", ja: "全員")
    static let accountUnknown = Phrase(
        de: "Diesen Mandanten gibt es nicht.", en: "There is no such account.", ja: "該当するお客様が見つかりません。")
    static let accountRestrict = Phrase(
        de: "Mandanten einschränken", en: "Restrict an account", ja: "お客様の閲覧を制限")
    static let accountRestricted = Phrase(
        de: "Eingeschränkte Mandanten", en: "Restricted accounts", ja: "閲覧制限中のお客様")
    static let nobodyChosen = Phrase(
        de: "Wählen Sie, wer den Mandanten sehen darf.", en: "Choose who may see the account.",
        ja: "閲覧できる人を選択してください。")
}

extension DoneNote {
    static let peopleNotes = [
        sessionEnded, passwordChanged, passwordMissing, totpSwitchedOff, staffShutOut, staffLetIn,
    ]

    static let sessionEnded = DoneNote(
        "session-ended", Phrase(de: "Abgemeldet", en: "Signed out", ja: "サインアウトしました"))
    static let passwordChanged = DoneNote(
        "password", Phrase(de: "Passwort geändert", en: "Password changed", ja: "パスワードを変更しました"))
    static let passwordMissing = DoneNote(
        "no-password",
        Phrase(
            de: "Angemeldet. Ein Passwort legen Sie in den Einstellungen fest.",
            en: "Signed in. You can set a password in the settings.",
            ja: "サインインしました。パスワードは設定画面で設定できます。"))
    static let totpSwitchedOff = DoneNote(
        "totp-off",
        Phrase(
            de: "Bestätigung in zwei Schritten ist aus", en: "Two-step verification is off",
            ja: "2段階認証をオフにしました"))
    static let staffShutOut = DoneNote(
        "staff-out", Phrase(de: "Zugang gesperrt", en: "Disabled", ja: "利用を停止しました"))
    static let staffLetIn = DoneNote(
        "staff-in", Phrase(de: "Zugang freigegeben", en: "Enabled", ja: "利用を再開しました"))
}
