/// What a page says that is none.
extension Phrase {
    static let notFoundTitle = Phrase(
        de: "Das gibt es hier nicht", en: "There is nothing here", ja: "見つかりません")
    static let notFoundText = Phrase(
        de: "Vielleicht wurde es verschoben, oder die Adresse ist nicht vollständig.",
        en: "It may have been moved, or the address is not complete.",
        ja: "移動されたか、アドレスが正しくない可能性があります。")
    static let forbiddenTitle = Phrase(
        de: "Das dürfen Sie nicht", en: "You may not do this", ja: "この操作は許可されていません")
    static let forbiddenText = Phrase(
        de: "Dafür ist eine Inhaberin oder ein Inhaber der Kanzlei zuständig.",
        en: "An owner of the firm can do it.", ja: "事務所の管理者にご依頼ください。")
    static let staleTitle = Phrase(
        de: "Diese Seite war zu lange offen", en: "This page was open for too long", ja: "ページの有効期限が切れました")
    static let staleText = Phrase(
        de: "Es wurde nichts geändert. Laden Sie die Seite neu und versuchen Sie es noch einmal.",
        en: "Nothing was changed. Reload the page and try again.",
        ja: "変更は行われていません。ページを再読み込みして、もう一度お試しください。")
    static let brokenTitle = Phrase(
        de: "Hier ist etwas schiefgegangen", en: "Something went wrong", ja: "エラーが発生しました")
    static func brokenText(_ number: String) -> Phrase {
        Phrase(
            de: "Es liegt nicht an Ihnen. Die Nummer \(number) steht im Protokoll des Servers.",
            en: "It is not your fault. The number \(number) is in the server's journal.",
            ja: "お客様の操作が原因ではありません。番号 \(number) がサーバーの記録に残っています。")
    }
    static let tooLargeTitle = Phrase(de: "Das ist zu groß", en: "This is too large", ja: "サイズが大きすぎます")
    static let tooLargeText = Phrase(
        de: "Es wurde nichts geändert.", en: "Nothing was changed.", ja: "変更は行われていません。")
    static let refusedTitle = Phrase(
        de: "Das ging so nicht", en: "This did not work", ja: "処理できませんでした")
    static let refusedText = Phrase(
        de: "Der Server hat die Anfrage nicht verstanden. Es wurde nichts geändert.",
        en: "The server did not understand the request. Nothing was changed.",
        ja: "リクエストを処理できませんでした。変更は行われていません。")
    static let busyTitle = Phrase(de: "Zu viele Anfragen", en: "Too many requests", ja: "アクセスが集中しています")
    static let busyText = Phrase(
        de: "Bitte in einer Minute noch einmal.", en: "Please try again in a minute.", ja: "1分ほど待ってからお試しください。"
    )
    static let toTheInbox = Phrase(de: "Zum Posteingang", en: "To the inbox", ja: "受信トレイへ")
}
