internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// Where somebody looks at the documents that the firm chose for them, and takes them.
struct LinkSharePage: Sendable {
    private let visit: ShareVisit
    /// The one that is shown.
    private let shown: LinkFile?

    /// Pages of more documents than these are not counted: each count is a child's work.
    private static let mostCounted = 12

    init(_ visit: ShareVisit) {
        self.visit = visit
        shown = visit.request.query["document"].flatMap { visit.file($0) } ?? visit.files.first
    }

    private func say(_ phrase: Phrase) -> String { visit.say(phrase) }
    private var share: Share { visit.linked.share }

    func response() async throws -> Response {
        let title = say(ShareWords.title(share.author, visit.files.count))
        let preview = try await look()
        let list = try await documents()
        let main: HTML = """
            <main class="two" id="main" data-opened="\(visit.path)/opened"><div class="lead">\(note)<h1>\(title)</h1>\(words)</div>\
            \(preview)<aside class="aside" id="documents" aria-label="\(say(.documents))">\(list)\(until)\(know)</aside></main>
            """
        return ClientPage(
            site: visit.site, language: visit.language, title: title, path: visit.path, main: main,
            scripts: [Assets.opened], query: looked
        ).response(to: visit.request)
    }

    /// What another language shows as well.
    private var looked: [FormItems.Item] {
        ["document", "page"].compactMap { name in
            visit.request.query[name].flatMap { Int64($0) }.map { FormItems.Item(name, "\($0)") }
        }
    }

    private func look() async throws -> HTML {
        guard let shown else { return none }
        return try await preview(of: shown).html()
    }

    private var note: HTML {
        guard let note = visit.request.query["did"] else { return .empty }
        let words =
            note == ShareVisit.Note.gone.rawValue
            ? ShareWords.gone : note == LinkNote.asked.rawValue ? LinkWords.linkHolds : nil
        return words.map {
            "<p class=\"note\" role=\"status\">\(Icon("alert").svg)<span>\(say($0))</span></p>"
        } ?? .empty
    }

    private var words: HTML {
        guard !share.text.isEmpty else { return .empty }
        let text = share.text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { HTML(escaping: $0) }.joined("<br>")
        return """
            <div class="quote">\(Avatar(share.author, "lg").html)<blockquote lang="\(share.language.rawValue)">\
            <cite lang="\(visit.language.rawValue)">\(say(LinkWords.writes(share.author)))</cite>\(text)</blockquote></div>
            """
    }

    private func preview(of file: LinkFile) -> LinkPreview {
        let (visit, id) = (visit, "\(file.id.rawValue)")
        return LinkPreview(
            site: visit.site, language: visit.language, file: file,
            page: visit.request.query["page"].flatMap { Int($0) } ?? 1,
            picture: { "\(visit.path)/pictures/\(id)?page=\($0)" },
            turned: {
                visit.path("", [FormItems.Item("document", id), FormItems.Item("page", "\($0)")])
            })
    }

    private var none: HTML {
        "<div class=\"card empty\">\(Icon("file").svg)<b>\(say(ShareWords.nothingLeft))</b></div>"
    }

    // MARK: - Beside

    private func documents() async throws -> HTML {
        guard !visit.files.isEmpty else { return .empty }
        var rows: [HTML] = []
        for (file, shared) in zip(visit.files, visit.linked.files) {
            rows.append(row(file, shared, await pages(of: file)))
        }
        return """
            <section class="card want" aria-labelledby="df"><div class="cap"><h2 id="df">\(say(.documents))</h2></div>\
            <ul>\(rows)</ul><form class="pad" method="post" action="\(link: visit.path("/take"))">\(all)</form></section>
            """
    }

    private func pages(of file: LinkFile) async -> Int? {
        guard visit.files.count <= Self.mostCounted, file.look.kind(visit.site.vault) == .pdf else {
            return nil
        }
        return await visit.site.deeds.pageCount(file.digest)
    }

    private func row(_ file: LinkFile, _ shared: SharedFile, _ pages: Int?) -> HTML {
        let facts = [
            FileSize(file.octets)[visit.language], pages.map { say(LinkFileWords.pages($0)) },
            visit.when.day(visit.site.zone.day(file.filed)),
        ].compactMap { $0 }.joined(separator: visit.language == .ja ? "・" : " · ")
        let changed: HTML =
            shared.isChanged
            ? "<small class=\"changed\">\(Icon("pen").svg)<span>\(say(ShareWords.changed))</span></small>"
            : .empty
        let address = visit.path("", [FormItems.Item("document", "\(file.id.rawValue)")]) + "#preview"
        return """
            <li class="share-file"\(flag: "data-shown", file == shown)>\(FileEnding(file.name).html)\
            <div><a href="\(link: address)"\(attribute: "aria-current", file == shown ? "true" : nil)>\(file.name)</a>\
            <small>\(facts)</small>\(changed)</div>\
            <form method="post" action="\(link: visit.path("/take"))">\
            <button class="btn quiet icon" name="document" value="\(file.id.rawValue)" \
            aria-label="\(say(LinkFileWords.download(file.name)))">\(Icon("down").svg)</button></form></li>
            """
    }

    /// All of it at once; of one document the document.
    private var all: HTML {
        let (value, words): (String, Phrase)
        if visit.files.count == 1, let file = visit.files.first {
            (value, words) = ("\(file.id.rawValue)", ShareWords.one(FileSize(file.octets)))
        } else {
            (value, words) = ("all", ShareWords.all(FileSize(visit.files.zipLength(visit.site))))
        }
        return """
            <button class="btn primary wide" name="document" value="\(value)">\(Icon("down").svg)\(say(words))</button>
            """
    }

    private var until: HTML {
        let zone = visit.site.zone
        let last = RequestTerms(zone: zone).lastDay(before: visit.linked.recipient.expires)
        let days = max(0, last.number - zone.day(visit.site.now).number)
        return """
            <p class="until">\(Icon("calendar").svg)<span>\(say(ShareWords.until(last, days)))</span></p>
            """
    }

    private var know: HTML {
        let phone: HTML =
            visit.site.settings.clients.phone.map {
                "<li>\(Icon("phone").svg)<span>\(say(LinkWords.questions)) \(ClientPage.phone($0))</span></li>"
            } ?? .empty
        let proof = visit.linked.recipient.proof
        let free: HTML =
            proof == .login
            ? .empty : "<li>\(Icon("user").svg)<span>\(say(LinkWords.noAccountNeeded))</span></li>"
        // Of one that asks who comes, that is not true.
        let keeping: HTML =
            proof == .nothing
            ? "<li>\(Icon("send").svg)<span>\(say(ShareWords.doNotPassOn))</span></li>" : .empty
        return """
            <section class="card know" aria-labelledby="ab"><div class="cap"><h2 id="ab">\(say(LinkWords.goodToKnow))</h2></div>\
            <ul class="plain-list">\(free)<li>\(Icon("shield").svg)<span>\(say(ShareWords.officeSees))</span></li>\
            \(keeping)\(phone)</ul></section>
            """
    }
}
