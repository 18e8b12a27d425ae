internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// The links of a request: to copy, to send by telephone, to be photographed.
struct RequestLinksView {
    let visit: Visit
    let request: Mailroom.Request
    /// Nil: there are none, or none any more.
    let links: RequestAddresses?

    var html: HTML {
        guard let links else { return .empty }
        let own = request.recipients.compactMap { recipient in
            links.own[recipient.id].map { (recipient, $0) }
        }
        let shown: HTML =
            own.isEmpty
            ? links.open.map { one($0, visit.say(Asking.link), code: "\(path)/qr.svg") + open } ?? .empty
            : own.map { recipient, link in
                one(
                    link, visit.say(Asking.linkOf(recipient.name ?? recipient.address.description)),
                    code: "\(path)/qr.svg?to=\(recipient.id.rawValue)")
            }.joined()
        let last = visit.site.deeds.asking.terms().lastDay(before: request.expires)
        return """
            <section class="card box" id="link"><header><h2 class="grow">\(visit.say(Asking.link))</h2>\
            <small class="muted">\(visit.say(Asking.validUntil(visit.when.day(last))))</small></header>\(shown)\
            <form class="row-flex" method="post" action="\(link: "\(path)/renew")">\(visit.token)\
            <button class="btn small quiet">\(Icon("retry").svg)\(visit.say(Asking.renew))</button>\
            <small class="muted grow">\(visit.say(Asking.renewHint))</small></form></section>
            """
    }

    /// Why it can ask nobody who they are.
    private var open: HTML { "<p class=\"muted\">\(visit.say(ProofWords.openLinkHint))</p>" }

    private var path: String { "/requests/\(request.id)" }

    private func one(_ address: String, _ label: String, code: String) -> HTML {
        let copies = LinkCopies(
            visit: visit, address: address,
            message: Asking.message(visit.site.settings.firm, request.title, address),
            language: request.language, picture: code)
        return "<div class=\"linkone\"><small class=\"muted\">\(label)</small>\(copies.html)</div>"
    }
}
