internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// Which colleagues see a mailbox or an account; as a rule all do.
struct VisibilityPages {
    private let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    private func say(_ phrase: Phrase) -> String { visit.say(phrase) }

    /// A form to restrict an account that came back, with what is wrong.
    private struct Answer {
        var number = ""
        var staff: Set<StaffID> = []
        var wrong: Phrase?
    }

    private struct Restricted: Sendable {
        let number: String
        let name: String
        let staff: Set<StaffID>
    }

    func page() async throws -> Response { try await page(Answer()) }

    private func page(_ answer: Answer, _ status: Status = .ok) async throws -> Response {
        let (staff, accounts, sources) = try await visit.read { transaction in
            let byAccount = Dictionary(grouping: try transaction.restrictedAccounts(), by: \.account)
            let accounts = try byAccount.compactMap { id, rows -> Restricted? in
                guard let account = try transaction.account(id) else { return nil }
                return Restricted(
                    number: account.number.text, name: account.name, staff: Set(rows.map(\.staff)))
            }
            let sources = Dictionary(grouping: try transaction.restrictedSources(), by: \.source)
                .mapValues { Set($0.map(\.staff)) }
            let staff = try transaction.staffMembers().filter { !$0.isDisabled }
            return (staff, accounts.sorted { $0.number < $1.number }, sources)
        }
        let names = await visit.site.deeds.mailboxes().map(\.name)
        let mailboxes = (names + sources.keys.filter { !names.contains($0) }.sorted()).map { name in
            form("mailbox", name, name, staff, sources[name] ?? [])
        }
        let restricted = accounts.map {
            form("account", $0.number, "\($0.number) \($0.name)", staff, $0.staff)
        }
        return try await visit.page(
            .visibility, current: .staff,
            """
            <main class="page" id="main"><div class="content settings">\
            <p class="crumbs"><a href="/staff">\(say(.staff))</a></p><h1>\(say(.visibility))</h1>\
            <p>\(say(.visibilityText))</p>\
            <section class="card pad" aria-labelledby="v-box"><h2 id="v-box">\(say(.mailboxes))</h2>\
            \(mailboxes)\(mailboxes.isEmpty ? "<p class=\"muted\">\(say(.noMailbox))</p>" : .empty)</section>\
            \(restricted.isEmpty ? .empty : """
                <section class="card pad" aria-labelledby="v-accounts">\
                <h2 id="v-accounts">\(say(.accountRestricted))</h2>\(restricted)</section>
                """)\
            <section class="card pad" aria-labelledby="v-add"><h2 id="v-add">\(say(.accountRestrict))</h2>\
            \(add(answer, staff))</section></div></main>
            """, status: status)
    }

    private func form(
        _ kind: String, _ value: String, _ title: String, _ staff: [StaffMember], _ chosen: Set<StaffID>
    ) -> HTML {
        """
        <form class="visible" method="post" action="\(link: "/staff/visibility/\(kind)")">\(visit.token)\
        <input type="hidden" name="\(kind)" value="\(value)"><input type="hidden" name="known" value="1">\
        \(ticks(title, staff, chosen))\
        <p><button class="btn small">\(say(.save))<span class="sr"> \(title)</span></button></p></form>
        """
    }

    private func ticks(
        _ title: String, _ staff: [StaffMember], _ chosen: Set<StaffID>, isNew: Bool = false
    ) -> HTML {
        let boxes = staff.map { member -> HTML in
            """
            <label class="check"><input type="checkbox" name="staff" value="\(member.id.rawValue)"\
            \(flag: "checked", chosen.contains(member.id))><span>\(member.name)</span></label>
            """
        }
        let all: HTML =
            chosen.isEmpty && !isNew ? "<span class=\"muted\"> · \(say(.visibleToAll))</span>" : .empty
        return "<fieldset class=\"ticks\"><legend>\(title)\(all)</legend>\(boxes)</fieldset>"
    }

    private func add(_ answer: Answer, _ staff: [StaffMember]) -> HTML {
        let field = Field(
            "account", say(.accountNumber), value: answer.number, error: answer.wrong.map(say),
            isRequired: true)
        return """
            <form class="form" method="post" action="/staff/visibility/account">\(visit.token)\(field.input)\
            \(ticks(say(.staff), staff, answer.staff, isNew: true))\
            <p><button class="btn primary">\(say(.accountRestrict))</button></p></form>
            """
    }

    private func chosen(_ fields: FormItems) async throws -> [StaffID] {
        let known = try await visit.read { try $0.staffMembers().map(\.id) }
        let asked = Set(fields.all("staff").compactMap { Int64($0) }.map { StaffID($0) })
        return known.filter { asked.contains($0) }
    }

    func saveMailbox(_ fields: FormItems) async throws -> Response {
        let staff = try await chosen(fields)
        let (name, actor, now) = (fields["mailbox"] ?? "", visit.member.login, visit.now)
        let configured = await visit.site.deeds.mailboxes().map(\.name)
        let isKnown = try await visit.read { transaction in
            try configured.contains(name) || transaction.sourceID(name) != nil
        }
        guard isKnown else { throw PageError.notFound }
        try await visit.site.store.write {
            try $0.setViewers(staff, ofSource: name, by: actor, now: now)
        }
        visit.site.changed(["inbox", "mailboxes", "triage"])
        return visit.back(to: "/staff/visibility", did: .saved)
    }

    func saveAccount(_ fields: FormItems) async throws -> Response {
        let staff = try await chosen(fields)
        let text = (fields["account"] ?? "").filter { !$0.isWhitespace }
        let (actor, now) = (visit.member.login, visit.now)
        guard let number = AccountNumber(text), let id = try await visit.read({ try $0.accountID(number) })
        else { return try await again(text, staff, .accountUnknown) }
        // An account that everybody sees is restricted to somebody; one that is restricted may be opened.
        guard !staff.isEmpty || fields["known"] != nil else {
            return try await again(text, staff, .nobodyChosen)
        }
        try await visit.site.store.write { try $0.setViewers(staff, of: id, by: actor, now: now) }
        visit.site.changed(["inbox", "triage", "account-\(id.rawValue)"])
        return visit.back(to: "/staff/visibility", did: .saved)
    }

    private func again(_ number: String, _ staff: [StaffID], _ wrong: Phrase) async throws -> Response {
        try await page(
            Answer(number: number, staff: Set(staff), wrong: wrong), .unprocessableContent)
    }
}
