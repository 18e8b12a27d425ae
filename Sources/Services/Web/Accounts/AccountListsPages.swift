internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// What was asked of an account, the newest first.
struct AccountRequestsPage {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }

    func response() async throws -> Response {
        let account = frame.head.id
        let requests = try await visit.read { try $0.requests(account: account) }
        let list: HTML =
            requests.isEmpty
            ? """
            <div class="card empty">\(Icon("task").svg)<b>\(visit.say(.noRequests))</b>\
            <a class="btn primary" href="\(link: "/requests/new?account=\(frame.head.number.text)")">\
            \(visit.say(.requestFiles))</a></div>
            """ : "<ul class=\"card lines\">\(requests.map(row))</ul>"
        return try await frame.page(
            .requests,
            "<div class=\"content wide\" id=\"asked\" data-part=\"\(frame.part) requests\">\(list)</div>")
    }

    private func row(_ request: Mailroom.Request) -> HTML {
        let got = request.items.filter { $0.state != .open && $0.state != .rejected }.count
        var below = [visit.say(Self.state(request.state))]
        if !request.items.isEmpty { below.append(visit.say(.receivedOf(got, request.items.count))) }
        if let due = request.due { below.append("\(visit.say(.dueWord)) \(visit.when.day(due))") }
        return """
            <li>\(Icon("task").svg)<span class="grow"><a href="\(link: "/requests/\(request.id.rawValue)")" \
            lang="\(request.language.rawValue)">\(request.title)</a>\
            <small class="muted">\(below.joined(separator: " · "))</small></span>\(visit.when.html(request.created))</li>
            """
    }

    private static func state(_ state: RequestState) -> Phrase {
        switch state {
        case .draft: Phrase(de: "Entwurf", en: "draft", ja: "下書き")
        case .open: .openState
        case .answered: Phrase(de: "beantwortet", en: "answered", ja: "完了")
        case .revoked: Phrase(de: "widerrufen", en: "revoked", ja: "取り消し済み")
        case .expired: Phrase(de: "abgelaufen", en: "expired", ja: "期限切れ")
        }
    }
}

/// Everything that was done to an account and its documents: who, what, when and why.
struct ActivityPage {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }
    private static let perPage = 100

    func response() async throws -> Response {
        let account = frame.head.id
        let before = visit.request.query["before"].flatMap { Int64($0) }
        let entries = try await visit.read {
            try $0.activity(of: account, before: before, limit: Self.perPage + 1).map {
                ActivityLine($0.id, $0.entry)
            }
        }
        let shown = entries.prefix(Self.perPage)
        let more: HTML =
            entries.count > Self.perPage
            ? """
            <p><a class="btn" href="\(link: frame.path(.activity) + "?before=\(shown.last?.id ?? 0)")">\
            \(visit.say(.nextPage))</a></p>
            """ : .empty
        let list: HTML =
            shown.isEmpty
            ? "<div class=\"card empty\">\(Icon("clock").svg)<b>\(visit.say(.noActivity))</b></div>"
            : "<ul class=\"card lines\">\(shown.map(row))</ul>"
        return try await frame.page(
            .activity,
            "<div class=\"content wide\" id=\"activity\" data-part=\"\(frame.part)\">\(list)\(more)</div>")
    }

    private func row(_ line: ActivityLine) -> HTML {
        let entry = line.entry
        let about = entry.detail.isEmpty ? entry.subject : entry.detail
        return """
            <li>\(Avatar(entry.actor, "sm").html)<span class="grow"><b>\(entry.actor)</b> \
            \(visit.say(ActivityWords.phrase(entry.action)))<small class="muted">\(about)</small></span>\
            \(visit.when.html(entry.at))</li>
            """
    }
}

/// One row of the audit as the page reads it.
struct ActivityLine: Sendable {
    let id: Int64
    let entry: AuditEntry

    init(_ id: Int64, _ entry: AuditEntry) {
        self.id = id
        self.entry = entry
    }
}

/// What was done, in words; a deed that has none here shows its own name.
enum ActivityWords {
    static func phrase(_ action: String) -> Phrase { words[action] ?? Phrase(same: action) }

