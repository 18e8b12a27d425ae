internal import Crypto
internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

extension StaffRoutes {
    /// Signing in and out: all that can be seen by who is nobody yet.
    mutating func addSignInPages() {
        open(.get, "/sign-in") { [site] in try await SignInPages(site, $0).form() }
        open(.post, "/sign-in", bodyLimit: 16 << 10) { [site] in try await SignInPages(site, $0).password() }
        open(.get, "/sign-in/code") { [site] in try await SignInPages(site, $0).codeForm() }
        open(.post, "/sign-in/code", bodyLimit: 16 << 10) { [site] in try await SignInPages(site, $0).code() }
        open(.get, "/sign-in/link/:token") { [site] in try await LinkPages(site, $0).look() }
        open(.post, "/sign-in/link/:token", bodyLimit: 16 << 10) { [site] in
            try await LinkPages(site, $0).use()
        }
        open(.get, "/welcome") { [site] in try await SignInPages(site, $0).welcome() }
        post("/sign-out") { visit, _ in
            let id = visit.session.id
            try await visit.site.store.write { try $0.endSession(id) }
            var response = Response.seeOther("/sign-in?out=1")
            response.set(SignInDesk(site: visit.site).signedOut(visit.request))
            return response
        }
    }
}

/// The pages where staff sign in.
struct SignInPages {
    let site: Site
    let request: HTTP.Request
    let language: Language
    private let desk: SignInDesk

    init(_ site: Site, _ request: HTTP.Request) throws {
        self.site = site
        self.request = request
        language =
            (request.query["language"] ?? request.cookies["language"]).flatMap { Language(rawValue: $0) }
            ?? AcceptedLanguage.of(request) ?? site.settings.language
        desk = SignInDesk(site: site)
        try Gate(site).admit(request)
    }

    private func say(_ phrase: Phrase) -> String { phrase[language] }

    // MARK: - Login and password

    func form() async throws -> Response {
        let path = ReturnPath.safe(request.query["to"])
        if try await Gate(site).visit(request) != nil { return .seeOther(path) }
        if try await site.read({ try $0.hasNoOwner() }) { return .seeOther("/welcome") }
        let isOut = request.query["out"] != nil
        if !isOut, case .signedIn(let cookies) = try await desk.proxy(request) {
            return answer(.seeOther(path), cookies)
        }
        return page(path, note: isOut ? .signedOut : nil)
    }

    func password() async throws -> Response {
        let form = try await request.form(upTo: 16 << 10)
        let path = ReturnPath.safe(form["to"])
        let login = form["login"] ?? ""
        guard isProtected else { return page(path, login: login, status: .forbidden) }
        let outcome = try await desk.password(form["password"] ?? "", login: login, request)
        switch outcome {
        case .signedIn(let cookies): return answer(.seeOther(path), cookies)
        case .needsCode(let cookie):
            let query = FormItems([FormItems.Item("to", path)]).urlEncoded
            return answer(.seeOther("/sign-in/code?" + query), [cookie])
        case .wrong, .tooLate:
            return page(path, login: login, wrong: .signInWrong, status: .unprocessableContent)
        case .wait(let seconds):
            return page(path, login: login, wrong: .signInWait(seconds), status: .tooManyRequests)
        case .busy: return page(path, login: login, wrong: .signInBusy, status: .serviceUnavailable)
        }
    }

    /// Whether what is typed here cannot be read on its way: TLS, or no way at all.
    private var isProtected: Bool {
        if request.isSecure { return true }
        let isForwarded = ["x-forwarded-for", "x-forwarded-proto", "forwarded", "via"].contains {
            HeaderName($0).map { request.headers[$0] != nil } ?? false
        }
        return !isForwarded && (request.client?.isLoopback ?? true)
    }

    private func page(
        _ path: String, login: String = "", wrong: Phrase? = nil, note: Phrase? = nil, status: Status = .ok
    ) -> Response {
        let loginField = Field(
            "login", say(.login), value: login, isRequired: true, autocomplete: "username")
        let passwordField = Field(
            "password", say(.password), type: "password", error: wrong.map(say), isRequired: true,
            autocomplete: "current-password")
        let main: HTML = """
            <div class="card"><h1>\(say(.signIn))</h1>\(problem)\
            \(note.map { "<p class=\"muted\" role=\"status\">\(say($0))</p>" as HTML })\
            <form class="form" method="post" action="\(link: switched("/sign-in"))">\
            <input type="hidden" name="to" value="\(path)">\(loginField.input)\(passwordField.input)\
            <button class="btn primary">\(say(.signIn))</button></form>\
            <p class="muted">\(say(.passwordForgotten))</p></div>\(languages("/sign-in", ["to": path]))
            """
        return show(.signIn, main, status)
    }

