internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

extension StaffRoutes {
    /// What everybody decides for themselves.
    mutating func addSettingsPages() {
        get("/settings") { try await SettingsPages($0).page() }
        post("/settings/me") { try await SettingsPages($0).saveMe($1) }
        post("/settings/looks") { try await SettingsPages($0).saveLooks($1) }
        post("/settings/password") { try await SettingsPages($0).savePassword($1) }
        post("/settings/sessions/others") { visit, _ in
            let (staff, id) = (visit.staff, visit.session.id)
            try await visit.site.store.write { try $0.endSessions(of: staff, except: id) }
            return visit.back(to: "/settings", did: .sessionEnded)
        }
        post("/settings/sessions/:id") { visit, _ in
            let (staff, id, now) = (visit.staff, SessionID(try visit.number("id")), visit.now)
            // Of nobody else's.
            try await visit.site.store.write { transaction in
                guard try transaction.sessions(of: staff, now: now).contains(where: { $0.id == id }) else {
                    throw PageError.notFound
                }
                try transaction.endSession(id)
            }
            return visit.back(to: "/settings", did: .sessionEnded)
        }
        get("/settings/second-factor") { try await SecondFactorPages($0).setUp() }
        post("/settings/second-factor") { try await SecondFactorPages($0).switchOn($1) }
        post("/settings/second-factor/off") { try await SecondFactorPages($0).switchOff($1) }
        post("/settings/second-factor/codes") { try await SecondFactorPages($0).newCodes($1) }
    }
}

/// The page of one's own settings.
struct SettingsPages {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    private func say(_ phrase: Phrase) -> String { visit.say(phrase) }

    /// What was typed and is wrong, where a form comes back.
    struct Answers {
        var me: StaffForm?
        var passwordCurrent: Phrase?
        var passwordNew: Phrase?
        var secondFactor: Phrase?
    }

    func page(_ answers: Answers = Answers(), status: Status = .ok) async throws -> Response {
        let (staff, now) = (visit.staff, visit.now)
        let (secrets, codes, sessions) = try await visit.read { transaction in
            (
                try transaction.signInSecrets(of: staff), try transaction.recoveryCodes(of: staff),
                try transaction.sessions(of: staff, now: now)
            )
        }
        let hasPassword = secrets?.passwordHash != nil
        return try await visit.page(
            .settings, current: .settings,
            """
            <main class="page" id="main"><div class="content settings two"><div class="title">\
            <h1>\(say(.settings))</h1><div class="actions">\(staffLink)</div></div>\
            \(me(answers.me ?? StaffForm(visit.member)))\(looks)\
            \(password(hasPassword, answers))\
            \(secondFactor(secrets?.totpKey != nil, hasPassword, codes, answers.secondFactor))\
            \(sessionList(sessions))</div></main>
            """, status: status)
    }

    private var staffLink: HTML {
        guard visit.may(.manageStaff) else { return .empty }
        return "<a class=\"btn\" href=\"/staff\">\(Icon("users").svg)\(say(.staff))</a>"
    }

    // MARK: - About me

    private func me(_ form: StaffForm) -> HTML {
        let language = Field("language", say(.languageOfPage), value: visit.language.rawValue)
        return """
            <section class="card pad" aria-labelledby="s-me"><h2 id="s-me">\(say(.aboutMe))</h2>\
            <form class="form" method="post" action="/settings/me">\(visit.token)\
            \(form.nameField(visit.language).input)\(form.emailField(visit.language).input)\
            <div class="field"><label class="check"><input type="checkbox" name="hears" value="on" \
            aria-describedby="h-hears"\(flag: "checked", visit.member.preferences.hearsOfUploads)>\
            <span>\(say(.hearsOfUploads))</span></label><small id="h-hears">\(say(.hearsHint))</small></div>\
            \(language.select([("de", "Deutsch"), ("en", "English"), ("ja", "日本語")]))\
            <p><button class="btn primary">\(say(.save))</button></p></form></section>
            """
    }

