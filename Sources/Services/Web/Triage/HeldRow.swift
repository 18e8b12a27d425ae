internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// One thing that waits, with its answers as buttons.
struct HeldRow {
    let visit: Visit
    let item: HeldItem
    /// What is the matter with the password that was typed.
    let wrong: Phrase?

    init(_ visit: Visit, _ item: HeldItem, wrong: Phrase? = nil) {
        self.visit = visit
        self.item = item
        self.wrong = wrong
    }

    var html: HTML {
        """
        <li class="card held" id="\(item.id)" tabindex="-1" data-item>\(TriageSender(visit, item.first).html)\
        <ul class="held-mails">\(item.messages.map(mail))</ul>\(password)\(answers)</li>
        """
    }

    private func mail(_ message: HeldMessage) -> HTML {
        """
        <li><p class="subject"><a href="\(link: "/m/\(message.number)")" data-open>\
        \(message.subject ?? visit.say(.mailWithoutSubject))</a> \(visit.when.html(message.received))</p>\
        <ul class="held-files">\(message.parts.map { HeldFile(visit, $0).html })</ul>\(doubt(message))</li>
        """
    }

    /// Why the sender is not believed, in the words that `explain` has.
    private func doubt(_ message: HeldMessage) -> HTML {
        guard message.verdict == .against else { return .empty }
        return """
            <p class="badge bad">\(Icon("alert").svg)<span>\(visit.reason(message.verdictReason))</span></p>
            """
    }

    private var password: HTML {
        guard item.kind == .encrypted, !item.locked.isEmpty else { return .empty }
        return PasswordForm(
            visit, "/held/open", parts: item.locked.map { "\($0.message):\($0.section.text)" }, id: item.id,
            account: item.first.account?.name, remembered: item.passwords, wrong: wrong
        ).html
    }

    private var hidden: HTML {
        item.parts.map { part -> HTML in
            "<input type=\"hidden\" name=\"part\" value=\"\("\(part.message):\(part.section.text)")\">"
        }.joined()
    }

    private var answers: HTML {
        let action = item.kind == .ambiguous ? "/held/link" : "/held/file"
        let buttons: HTML
        switch item.kind {
        case .infected: buttons = .empty
        case .fileLink:
            buttons = """
                <a class="btn primary" data-key="1" href="\(link: "/requests/new?message=\(item.first.number)")">\
                <kbd>1</kbd>\(visit.say(.askByUpload))</a>
                """
        case .ambiguous, .asks, .encrypted, .type, .tooLarge, .container, .secure, .unscanned, .against,
            .suspicious:
            buttons = item.choices.enumerated().map { choice($0.offset + 1, $0.element) }.joined()
        }
        return """
            <form method="post" action="\(link: action)" class="answers">\(visit.token)\(hidden)\
            <div class="choices">\(buttons)</div><div class="actions">\(elsewhere)\
            <button class="btn quiet" formaction="/held/leave" name="aside" value="yes">\
            \(visit.say(.leaveIt))</button></div></form>
            """
    }

    private var elsewhere: HTML {
        guard item.kind.isFilable, item.parts.count <= 50 else { return .empty }
        let parts = FormItems(item.parts.map { FormItems.Item("part", "\($0.message):\($0.section.text)") })
        return """
            <a class="btn quiet" href="\(link: "/held/place?" + parts.urlEncoded)">\(visit.say(.anotherPlace))</a>
            """
    }

    private func choice(_ number: Int, _ choice: AccountChoice) -> HTML {
        let prospect = item.prospects[choice.id]
        let goes: HTML =
            prospect.map {
                "<small>\(visit.say(.intoFolder("\($0.folder)")))</small>\(visit.badge($0.access))" as HTML
            } ?? .empty
        let isOnly = item.choices.count == 1
        let words = isOnly && item.first.account != nil ? visit.say(verb) + " · " + choice.name : choice.name
        return """
            <button class="btn choice\(isOnly ? " sole" : "")" name="account" value="\(choice.id.rawValue)" \
            data-key="\(number)"><kbd>\(number)</kbd><span><b>\(words)</b> \
            <small>\(choice.number)</small></span>\(goes)</button>
            """
    }

