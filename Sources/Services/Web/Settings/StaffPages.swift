internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

extension StaffRoutes {
    /// Colleagues, as owners manage them.
    mutating func addStaffPages() {
        get("/staff", may: .manageStaff) { try await StaffPages($0).list() }
        post("/staff", may: .manageStaff, isOnce: true) { try await StaffPages($0).add($1) }
        get("/staff/visibility", may: .changeVisibility) { try await VisibilityPages($0).page() }
        post("/staff/visibility/mailbox", may: .changeVisibility) {
            try await VisibilityPages($0).saveMailbox($1)
        }
        post("/staff/visibility/account", may: .changeVisibility) {
            try await VisibilityPages($0).saveAccount($1)
        }
        get("/staff/:id", may: .manageStaff) { try await StaffPages($0).one() }
        post("/staff/:id", may: .manageStaff) { try await StaffPages($0).save($1) }
        post("/staff/:id/link", may: .manageStaff) { visit, _ in try await StaffPages(visit).link() }
        post("/staff/:id/disable", may: .manageStaff) { visit, _ in
            try await StaffPages(visit).setDisabled(true)
        }
        post("/staff/:id/enable", may: .manageStaff) { visit, _ in
            try await StaffPages(visit).setDisabled(false)
        }
        post("/staff/:id/no-second-factor", may: .manageStaff) { visit, _ in
            let (member, actor, now) = (try await StaffPages(visit).member(), visit.member.login, visit.now)
            try await visit.site.store.write { try $0.setTOTP(nil, of: member.id, by: actor, now: now) }
            return visit.back(to: "/staff/\(member.id)", did: .totpSwitchedOff)
        }
    }
}

/// The list of colleagues, and the page of one.
struct StaffPages {
    private let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    private func say(_ phrase: Phrase) -> String { visit.say(phrase) }

    /// How one of them signs in, and when they last did.
    private struct Colleague: Sendable {
        let member: StaffMember
        let hasPassword: Bool
        let hasTOTP: Bool
        let lastSeen: Timestamp?

        init(_ member: StaffMember, _ transaction: StoreTransaction, _ now: Timestamp) throws {
            self.member = member
            let secrets = try transaction.signInSecrets(of: member.id)
            hasPassword = secrets?.passwordHash != nil
            hasTOTP = secrets?.totpKey != nil
            lastSeen = try transaction.sessions(of: member.id, now: now).first?.lastSeen
        }

        var way: Phrase {
            if member.isDisabled { return .staffDisabled }
            return hasPassword ? (hasTOTP ? .byPasswordAndApp : .byPassword) : .byLink
        }
    }

    // MARK: - All of them

    func list(_ form: StaffForm = StaffForm(), role: String = "member", status: Status = .ok) async throws
        -> Response
    {
        let now = visit.now
        let colleagues = try await visit.read { transaction in
            try transaction.staffMembers().map { try Colleague($0, transaction, now) }
        }
        let rows = colleagues.map { one -> HTML in
            let role: Phrase = one.member.role == .owner ? .roleOwner : .roleMember
            let icon: Icon = one.member.role == .owner ? "key" : "user"
            let badge: HTML =
                one.member.isDisabled
                ? "<span class=\"badge warn\">\(Icon("ban").svg)\(say(.staffDisabled))</span>"
                : "<span class=\"badge\">\(icon.svg)\(say(role))</span>"
            let seen = one.lastSeen.map { say(.sessionSeen(visit.when.short($0))) }
            let facts = [one.member.login, say(one.way), seen].compactMap { $0 }.joined(separator: " · ")
            return """
                <li>\(Avatar(one.member.name).html)<div class="grow">\
                <a href="\(link: "/staff/\(one.member.id)")"><b>\(one.member.name)</b></a>\
                <small class="muted">\(facts)</small></div>\(badge)</li>
                """
        }
        return try await visit.page(
            .staff, current: .staff,
            """
            <main class="page" id="main"><div class="content settings"><div class="title"><h1>\(say(.staff))</h1>\
            <div class="actions"><a class="btn" href="/staff/visibility">\(Icon("eye").svg)\
            \(say(.visibility))</a></div></div>\
            <section class="card pad"><ul class="people">\(rows)</ul></section>\
            <section class="card pad" aria-labelledby="s-add"><h2 id="s-add">\(say(.staffAdd))</h2>\
            <p class="muted">\(say(.staffAddText))</p>\
            <form class="form" method="post" action="/staff">\(visit.token)\
            \(form.nameField(visit.language, .nameOfPerson).input)\(form.loginField(visit.language).input)\
            \(form.emailField(visit.language).input)\(roleField(role))\(languageField(visit.language.rawValue))\
            <p><button class="btn primary">\(Icon("plus").svg)\(say(.staffAdd))</button></p></form></section>\
            </div></main>
            """, status: status)
    }

