internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// Where a client hands over what they were asked for.
struct LinkUploadPage: Sendable {
    private let visit: LinkVisit
    private let refusals: [LinkRefusal]
    /// As typed, of a form that was refused.
    private let name: String
    private let address: String
    /// Of the item that somebody said they have none of, without saying who they are.
    private let declining: LinkDecline?

    init(
        _ visit: LinkVisit, refusals: [LinkRefusal] = [], name: String = "", address: String = "",
        declining: LinkDecline? = nil
    ) {
        self.declining = declining
        self.visit = visit
        self.refusals = refusals
        self.name = name
        self.address = address
    }

    private func say(_ phrase: Phrase) -> String { visit.say(phrase) }
    private var clients: ClientSettings { visit.site.settings.clients }

    func response() async throws -> Response {
        let (id, recipient, sitting) = (visit.asked.id, visit.linked.recipient?.id, visit.sitting?.id)
        let oldest = clients.oldestUnfinished(visit.site.now)
        let (counts, declined, own, coming) = try await visit.site.read { transaction in
            (
                try transaction.receivedCounts(of: id, by: recipient),
                try sitting.map { try transaction.declined(by: $0) } ?? [],
                try sitting.map { try transaction.uploads(of: $0) } ?? [],
                try sitting.map { try transaction.unfinished(of: $0, since: oldest) } ?? []
            )
        }
        let items = LinkItems(
            visit: visit, counts: counts, own: own, declined: declined, declining: declining)
        let attached = try await LinkDocuments.load(visit).html
        let main: HTML = """
            <main class="sending" id="main" data-opened="\(visit.path)/opened"><div class="lead">\(notes)<h1>\(say(LinkWords.uploadPlease))</h1>\(words)\(attached)</div>\
            \(items.html)\
            <div class="hand">\(form)\(yours(own, coming, counts))\
            \(finishing(isThere: !own.isEmpty || !declined.isEmpty))</div>\(know)</main>
            """
        var response = ClientPage(
            site: visit.site, language: visit.language, title: say(LinkWords.uploadPlease), path: visit.path,
            main: main,
            skip: .chooseFiles, scripts: [Assets.opened, Assets.upload]
        ).response(to: visit.request, refusals.isEmpty ? .ok : .unprocessableContent)
        if !refusals.isEmpty { visit.remember(in: &response) }
        return response
    }

    // MARK: - What was just done

    private var notes: HTML {
        if !refusals.isEmpty {
            let lines = refusals.map { refusal -> HTML in
                // Who said that they have none chose no files.
                let words = declining == nil ? LinkWords.refused(refusal, clients) : LinkWords.nameMissing
                return "<span>\(say(words))</span>"
            }
            return "<div class=\"problem\" role=\"alert\">\(Icon("alert").svg)<p>\(lines)</p></div>"
        }
        guard let note = visit.request.query["did"].flatMap(LinkNote.init(rawValue:)) else { return .empty }
        let words: Phrase =
            switch note {
            case .sent: LinkWords.filesSent
            case .done: LinkWords.doneThanks
            case .told: LinkWords.toldThanks
            case .unmailed: LinkWords.unmailedThanks
            case .nothing: LinkWords.nothingYet
            case .declined: LinkWords.declinedThanks
            case .asked: LinkWords.linkHolds
            }
        return "<p class=\"note\" role=\"status\">\(Icon("checkc").svg)<span>\(say(words))</span></p>"
    }

    private var words: HTML {
        let request = visit.asked
        let text: HTML =
            request.text.isEmpty
            ? HTML(escaping: request.title)
            : request.text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { HTML(escaping: $0) }.joined("<br>")
        return """
            <div class="quote">\(Avatar(request.author, "lg").html)<blockquote lang="\(request.language.rawValue)">\
            <cite lang="\(visit.language.rawValue)">\(say(LinkWords.writes(request.author)))</cite>\(text)</blockquote></div>
            """
    }

    // MARK: - The form

    private var form: HTML {
        UploadZone(
            site: visit.site, language: visit.language, action: visit.path("/files"),
            uploads: LinkSending(visit).uploadsPath, fields: sender + choice
        ).form
    }

    /// An open link asks who comes by it.
    private var sender: HTML {
        guard visit.linked.recipient == nil else { return .empty }
        let wrong = declining == nil && refusals.contains { $0.reason == .whoAreYou }
        let who = LinkSender(name: name, address: address)
        let sitting = visit.sitting
        let nameField = Field(
            "name", say(LinkWords.yourName), value: name.isEmpty ? sitting?.name ?? "" : name,
            error: wrong && who.name == nil ? say(LinkWords.nameMissing) : nil, isRequired: true,
            autocomplete: "name")
        let addressField = Field(
            "address", say(LinkWords.yourAddress),
            value: address.isEmpty ? sitting?.address?.description ?? "" : address,
            type: "email", hint: say(LinkWords.addressWhy),
            error: wrong && who.address == nil ? say(LinkWords.addressMissing) : nil, isRequired: true,
            autocomplete: "email")
        return "<div class=\"who\">\(nameField.input)\(addressField.input)</div>"
    }

