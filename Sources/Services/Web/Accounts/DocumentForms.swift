internal import HTTP
internal import Mailroom
internal import Markup
internal import Store

/// What is done with one document, and the small pages that ask how.
struct DocumentForms {
    let frame: AccountFrame
    let document: ShelvedDocument
    private var visit: Visit { frame.visit }

    /// The document of the address, with its account's frame; what this person may not see is not found.
    static func load(_ visit: Visit) async throws -> DocumentForms {
        let (id, staff) = (DocumentID(try visit.number("id")), visit.staff)
        let found = try await visit.read { transaction -> (ShelvedDocument, AccountHead, [ContactAddress])? in
            guard let document = try transaction.shelved(id, for: staff),
                let number = AccountNumber(document.accountNumber),
                let head = try transaction.accountHead(number, for: staff)
            else { return nil }
            return (document, head, try transaction.contactAddresses(account: head.id))
        }
        guard let found else { throw PageError.notFound }
        return DocumentForms(
            frame: AccountFrame(visit: visit, head: found.1, contacts: found.2), document: found.0)
    }

    private var folderPath: String {
        frame.path(.documents) + "?" + FolderLink(place: document.place).query
    }

    private func page(_ title: String, status: Status = .ok, _ fields: HTML, _ button: Phrase, _ deed: String)
        async throws -> Response
    {
        try await FolderForms(frame: frame).page(
            title, status: status,
            """
            <form class="form" method="post" action="\(link: "/d/\(document.id.rawValue)/\(deed)")">\(visit.token)\(fields)\
            <div class="actions"><button class="btn primary">\(visit.say(button))</button>\
            <a class="btn quiet" href="\(link: folderPath)">\(visit.say(.cancel))</a></div></form>
            """)
    }

    // MARK: - Name

    func renameForm() async throws -> Response { try await renameForm(typed: document.name, error: nil) }

    private func renameForm(typed: String, error: String?) async throws -> Response {
        let field = Field("name", visit.say(.name), value: typed, error: error, isRequired: true)
        return try await page(
            "\(visit.say(.rename)): \(document.name)", status: error == nil ? .ok : .unprocessableContent,
            field.input, .rename, "rename")
    }

    func rename(_ form: FormItems) async throws -> Response {
        let (id, actor, now, name) = (document.id, visit.member.login, visit.now, form["name"] ?? "")
        do {
            try await visit.site.documentDesk.change {
                try $0.renameDocument(id, to: name, by: actor, now: now)
            }
        } catch let mistake as NameMistake {
            return try await renameForm(typed: name, error: visit.say(AccountWords.mistake(mistake)))
        }
        frame.changed("documents")
        let undo = FormItems([FormItems.Item("name", document.name)]).urlEncoded
        return visit.back(to: folderPath, did: .renamed, undo: "/d/\(id.rawValue)/rename?" + undo)
    }

    // MARK: - Place

    func moveForm() async throws -> Response {
        let account = frame.head.id
        let tree = try await visit.read { try $0.folderTree(of: account) }
        let options = tree.flatMap { top in
            top.all.map { node -> (value: String, words: String) in
                let path = [top.name] + node.place.path.split(separator: "/").map(String.init)
                let words =
                    path.joined(separator: " / ") + " · " + visit.say(AccountWords.access(node.access))
                return (node.place.form, words)
            }
        }
        let field = Field(
            "to", visit.say(.destination), value: document.place.form,
            hint: visit.say(.moveChanges))
        return try await page(
            "\(visit.say(.move)): \(document.name)", field.select(options), .move, "move")
    }

    func move(_ form: FormItems) async throws -> Response {
        guard let place = FolderPlace(form: form["to"]) else { throw PageError.badRequest }
        let (id, actor, now) = (document.id, visit.member.login, visit.now)
        try await visit.site.documentDesk.change { try $0.moveDocument(id, to: place, by: actor, now: now) }
        frame.changed("documents")
        let undo = FormItems([FormItems.Item("to", document.place.form)]).urlEncoded
        return visit.back(
            to: frame.path(.documents) + "?" + FolderLink(place: place).query, did: .moved,
            undo: place == document.place ? nil : "/d/\(id.rawValue)/move?" + undo)
    }

    // MARK: - Trash

    func trash() async throws -> Response {
        let (id, actor, now) = (document.id, visit.member.login, visit.now)
        try await visit.site.documentDesk.change { try $0.trashDocument(id, by: actor, now: now) }
        frame.changed("documents", "requests")
        return visit.back(to: folderPath, did: .trashed, undo: "/d/\(id.rawValue)/restore")
    }

