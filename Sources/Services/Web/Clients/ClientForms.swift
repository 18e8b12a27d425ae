internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// What a client changes, and the small pages that ask how.
struct ClientForms {
    let visit: ClientVisit

    private func say(_ phrase: Phrase) -> String { visit.say(phrase) }

    /// The document of the address, for an action: what may not be done is refused before anything is asked.
    private func find(_ action: ClientAction) async throws -> (ClientDocument, ClientAccount) {
        let (id, access) = (DocumentID(try visit.number("id")), visit.access)
        let (verdict, found) = try await visit.site.read { transaction in
            (
                try transaction.verdict(action, on: id, for: access),
                try transaction.clientDocument(id, action, for: access)
            )
        }
        guard verdict != .refused else { throw ClientDenial.refused }
        guard let found, let account = visit.session.person.accounts.first(where: { $0.id == found.account })
        else { throw ClientDenial.hidden }
        return (found, account)
    }

    func path(_ place: FolderPlace, of account: ClientAccount) -> String {
        "/client/account/\(account.number.text)?" + FolderLink(place: place).query
    }

    func page(
        _ title: String, _ fields: HTML, _ button: HTML, to action: String, back: String,
        isWrong: Bool = false
    ) -> Response {
        visit.page(
            title,
            """
            <main class="narrow" id="main"><h1>\(title)</h1><form class="form who" method="post" action="\(link: action)">\
            \(HTML.formToken(visit))\(fields)<div class="finish">\(button)\
            <a class="btn" href="\(link: back)">\(say(.cancel))</a></div></form></main>
            """, status: isWrong ? .unprocessableContent : .ok,
            query: visit.request.query.items.filter { $0.name == "folder" || $0.name == "path" })
    }

    func button(_ words: Phrase, _ kind: String = "primary") -> HTML {
        "<button class=\"btn \(kind)\">\(say(words))</button>"
    }

    func newFolder() async throws -> Response { try await newFolder(typed: "", nil) }

    private func newFolder(typed: String, _ error: NameMistake?) async throws -> Response {
        let (account, place) = (try visit.account(), FolderPlace(query: visit.request.query))
        guard let place else { throw ClientDenial.hidden }
        let access = visit.access
        _ = try await visit.site.read {
            try $0.clientPlace(place, of: account.id, .makeFolder, for: access)
        }
        let field = Field(
            "name", say(.name), value: typed, error: error.map { say(AccountWords.mistake($0)) },
            isRequired: true)
        let query = FolderLink(place: place).query
        return page(
            say(.newFolder), field.input, button(.createAccount),
            to: "/client/account/\(account.number.text)/new-folder?" + query, back: path(place, of: account),
            isWrong: error != nil)
    }

    func makeFolder(_ form: FormItems) async throws -> Response {
        let account = try visit.account()
        guard let place = FolderPlace(query: visit.request.query) else { throw ClientDenial.hidden }
        let (session, now, name) = (visit.session.id, visit.site.now, form["name"] ?? "")
        do {
            let made = try await visit.site.documentDesk.change {
                try $0.makeSubfolder(name, below: place, of: account.id, in: session, now: now)
            }
            try await visit.site.documentDesk.arrangeFolders(of: account.id)
            return visit.back(path(made, of: account), did: .folder)
        } catch let mistake as NameMistake {
            return try await newFolder(typed: name, mistake)
        }
    }

    func renameForm() async throws -> Response { try await renameForm(typed: nil, nil) }

    private func renameForm(typed: String?, _ error: NameMistake?) async throws -> Response {
        let (document, account) = try await find(.rename)
        let field = Field(
            "name", say(.name), value: typed ?? document.name,
            error: error.map { say(AccountWords.mistake($0)) }, isRequired: true)
        return page(
            say(.rename), field.input, button(.rename), to: "/client/document/\(document.id.rawValue)/rename",
            back: path(document.place, of: account), isWrong: error != nil)
    }

    func rename(_ form: FormItems) async throws -> Response {
        let (document, account) = try await find(.rename)
        let (id, session, now, name) = (
            document.id, visit.session.id, visit.site.now, form["name"] ?? ""
        )
        do {
            try await visit.site.documentDesk.change {
                try $0.renameDocument(id, to: name, in: session, now: now)
            }
        } catch let mistake as NameMistake {
            return try await renameForm(typed: name, mistake)
        }
        return visit.back(path(document.place, of: account), did: .renamed)
    }

    func moveForm() async throws -> Response {
        let (document, account) = try await find(.moveOut)
        let access = visit.access
        let tree = try await visit.site.read { try $0.clientTree(of: account.id, for: access) }
        let options = tree.filter { node in
            access.allows(.moveIn, in: node.client(account.id))
        }.flatMap { top in
            top.all.map { node -> (value: String, words: String) in
                let names = [top.name] + node.place.path.split(separator: "/").map(String.init)
                return (node.place.form, names.joined(separator: " / "))
            }
        }
        let field = Field("to", say(.destination), value: document.place.form)
        return page(
            "\(say(.move)): \(document.name)", field.select(options), button(.move),
            to: "/client/document/\(document.id.rawValue)/move", back: path(document.place, of: account))
    }

    func move(_ form: FormItems) async throws -> Response {
        let (document, account) = try await find(.moveOut)
        guard let place = FolderPlace(form: form["to"]) else { throw ClientDenial.hidden }
        let (id, session, now) = (document.id, visit.session.id, visit.site.now)
        try await visit.site.documentDesk.change {
            try $0.moveDocument(id, to: place, in: session, now: now)
        }
        return visit.back(path(place, of: account), did: .moved)
    }

    func trashForm() async throws -> Response {
        let (document, account) = try await find(.trash)
        return page(
            say(ClientWords.deleteTitle),
            "<p><b>\(document.name)</b></p><p>\(say(ClientWords.deleteText))</p>",
            button(ClientWords.delete, "danger"), to: "/client/document/\(document.id.rawValue)/trash",
            back: path(document.place, of: account))
    }

    func trash() async throws -> Response {
        let (document, account) = try await find(.trash)
        let (id, session, now) = (document.id, visit.session.id, visit.site.now)
        try await visit.site.documentDesk.change { try $0.trashDocument(id, in: session, now: now) }
        return visit.back(path(document.place, of: account), did: .deleted)
    }
}