    private var choice: HTML {
        // By an open link every item looks as it did on the first day: what became of it is not told.
        let items = visit.asked.items.filter { visit.isOpen || $0.state != .unavailable }
        guard !items.isEmpty else { return .empty }
        let chosen = visit.request.query["item"].flatMap { Int($0) }
        let options = items.map { item -> HTML in
            """
            <option value="\(item.number)"\(flag: "selected", item.number == chosen)>\(item.name)</option>
            """
        }
        return """
            <div class="field"><label for="f-item">\(say(LinkWords.whatIsIt))</label>\
            <select class="input" id="f-item" name="item"><option value="">\(say(LinkWords.notSure))</option>\(options)</select></div>
            """
    }

    // MARK: - What came

    private func yours(_ own: [LinkUpload], _ coming: [UnfinishedUpload], _ counts: ReceivedCounts) -> HTML {
        // An open link tells nobody what others sent, not even that somebody did.
        let others = visit.isOpen ? 0 : counts.byLink - own.count
        let elsewhere: HTML =
            others > 0
            ? "<p class=\"pad muted\">\(say(LinkWords.otherFiles(others)))</p>" : .empty
        let isNothing = own.isEmpty && coming.isEmpty && others <= 0
        return """
            <section class="card yours" id="yours" aria-labelledby="yf" data-count="\(own.count)"\(flag: "hidden", isNothing)>\
            <div class="cap"><h2 id="yf" class="grow">\(say(LinkWords.yourFiles))</h2>\
            <span class="muted" role="status">\(own.isEmpty ? "" : say(LinkWords.received(own.count)))</span></div>\
            <ul class="ups">\(own.map(row))\(coming.map(waiting))</ul>\(elsewhere)</section>
            """
    }

    private func row(_ upload: LinkUpload) -> HTML {
        let (time, size) = (visit.when.short(upload.at), FileSize(upload.octets)[visit.language])
        let words: HTML =
            upload.octets == 0
            ? "<small class=\"wait\">\(say(LinkWords.emptyAt(time, size)))</small>"
            : "<small class=\"ok\">\(say(LinkWords.receivedAt(time, size)))</small>"
        return """
            <li class="up">\(FileEnding(upload.name).html)<b>\(upload.name)</b>\(words)\
            <details class="sum"><summary>\(say(LinkWords.checksum))</summary><code>\(upload.sha256.hex)</code></details></li>
            """
    }

    private func waiting(_ upload: UnfinishedUpload) -> HTML {
        UploadZone.waiting(
            upload.name, upload.octets, at: "\(LinkSending(visit).uploadsPath)/\(upload.id)", visit.language)
    }

    /// - Parameter isThere: something of theirs, or a word of theirs.
    private func finishing(isThere: Bool) -> HTML {
        """
        <form class="finish" id="finish" method="post" action="\(link: visit.path("/done"))"\(flag: "hidden", !isThere)>\
        <button class="btn primary">\(Icon("check").svg)\(say(LinkWords.iAmDone))</button><p>\(say(LinkWords.moreLater))</p></form>
        """
    }

    // MARK: - Beside

    private var know: HTML {
        let firm = visit.site.settings.firm
        let last = RequestTerms(zone: visit.site.zone).lastDay(before: visit.asked.expires)
        let phone: HTML =
            clients.phone.map {
                "<li>\(Icon("phone").svg)<span>\(say(LinkWords.questions)) \(ClientPage.phone($0))</span></li>"
            } ?? .empty
        let due: HTML =
            visit.asked.due.map {
                "<li>\(Icon("clock").svg)<span>\(say(LinkWords.dueBy(visit.language.longDate($0))))</span></li>"
            } ?? .empty
        let encrypted: HTML =
            visit.request.isSecure
            ? "<li>\(Icon("lock").svg)<span>\(say(LinkWords.sentEncrypted(firm)))</span></li>" : .empty
        let free: HTML =
            visit.linked.recipient?.proof == .login
            ? .empty
            : "<li>\(Icon("user").svg)<span>\(say(LinkWords.noAccountNeeded))</span></li>"
        return """
            <section class="card know" aria-labelledby="ab"><div class="cap"><h2 id="ab">\(say(LinkWords.goodToKnow))</h2></div>\
            <ul class="plain-list">\(due)\(encrypted)\(free)\
            <li>\(Icon("calendar").svg)<span>\(say(LinkWords.linkWorksUntil(visit.language.longDate(last))))</span></li>\(phone)</ul></section>
            """
    }
}
