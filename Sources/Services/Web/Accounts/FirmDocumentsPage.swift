internal import HTTP
internal import Mailroom
internal import Markup
internal import Store

/// Every document of the firm that this person may see, the newest first.
struct FirmDocumentsPage {
    let visit: Visit
    private static let perPage = 50

    func response() async throws -> Response {
        let typed = visit.request.query
        var query = ShelfQuery()
        query.staff = visit.staff
        query.limit = Self.perPage + 1
        query.kind = typed["type"].flatMap(FileKind.init(rawValue:))
        query.origin = typed["origin"].flatMap(DocumentOrigin.init(rawValue:))
        query.before = typed["before"].flatMap { Int64($0) }.map { DocumentID($0) }
        let text = (typed["q"] ?? "").trimmingSpaces
        if !text.isEmpty { query.text = text }
        let numberText = (typed["account"] ?? "").trimmingSpaces
        let staff = visit.staff
        var isNobody = false
        if !numberText.isEmpty {
            let number = AccountNumber(numberText)
            let head = try await visit.read { transaction in
                try number.flatMap { try transaction.accountHead($0, for: staff) }
            }
            query.account = head?.id
            isNobody = head == nil
        }
        let asked = query
        let found = isNobody ? [] : try await visit.read { try $0.shelf(asked) }
        let shown = found.prefix(Self.perPage)
        let list: HTML =
            shown.isEmpty
            ? "<div class=\"card empty\">\(Icon("folder").svg)<b>\(visit.say(.noDocuments))</b></div>"
            : table(shown)
        return try await visit.page(
            .documents, current: .documents,
            """
            <main class="page" id="main"><div class="page-head slim"><div class="title"><h1>\(visit.say(.documents))</h1></div></div>\
            <div class="content wide" id="documents" data-part="documents">\(filters(typed, numberText, text, isNobody))\(list)\
            \(found.count > Self.perPage ? more(typed, shown.last) : .empty)</div></main>
            """, scripts: [Assets.accounts])
    }

    private func filters(_ typed: FormItems, _ number: String, _ text: String, _ isNobody: Bool) -> HTML {
        let kinds =
            [("", visit.say(.anyKind))] + FileKind.allCases.map { ($0.rawValue, visit.say(Self.words($0))) }
        let origins =
            [("", visit.say(.anyOrigin))]
            + DocumentOrigin.allCases.map { ($0.rawValue, visit.say(Self.words($0))) }
        return """
            <form class="filters" role="search" action="/documents">\
            \(Field("q", visit.say(.searchName), value: text, type: "search").input)\
            \(Field("account", visit.say(.ofAccountNumber), value: number, error: isNobody ? visit.say(.noSuchAccount) : nil).input)\
            \(Field("type", visit.say(.fileType), value: typed["type"] ?? "").select(kinds))\
            \(Field("origin", visit.say(.origin), value: typed["origin"] ?? "").select(origins))\
            <button class="btn">\(Icon("search").svg)\(visit.say(.filter))</button></form>
            """
    }

    private func table(_ documents: some Sequence<ShelvedDocument>) -> HTML {
        let rows = documents.map { document -> HTML in
            """
            <tr id="d-\(document.id.rawValue)">\(FileCells(visit: visit, document: document, showsAccount: true).html)\
            <td class="more">\(DocumentMenu(visit: visit, document: document).html)</td></tr>
            """
        }
        return """
            <div class="files shelf"><table><thead><tr><th scope="col">\(visit.say(.name))</th>\
            <th scope="col">\(visit.say(.origin))</th><th scope="col" class="num">\(visit.say(.filedWhen))</th>\
            <th scope="col" class="num">\(visit.say(.size))</th>\
            <th scope="col"><span class="sr">\(visit.say(.actions))</span></th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func more(_ typed: FormItems, _ last: ShelvedDocument?) -> HTML {
        let kept = typed.items.filter {
            ["q", "account", "type", "origin"].contains($0.name) && !$0.value.isEmpty
        }
        let query = FormItems(kept + [FormItems.Item("before", "\(last?.id.rawValue ?? 0)")]).urlEncoded
        return "<p><a class=\"btn\" href=\"\(link: "/documents?" + query)\">\(visit.say(.nextPage))</a></p>"
    }

    private static func words(_ kind: FileKind) -> Phrase {
        switch kind {
        case .pdf: Phrase(same: "PDF")
        case .picture: Phrase(de: "Bilder", en: "Pictures", ja: "画像")
        case .table: Phrase(de: "Tabellen", en: "Spreadsheets", ja: "表計算")
        case .text: Phrase(de: "Texte", en: "Texts", ja: "文書")
        case .data: Phrase(de: "Bank und XML", en: "Bank and XML", ja: "銀行データ・XML")
        case .archive: Phrase(de: "Archive und E-Mails", en: "Archives and emails", ja: "圧縮ファイル・メール")
        }
    }

    private static func words(_ origin: DocumentOrigin) -> Phrase {
        switch origin {
        case .mail: .originMail
        case .staff: .originStaff
        case .upload: .originUpload
        case .client: .originClient
        case .disk: .originDisk
        }
    }
}
