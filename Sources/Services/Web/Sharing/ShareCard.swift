internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// One share as staff see it: its documents, and each recipient with the link, the state and who looked.
struct ShareCard {
    let visit: Visit
    let share: Share
    let files: [SharedFile]
    let uses: [ShareRecipientID: [ShareUse]]

    private var deeds: ShareDeeds { visit.site.deeds.sharing }
    private var isAllowed: Bool { visit.may(.makeRequests) }

    var html: HTML {
        let addresses = deeds.addresses(share)
        let rows = share.recipients.map { row($0, addresses[$0.id]) }
        return """
            <section class="card box sharecard" id="share-\(share.id.rawValue)" data-key="share-\(share.id.rawValue)">\
            <header><h2 class="grow">\(visit.say(Sharing.sharedBy(share.author)))</h2>\
            <small class="muted">\(visit.when.html(share.created))</small></header>\
            <ul class="sharedfiles">\(files.map(file))\(missing)</ul>\
            <ul class="sharepeople">\(rows)</ul></section>
            """
    }

    private func file(_ file: SharedFile) -> HTML {
        let changed: HTML =
            file.isChanged
            ? " <span class=\"badge warn\">\(Icon("pen").svg)\(visit.say(Sharing.changed))</span>" : .empty
        // Who shares it knew; who moved it there may not.
        let hidden: HTML = file.access == .private ? " \(visit.badge(file.access))" : .empty
        return """
            <li>\(FileEnding(file.name).html)<a href="\(link: "/d/\(file.id.rawValue)")">\(file.name)</a> \
            <small class="muted">\(FileSize(file.octets)[visit.language])</small>\(changed)\(hidden)</li>
            """
    }

    /// In the trash, or another account's by now.
    private var missing: HTML {
        let count = share.documents.count - files.count
        guard count > 0 else { return .empty }
        return "<li class=\"muted\">\(Icon("ban").svg)\(visit.say(Sharing.missing(count)))</li>"
    }

    private func row(_ recipient: ShareRecipient, _ address: String?) -> HTML {
        let name = recipient.name ?? recipient.address.description
        let mail: HTML =
            recipient.name == nil ? .empty : "<small class=\"muted\">\(recipient.address.description)</small>"
        return """
            <li data-key="to-\(recipient.id.rawValue)">\(Avatar(name).html)<div class="grow"><b>\(name)</b>\(mail)\
            <small class="muted">\(facts(recipient).joined(" · "))</small></div>\
            <span class="row-flex">\(badges(recipient))</span>\(menu(recipient))\(log(recipient))\(copying(recipient, address))</li>
            """
    }

    /// What was done by the link, where it is more than a word beside the name can say.
    private func log(_ recipient: ShareRecipient) -> HTML {
        let uses = uses[recipient.id] ?? []
        guard uses.count > 1 else { return .empty }
        let rows = uses.map { use -> HTML in
            let words =
                switch use.action {
                case .opened: visit.say(Sharing.opened)
                case .downloaded: visit.say(Sharing.downloaded) + (use.document.map { ": \($0)" } ?? "")
                }
            return "<li>\(visit.when.html(use.at))<span>\(words)</span></li>"
        }
        return """
            <details class="linkone"><summary>\(visit.say(Sharing.uses))</summary>\
            <ul class="moments">\(rows)</ul></details>
            """
    }

    private func facts(_ recipient: ShareRecipient) -> [HTML] {
        let last = deeds.terms().lastDay(before: recipient.expires)
        var facts: [HTML] = [HTML(escaping: visit.say(Asking.validUntil(visit.when.day(last))))]
        if let opened = recipient.opened {
            facts.append("\(visit.say(Sharing.opened)) \(visit.when.html(opened))")
        }
        if let downloaded = recipient.downloaded {
            facts.append("\(visit.say(Sharing.downloaded)) \(visit.when.html(downloaded))")
        }
        if let proof = ProofWords.badge(recipient.proof) { facts.append(HTML(escaping: visit.say(proof))) }
        return facts
    }

    private func badges(_ recipient: ShareRecipient) -> HTML {
        func badge(_ kind: String, _ icon: Icon, _ words: Phrase) -> HTML {
            "<span class=\"badge \(kind)\">\(icon.svg)\(visit.say(words))</span>"
        }
        switch recipient.state(at: visit.now) {
        case .revoked: return badge("private", "ban", Asking.revoked)
        case .expired: return badge("private", "clock", Asking.expired)
        case .open:
            if recipient.downloaded != nil { return badge("good", "checkc", Sharing.downloaded) }
            if recipient.opened != nil { return badge("good", "eye", Sharing.opened) }
            switch recipient.letter {
            case .undelivered: return badge("bad", "alert", Asking.undelivered)
            case .waiting: return badge("warn", "clock", Sharing.onItsWay)
            case .sent: return badge("warn", "send", Sharing.sent)
            case .cancelled, nil: return badge("warn", "link", Sharing.linkOnly)
            }
        }
    }

    private func copying(_ recipient: ShareRecipient, _ address: String?) -> HTML {
        guard isAllowed, let address else { return .empty }
        let copies = LinkCopies(
            visit: visit, address: address,
            message: Sharing.message(visit.site.settings.firm, address), language: share.language,
            picture: "\(path)/qr.svg?to=\(recipient.id.rawValue)")
        return "<div class=\"linkone\">\(copies.html)</div>"
    }

    private var path: String { "/accounts/\(visit.request[parameter: "number"])/shares/\(share.id)" }

    private func menu(_ recipient: ShareRecipient) -> HTML {
        guard isAllowed, recipient.revoked == nil else { return .empty }
        let to = "?to=\(recipient.id.rawValue)"
        func deed(_ icon: Icon, _ words: Phrase, _ verb: String) -> HTML {
            """
            <form method="post" action="\(link: "\(path)/\(verb)\(to)")">\(visit.token)\
            <button>\(icon.svg)\(visit.say(words))</button></form>
            """
        }
        let renewing: HTML =
            recipient.state(at: visit.now) == .open ? deed("retry", Sharing.newLink, "renew") : .empty
        return """
            <details class="menu-of"><summary class="btn quiet icon small" \
            aria-label="\(visit.say(.actionsFor(recipient.name ?? recipient.address.description)))">\(Icon("more").svg)</summary>\
            <div class="menu">\(deed("send", Asking.sendAgain, "send"))\(renewing)\
            <a href="\(link: "\(path)/extend\(to)")">\(Icon("calendar").svg)\(visit.say(Asking.extend))</a>\
            <a href="\(link: "\(path)/proof\(to)")">\(Icon("lock").svg)\(visit.say(ProofWords.change))</a><hr>\
            <a href="\(link: "\(path)/revoke\(to)")">\(Icon("ban").svg)\(visit.say(Asking.revoke))</a></div></details>
            """
    }
}
