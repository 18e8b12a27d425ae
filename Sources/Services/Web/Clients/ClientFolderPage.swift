internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// The folders of an account that a client sees, and what is in one of them.
struct ClientFolderPage {
    let visit: ClientVisit
    let account: ClientAccount
    let tree: [FolderNode]
    /// Nil: there is none that they see.
    let node: FolderNode?
    let documents: [ClientDocument]
    /// Files of theirs that are still coming here.
    let coming: [UnfinishedUpload]
    var refusals: [Phrase] = []

    private func say(_ phrase: Phrase) -> String { visit.say(phrase) }

    static func load(_ visit: ClientVisit, refusals: [Phrase] = []) async throws -> ClientFolderPage {
        let account = try visit.account()
        let (access, query) = (visit.access, visit.request.query)
        let sender = visit.session.person.sender(to: account.id)
        let oldest = visit.site.settings.clients.oldestUnfinished(visit.site.now)
        let (tree, node, documents, coming) = try await visit.site.read { transaction in
            let tree = try transaction.clientTree(of: account.id, for: access)
            let node = DocumentsPage.chosen(tree, query)
            return (
                tree, node, try node.map { try transaction.clientShelf($0.place, of: account.id) } ?? [],
                try node.map { try transaction.unfinished(of: sender, in: $0.place, since: oldest) } ?? []
            )
        }
        guard node != nil || query["folder"] == nil else { throw ClientDenial.hidden }
        return ClientFolderPage(
            visit: visit, account: account, tree: tree, node: node, documents: documents,
            coming: coming, refusals: refusals)
    }

    var path: String { "/client/account/\(account.number.text)" }

    private func may(_ action: ClientAction) -> Bool {
        guard let node else { return false }
        return visit.access.allows(action, in: node.client(account.id))
    }

    func response() -> Response {
        let back: HTML =
            visit.session.person.accounts.count > 1
            ? "<a class=\"btn small\" href=\"/client\">\(Icon("left").svg)\(say(ClientWords.allAccounts))</a>"
            : .empty
        let main: HTML = """
            <main class="folders" id="main"><div class="top">\(ClientWho(visit: visit).html)\
            <div class="heading"><h1 lang="\(account.language.rawValue)">\(account.name)</h1>\(back)</div>\
            \(problems)\(visit.note)</div>\(folders)\(shelf)</main>
            """
        return visit.page(
            "\(node.map(\.name) ?? account.name)", main,
            status: refusals.isEmpty ? .ok : .unprocessableContent, path: path,
            query: node.map { FolderLink(place: $0.place).items } ?? [],
            scripts: may(.upload) ? [Assets.upload] : [])
    }

    private var problems: HTML {
        guard !refusals.isEmpty else { return .empty }
        let lines = refusals.map { "<span>\(say($0))</span>" as HTML }
        return "<div class=\"problem\" role=\"alert\">\(Icon("alert").svg)<p>\(lines)</p></div>"
    }

    private var folders: HTML {
        guard !tree.isEmpty else { return .empty }
        return "<nav class=\"card shelves\" aria-label=\"\(say(.folders))\"><ul>\(tree.map(entry))</ul></nav>"
    }

    private func entry(_ node: FolderNode) -> HTML {
        let below: HTML =
            node.children.isEmpty ? .empty : "<ul>\(node.children.map(entry))</ul>"
        return """
            <li><a href="\(link: address(node.place))"\(attribute: "aria-current", node.place == self.node?.place ? "page" : nil)>\
            \(Icon("folder").svg)<span lang="\(account.language.rawValue)">\(node.name)</span>\
            \(node.place.path.isEmpty ? mark(node.access) : .empty)</a>\(below)</li>
            """
    }

    private func address(_ place: FolderPlace) -> String { path + "?" + FolderLink(place: place).query }

    private func mark(_ access: Access) -> HTML {
        let icon: Icon = access == .edit ? "pen" : "eye"
        return "<span class=\"badge \(access.rawValue)\">\(icon.svg(say(words(access))))</span>"
    }

    private func words(_ access: Access) -> Phrase {
        access == .edit ? ClientWords.youMayEdit : ClientWords.youMayView
    }

