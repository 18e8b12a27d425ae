internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// Who comes in as a client.
struct ClientGate {
    private let site: Site

    init(_ site: Site) { self.site = site }

    /// Another than the staff's: one browser may have both, and neither opens the other's pages.
    static let cookie = "client"
    static let languageCookie = "client-language"

    private static func token(_ request: HTTP.Request) -> SecretToken? {
        request.cookies[SetCookie.name(cookie, isSecure: request.isSecure)].flatMap { SecretToken($0) }
    }

    /// Until the browser is closed; the server ends it sooner.
    static func cookie(_ token: SecretToken?, _ request: HTTP.Request) -> SetCookie {
        SetCookie(
            cookie, value: token?.text ?? "", isSecure: request.isSecure, maxAge: token == nil ? 0 : nil)
    }

    /// Nil: nobody whose session holds.
    func visit(_ request: HTTP.Request) async throws -> ClientVisit? {
        guard let hash = Self.token(request)?.hash else { return nil }
        let now = site.now
        guard let session = try await site.read({ try $0.clientSession(tokenHash: hash, now: now) }) else {
            return nil
        }
        let visit = ClientVisit(site: site, request: request, session: session)
        try await visit.stayAlive(since: session.times.lastSeen)
        return visit
    }

    /// As switched to, as switched to before, as the account is written to, as the browser asks.
    static func language(_ request: HTTP.Request, _ site: Site, account: Language? = nil) -> Language {
        let name = SetCookie.name(languageCookie, isSecure: request.isSecure)
        return LinkLanguage.of(
            request, asked: request.cookies[name].flatMap { Language(rawValue: $0) } ?? account,
            firm: site.settings.language)
    }
}

/// One request of a client who is signed in.
struct ClientVisit: Sendable {
    let site: Site
    let request: HTTP.Request
    let session: ClientSession

    var language: Language {
        ClientGate.language(request, site, account: session.person.accounts.first?.language)
    }
    var access: ClientAccess { session.access }
    var when: When { When(now: site.now, zone: site.zone, language: language) }

    func say(_ phrase: Phrase) -> String { phrase[language] }

    /// The hidden field of every form: proves that its page was ours, and of this session.
    var token: String { FormToken.make(session.csrfKey) }

    /// A minute more or less costs no write.
    @discardableResult
    func stayAlive(since last: Timestamp) async throws -> Timestamp {
        let (id, now) = (session.id, site.now)
        guard now.milliseconds - last.milliseconds > 60_000 else { return last }
        try await site.store.write { try $0.touchClientSession(id, now: now) }
        return now
    }

    /// Counts what this person asks for. Throws ``LinkBusy``.
    func keepPace() throws {
        try site.pacer.admit(session.person.contact, .of(request), now: site.now)
    }

    /// The account of the address; another's is not there.
    func account() throws -> ClientAccount {
        let number = request[parameter: "number"]
        guard let account = session.person.accounts.first(where: { $0.number.text == number }) else {
            throw ClientDenial.hidden
        }
        return account
    }

    func number(_ name: String) throws -> Int64 {
        guard let number = Int64(request[parameter: name]), number > 0 else { throw ClientDenial.hidden }
        return number
    }

    /// To a page of ours, which says what was done.
    func back(_ path: String, did note: ClientNote? = nil) -> Response {
        guard let note else { return .seeOther(path) }
        return .seeOther(path + (path.contains("?") ? "&" : "?") + "did=" + note.rawValue)
    }

    /// - Parameter path: of the page, where that is not what was asked for.
    func page(
        _ title: String, _ main: HTML, status: Status = .ok, path: String? = nil,
        query: [FormItems.Item] = [], scripts: [Asset] = []
    ) -> Response {
        ClientPage(
            site: site, language: language, title: title, path: path ?? request.path.description, main: main,
            scripts: scripts, query: query
        ).response(to: request, status)
    }

    /// Of the page that says what was just done.
    var note: HTML {
        guard let note = request.query["did"].flatMap(ClientNote.init(rawValue:)) else { return .empty }
        return """
            <p class="note" role="status">\(Icon("checkc").svg)<span>\(say(note.words))</span></p>
            """
    }
}

extension HTML {
    /// The form token as a field.
    static func formToken(_ visit: ClientVisit) -> HTML {
        "<input type=\"hidden\" name=\"token\" value=\"\(visit.token)\">"
    }
}