    private static let words: [String: Phrase] = [
        "account.add": Phrase(de: "hat den Mandanten angelegt", en: "made the account", ja: "お客様を登録"),
        "account.edit": Phrase(de: "hat den Mandanten geändert", en: "changed the account", ja: "お客様情報を変更"),
        "account.visibility": Phrase(
            de: "hat die Sichtbarkeit geändert", en: "changed who sees it", ja: "閲覧範囲を変更"),
        "conversation.account": Phrase(
            de: "hat einem Vorgang einen anderen Mandanten gegeben",
            en: "gave a conversation another account",
            ja: "やり取りのお客様を変更"),
        "conversation.assign": Phrase(
            de: "hat einen Vorgang zugewiesen", en: "assigned a conversation", ja: "やり取りの担当者を変更"),
        "conversation.done": Phrase(
            de: "hat einen Vorgang erledigt", en: "finished a conversation", ja: "やり取りを完了"),
        "conversation.open": Phrase(
            de: "hat einen Vorgang wieder geöffnet", en: "reopened a conversation", ja: "やり取りを再開"),
        "conversation.waiting": Phrase(
            de: "lässt einen Vorgang auf den Mandanten warten", en: "has a conversation wait for the client",
            ja: "やり取りを返信待ちに変更"),
        "conversation.snoozed": Phrase(
            de: "hat einen Vorgang auf Wiedervorlage gelegt", en: "snoozed a conversation", ja: "やり取りを保留"),
        "conversation.note": Phrase(
            de: "hat eine Notiz geschrieben", en: "wrote a note", ja: "メモを記入"),
        "conversation.undo": Phrase(
            de: "hat an einem Vorgang etwas zurückgenommen", en: "took something back on a conversation",
            ja: "やり取りの操作を取り消し"),
        "contact.add": Phrase(de: "hat eine Adresse eingetragen", en: "added an address", ja: "アドレスを登録"),
        "contact.edit": Phrase(de: "hat einen Kontakt geändert", en: "changed a contact", ja: "ご担当者を変更"),
        "contact.move": Phrase(de: "hat einen Kontakt umgezogen", en: "moved a contact", ja: "ご担当者を移動"),
        "contact.remove": Phrase(de: "hat eine Adresse entfernt", en: "removed an address", ja: "アドレスを削除"),
        "file.upload": Phrase(de: "hat hochgeladen", en: "uploaded", ja: "アップロード"),
        "file.rename": Phrase(de: "hat umbenannt", en: "renamed", ja: "名前を変更"),
        "file.move": Phrase(de: "hat verschoben", en: "moved", ja: "移動"),
        "file.trash": Phrase(de: "hat in den Papierkorb gelegt", en: "put in the trash", ja: "ゴミ箱に移動"),
        "file.purge": Phrase(
            de: "hat aus dem Papierkorb entfernt", en: "removed from the trash", ja: "ゴミ箱から削除"),
        "file.restore": Phrase(de: "hat wiederhergestellt", en: "restored", ja: "元に戻した"),
        "file.version": Phrase(
            de: "hat eine neue Version abgelegt", en: "filed a new version", ja: "新しいバージョンを保存"),
        "file.unfile": Phrase(
            de: "hat aus dem Ordner genommen", en: "took out of its folder", ja: "フォルダーから取り出し"),
        "file.release": Phrase(de: "hat abgelegt, was wartete", en: "filed what waited", ja: "保留分を保存"),
        "file.history": Phrase(
            de: "hat frühere Post freigegeben", en: "released earlier mail", ja: "過去のメールを公開"),
        "folder.add": Phrase(de: "hat einen Ordner angelegt", en: "made a folder", ja: "フォルダーを作成"),
        "folder.rename": Phrase(de: "hat einen Ordner umbenannt", en: "renamed a folder", ja: "フォルダー名を変更"),
        "folder.remove": Phrase(de: "hat einen Ordner entfernt", en: "removed a folder", ja: "フォルダーを削除"),
        "folder.access": Phrase(de: "hat den Zugriff geändert", en: "changed the access", ja: "アクセス権を変更"),
        "message.link": Phrase(de: "hat eine Nachricht zugeordnet", en: "linked a message", ja: "メールを紐付け"),
        "request.add": Phrase(de: "hat etwas angefordert", en: "asked for documents", ja: "書類を依頼"),
        "request.send": Phrase(de: "hat eine Anforderung gesendet", en: "sent a request", ja: "依頼を送信"),
        "request.revoke": Phrase(
            de: "hat eine Anforderung widerrufen", en: "revoked a request", ja: "依頼を取り消し"),
        "request.edit": Phrase(de: "hat eine Anforderung geändert", en: "changed a request", ja: "依頼を変更"),
        "request.untick": Phrase(de: "fordert etwas wieder an", en: "asks for something again", ja: "再度依頼"),
    ]
}
