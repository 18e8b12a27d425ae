/// What stands beside the password of an encrypted file.
extension Phrase {
    static let filePassword = Phrase(
        de: "Passwort der Datei", en: "Password of the file", ja: "ファイルのパスワード")
    static let openFile = Phrase(de: "Öffnen und ablegen", en: "Open and file", ja: "開いて保存する")
    static func openNamed(_ name: String) -> Phrase {
        Phrase(
            de: "\(name) mit Passwort öffnen", en: "Open \(name) with its password",
            ja: "\(name)をパスワードで開く")
    }
    static func rememberPassword(_ account: String) -> Phrase {
        Phrase(
            de: "Für \(account) merken und bei künftigen Dateien versuchen",
            en: "Remember it for \(account), and try it on files to come",
            ja: "\(account)用に記憶し、今後のファイルにも使用する")
    }
    static func rememberedPasswords(_ count: Int) -> Phrase {
        Phrase(
            de: count == 1
                ? "Leer lassen, um das gemerkte Passwort zu versuchen."
                : "Leer lassen, um die \(count) gemerkten Passwörter zu versuchen.",
            en: count == 1
                ? "Leave it empty to try the remembered password."
                : "Leave it empty to try the \(count) remembered passwords.",
            ja: "空欄のままにすると、記憶済みのパスワード（\(count)件）を試します。")
    }
    static let forgetPasswords = Phrase(
        de: "Gemerkte Passwörter vergessen", en: "Forget the remembered passwords", ja: "記憶済みのパスワードを削除する")
    static let filePasswordMissing = Phrase(
        de: "Bitte geben Sie das Passwort ein.", en: "Please enter the password.", ja: "パスワードを入力してください。")
    static let filePasswordWrong = Phrase(
        de: "Mit diesem Passwort lässt sich die Datei nicht öffnen.",
        en: "This password doesn’t open the file.", ja: "このパスワードではファイルを開けません。")
    static let fileUnreadable = Phrase(
        de:
            "Die Datei ist beschädigt oder zu groß, um sie hier zu öffnen. Sie lässt sich herunterladen und so ablegen, wie sie ist.",
        en: "The file is damaged, or too large to be opened here. It can be downloaded, and filed as it is.",
        ja: "ファイルが破損しているか、大きすぎるため、ここでは開けません。ダウンロードするか、そのまま保存できます。")
    static let openingUnavailable = Phrase(
        de:
            "Verschlüsselte Dateien lassen sich gerade nicht öffnen. Bitte versuchen Sie es später noch einmal.",
        en: "Encrypted files can’t be opened just now. Please try again later.",
        ja: "現在、暗号化されたファイルを開けません。しばらくしてからもう一度お試しください。")
}

extension DoneNote {
    static let filesOpened = DoneNote(
        "opened", Phrase(de: "Geöffnet", en: "Opened", ja: "開きました"))
    static let passwordsForgotten = DoneNote(
        "passwords-forgotten",
        Phrase(de: "Passwörter vergessen", en: "Passwords forgotten", ja: "パスワードを削除しました"))
}
