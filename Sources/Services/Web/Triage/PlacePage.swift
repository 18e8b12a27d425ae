internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// Another account or another folder for what waits: one page that searches, chooses and shows who will see it.
struct PlacePage: Sendable {
    let visit: Visit
    let form: TriageForm

    init(_ visit: Visit, _ query: FormItems) {
        self.visit = visit
        form = TriageForm(visit, query)
    }

    func response() async throws -> Response {
        let parts = try await form.parts()
        let (staff, words) = (visit.staff, form.items["q"] ?? "")
        let chosen = try await form.account()
        let message = parts[0].message
        let isSearch = !words.isEmpty
        let (known, found, account, folders) = try await visit.read { transaction in
            let known = try transaction.heldMessage(message, for: staff)
            let account =
                try chosen.flatMap { try transaction.accountChoice($0, for: staff) } ?? known?.account
            return (
                known, isSearch ? try transaction.accountChoices(words, for: staff, limit: 20) : [], account,
                try account.map { try transaction.folders(of: $0.id) } ?? []
            )
        }
        guard let known else { throw PageError.notFound }
        let offered = isSearch ? found : known.choices + (known.account.map { [$0] } ?? [])
        return try await visit.page(
            .anotherPlace, current: .held,
            """
            <main class="page" id="main"><div class="content triage"><h1>\(visit.say(.anotherPlace))</h1>\
            \(TriageSender(visit, known).html)<ul class="held-files">\
            \(known.parts.filter { part in parts.contains { $0.section == part.section } }.map { HeldFile(visit, $0).html })</ul>\
            <form method="get" action="/held/place" class="form" role="search">\(hidden)\
            \(Field("q", visit.say(.findAccount), value: words, autocomplete: "off").input)\
            <p class="actions"><button class="btn">\(Icon("search").svg)\(visit.say(.findNow))</button></p></form>\
            <ul class="held-list">\(offered.map { choice($0, account) })</ul>\
            \(isSearch && found.isEmpty ? "<p class=\"hint\">\(visit.say(.noAccountFound))</p>" : .empty)\
            \(account.map { filing($0, folders) })</div></main>
            """, scripts: [Assets.triage])
    }

    private var hidden: HTML {
        form.items.all("part").map { part -> HTML in
            "<input type=\"hidden\" name=\"part\" value=\"\(part)\">"
        }.joined()
    }

    private func choice(_ choice: AccountChoice, _ chosen: AccountChoice?) -> HTML {
        let query = FormItems(
            form.items.all("part").map { FormItems.Item("part", $0) }
                + [FormItems.Item("account", "\(choice.id.rawValue)")])
        return """
            <li><a class="btn choice" href="\(link: "/held/place?" + query.urlEncoded)"\
            \(attribute: "aria-current", choice.id == chosen?.id ? "true" : nil)>\(Avatar(choice.name, "square").html)\
            <span><b>\(choice.name)</b> <small>\(choice.number)</small></span></a></li>
            """
    }

    /// Each folder with what the client may do there, before anything is filed.
    private func filing(_ account: AccountChoice, _ folders: [FolderSummary]) -> HTML {
        let entries = folders.map(\.folder).enumerated().map { index, folder -> HTML in
            """
            <button class="btn choice" name="folder" value="\(folder.name)" data-key="\(index + 1)">\
            <kbd>\(index + 1)</kbd><span><b>\(folder.name)</b></span>\(visit.badge(folder.access))</button>
            """
        }
        return """
            <form method="post" action="/held/file" class="card pad" tabindex="-1" data-item>\(visit.token)\(hidden)\
            <h2>\(account.name) · \(account.number)</h2>\
            <input type="hidden" name="account" value="\(account.id.rawValue)">\
            <div class="choices">\(entries)</div><p class="actions"><button class="btn" name="folder" value="">\
            \(visit.say(.fileIt)) · \(visit.say(.byTheRules))</button>\
            <a class="btn quiet" href="/held">\(visit.say(.cancel))</a></p></form>
            """
    }
}
