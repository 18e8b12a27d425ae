internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// A request beside other things: how it stands, its link, and what is done with it most.
///
/// On an account's page it is a card, in a conversation a line; both go back
/// to where they stand.
struct RequestCard {
    let visit: Visit
    let request: Mailroom.Request
    /// Where its deeds come back to.
    let back: String

    private var path: String { "/requests/\(request.id)" }
    private var today: CivilDay { visit.site.deeds.asking.terms().zone.day(visit.now) }
    private func may(_ deed: RequestDeed) -> Bool {
        visit.may(.makeRequests) && deed.refusal(in: request.state) == nil
    }

    /// The one link that can be copied without asking whose: of the only recipient, or anybody's.
    private var link: String? {
        guard let links = visit.site.deeds.asking.links(request, visit.now) else { return nil }
        switch request.recipients.count {
        case 0: return links.open
        case 1: return links.own[request.recipients[0].id]
        default: return nil
        }
    }

    // MARK: - As a card

    var html: HTML {
        """
        <section class="card box reqcard" data-key="request-\(request.id.rawValue)"><header><h3 class="grow"><a href="\(link: path)" \
        lang="\(request.language.rawValue)">\(request.title)</a></h3>\(RequestBadge.html(request, today, visit))</header>\
        \(progress)\(checks)\(linkField)\(sent)<div class="actions">\(buttons)</div></section>
        """
    }

    private var due: HTML {
        request.due.map { "<span class=\"muted\">\(visit.say(.dueWord)) \(visit.when.day($0))</span>" }
            ?? .empty
    }

    private var progress: HTML {
        guard !request.items.isEmpty else { return due }
        let all = request.items.count
        let there = all - request.askedFor.count
        let words = visit.say(Asking.received(there, of: all))
        return """
            <div class="split"><span>\(words)</span>\(due)</div>\
            <meter class="meter" min="0" max="\(all)" value="\(there)" aria-label="\(words)"></meter>
            """
    }

    private static let itemsShown = 8

    private var checks: HTML {
        guard !request.items.isEmpty else { return .empty }
        let items = request.items.prefix(Self.itemsShown).map { item -> HTML in
            let isThere = !item.state.isAskedFor
            return """
                <li class="\(isThere ? "ok" : "todo")">\((isThere ? "checkc" as Icon : "circle").svg)\
                <span lang="\(request.language.rawValue)">\(item.name)</span></li>
                """
        }
        return "<ul class=\"checks\">\(items)</ul>"
    }

    private var linkField: HTML {
        guard may(.copyLink), let link else { return .empty }
        return """
            <div class="linkfield"><code class="cut grow">\(link)</code>\
            <a class="btn quiet icon small" href="\(link: "\(path)#link")" data-copy="\(link)" title="\(visit.say(Asking.copyLink))">\
            \(Icon("copy").svg)<span class="sr" data-copied="\(visit.say(Asking.copied))">\(visit.say(Asking.copyLink))</span></a></div>
            """
    }

    /// When it went out to whom first.
    private var sent: HTML {
        guard let first = request.recipients.compactMap(\.sent).min() else { return .empty }
        return "<small class=\"muted\">\(visit.say(Asking.sentOn(visit.when.short(first))))</small>"
    }

    private var buttons: HTML {
        var buttons: [HTML] = []
        if may(.send), !request.recipients.isEmpty {
            let words = request.state == .draft ? Asking.sendNow : Asking.sendAgain
            buttons.append(
                """
                <form method="post" action="\(link: "\(path)/send")">\(visit.token)\(backField)\
                <button class="btn small">\(visit.say(words))</button></form>
                """)
        }
        if may(.edit) {
            buttons.append(
                "<a class=\"btn small\" href=\"\(link: "\(path)/edit")\">\(visit.say(Asking.edit))</a>")
        }
        if may(.revoke) {
            buttons.append(
                """
                <a class="btn small quiet danger" href="\(link: "\(path)/revoke?" + backQuery)">\(visit.say(Asking.revoke))</a>
                """)
        }
        return buttons.joined()
    }

    private var backField: HTML { "<input type=\"hidden\" name=\"back\" value=\"\(back)\">" }
    private var backQuery: String { FormItems([FormItems.Item("back", back)]).urlEncoded }

    // MARK: - As a line

    var line: HTML {
        let all = request.items.count
        let words: HTML =
            all == 0
            ? .empty
            : "<span class=\"muted\">\(visit.say(Asking.received(all - request.askedFor.count, of: all)))</span>"
        return """
            <li class="reqline" data-key="request-\(request.id.rawValue)">\(Icon("task").svg)<span class="grow">\
            <a href="\(link: path)" lang="\(request.language.rawValue)">\(request.title)</a> \(words) \(due)</span>\
            \(RequestBadge.html(request, today, visit))\(menu)</li>
            """
    }

    private var menu: HTML {
        var entries: [HTML] = []
        if may(.copyLink) {
            let copied = visit.say(Asking.copied)
            entries.append(
                """
                <a href="\(link: "\(path)#link")"\(attribute: "data-copy", link)>\(Icon("copy").svg)\
                <span data-copied="\(copied)">\(visit.say(Asking.copyLink))</span></a>
                """)
        }
        if may(.send), !request.recipients.isEmpty {
            let words = request.state == .draft ? Asking.sendNow : Asking.sendAgain
            entries.append(deed("send", "send", words))
        }
        if may(.remind), request.recipients.contains(where: \.state.mayBeReminded) {
            entries.append(deed("remind", "clock", Asking.remind))
        }
        if may(.edit) {
            entries.append(
                "<a href=\"\(link: "\(path)/edit")\">\(Icon("pen").svg)\(visit.say(Asking.edit))</a>")
        }
        if may(.revoke) {
            entries.append(
                """
                <hr><a class="danger" href="\(link: "\(path)/revoke?" + backQuery)">\(Icon("ban").svg)\(visit.say(Asking.revoke))</a>
                """)
        }
        guard !entries.isEmpty else { return .empty }
        return """
            <details class="menu-of" id="request-menu-\(request.id.rawValue)"><summary class="btn quiet icon small" \
            aria-label="\(visit.say(.actionsFor(request.title)))">\(Icon("more").svg)</summary>\
            <div class="menu">\(entries)</div></details>
            """
    }

    private func deed(_ verb: String, _ icon: Icon, _ words: Phrase) -> HTML {
        """
        <form method="post" action="\(link: "\(path)/\(verb)")">\(visit.token)\(backField)\
        <button>\(icon.svg)\(visit.say(words))</button></form>
        """
    }
}

/// What was asked in a conversation, above what was said.
struct ConversationRequests {
    private static let most = 5

    static func html(_ visit: Visit, _ conversation: ConversationID, back: String) async throws -> HTML {
        let staff = visit.staff
        let requests = try await visit.read {
            try $0.requests(in: conversation, for: staff, limit: Self.most)
        }
        let lines = requests.map { RequestCard(visit: visit, request: $0, back: back).line }
        let list: HTML =
            lines.isEmpty
            ? .empty : "<ul class=\"card reqlines\" aria-label=\"\(visit.say(.requests))\">\(lines)</ul>"
        return "<div id=\"asked-here\" data-part=\"requests\">\(list)</div>"
    }
}
