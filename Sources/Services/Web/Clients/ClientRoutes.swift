internal import HTTP
internal import Mailroom
internal import Store
internal import Text

extension StaffRoutes {
    /// The pages of clients who sign in. Without a session all of them lead to the one that asks who comes:
    /// nothing is looked up before.
    mutating func addClientPages() {
        open(.get, "/client") { [site] in try await ClientEntrance(site, $0).look() }
        open(.post, "/client/sign-in", bodyLimit: 16 << 10) { [site] in
            try await ClientEntrance(site, $0).ask()
        }
        open(.get, "/client/sign-in/:token") { [site] in try await ClientEntrance(site, $0).lookAtLink() }
        open(.post, "/client/sign-in/:token", bodyLimit: 16 << 10) { [site] in
            try await ClientEntrance(site, $0).useLink()
        }
        deed("/client/sign-out") { visit, _ in
            try await ClientEntrance(visit.site, visit.request).leave(visit)
        }
        look("/client/account/:number") { try await ClientFolderPage.load($0).response() }
        look("/client/account/:number/zip") { try await ClientZip(visit: $0).response() }
        look("/client/account/:number/new-folder") { try await ClientForms(visit: $0).newFolder() }
        deed("/client/account/:number/new-folder") { try await ClientForms(visit: $0).makeFolder($1) }
        look("/client/account/:number/rename-folder") {
            try await ClientFolderForms(visit: $0).renameForm()
        }
        deed("/client/account/:number/rename-folder") { try await ClientFolderForms(visit: $0).rename($1) }
        look("/client/account/:number/remove-folder") {
            try await ClientFolderForms(visit: $0).removeForm()
        }
        deed("/client/account/:number/remove-folder") { try await ClientFolderForms(visit: $0).remove($1) }
        upload("/client/account/:number/upload") { try await ClientUploadForm(visit: $0).take($1) }
        tus(.post, "/client/account/:number/tus") { try await $0.create() }
        tus(.get, "/client/account/:number/tus/:id") { try await $0.offset() }
        tus(.patch, "/client/account/:number/tus/:id", bodyLimit: FormFile.bodyLimit) {
            try await $0.append()
        }
        tus(.delete, "/client/account/:number/tus/:id") { try await $0.terminate() }
        look("/client/document/:id") { try await ClientDocumentPage(visit: $0).response() }
        look("/client/document/:id/file") { try await ClientDocumentPage(visit: $0).file() }
        look("/client/document/:id/picture") { try await ClientDocumentPage(visit: $0).picture() }
        look("/client/document/:id/rename") { try await ClientForms(visit: $0).renameForm() }
        deed("/client/document/:id/rename") { try await ClientForms(visit: $0).rename($1) }
        look("/client/document/:id/move") { try await ClientForms(visit: $0).moveForm() }
        deed("/client/document/:id/move") { try await ClientForms(visit: $0).move($1) }
        look("/client/document/:id/trash") { try await ClientForms(visit: $0).trashForm() }
        deed("/client/document/:id/trash") { visit, _ in try await ClientForms(visit: visit).trash() }
    }

    private mutating func look(
        _ pattern: RoutePattern, _ page: @escaping @Sendable (ClientVisit) async throws -> Response
    ) {
        open(.get, pattern) { [site] request in
            try await Self.visiting(site, request) { try await page($0) }
        }
    }

    /// By a form with the session's token, from a page of ours.
    private mutating func deed(
        _ pattern: RoutePattern, _ body: @escaping @Sendable (ClientVisit, FormItems) async throws -> Response
    ) {
        open(.post, pattern, bodyLimit: 16 << 10) { [site] request in
            try await Self.visiting(site, request) { visit in
                let form = try await request.form(upTo: 16 << 10)
                guard FormToken.isGenuine(form["token"], visit.session.csrfKey) else { throw PageError.stale }
                return try await body(visit, form)
            }
        }
    }

    private mutating func upload(
        _ pattern: RoutePattern,
        _ body: @escaping @Sendable (ClientVisit, MultipartReader) async throws -> Response
    ) {
        open(.post, pattern, bodyLimit: FormFile.bodyLimit) { [site] request in
            try await Self.visiting(site, request) { visit in
                let form = try request.multipart(FormFile.limits)
                guard try await Gate.hasToken(request, form, visit.session.csrfKey) else {
                    throw PageError.stale
                }
                return try await body(visit, form)
            }
        }
    }

    /// What the page's script asks; it reads no page.
    private mutating func tus(
        _ method: Method, _ pattern: RoutePattern, bodyLimit: Int = 0,
        _ body: @escaping @Sendable (TusUpload) async throws -> Response
    ) {
        open(method, pattern, bodyLimit: bodyLimit) { [site] request in
            do {
                guard let visit = try await ClientGate(site).visit(request) else {
                    throw ClientDenial.signedOut
                }
                try visit.keepPace()
                let key = visit.session.csrfKey
                guard method.isSafe || FormToken.isGenuine(request.headers["x-token"], key) else {
                    return TusReply.refused(.forbidden, "stale")
                }
                guard method.isSafe || request.headers["tus-resumable"] == "1.0.0" else {
                    return TusReply.refused(.preconditionFailed, "version").with("tus-version", "1.0.0")
                }
                return try await body(TusUpload(try ClientSending(visit)))
            } catch let denial as ClientDenial { return denial.tusReply }
        }
    }

    private static func visiting(
        _ site: Site, _ request: HTTP.Request, _ body: @Sendable (ClientVisit) async throws -> Response
    ) async throws -> Response {
        guard let visit = try await ClientGate(site).visit(request) else { return .seeOther("/client") }
        try visit.keepPace()
        var response: Response
        do { response = try await body(visit) } catch let denial as ClientDenial {
            switch denial {
            case .signedOut: return .seeOther("/client")
            case .hidden: response = ClientProblemPage(site, request).response(.notFound)
            case .refused: response = ClientProblemPage(site, request).response(.forbidden)
            }
        } catch PageError.notFound {
            response = ClientProblemPage(site, request).response(.notFound)
        } catch PageError.stale {
            response = ClientProblemPage(site, request).response(.forbidden)
        }
        ClientLanguageChoice(request).keep(in: &response)
        return response
    }
}

/// A language that was switched to holds for the pages after.
struct ClientLanguageChoice {
    private let request: HTTP.Request

    init(_ request: HTTP.Request) { self.request = request }

    func keep(in response: inout Response) {
        guard let language = LinkLanguage.chosen(request) else { return }
        response.set(
            SetCookie(
                ClientGate.languageCookie, value: language.rawValue, isSecure: request.isSecure,
                maxAge: 90 * 86_400))
    }
}