    func restore() async throws -> Response {
        let (id, actor, now) = (document.id, visit.member.login, visit.now)
        try await visit.site.documentDesk.change { try $0.restoreDocument(id, by: actor, now: now) }
        frame.changed("documents")
        let place = try await visit.read { try $0.place(of: id) }
        return visit.back(to: frame.path(.documents) + "?" + FolderLink(place: place).query, did: .restored)
    }
}

extension FolderPlace {
    /// As a choice of a form names it: `3/2025/Mai`.
    init?(form text: String?) {
        guard let parts = text?.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false),
            let id = parts.first.flatMap({ Int64($0) })
        else { return nil }
        self.init(FolderID(id), path: parts.count > 1 ? String(parts[1]) : "")
    }

    var form: String { "\(folder.rawValue)/\(path)" }
}

/// What is done with several documents at once, in one transaction.
struct BulkDeeds {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }

    func run(_ form: FormItems) async throws -> Response {
        let place = form["folder"].flatMap { Int64($0) }.map {
            FolderPlace(FolderID($0), path: form["path"] ?? "")
        }
        let ids = form.all("id").compactMap { Int64($0) }.map { DocumentID($0) }
        let documents = try await own(ids)
        let forms = FolderForms(frame: frame)
        guard !documents.isEmpty else { return visit.back(to: forms.back(place)) }
        let (actor, now) = (visit.member.login, visit.now)
        switch form["do"] {
        case "zip":
            let entries = documents.map { ZipEntry($0, name: $0.name) }
            return FolderDownload(frame: frame).zip(entries, name: "\(frame.head.number.text).zip")
        case "share":
            let chosen = documents.map { FormItems.Item("document", "\($0.id.rawValue)") }
            return .seeOther(frame.path(.shares) + "/new?" + FormItems(chosen).urlEncoded)
        case "move":
            guard let target = FolderPlace(form: form["to"]) else { throw PageError.badRequest }
            try await visit.site.documentDesk.change { transaction in
                for document in documents {
                    try transaction.moveDocument(document.id, to: target, by: actor, now: now)
                }
            }
            frame.changed("documents")
            let old = place.map { place -> String in
                let items =
                    [FormItems.Item("do", "move"), FormItems.Item("to", place.form)]
                    + documents.map { FormItems.Item("id", "\($0.id.rawValue)") }
                return frame.path + "/documents/bulk?" + FormItems(items).urlEncoded
            }
            return visit.back(to: forms.back(target), did: .moved, undo: place == target ? nil : old)
        case "trash":
            try await visit.site.documentDesk.change { transaction in
                for document in documents { try transaction.trashDocument(document.id, by: actor, now: now) }
            }
            frame.changed("documents", "requests")
            let undo = documents.map { "\($0.id.rawValue)" }.joined(separator: ".")
            return visit.back(
                to: forms.back(place), did: .trashed, undo: frame.path + "/documents/restore?ids=" + undo)
        case "restore":
            try await restore(documents.map(\.id))
            return visit.back(to: frame.path(.documents) + "?view=trash", did: .restored)
        default: throw PageError.badRequest
        }
    }

    /// Takes back what was put in the trash just now.
    func restoreAgain() async throws -> Response {
        let ids = (visit.request.query["ids"] ?? "").split(separator: ".").compactMap { Int64($0) }
        let documents = try await own(ids.map { DocumentID($0) })
        try await restore(documents.filter { $0.trashed != nil }.map(\.id))
        return visit.back(to: forms(documents.first), did: .restored)
    }

    private func forms(_ document: ShelvedDocument?) -> String {
        FolderForms(frame: frame).back(document?.place)
    }

    private func restore(_ ids: [DocumentID]) async throws {
        let (actor, now) = (visit.member.login, visit.now)
        try await visit.site.documentDesk.change { transaction in
            for id in ids { try transaction.restoreDocument(id, by: actor, now: now) }
        }
        frame.changed("documents")
    }

    /// Those of this account.
    private func own(_ ids: [DocumentID]) async throws -> [ShelvedDocument] {
        let (account, staff) = (frame.head.id, visit.staff)
        return try await visit.read { transaction in
            try ids.compactMap { try transaction.shelved($0, for: staff) }.filter { $0.account == account }
        }
    }
}

extension FolderForms {
    /// Where the folder is shown.
    func back(_ place: FolderPlace?) -> String {
        frame.path(.documents) + (place.map { "?" + FolderLink(place: $0).query } ?? "")
    }
}
