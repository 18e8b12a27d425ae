internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// What the firm says of an account: its name, its language, whose it is, and who sees it.
struct AccountSettingsPage {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }

    func response() async throws -> Response { try await page(nil, [:]) }

    private func page(_ typed: FormItems?, _ errors: [String: Phrase]) async throws -> Response {
        let head = frame.head
        func field(_ name: String, _ label: Phrase, _ value: String) -> Field {
            Field(name, visit.say(label), value: typed?[name] ?? value, error: errors[name].map(visit.say))
        }
        let (choices, followers) = try await care()
        let assigned = head.assigned.map { "\($0.id.rawValue)" } ?? ""
        let ticked = typed.map { choices.chosen($0.all("follower")) } ?? followers
        let mayChange = visit.may(.changeAccounts)
        let button: HTML =
            mayChange
            ? "<div class=\"actions\"><button class=\"btn primary\">\(visit.say(.save))</button></div>"
            : .empty
        return try await frame.page(
            .settings, status: errors.isEmpty ? .ok : .unprocessableContent,
            """
            <div class="content"><form class="form card pad" method="post" action="\(link: frame.path(.settings))">\
            \(visit.token)\(field("name", .name, head.name).input)\
            \(field("type", .kind, head.type.rawValue).select(AccountType.allCases.map { ($0.rawValue, visit.say(AccountWords.type($0))) }))\
            \(field("language", .language, head.language.rawValue).select(Language.allCases.map { ($0.rawValue, visit.say(AccountWords.language($0))) }))\
            \(field("assigned", .assigned, assigned).select(choices.pairs))\
            <fieldset class="field"><legend class="label">\(visit.say(.followers))</legend>\
            <div class="ticks">\(choices.ticks("follower", Set(ticked)))</div><small>\(visit.say(.followersHint))</small></fieldset>\
            \(field("notes", .notes, head.notes).area)\(button)</form>\(try await viewers(errors["viewers"]))</div>
            """)
    }

    /// Whose it can be, and who follows it. Whoever has it or follows it is offered, even where they left.
    private func care() async throws -> (choices: AssigneeChoices, followers: [StaffID]) {
        let head = frame.head
        let (colleagues, followers) = try await visit.read {
            (try $0.colleagues(seeing: head.id), try $0.followers(of: head.id))
        }
        let others = ([head.assigned].compactMap { $0 } + followers).filter { !colleagues.contains($0) }
        let choices = AssigneeChoices(visit, colleagues + Array(Set(others)).sorted { $0.name < $1.name })
        return (choices, followers.map(\.id))
    }

    func save(_ form: FormItems) async throws -> Response {
        let head = frame.head
        let name = (form["name"] ?? "").trimmingSpaces
        let type = form["type"].flatMap(AccountType.init(rawValue:)) ?? head.type
        let language = form["language"].flatMap(Language.init(rawValue:)) ?? head.language
        let choices = try await care().choices
        var errors: [String: Phrase] = [:]
        if name.isEmpty { errors["name"] = .nameMissing }
        if type == .guest, !frame.contacts.isEmpty { errors["type"] = .guestHasContacts }
        guard errors.isEmpty else { return try await page(form, errors) }
        let (actor, now, notes) = (visit.member.login, visit.now, form["notes"] ?? head.notes)
        let (who, followers) = (
            choices.chosen(form.all("assigned")).first, choices.chosen(form.all("follower"))
        )
        let changed =
            name != head.name || type != head.type || language != head.language || who != head.assigned?.id
        try await visit.site.store.write { transaction in
            if changed {
                try transaction.editAccount(
                    head.id, name: name == head.name ? nil : name, type: type == head.type ? nil : type,
                    language: language == head.language ? nil : language, filing: nil,
                    assigned: who == head.assigned?.id ? nil : .some(who), by: actor, now: now)
            }
            try transaction.setFollowers(followers, of: head.id, by: actor, now: now)
            try transaction.setNotes(notes, of: head.id, by: actor, now: now)
        }
        frame.changed("inbox")
        return visit.back(to: frame.path(.settings), did: .saved)
    }

    private func viewers(_ error: Phrase?) async throws -> HTML {
        guard visit.may(.changeVisibility) else { return .empty }
        let account = frame.head.id
        let (named, staff) = try await visit.read {
            (Set(try $0.viewers(of: account).map(\.id)), try $0.staffMembers().filter { !$0.isDisabled })
        }
        let choices = staff.map { member -> HTML in
            """
            <label class="check"><input type="checkbox" name="staff" value="\(member.id.rawValue)"\
            \(flag: "checked", named.contains(member.id) || (named.isEmpty && member.id == visit.staff))>\(member.name)</label>
            """
        }
        let wrong: HTML =
            error.map { "<p class=\"wrong\">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>" } ?? .empty
        return """
            <form class="form card pad" method="post" action="\(link: frame.path + "/viewers")">\(visit.token)\
            <fieldset class="field"><legend class="label">\(visit.say(.accountVisibility))</legend>\
            <label class="check"><input type="radio" name="who" value="all"\(flag: "checked", named.isEmpty)>\(visit.say(.everybody))</label>\
            <label class="check"><input type="radio" name="who" value="named"\(flag: "checked", !named.isEmpty)>\(visit.say(.namedOnly))</label>\
            <div class="sub">\(choices)</div><small>\(visit.say(.accountVisibilityHint))</small>\(wrong)</fieldset>\
            <div class="actions"><button class="btn">\(visit.say(.save))</button></div></form>
            """
    }

    func saveViewers(_ form: FormItems) async throws -> Response {
        let isNamed = form["who"] == "named"
        let named = isNamed ? form.all("staff").compactMap { Int64($0) }.map { StaffID($0) } : []
        guard !isNamed || named.contains(visit.staff) else {
            return try await page(nil, ["viewers": .youMustSee])
        }
        let (account, actor, now) = (frame.head.id, visit.member.login, visit.now)
        try await visit.site.store.write {
            try $0.setViewers(named, of: account, by: actor, now: now)
        }
        frame.changed("inbox", "triage", "requests", "documents")
        return visit.back(to: frame.path(.settings), did: .saved)
    }
}
