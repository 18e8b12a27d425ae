internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// What a browser has shown of itself at a link that asks for it.
struct LinkProofGate: Sendable {
    private let site: Site
    private let request: HTTP.Request

    /// Until the browser is closed, and for one link: each path has its own.
    static let cookie = "proof"

    init(_ site: Site, _ request: HTTP.Request) {
        self.site = site
        self.request = request
    }

    func evidence(for proof: LinkProof, at target: LinkTarget, _ facts: LinkFacts) async throws
        -> LinkEvidence
    {
        switch proof {
        case .nothing: LinkEvidence()
        case .code: LinkEvidence(gaveCode: try await hasGivenCode(at: target, facts.generation))
        case .login: LinkEvidence(isSignedIn: try await isSignedIn(at: target))
        }
    }

    private func hasGivenCode(at target: LinkTarget, _ generation: Int) async throws -> Bool {
        let name = SetCookie.name(Self.cookie, isSecure: request.isSecure, hasPath: true)
        guard let hash = request.cookies[name].flatMap({ SecretToken($0) })?.hash else { return false }
        let now = site.now
        return try await site.read {
            try $0.hasGivenCode(tokenHash: hash, at: target, generation: generation, now: now)
        }
    }

    /// As the very contact that the link is for, and to the account that it is of.
    private func isSignedIn(at target: LinkTarget) async throws -> Bool {
        guard let visit = try await ClientGate(site).visit(request),
            let addressee = try await site.read({ try $0.addressee(of: target) }),
            let contact = addressee.contact
        else { return false }
        let person = visit.session.person
        return person.contact == contact && person.accounts.contains { $0.id == addressee.account }
    }
}

/// Where somebody comes back to who was asked to sign in first.
enum LinkReturn {
    private static let cookie = "client-return"
    /// As long as the link that signs in waits for its reader.
    private static let seconds = Int(ClientTimes.linkSeconds)

    static func remember(_ path: String, _ request: HTTP.Request) -> SetCookie {
        SetCookie(cookie, value: path, isSecure: request.isSecure, maxAge: seconds)
    }

    static func forget(_ request: HTTP.Request) -> SetCookie {
        SetCookie(cookie, value: "", isSecure: request.isSecure, maxAge: 0)
    }

    /// Nil: they came by themselves. What does not look like a link of ours is none.
    static func path(_ request: HTTP.Request) -> String? {
        guard let path = request.cookies[SetCookie.name(cookie, isSecure: request.isSecure)],
            let purpose = LinkToken.Purpose.allCases.first(where: { path.hasPrefix($0.path) }),
            LinkToken.target(of: path.dropFirst(purpose.path.count)) != nil
        else { return nil }
        return path
    }
}
