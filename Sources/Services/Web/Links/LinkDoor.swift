internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Everything that can be asked of a link.
///
/// To look changes nothing: programs that try every link of a mail would use
/// it up. A wrong, an expired and a revoked one get the same page.
struct LinkDoor: Sendable {
    private let site: Site
    private let request: HTTP.Request

    init(_ site: Site, _ request: HTTP.Request) {
        self.site = site
        self.request = request
    }

    private enum Found {
        case visit(LinkVisit)
        case over(LinkRenewal)
        /// Whoever comes has yet to show who they are: nothing of the request is read before.
        case asks(LinkTarget, LinkProof)
    }

    /// What a link claims to lead to, and what it is worth for that purpose to this browser; one that is good
    /// has its pace.
    ///
    /// Every page of links comes through here, and what it may show follows from the verdict.
    static func judge(
        _ site: Site, _ request: HTTP.Request, _ purpose: LinkToken.Purpose
    ) async throws -> (LinkTarget, LinkVerdict) {
        let (target, verdict) = try await worth(site, request, purpose)
        switch verdict {
        case .opens, .asks: try site.pacer.admit(target, .of(request), now: site.now)
        case .over: break
        }
        return (target, verdict)
    }

    private static func worth(
        _ site: Site, _ request: HTTP.Request, _ purpose: LinkToken.Purpose
    ) async throws -> (LinkTarget, LinkVerdict) {
        let text = request[parameter: "token"]
        let target = LinkToken.target(of: text) ?? .request(RequestID(0))
        guard let key = site.deeds.links.key else { return (target, .over(.nothing)) }
        let facts = try await site.read { try $0.linkFacts(target) }
        let judge = LinkJudge(key: key, purpose: purpose)
        let first = judge.verdict(text, facts, now: site.now)
        // Of a token that is genuine, and of no other: how long it takes tells nothing.
        guard case .asks(let proof) = first, let facts else { return (target, first) }
        let evidence = try await LinkProofGate(site, request).evidence(for: proof, at: target, facts)
        return (target, judge.verdict(text, facts, evidence, now: site.now))
    }

    private func find() async throws -> Found {
        let (target, verdict) = try await LinkDoor.judge(site, request, .upload)
        switch verdict {
        case .over(let renewal): return .over(renewal)
        case .asks(let proof): return .asks(target, proof)
        case .opens: break
        }
        let name = SetCookie.name(LinkVisit.cookie, isSecure: request.isSecure)
        let token = request.cookies[name].flatMap { SecretToken($0) }
        let hash = token?.hash
        let (linked, sitting) = try await site.read { transaction in
            (
                try transaction.linked(target),
                try hash.flatMap { try transaction.sitting(tokenHash: $0, at: target) }
            )
        }
        guard let linked else { return .over(.nothing) }
        return .visit(
            LinkVisit(
                site: site, request: request, target: target, linked: linked,
                language: LinkLanguage.of(
                    request, asked: linked.request.language, firm: site.settings.language),
                sitting: sitting, token: token ?? SecretToken.random()))
    }

    private func visiting(_ body: @Sendable (LinkVisit) async throws -> Response) async throws -> Response {
        switch try await find() {
        case .visit(let visit):
            do { return try await body(visit) } catch is LinkClosed { return over() }
        case .asks(let target, let proof): return try await asking(target, proof)
        case .over: return over()
        }
    }

    private func asking(_ target: LinkTarget, _ proof: LinkProof) async throws -> Response {
        try await LinkProofPage.of(site, request, .upload, target, proof)?.response ?? over()
    }

    private func over() -> Response { LinkOverPage(site: site, request: request).response }

    func look() async throws -> Response {
        try await visiting { try await LinkUploadPage($0).response() }
    }

    /// A document that lies beside the question.
    func document(
        _ body: @Sendable (LinkDocuments) async throws -> Response
    ) async throws -> Response {
        try await visiting { try await body(LinkDocuments.load($0)) }
    }

    func take() async throws -> Response {
        try await visiting { try await LinkUploadForm($0).take() }
    }

    /// What a program that goes on after a cut asks; it reads no page.
    func tus(_ body: @Sendable (TusUpload) async throws -> Response) async throws -> Response {
        let found = try await find()
        if case .asks = found { return TusReply.refused(.forbidden, "proof") }
        guard case .visit(let visit) = found else { return TusReply.refused(.gone, "over") }
        guard request.headers["tus-resumable"] == "1.0.0" || request.method == .get else {
            return TusReply.refused(.preconditionFailed, "version").with("tus-version", "1.0.0")
        }
        do { return try await body(TusUpload(LinkSending(visit))) } catch is LinkClosed {
            return TusReply.refused(.gone, "over")
        }
    }

    /// A script on the page says that a person has it before them.
    func opened() async throws -> Response {
        try await visiting { visit in
            let (linked, now) = (visit.linked, visit.site.now)
            try await visit.site.store.write { try $0.recordOpening(of: linked, now: now) }
            return Response(.noContent)
        }
    }

    /// The client has none of what is asked for.
    func decline() async throws -> Response {
        let form = try await request.form(upTo: 16 << 10)
        return try await visiting { try await LinkDecline(form).take($0) }
    }

    /// The sender says that this was all: staff hear of it, and the receipt goes out.
    func finish() async throws -> Response {
        try await visiting { visit in
            guard let sitting = visit.sitting?.id else { return visit.back(did: .nothing) }
            let (who, now) = (visit.who, visit.site.now)
            let isHeard = try await visit.site.store.write {
                try $0.finishSitting(sitting, who: who, now: now)
            }
            guard isHeard else { return visit.back(did: .nothing) }
            switch try await visit.site.deeds.links.receipt(sitting) {
            case .sent: return visit.back(did: .done)
            case .nothing: return visit.back(did: .told)
            case .withheld: return visit.back(did: .unmailed)
            }
        }
    }

    /// The answer is the same whatever happens, and does not wait for it.
    func renew() async throws -> Response {
        if case .over(let renewal) = try await find() {
            let renew = site.deeds.links.renew
            Task { await renew(renewal) }
        }
        let query = LinkLanguage.kept(request) + [FormItems.Item("did", LinkNote.asked.rawValue)]
        return .seeOther(LinkAddress.path(request) + "?" + FormItems(query).urlEncoded)
    }
}
