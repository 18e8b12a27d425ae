internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// Small pages that ask one thing about a folder: its name, or whether it may go.
struct FolderForms {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }

    /// The folder that the address or the form names.
    static func node(_ frame: AccountFrame, _ items: FormItems) async throws -> (
        tree: [FolderNode], node: FolderNode
    ) {
        let account = frame.head.id
        let tree = try await frame.visit.read { try $0.folderTree(of: account) }
        guard items["folder"] != nil, let node = DocumentsPage.chosen(tree, items) else {
            throw PageError.notFound
        }
        return (tree, node)
    }

    func page(_ title: String, status: Status = .ok, _ form: HTML) async throws -> Response {
        try await frame.page(
            .documents, title: title, status: status,
            "<div class=\"content\"><section class=\"card pad\"><h2>\(title)</h2>\(form)</section></div>")
    }

    func back(_ place: FolderPlace?, _ note: DoneNote, undo: String? = nil) -> Response {
        let query = place.map { "?" + FolderLink(place: $0).query } ?? ""
        return visit.back(to: frame.path(.documents) + query, did: note, undo: undo)
    }

    // MARK: - New

    func newFolder() async throws -> Response {
        try await newForm(visit.request.query, typed: "", error: nil)
    }

    private func newForm(_ items: FormItems, typed: String, error: String?) async throws -> Response {
        let parent = items["folder"] == nil ? nil : try await Self.node(frame, items).node
        var access: HTML = .empty
        if parent == nil {
            let chosen = items["access"] ?? Access.private.rawValue
            let options = Access.allCases.map { access -> HTML in
                """
                <label class="check"><input type="radio" name="access" value="\(access.rawValue)"\
                \(flag: "checked", access.rawValue == chosen)\
                \(flag: "disabled", frame.head.type == .guest && access != .private)>\(visit.badge(access))</label>
                """
            }
            access =
                "<fieldset class=\"field\"><legend class=\"label\">\(visit.say(.whoMaySee))</legend>\(options)</fieldset>"
        }
        let fields: HTML = parent.map { FolderLink(place: $0.place).fields } ?? .empty
        let field = Field("name", visit.say(.name), value: typed, error: error, isRequired: true)
        let title = visit.say(parent == nil ? .topLevel : .newSubfolder)
        return try await page(
            title, status: error == nil ? .ok : .unprocessableContent,
            """
            <form class="form" method="post" action="\(link: frame.path + "/folders/new?" + (parent.map { FolderLink(place: $0.place).query } ?? ""))">\(visit.token)\(fields)\
            \(field.input)\(access)<div class="actions"><button class="btn primary">\(visit.say(.createAccount))</button>\
            <a class="btn quiet" href="\(link: frame.path(.documents))">\(visit.say(.cancel))</a></div></form>
            """)
    }

    func make(_ form: FormItems) async throws -> Response {
        let (account, actor, now) = (frame.head.id, visit.member.login, visit.now)
        let name = form["name"] ?? ""
        do {
            let made: FolderPlace
            if form["folder"] != nil {
                let place = try await Self.node(frame, form).node.place
                made = try await visit.site.documentDesk.change {
                    try $0.makeSubfolder(name, below: place, of: account, by: actor, now: now)
                }
            } else {
                let access = form["access"].flatMap(Access.init(rawValue:)) ?? .private
                guard access == .private || visit.may(.changeAccess) else { throw PageError.forbidden }
                made = FolderPlace(
                    try await visit.site.documentDesk.change {
                        try $0.makeFolder(name, access: access, of: account, by: actor, now: now)
                    })
            }
            try await visit.site.documentDesk.arrangeFolders(of: account)
            frame.changed()
            return back(made, .folderMade)
        } catch let mistake as NameMistake {
            return try await newForm(form, typed: name, error: visit.say(AccountWords.mistake(mistake)))
        }
    }

    // MARK: - Rename

    func renameForm() async throws -> Response {
        let node = try await Self.node(frame, visit.request.query).node
        return try await renameForm(node, typed: node.name, error: nil)
    }

    private func renameForm(_ node: FolderNode, typed: String, error: String?) async throws -> Response {
        let field = Field("name", visit.say(.name), value: typed, error: error, isRequired: true)
        return try await page(
            visit.say(.rename), status: error == nil ? .ok : .unprocessableContent,
            """
            <form class="form" method="post" action="\(link: frame.path + "/folders/rename?" + FolderLink(place: node.place).query)">\(visit.token)\
            \(FolderLink(place: node.place).fields)\(field.input)<div class="actions">\
            <button class="btn primary">\(visit.say(.rename))</button>\
            <a class="btn quiet" href="\(link: frame.path(.documents) + "?" + FolderLink(place: node.place).query)">\
            \(visit.say(.cancel))</a></div></form>
            """)
    }

    func rename(_ form: FormItems) async throws -> Response {
        let (tree, node) = try await Self.node(frame, form)
        let (account, actor, now) = (frame.head.id, visit.member.login, visit.now)
        let name = form["name"] ?? ""
        let top = tree.first { $0.place.folder == node.place.folder }?.name ?? node.name
        let old = FolderPath([top] + node.place.path.split(separator: "/").map(String.init))
        do {
            let renamed = try await visit.site.documentDesk.change {
                try $0.renameFolder(node.place, to: name, of: account, by: actor, now: now)
            }
            try await visit.site.documentDesk.arrangeFolders(of: account, without: old)
            frame.changed("requests")
            let undo = FormItems(
                FolderLink(place: renamed).items + [FormItems.Item("name", node.name)]
            ).urlEncoded
            return back(renamed, .renamed, undo: frame.path + "/folders/rename?" + undo)
        } catch let mistake as NameMistake {
            return try await renameForm(node, typed: name, error: visit.say(AccountWords.mistake(mistake)))
        }
    }

    // MARK: - Remove

    func removeForm() async throws -> Response {
        try await removeForm(Self.node(frame, visit.request.query).node, error: nil)
    }

    private func removeForm(_ node: FolderNode, error: Phrase?) async throws -> Response {
        let problem: HTML =
            error.map { "<p class=\"problem\">\(Icon("alert").svg)\(visit.say($0))</p>" } ?? .empty
        return try await page(
            "\(visit.say(.removeFolder)): \(node.name)", status: error == nil ? .ok : .conflict,
            """
            <form class="form" method="post" action="\(link: frame.path + "/folders/remove?" + FolderLink(place: node.place).query)">\(visit.token)\
            \(FolderLink(place: node.place).fields)\(problem)<p>\(visit.say(.removeWarning(node.total)))</p>\
            <div class="actions"><button class="btn danger">\(visit.say(.removeFolder))</button>\
            <a class="btn quiet" href="\(link: frame.path(.documents) + "?" + FolderLink(place: node.place).query)">\
            \(visit.say(.cancel))</a></div></form>
            """)
    }

    func remove(_ form: FormItems) async throws -> Response {
        let (tree, node) = try await Self.node(frame, form)
        let (account, actor, now) = (frame.head.id, visit.member.login, visit.now)
        let top = tree.first { $0.place.folder == node.place.folder }?.name ?? node.name
        let old = FolderPath([top] + node.place.path.split(separator: "/").map(String.init))
        do {
            _ = try await visit.site.documentDesk.change {
                try $0.removeFolder(node.place, of: account, by: actor, now: now)
            }
        } catch let error as StoreError where error.code == .conflict {
            return try await removeForm(node, error: .isAskedFor)
        } catch let error as StoreError where error.code == .invalid {
            return try await removeForm(node, error: .folderStays)
        }
        try await visit.site.documentDesk.arrangeFolders(of: account, without: old)
        frame.changed()
        return back(nil, .folderRemoved)
    }
}
