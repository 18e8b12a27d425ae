internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// The folders of an account, each with what the client may do in it and a menu of its own.
struct FolderTreeView {
    let frame: AccountFrame
    let tree: [FolderNode]
    let current: FolderPlace?
    let trash: Int
    private var visit: Visit { frame.visit }

    var html: HTML {
        """
        <nav class="tree" aria-label="\(visit.say(.folders))"><ul>\(tree.map { entry($0, isTop: true) })\
        <li><a class="f" href="\(link: frame.path(.documents) + "?view=trash")"\
        \(attribute: "aria-current", current == nil ? "true" : nil)>\(Icon("trash").svg)\
        <span class="cut">\(visit.say(.trash))</span>\(count)</a></li></ul>\
        <p class="tree-new"><a class="btn quiet small" href="\(link: frame.path + "/folders/new")">\(Icon("plus").svg)\
        \(visit.say(.newFolder))</a></p>\
        <ul class="legend">\(legend(.edit, .legendEdit))\(legend(.view, .legendView))\
        \(legend(.private, .legendTeam))</ul></nav>
        """
    }

    private var count: HTML { trash > 0 ? "<span class=\"n\">\(trash)</span>" : .empty }

    private func entry(_ node: FolderNode, isTop: Bool) -> HTML {
        let below: HTML =
            node.children.isEmpty ? .empty : "<ul>\(node.children.map { entry($0, isTop: false) })</ul>"
        let address = frame.path(.documents) + "?" + FolderLink(place: node.place).query
        return """
            <li><div class="f-row"><a class="f" href="\(link: address)"\
            \(attribute: "aria-current", node.place == current ? "true" : nil)>\(Icon("folder").svg)\
            <span class="cut" lang="\(frame.head.language.rawValue)">\(node.name)</span>\
            \(isTop ? badge(node.access) : .empty)</a>\(FolderMenu(frame: frame, node: node).html)</div>\(below)</li>
            """
    }

    private func badge(_ access: Access) -> HTML {
        let words = visit.say(AccountWords.access(access))
        return """
            <span class="badge \(access.rawValue)" title="\(words)">\(AccountWords.icon(access).svg(words))</span>
            """
    }

    private func legend(_ access: Access, _ words: Phrase) -> HTML {
        """
        <li><span class="badge \(access.rawValue)">\(AccountWords.icon(access).svg)</span>\(visit.say(words))</li>
        """
    }
}

/// What can be done with a folder.
struct FolderMenu {
    let frame: AccountFrame
    let node: FolderNode
    var isLarge = false
    private var visit: Visit { frame.visit }

    var html: HTML {
        let query = FolderLink(place: node.place).query
        let isTop = node.place.path.isEmpty
        let request =
            "/requests/new?"
            + FormItems([
                FormItems.Item("account", frame.head.number.text),
                FormItems.Item("place", node.place.form),
            ]).urlEncoded
        var entries: [HTML] = [
            entry("task", .requestFiles, request), entry("up", .upload, frame.path + "/upload?" + query),
            entry("plus", .newSubfolder, frame.path + "/folders/new?" + query), "<hr>",
        ]
        if visit.may(.changeAccess), isTop, !node.isIntake {
            entries.append(entry("lock", .changeAccess, frame.path + "/folders/access?" + query))
        }
        entries.append(entry("pen", .rename, frame.path + "/folders/rename?" + query))
        entries.append(entry("down", .downloadZip, frame.path + "/folders/zip?" + query))
        if !(isTop && (node.isDefault || node.isIntake)) {
            entries.append(entry("trash", .removeFolder, frame.path + "/folders/remove?" + query))
        }
        return """
            <details class="menu-of"><summary class="btn \(isLarge ? "small" : "quiet small") icon" \
            aria-label="\(visit.say(.actionsFor(node.name)))">\(Icon("more").svg)</summary>\
            <div class="menu">\(entries)</div></details>
            """
    }

    private func entry(_ icon: Icon, _ words: Phrase, _ path: String) -> HTML {
        "<a href=\"\(link: path)\">\(icon.svg)\(visit.say(words))</a>"
    }
}
