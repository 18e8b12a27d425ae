internal import Mailroom
internal import Text

/// What links say that ask who comes, and what staff read where they choose that.
enum ProofWords {
    static let title = Phrase(de: "Sind Sie es?", en: "Is it you?", ja: "ご本人の確認")

    static func willSend(_ address: String) -> Phrase {
        Phrase(
            de:
                "Damit nur Sie diese Seite öffnen können, schicken wir einen sechsstelligen Code an \(address).",
            en: "So that nobody but you opens this page, we send a six-digit code to \(address).",
            ja: "ご本人のみがこのページを開けるよう、\(address) に6桁の確認コードをお送りします。")
    }
    static let sendCode = Phrase(de: "Code zusenden", en: "Send me the code", ja: "コードを送る")
    static func wasSent(_ address: String) -> Phrase {
        Phrase(
            de: "Der Code ist unterwegs an \(address). Er gilt 10 Minuten.",
            en: "The code is on its way to \(address). It works for 10 minutes.",
            ja: "\(address) に確認コードをお送りしました。有効時間は10分です。")
    }
    static func typeCode(_ address: String) -> Phrase {
        Phrase(
            de: "An \(address) ging ein Code. Bitte geben Sie ihn hier ein.",
            en: "A code went to \(address). Please enter it here.",
            ja: "\(address) にお送りした確認コードを入力してください。")
    }
    static let code = Phrase(de: "Code aus der E-Mail", en: "Code from the e-mail", ja: "メールに記載の確認コード")
    static let codeHint = Phrase(de: "Sechs Ziffern", en: "Six digits", ja: "数字6桁")
    static let goOn = Phrase(de: "Weiter", en: "Continue", ja: "次へ")
    static let nothingCame = Phrase(
        de: "Nichts angekommen? Sehen Sie auch im Spam-Ordner nach.",
        en: "Nothing there? Look into the spam folder as well.", ja: "届かない場合は、迷惑メールフォルダーもご確認ください。")
    static let anotherCode = Phrase(de: "Neuen Code anfordern", en: "Send another code", ja: "コードを再送する")

    static let noCode = Phrase(
        de: "Das sind noch keine sechs Ziffern.", en: "These are not six digits yet.", ja: "6桁の数字を入力してください。")
    static func wrong(_ left: Int) -> Phrase {
        Phrase(
            de: "Das ist nicht der Code. Noch \(left == 1 ? "ein Versuch" : "\(left) Versuche").",
            en: "This is not the code. \(left == 1 ? "One more try" : "\(left) more tries").",
            ja: "コードが正しくありません。あと\(left)回入力できます。")
    }
    static let codeOver = Phrase(
        de: "Dieser Code gilt nicht mehr. Fordern Sie einfach einen neuen an.",
        en: "This code works no longer. Just ask for another one.", ja: "このコードは無効になりました。新しいコードをお送りします。")
    static let waitForNext = Phrase(
        de: "Der letzte Code ging eben erst hinaus. Bitte in einer Minute noch einmal.",
        en: "The last code went out just now. Please try again in a minute.",
        ja: "コードをお送りしたばかりです。1分ほどおいてから、もう一度お試しください。")
    static let tooMany = Phrase(
        de:
            "Heute gingen schon zu viele Codes an diese Adresse. Bitte rufen Sie uns an, oder versuchen Sie es morgen.",
        en: "Too many codes went to this address today. Please call us, or try again tomorrow.",
        ja: "本日の送信回数の上限に達しました。お電話いただくか、明日もう一度お試しください。")
    static let noServer = Phrase(
        de: "Wir können gerade keinen Code schicken. Bitte rufen Sie uns an.",
        en: "We can’t send a code just now. Please call us.", ja: "現在コードをお送りできません。お電話ください。")

