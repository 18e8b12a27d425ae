internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// What was said and what happened, oldest first: only the last message is unfolded.
struct ConversationEntries {
    let pane: ConversationPane

    private var visit: Visit { pane.visit }

    private struct Entry {
        let at: Timestamp
        let html: HTML
    }

    func html() async throws -> HTML {
        var entries: [Entry] = []
        let last = pane.messages.last?.summary.number
        let asked = visit.request.query.all("message").compactMap { Int64($0) }
        for message in pane.messages {
            let number = message.summary.number
            let isOpen = number == last || asked.contains(number.rawValue)
            let html = try await isOpen ? unfolded(message) : folded(message)
            entries.append(Entry(at: message.summary.received, html: html))
        }
        entries += pane.notes.map { Entry(at: $0.at, html: note($0)) }
        entries += pane.events.map { Entry(at: $0.at, html: event($0)) }
        // Mail servers tell seconds: what came in one keeps its order. Swift's sort is not stable, hence the place.
        let sorted = entries.enumerated().sorted {
            ($0.element.at.seconds, $0.offset) < ($1.element.at.seconds, $1.offset)
        }
        return sorted.map(\.element.html).joined()
    }

    private func name(_ message: MessageSummary) -> String { message.fromName ?? message.fromAddress ?? "?" }

    /// One line that opens: a page with this message besides.
    private func folded(_ message: ConversationMessage) -> HTML {
        let summary = message.summary
        let path = pane.query.path(pane.row.id)
        let open = path + (path.contains("?") ? "&" : "?") + "message=\(summary.number)"
        return """
            <a class="card msg folded" data-key="m\(summary.number)" href="\(link: open)">\(Avatar(name(summary)).html)\
            <b>\(name(summary))</b><span class="cut grow"\(attribute: "lang", Script.language(of: message.snippet))>\(message.snippet)</span>\
            <span class="sr">\(visit.say(.showMessage))</span>\(visit.when.html(summary.received))</a>
            """
    }

    private func unfolded(_ message: ConversationMessage) async throws -> HTML {
        let summary = message.summary
        let address: HTML =
            summary.fromName == nil
            ? .empty : "<span class=\"muted hide-s\">\(summary.fromAddress)</span>"
        let body = try await MessageText.html(message, visit)
        return """
            <article class="card msg" data-key="m\(summary.number)" data-message="\(summary.number)"><header>\(Avatar(name(summary)).html)\
            <p><b>\(name(summary))</b> \(address)<br><span class="muted">\(visit.say(.recipients(message.recipients.joined(separator: ", "))))</span></p>\
            \(visit.when.html(summary.received))\(links(summary.number))</header>\
            <div class="body"\(attribute: "lang", Script.language(of: message.snippet))>\(body)</div></article>
            """
    }

    private func links(_ number: MessageNumber) -> HTML {
        """
        <details class="menu-of"><summary class="btn quiet icon small">\(Icon("more").svg(visit.say(.moreActions)))</summary>\
        <div class="menu"><a href="\(link: "/m/\(number)/reply")">\(Icon("reply").svg)\(visit.say(.reply))</a>\
        <a href="\(link: "/m/\(number)/reply-all")">\(Icon("replyall").svg)\(visit.say(.replyAll))</a>\
        <a href="\(link: "/m/\(number)/forward")">\(Icon("forward").svg)\(visit.say(.forward))</a>\
        <a href="\(link: "/m/\(number)/account")">\(Icon("user").svg)\(visit.say(.someoneElses))</a>\
        <a href="\(link: "/m/\(number)/headers")">\(Icon("list").svg)\(visit.say(.headers))</a>\
        <a href="\(link: "/m/\(number)/original")">\(Icon("down").svg)\(visit.say(.original))</a></div></details>
        """
    }

    private func note(_ note: ConversationNote) -> HTML {
        let pieces = NoteMentions(pane.staff).pieces(of: note.text).map { piece -> HTML in
            switch piece {
            case .text(let text): lines(text)
            case .mention(let words, _): "<b class=\"mention\">\(words)</b>"
            }
        }
        return """
            <div class="card msg note" data-key="n\(note.id)"><header>\(Avatar(note.authorName).html)<p><b>\(note.authorName)</b> \
            <span class="muted">\(visit.say(.wroteNote))</span></p>\(visit.when.html(note.at))</header>\
            <div class="body"><p\(attribute: "lang", Script.language(of: note.text))>\(pieces)</p></div></div>
            """
    }

    private func lines(_ text: String) -> HTML {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { HTML(escaping: $0) }.joined(
            "<br>")
    }

    private func event(_ event: ConversationEvent) -> HTML {
        let words = visit.say(.happened(event.kind, who: event.who, words: event.words))
        let told: HTML =
            place(of: event).map { "<a href=\"\(link: $0)\">\(words)</a>" } ?? "\(words)"
        return
            "<div class=\"event\" data-key=\"e\(event.id)\"><span>\(told) · \(visit.when.html(event.at))</span></div>"
    }

    /// Where one sees what an event tells of.
    private func place(of event: ConversationEvent) -> String? {
        if let request = event.request { return "/requests/\(request.rawValue)" }
        guard let number = pane.row.accountNumber else { return nil }
        switch event.kind.prefix(while: { $0 != "." }) {
        case "share": return "/accounts/\(number)/shares"
        case "client": return "/accounts/\(number)/documents"
        case "disk": return "/disk"
        default: return nil
        }
    }
}
