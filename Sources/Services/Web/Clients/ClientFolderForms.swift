internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// How a client renames or removes a folder.
struct ClientFolderForms {
    let visit: ClientVisit

    private var forms: ClientForms { ClientForms(visit: visit) }
    private func say(_ phrase: Phrase) -> String { visit.say(phrase) }

    /// The folder of the address, for an action: what may not be done is refused before anything is asked.
    private func find(_ action: ClientAction) async throws -> (FolderNode, ClientAccount) {
        let account = try visit.account()
        guard let place = FolderPlace(query: visit.request.query) else { throw ClientDenial.hidden }
        let access = visit.access
        let node = try await visit.site.read {
            try $0.clientPlace(place, of: account.id, action, for: access)
        }
        return (node, account)
    }

    private func action(_ name: String, _ node: FolderNode, _ account: ClientAccount) -> String {
        "/client/account/\(account.number.text)/\(name)?" + FolderLink(place: node.place).query
    }

    func renameForm() async throws -> Response {
        let (node, account) = try await find(.renameFolder)
        return renameForm(node, account, typed: node.name, nil)
    }

    private func renameForm(
        _ node: FolderNode, _ account: ClientAccount, typed: String, _ mistake: NameMistake?
    ) -> Response {
        let field = Field(
            "name", say(.name), value: typed, error: mistake.map { say(AccountWords.mistake($0)) },
            isRequired: true)
        return forms.page(
            say(ClientWords.renameFolder), field.input, forms.button(.rename),
            to: action("rename-folder", node, account), back: forms.path(node.place, of: account),
            isWrong: mistake != nil)
    }

    func rename(_ form: FormItems) async throws -> Response {
        let (node, account) = try await find(.renameFolder)
        let (session, now, name) = (visit.session.id, visit.site.now, form["name"] ?? "")
        let old = try await directory(of: node.place, account)
        do {
            let renamed = try await visit.site.documentDesk.change {
                try $0.renameFolder(node.place, to: name, of: account.id, in: session, now: now)
            }
            try await visit.site.documentDesk.arrangeFolders(of: account.id, without: old)
            return visit.back(forms.path(renamed, of: account), did: .renamed)
        } catch let mistake as NameMistake {
            return renameForm(node, account, typed: name, mistake)
        }
    }

    func removeForm() async throws -> Response {
        let (node, account) = try await find(.removeFolder)
        return removeForm(node, account, nil)
    }

    private func removeForm(_ node: FolderNode, _ account: ClientAccount, _ problem: Phrase?) -> Response {
        let words: HTML =
            problem.map {
                "<p class=\"problem\" role=\"alert\">\(Icon("alert").svg)<span>\(say($0))</span></p>"
            } ?? .empty
        return forms.page(
            say(ClientWords.removeFolder),
            """
            \(words)<p><b>\(node.name)</b></p><p>\(say(ClientWords.removeFolderText(node.total)))</p>\
            <input type="hidden" name="count" value="\(node.total)">
            """, forms.button(ClientWords.delete, "danger"), to: action("remove-folder", node, account),
            back: forms.path(node.place, of: account), isWrong: problem != nil)
    }

    func remove(_ form: FormItems) async throws -> Response {
        let (node, account) = try await find(.removeFolder)
        let (session, now) = (visit.session.id, visit.site.now)
        let count = form["count"].flatMap { Int($0) } ?? -1
        let old = try await directory(of: node.place, account)
        do {
            try await visit.site.documentDesk.change {
                try $0.removeFolder(
                    node.place, of: account.id, expecting: count, in: session, now: now)
            }
        } catch let denial as FolderDenial {
            let words = denial == .stays ? ClientWords.folderStays : ClientWords.folderChanged
            return removeForm(try await find(.removeFolder).0, account, words)
        }
        try await visit.site.documentDesk.arrangeFolders(of: account.id, without: old)
        let above = FolderPlace(
            node.place.folder, path: node.place.path.split(separator: "/").dropLast().joined(separator: "/"))
        return visit.back(forms.path(above, of: account), did: .removed)
    }

    /// Where its files lie, to be removed when it is empty.
    private func directory(of place: FolderPlace, _ account: ClientAccount) async throws -> FolderPath? {
        let top = try await visit.site.read { try $0.folder(place.folder, of: account.id).name }
        return FolderPath([top] + place.path.split(separator: "/").map(String.init))
    }
}