    private var verb: Phrase {
        switch item.kind {
        case .ambiguous, .asks: .fileIt
        case .fileLink, .encrypted, .type, .tooLarge, .container, .secure, .unscanned, .against, .suspicious,
            .infected:
            .fileAnyway
        }
    }
}

/// Who sent something that waits.
struct TriageSender {
    let visit: Visit
    let name: String
    let address: String

    init(_ visit: Visit, _ message: HeldMessage) {
        self.visit = visit
        name = message.sender
        address = message.fromAddress ?? ""
    }

    init(_ visit: Visit, name: String, address: String) {
        self.visit = visit
        self.name = name
        self.address = address
    }

    var html: HTML {
        """
        <p class="sender">\(Avatar(name).html)<span><b>\(name)</b>\
        <small class="muted">\(name == address ? "" : address)</small></span></p>
        """
    }
}

/// A file that waits: what it is called, how large it is, and a look at it.
struct HeldFile {
    let visit: Visit
    let part: HeldPart

    init(_ visit: Visit, _ part: HeldPart) {
        self.visit = visit
        self.part = part
    }

    var html: HTML {
        """
        <li>\((part.links.isEmpty ? Icon("clip") : Icon("link")).svg)<span class="grow">\(name)\
        <small class="muted">\(part.links.isEmpty ? FileSize(part.octets)[visit.language] : "")</small>\
        \(found)\(part.links.map(link))</span></li>
        """
    }

    private var name: HTML {
        guard part.links.isEmpty else { return .empty }
        let words = part.name ?? visit.say(.fileWithoutName)
        guard part.isStored, part.reason != .infected else { return "<b>\(words)</b> " }
        let path = "/m/\(part.message)/look/\(part.section.text)"
        return "<a class=\"path\" href=\"\(link: path)\">\(words)</a> "
    }

    private var found: HTML {
        part.found.map { " <span class=\"badge bad\">\(visit.say(.scannerFound($0)))</span>" as HTML }
            ?? .empty
    }

    /// A stranger's address is shown whole, so that one sees where it leads.
    private func link(_ link: FileLink) -> HTML {
        """
        <span class="filelink"><b>\(link.service)</b> <a href="\(link: link.url)" rel="noopener noreferrer" \
        target="_blank" class="tag">\(link.url)</a> \
        <small>\(link.expiry.map { visit.say(.expires($0)) } ?? "")</small></span>
        """
    }
}

/// A sender whom nobody confirmed, with all that one word releases.
struct UnconfirmedRow {
    let visit: Visit
    let sender: UnconfirmedSender

    init(_ visit: Visit, _ sender: UnconfirmedSender) {
        self.visit = visit
        self.sender = sender
    }

    var html: HTML {
        """
        <li class="card held" id="sender-\(sender.documents[0].id.rawValue)" tabindex="-1" data-item>\
        \(TriageSender(visit, name: sender.name, address: sender.address).html)\
        <ul class="held-files">\(sender.documents.map(document))</ul>\
        <form method="post" action="/held/confirm" class="answers">\(visit.token)\
        <input type="hidden" name="sender" value="\(sender.key)">\
        <button class="btn primary" data-key="1"><kbd>1</kbd>\
        \(visit.say(.confirmSender(sender.documents.count)))</button></form></li>
        """
    }

    private func document(_ document: UnconfirmedSender.Document) -> HTML {
        """
        <li>\(Icon("clip").svg)<span class="grow"><a class="path" href="\(link: "/m/\(document.message)")" data-open>\
        \(document.name)</a> <small class="muted">\(document.account.name) · \(document.account.number)</small>\
        </span></li>
        """
    }
}