    private func roleField(_ role: String, error: Phrase? = nil) -> HTML {
        Field("role", say(.role), value: role, hint: say(.roleHint), error: error.map(say))
            .select([("member", say(.roleMember)), ("owner", say(.roleOwner))])
    }

    private func languageField(_ language: String) -> HTML {
        Field("language", say(.languageOfPage), value: language)
            .select([("de", "Deutsch"), ("en", "English"), ("ja", "日本語")])
    }

    func add(_ fields: FormItems) async throws -> Response {
        var form = StaffForm(fields)
        let role = fields["role"].flatMap { StaffRole(rawValue: $0) } ?? .member
        guard form.check(), let login = StaffLogin(form.login) else {
            return try await list(form, role: role.rawValue, status: .unprocessableContent)
        }
        let language = fields["language"].flatMap { Language(rawValue: $0) } ?? visit.language
        let (name, email, actor, now) = (form.name, form.email, visit.member.login, visit.now)
        let id: StaffID
        do {
            id = try await visit.site.store.write {
                try $0.addStaffMember(
                    login: login, name: name, email: email.isEmpty ? nil : email, role: role,
                    language: language, by: actor, now: now)
            }
        } catch let error as StoreError where error.code == .conflict {
            form.loginIsTaken()
            return try await list(form, role: role.rawValue, status: .unprocessableContent)
        }
        return try await link(for: id)
    }

    // MARK: - One of them

    func member() async throws -> StaffMember {
        let id = StaffID(try visit.number("id"))
        guard let member = try await visit.read({ try $0.staffMember(id) }) else { throw PageError.notFound }
        return member
    }

    func one(_ typed: StaffForm? = nil, roleError: Phrase? = nil, status: Status = .ok) async throws
        -> Response
    {
        let (member, now) = (try await member(), visit.now)
        let colleague = try await visit.read { try Colleague(member, $0, now) }
        let form = typed ?? StaffForm(member)
        let path = "/staff/\(member.id)"
        return try await visit.page(
            member.name, current: .staff,
            """
            <main class="page" id="main"><div class="content settings">\
            <p class="crumbs"><a href="/staff">\(say(.staff))</a></p>\
            <div class="title">\(Avatar(member.name, "lg").html)<div><h1>\(member.name)</h1>\
            <p class="facts"><span>\(member.login)</span><span>\(say(colleague.way))</span></p></div></div>\
            <section class="card pad"><form class="form" method="post" action="\(link: path)">\(visit.token)\
            \(form.nameField(visit.language, .nameOfPerson).input)\(form.emailField(visit.language).input)\
            \(roleField(member.role.rawValue, error: roleError))\(languageField(member.language.rawValue))\
            <p><button class="btn primary">\(say(.save))</button></p></form></section>\
            \(access(colleague, path))</div></main>
            """, status: status)
    }

