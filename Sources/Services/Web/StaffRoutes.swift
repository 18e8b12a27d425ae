internal import Crypto
package import HTTP
internal import Mail
package import Mailroom
internal import Markup
internal import Store

/// The table of the staff's pages: who is signed in, may do it, and meant to.
///
/// A page is only shown, and a deed only done, for somebody who is signed in.
/// A deed besides needs the form token of the session, must come from our own
/// pages (`Sec-Fetch-Site`, where the browser says), and be allowed to the role.
package struct StaffRoutes {
    package typealias Page = @Sendable (Visit) async throws -> Response
    package typealias Deed = @Sendable (Visit, FormItems) async throws -> Response
    /// The form comes as far as it was read: behind its token.
    package typealias Upload = @Sendable (Visit, MultipartReader) async throws -> Response

    package let site: Site
    package private(set) var router: Router
    /// Where files may be sent to.
    package private(set) var uploads: [RoutePattern] = []

    package init(_ site: Site) {
        self.site = site
        router = Router(failure: { status, error, request in
            await ErrorPages(site).answer(status, error, request)
        })
    }

    /// A page to look at.
    package mutating func get(
        _ pattern: RoutePattern, may deed: StaffDeed? = nil, _ page: @escaping Page
    ) {
        router.get(pattern) { [site] request in
            guard request.headers["x-part"] != nil else {
                return try await Self.show(page, request, site, deed)
            }
            return try await site.renewals.pass { try await Self.show(page, request, site, deed) }
        }
    }

    private static func show(
        _ page: Page, _ request: HTTP.Request, _ site: Site, _ deed: StaffDeed?
    ) async throws -> Response {
        guard let visit = try await Gate(site).visit(request) else {
            return Gate(site).signInFirst(request)
        }
        if let deed, !visit.may(deed) { throw PageError.forbidden }
        return try await page(visit)
    }

    /// A deed, by a form: what it sends is small.
    ///
    /// - Parameter isOnce: a second click is the first one's: see ``OnceOnly``.
    package mutating func post(
        _ pattern: RoutePattern, may deed: StaffDeed? = nil, isOnce: Bool = false,
        bodyLimit: Int = 256 << 10, _ body: @escaping Deed
    ) {
        router.post(pattern, bodyLimit: bodyLimit) { [site] request in
            guard let visit = try await Gate(site).visit(request) else {
                return Gate(site).signInFirst(request)
            }
            try Gate.refuseForeign(request)
            let form = try await request.form(upTo: bodyLimit)
            guard FormToken.isGenuine(form["token"], visit.session.csrfKey) else { throw PageError.stale }
            if let deed, !visit.may(deed) { throw PageError.forbidden }
            guard isOnce else { return try await body(visit, form) }
            return try await site.once.response(to: "\(request.path) \(form.urlEncoded)") {
                try await body(visit, form)
            }
        }
    }

    /// Files: `multipart/form-data` with the form token in `x-token`, or as its first part.
    ///
    /// No page gets a form whose token was not seen, so none can forget to look.
    package mutating func upload(
        _ pattern: RoutePattern, may deed: StaffDeed, bodyLimit: Int, _ page: @escaping Upload
    ) {
        uploads.append(pattern)
        router.post(pattern, bodyLimit: bodyLimit) { [site] request in
            guard let visit = try await Gate(site).visit(request) else {
                return Gate(site).signInFirst(request)
            }
            try Gate.refuseForeign(request)
            let form = try request.multipart()
            guard try await Gate.hasToken(request, form, visit.session.csrfKey) else { throw PageError.stale }
            if !visit.may(deed) { throw PageError.forbidden }
            return try await page(visit, form)
        }
    }

    /// For whoever comes: signing in, and what it needs. A deed checks for itself who may.
    package mutating func open(
        _ method: Method, _ pattern: RoutePattern, bodyLimit: Int = 0,
        _ handler: @escaping Route.Handler
    ) {
        router.on(method, pattern, bodyLimit: bodyLimit) { [site] request in
            if !method.isSafe { try Gate.refuseForeign(request) }
            return try await PacedPages(site).answer(request, handler)
        }
    }
}

