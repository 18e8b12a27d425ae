internal import HTTP
internal import Mailroom
internal import Markup
internal import Store

/// The page of a search: the field, what was wrong with it, and what was found.
struct SearchPage {
    private let visit: Visit
    private let text: String
    private let asked: SearchAsked
    private let found: SearchFound

    init(_ visit: Visit, _ text: String, _ asked: SearchAsked, _ found: SearchFound) {
        self.visit = visit
        self.text = text
        self.asked = asked
        self.found = found
    }

    var title: String { text.isEmpty ? visit.say(.search) : "\(text) · \(visit.say(.search))" }

    var main: HTML {
        """
        <main class="page" id="main"><div class="content search-page"><h1>\(visit.say(.search))</h1>\
        <search>\(form)</search>\(problems)\
        <div id="found" class="found" data-part="inbox accounts documents">\(results)</div></div></main>
        """
    }

    private var form: HTML {
        """
        <form class="search-form" action="/search" method="get" role="search">\
        <label class="search big">\(Icon("search").svg)<span class="sr">\(visit.say(.searchLabel))</span>\
        <input id="q" type="search" name="q" value="\(text)" placeholder="\(visit.say(.searchHint))" autocomplete="off" \
        spellcheck="false" enterkeyhint="search"\(attribute: "aria-invalid", found.problems.isEmpty ? nil : "true")\
        \(attribute: "aria-describedby", found.problems.isEmpty ? nil : "wrong")\(flag: "autofocus", text.isEmpty)></label>\
        <button class="btn primary">\(visit.say(.search))</button></form>\(help)
        """
    }

    private var help: HTML {
        """
        <details class="search-help"><summary>\(Icon("help").svg)\(visit.say(.searchHelp))</summary>\
        <dl>\(SearchHelpLine.all.map { line -> HTML in
            """
            <div><dt><a href="\(link: path(visit.say(line.example)))"><code>\(visit.say(line.example))</code></a></dt>\
            <dd>\(visit.say(line.words))</dd></div>
            """
        })</dl></details>
        """
    }

    private var problems: HTML { SearchProblemsView(visit, found.problems, page: "/search").html }

    private var results: HTML {
        if !found.problems.isEmpty { return .empty }
        if found.query.isEmpty { return empty(.searchBegin, .searchBeginHint) }
        let waiting: HTML =
            found.waiting == 0
            ? .empty
            : "<p class=\"hint\">\(Icon("clock").svg)<span>\(visit.say(.stillIndexing(found.waiting)))</span></p>"
        let cut = found.cut.map { word -> HTML in
            "<p class=\"hint\">\(Icon("help").svg)<span>\(visit.say(.cutBeginning(word)))</span></p>"
        }.joined()
        let rest = more(.mail, .lookOnward, found.rest)
        if found.isEmpty { return empty(.nothingFound, .nothingFoundHint) + cut + rest + waiting }
        let back: HTML =
            asked.section == nil
            ? .empty
            : "<p><a href=\"\(link: path(text))\">\(Icon("left").svg)\(visit.say(.allAnswers))</a></p>"
        return back + cut + accounts + mail + rest + files + waiting
    }

    private func empty(_ title: Phrase, _ hint: Phrase) -> HTML {
        """
        <div class="empty">\(Icon("search").svg)<b>\(visit.say(title))</b><p>\(visit.say(hint))</p></div>
        """
    }

    private var accounts: HTML {
        guard !found.accounts.isEmpty else { return .empty }
        let hits = found.accounts.map { hit -> HTML in
            let contact: HTML =
                hit.contact.map { "<small>\(visit.say(.contactFound($0)))</small>" as HTML } ?? .empty
            return """
                <li class="hit">\(Avatar(hit.name, "square").html)<div class="grow">\
                <a class="what" href="\(link: "/accounts/\(hit.number)")">\(hit.name)</a>\(contact)</div>\
                <span class="muted nowrap">\(hit.number)</span></li>
                """
        }
        return section("accounts", .accounts, hits, more: .empty)
    }

    private var mail: HTML {
        let limit = asked.section == nil ? SearchFound.few.mail : SearchFound.many
        let shown = found.mail.prefix(limit)
        guard !shown.isEmpty else { return .empty }
        let hits = shown.map { SearchHitView(visit).mail($0) }
        let last = found.mail.count > limit ? shown.last?.cursor : nil
        return section("mail", .searchMail, hits, more: more(.mail, .moreMail, last))
    }

    private var files: HTML {
        let limit = asked.section == nil ? SearchFound.few.files : SearchFound.many
        let shown = found.files.prefix(limit)
        guard !shown.isEmpty else { return .empty }
        let hits = shown.map { SearchHitView(visit).file($0) }
        let last = found.files.count > limit ? shown.last?.cursor : nil
        return section("files", .searchFiles, hits, more: more(.files, .moreFiles, last))
    }

    private func section(_ id: String, _ title: Phrase, _ hits: [HTML], more: HTML) -> HTML {
        """
        <section aria-labelledby="h-\(id)"><h2 id="h-\(id)">\(visit.say(title))</h2>\
        <ul class="card hits">\(hits)</ul>\(more)</section>
        """
    }

    private func more(_ section: SearchAsked.Section, _ words: Phrase, _ last: SearchCursor?) -> HTML {
        guard let last else { return .empty }
        let query = FormItems([
            FormItems.Item("q", text), FormItems.Item("only", section.rawValue),
            FormItems.Item("after", "\(last.rawValue)"),
        ])
        return """
            <p><a class="btn" href="\(link: "/search?" + query.urlEncoded)">\(visit.say(words))\(Icon("right").svg)</a></p>
            """
    }

    private func path(_ text: String) -> String {
        "/search?" + FormItems([FormItems.Item("q", text)]).urlEncoded
    }
}
