internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// What is asked for, as the client sees it: what is there, and what is missing, with a button each.
struct LinkItems {
    let visit: LinkVisit
    let counts: ReceivedCounts

    private func say(_ phrase: Phrase) -> String { visit.say(phrase) }

    var html: HTML {
        let items = visit.asked.items
        guard !items.isEmpty else { return .empty }
        return """
            <section class="card want" id="want" aria-labelledby="wn"><div class="cap"><h2 id="wn">\(say(LinkWords.needed))</h2></div>\
            <ol class="wants">\(items.map(row))</ol></section>
            """
    }

    private func row(_ item: RequestItem) -> HTML {
        let count = counts.byItem[item.id] ?? 0
        // An open link tells nobody what others sent.
        let isTold = visit.linked.recipient != nil
        let isThere = item.state == .received || item.state == .accepted
        let isNone = item.state == .unavailable
        let mark: HTML = isThere ? Icon("check").svg : isNone ? Icon("ban").svg : .empty
        return """
            <li class="\(isThere ? "done" : item.state == .rejected ? "again" : isNone ? "none" : "todo")">\
            <span class="st">\(mark)</span><div><b lang="\(visit.asked.language.rawValue)">\(item.name)</b>\
            \(state(item, isTold ? count : 0))\(declining(item))</div>\(adding(item))</li>
            """
    }

    private func state(_ item: RequestItem, _ count: Int) -> HTML {
        switch item.state {
        case .received, .accepted:
            return "<small>\(say(count > 0 ? LinkWords.received(count) : LinkWords.itemThere))</small>"
        case .unavailable: return "<small>\(say(LinkWords.youHaveNone))</small>"
        case .rejected:
            let note = item.note.map { ": \($0)" } ?? ""
            return "<small class=\"again\">\(say(LinkWords.askedAgain))\(note)</small>"
        case .open: return count > 0 ? "<small>\(say(LinkWords.received(count)))</small>" : .empty
        }
    }

    private func adding(_ item: RequestItem) -> HTML {
        guard item.state != .unavailable else { return .empty }
        let path = visit.path("", [FormItems.Item("item", "\(item.number)")]) + "#up"
        return """
            <a class="btn small" href="\(link: path)" data-item="\(item.number)">\(Icon("plus").svg)\(say(LinkWords.add))\
            <span class="sr">: \(item.name)</span></a>
            """
    }

    private func declining(_ item: RequestItem) -> HTML {
        guard item.state.isAskedFor else { return .empty }
        let id = "reason-\(item.number)"
        return """
            <details class="none"><summary>\(say(LinkWords.haveNone))<span class="sr">: \(item.name)</span></summary>\
            <form method="post" action="\(link: visit.path("/decline"))">\
            <input type="hidden" name="item" value="\(item.number)"><label for="\(id)">\(say(LinkWords.whyNone))</label>\
            <input class="input" id="\(id)" name="reason" maxlength="500">\
            <button class="btn small">\(say(LinkWords.tellOffice))</button></form></details>
            """
    }
}
