internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// A document that a client looks at or saves.
struct ClientDocumentPage {
    let visit: ClientVisit

    private func find(_ action: ClientAction) async throws -> (ClientDocument, ClientAccount) {
        let (id, access) = (DocumentID(try visit.number("id")), visit.access)
        let found = try await visit.site.read { try $0.clientDocument(id, action, for: access) }
        guard let found, let account = visit.session.person.accounts.first(where: { $0.id == found.account })
        else { throw ClientDenial.hidden }
        return (found, account)
    }

    func response() async throws -> Response {
        let (document, account) = try await find(.read)
        let path = "/client/document/\(document.id.rawValue)"
        let page = visit.request.query["page"].flatMap { Int($0) } ?? 1
        let folder =
            "/client/account/\(account.number.text)?" + FolderLink(place: document.place).query
        let changes = ClientFolder(account: document.account, access: document.access)
        let preview =
            visit.access.allows(.preview, in: changes) ? try await preview(document, path, page) : .empty
        var deeds: [HTML] = []
        for (action, icon, words, end) in [
            (ClientAction.rename, Icon("pen"), Phrase.rename, "/rename"),
            (.moveOut, Icon("move"), Phrase.move, "/move"),
            (.trash, Icon("trash"), ClientWords.delete, "/trash"),
        ] where visit.access.allows(action, in: changes) {
            deeds.append(
                "<a class=\"btn small\" href=\"\(link: path + end)\">\(icon.svg)\(visit.say(words))</a>")
        }
        return visit.page(
            document.name,
            """
            <main class="paper" id="main">\(ClientWho(visit: visit).html)\
            <p><a class="btn small" href="\(link: folder)">\(Icon("left").svg)\(document.folder)</a></p>\
            <div class="heading"><h1>\(document.name)</h1></div>\
            <p class="muted">\(visit.when.full(document.filed)) · \(FileSize(document.octets)[visit.language])</p>\
            <div class="tools"><a class="btn primary" href="\(link: path + "/file")">\(Icon("down").svg)\(visit.say(.download))</a>\
            \(deeds)</div>\(preview)</main>
            """, query: page == 1 ? [] : [FormItems.Item("page", "\(page)")])
    }

    private func preview(_ document: ClientDocument, _ path: String, _ page: Int) async throws -> HTML {
        try await LinkPreview(
            site: visit.site, language: visit.language, file: LinkFile(document), page: page,
            picture: { path + "/picture?page=\($0)" }, turned: { path + "?page=\($0)" }
        ).html()
    }

    func file() async throws -> Response {
        try await LinkFile(find(.download).0).download(visit.site)
    }

    func picture() async throws -> Response {
        let page = visit.request.query["page"].flatMap { Int($0) } ?? 1
        return try await LinkFile(find(.preview).0).picture(visit.site, page: page)
    }
}

extension LinkFile {
    init(_ document: ClientDocument) {
        self.init(
            id: document.id, name: document.name, octets: document.octets, digest: document.sha256,
            filed: document.filed)
    }
}

/// A folder and all below it, as an archive that is made while it is sent.
struct ClientZip {
    let visit: ClientVisit

    func response() async throws -> Response {
        let account = try visit.account()
        guard let place = FolderPlace(query: visit.request.query) else { throw ClientDenial.hidden }
        let access = visit.access
        let (node, documents) = try await visit.site.read { transaction in
            let node = try transaction.clientPlace(place, of: account.id, .zip, for: access)
            return (node, try transaction.shelf(below: place, of: account.id))
        }
        var taken: Set<String> = []
        let entries = documents.map { document in
            let below = document.place.path.split(separator: "/").dropFirst(place.depth).map(String.init)
            let folder = ([node.name] + below).joined(separator: "/") + "/"
            let name = SafeName.unique(SafeName.file(document.name, .octets)) {
                taken.contains(folder + $0)
            }
            taken.insert(folder + SafeName.key(name))
            return ZipEntry(document, name: folder + name)
        }
        return ZipStream(entries: entries, zone: visit.site.zone, vault: visit.site.vault)
            .response(name: "\(node.name).zip")
    }
}

extension FolderPlace {
    /// As an address names it.
    init?(query: FormItems) {
        guard let id = query["folder"].flatMap({ Int64($0) }) else { return nil }
        self.init(FolderID(id), path: query["path"] ?? "")
    }
}