    private func access(_ colleague: Colleague, _ path: String) -> HTML {
        func button(_ verb: String, _ icon: Icon, _ words: Phrase, _ kind: String = "") -> HTML {
            """
            <form method="post" action="\(link: path + verb)">\(visit.token)\
            <button class="btn \(kind)">\(icon.svg)\(say(words))</button></form>
            """
        }
        let isDisabled = colleague.member.isDisabled
        return """
            <section class="card pad" aria-labelledby="s-access"><h2 id="s-access">\(say(.signsInBy))</h2>\
            <div class="actions">\(isDisabled ? .empty : button("/link", "link", .staffLinkMake))\
            \(colleague.hasTOTP ? button("/no-second-factor", "phone", .staffNoTOTP) : .empty)\
            \(isDisabled
                ? button("/enable", "check", .staffEnable) : button("/disable", "ban", .staffDisable, "danger"))\
            </div></section>
            """
    }

    func save(_ fields: FormItems) async throws -> Response {
        var form = StaffForm(fields)
        guard form.check(login: false) else { return try await one(form, status: .unprocessableContent) }
        let (member, actor, now) = (try await member(), visit.member.login, visit.now)
        let role = fields["role"].flatMap { StaffRole(rawValue: $0) }
        let language = fields["language"].flatMap { Language(rawValue: $0) }
        let (name, email) = (form.name, form.email.isEmpty ? nil : form.email)
        do {
            try await visit.site.store.write {
                try $0.editStaffMember(
                    member.id, name: name == member.name ? nil : name,
                    email: email == member.email ? nil : .some(email),
                    role: role == member.role ? nil : role,
                    language: language == member.language ? nil : language, by: actor, now: now)
            }
        } catch let error as StoreError where error.code == .conflict {
            return try await one(form, roleError: .lastOwner, status: .unprocessableContent)
        }
        return visit.back(to: "/staff/\(member.id)", did: .saved)
    }

    func setDisabled(_ isDisabled: Bool) async throws -> Response {
        let (member, actor, now) = (try await member(), visit.member.login, visit.now)
        do {
            try await visit.site.store.write {
                try $0.setDisabled(isDisabled, member.id, by: actor, now: now)
            }
        } catch let error as StoreError where error.code == .conflict {
            return try await one(roleError: .lastOwner, status: .unprocessableContent)
        }
        return visit.back(to: "/staff/\(member.id)", did: isDisabled ? .staffShutOut : .staffLetIn)
    }

    // MARK: - Links

    /// In seconds.
    private static let lifetime: Int64 = 900

    func link() async throws -> Response {
        let member = try await member()
        guard !member.isDisabled else { throw PageError.notFound }
        return try await link(for: member.id)
    }

    /// Shown at once and never again: the store has its hash alone.
    private func link(for id: StaffID) async throws -> Response {
        let token = SecretToken.random()
        let (hash, actor, now) = (token.hash, visit.member.login, visit.now)
        let expires = Timestamp(seconds: now.seconds + Self.lifetime)
        let member = try await visit.site.store.write { transaction in
            try transaction.addLoginLink(hash, for: id, by: actor, now: now, expires: expires)
            return try transaction.staffMember(id)
        }
        guard let member else { throw PageError.notFound }
        let request = visit.request
        let base =
            visit.site.settings.publicURL ?? (request.isSecure ? "https://" : "http://") + "\(request.host)"
        let text = Phrase.staffLinkText(member.name, visit.when.clock(expires))
        return try await visit.page(
            .staffLink, current: .staff,
            """
            <main class="page" id="main"><div class="content settings">\
            <p class="crumbs"><a href="/staff">\(say(.staff))</a></p>\
            <h1>\(say(.staffLink)): \(member.name)</h1><section class="card pad"><p>\(say(text))</p>\
            <p class="linkfield"><code>\(base)/sign-in/link/\(token.text)</code></p>\
            <p><a class="btn" href="\(link: "/staff/\(member.id)")">\(say(.back))</a></p></section>\
            </div></main>
            """)
    }
}
