internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// What is asked for, as the client sees it: what is there, and what is missing, with a button each.
///
/// By an open link an item looks the same to everybody but the browser that
/// did something: what others sent, and what staff said of it, is not told.
struct LinkItems {
    let visit: LinkVisit
    let counts: ReceivedCounts
    /// What this very browser sent, and said it has none of.
    let own: [LinkUpload]
    let declined: Set<RequestItemID>
    /// What was typed of an item, and has to be typed better.
    let declining: LinkDecline?

    private struct Seen {
        let state: ItemState
        let count: Int
        let note: String?
    }

    private func seen(_ item: RequestItem) -> Seen {
        guard visit.isOpen else {
            return Seen(state: item.state, count: counts.byItem[item.id] ?? 0, note: item.note)
        }
        let count = own.count { $0.item == item.id }
        let isNone = count == 0 && declined.contains(item.id)
        return Seen(state: isNone ? .unavailable : .open, count: count, note: nil)
    }

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
        let seen = seen(item)
        let isThere =
            seen.state == .received || seen.state == .accepted || visit.isOpen && seen.count > 0
        let isNone = seen.state == .unavailable
        let mark: HTML = isThere ? Icon("check").svg : isNone ? Icon("ban").svg : .empty
        return """
            <li class="\(isThere ? "done" : seen.state == .rejected ? "again" : isNone ? "none" : "todo")">\
            <span class="st">\(mark)</span><div><b lang="\(visit.asked.language.rawValue)">\(item.name)</b>\
            \(state(seen))\(declining(item, seen))</div>\(adding(item, seen))</li>
            """
    }

    private func state(_ seen: Seen) -> HTML {
        let count = seen.count
        switch seen.state {
        case .received, .accepted:
            return "<small>\(say(count > 0 ? LinkWords.received(count) : LinkWords.itemThere))</small>"
        case .unavailable: return "<small>\(say(LinkWords.youHaveNone))</small>"
        case .rejected:
            let note = seen.note.map { ": \($0)" } ?? ""
            return "<small class=\"again\">\(say(LinkWords.askedAgain))\(note)</small>"
        case .open: return count > 0 ? "<small>\(say(LinkWords.received(count)))</small>" : .empty
        }
    }

    private func adding(_ item: RequestItem, _ seen: Seen) -> HTML {
        guard seen.state != .unavailable else { return .empty }
        let path = visit.path("", [FormItems.Item("item", "\(item.number)")]) + "#up"
        return """
            <a class="btn small" href="\(link: path)" data-item="\(item.number)">\(Icon("plus").svg)\(say(LinkWords.add))\
            <span class="sr">: \(item.name)</span></a>
            """
    }

    private func declining(_ item: RequestItem, _ seen: Seen) -> HTML {
        guard seen.state.isAskedFor, !visit.isOpen || seen.count == 0 else { return .empty }
        let id = "reason-\(item.number)"
        let typed = declining.flatMap { $0.number == item.number ? $0 : nil }
        return """
            <details class="none"\(flag: "open", typed != nil)><summary>\(say(LinkWords.haveNone))<span class="sr">: \(item.name)</span></summary>\
            <form method="post" action="\(link: visit.path("/decline"))">\
            <input type="hidden" name="item" value="\(item.number)">\(sender(item, typed))<label for="\(id)">\(say(LinkWords.whyNone))</label>\
            <input class="input" id="\(id)" name="reason" maxlength="500" value="\(typed?.reason ?? "")">\
            <button class="btn small">\(say(LinkWords.tellOffice))</button></form></details>
            """
    }

    /// An open link asks who says so, unless they have said it.
    private func sender(_ item: RequestItem, _ typed: LinkDecline?) -> HTML {
        guard visit.isOpen, typed != nil || visit.sitting?.address == nil else { return .empty }
        let who = typed?.who
        let name = input(
            "name", item, LinkWords.yourName, "text", value: typed?.name ?? "",
            error: who.map { $0.name == nil ? LinkWords.nameMissing : nil } ?? nil)
        let address = input(
            "address", item, LinkWords.yourAddress, "email", value: typed?.address ?? "",
            error: who.map { $0.address == nil ? LinkWords.addressMissing : nil } ?? nil)
        return name + address
    }

    private func input(
        _ name: String, _ item: RequestItem, _ label: Phrase, _ type: String, value: String, error: Phrase?
    ) -> HTML {
        let id = "\(name)-\(item.number)"
        let problem: HTML =
            error.map {
                "<p class=\"wrong\" id=\"\(id)-error\">\(Icon("alert").svg)<span>\(say($0))</span></p>"
                    as HTML
            } ?? .empty
        return """
            <label for="\(id)">\(say(label))</label><input class="input" id="\(id)" name="\(name)" type="\(type)" \
            value="\(value)" autocomplete="\(name == "name" ? "name" : "email")" required\
            \(attribute: "aria-invalid", error == nil ? nil : "true")\
            \(attribute: "aria-describedby", error == nil ? nil : "\(id)-error")>\(problem)
            """
    }
}
