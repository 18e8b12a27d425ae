/// Why a message is whose it is.
extension Reason {
    static let matching = [
        Reason(
            "a machine's answer is never filed", de: "die Antwort einer Maschine wird nie abgelegt",
            ja: "自動応答メールは保管されません"),
        Reason("bulk mail of a stranger", de: "Massenmail eines Unbekannten", ja: "面識のない差出人からの一斉配信メールです"),
        Reason("From names nobody", de: "From nennt niemanden", ja: "差出人の記載がありません"),
        Reason("{1} is one of us", de: "{1} gehört zur Kanzlei", ja: "{1} は事務所の者です"),
        Reason("nobody here knows {1}", de: "hier kennt niemand {1}", ja: "{1} は登録されていません"),
        Reason(
            "it went to several drop addresses", de: "sie ging an mehrere Ablageadressen",
            ja: "複数の受付アドレスに届いています"),
        Reason(
            "it went to the account's drop address", de: "sie ging an die Ablageadresse des Mandanten",
            ja: "お客様専用の受付アドレスに届いています"),
        Reason(
            "{1} is no contact's address", de: "{1} ist bei keinem Kontakt eingetragen",
            ja: "{1} は連絡先に登録されていません"),
        Reason(
            "the contact's mail is not synced", de: "die Mail dieses Kontakts wird nicht übernommen",
            ja: "この連絡先のメールは取り込まない設定です"),
        Reason(
            "{1} sends for many clients", de: "{1} schreibt für viele Mandanten",
            ja: "{1} は多くのお客様の代理で送信しています"),
        Reason(
            "{1} is a contact's address", de: "{1} ist die Adresse eines Kontakts",
            ja: "{1} は連絡先に登録されたアドレスです"),
        Reason(
            "a device that {1} accounts use", de: "ein Gerät, das {1} Mandanten benutzen",
            ja: "{1}件のお客様が共用する機器です"),
        Reason(
            "{1} speaks for several accounts", de: "{1} spricht für mehrere Mandanten",
            ja: "{1} は複数のお客様に対応しています"),
        Reason(
            "only staff can say for which of them", de: "nur das Team weiß, für welchen davon",
            ja: "どのお客様宛かは担当者の判断が必要です"),
        Reason(
            "staff said so for this thread", de: "so hat es das Team für diesen Verlauf entschieden",
            ja: "このやり取りについて担当者が指定しました"),
        Reason(
            "staff said so for this word in the subject",
            de: "so hat es das Team für dieses Wort im Betreff entschieden",
            ja: "件名のこの語について担当者が指定しました"),
        Reason(
            "no remembered rule fits this message alone",
            de: "keine gemerkte Regel passt allein auf diese Nachricht",
            ja: "記憶した規則のうち、このメールだけに当てはまるものはありません"),
        Reason(
            "no account is the primary one", de: "kein Mandant ist der hauptsächliche",
            ja: "主となるお客様が設定されていません"),
        Reason(
            "several primary accounts", de: "mehrere hauptsächliche Mandanten", ja: "主となるお客様が複数あります"),
        Reason(
            "the accounts have different readers", de: "die Mandanten haben verschiedene Leser",
            ja: "お客様ごとに閲覧できる人が異なります"),
        Reason(
            "the primary one of accounts with the same readers",
            de: "der hauptsächliche von Mandanten mit denselben Lesern",
            ja: "閲覧者が同じお客様のうち、主となるお客様です"),
        Reason(
            "anyone can write from {1}", de: "von {1} kann jeder schreiben", ja: "{1} は誰でも利用できるドメインです"),
        Reason(
            "an account's rule names {1}", de: "die Regel eines Mandanten nennt {1}",
            ja: "お客様の規則に {1} が指定されています"),
        Reason("Reply-To is {1}", de: "Reply-To ist {1}", ja: "返信先（Reply-To）が {1} です"),
        Reason(
            "subject or file name has the account's number",
            de: "Betreff oder Dateiname enthält die Nummer des Mandanten",
            ja: "件名またはファイル名にお客様番号が含まれています"),
        Reason(
            "{1} forwarded a message of {2}", de: "{1} hat eine Nachricht von {2} weitergeleitet",
            ja: "{1} が {2} からのメールを転送しました"),
        Reason(
            "mail of ours is its recipients', and its attachments are never the client's",
            de: "unsere Mail gehört zu ihren Empfängern, und ihre Anhänge sind nie vom Mandanten",
            ja: "当方のメールは宛先に属し、その添付ファイルはお客様の書類とはなりません"),
        Reason(
            "it answers letters of several accounts", de: "sie antwortet auf Briefe an mehrere Mandanten",
            ja: "複数のお客様宛のメールへの返信です"),
        Reason(
            "it answers {1}, which is {2}: the account, not the folder",
            de:
                "sie antwortet auf {1}, die nicht mehr offen ist: das bestimmt den Mandanten, nicht den Ordner",
            ja: "{1}への返信です（受付終了のため、お客様のみ特定しフォルダーは通常どおりです）"),
        Reason(
            "it answers {1}, from an address nobody knows",
            de: "sie antwortet auf {1}, von einer unbekannten Adresse", ja: "{1}への返信ですが、差出人のアドレスは未登録です"),
        Reason("it answers {1}", de: "sie antwortet auf {1}", ja: "{1}への返信です"),
        Reason(
            "it names {1}, but {2} is neither its recipient nor a contact of its account",
            de: "sie nennt {1}, aber {2} ist weder Empfänger noch Kontakt des Mandanten",
            ja: "{1}を引用していますが、{2} はその宛先でも、お客様の連絡先でもありません"),
        Reason(
            "it reports of a letter of ours", de: "sie berichtet über einen Brief von uns",
            ja: "当方のメールに関する配信通知です"),
        Reason("a letter of ours", de: "ein Brief von uns", ja: "当方からのメールです"),
        Reason(
            "a client put it into their folder", de: "ein Mandant hat es in seinen Ordner gelegt",
            ja: "お客様がフォルダーに追加されました"),
        Reason(
            "it came by the open link of a request, where anybody types any name and address",
            de:
                "es kam über den offenen Link einer Anforderung, wo jeder jeden Namen und jede Adresse eintippt",
            ja: "ご依頼の公開リンクから届きました（お名前とメールアドレスは自由に入力でき、未確認です）"),
        Reason(
            "it came by the link of a request", de: "es kam über den Link einer Anforderung",
            ja: "ご依頼のリンクから届きました"),
        Reason("staff said so", de: "so hat es das Team entschieden", ja: "担当者が指定しました"),
        Reason("{1} said so", de: "so hat es {1} entschieden", ja: "{1} が指定しました"),
    ]
}
