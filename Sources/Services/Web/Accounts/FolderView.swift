internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// What is in a folder, or in the trash: a table that becomes rows on a phone.
struct FolderView {
    let frame: AccountFrame
    let tree: [FolderNode]
    let node: FolderNode
    let documents: [ShelvedDocument]
    let isTrash: Bool
    private var visit: Visit { frame.visit }

    var html: HTML {
        let title = isTrash ? visit.say(.trash) : node.name
        return """
            <section class="folder" id="shelf" aria-label="\(title)">\(isTrash ? trashHead : head)\
            \(documents.isEmpty ? empty : table)\(isTrash ? .empty : drop)</section>
            """
    }

    private var head: HTML {
        let query = FolderLink(place: node.place).query
        let way = tree.first { $0.place.folder == node.place.folder }?.way(to: node.place) ?? [node]
        let crumbs = way.dropLast().map { step -> HTML in
            let address = frame.path(.documents) + "?" + FolderLink(place: step.place).query
            return "<a href=\"\(link: address)\">\(step.name)</a>\(Icon("right").svg)"
        }
        return """
            <nav class="crumbs" aria-label="\(visit.say(.path))"\(flag: "hidden", crumbs.isEmpty)>\(crumbs)\
            <span>\(node.name)</span></nav>\
            <div class="folder-head"><h2 lang="\(frame.head.language.rawValue)">\(node.name)</h2>\
            \(visit.badge(node.access))<span class="grow"></span><span class="actions">\
            <a class="btn small" href="\(link: frame.path + "/upload?" + query)" data-upload>\(Icon("up").svg)\
            \(visit.say(.upload))</a>\(FolderMenu(frame: frame, node: node, isLarge: true).html)</span></div>
            """
    }

    private var trashHead: HTML {
        """
        <div class="folder-head"><h2>\(visit.say(.trash))</h2><span class="grow"></span>\(documents.isEmpty ? .empty : emptying)</div>\
        <p class="muted">\(visit.say(.trashHint))</p>
        """
    }

    private var emptying: HTML {
        """
        <span class="actions"><a class="btn small" href="\(link: frame.path + "/trash/empty")">\(Icon("trash").svg)\
        \(visit.say(.emptyTheTrash))</a></span>
        """
    }

    private var empty: HTML {
        """
        <div class="card empty">\(isTrash ? Icon("trash").svg : Icon("folder").svg)\
        <b>\(visit.say(isTrash ? .emptyTrash : .emptyFolder))</b></div>
        """
    }

    private var table: HTML {
        """
        <div class="files shelf"><table><thead><tr>\
        <th scope="col" class="pick"><span class="sr">\(visit.say(.chosen))</span></th>\
        <th scope="col">\(visit.say(.name))</th><th scope="col">\(visit.say(.origin))</th>\
        <th scope="col" class="num">\(visit.say(.filedWhen))</th><th scope="col" class="num">\(visit.say(.size))</th>\
        <th scope="col"><span class="sr">\(visit.say(.actions))</span></th></tr></thead>\
        <tbody>\(documents.map(row))</tbody></table></div>\(bulk)
        """
    }

    private func row(_ document: ShelvedDocument) -> HTML {
        let menu = DocumentMenu(visit: visit, document: document).html
        return """
            <tr id="d-\(document.id.rawValue)"><td class="pick"><label class="pickbox">\
            <span class="sr">\(visit.say(.choose(document.name)))</span>\
            <input type="checkbox" name="id" value="\(document.id.rawValue)" form="bulk"></label></td>\
            \(FileCells(visit: visit, document: document).html)<td class="more">\(menu)</td></tr>
            """
    }

    /// Shown while something is chosen.
    private var bulk: HTML {
        let places = tree.flatMap { top in
            top.all.map {
                (
                    place: $0.place,
                    words: ([top.name] + $0.place.path.split(separator: "/").map(String.init)).joined(
                        separator: " / ")
                )
            }
        }
        let options = places.filter { $0.place != node.place }.map { option -> HTML in
            "<option value=\"\(option.place.folder.rawValue)/\(option.place.path)\">\(option.words)</option>"
        }
        let deeds: HTML =
            isTrash
            ? "<button class=\"btn small\" name=\"do\" value=\"restore\">\(Icon("undo").svg)\(visit.say(.restore))</button>"
            : """
            <label class="sr" for="bulk-to">\(visit.say(.moveTo))</label>\
            <select class="input" id="bulk-to" name="to">\(options)</select>\
            <button class="btn small" name="do" value="move">\(Icon("move").svg)\(visit.say(.move))</button>\
            <button class="btn small" name="do" value="share">\(Icon("share").svg)\(visit.say(Sharing.share))</button>\
            <button class="btn small" name="do" value="zip">\(Icon("down").svg)\(visit.say(.downloadZip))</button>\
            <button class="btn small danger" name="do" value="trash">\(Icon("trash").svg)\(visit.say(.toTrash))</button>
            """
        return """
            <form id="bulk" class="bulkbar card" method="post" action="\(link: frame.path + "/documents/bulk")">\
            \(visit.token)\(FolderLink(place: node.place).fields)<span>\(visit.say(.chosen))</span>\(deeds)</form>
            """
    }

    /// Where files are dropped; with its button for those who don't drag, and for browsers without scripts.
    private var drop: HTML {
        let action = frame.path + "/upload?" + FolderLink(place: node.place).query
        return """
            <form class="drop-hint dropzone" id="dropzone" data-keep method="post" enctype="multipart/form-data" \
            action="\(link: action)">\(visit.token)<span class="hide-s">\(Icon("up").svg) \(visit.say(.dropHere(node.name)))</span>\
            <label class="btn small">\(Icon("up").svg)\(visit.say(.chooseFiles))\
            <input class="sr" type="file" name="file" multiple></label>\
            <button class="btn small primary">\(visit.say(.upload))</button>\
            <ul class="progress" aria-live="polite"></ul></form>
            """
    }
}