    private var shelf: HTML {
        guard let node else {
            return
                "<section class=\"card empty\">\(Icon("folder").svg)<b>\(say(ClientWords.nothingShared))</b></section>"
        }
        let icon: Icon = node.access == .edit ? "pen" : "eye"
        let way = tree.first { $0.place.folder == node.place.folder }?.way(to: node.place) ?? [node]
        let crumbs = way.dropLast().map { step -> HTML in
            "<a href=\"\(link: address(step.place))\">\(step.name)</a>\(Icon("right").svg)"
        }
        let path: HTML =
            crumbs.isEmpty
            ? .empty
            : "<nav class=\"crumbs\" aria-label=\"\(say(.path))\">\(crumbs)<span>\(node.name)</span></nav>"
        let query = FolderLink(place: node.place).query
        let zip: HTML =
            may(.zip) && node.total > 0
            ? "<a class=\"btn small\" href=\"\(link: self.path + "/zip?" + query)\">\(Icon("down").svg)\(say(.downloadZip))</a>"
            : .empty
        // Below a long list, and where a phone shows it last.
        let toZone: HTML =
            may(.upload)
            ? "<a class=\"btn small\" href=\"#up\">\(Icon("up").svg)\(say(ClientWords.addFiles))</a>" : .empty
        let make: HTML =
            may(.makeFolder)
            ? "<a class=\"btn small\" href=\"\(link: self.path + "/new-folder?" + query)\">\(Icon("plus").svg)\(say(.newFolder))</a>"
            : .empty
        let rename: HTML =
            may(.renameFolder)
            ? "<a class=\"btn small\" href=\"\(link: self.path + "/rename-folder?" + query)\">\(Icon("pen").svg)\(say(ClientWords.renameFolder))</a>"
            : .empty
        let remove: HTML =
            may(.removeFolder)
            ? "<a class=\"btn small\" href=\"\(link: self.path + "/remove-folder?" + query)\">\(Icon("trash").svg)\(say(ClientWords.removeFolder))</a>"
            : .empty
        return """
            <section class="shelf" aria-labelledby="sh">\(path)<div class="heading"><h2 id="sh" lang="\(account.language.rawValue)">\(node.name)</h2>\
            <span class="badge \(node.access.rawValue)">\(icon.svg)\(say(words(node.access)))</span></div>\
            <div class="tools">\(toZone)\(make)\(zip)\(rename)\(remove)</div><div id="papers">\(list(node))</div>\
            \(may(.upload) ? zone(node).form + yours : .empty)</section>
            """
    }

    private func list(_ node: FolderNode) -> HTML {
        let below = node.children.map { child -> HTML in
            """
            <li><span class="place">\(Icon("folder").svg)</span><b><a href="\(link: address(child.place))">\(child.name)</a></b>\
            <small>\(say(.documentCount(child.total)))</small></li>
            """
        }
        guard !below.isEmpty || !documents.isEmpty else {
            return "<p class=\"card empty\">\(say(.emptyFolder))</p>"
        }
        return "<ul class=\"card papers\">\(below)\(documents.map(row))</ul>"
    }

    private func row(_ document: ClientDocument) -> HTML {
        let path = "/client/document/\(document.id.rawValue)"
        var entries: [HTML] = []
        if may(.rename) { entries.append(entry("pen", .rename, path + "/rename")) }
        if may(.moveOut) { entries.append(entry("move", .move, path + "/move")) }
        if may(.trash) { entries.append(entry("trash", ClientWords.delete, path + "/trash")) }
        let menu: HTML =
            entries.isEmpty
            ? .empty
            : """
            <details class="menu-of"><summary class="btn quiet icon" aria-label="\(say(.actionsFor(document.name)))">\
            \(Icon("more").svg)</summary><div class="menu">\(entries)</div></details>
            """
        return """
            <li>\(FileEnding(document.name).html)<b><a href="\(link: path)">\(document.name)</a></b>\
            <small>\(visit.when.html(document.filed)) · \(FileSize(document.octets)[visit.language])</small>\
            <span class="act"><a class="btn quiet icon" href="\(link: path + "/file")" \
            aria-label="\(say(LinkFileWords.download(document.name)))">\(Icon("down").svg)</a>\(menu)</span></li>
            """
    }

    private func entry(_ icon: Icon, _ words: Phrase, _ path: String) -> HTML {
        "<a href=\"\(link: path)\">\(icon.svg)\(say(words))</a>"
    }

    private func zone(_ node: FolderNode) -> UploadZone {
        let query = FolderLink(place: node.place).query
        return UploadZone(
            site: visit.site, language: visit.language, action: path + "/upload?" + query,
            uploads: path + "/tus?" + query, title: "<h3 class=\"t\">\(say(ClientWords.addFiles))</h3>",
            fields: .formToken(visit), words: ClientWords.ofScript(visit.site.settings.clients))
    }

    /// What is on its way; the script fills it.
    private var yours: HTML {
        let rows = coming.map {
            UploadZone.waiting($0.name, $0.octets, at: "\(path)/tus/\($0.id)", visit.language)
        }
        return """
            <section class="card yours" id="yours" aria-labelledby="yf"\(flag: "hidden", rows.isEmpty)>\
            <div class="cap"><h3 id="yf" class="grow">\(say(LinkWords.yourFiles))</h3>\
            <span class="muted" role="status"></span></div><ul class="ups">\(rows)</ul></section>
            """
    }
}

/// Who is signed in, and the way out.
struct ClientWho {
    let visit: ClientVisit

    var html: HTML {
        """
        <form class="signed" method="post" action="/client/sign-out">\(HTML.formToken(visit))\
        <span class="muted">\(visit.session.person.name) · \(visit.session.person.address.description)</span>\
        <button class="btn quiet small">\(Icon("exit").svg)\(visit.say(ClientWords.signOut))</button></form>
        """
    }
}

/// The accounts of a client who has several.
struct ClientAccountsPage {
    let visit: ClientVisit

    var response: Response {
        let rows = visit.session.person.accounts.map { account -> HTML in
            """
            <li><a href="\(link: "/client/account/\(account.number.text)")">\(Icon("building").svg)\
            <b lang="\(account.language.rawValue)">\(account.name)</b>\(Icon("right").svg)</a></li>
            """
        }
        return visit.page(
            visit.say(ClientWords.title),
            """
            <main class="narrow" id="main">\(ClientWho(visit: visit).html)<h1>\(visit.say(ClientWords.title))</h1>\
            \(visit.note)<p>\(visit.say(ClientWords.whichAccount))</p><ul class="card entities">\(rows)</ul></main>
            """)
    }
}
