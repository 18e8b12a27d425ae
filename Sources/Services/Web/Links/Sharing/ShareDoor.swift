internal import HTTP
internal import Mailroom
internal import Store

/// Everything that can be asked of the link of a share.
///
/// To look, and to fetch a document, changes nothing: programs that try every
/// link of a mail would count as readers. A button that a person presses
/// notes the download first, and leads to the document then.
struct ShareDoor: Sendable {
    private let site: Site
    private let request: HTTP.Request

    init(_ site: Site, _ request: HTTP.Request) {
        self.site = site
        self.request = request
    }

    private enum Found {
        case visit(ShareVisit)
        case over(LinkRenewal)
        case asks(LinkTarget, LinkProof)
    }

    private func find() async throws -> Found {
        let (target, verdict) = try await LinkDoor.judge(site, request, .share)
        switch verdict {
        case .over(let renewal): return .over(renewal)
        case .asks(let proof): return .asks(target, proof)
        case .opens: break
        }
        guard case .share(let recipient) = target,
            let linked = try await site.read({ try $0.linkedShare(recipient) })
        else { return .over(.nothing) }
        return .visit(ShareVisit(site: site, request: request, linked: linked))
    }

    private func visiting(_ body: @Sendable (ShareVisit) async throws -> Response) async throws -> Response {
        switch try await find() {
        case .visit(let visit): return try await body(visit)
        case .asks(let target, let proof):
            return try await LinkProofPage.of(site, request, .share, target, proof)?.response ?? over
        case .over: return over
        }
    }

    private var over: Response { LinkOverPage(site: site, request: request, purpose: .share).response }

    func look() async throws -> Response { try await visiting { try await LinkSharePage($0).response() } }

    /// A document, to be saved.
    func file() async throws -> Response {
        try await visiting { visit in
            guard let file = visit.file(request[parameter: "id"]) else { return visit.back(did: .gone) }
            return try await file.download(site)
        }
    }

    /// A page of one, to be looked at.
    func picture() async throws -> Response {
        try await visiting { visit in
            guard let file = visit.file(request[parameter: "id"]) else { throw PageError.notFound }
            return try await file.picture(site, page: request.query["page"].flatMap { Int($0) } ?? 1)
        }
    }

    /// All that there is, as one file.
    func archive() async throws -> Response {
        try await visiting { visit in
            guard !visit.files.isEmpty else { return visit.back(did: .gone) }
            return visit.files.zip(site, name: visit.say(ShareWords.archive))
        }
    }

    /// A person takes a document, or all of them.
    func take() async throws -> Response {
        let form = try await request.form(upTo: 16 << 10)
        return try await visiting { visit in
            let file = visit.file(form["document"] ?? "")
            let isAll = form["document"] == "all" && !visit.files.isEmpty
            guard file != nil || isAll else { return visit.back(did: .gone) }
            let (linked, now) = (visit.linked, site.now)
            try await site.store.write { try $0.recordDownload(file?.id, of: linked, now: now) }
            return .seeOther(visit.path(file.map { "/files/\($0.id.rawValue)" } ?? "/all.zip"))
        }
    }

    /// A script on the page says that a person has it before them.
    func opened() async throws -> Response {
        try await visiting { visit in
            let (linked, now) = (visit.linked, site.now)
            try await site.store.write { try $0.recordOpening(of: linked, now: now) }
            return Response(.noContent)
        }
    }

    /// The answer is the same whatever happens, and does not wait for it.
    func renew() async throws -> Response {
        if case .over(let renewal) = try await find() {
            let renew = site.deeds.links.renew
            Task { await renew(renewal) }
        }
        let query = LinkLanguage.kept(request) + [FormItems.Item("did", LinkNote.asked.rawValue)]
        return .seeOther(LinkAddress.path(request, .share) + "?" + FormItems(query).urlEncoded)
    }
}

extension StaffRoutes {
    /// The pages of shares: for whoever has a link, from everywhere, without signing in.
    mutating func addShareLinkPages() {
        open(.get, "/s/:token") { [site] in try await ShareDoor(site, $0).look() }
        open(.get, "/s/:token/files/:id") { [site] in try await ShareDoor(site, $0).file() }
        open(.get, "/s/:token/pictures/:id") { [site] in try await ShareDoor(site, $0).picture() }
        open(.get, "/s/:token/all.zip") { [site] in try await ShareDoor(site, $0).archive() }
        open(.post, "/s/:token/take", bodyLimit: 16 << 10) { [site] in try await ShareDoor(site, $0).take() }
        open(.post, "/s/:token/opened", bodyLimit: 16 << 10) { [site] in
            try await ShareDoor(site, $0).opened()
        }
        open(.post, "/s/:token/renew", bodyLimit: 16 << 10) { [site] in try await ShareDoor(site, $0).renew()
        }
    }
}
