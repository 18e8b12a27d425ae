internal import Crypto
internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// The pages a one-time link leads to.
///
/// To look changes nothing: programs that try every link of a mail would use
/// it up. Only the button does.
struct LinkPages {
    private let site: Site
    private let request: HTTP.Request
    private let pages: SignInPages
    private let token: SecretToken?

    init(_ site: Site, _ request: HTTP.Request) throws {
        self.site = site
        self.request = request
        pages = try SignInPages(site, request)
        token = SecretToken(request[parameter: "token"])
    }

    private func say(_ phrase: Phrase) -> String { phrase[pages.language] }
    private var path: String { "/sign-in/link/" + request[parameter: "token"] }

    private func goal() async throws -> LoginLinkGoal? {
        guard let hash = token?.hash else { return nil }
        let now = site.now
        return try await site.read { try $0.loginLink(hash, now: now) }
    }

    func look() async throws -> Response {
        switch try await goal() {
        case nil: return over
        case .firstOwner: return ownerForm(StaffForm())
        case .member(let member):
            let title = Phrase.linkFor(member.name)
            let main: HTML = """
                <div class="card"><h1>\(say(title))</h1><p>\(say(.linkText))</p>\
                <form method="post" action="\(link: pages.switched(path))">\
                <button class="btn primary">\(say(.signIn))</button></form></div>\
                \(pages.languages(path, [:]))
                """
            return pages.show(.signIn, main)
        }
    }

    func use() async throws -> Response {
        guard let hash = token?.hash else { return over }
        switch try await goal() {
        case nil: return over
        case .firstOwner: return try await makeOwner(hash)
        case .member(let member):
            guard case .signedIn(let cookies) = try await SignInDesk(site: site).link(hash, request) else {
                return over
            }
            // Whoever has no password should set one, while they are in.
            let hasPassword = try await site.read { try $0.signInSecrets(of: member.id)?.passwordHash } != nil
            return pages.answer(
                .seeOther(hasPassword ? "/" : "/?did=\(DoneNote.passwordMissing.code)"), cookies)
        }
    }

    private var over: Response {
        let main: HTML = """
            <div class="card"><h1>\(say(.linkOverTitle))</h1><p>\(say(.linkOverText))</p>\
            <p><a class="btn" href="/sign-in">\(say(.signIn))</a></p></div>
            """
        return pages.show(.linkOverTitle, main, .gone)
    }

    private func ownerForm(_ form: StaffForm, _ status: Status = .ok) -> Response {
        let main: HTML = """
            <div class="card"><h1>\(say(.welcome))</h1><p>\(say(.becomeOwnerText))</p>\
            <form class="form" method="post" action="\(link: pages.switched(path))">\
            \(form.nameField(pages.language).input)\(form.loginField(pages.language).input)\
            \(form.emailField(pages.language).input)\(form.passwordField(pages.language).input)\
            <button class="btn primary">\(say(.becomeOwner))</button></form></div>\
            \(pages.languages(path, [:]))
            """
        return pages.show(.welcome, main, status)
    }

    private func makeOwner(_ hash: [UInt8]) async throws -> Response {
        var form = StaffForm(try await request.form(upTo: 16 << 10))
        let password = form.checkPassword(firm: site.settings.firm)
        guard form.check(), let password, let login = StaffLogin(form.login),
            let made = await site.passwords.make(password.text)
        else { return ownerForm(form, .unprocessableContent) }
        let (now, language, name, email) = (site.now, pages.language, form.name, form.email)
        let id = try await site.store.write { transaction -> StaffID? in
            guard try transaction.useLoginLink(hash, now: now) == .firstOwner else { return nil }
            let id = try transaction.addStaffMember(
                login: login, name: name, email: email.isEmpty ? nil : email, role: .owner,
                language: language, by: login.text, now: now)
            try transaction.setPassword(made, of: id, by: login.text, now: now)
            return id
        }
        guard let id,
            case .signedIn(let cookies) = try await SignInDesk(site: site).begin(id, .password, request)
        else { return over }
        return pages.answer(.seeOther("/"), cookies)
    }
}
