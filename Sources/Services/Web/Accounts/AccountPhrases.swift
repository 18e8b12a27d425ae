/// What the pages of accounts say.
extension Phrase {
    static let account = Phrase(de: "Mandant", en: "Account", ja: "お客様")
    static let email = Phrase(de: "E-Mail", en: "Email", ja: "メール")
    static let contacts = Phrase(de: "Kontakte", en: "Contacts", ja: "ご担当者")
    static let activity = Phrase(de: "Verlauf", en: "Activity", ja: "履歴")
    static let path = Phrase(de: "Pfad", en: "Path", ja: "パス")
    static let nobodyAssigned = Phrase(de: "niemand zuständig", en: "nobody assigned", ja: "担当者なし")
    static let restricted = Phrase(
        de: "nur für ausgewählte Kollegen", en: "for named colleagues only", ja: "指定したスタッフのみ")
    static func moreAddresses(_ count: Int) -> Phrase {
        Phrase(
            de: "+\(count) " + (count == 1 ? "Adresse" : "Adressen"),
            en: "+\(count) " + (count == 1 ? "address" : "addresses"), ja: "ほか\(count)件")
    }

    static let newAccount = Phrase(de: "Neuer Mandant", en: "New account", ja: "お客様を追加")
    static let searchAccounts = Phrase(
        de: "Nummer, Name oder Adresse", en: "Number, name or address", ja: "番号・名前・メールアドレス")
    static let allAccounts = Phrase(de: "Alle", en: "All", ja: "すべて")
    static let myAccounts = Phrase(de: "Meine", en: "Mine", ja: "自分の担当")
    static let prospects = Phrase(de: "Interessenten", en: "Prospects", ja: "見込み")
    static let guests = Phrase(de: "Gäste", en: "Guests", ja: "ゲスト")
    static let noAccounts = Phrase(
        de: "Kein Mandant passt dazu", en: "No account fits", ja: "該当するお客様はありません")
    static let noAccountYet = Phrase(
        de: "Noch kein Mandant. Der erste ist in einer Minute angelegt.",
        en: "No account yet. The first one takes a minute.", ja: "お客様はまだ登録されていません。")
    static let number = Phrase(de: "Nummer", en: "Number", ja: "番号")
    static let name = Phrase(de: "Name", en: "Name", ja: "名前")
    static let kind = Phrase(de: "Art", en: "Type", ja: "種別")
    static let language = Phrase(de: "Sprache", en: "Language", ja: "言語")
    static let assigned = Phrase(de: "Zuständig", en: "Assigned to", ja: "担当者")
    static let followers = Phrase(de: "Wer außerdem folgt", en: "Who follows it besides", ja: "フォローする担当者")
    static let followersHint = Phrase(
        de:
            "Neue Vorgänge gehen an die zuständige Person. Wer folgt, bekommt Bescheid, wenn Mandanten Dateien senden, sofern die Kanzlei das so eingestellt hat.",
        en:
            "New conversations go to the colleague it is assigned to. Who follows hears when clients send files, where the firm has it so.",
        ja: "新しいやり取りは担当者に割り当てられます。フォローすると、お客様からファイルが届いたときに通知を受け取れます（事務所の設定によります）。")
    static let notes = Phrase(de: "Notizen (nur Kanzlei)", en: "Notes (team only)", ja: "メモ（社内のみ）")
    static let contactName = Phrase(de: "Name des Kontakts", en: "Name of the contact", ja: "ご担当者名")
    static let contactAddress = Phrase(de: "E-Mail-Adresse", en: "Email address", ja: "メールアドレス")
    static let numberHint = Phrase(
        de: "Wie in der Kanzleisoftware; Gäste bekommen von selbst eine.",
        en: "As in the firm’s software; guests get one by themselves.", ja: "社内システムの番号。ゲストは自動で付きます。")
    static let createAccount = Phrase(de: "Anlegen", en: "Create", ja: "登録する")
    static let numberMissing = Phrase(
        de: "Eine Nummer fehlt.", en: "A number is missing.", ja: "番号を入力してください。")
    static let numberMalformed = Phrase(
        de: "Buchstaben, Ziffern und . _ - , höchstens 32.", en: "Letters, digits and . _ -, 32 at most.",
        ja: "英数字と . _ - で32文字までです。")
    static let nameMissing = Phrase(de: "Ein Name fehlt.", en: "A name is missing.", ja: "名前を入力してください。")
    static func numberTaken(_ other: String) -> Phrase {
        Phrase(
            de: "Die Nummer \(other) ist vergeben.", en: "The number \(other) is taken.",
            ja: "番号 \(other) は使われています。")
    }
    static let guestsHaveNoContacts = Phrase(
        de: "Ein Gastkonto hat keine Kontakte.", en: "A guest account has no contacts.",
        ja: "ゲストにご担当者は登録できません。")
    static let addressMalformed = Phrase(
        de: "Das ist keine Adresse. Sie sieht so aus: kate@smith.example",
        en: "This is no address. It looks like kate@smith.example",
        ja: "メールアドレスの形式ではありません（例：kate@smith.example）。")
    static let addressOurs = Phrase(
        de: "Das ist eine Adresse der Kanzlei: ihre Post gehört nie einem Mandanten.",
        en: "This is the firm’s own: its mail is never a client’s.", ja: "事務所のアドレスは登録できません。")
    static let domainFreeMail = Phrase(
        de: "Dort kann jeder eine Adresse haben: bitte einzelne Adressen eintragen.",
        en: "Anyone can have an address there: add single addresses instead.",
        ja: "誰でも使えるドメインです。アドレスを個別に登録してください。")
    static func addressTaken(_ name: String) -> Phrase {
        Phrase(
            de: "Diese Adresse gehört schon „\(name)“.", en: "This address belongs to “\(name)” already.",
            ja: "このアドレスは「\(name)」のものです。")
    }
    static func waitingParts(_ count: Int) -> Phrase {
        .count(count, de: ("Datei wartet", "Dateien warten"), en: ("file waits", "files wait"), ja: "要確認")
    }
    static func documentCount(_ count: Int) -> Phrase {
        .count(count, de: ("Dokument", "Dokumente"), en: ("document", "documents"), ja: "書類")
    }
    static func openRequests(_ count: Int) -> Phrase {
        .count(
            count, de: ("offene Anforderung", "offene Anforderungen"), en: ("open request", "open requests"),
            ja: "依頼中")
    }
    static let nextPage = Phrase(de: "Weitere", en: "More", ja: "次へ")