    func saveMe(_ fields: FormItems) async throws -> Response {
        var form = StaffForm(fields)
        guard form.check(login: false) else {
            return try await page(Answers(me: form), status: .unprocessableContent)
        }
        let (member, now) = (visit.member, visit.now)
        let language = fields["language"].flatMap { Language(rawValue: $0) }
        let (name, email) = (form.name, form.email.isEmpty ? nil : form.email)
        var preferences = member.preferences
        preferences.hearsOfUploads = fields["hears"] != nil
        let wanted = preferences
        try await visit.site.store.write {
            try $0.setPreferences(wanted, of: member.id)
            try $0.editStaffMember(
                member.id, name: name == member.name ? nil : name,
                email: email == member.email ? nil : .some(email),
                language: language == member.language ? nil : language, by: member.login, now: now)
        }
        return visit.back(to: "/settings", did: .saved)
    }

    // MARK: - Looks and keys

    private var looks: HTML {
        let preferences = visit.member.preferences
        let theme = Field("theme", say(.theme), value: preferences.theme.rawValue)
            .select(StaffPreferences.Theme.allCases.map { ($0.rawValue, say($0.phrase)) })
        let density = Field("density", say(.density), value: preferences.density.rawValue)
            .select(StaffPreferences.Density.allCases.map { ($0.rawValue, say($0.phrase)) })
        return """
            <section class="card pad" aria-labelledby="s-looks"><h2 id="s-looks">\(say(.appearance))</h2>\
            <form class="form" method="post" action="/settings/looks">\(visit.token)\(theme)\(density)\
            <div class="field"><label class="check"><input type="checkbox" name="shortcuts" value="on" \
            aria-describedby="h-shortcuts"\(flag: "checked", preferences.hasShortcuts)>\
            <span>\(say(.shortcuts))</span></label>\
            <small id="h-shortcuts">\(say(.shortcutsHint))</small></div>\
            <p><button class="btn primary">\(say(.save))</button></p></form></section>
            """
    }

    func saveLooks(_ fields: FormItems) async throws -> Response {
        let staff = visit.staff
        let preferences = StaffPreferences(
            theme: fields["theme"].flatMap { .init(rawValue: $0) } ?? .system,
            density: fields["density"].flatMap { .init(rawValue: $0) } ?? .comfortable,
            hasShortcuts: fields["shortcuts"] != nil,
            hearsOfUploads: visit.member.preferences.hearsOfUploads)
        try await visit.site.store.write { try $0.setPreferences(preferences, of: staff) }
        return visit.back(to: "/settings", did: .saved)
    }

    // MARK: - Password

    private func password(_ hasPassword: Bool, _ answers: Answers) -> HTML {
        let current = Field(
            "current", say(.passwordCurrent), type: "password", error: answers.passwordCurrent.map(say),
            isRequired: true, autocomplete: "current-password")
        let new = Field(
            "new", say(.passwordNew), type: "password", hint: say(.passwordHint),
            error: answers.passwordNew.map(say), isRequired: true, autocomplete: "new-password")
        let intro: HTML =
            hasPassword
            ? "<p class=\"muted\">\(say(.passwordEverywhere))</p>"
            : "<p class=\"hint\">\(Icon("key").svg)<span>\(say(.passwordNone))</span></p>"
        return """
            <section class="card pad" aria-labelledby="s-password"><h2 id="s-password">\(say(.password))</h2>\
            \(intro)<form class="form" method="post" action="/settings/password">\(visit.token)\
            <input type="hidden" name="username" autocomplete="username" value="\(visit.member.login)">\
            \(hasPassword ? current.input : .empty)\(new.input)\
            <p><button class="btn primary">\(say(hasPassword ? .passwordChange : .passwordSet))</button></p>\
            </form></section>
            """
    }

