internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// The items of a request as staff judge them, each with what came for it.
struct RequestItemsView {
    let visit: Visit
    let request: Mailroom.Request
    let parts: [RequestPart]
    /// The item whose note was refused: its form stays open.
    let wrong: Int?

    private func may(_ deed: RequestDeed) -> Bool { deed.refusal(in: request.state) == nil }
    private var path: String { "/requests/\(request.id)" }

    var html: HTML {
        let rows = request.items.map(row)
        let all: HTML =
            request.items.contains { $0.state == .received } && may(.accept)
            ? """
            <form method="post" action="\(link: "\(path)/accept")">\(visit.token)\
            <button class="btn small">\(Icon("check").svg)\(visit.say(Asking.acceptAll))</button></form>
            """ : .empty
        let progress: HTML = request.items.isEmpty ? .empty : RequestProgress(visit, request).html
        let list: HTML =
            rows.isEmpty
            ? "<p class=\"muted\">\(visit.say(Asking.noItems))</p>" : "<ul class=\"itemlist\">\(rows)</ul>"
        return """
            <section class="card pad"><div class="row-flex"><h2 class="grow">\(visit.say(Asking.items))</h2>\
            \(progress)\(all)</div>\(list)</section>\(others)
            """
    }

    private func row(_ item: RequestItem) -> HTML {
        let (icon, kind) = mark(item.state)
        let note: HTML = item.note.map { "<p class=\"itemnote\">\($0)</p>" } ?? .empty
        let came = parts.filter { $0.item == item.id }.map(file)
        return """
            <li class="item \(kind)" data-key="item-\(item.number)"><div class="itemhead">\(icon.svg)\
            <span class="grow"><b lang="\(request.language.rawValue)">\(item.name)</b> \
            <small class="muted">\(visit.say(Asking.itemState(item.state)))</small>\(note)\
            \(came.isEmpty ? .empty : "<ul class=\"came\">\(came)</ul>")</span>\
            <span class="itemacts">\(actions(item))\(changing(item))</span></div></li>
            """
    }

    private func mark(_ state: ItemState) -> (Icon, String) {
        switch state {
        case .open: ("circle", "todo")
        case .received: ("checkc", "ok")
        case .accepted: ("checkc", "ok sure")
        case .rejected: ("alert", "again")
        case .unavailable: ("ban", "none")
        }
    }

    private func file(_ part: RequestPart) -> HTML {
        """
        <li>\(Icon("file").svg)<a href="\(link: "/m/\(part.message)/part/\(part.section.text)")">\
        \(part.document ?? part.name ?? part.section.text)</a> \
        <small class="muted">\(FileSize(part.octets)[visit.language])</small></li>
        """
    }

    private func actions(_ item: RequestItem) -> HTML {
        switch item.state {
        case .received:
            return (may(.accept) ? deed("accept", item, Asking.accept, "btn small primary") : .empty)
                + (may(.reject) ? rejecting(item) : .empty)
                + (may(.untick) ? deed("untick", item, Asking.untick, "btn small quiet") : .empty)
        case .accepted: return may(.reject) ? rejecting(item) : .empty
        case .open, .rejected:
            return (may(.tick) ? deed("tick", item, Asking.tick, "btn small") : .empty)
                + (may(.accept) ? deed("unavailable", item, Asking.unavailable, "btn small quiet") : .empty)
        case .unavailable:
            return may(.untick) ? deed("untick", item, Asking.untick, "btn small quiet") : .empty
        }
    }

    private func deed(_ verb: String, _ item: RequestItem, _ words: Phrase, _ look: String) -> HTML {
        """
        <form method="post" action="\(link: "\(path)/\(verb)")">\(visit.token)\
        <input type="hidden" name="item" value="\(item.number)">\
        <button class="\(look)" aria-label="\(visit.say(Asking.ofItem(words, item.name)))">\(visit.say(words))</button></form>
        """
    }

    /// Of one that is out: another name, or not asked for any more.
    private func changing(_ item: RequestItem) -> HTML {
        guard may(.edit) else { return .empty }
        let id = "name-\(item.number)"
        let withdraw: HTML =
            item.state == .received || item.state == .accepted
            ? .empty
            : """
            <form method="post" action="\(link: "\(path)/withdraw-item")">\(visit.token)\
            <input type="hidden" name="item" value="\(item.number)">\
            <button class="btn danger">\(visit.say(Asking.withdraw))</button></form>
            """
        return """
            <details class="menu-of changing"><summary class="btn small quiet icon" \
            aria-label="\(visit.say(Asking.ofItem(Asking.changeItem, item.name)))">\(Icon("more").svg)</summary>\
            <div class="menu formmenu"><form class="formmenu" method="post" action="\(link: "\(path)/rename-item")">\(visit.token)\
            <input type="hidden" name="item" value="\(item.number)"><label for="\(id)">\(visit.say(.name))</label>\
            <input class="input" id="\(id)" name="name" value="\(item.name)" maxlength="200" required>\
            <button class="btn primary">\(visit.say(.rename))</button></form>\(withdraw)</div></details>
            """
    }

    private func rejecting(_ item: RequestItem) -> HTML {
        let id = "note-\(item.number)"
        let words = visit.say(Asking.ofItem(Asking.reject, item.name))
        return """
            <details class="menu-of rejecting" id="reject-\(item.number)"\(flag: "open", wrong == item.number)>\
            <summary class="btn small" aria-label="\(words)">\(visit.say(Asking.reject))</summary>\
            <form class="menu formmenu" method="post" action="\(link: "\(path)/reject")">\(visit.token)\
            <input type="hidden" name="item" value="\(item.number)"><label for="\(id)">\(visit.say(Asking.rejectNote))</label>\
            <input class="input" id="\(id)" name="note" maxlength="1000" required>\
            <button class="btn danger">\(visit.say(Asking.rejectNow))</button></form></details>
            """
    }

    private var others: HTML {
        let rest = parts.filter { $0.item == nil }
        guard !rest.isEmpty else { return .empty }
        let open = request.items.filter(\.state.isAskedFor)
        let rows = rest.map { part -> HTML in
            guard !open.isEmpty, may(.tick) else { return file(part) }
            let options = open.map { "<option value=\"\($0.number)\">\($0.name)</option>" as HTML }
            return """
                \(file(part))<li class="pickrow"><form class="row-flex" method="post" action="\(link: "\(path)/tick")">\
                \(visit.token)<input type="hidden" name="part" value="\(part.id)">\
                <label class="sr" for="is-\(part.id)">\(visit.say(Asking.assign))</label>\
                <select class="input" id="is-\(part.id)" name="item">\(options)</select>\
                <button class="btn small">\(visit.say(Asking.tick))</button></form></li>
                """
        }
        return """
            <section class="card pad"><h2>\(visit.say(Asking.besides))</h2><ul class="came">\(rows)</ul></section>
            """
    }
}
