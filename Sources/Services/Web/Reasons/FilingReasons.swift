/// Why a file lies where it lies, or waits.
extension Reason {
    static let filing = [
        Reason("the scanner found {1}", de: "der Virenscanner fand {1}", ja: "ウイルス検査で {1} が検出されました"),
        Reason(
            "all of it came out, and each part is judged by itself",
            de: "alles ließ sich auspacken, und jeder Teil wird für sich beurteilt",
            ja: "すべて展開でき、中身はそれぞれ判定されます"),
        Reason(
            "an attachment of our own mail: shown with it, never the client's document",
            de: "ein Anhang unserer eigenen Mail: bei ihr zu sehen, nie ein Dokument des Mandanten",
            ja: "当方のメールの添付ファイルです（お客様の書類にはなりません）"),
        Reason(
            "the scanner didn't say that it is clean",
            de: "der Virenscanner hat sie nicht für sauber erklärt",
            ja: "ウイルス検査で安全が確認されていません"),
        Reason(
            "it was opened with a password", de: "sie wurde mit einem Passwort geöffnet", ja: "パスワードで開封されました"),
        Reason("it asks for a password", de: "sie verlangt ein Passwort", ja: "パスワードが必要です"),
        Reason(
            "the message is elsewhere; this only leads there",
            de: "die Nachricht liegt anderswo; das hier führt nur dorthin", ja: "本文は別の場所にあり、これは案内のみです"),
        Reason(
            "files lie at {1}, until {2}: they are never fetched by itself",
            de: "Dateien liegen bei {1}, bis {2}: sie werden nie von selbst geholt",
            ja: "ファイルは {1} にあります（期限 {2}）。自動では取得しません"),
        Reason(
            "files lie at {1}: they are never fetched by itself",
            de: "Dateien liegen bei {1}: sie werden nie von selbst geholt",
            ja: "ファイルは {1} にあります。自動では取得しません"),
        Reason("it is empty", de: "sie ist leer", ja: "中身が空です"),
        Reason(
            "{1} octets are more than is filed unasked ({2})",
            de: "{1} Bytes sind mehr, als ungefragt abgelegt wird ({2})",
            ja: "{1}バイトは自動保管の上限（{2}）を超えています"),
        Reason(
            "documents of this type are not filed unasked",
            de: "Dokumente dieser Art werden nicht ungefragt abgelegt", ja: "この種類のファイルは自動では保管されません"),
        Reason(
            "the account has a document of the same content",
            de: "der Mandant hat schon ein Dokument mit demselben Inhalt", ja: "同じ内容の書類が既に保管されています"),
        Reason(
            "the same content is filed in this account",
            de: "derselbe Inhalt liegt schon bei diesem Mandanten",
            ja: "同じ内容の書類が既に保管されています"),
        Reason("part {1} has the same content", de: "Teil {1} hat denselben Inhalt", ja: "パート{1}と同じ内容です"),
        Reason(
            "a signature says who wrote, and is no document",
            de: "eine Signatur sagt, wer schrieb, und ist kein Dokument", ja: "電子署名であり、書類ではありません"),
        Reason("an invitation", de: "eine Einladung", ja: "予定への招待です"),
        Reason(
            "its name fits show_only {1}", de: "ihr Name passt auf show_only {1}",
            ja: "名前が show_only {1} に当てはまります"),
        Reason("a visiting card", de: "eine Visitenkarte", ja: "名刺データです"),
        Reason("the text of the message", de: "der Text der Nachricht", ja: "メールの本文です"),
        Reason("the text of the letter", de: "der Text des Briefs", ja: "メールの本文です"),
        Reason(
            "a message that the letter brings with it", de: "eine Nachricht, die der Brief mitbringt",
            ja: "添付されたメールです"),
        Reason(
            "a small picture that belongs to the text", de: "ein kleines Bild, das zum Text gehört",
            ja: "本文中の小さな画像です"),
        Reason(
            "a picture under {1} octets", de: "ein Bild unter {1} Bytes", ja: "{1}バイト未満の画像です"),
        Reason(
            "the sender sent it {1} times before: a logo",
            de: "der Absender schickte es schon {1}-mal: ein Logo",
            ja: "過去に{1}回送られた画像（ロゴ）です"),
        Reason(
            "its name is that of a program", de: "ihr Name ist der eines Programms",
            ja: "プログラムのファイル名です"),
        Reason("it is a program", de: "sie ist ein Programm", ja: "プログラムです"),
        Reason("it is a script", de: "sie ist ein Skript", ja: "スクリプトです"),
        Reason(
            "it is HTML, which can hold programs", de: "sie ist HTML, das Programme enthalten kann",
            ja: "プログラムを含み得る HTML です"),
        Reason(
            "it is {1}, but calls itself {2}", de: "sie ist {1}, gibt sich aber als {2} aus",
            ja: "実際は {1} ですが、{2} と称しています"),
        Reason("the server gave nothing", de: "der Server gab nichts her", ja: "サーバーから取得できませんでした"),
        Reason("it could not be decoded", de: "sie ließ sich nicht dekodieren", ja: "復号できませんでした"),
        Reason("it could not be written", de: "sie ließ sich nicht speichern", ja: "保存できませんでした"),
        Reason(
            "something in it asks for a password, so {1}", de: "etwas darin verlangt ein Passwort, {1}",
            ja: "中にパスワード付きのものがあるため、{1}"),
        Reason(
            "the scanner objects to the container, so {1}",
            de: "der Virenscanner beanstandet, worin es kam, {1}", ja: "ウイルス検査で問題が見つかったため、{1}"),
        Reason(
            "not all of it could be unpacked, so {1}", de: "nicht alles ließ sich auspacken, {1}",
            ja: "一部を展開できなかったため、{1}"),
        Reason(
            "it is a machine's answer, not the client's document",
            de: "es ist die Antwort einer Maschine, kein Dokument des Mandanten",
            ja: "自動応答であり、お客様の書類ではありません"),
        Reason(
            "it is bulk mail of a stranger", de: "es ist Massenmail eines Unbekannten",
            ja: "面識のない差出人からの一斉配信メールです"),
        Reason(
            "it was there before this mailbox's first start",
            de: "sie war schon vor dem ersten Start dieses Postfachs da", ja: "このメールボックスの取り込み開始前のメールです"),
        Reason(
            "its sender is not to be believed", de: "ihrem Absender ist nicht zu trauen", ja: "差出人を信用できません"),
        Reason(
            "its sender speaks for several accounts", de: "ihr Absender spricht für mehrere Mandanten",
            ja: "差出人は複数のお客様に対応しています"),
        Reason(
            "an account is only suggested", de: "ein Mandant ist nur vorgeschlagen", ja: "お客様は候補の段階です"),
        Reason("nobody knows whose it is", de: "niemand weiß, wem sie gehört", ja: "どのお客様のものか不明です"),
        Reason(
            "it is from one of us, and about nobody we know",
            de: "sie ist von uns selbst und betrifft niemanden, den wir kennen",
            ja: "所内からのもので、該当するお客様がありません"),
        Reason("its account is gone", de: "ihren Mandanten gibt es nicht mehr", ja: "該当するお客様は削除されています"),
        Reason(
            "its sender is not confirmed, and sender_authentication is strict",
            de: "ihr Absender ist nicht bestätigt, und sender_authentication ist strict",
            ja: "差出人が未確認で、sender_authentication が strict です"),
        Reason("its sender is not confirmed", de: "ihr Absender ist nicht bestätigt", ja: "差出人が未確認です"),
        Reason(
            "filing is set to ask first", de: "das Ablegen ist so eingestellt, dass erst gefragt wird",
            ja: "保管前に確認する設定です"),
        Reason("filing is switched off", de: "das Ablegen ist ausgeschaltet", ja: "保管が無効になっています"),
        Reason(
            "the client put it there", de: "der Mandant hat sie dorthin gelegt", ja: "お客様がこのフォルダーに追加されました"),
        Reason("filing rule \"{1}\"", de: "Ablageregel „{1}“", ja: "保管規則「{1}」"),
        Reason(
            "no filing rule fits, so [filing] folder", de: "keine Ablageregel passt, also [filing] folder",
            ja: "該当する保管規則がないため、[filing] folder を使用します"),
        Reason(
            "it carries macros: look before you open it", de: "sie enthält Makros: vor dem Öffnen prüfen",
            ja: "マクロが含まれています。開く前にご確認ください"),
        Reason("the sender is not confirmed", de: "der Absender ist nicht bestätigt", ja: "差出人が未確認です"),
        Reason(
            "the sender is not on the account's list",
            de: "der Absender steht nicht auf der Liste des Mandanten",
            ja: "差出人がお客様の許可リストにありません"),
        Reason("filed by staff", de: "vom Team abgelegt", ja: "担当者が保管しました"),
        Reason(
            "staff confirmed the sender", de: "das Team hat den Absender bestätigt", ja: "担当者が差出人を確認しました"),
        Reason("it is not filed yet", de: "sie ist noch nicht abgelegt", ja: "まだ保管されていません"),
        Reason(
            "its name is no open item's", de: "ihr Name passt zu keinem offenen Posten",
            ja: "名前に該当する未提出項目がありません"),
        Reason(
            "the same octets were in this request before",
            de: "dieselbe Datei kam bei dieser Anforderung schon",
            ja: "同じファイルが既に提出されています"),
        Reason(
            "several attachments could be “{1}”", de: "mehrere Anhänge könnten „{1}“ sein",
            ja: "「{1}」に該当しそうな添付が複数あります"),
        Reason(
            "the same octets came by another item's name too",
            de: "dieselbe Datei kam auch unter dem Namen eines anderen Postens",
            ja: "同じファイルが別の項目名でも届いています"),
        Reason("the same octets came twice", de: "dieselbe Datei kam zweimal", ja: "同じファイルが2回届いています"),
        Reason("its name says “{1}”", de: "ihr Name sagt „{1}“", ja: "名前が「{1}」を示しています"),
        Reason("its name fits {1} items", de: "ihr Name passt auf {1} Posten", ja: "名前が{1}件の項目に当てはまります"),
    ]
}
