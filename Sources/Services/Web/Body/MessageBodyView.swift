internal import HTTP
internal import Mailroom
package import Markup
internal import Sanitizer
package import Store

/// What a message says, as a part of a page: its text, or a frame with its page, and the question about pictures.
package enum MessageBodyView {
    /// - Throws: ``PageError/notFound`` where there is no such message for this person.
    package static func html(for message: MessageNumber, _ visit: Visit) async throws -> HTML {
        let staff = visit.staff
        guard let shown = try await visit.read({ try $0.shownMessage(message, for: staff) }) else {
            throw PageError.notFound
        }
        guard shown.original != nil else { return "<p class=\"muted\">\(visit.say(.noOriginal))</p>" }
        let isAsked = visit.request.query["pictures"] == "\(message)"
        let body = try await ShownBody(
            shown, visit.site.vault, showsPictures: isAsked || shown.showsPictures)
        guard let page = body.page else {
            let note: HTML =
                body.isPageTooLarge ? "<p class=\"muted\">\(visit.say(.pageTooLarge))</p>" : .empty
            return note + PlainBody(visit: visit).html(body.plain)
        }
        let address = MessagePaths.body(message) + (isAsked ? "?pictures=1" : "")
        let question: HTML =
            page.remotePictures > 0 ? pictures(shown, page.remotePictures, isAsked, visit) : .empty
        return """
            \(question)<iframe class="mailframe" data-keep data-key="body-\(message.rawValue)" title="\(visit.say(.messageText))" \
            sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" \
            src="\(link: address)"></iframe>
            """
    }

    private static func pictures(_ message: ShownMessage, _ count: Int, _ isAsked: Bool, _ visit: Visit)
        -> HTML
    {
        let number = message.summary.number
        var query = visit.request.query.items.filter { !["pictures", "did", "undo"].contains($0.name) }
        let here = visit.request.path.description + (query.isEmpty ? "" : "?" + FormItems(query).urlEncoded)
        query.append(FormItems.Item("pictures", "\(number)"))
        let once = visit.request.path.description + "?" + FormItems(query).urlEncoded
        let always = message.showsPictures ? "0" : "1"
        let showsNow = isAsked || message.showsPictures
        let link: HTML =
            showsNow
            ? .empty : "<a class=\"btn small\" href=\"\(link: once)\">\(visit.say(.showPictures))</a>"
        // Whoever only claims to be the sender gets no leave for good.
        let isForGood = message.summary.verdict != .against && message.summary.fromAddress != nil
        let form: HTML =
            !isForGood
            ? .empty
            : """
            <form class="inline" method="post" action="\(link: "/m/\(number)/pictures")">\(visit.token)\
            <input type="hidden" name="always" value="\(always)"><input type="hidden" name="back" value="\(here)">\
            <button class="btn small">\(visit.say(message.showsPictures ? .neverShowPictures : .alwaysShowPictures))\
            </button></form>
            """
        return """
            <div class="pictures"><span>\(visit.say(showsNow ? .picturesShown : .picturesLeftOut(count)))</span>\
            \(link)\(form)</div>
            """
    }
}
