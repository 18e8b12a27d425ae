internal import Crypto
package import HTTP
package import Mailroom

/// The table of the staff's pages: who is signed in, may do it, and meant to.
///
/// A page is only shown, and a deed only done, for somebody who is signed in.
/// A deed besides needs the form token of the session, must come from our own
/// pages (`Sec-Fetch-Site`, where the browser says), and be allowed to the role.
package struct StaffRoutes {
    package typealias Page = @Sendable (Visit) async throws -> Response
    package typealias Deed = @Sendable (Visit, FormItems) async throws -> Response

    package let site: Site
    package private(set) var router: Router

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
            guard let visit = try await Gate(site).visit(request) else {
                return Gate(site).signInFirst(request)
            }
            if let deed, !visit.may(deed) { throw PageError.forbidden }
            return try await page(visit)
        }
    }

    /// A deed, by a form: what it sends is small.
    package mutating func post(
        _ pattern: RoutePattern, may deed: StaffDeed? = nil, bodyLimit: Int = 256 << 10,
        _ body: @escaping Deed
    ) {
        router.post(pattern, bodyLimit: bodyLimit) { [site] request in
            guard let visit = try await Gate(site).visit(request) else {
                return Gate(site).signInFirst(request)
            }
            try Gate.refuseForeign(request)
            let form = try await request.form(upTo: bodyLimit)
            guard FormToken.isGenuine(form["token"], visit.signedIn.formKey) else { throw PageError.stale }
            if let deed, !visit.may(deed) { throw PageError.forbidden }
            return try await body(visit, form)
        }
    }

    /// Files: `multipart/form-data` whose first part is the form token, or with it in `x-token`.
    package mutating func upload(
        _ pattern: RoutePattern, may deed: StaffDeed, bodyLimit: Int, _ page: @escaping Page
    ) {
        router.post(pattern, bodyLimit: bodyLimit) { [site] request in
            guard let visit = try await Gate(site).visit(request) else {
                return Gate(site).signInFirst(request)
            }
            try Gate.refuseForeign(request)
            if let token = request.headers["x-token"],
                !FormToken.isGenuine(token, visit.signedIn.formKey)
            {
                throw PageError.stale
            }
            if !visit.may(deed) { throw PageError.forbidden }
            return try await page(visit)
        }
    }

    /// For whoever comes: signing in, and what it needs. A deed checks for itself who may.
    package mutating func open(
        _ method: Method, _ pattern: RoutePattern, bodyLimit: Int = 0,
        _ handler: @escaping Route.Handler
    ) {
        router.on(method, pattern, bodyLimit: bodyLimit) { request in
            if !method.isSafe { try Gate.refuseForeign(request) }
            return try await handler(request)
        }
    }
}

/// Who comes in.
struct Gate {
    private let site: Site

    init(_ site: Site) { self.site = site }

    func visit(_ request: HTTP.Request) async throws -> Visit? {
        guard let signedIn = try await site.deeds.signedIn(request) else { return nil }
        return Visit(site: site, request: request, signedIn: signedIn)
    }

    /// To the sign-in page and back here after; a script is told in a way that it understands.
    func signInFirst(_ request: HTTP.Request) -> Response {
        guard request.headers["x-part"] == nil, request.method.isSafe else { return .text("", .unauthorized) }
        let path = request.path.description
        let query = request.query.isEmpty ? "" : "?" + request.query.urlEncoded
        guard path != "/" || !query.isEmpty else { return .seeOther("/sign-in") }
        return .seeOther("/sign-in?" + FormItems([FormItems.Item("to", path + query)]).urlEncoded)
    }

    /// A form that another site's page sends here. Fetch Metadata, section 2.
    static func refuseForeign(_ request: HTTP.Request) throws {
        guard let site = request.headers["sec-fetch-site"] else { return }
        guard site == "same-origin" || site == "none" else { throw PageError.stale }
    }
}