    static let noActivity = Phrase(
        de: "Hier ist noch nichts geschehen", en: "Nothing happened here yet", ja: "履歴はまだありません")
    static let noMail = Phrase(de: "Noch keine Post", en: "No mail yet", ja: "メールはまだありません")
    static let noRequests = Phrase(
        de: "Noch nichts angefordert", en: "Nothing was asked for yet", ja: "依頼はまだありません")
    static let who = Phrase(de: "Wer", en: "Who", ja: "誰が")
    static let what = Phrase(de: "Was", en: "What", ja: "何を")
    static let whenWord = Phrase(de: "Wann", en: "When", ja: "日時")
    static let dueWord = Phrase(de: "bis", en: "due", ja: "期限")

    static let accountVisibility = Phrase(
        de: "Wer diesen Mandanten sieht", en: "Who sees this account", ja: "閲覧できるスタッフ")
    static let everybody = Phrase(de: "Alle in der Kanzlei", en: "Everybody in the firm", ja: "事務所の全員")
    static let namedOnly = Phrase(
        de: "Nur ausgewählte Kollegen", en: "Named colleagues only", ja: "指定したスタッフのみ")
    static let accountVisibilityHint = Phrase(
        de: "Für alle anderen gibt es diesen Mandanten nicht: nicht in Listen, nicht in der Suche.",
        en: "For all others this account does not exist: not in lists, not in the search.",
        ja: "ほかのスタッフには、一覧にも検索にも表示されません。")
    static let youMustSee = Phrase(
        de: "Sie selbst müssen dabei sein: sonst könnten Sie es nicht mehr ändern.",
        en: "You must be among them: else you could not change it again.", ja: "ご自身を含めてください。")
    static let guestHasContacts = Phrase(
        de: "Er hat Kontakte, und ein Gastkonto hat keine.",
        en: "It has contacts, and a guest account has none.",
        ja: "ご担当者が登録されているためゲストにできません。")
}
