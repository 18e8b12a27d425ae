internal import Crypto
package import HTTP
internal import Mailroom
package import Markup

/// Where in the rail one is.
package enum Place: Hashable, Sendable {
    case inbox, mine, unassigned, waiting, snoozed, done, other
    case unknown, held, disk, accounts, documents, requests, settings, staff, search
    case nowhere
}

extension Visit {
    /// A whole page; one that renews itself takes of it what it wants.
    ///
    /// - Parameters:
    ///   - main: the `<main>` element and nothing beside it.
    ///   - scripts: of its area, besides live.js.
    package func page(
        _ title: String, current: Place, _ main: HTML, scripts: [Asset] = [], status: Status = .ok
    ) async throws -> Response {
        let rail = try await Rail(self, current).html()
        let body: HTML = """
            <a class="skip" href="#main">\(say(.skipToContent))</a>\
            <div class="shell">\(rail)\(main)\(Rail.phoneBar(self, current))</div>\
            <div class="toasts" role="status">\(toast)\
            <p class="toast offline" id="offline" hidden>\(say(.offline))</p></div>
            """
        let html = Shell.document(
            language: language, preferences: member.preferences, title: "\(title) · Mailroom", body: body,
            scripts: [Assets.live] + scripts, isStill: !request.method.isSafe,
            changes: changes)
        return Response.html(html.markup, status).under(.page).packed(for: request)
    }

    package func page(
        _ title: Phrase, current: Place, _ main: HTML, scripts: [Asset] = [], status: Status = .ok
    ) async throws -> Response {
        try await page(say(title), current: current, main, scripts: scripts, status: status)
    }

    /// What was done just before, and the way back.
    private var toast: HTML {
        guard let note = request.query["did"].flatMap({ DoneNote.named($0) }) else { return .empty }
        var undo = HTML.empty
        if let path = request.query["undo"], path.hasPrefix("/"), !path.hasPrefix("//"),
            let mark = request.query["mark"],
            ConstantTime.equal(Array(mark.utf8), Array(undoMark(path).utf8))
        {
            undo = """
                <form class="inline" method="post" action="\(link: path)">\(token)\
                <button class="btn small">\(say(.undo))</button></form>
                """
        }
        return "<div class=\"toast\" data-seconds=\"10\"><span>\(say(note.phrase))</span>\(undo)</div>"
    }
}
