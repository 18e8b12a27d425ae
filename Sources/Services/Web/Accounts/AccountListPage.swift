internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// Everybody the firm works for, with a search and the way to a new account.
struct AccountListPage {
    let visit: Visit

    private enum Filter: String, CaseIterable {
        case all, mine, prospects, guests

        var words: Phrase {
            switch self {
            case .all: .allAccounts
            case .mine: .myAccounts
            case .prospects: .prospects
            case .guests: .guests
            }
        }
    }

    private static let perPage = 100

    func response() async throws -> Response {
        let query = visit.request.query
        let filter = query["show"].flatMap(Filter.init(rawValue:)) ?? .all
        let text = (query["q"] ?? "").trimmingSpaces
        let page = max(0, query["page"].flatMap { Int($0) } ?? 0)
        let staff = visit.staff
        let everybody = try await visit.read { try $0.listedAccounts(for: staff) }
        let fitting = everybody.filter { fits($0, filter) && matches($0, text) }
        let some = Array(fitting.dropFirst(page * Self.perPage).prefix(Self.perPage))
        let shown = try await visit.read { try $0.counting(some) }
        let make: HTML =
            visit.may(.changeAccounts)
            ? "<a class=\"btn primary\" href=\"/accounts/new\">\(Icon("plus").svg)\(visit.say(.newAccount))</a>"
            : .empty
        let tabs = Filter.allCases.map { other -> HTML in
            let address = address(other, text, page: 0)
            return """
                <a href="\(link: address)"\(attribute: "aria-current", other == filter ? "page" : nil)>\
                \(visit.say(other.words))</a>
                """
        }
        let more: HTML =
            fitting.count > (page + 1) * Self.perPage
            ? "<p><a class=\"btn\" href=\"\(link: address(filter, text, page: page + 1))\">\(visit.say(.nextPage))</a></p>"
            : .empty
        let list: HTML =
            shown.isEmpty
            ? """
            <div class="card empty">\(Icon("building").svg)<b>\(visit.say(everybody.isEmpty ? .noAccountYet : .noAccounts))</b></div>
            """ : table(shown)
        return try await visit.page(
            .accounts, current: .accounts,
            """
            <main class="page" id="main"><div class="page-head"><div class="title"><h1>\(visit.say(.accounts))</h1>\
            <div class="actions">\(make)</div></div>\
            <nav class="tabs" aria-label="\(visit.say(.filter))">\(tabs)</nav></div>\
            <div class="content wide" id="accounts" data-part="accounts"><form class="searchline" role="search" action="/accounts">\
            <input type="hidden" name="show" value="\(filter.rawValue)">\
            <label class="sr" for="q">\(visit.say(.searchAccounts))</label>\
            <input class="input" id="q" name="q" type="search" value="\(text)" placeholder="\(visit.say(.searchAccounts))">\
            <button class="btn">\(Icon("search").svg)\(visit.say(.search))</button></form>\(list)\(more)</div></main>
            """, scripts: [Assets.accounts])
    }

    private func address(_ filter: Filter, _ text: String, page: Int) -> String {
        var items = [FormItems.Item("show", filter.rawValue)]
        if !text.isEmpty { items.append(FormItems.Item("q", text)) }
        if page > 0 { items.append(FormItems.Item("page", "\(page)")) }
        return "/accounts?" + FormItems(items).urlEncoded
    }

    private func fits(_ account: ListedAccount, _ filter: Filter) -> Bool {
        switch filter {
        case .all: true
        case .mine: account.assigned?.id == visit.staff
        case .prospects: account.type == .prospect
        case .guests: account.type == .guest
        }
    }

    /// Each word, in the number, the name or an address.
    private func matches(_ account: ListedAccount, _ text: String) -> Bool {
        let all = ([account.number.text, account.name] + account.addresses).joined(separator: "\n").nameKey
        return text.nameKey.split(separator: " ").allSatisfy { all.contains($0) }
    }

    private func table(_ accounts: [ListedAccount]) -> HTML {
        """
        <div class="files shelf"><table><thead><tr><th scope="col">\(visit.say(.name))</th>\
        <th scope="col">\(visit.say(.assigned))</th><th scope="col" class="num">\(visit.say(.documents))</th>\
        <th scope="col" class="num">\(visit.say(.requests))</th></tr></thead><tbody>\(accounts.map(row))</tbody></table></div>
        """
    }

    private func row(_ account: ListedAccount) -> HTML {
        let path = "/accounts/\(account.number.text)"
        var below: [HTML] = ["\(visit.say(AccountWords.type(account.type))) \(account.number.text)"]
        if let address = account.addresses.first { below.append(HTML(escaping: address)) }
        if account.waiting > 0 {
            below.append("<span class=\"badge warn\">\(visit.say(.waitingParts(account.waiting)))</span>")
        }
        let requests: HTML = account.openRequests > 0 ? "\(account.openRequests)" : .empty
        return """
            <tr><td class="main"><div class="name">\(Avatar(account.name, "square").html)<span>\
            <a href="\(link: path + "/documents")" lang="\(account.language.rawValue)">\(account.name)</a>\
            <small>\(below.joined(" · "))</small></span></div></td><td>\(account.assigned?.name ?? "")</td>\
            <td class="num">\(account.documents)</td><td class="num">\(requests)</td></tr>
            """
    }
}

extension String {
    /// Without the blanks around it that come with copying.
    var trimmingSpaces: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