    private var problem: HTML {
        guard !isProtected else { return .empty }
        return """
            <p class="problem" role="alert">\(Icon("alert").svg)<span>\(say(.signInNotProtected))</span></p>
            """
    }

    // MARK: - The second factor

    func codeForm() async throws -> Response {
        guard try await desk.waiting(request) != nil else { return .seeOther("/sign-in") }
        return codePage(ReturnPath.safe(request.query["to"]))
    }

    func code() async throws -> Response {
        let form = try await request.form(upTo: 16 << 10)
        let path = ReturnPath.safe(form["to"])
        switch try await desk.code(form["code"] ?? "", request) {
        case .signedIn(let cookies): return answer(.seeOther(path), cookies)
        case .tooLate, .needsCode: return .seeOther("/sign-in")
        case .wrong: return codePage(path, wrong: .appCodeWrong, status: .unprocessableContent)
        case .wait(let seconds): return codePage(path, wrong: .signInWait(seconds), status: .tooManyRequests)
        case .busy: return codePage(path, wrong: .signInBusy, status: .serviceUnavailable)
        }
    }

    private func codePage(_ path: String, wrong: Phrase? = nil, status: Status = .ok) -> Response {
        let field = Field(
            "code", say(.appCode), hint: say(.appCodeHint), error: wrong.map(say), isRequired: true,
            autocomplete: "one-time-code")
        let main: HTML = """
            <div class="card"><h1>\(say(.secondFactor))</h1>\
            <form class="form" method="post" action="\(link: switched("/sign-in/code"))">\
            <input type="hidden" name="to" value="\(path)">\(field.input)\
            <button class="btn primary">\(say(.goOn))</button></form>\
            <p><a href="/sign-in">\(say(.startAgain))</a></p></div>\
            \(languages("/sign-in/code", ["to": path]))
            """
        return show(.secondFactor, main, status)
    }

    // MARK: - Nobody is there yet

    func welcome() async throws -> Response {
        guard try await site.read({ try $0.hasNoOwner() }) else { return .seeOther("/") }
        let main: HTML = """
            <div class="card"><h1>\(say(.welcome))</h1><p>\(say(.welcomeText))</p>\
            <p class="linkfield"><code>sudo mailroom user login-link --first</code></p>\
            <p class="muted">\(say(.welcomeWhy))</p></div>\(languages("/welcome", [:]))
            """
        return show(.welcome, main)
    }

    // MARK: - What all of them have

    /// Each language in its own name; the page in it remembers the choice until somebody has signed in.
    func languages(_ path: String, _ fields: [String: String]) -> HTML {
        let hidden = fields.sorted { $0.key < $1.key }.map { field -> HTML in
            "<input type=\"hidden\" name=\"\(field.key)\" value=\"\(field.value)\">"
        }
        let buttons = [("de", "Deutsch"), ("en", "English"), ("ja", "日本語")].map { code, name -> HTML in
            """
            <button name="language" value="\(code)" lang="\(code)" \
            aria-pressed="\(code == language.rawValue ? "true" : "false")">\(name)</button>
            """
        }
        return """
            <form class="langs" method="get" action="\(link: path)" aria-label="\(say(.languageOfPage))">\
            \(hidden)\(buttons)</form>
            """
    }

    /// A path with the language that was switched to, so that the answer is in it too.
    func switched(_ path: String) -> String {
        guard let chosen = request.query["language"], Language(rawValue: chosen) != nil else { return path }
        return path + "?language=\(chosen)"
    }

    func show(_ title: Phrase, _ main: HTML, _ status: Status = .ok) -> Response {
        let page = StandalonePage(site: site, language: language, title: say(title), main: main)
        var response = page.response(to: request, status)
        if let chosen = request.query["language"].flatMap({ Language(rawValue: $0) }) {
            response.headers.add("set-cookie", Self.languageCookie(chosen, isSecure: request.isSecure))
        }
        return response
    }

    private static func languageCookie(_ language: Language, isSecure: Bool) -> HeaderValue {
        let text = "language=\(language.rawValue); Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000"
        guard let value = HeaderValue(text + (isSecure ? "; Secure" : "")) else {
            preconditionFailure("a language is ASCII")
        }
        return value
    }

    func answer(_ response: Response, _ cookies: [SetCookie]) -> Response {
        var response = response
        for cookie in cookies { response.set(cookie) }
        return response
    }
}