/// Who comes in.
struct Gate {
    private let site: Site

    init(_ site: Site) { self.site = site }

    /// Nil: nobody who is signed in.
    func visit(_ request: HTTP.Request) async throws -> Visit? {
        let settings = site.settings
        try admit(request)
        let name = SetCookie.name(Self.cookie, isSecure: request.isSecure)
        guard let token = request.cookies[name].flatMap({ Base64URL.decode($0) }), token.count == 32 else {
            return nil
        }
        let (hash, now) = (SHA256.digest(of: token).octets, site.now)
        guard let session = try await site.read({ try $0.session(tokenHash: hash, now: now) }) else {
            return nil
        }
        // Who was signed in by the web server in front is so only as long as it says so.
        if session.way == .proxy, settings.proxy?.login(request) != session.member.login { return nil }
        // A page that renews itself is no click.
        let isClick = request.headers["x-part"] == nil && request.path.description != "/events"
        if isClick, now.milliseconds - session.lastSeen.milliseconds > 60_000 {
            let expires = Timestamp(
                milliseconds: now.milliseconds + Int64(settings.staffSessionSeconds) * 1000)
            try await site.store.write { try $0.touchSession(session.id, now: now, expires: expires) }
        }
        return Visit(site: site, request: request, session: session)
    }

    /// The cookie that a session's token is in: 32 random octets, base64url.
    static let cookie = "session"

    /// Outside of the staff's networks there are no staff's pages.
    func admit(_ request: HTTP.Request) throws {
        let networks = site.settings.staffNetworks
        guard !networks.isEmpty, let client = request.client else { return }
        guard networks.contains(where: { $0.contains(client) }) else { throw PageError.notFound }
    }

    /// To the sign-in page and back here after; a script is told in a way that it understands.
    func signInFirst(_ request: HTTP.Request) -> Response {
        guard request.headers["x-part"] == nil else { return .text("", .unauthorized) }
        guard request.method.isSafe else { return signedOutMeanwhile(request) }
        let path = request.path.description
        let query = request.query.isEmpty ? "" : "?" + request.query.urlEncoded
        guard path != "/" || !query.isEmpty else { return .seeOther("/sign-in") }
        return .seeOther("/sign-in?" + FormItems([FormItems.Item("to", path + query)]).urlEncoded)
    }

    /// What was typed is still in the page before: back there after signing in elsewhere, it can be sent again.
    private func signedOutMeanwhile(_ request: HTTP.Request) -> Response {
        let language = AcceptedLanguage.of(request) ?? site.settings.language
        let title = Phrase.signedOutMeanwhileTitle[language]
        let main: HTML = """
            <div class="card"><h1>\(title)</h1><p>\(Phrase.signedOutMeanwhileText[language])</p>\
            <p class="actions"><a class="btn primary" href="/sign-in" target="_blank" rel="noopener">\
            \(Phrase.signIn[language])</a></p></div>
            """
        return StandalonePage(site: site, language: language, title: title, main: main)
            .response(to: request, .unauthorized)
    }

    /// Whether a form with files was on a page of this session's; where the header is there, it alone counts.
    static func hasToken(_ request: HTTP.Request, _ form: MultipartReader, _ key: [UInt8]) async throws
        -> Bool
    {
        if let token = request.headers["x-token"] { return FormToken.isGenuine(token, key) }
        guard let first = try await form.nextPart(), first.name == "token", first.fileName == nil else {
            return false
        }
        return FormToken.isGenuine(try await form.text(), key)
    }

    /// A form that another site's page sends here. Fetch Metadata, section 2; RFC 6454 section 7.
    static func refuseForeign(_ request: HTTP.Request) throws {
        guard let site = request.headers["sec-fetch-site"] else {
            // An old browser says only where the page is from; `null` it says of our own, too.
            guard let origin = request.headers["origin"], origin != "null" else { return }
            let host = AuthorityHost(origin.drop { $0 != "/" }.dropFirst(2))
            guard host == request.host else { throw PageError.stale }
            return
        }
        guard site == "same-origin" || site == "none" else { throw PageError.stale }
    }
}
