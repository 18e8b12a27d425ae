internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// The one page of a link whose visitor has yet to show who they are.
///
/// It says that there is such a link, and a letter or two of whose it is, so
/// that they know which mailbox to look into; not what it is about, nor who
/// asks, nor of which client.
struct LinkProofPage: Sendable {
    private let site: Site
    private let request: HTTP.Request
    private let purpose: LinkToken.Purpose
    private let proof: LinkProof
    let addressee: LinkAddressee
    /// One was sent that could be typed.
    private(set) var hasCode: Bool
    /// Somebody is signed in, and it is not them.
    private let isSomebodyElse: Bool
    private var mistake: Mistake?

    /// In the address of the page that is shown after a code was sent.
    static let sent = "code"

    /// Why it did not work.
    enum Mistake: Hashable, Sendable {
        /// What was typed are not six digits.
        case noCode
        /// So many more tries.
        case wrong(Int)
        case over, wait, tooMany, noServer

        fileprivate var status: Status {
            switch self {
            case .noCode, .wrong, .over: .unprocessableContent
            case .wait, .tooMany: .tooManyRequests
            case .noServer: .serviceUnavailable
            }
        }

        fileprivate var words: Phrase {
            switch self {
            case .noCode: ProofWords.noCode
            case .wrong(let left): ProofWords.wrong(left)
            case .over: ProofWords.codeOver
            case .wait: ProofWords.waitForNext
            case .tooMany: ProofWords.tooMany
            case .noServer: ProofWords.noServer
            }
        }
    }

    /// Nil: the link has nobody who could prove anything.
    static func of(
        _ site: Site, _ request: HTTP.Request, _ purpose: LinkToken.Purpose, _ target: LinkTarget,
        _ proof: LinkProof
    ) async throws -> LinkProofPage? {
        let now = site.now
        let (addressee, hasCode) = try await site.read { transaction in
            (try transaction.addressee(of: target), try transaction.hasLinkCode(target, now: now))
        }
        guard let addressee else { return nil }
        let isSomebodyElse = proof == .login ? try await ClientGate(site).visit(request) != nil : false
        return LinkProofPage(
            site: site, request: request, purpose: purpose, proof: proof, addressee: addressee,
            hasCode: hasCode, isSomebodyElse: isSomebodyElse)
    }

    func saying(_ mistake: Mistake) -> Response {
        var page = self
        page.mistake = mistake
        if mistake == .over { page.hasCode = false }
        return page.response
    }

    private var language: Language {
        LinkLanguage.of(request, asked: addressee.language, firm: site.settings.language)
    }
    private func say(_ phrase: Phrase) -> String { phrase[language] }
    private var path: String { LinkAddress.path(request, purpose) }

    private func action(_ below: String) -> String {
        let kept = FormItems(LinkLanguage.kept(request)).urlEncoded
        return path + below + (kept.isEmpty ? "" : "?\(kept)")
    }

    private var mask: String {
        "\(MaskedAddress(localPart: addressee.address.localPart, domain: addressee.address.domain))"
    }

    /// Whoever looks is shown the page; whatever else they want is refused by it.
    private var status: Status {
        if let mistake { return mistake.status }
        return request.method.isSafe && request.path.segments.count == 2 ? .ok : .forbidden
    }

    var response: Response {
        let main: HTML =
            "<main class=\"narrow\" id=\"main\"><h1>\(say(ProofWords.title))</h1>\(question)\(phone)</main>"
        return ClientPage(
            site: site, language: language, title: say(ProofWords.title), path: path, main: main
        ).response(to: request, status)
    }

    private var question: HTML {
        switch proof {
        // Nobody is asked for nothing.
        case .nothing: .empty
        case .code: hasCode ? typing : sending
        case .login: signingIn
        }
    }

    private var phone: HTML {
        site.settings.clients.phone.map {
            "<p class=\"muted\">\(say(LinkWords.questions)) \(ClientPage.phone($0))</p>"
        } ?? .empty
    }

    private var problem: HTML {
        guard let mistake else { return .empty }
        return """
            <div class="problem" role="alert">\(Icon("alert").svg)<p>\(say(mistake.words))</p></div>
            """
    }

    private var sending: HTML {
        """
        \(problem)<p>\(say(ProofWords.willSend(mask)))</p>\
        <form class="finish" method="post" action="\(link: action("/code"))">\
        <button class="btn primary">\(Icon("mail").svg)\(say(ProofWords.sendCode))</button></form>
        """
    }

    private var typing: HTML {
        let isOfField = mistake.map { $0.status == .unprocessableContent } ?? false
        let wasSent = mistake == nil && request.query["did"] == Self.sent
        let note: HTML =
            wasSent
            ? "<p class=\"note\" role=\"status\">\(Icon("send").svg)<span>\(say(ProofWords.wasSent(mask)))</span></p>"
            : isOfField ? .empty : problem
        var field = Field(
            "code", say(ProofWords.code), hint: say(ProofWords.codeHint),
            error: isOfField ? mistake.map { say($0.words) } : nil, isRequired: true,
            autocomplete: "one-time-code")
        field.inputMode = "numeric"
        let intro: HTML = wasSent ? .empty : "<p>\(say(ProofWords.typeCode(mask)))</p>"
        return """
            \(note)\(intro)<form class="form who" method="post" action="\(link: action("/proof"))" novalidate>\(field.input)\
            <div class="finish"><button class="btn primary">\(Icon("check").svg)\(say(ProofWords.goOn))</button></div></form>\
            <form class="again" method="post" action="\(link: action("/code"))"><p>\(say(ProofWords.nothingCame))</p>\
            <button class="btn small">\(Icon("retry").svg)\(say(ProofWords.anotherCode))</button></form>
            """
    }

    private var signingIn: HTML {
        let other: HTML =
            isSomebodyElse
            ? "<p class=\"note\" role=\"status\">\(Icon("user").svg)<span>\(say(ProofWords.somebodyElse))</span></p>"
            : .empty
        return """
            \(other)<p>\(say(ProofWords.signInFirst(mask)))</p>\
            <form class="finish" method="post" action="\(link: action("/sign-in"))">\
            <button class="btn primary">\(Icon("key").svg)\(say(isSomebodyElse ? ProofWords.toDocuments : ClientWords.signIn))</button></form>
            """
    }
}