    static func signInFirst(_ address: String) -> Phrase {
        Phrase(
            de:
                "Dieser Link öffnet sich, wenn Sie angemeldet sind, mit der Adresse \(address). Sie brauchen kein Passwort: Wir schicken Ihnen einen Link.",
            en:
                "This link opens once you are signed in, with the address \(address). You need no password: we send you a link.",
            ja: "このリンクは、\(address) でログインするとご覧いただけます。パスワードは不要です。ログイン用のリンクをメールでお送りします。")
    }
    static let somebodyElse = Phrase(
        de: "Sie sind mit einer anderen Adresse angemeldet. Bitte melden Sie sich dort zuerst ab.",
        en: "You are signed in with another address. Please sign out there first.",
        ja: "別のアドレスでログイン中です。先にログアウトしてください。")
    static let toDocuments = Phrase(de: "Zur Abmeldung", en: "Go to sign out", ja: "ログアウト画面へ")
    /// For the script of a page that was open for too long.
    static let reload = Phrase(
        de: "Bitte laden Sie die Seite neu: Wir müssen noch einmal sehen, dass Sie es sind.",
        en: "Please reload the page: we have to see once more that it is you.",
        ja: "ページを再読み込みして、もう一度ご本人の確認をお願いします。")
}

/// For staff.
extension ProofWords {
    static let label = Phrase(de: "Nachweis am Link", en: "Proof at the link", ja: "リンクの本人確認")
    static let hint = Phrase(
        de: "Wen der Link einlässt, wenn ihn jemand anders bekommt. Ohne Empfänger gibt es keinen Nachweis.",
        en: "Whom the link lets in when somebody else gets it. Without a recipient there is no proof.",
        ja: "リンクが第三者に渡った場合に備えます。宛先のないリンクでは使えません。")
    static let noLoginHint = Phrase(
        de:
            "Wen der Link einlässt, wenn ihn jemand anders bekommt. „Anmeldung“ gibt es, sobald ein Kontakt eingeladen ist.",
        en:
            "Whom the link lets in when somebody else gets it. “Sign-in” is offered once a contact is invited.",
        ja: "リンクが第三者に渡った場合に備えます。「ログイン」は、招待済みの連絡先がある場合に選べます。")
    static let openLink = Phrase(
        de: "Ein Link ohne Empfänger hat keine Adresse, an die ein Code gehen könnte.",
        en: "A link without a recipient has no address that a code could go to.",
        ja: "宛先のないリンクには、コードの送り先がありません。")
    static let openLinkHint = Phrase(
        de:
            "Dieser Link hat keinen Empfänger: Er lässt jeden ein, der ihn hat, ohne Code und ohne Anmeldung.",
        en: "This link has no recipient: it lets in whoever has it, without a code or a sign-in.",
        ja: "宛先のないリンクのため、コードやログインなしで、リンクを知っている方はどなたでも開けます。")
    static let change = Phrase(de: "Nachweis ändern", en: "Change the proof", ja: "本人確認を変更")
    static let changeHint = Phrase(
        de: "Wer schon einen Code eingegeben hat, weist sich neu aus.",
        en: "Whoever gave a code before gives another.", ja: "確認済みの方にも、もう一度確認をお願いすることになります。")

    static func option(_ proof: LinkProof) -> Phrase {
        switch proof {
        case .nothing: Phrase(de: "Keiner: der Link genügt", en: "None: the link is enough", ja: "なし（リンクのみ）")
        case .code: Phrase(de: "Code per E-Mail", en: "Code by e-mail", ja: "メールの確認コード")
        case .login: Phrase(de: "Anmeldung des Kontakts", en: "Sign-in of the contact", ja: "連絡先のログイン")
        }
    }

    /// Beside a recipient; nil: there is nothing to say.
    static func badge(_ proof: LinkProof) -> Phrase? {
        switch proof {
        case .nothing: nil
        case .code: Phrase(de: "mit Code", en: "with a code", ja: "確認コード")
        case .login: Phrase(de: "mit Anmeldung", en: "with sign-in", ja: "要ログイン")
        }
    }
}