    func savePassword(_ fields: FormItems) async throws -> Response {
        let (member, session, now) = (visit.member, visit.session.id, visit.now)
        switch try await SignInDesk(site: visit.site).proves(fields["current"] ?? "", member.id) {
        case .yes: break
        case .no:
            return try await page(
                Answers(passwordCurrent: .passwordNotCurrent), status: .unprocessableContent)
        case .wait(let seconds):
            return try await page(
                Answers(passwordCurrent: .signInWait(seconds)), status: .tooManyRequests)
        }
        let password: StaffPassword
        do throws(StaffPassword.Refusal) {
            password = try StaffPassword(
                fields["new"] ?? "", of: [member.login, member.name, visit.site.settings.firm])
        } catch {
            return try await page(
                Answers(passwordNew: StaffForm.words(error)), status: .unprocessableContent)
        }
        guard let hash = await visit.site.passwords.make(password.text) else {
            return try await page(Answers(passwordNew: .signInBusy), status: .serviceUnavailable)
        }
        try await visit.site.store.write {
            try $0.setPassword(hash, of: member.id, keeping: session, by: member.login, now: now)
        }
        return visit.back(to: "/settings", did: .passwordChanged)
    }

    // MARK: - The second factor

    private func secondFactor(_ isOn: Bool, _ hasPassword: Bool, _ codes: Int, _ wrong: Phrase?) -> HTML {
        let form: HTML
        if isOn {
            let current = Field(
                "current", say(.passwordCurrent), type: "password", error: wrong.map(say), isRequired: true,
                autocomplete: "current-password")
            form = """
                <p><span class="badge good">\(Icon("shield").svg)\(say(.totpOn(codes)))</span></p>\
                <form class="form" method="post" action="/settings/second-factor/off">\(visit.token)\
                \(hasPassword ? current.input : .empty)<p class="actions">\
                <button class="btn" formaction="/settings/second-factor/codes">\(say(.recoveryNew))</button>\
                <button class="btn danger">\(say(.totpSwitchOff))</button></p></form>
                """
        } else {
            form = """
                <p class="muted">\(say(.totpOff))</p>\
                <p><a class="btn" href="/settings/second-factor">\(Icon("shield").svg)\(say(.totpSetUp))</a></p>
                """
        }
        return """
            <section class="card pad" aria-labelledby="s-totp"><h2 id="s-totp">\(say(.secondFactor))</h2>\
            \(form)</section>
            """
    }

    // MARK: - Sessions

    private func sessionList(_ sessions: [StaffSession]) -> HTML {
        let rows = sessions.map { session -> HTML in
            let isHere = session.id == visit.session.id
            let name = session.device.isEmpty ? say(.sessionUnknown) : session.device
            let seen = say(.sessionSeen(visit.when.short(session.lastSeen)))
            let end: HTML =
                isHere
                ? "<span class=\"badge good\">\(Icon("check").svg)\(say(.sessionHere))</span>"
                : """
                <form method="post" action="\(link: "/settings/sessions/\(session.id)")">\(visit.token)\
                <button class="btn small">\(say(.sessionEnd))<span class="sr"> \(name)</span></button></form>
                """
            return """
                <li><div class="grow"><b>\(name)</b><small class="muted">\(session.network) · \(seen)</small></div>\
                \(end)</li>
                """
        }
        let others: HTML =
            sessions.count < 2
            ? .empty
            : """
            <form method="post" action="/settings/sessions/others">\(visit.token)\
            <button class="btn">\(Icon("exit").svg)\(say(.sessionsEndOthers))</button></form>
            """
        return """
            <section class="card pad" aria-labelledby="s-sessions"><h2 id="s-sessions">\(say(.sessions))</h2>\
            <ul class="people">\(rows)</ul>\(others)</section>
            """
    }
}

extension StaffPreferences.Theme {
    fileprivate var phrase: Phrase {
        switch self {
        case .system: .themeSystem
        case .light: .themeLight
        case .dark: .themeDark
        }
    }
}

extension StaffPreferences.Density {
    fileprivate var phrase: Phrase {
        switch self {
        case .comfortable: .densityComfortable
        case .compact: .densityCompact
        case .list: .densityList
        }
    }
}
