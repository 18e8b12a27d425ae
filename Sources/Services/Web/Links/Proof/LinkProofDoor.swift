internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// How somebody shows at a link that they are whom it is for.
///
/// Nothing goes out before a button is pressed: programs that try every link
/// of a mail send nobody a code. Those that press buttons, too, meet what a
/// link sends in a day.
struct LinkProofDoor: Sendable {
    private let site: Site
    private let request: HTTP.Request
    private let purpose: LinkToken.Purpose

    init(_ site: Site, _ request: HTTP.Request, _ purpose: LinkToken.Purpose) {
        self.site = site
        self.request = request
        self.purpose = purpose
    }

    private var path: String { LinkAddress.path(request, purpose) }

    private func back(_ items: [FormItems.Item] = []) -> Response {
        let query = LinkLanguage.kept(request) + items
        return .seeOther(path + (query.isEmpty ? "" : "?" + FormItems(query).urlEncoded))
    }

    /// What is to be done at a link that asks for that proof; else what there is to say.
    private func asked(
        for wanted: LinkProof, _ body: @Sendable (LinkProofPage) async throws -> Response
    ) async throws -> Response {
        switch try await LinkDoor.judge(site, request, purpose) {
        case (_, .over): return LinkOverPage(site: site, request: request, purpose: purpose).response
        case (_, .opens): return back()
        case (let target, .asks(let proof)):
            let page = try await LinkProofPage.of(site, request, purpose, target, proof)
            guard let page else {
                return LinkOverPage(site: site, request: request, purpose: purpose).response
            }
            return proof == wanted ? try await body(page) : page.response
        }
    }

    func sendCode() async throws -> Response {
        try await asked(for: .code) { page in
            try site.pacer.admit(request, .code, now: site.now)
            try site.pacer.admit(page.addressee.target, .code, now: site.now)
            do {
                switch try await site.deeds.links.sendCode(page.addressee) {
                case .sent: return back([FormItems.Item("did", LinkProofPage.sent)])
                case .noServer: return page.saying(.noServer)
                }
            } catch LinkCodeRefusal.tooSoon {
                return page.hasCode ? back([FormItems.Item("did", LinkProofPage.sent)]) : page.saying(.wait)
            } catch LinkCodeRefusal.tooMany {
                return page.saying(.tooMany)
            }
        }
    }

    func tryCode() async throws -> Response {
        let typed = try await request.form(upTo: 16 << 10)["code"] ?? ""
        return try await asked(for: .code) { page in
            guard let key = site.deeds.links.key else { return page.saying(.noServer) }
            let (addressee, token, now) = (page.addressee, SecretToken.random(), site.now)
            let hash = LinkCode(typed: typed)?.hash(
                at: addressee.target, generation: addressee.generation, key: key)
            let tokenHash = token.hash
            let answer = try await site.store.write {
                try $0.tryLinkCode(hash, at: addressee, tokenHash: tokenHash, now: now)
            }
            switch answer {
            case .right:
                var response = back()
                response.set(
                    SetCookie(
                        LinkProofGate.cookie, value: token.text, isSecure: request.isSecure, path: path))
                return response
            case .wrong(let left):
                guard hash != nil else { return page.saying(.noCode) }
                site.pacer.punish(request, now: now)
                return page.saying(.wrong(left))
            case .over: return page.saying(.over)
            }
        }
    }

    /// To the page where clients sign in, which leads back here.
    func signIn() async throws -> Response {
        try await asked(for: .login) { _ in
            var response = Response.seeOther("/client")
            response.set(LinkReturn.remember(path, request))
            return response
        }
    }
}

extension StaffRoutes {
    /// Where links ask who comes.
    mutating func addLinkProofPages() {
        ask("/u/:token/code", .upload) { try await $0.sendCode() }
        ask("/u/:token/proof", .upload) { try await $0.tryCode() }
        ask("/u/:token/sign-in", .upload) { try await $0.signIn() }
        ask("/s/:token/code", .share) { try await $0.sendCode() }
        ask("/s/:token/proof", .share) { try await $0.tryCode() }
        ask("/s/:token/sign-in", .share) { try await $0.signIn() }
    }

    private mutating func ask(
        _ pattern: RoutePattern, _ purpose: LinkToken.Purpose,
        _ body: @escaping @Sendable (LinkProofDoor) async throws -> Response
    ) {
        open(.post, pattern, bodyLimit: 16 << 10) { [site] request in
            try await body(LinkProofDoor(site, request, purpose))
        }
    }
}
